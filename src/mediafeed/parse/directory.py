"""A podcast directory's answers: Apple's search and lookup, also as other directories imitate them."""

from urllib.parse import urlencode

import orjson

from mediafeed.errors import ParseError
from mediafeed.model.parsed import DirectoryEntry
from mediafeed.model.source import FailureKind
from mediafeed.parse.page_tree import absolute, clean

_LARGEST = 5 * 1024 * 1024
_MOST_ENTRIES = 200
_LONGEST_WORDS = 300


def read_directory(body: bytes) -> tuple[DirectoryEntry, ...]:
    """Give the shows a directory names, in its order; those without a feed's address are left out.

    Raises:
        ParseError: EMPTY, TOO_LARGE, or MALFORMED for what is no directory's answer.
    """
    if not body.strip():
        raise ParseError(FailureKind.EMPTY, "an empty answer of the directory")
    if len(body) > _LARGEST:
        raise ParseError(FailureKind.TOO_LARGE, "a very long answer of the directory")
    try:
        answer = orjson.loads(body.strip().removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise ParseError(FailureKind.MALFORMED, "the directory's answer is no JSON") from error
    results = answer.get("results") if isinstance(answer, dict) else None
    if not isinstance(results, list):
        raise ParseError(FailureKind.MALFORMED, "the directory's answer has no results")
    entries = [_entry(result) for result in results[:_MOST_ENTRIES] if isinstance(result, dict)]
    return tuple(dict.fromkeys(entry for entry in entries if entry))


def _entry(result: dict[str, object]) -> DirectoryEntry | None:
    feed_url = absolute("", _text(result, "feedUrl"))
    title = clean(_text(result, "collectionName") or _text(result, "trackName"))
    # A lookup of one episode, a book or an artist has no feed.
    if not feed_url or not title:
        return None
    identity = result.get("collectionId") or result.get("trackId")
    number = str(identity) if isinstance(identity, int) else clean(_text(result, "collectionId"))
    return DirectoryEntry(title, clean(_text(result, "artistName")), feed_url, number)


def _text(result: dict[str, object], key: str) -> str:
    value = result.get(key)
    return value if isinstance(value, str) else ""


def search_address(base: str, words: str) -> str:
    """Give the address that asks a directory for shows by words.

    >>> search_address("https://itunes.apple.com", "Geostrategy360 Council")
    'https://itunes.apple.com/search?media=podcast&entity=podcast&limit=25&term=Geostrategy360+Council'
    """
    term = clean(words)[:_LONGEST_WORDS].encode("utf-8", "replace")
    query = urlencode({"media": "podcast", "entity": "podcast", "limit": 25, "term": term})
    return f"{base.rstrip('/')}/search?{query}"


def lookup_address(base: str, id: str) -> str:  # noqa: A002 - what the directory calls it
    """Give the address that asks a directory for one show by its id.

    >>> lookup_address("https://itunes.apple.com", "123456789")
    'https://itunes.apple.com/lookup?id=123456789&entity=podcast'
    """
    return f"{base.rstrip('/')}/lookup?{urlencode({'id': clean(id)[:40], 'entity': 'podcast'})}"
