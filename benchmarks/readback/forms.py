"""podcastparser's own test data, read by us and held against what it expects of itself."""

import html
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mediafeed.errors import NotWellFormedError
from mediafeed.model.episode import Episode, Show
from mediafeed.model.parsed import ParsedFeed, named, words
from mediafeed.model.source import Source
from mediafeed.normalize.episode import episode_from
from mediafeed.normalize.shows import show_from
from mediafeed.parse import feed, tolerant

Facts = dict[str, Any]
NOW = datetime(2030, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two readers say different things of one field; `explains` is asked (theirs, ours, the document)."""

    words: str
    fields: frozenset[str]
    explains: Callable[[Any, Any, str], bool]


def report(folder: Path) -> int:
    """Compare every file that has an expected result; 1 when a difference has no reason that is known."""
    files = sorted(path for path in folder.glob("*.rss") if path.with_suffix(".json").exists())
    if not files:
        print(
            f"{folder}: none of podcastparser's test data there; pip download --no-binary :all: --no-deps podcastparser"
        )
        return 1
    same: Counter[str] = Counter()
    told: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for path in files:
        for name, theirs, ours in _facts_of_both(path):
            if theirs == ours:
                same[name] += 1
            else:
                told[name][_reason(name, theirs, ours, path)].append(f"{path.stem}: {theirs!r}, ours {ours!r}")
    print(f"{len(files)} files, {sum(same.values())} facts the same, others:")
    for name in dict.fromkeys((*same, *told)):
        why = "; ".join(f"{len(cases)} {words or 'FOR NO KNOWN REASON'}" for words, cases in told[name].items())
        print(f"  {name:<18} {same[name]:>4} same  {why}".rstrip())
    unexplained = [f"{name}: {case}" for name in told for case in told[name].get("", ())]
    print("".join(f"  {one}\n" for one in unexplained), end="")
    return 1 if unexplained else 0


def _facts_of_both(path: Path) -> Iterator[tuple[str, Any, Any]]:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    # Their tests stand in tests/data: a relative address is theirs below that.
    address = f"https://feeds.example.org/tests/data/{path.name}"
    read = _read(path.read_bytes(), address)
    source = Source(id=path.stem, url=address)
    show = show_from(read.head or (), source, feed_url=address)
    yield from _both(_theirs_of_show(expected), _of_show(show, read), "show ")
    episodes = [episode_from(item, show, source, now=NOW) for item in read.items]
    theirs = {_key(one["title"], one["published"]): one for one in expected["episodes"]}
    ours = {_key(one.title, _seconds(one) or 0): one for one in episodes}
    if len(theirs) == len(ours) == 1:
        ours = dict(zip(theirs, ours.values(), strict=True))
    yield "episodes", len(expected["episodes"]), len(episodes)
    for key in theirs.keys() & ours.keys():
        yield from _both(_theirs_of_episode(theirs[key]), _of_episode(ours[key]), "")


def _read(body: bytes, address: str) -> ParsedFeed:
    try:
        return feed.read(body, url=address)
    except NotWellFormedError:
        return tolerant.read(body, url=address)


def _both(theirs: Facts, ours: Facts, prefix: str) -> Iterator[tuple[str, Any, Any]]:
    return ((prefix + name, theirs[name], ours[name]) for name in ours)


def _key(title: str, published: float) -> tuple[str, float]:
    return " ".join(title.split()), published


def _seconds(episode: Episode) -> int | None:
    return int(episode.published.timestamp()) if episode.published else None


def _squeezed(text: str | None) -> str:
    return " ".join((text or "").split())


def _theirs_of_show(show: Facts) -> Facts:
    return {
        "title": show.get("title"),
        "description": _squeezed(show.get("description")),
        "link": show.get("link"),
        "picture": _on_the_web(show.get("cover_url")),
        "language": show.get("language"),
        "author": show.get("itunes_author"),
        "owner": (show.get("itunes_owner") or {}).get("name"),
        "explicit": show.get("explicit"),
        "locked": bool(show.get("import_prohibited")),
        "categories": [" > ".join(levels[:2]) for levels in show.get("itunes_categories", ())],
        "funding": show.get("funding_url"),
    }


def _of_show(show: Show, read: ParsedFeed) -> Facts:
    funding = named(read.head or (), "podcast:funding")
    return {
        "title": show.title,
        "description": _squeezed(show.summary),
        "link": show.link,
        "picture": show.image,
        "language": show.language,
        "author": show.author,
        "owner": show.owner,
        "explicit": show.explicit,
        "locked": show.locked,
        "categories": list(show.categories),
        "funding": funding[0].get("url") if funding else None,
    }


def _theirs_of_episode(one: Facts) -> Facts:
    files = [(file["url"], max(file["file_size"], 0) or None, file["mime_type"]) for file in one["enclosures"]]
    return {
        "title": one["title"],
        "guid": _on_the_web(one["guid"]),
        "link": _on_the_web(one["link"] or None),
        "published": one["published"] or None,
        "duration": one["total_time"] or None,
        "file": [(_on_the_web(url), size, kind) for url, size, kind in files],
        "number": one.get("number"),
        "season": one.get("season") or None,
        "kind": one.get("type", "full"),
        "explicit": one.get("explicit"),
        "picture": one.get("episode_art_url"),
        "author": one.get("itunes_author"),
        "summary": _squeezed(one["description"]),
        "notes": _squeezed(one.get("description_html")),
        "persons": [(person["name"], person["role"], person["href"]) for person in one.get("persons", ())],
        "transcripts": [one["transcript_url"]] if one.get("transcript_url") else [],
        "chapters": one.get("chapters_json_url"),
        "chapter titles": [chapter["title"] for chapter in one.get("chapters", ())],
        "payment": one.get("payment_url"),
        "subtitle": one.get("subtitle"),
    }


def _of_episode(one: Episode) -> Facts:
    persons = named(one.extras, "podcast:person")
    links = (link for link in named(one.extras, "atom:link") if link.get("rel") == "payment")
    file = one.enclosure
    return {
        "title": one.title,
        "guid": one.guid,
        "link": one.page,
        "published": _seconds(one),
        "duration": one.duration.seconds if one.duration else None,
        "file": [(file.url, file.length, file.media_type)] if file else [],
        "number": one.number,
        "season": one.season,
        "kind": one.kind.value,
        "explicit": one.explicit,
        "picture": one.image,
        "author": one.author,
        "summary": _squeezed(one.summary),
        "notes": _squeezed(one.notes),
        "persons": [(person.text, person.get("role", "host"), person.get("href") or None) for person in persons],
        "transcripts": list(one.transcripts[-1:]),
        "chapters": one.chapters,
        "chapter titles": [
            chapter.get("title")
            for all_of in named(one.extras, "psc:chapters")
            for chapter in all_of.all("psc:chapter")
        ],
        "payment": next((link.get("href") for link in links), None),
        "subtitle": words(one.extras, "itunes:subtitle") or None,
    }


def _on_the_web(address: str | None) -> str | None:
    """Put their file: addresses where we read the same file from."""
    return address.replace("file://tests/", "https://feeds.example.org/tests/", 1) if address else address


def _reason(name: str, theirs: Any, ours: Any, path: Path) -> str:
    text = html.unescape(path.read_text(encoding="utf-8"))
    document = f"{_squeezed(text)} {_squeezed(re.sub('<[^>]*>', '', text))}"
    fitting = (one.words for one in REASONS if name in one.fields and one.explains(theirs, ours, document))
    return next(fitting, "")


def _one_of_theirs(theirs: Any, ours: Any, _: str) -> bool:
    """Say whether our one file is among theirs, its type told by its ending where theirs is the one for anything."""
    return len(ours) == 1 and any(
        ours[0][:2] == (url, size) and kind in {ours[0][2], "application/octet-stream"} for url, size, kind in theirs
    )


def _none_of_theirs(theirs: Any, _: Any, __: str) -> bool:
    return theirs is None


def _none_of_ours(_: Any, ours: Any, __: str) -> bool:
    return not ours


REASONS = (
    Reason("Atom's own, they read none", frozenset({"show link", "show author"}), _none_of_theirs),
    Reason("an icon is no cover", frozenset({"show picture"}), lambda theirs, _, __: theirs.endswith("favicon.ico")),
    Reason("a level without a name", frozenset({"show categories"}), lambda theirs, _, __: theirs[0].startswith(" ")),
    Reason("none in the item: made when published", frozenset({"guid"}), _none_of_ours),
    Reason("verbatim, theirs completed", frozenset({"guid"}), lambda theirs, ours, _: theirs.endswith(f"/{ours}")),
    Reason("a guid that is no address", frozenset({"link"}), _none_of_ours),
    Reason("the one file that is the episode", frozenset({"file"}), _one_of_theirs),
    Reason("read from the title", frozenset({"number"}), _none_of_theirs),
    Reason("none in the item: theirs is the file's name", frozenset({"title"}), _none_of_ours),
    Reason("one more, which they drop", frozenset({"episodes"}), lambda theirs, ours, _: ours == theirs + 1),
    Reason(
        "another text of the item",
        frozenset({"summary", "notes"}),
        lambda _, ours, document: bool(ours) and ours in document,
    ),
)
