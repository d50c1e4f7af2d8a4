"""Readers of other people over the same documents, in a process and an environment of their own.

    python with_readers.py READER FILE…

Imports nothing of ours, and only the reader that is asked for. Each item read is one line of JSON: what the reader says
of it, in our words for it. A fact that the reader has no word for is not in the line.
"""

import calendar
import json
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from importlib import import_module
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any

Facts = dict[str, Any]

NAMESPACE = b"https://podcastindex.org/namespace/1.0"
OLD_NAMESPACE = b"https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"


def with_feedparser(path: Path) -> Iterator[Facts]:
    """Read as feedparser does when nothing is asked of it."""
    feedparser = import_module("feedparser")

    for entry in feedparser.parse(path.read_bytes()).entries:
        audio = entry.enclosures[0] if entry.enclosures else {}
        date = entry.get("published_parsed")
        yield {
            "title": entry.get("title"),
            "guid": entry.get("id"),
            "link": entry.get("link"),
            "enclosure": audio.get("href"),
            "length": _number(audio.get("length")),
            "type": audio.get("type"),
            "duration": _number(entry.get("itunes_duration")),
            "date": calendar.timegm(date) if date else None,
            "number": _number(entry.get("itunes_episode")),
            "season": _number(entry.get("itunes_season")),
            "kind": entry.get("itunes_episodetype"),
            "image": entry.image.get("href") if "image" in entry else None,
        }


def with_podcastparser(path: Path) -> Iterator[Facts]:
    """Read as gPodder does."""
    return _podcastparsed(path.read_bytes())


def with_podcastparser_renamed(path: Path) -> Iterator[Facts]:
    """Read as gPodder does, the podcast namespace under its old address: 0.6.11 knows no other."""
    return _podcastparsed(path.read_bytes().replace(NAMESPACE, OLD_NAMESPACE, 1))


def _podcastparsed(document: bytes) -> Iterator[Facts]:
    podcastparser = import_module("podcastparser")

    for episode in podcastparser.parse("https://podcasts.example.org/feed.xml", BytesIO(document))["episodes"]:
        audio = episode["enclosures"][0] if episode["enclosures"] else {}
        yield {
            "title": episode.get("title"),
            "guid": episode.get("guid"),
            "link": episode.get("link"),
            "enclosure": audio.get("url"),
            "length": audio.get("file_size"),
            "type": audio.get("mime_type"),
            "duration": episode.get("total_time"),
            "date": episode.get("published"),
            "number": episode.get("number"),
            "season": episode.get("season"),
            "kind": episode.get("type"),
            "explicit": episode.get("explicit"),
            "image": episode.get("episode_art_url"),
            "persons": [
                [one["name"], one["role"], one["group"], one["href"], one["img"]] for one in episode.get("persons", ())
            ],
            "transcripts": [episode["transcript_url"]] if episode.get("transcript_url") else [],
            "chapters": episode.get("chapters_json_url"),
        }


def with_fastfeedparser(path: Path) -> Iterator[Facts]:
    """Read as fastfeedparser does; it has no word for durations and persons. It reads JSON Feed as well."""
    fastfeedparser = import_module("fastfeedparser")

    for entry in fastfeedparser.parse(path.read_bytes()).entries:
        audio = (entry.get("enclosures") or [{}])[0]
        date = entry.get("published")
        yield {
            "title": entry.get("title"),
            "guid": entry.get("id"),
            "link": entry.get("link"),
            "enclosure": audio.get("url"),
            "length": _number(audio.get("length")),
            "type": audio.get("type"),
            "date": int(datetime.fromisoformat(date).timestamp()) if date else None,
        }


def with_listparser(path: Path) -> Iterator[Facts]:
    """Read OPML: the feeds it lists."""
    listparser = import_module("listparser")

    for feed in listparser.parse(path.read_bytes()).feeds:
        yield {"title": feed.title, "guid": feed.url}


READERS: dict[str, Callable[[Path], Iterator[Facts]]] = {
    "feedparser": with_feedparser,
    "podcastparser": with_podcastparser,
    "podcastparser-renamed": with_podcastparser_renamed,
    "fastfeedparser": with_fastfeedparser,
    "listparser": with_listparser,
}


def main() -> None:
    """Read every file, or tell the version when there is none."""
    name, *files = sys.argv[1:]
    if not files:
        print(version(name.partition("-")[0]))
    for file in files:
        for facts in READERS[name](Path(file)):
            print(json.dumps(facts))


def _number(text: Any) -> Any:
    return int(text) if isinstance(text, str) and text.isdecimal() else text


if __name__ == "__main__":
    main()
