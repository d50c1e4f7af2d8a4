"""Signatures: one short text for everything a document's bytes depend on."""

import xxhash

# Part of every signature: to be raised whenever the same facts come out as other bytes.
RENDERER = "4"


def signature(*parts: str) -> str:
    """Give the signature of these parts in this order.

    >>> signature("a", "b") == signature("ab"), len(signature())
    (False, 32)
    """
    return xxhash.xxh3_128_hexdigest("\0".join((RENDERER, *parts)).encode("utf-8", "surrogatepass"))
