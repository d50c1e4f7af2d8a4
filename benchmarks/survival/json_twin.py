"""What JSON Feed has a place for: the same facts in the JSON twin of an item."""

import json
from collections.abc import Iterator
from datetime import datetime

from benchmarks.survival.output import Json
from benchmarks.survival.reading import Item
from benchmarks.survival.rules import instant, seconds

Told = tuple[str, bool]  # what, and whether it is there


def of_item(says: Item, item: Json, *, second: bool) -> Iterator[Told]:
    """Say of each fact of an item that JSON has a place for whether it stands there."""
    known, audio = item["_mediafeed"], item["attachments"][0]
    told = {(one["guid"], one["page"]) for one in known["sources"]}
    yield "sources: guid and page", (says.text("guid"), says.text("link") or None) in told
    for name in ("podcast:transcript", "podcast:chapters"):
        addresses = [one.get("url") for one in says.said if one.name == name and one.get("url").startswith("https")]
        held = known["transcripts"] if name == "podcast:transcript" else [known["chapters"]]
        wanted = addresses if name == "podcast:transcript" else addresses[:1]
        yield from ((name, address in held) for address in wanted if not (second and known["transcripts"] == []))
    people = [one for one in says.said if one.name == "podcast:person" and one.get("role") in {"host", "guest"}]
    names = {author["name"] for author in item.get("authors", [])}
    yield from (("authors", person.text in names) for person in people)
    words = [one.text for one in says.said if one.name == "category"]
    yield from (("tags", word in item.get("tags", [])) for word in words)
    if second:
        return
    yield "title", item["title"] == says.text("title")
    yield "id", item["id"] == says.text("guid")
    yield "url", item["url"] == says.text("link")
    yield "audio", (audio["url"], audio["mime_type"]) == (says.audio, _enclosure(says, "type"))
    yield "audio length", str(audio.get("size_in_bytes")) == _enclosure(says, "length")
    yield from _if_said(says, item)
    others = [one.get("url") for one in says.said if one.name == "enclosure"][1:]
    yield from (("further files", url in {each["url"] for each in item["attachments"]}) for url in others)


def _if_said(says: Item, item: Json) -> Iterator[Told]:
    known = item["_mediafeed"]
    if content := says.text("content:encoded"):
        yield "content_html", item.get("content_html") == content
    if date := says.text("pubDate"):
        is_date = instant(date) != date
        published = str(datetime.fromisoformat(item["date_published"]).timestamp())
        yield "date_published", (published == instant(date)) if is_date else known["date_precision"] == "none"
    if updated := says.text("atom:updated"):
        same = datetime.fromisoformat(item.get("date_modified", "1970-01-01T00:00:00Z"))
        yield "date_modified", same == datetime.fromisoformat(updated)
    if length := says.text("itunes:duration"):
        yield "duration", str(item["attachments"][0].get("duration_in_seconds")) == seconds(length)
    if language := says.text("dc:language"):
        yield "language", item.get("language") == language
    if explicit := says.text("itunes:explicit"):
        yield "explicit", known["explicit"] is (explicit.lower() in {"yes", "true"})
    for name, key in (("itunes:episode", "number"), ("itunes:season", "season"), ("itunes:episodeType", "kind")):
        if text := says.text(name):
            yield key, str(known[key]) == text


def of_source(body: bytes, items: list[Json], head: Json) -> Iterator[Told]:
    """Say of each extension of a JSON Feed whether it stands in the twins of its items and of its show's feed."""
    said = json.loads(body)
    yield from ((key, head.get(key) == value) for key, value in said.items() if key.startswith("_"))
    for one in said["items"]:
        twin = next((item for item in items if item["id"] == one["id"]), {})
        yield from ((key, twin.get(key) == value) for key, value in one.items() if key.startswith("_"))


def _enclosure(says: Item, attribute: str) -> str:
    return next(one.get(attribute) for one in says.said if one.name == "enclosure")
