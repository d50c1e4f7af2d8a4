"""Ask.

Takes: an address, Validators, and the time; or an address and which bytes of it.
Gives: a FetchResult: Fetched, NotModified or Failed; or a Window. What a server does is never an exception.
Touches: the network, through the guard alone; no file, no cookie, no proxy, no .netrc.
"""
