"""Ask.

Takes: an address, Validators, and the time.
Gives: a FetchResult: Fetched, NotModified or Failed. What a server does is never an exception.
Touches: the network, through the guard alone; no file, no cookie, no proxy, no .netrc.
"""
