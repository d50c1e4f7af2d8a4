"""What must become of each fact: the published table of facts, read as anybody would read it, and its small print."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from pathlib import Path

from benchmarks.survival.reading import Item, Said

TABLE = Path(__file__).parents[2] / "docs" / "facts.md"

_ROW = re.compile(r"\| `([^`]+)` \| (carry|push down|derive|drop) \| (.+) \|")
_OTHER_FEEDS = {"self", "hub", "next", "prev", "first", "last", "previous", "current", "prev-archive", "next-archive"}
_PICTURES = {"itunes:image", "podcast:image", "podcast:images", "media:thumbnail", "image", "googleplay:image"}
_THE_FIRST_ONES = {"title", "guid", "pubDate", "description"}
_ADDRESSES = ("url", "href", "src", "uri")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What must become of an element, and why."""

    bucket: str
    why: str


Rows = Mapping[str, Verdict]


def tables(path: Path = TABLE) -> tuple[Rows, Rows]:
    """Read the table of facts: of an item, of a channel."""
    _, _, rest = path.read_text("utf-8").partition("\n## Of an item\n")
    item, _, channel = rest.partition("\n## Of a channel\n")
    return _rows(item), _rows(channel)


def _rows(text: str) -> Rows:
    return {name: Verdict(bucket, why) for name, bucket, why in _ROW.findall(text)}


def looked_up(name: str, rows: Rows) -> Verdict:
    """Give a name's row: its own, else its namespace's, else what holds for all that is not named."""
    own = rows.get(name) or rows.get(f"{name.partition(':')[0]}:*")
    return own or Verdict("carry", "not named: carried")


def of_item(said: Said, rows: Rows, *, locked: bool, earlier: frozenset[str], second: bool = False) -> Verdict:
    """Say what must become of what an item says.

    `earlier` are names it has said before; `second`: another source was heard first to tell of the same recording.
    """
    if second and said.name in _THE_FIRST_ONES:
        return Verdict("drop", "one recording in two sources: that of the source heard first; in the JSON")
    if second and said.name == "link":
        return Verdict("derive", "one recording in two sources: atom:link rel=related")
    if locked and said.name in _PICTURES:
        return Verdict("drop", "a locked show's picture")
    if "verify" in (said.get("purpose") or said.name):
        return Verdict("drop", "proves who owns the other feed")
    if any(said.get(name).startswith("javascript:") for name in _ADDRESSES):
        return Verdict("drop", "points at a script")
    if said.name == "atom:link" and said.get("rel") in _OTHER_FEEDS:
        return Verdict("drop", rows["atom:link"].why)
    verdict = looked_up(said.name, rows)
    if said.name == "author" and "author" in earlier:
        return Verdict("derive", "a further author: dc:creator")
    if said.name in earlier and verdict.why.startswith("the first"):
        return Verdict("drop", verdict.why)
    if said.name == "enclosure" and "enclosure" in earlier:
        return Verdict("derive", "a further file: podcast:alternateEnclosure")
    if said.name in _FURTHER and said.name in earlier:
        return Verdict("derive", f"further words: {_FURTHER[said.name].name}")
    return verdict


def without_pictures(said: Said) -> tuple[Said, tuple[Said, ...]]:
    """Part an element from the pictures inside of it."""
    parts = [without_pictures(child) for child in said.children if child.name not in _PICTURES]
    pictures = tuple(child for child in said.children if child.name in _PICTURES)
    inner = tuple(picture for _, found in parts for picture in found)
    return replace(said, children=tuple(child for child, _ in parts)), (*pictures, *inner)


_FURTHER = {
    "content:encoded": Said("atom:content", attributes=(("type", "html"),)),
    "description": Said("dc:description"),
}


def of_channel(said: Said, rows: Rows, *, locked: bool) -> Verdict:
    """Say what must become of what a channel says."""
    if locked and said.name in _PICTURES:
        return Verdict("drop", "a locked show's picture")
    if "verify" in (said.get("purpose") or said.name):
        return Verdict("drop", "proves who owns the other feed")
    if said.name == "podcast:txt" and not said.get("purpose"):
        return Verdict("carry", "without a purpose: the show's feed")
    return looked_up(said.name, rows)


def seconds(text: str) -> str:
    """Give a duration in whole seconds.

    >>> seconds("00:48:00"), seconds("2881")
    ('2880', '2881')
    """
    total = 0
    for part in text.split(":"):
        total = total * 60 + int(part)
    return str(total)


def instant(text: str) -> str:
    """Give a date as an instant; words that are no date stay."""
    try:
        return str(parsedate_to_datetime(text).timestamp())
    except ValueError:
        return text


def in_our_words(said: Said, verdict: Verdict) -> Said:
    """Give what is to be looked for where something is restated in one form."""
    match said.name:
        case "link" if "rel=related" in verdict.why:
            return Said("atom:link", attributes=(("rel", "related"), ("href", said.text)))
        case "itunes:duration":
            return replace(said, text=seconds(said.text))
        case "itunes:explicit":
            return replace(said, text="true" if said.text.lower() in {"yes", "true", "explicit"} else "false")
        case "pubDate":
            return replace(said, text=instant(said.text))
        case "source":
            return Said("atom:link", attributes=(("rel", "via"), ("href", said.get("url")), ("title", said.text)))
        case "author" if verdict.bucket == "derive":
            return replace(said, name="dc:creator")
        case name if verdict.bucket == "derive" and name in _FURTHER:
            return replace(_FURTHER[name], text=said.text)
        case "enclosure" if verdict.bucket == "derive":
            file = Said("podcast:source", attributes=(("uri", said.get("url")),))
            pairs = (("type", said.get("type")), ("length", said.get("length")))
            return Said("podcast:alternateEnclosure", attributes=pairs, children=(file,))
    return said


_PUSHED = Verdict("push down", "")
_IN_ITEMS = {"language": "dc:language", "copyright": "dc:rights", "itunes:author": "dc:creator"}
_SAYS_SO_TOO = {
    "itunes:author": {"itunes:author", "author", "googleplay:author", "dc:creator"},
    "language": {"dc:language"},
    "copyright": {"dc:rights", "copyright"},
}


def pushed(said: Said, item: Item) -> Said | None:
    """Give what an item must restate of its channel, or None where it says so itself."""
    if item.names() & _SAYS_SO_TOO.get(said.name, {said.name}):
        return None
    return replace(in_our_words(said, _PUSHED), name=_IN_ITEMS.get(said.name, said.name))
