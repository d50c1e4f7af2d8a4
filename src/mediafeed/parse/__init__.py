"""Read bytes.

Takes: a body as fetched, its Content-Type and address, and the hashes of what the caller holds already.
Gives: a ParsedFeed (feeds, pages) or directory entries, word for word, in the one vocabulary of `model.parsed`.
Touches: nothing.
"""
