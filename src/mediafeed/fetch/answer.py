"""What an answer's head says, beside validators and freshness."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Final

from mediafeed.fetch.address import Address, joined
from mediafeed.fetch.failure import NoAnswerError
from mediafeed.fetch.validators import retry_after_of
from mediafeed.model.source import FailureKind

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
PERMANENT: Final = frozenset({301, 308})

_KEPT: Final = ("cache-control", "content-language", "date", "link")
_LISTS: Final = frozenset({"cache-control", "link"})
_LINK: Final = re.compile(r"<([^<>]*)>([^<>]*)")
_REL: Final = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))", re.IGNORECASE)
_WORDS: Final = {
    304: "but no condition was sent",
    401: "the site wants a login",
    403: "the site does not let programs in",
    451: "the site does not let programs in",
}


def head_of(fields: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Put header fields into a mapping of lower-case names; of a field that may stand only once, the first counts."""
    head: dict[str, str] = {}
    for name, value in fields:
        key = name.lower()
        if key not in head:
            head[key] = value
        elif key in _LISTS:
            head[key] += f", {value}"
        elif key == "content-length" and head[key].strip() != value.strip():
            raise NoAnswerError(FailureKind.BAD_RESPONSE, "two lengths for one body")
    return head


def kept_headers(head: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Choose the few headers that are of use later."""
    return tuple((name, head[name][:2_000]) for name in _KEPT if name in head)


def linked(link: str, wanted: str, base: Address) -> str | None:
    """Find the first address that a Link header gives for a relation.

    >>> from mediafeed.fetch.address import read_address
    >>> base = read_address("https://podcast.example/feed")
    >>> linked('</feed>; rel="self", <https://hub.example/>; rel=hub', "hub", base)
    'https://hub.example/'
    """
    for match in _LINK.finditer(link):
        rel = _REL.search(match[2])
        if rel and wanted in (rel[1] or rel[2]).lower().split():
            try:
                return str(joined(base, match[1]))
            except NoAnswerError:
                continue
    return None


def check_length(head: Mapping[str, str], cap: int) -> None:
    """Refuse a body by its announced length alone.

    Raises:
        NoAnswerError: TOO_LARGE, or BAD_RESPONSE for a length that is none.
    """
    said = head.get("content-length", "").strip()
    # RFC 9112, 6.3: with chunked transfer the length counts for nothing.
    if not said or "transfer-encoding" in head:
        return
    if not (said.isascii() and said.isdigit()):
        raise NoAnswerError(FailureKind.BAD_RESPONSE, "a length that is no number")
    if len(said) > 15 or int(said) > cap:
        raise NoAnswerError(FailureKind.TOO_LARGE, f"more than {cap} bytes")


def failure_of(status: int, head: Mapping[str, str], *, now: datetime, login: bool) -> NoAnswerError:
    """Say what a status that is no 200, redirect or wanted 304 means."""
    detail = _named(status)
    words = "the login was not accepted" if status == 401 and login else _WORDS.get(status, "")
    if words:
        detail = f"{detail}, {words}"
    # Whatever it fails with, a server that names a time is left alone until then.
    return NoAnswerError(_kind(status), detail, status=status, retry_after=retry_after_of(head, now=now))


def _kind(status: int) -> FailureKind:
    match status:
        case 401 | 403 | 451:
            return FailureKind.BLOCKED
        case 404:
            return FailureKind.MISSING
        case 410:
            return FailureKind.GONE
        case 429 | 503:
            return FailureKind.BUSY
        case _ if 500 <= status <= 599:
            return FailureKind.SERVER
    return FailureKind.STATUS


def _named(status: int) -> str:
    # The phrase is ours: the server's own may hold anything.
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
