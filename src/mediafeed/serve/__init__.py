"""Answer: the published tree over HTTP.

Takes: requests, the output folder.
Gives: files with validators, compressed where it pays; health.
Touches: a listening socket, and the output folder to read.
"""
