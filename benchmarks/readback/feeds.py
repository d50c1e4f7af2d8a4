"""Publish, read every document of the merged feed back, and tell reader by reader, field by field, what came of it."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.corpus import config_text
from benchmarks.origin import origin, put
from benchmarks.readback import expected, json_feed
from benchmarks.readback.compare import SAMPLES, Reading, compared
from benchmarks.readback.readers import Reader, partytime, python_reader
from mediafeed.assemble import Mediafeed, assembled
from mediafeed.config.reading import read_config
from mediafeed.demo.origin import Origin
from mediafeed.demo.run import Demo
from mediafeed.publish.hiding import name_words

Facts = dict[str, Any]


def report(folder: Path | None, work: Path) -> int:
    """Publish a folder of feeds, or the demo, under `work` and read it back; 1 when anything is lost or unexplained."""
    with _published(folder, work) as house:
        output = Path(house.config.site.output)
        episodes = list(expected.episodes(house))
        with_audio = [one for one in episodes if one["enclosure"]]
        print(f"{len(episodes)} episodes, {len(with_audio)} with audio; {len(_documents(output, 'xml'))} RSS documents")
        good = [_read_back(reader, with_audio, _documents(output, "xml")) for reader in _rss_readers()]
        good += [_json_twins(output, episodes)]
        good += [_read_back(python_reader("fastfeedparser"), episodes, _documents(output, "json"))]
        good += [_read_back(python_reader("listparser"), expected.subscriptions(house), [output / "feed.opml"])]
        good += [_references(output, expected.references(house))]
    return 0 if all(good) else 1


@contextmanager
def _published(folder: Path | None, work: Path) -> Iterator[Mediafeed]:
    """Refresh and publish; what stands in `work` from before is visited again."""
    work.mkdir(parents=True, exist_ok=True)
    config = work / "config.toml"
    if folder is None:
        with Origin(0) as samples:
            Demo(str(work)).run(lambda _step, _done, _of: None, samples)
        with assembled(read_config(config)) as house:
            yield house
        return
    paths = sorted(folder.glob("*.xml"))
    if not paths:
        raise SystemExit(f"{folder}: no feeds there: nothing read back")
    with origin() as address:
        config.write_text(config_text(paths, address), encoding="utf-8")
        for path in paths:
            put(address, f"/{path.name}", path.read_bytes())
        with assembled(read_config(config)) as house:
            house.refresh(house.choose((), force=True).sources)
            house.publish()
            yield house


def _documents(output: Path, ending: str) -> list[Path]:
    """Give the merged feed's documents, newest first."""
    archives = (output / "archive").glob(f"feed-*.{ending}")
    return [output / f"feed.{ending}", *sorted(archives, key=_number, reverse=True)]


def _number(path: Path) -> int:
    return int(path.stem.rpartition("-")[2])


def _rss_readers() -> Sequence[Reader]:
    names = ("feedparser", "podcastparser", "podcastparser-renamed", "fastfeedparser")
    return (*map(python_reader, names), partytime())


def _read_back(reader: Reader, wanted: Sequence[Facts], documents: Sequence[Path]) -> bool:
    if not reader.is_there():
        print(f"\n{reader.name}: not installed, so not asked; {reader.how}")
        return True
    reading = compared(reader.name, wanted, reader.read(documents))
    print(f"\n{reader.name} {reader.version()} on {documents[0].name}: {_told(reading, len(wanted))}")
    return reading.is_whole()


def _told(reading: Reading, wanted: int) -> str:
    lines = [f"{reading.items} items, {wanted} wanted, {len(reading.lost)} lost, {len(reading.added)} of nowhere"]
    for name in dict.fromkeys((*reading.same, *reading.reasons)):
        why = ", ".join(f"{count} {words}" for words, count in reading.reasons[name].most_common())
        other = sum(1 for field, _, _ in reading.unexplained if field == name)
        lines.append(
            f"  {name:<12} {reading.same[name]:>7} same  {why}{f'  {other} FOR NO KNOWN REASON' if other else ''}"
        )
    lines += [f"  {name}: {ours!r}\n    read as {theirs!r}" for name, ours, theirs in reading.unexplained[:SAMPLES]]
    lines += [f"  lost: {one['title']!r} {one['guid']!r}" for one in reading.lost[:SAMPLES]]
    lines += [f"  of nowhere: {one['title']!r} {one['guid']!r}" for one in reading.added[:SAMPLES]]
    return "\n".join(line.rstrip() for line in lines)


def _json_twins(output: Path, episodes: Sequence[Facts]) -> bool:
    """Hold every JSON document against the spec, and the merged ones against the store."""
    documents = [path for path in output.rglob("*.json") if path.stem.startswith("feed")]
    broken = [
        f"{path.relative_to(output)}: {fault}" for path in documents for fault in json_feed.faults(path.read_bytes())
    ]
    print(f"\nJSON Feed 1.1: {len(documents)} documents, {len(broken)} rules broken")
    print("".join(f"  {fault}\n" for fault in broken[:SAMPLES]), end="")
    items = [item for path in _documents(output, "json") for item in json.loads(path.read_bytes())["items"]]
    reading = compared("json", episodes, [_of_json(item) for item in items])
    print(f"as JSON: {_told(reading, len(episodes))}")
    return not broken and reading.is_whole()


def _of_json(item: Facts) -> Facts:
    known, audio = item["_mediafeed"], (item.get("attachments") or [{}])[0]
    return {
        "title": item["title"],
        "guid": item["id"],
        "link": item["url"],
        "enclosure": audio.get("url"),
        "length": audio.get("size_in_bytes"),
        "type": audio.get("mime_type"),
        "duration": audio.get("duration_in_seconds") if audio else (known["duration"] or {}).get("seconds"),
        "date": int(datetime.fromisoformat(item["date_published"]).timestamp()),
        "number": known["number"] or None,  # RSS has no number 0, JSON has it where the source does
        "season": known["season"],
        "kind": known["kind"],
        "explicit": known["explicit"],
        "image": item.get("image"),
        "credits": [[sorted(name_words(one["name"])), one["role"]] for one in known["credits"]],
        "transcripts": known["transcripts"],
        "chapters": known["chapters"],
    }


def _references(output: Path, wanted: Sequence[Facts]) -> bool:
    """Hold list.xml and its archives, as partytime reads them, against the episodes."""
    reader = partytime()
    if not reader.is_there():
        return True
    archives = sorted((output / "archive").glob("list-*.xml"), key=_number, reverse=True)
    documents = [output / "list.xml", *archives]
    read = [{name: one[name] for name in ("feedGuid", "feedUrl", "itemGuid")} for one in reader.read(documents)]
    same = sum(ours == theirs for ours, theirs in zip(wanted, read, strict=False))
    print(f"\npartytime on list.xml: {len(read)} of {len(wanted)} references, {same} are read as they are meant")
    return same == len(read) == len(wanted)
