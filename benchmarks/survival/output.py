"""What was published, read again: the merged feed, each show's and person's, the lists, the JSON."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.survival.reading import Feed, Item, Said, read

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """Everything there is to look into. Of somebody else's merge there is the merged feed alone."""

    merged: tuple[Said, ...]  # what its channel says
    items: Mapping[str, Item]  # by the address of their audio, archives included
    archived: frozenset[str]  # those that stand in an archive
    shows: Mapping[str, Feed]  # by title
    people: Mapping[str, Feed]  # by the path of the person
    listed: tuple[Said, ...]  # what list.xml says
    outlines: str
    json_items: Mapping[str, Json]
    json_shows: Mapping[str, Json]  # by title
    alone: bool = False  # the merged feed is all there is


def of_feeds(documents: Iterable[Path | bytes]) -> Output:
    """Read a merged feed, be it in several documents."""
    feeds = [read(document) for document in documents]
    return Output(
        merged=tuple(one for feed in feeds for one in feed.said),
        items=_by_audio(feeds),
        archived=frozenset(),
        shows={},
        people={},
        listed=(),
        outlines="",
        json_items={},
        json_shows={},
        alone=True,
    )


def of_folder(folder: Path) -> Output:
    """Read a published folder."""
    archives = [read(path) for path in sorted(folder.glob("archive/*.xml"))]
    newest = read(folder / "feed.xml")
    documents = [json.loads(path.read_bytes()) for path in (folder / "feed.json", *folder.glob("archive/*.json"))]
    shows = {path: _whole(path) for path in sorted(folder.glob("shows/*")) if path.is_dir()}
    return Output(
        merged=newest.said,
        items=_by_audio([*archives, newest]),
        archived=frozenset(_by_audio(archives)),
        shows={feed.title: feed for feed in shows.values()},
        people={path.name: _whole(path) for path in sorted(folder.glob("people/*")) if path.is_dir()},
        listed=read(folder / "list.xml").said,
        outlines=(folder / "feed.opml").read_text("utf-8"),
        json_items={item["attachments"][0]["url"]: item for one in documents for item in one["items"]},
        json_shows={feed.title: json.loads((path / "feed.json").read_bytes()) for path, feed in shows.items()},
    )


def _whole(folder: Path) -> Feed:
    """Read a feed with its archives; what its channel says stands in the newest document."""
    newest = read(folder / "feed.xml")
    older = [item for path in sorted(folder.glob("archive/*.xml")) for item in read(path).items]
    return Feed(newest.said, (*newest.items, *older))


def _by_audio(feeds: Iterable[Feed]) -> dict[str, Item]:
    return {item.audio: item for feed in feeds for item in feed.items}
