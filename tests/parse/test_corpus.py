"""Real feeds: nothing is lost that feedparser finds, nothing but a ParseError escapes. Measured, never copied."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from mediafeed.errors import NotWellFormedError, ParseError
from mediafeed.model.parsed import ParsedFeed
from mediafeed.parse import feed
from mediafeed.parse.encoding import to_utf8
from mediafeed.parse.sniff import start_of
from mediafeed.parse.split import split
from tests.parse.feeds import read_either

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not (CORPUS / "index.jsonl").exists(), reason="no corpus beside the repository"),
]

# Where feedparser counts other than we do, and why.
BREAKS_OFF = {
    "justsayin-296bd5e3": "feedparser gives the half item that the document breaks off in",
    "log-tomohiro-me-5686fd17": "the same",
    "openstreetmap-polska-029d2a36": "the same",
}
EMPTY_INNER_ITEMS = {"pcmag-com-the-official-john-c-dvorak-rss-9d532e32": "feedparser counts an <item/> in each item"}
NO_FEED = {"feed-5cbd90c0": "a picture file"}


def entries() -> list[dict[str, Any]]:
    with (CORPUS / "index.jsonl").open() as lines:
        return [json.loads(line) for line in lines]


def body_of(entry: dict[str, Any]) -> bytes:
    return (CORPUS / str(entry["file"])).read_bytes()


@cache
def read_all() -> list[tuple[dict[str, Any], ParsedFeed]]:
    found = []
    for entry in entries():
        try:
            found.append((entry, read_either(body_of(entry))))
        except ParseError:
            assert entry["id"] in NO_FEED
    return found


def test_no_item_that_feedparser_finds_is_lost():
    differences = {
        entry["id"]: (len(found.order), entry["feedparser"]["entries"])
        for entry, found in read_all()
        if len(found.order) != entry["feedparser"]["entries"]
    }

    assert differences.keys() == BREAKS_OFF.keys() | EMPTY_INNER_ITEMS.keys()
    assert all(differences[each][0] == differences[each][1] - 1 for each in BREAKS_OFF)
    assert all(differences[each][0] * 2 == differences[each][1] for each in EMPTY_INNER_ITEMS)


def test_no_item_is_set_aside():
    flags = [flag for _, found in read_all() for flag in found.flags]

    assert not [flag for flag in flags if "set aside" in flag]


def test_every_item_and_head_has_words():
    headless = {entry["id"] for entry, found in read_all() if not found.head}
    wordless = {entry["id"] for entry, found in read_all() if not all(each.elements for each in found.items)}

    assert headless <= {"feed-45818f09"}  # every name in it has a prefix that nobody declared
    assert wordless <= {"justsayin-50f3c483"}  # <item>garbage</item>


def test_one_unknown_item_is_read_exactly_as_with_all_the_others():
    """Of every well-formed feed the first, the middle and the last item, each as the only unknown one."""
    for entry in entries():
        body = body_of(entry)
        try:
            whole = feed.read(body)
        except NotWellFormedError:
            continue
        for item in {0: 0, len(whole.items) // 2: 0, len(whole.items) - 1: 0} if whole.items else ():
            only = whole.items[item]
            alone = feed.read(body, known=set(whole.order) - {only.hash}, held_head=whole.head_hash)
            assert alone.items == (only,), entry["id"]
            assert alone.order == whole.order
            assert alone.head is None


def test_nearly_every_well_formed_feed_is_split():
    """The whole is read only in doubt: on the corpus, for one feed with items in items."""
    whole = [
        entry["id"]
        for entry in entries()
        if entry["well_formed_lxml"] and _is_read_whole(body_of(entry))
    ]  # fmt: skip

    assert len(whole) <= 3, whole


def _is_read_whole(body: bytes) -> bool:
    document = to_utf8(body).body
    return split(document, start_of(document), max_items=50_000) is None
