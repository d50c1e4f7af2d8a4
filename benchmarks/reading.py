"""Reading a feed of 100 items (650 KB): strictly and only what is new, against feedparser over the whole."""

from io import BytesIO
from typing import TYPE_CHECKING, Any

import feedparser
import xxhash

from benchmarks import invented
from benchmarks.measuring import Stopwatch, in_turn, row
from mediafeed.parse import feed

if TYPE_CHECKING:
    from collections.abc import Callable

FULL, ONE_NEW, HASHED, FEEDPARSER = "whole feed", "one new item", "unchanged: body hash", "feedparser.parse"
SPLIT = "unchanged, read all the same"
BARE = "feedparser, no sanitising"


def measure(repeats: int) -> dict[str, Any]:
    """Read one feed in each state, `repeats` times in turn with feedparser."""
    body, newer = invented.feed(0), invented.feed(0, 101)
    first = feed.read(body)
    held = frozenset(first.order)
    if len(first.items) != 100 or len(feed.read(newer, known=held, held_head=first.head_hash).items) != 1:
        raise RuntimeError("the feed was not read as it should be")
    things: dict[str, Callable[[], object]] = {
        FULL: lambda: feed.read(body),
        ONE_NEW: lambda: feed.read(newer, known=held, held_head=first.head_hash),
        SPLIT: lambda: feed.read(body, known=held, held_head=first.head_hash),
        HASHED: lambda: xxhash.xxh3_128_hexdigest(body),
        FEEDPARSER: lambda: feedparser.parse(BytesIO(body)),
        BARE: lambda: feedparser.parse(BytesIO(body), sanitize_html=False, resolve_relative_uris=False),
    }
    for thing in things.values():
        thing()  # the first call of each compiles and imports
    watch = Stopwatch()
    in_turn(watch, things, repeats)
    rows = [row(watch, name, FEEDPARSER) for name in things if name != FEEDPARSER] + [row(watch, FEEDPARSER)]
    return {"title": "Reading", "unit": f"one feed of 100 items, {len(body) // 1000} KB", "rows": rows}
