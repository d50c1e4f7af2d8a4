"""The compressed forms of a document, made once, so that nobody who serves it has to compress anything.

They lie beside it under the names that web servers look for (`feed.xml.gz`, `feed.xml.br`), with its time. Pure; the
same bytes give the same bytes.
"""

import gzip
from collections.abc import Mapping

import brotli

ENDINGS = (".gz", ".br")
_WORTH = 1024  # bytes: what is shorter goes out in one packet, however it is packed
_WORDS = (".html", ".xml", ".json", ".opml", ".css", ".js", ".svg", ".txt")
_GZIP = 6  # 9 takes a tenth longer and saves nothing on feeds and pages
# 5 takes as long as gzip and saves a tenth of it. 11 saves another tenth for fifty times the work: a second for each
# megabyte of a feed, 14 ms for a page. Only what every page asks for is worth that, and it hardly ever changes.
_BROTLI, _BROTLI_SETTLED = 5, 11
_SETTLED = "assets/"


def may_be_packed(path: str) -> bool:
    """Say whether a document of this name has compressed forms when it is long enough."""
    return path.endswith(_WORDS)


def is_packed(path: str, length: int) -> bool:
    """Say whether a document of so many bytes has compressed forms.

    >>> is_packed("feed.xml", 20_000), is_packed("assets/cover.png", 20_000), is_packed("robots.txt", 60)
    (True, False, False)
    """
    return length >= _WORTH and may_be_packed(path)


def packed(path: str, body: bytes) -> Mapping[str, bytes]:
    """Give a document's compressed forms by the ending of their names."""
    if not is_packed(path, len(body)):
        return {}
    quality = _BROTLI_SETTLED if path.startswith(_SETTLED) else _BROTLI
    return {".gz": gzip.compress(body, _GZIP, mtime=0), ".br": brotli.compress(body, quality=quality)}
