"""The invented sources: what is served, and what an RSS reader would call the same."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from string import Template

from benchmarks.survival.reading import Feed, read

FOLDER = Path(__file__).parent / "sources"
FIRST = "ebb"  # heard before all others: of a recording in two sources it is the one that counts

_RSS, _ATOM, _JSON = "application/rss+xml", "application/atom+xml", "application/feed+json"
_SPELLINGS = {
    "ebb": {
        "title": "Ebb and Flow", "p": "podcast", "i": "itunes", "guid": "e0ecf4b5-3d0b-5d0c-9a2e-6a2a3b3f1a11",
        "namespace": "https://podcastindex.org/namespace/1.0", "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    },
    # As some hosts have written both namespaces, and under prefixes of their own.
    "legacy": {
        "title": "Legacy Lines", "p": "pc20", "i": "it", "guid": "b7c1a7b1-8f0e-5b53-8d1c-2d0b6f5f2b22",
        "namespace": "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md",
        "itunes": "http://www.itunes.com/DTDs/Podcast-1.0.dtd",
    },
}  # fmt: skip
_LONG_ITEMS, _LONG_NOTES = 130, 45_000  # more than one document may hold: the older ones go into archives


@dataclass(frozen=True, slots=True)
class Source:
    """One source: the bytes it serves, and the same facts as an RSS reader would find them."""

    id: str
    body: bytes
    media_type: str
    says: Feed


def sources(*, quick: bool = False) -> tuple[Source, ...]:
    """Give every source, `FIRST` first; a quick run has no archives."""
    made = [_rss(slug, _everything(slug)) for slug in _SPELLINGS]
    made.append(Source("skerry", _file("atom.xml"), _ATOM, read(_file("atom.in-rss.xml"))))
    made.append(Source("beacon", _file("feed.json"), _JSON, read(_file("feed.in-rss.xml"))))
    made.append(Source("reef", _file("broken.xml"), _RSS, read(_file("broken.in-rss.xml"))))
    made += [_rss(name, _file(f"{name}.xml")) for name in ("crossover", "locked")]
    if not quick:
        made.append(_rss("long", _long()))
    return tuple(made)


def _rss(name: str, body: bytes) -> Source:
    return Source(name, body, _RSS, read(body))


def _file(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def _everything(slug: str) -> bytes:
    text = Template(_file("everything.xml").decode())
    return text.substitute(_SPELLINGS[slug], slug=slug, cap=slug.capitalize()).encode()


def _long() -> bytes:
    """Give a show so long that its older episodes must go into archives."""
    item, notes = Template(_file("long-item.xml").decode()), "Mile after mile. " * (_LONG_NOTES // 17)
    first = datetime(2010, 1, 1, 8, tzinfo=UTC)
    items = "".join(
        item.substitute(n=number, notes=notes, date=format_datetime(first + timedelta(days=number)))
        for number in range(_LONG_ITEMS)
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">
<channel><title>The Long Road</title><link>https://long.example/</link><description>Mile by mile.</description>
<language>en</language><podcast:license>long-license</podcast:license>{items}</channel></rss>""".encode()
