"""What no reader would send: requests whose head is no good, or that others on the way may have read otherwise."""

import re
from functools import lru_cache

from mediafeed.serve.headers import Headers

LONGEST_URL = 8 * 1024  # bytes
MOST_HEADERS = 100
LONGEST_HEAD = 32 * 1024  # bytes of a request before its body

_HOST = re.compile(rb"[\w.~!$&'()*+,;=%-]*(?::\d*)?|\[[\w.:%]+\](?::\d*)?", re.ASCII)


# A request may begin behind empty lines (RFC 9112, 2.2); of its first word not all need be there yet.
_WORD = re.compile(rb"[\r\n]*[\w!#$%&'*+.^`|~-]+(?: |\Z)", re.ASCII)


def of_unknown_method(data: bytes) -> int:
    r"""Give the status for a request whose method is not known: 501 if it is a word at all (RFC 9110, 9.1), else 400.

    `data` is what came last; if other requests stood before it, theirs is the word that is looked at. Whatever it is,
    nothing behind it is read.

    >>> of_unknown_method(b"BREW /pot HTTP/1.1"), of_unknown_method(b"\x16\x03\x01")
    (501, 400)
    """
    return 501 if _WORD.match(data) else 400


def refusal(method: bytes, version: str, url: bytes, headers: Headers) -> int:
    """Give the status with which a request is refused, 0 if nothing is wrong with its head.

    >>> refusal(b"GET", "1.1", b"/", [(b"host", b"a.example")]), refusal(b"GET", "1.1", b"/", [])
    (0, 400)
    """
    if len(url) > LONGEST_URL:
        return 414
    names = [name for name, _ in headers]
    values = [value for _, value in headers]
    if len(names) > MOST_HEADERS or sum(map(len, names)) + sum(map(len, values)) > LONGEST_HEAD:
        return 431
    if version not in {"1.1", "1.0"}:
        return 505
    # RFC 9112, 3.2: two of them, or none, is how one server is made to answer for another.
    hosts = names.count(b"host")
    if hosts > 1 or (version == "1.1" and not hosts) or (hosts and not _is_host(values[names.index(b"host")])):
        return 400
    if method == b"CONNECT":  # its target is no path, and no proxy is here
        return 501
    if b"transfer-encoding" not in names:
        return 0
    if any(value.lower() != b"chunked" for name, value in headers if name == b"transfer-encoding"):
        return 501
    # 6.1: HTTP/1.0 has no chunks, and whoever passed them on may have seen another end of the request.
    return 400 if version == "1.0" or names.count(b"transfer-encoding") > 1 else 0


@lru_cache(maxsize=256)
def _is_host(value: bytes) -> bool:
    return _HOST.fullmatch(value) is not None
