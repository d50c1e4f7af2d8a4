"""Publishing invented episodes into a folder: from nothing, after one change, without any; against feedgen over all."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from feedgen.feed import FeedGenerator

from benchmarks import invented
from benchmarks.house import EPISODES, house, path, refreshed, serve
from benchmarks.measuring import Stopwatch, row
from benchmarks.origin import origin, put
from mediafeed.assemble import Mediafeed
from mediafeed.model.published import Document
from mediafeed.publish.rss import item_fragment
from mediafeed.publish.site import plan
from mediafeed.refresh.snapshot import Snapshot

NOTHING, CHANGED, SAME = "publish all from nothing", "publish after one new episode", "publish without a change"
JOINED, ANEW = "merged RSS alone, from fragments", "merged RSS alone, each item anew"
FEEDGEN = "feedgen, merged RSS alone"


def measure(episodes: int, repeats: int) -> dict[str, Any]:
    """Publish that many episodes, `repeats` times from the same store, in turn with feedgen."""
    shows = max(episodes // EPISODES, 1)
    facts = [invented.facts(show, number) for show in range(shows) for number in range(1, EPISODES + 1)]
    facts.sort(key=lambda one: one.published, reverse=True)
    watch = Stopwatch()
    counts: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as temporary, origin() as address:
        filled = Path(temporary) / "filled"
        serve(address, range(shows))
        with house(filled, address, shows) as built:
            refreshed(built, new=len(facts))
        _settle(filled / "data" / "mediafeed.db")
        for repeat in range(repeats):
            work = Path(temporary) / f"repeat-{repeat}"
            shutil.copytree(filled, work)
            put(address, path(0), invented.feed(0))
            if repeat % 2:
                _feedgen(watch, facts)
            with house(work, address, shows) as built:
                counts = _publish(watch, built, address)
            if not repeat % 2:
                _feedgen(watch, facts)
            shutil.rmtree(work)
    names = [NOTHING, CHANGED, SAME, ANEW, JOINED]
    rows = [row(watch, name, FEEDGEN) | {"files_written": counts.get(name)} for name in names] + [row(watch, FEEDGEN)]
    unit = f"{len(facts)} episodes of {shows} shows; files written: " + ", ".join(map(str, counts.values()))
    return {"title": "Publishing", "unit": unit, "rows": rows}


def _publish(watch: Stopwatch, built: Mediafeed, address: str) -> dict[str, int]:
    written = {}
    with watch.timing(NOTHING):
        written[NOTHING] = len(built.publish().written)
    put(address, path(0), invented.feed(0, EPISODES + 1))
    refreshed(built, new=1)
    with watch.timing(CHANGED):
        written[CHANGED] = len(built.publish().written)
    with watch.timing(SAME):
        written[SAME] = len(built.publish().written)
    with watch.timing(JOINED):
        _rendered(_merged(plan(_library(built), built.config.site)))
    with watch.timing(ANEW):
        _items(built)
        _rendered(_merged(plan(_library(built), built.config.site)))
    return written


def _library(built: Mediafeed) -> Snapshot:
    store = built.store
    return Snapshot(store, store.index(), store.shows(), store.persons(), {})


def _merged(documents: Iterable[Document]) -> Sequence[Document]:
    return [one for one in documents if one.path == "feed.xml" or _is_archive(one.path)]


def _is_archive(name: str) -> bool:
    return name.startswith("archive/") and name.endswith(".xml")


def _items(built: Mediafeed) -> int:
    """Load every episode and make its RSS item, as if none had ever been made."""
    shows = {show.id: show for show in built.store.shows()}
    people = {person.id: person for person in built.store.persons()}
    ids = [row.id for row in built.store.index()]
    return sum(
        len(item_fragment(episode, shows[episode.show], built.config.site, people))
        for episode in built.store.episodes(ids)
    )


def _rendered(documents: Iterable[Document]) -> int:
    return sum(len(document.render()) for document in documents)


def _feedgen(watch: Stopwatch, facts: Sequence[invented.Facts]) -> None:
    with watch.timing(FEEDGEN):
        if not feedgen_over(facts):
            raise RuntimeError("feedgen wrote nothing")


def feedgen_over(facts: Iterable[invented.Facts]) -> bytes:
    """Build and serialise one feed of all these episodes as feedgen's documentation shows it."""
    feed = FeedGenerator()
    feed.load_extension("podcast")
    feed.title("Invented")
    feed.link(href="https://podcasts.example.org/", rel="alternate")
    feed.description("Invented")
    feed.language("en-gb")
    for one in facts:
        entry = feed.add_entry(order="append")
        entry.title(one.title)
        entry.link(href=one.link)
        entry.guid(one.guid, permalink=False)
        entry.pubDate(one.published)
        entry.description(one.description)
        entry.content(one.notes, type="CDATA")
        entry.enclosure(one.audio, str(one.length), "audio/mpeg")
        entry.podcast.itunes_duration(one.seconds)
        entry.podcast.itunes_author(one.author)
        entry.podcast.itunes_episode(one.number)
        entry.podcast.itunes_episode_type("full")
    document: bytes = feed.rss_str()
    return document


def _settle(database: Path) -> None:
    """Put what is in the write-ahead log into the database, so that a copy of the folder is whole."""
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
