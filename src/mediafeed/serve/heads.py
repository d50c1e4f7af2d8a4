"""What no reader would send: requests whose head is no good, or that others on the way may have read otherwise."""

import re

from mediafeed.serve.headers import Headers

LONGEST_URL = 8 * 1024  # bytes
MOST_HEADERS = 100
LONGEST_HEAD = 32 * 1024  # bytes of a request before its body

_HOST = re.compile(rb"[\w.~!$&'()*+,;=%-]*(?::\d*)?|\[[\w.:%]+\](?::\d*)?", re.ASCII)


def refusal(version: str, url: bytes, headers: Headers) -> int:
    """Give the status with which a request is refused, 0 if nothing is wrong with its head.

    >>> refusal("1.1", b"/", [(b"host", b"a.example")]), refusal("1.1", b"/", []), refusal("1.0", b"/", [])
    (0, 400, 0)
    """
    if len(url) > LONGEST_URL:
        return 414
    if len(headers) > MOST_HEADERS or sum([len(name) + len(value) for name, value in headers]) > LONGEST_HEAD:
        return 431
    if version not in {"1.1", "1.0"}:
        return 505
    hosts, codings = 0, 0
    for name, value in headers:
        if name == b"host":
            hosts += 1
            if not _HOST.fullmatch(value):
                return 400
        elif name == b"transfer-encoding":
            codings += 1
            if value.lower() != b"chunked":
                return 501
    # RFC 9112, 3.2: two of them, or none, is how one server is made to answer for another. 6.1: HTTP/1.0 has no
    # chunks, and whoever passed them on may have seen another end of the request.
    if hosts > 1 or codings > 1 or (version == "1.1" and not hosts) or (version == "1.0" and codings):
        return 400
    return 0
