"""Hold what sources say against what was published, fact by fact."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from benchmarks.survival import json_twin
from benchmarks.survival.invented import Source
from benchmarks.survival.output import Output
from benchmarks.survival.reading import Item, Said, found
from benchmarks.survival.rules import (
    Rows,
    Verdict,
    in_our_words,
    instant,
    of_channel,
    of_item,
    pushed,
    without_pictures,
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: where it was said, what must become of it, and of each place where it must stand whether it does.

    A fact to drop must stand nowhere: its places say whether it is absent.
    """

    id: str
    group: str
    bucket: str
    why: str
    places: tuple[tuple[str, bool], ...]

    @property
    def survives(self) -> bool:
        """Say whether all is as it must be."""
        return all(stands for _, stands in self.places)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An element as said, what must become of it, and what is to be looked for."""

    said: Said
    verdict: Verdict
    target: Said


def scored(sources: Sequence[Source], output: Output, tables: tuple[Rows, Rows]) -> list[Fact]:
    """Give every fact of every source."""
    facts: list[Fact] = []
    heard: set[str] = set()
    for source in sources:
        locked = Item(source.says.said).text("podcast:locked") == "yes"
        for item in source.says.items:
            second = item.audio in heard
            if item.text("itunes:block").lower() == "yes":
                facts += _blocked(f"{source.id}/{item.text('guid')}", item, output)
                continue
            wanted = _wanted(item, tables[0], locked=locked, second=second)
            facts += _item_facts(f"{source.id}/{item.text('guid')}", item, wanted, source, output, second=second)
        mine = (item for item in source.says.items if item.audio not in heard)
        own = [item for item in mine if item.text("itunes:block").lower() != "yes"]
        facts += _channel_facts(source, own, output, tables[1], locked=locked)
        if not output.alone and source.body.startswith(b"{"):
            items, head = list(output.json_items.values()), output.json_shows.get(source.says.title, {})
            facts += _json_facts(f"{source.id}/", json_twin.of_source(source.body, items, head))
        heard |= {item.audio for item in source.says.items}
    return facts


def _blocked(where: str, item: Item, output: Output) -> Iterator[Fact]:
    """Give the facts of an item whose publisher wants it published nowhere."""
    listed = (
        output.items,
        output.json_items,
        *({one.audio: one for one in feed.items} for feed in output.shows.values()),
    )
    absent = not any(item.audio in items for items in listed)
    for said in item.said:
        for path, _ in said.facts():
            yield Fact(f"{where}/{said.name}{path}", said.name, "drop", "blocked: obeyed", (("nowhere", absent),))


def _wanted(item: Item, rows: Rows, *, locked: bool, second: bool) -> list[_Wanted]:
    wanted, earlier = [], set[str]()
    said_here = list(item.said)
    if locked:
        parted = [without_pictures(said) for said in item.said]
        said_here = [one for said, pictures in parted for one in (said, *pictures)]
    for said in said_here:
        verdict = of_item(said, rows, locked=locked, earlier=frozenset(earlier), second=second)
        wanted.append(_Wanted(said, verdict, in_our_words(said, verdict)))
        earlier.add(said.name)
    return wanted


def _item_facts(
    where: str, item: Item, wanted: Sequence[_Wanted], source: Source, output: Output, *, second: bool
) -> Iterator[Fact]:
    places: dict[str, Item | None] = {"merged feed": output.items.get(item.audio)}
    if item.audio in output.archived:
        places = {"archive": output.items[item.audio]}
    if not output.alone:
        if not second:
            show = output.shows.get(source.says.title)
            places["show's feed"] = _in(show.items, item) if show else None
        for said in item.said:
            if said.name == "podcast:person" and said.get("role") in {"host", "guest"}:
                feed = output.people.get(said.text.lower().replace(" ", "-"))
                places["person's feed"] = _in(feed.items, item) if feed else None
    yield from _facts(where, wanted, {name: held.said if held else () for name, held in places.items()})
    held = places.get("merged feed") or places.get("archive")
    named = held is not None and any(one.name == "source" and one.text == source.says.title for one in held.said)
    if not second:
        yield Fact(f"{where}/source", "source", "derive", "names the show it is of", (("merged feed", named),))
    if not output.alone:
        twin = output.json_items.get(item.audio)
        yield from _json_facts(where, json_twin.of_item(item, twin, second=second) if twin else iter([("item", False)]))


def _in(items: Sequence[Item], wanted: Item) -> Item | None:
    return next((item for item in items if item.audio == wanted.audio), None)


def _channel_facts(
    source: Source, items: Sequence[Item], output: Output, rows: Rows, *, locked: bool
) -> Iterator[Fact]:
    show = output.shows.get(source.says.title)
    counts: dict[str, int] = defaultdict(int)
    for said in source.says.said:
        verdict = of_channel(said, rows, locked=locked)
        counts[said.name] += 1
        where = f"{source.id}/channel/{said.name}[{counts[said.name]}]"
        places: dict[str, Callable[[Said], frozenset[str]]] = {}
        if verdict.bucket == "push down":
            places["merged feed"] = lambda said: _restated(said, items, output)
        elif verdict.bucket == "drop":
            yield from _dropped(where, said, verdict, source, output)
            continue
        if not output.alone:
            own = show.said if show else ()
            places |= _own_places(said, own, output)
        facts = {name: look(said) for name, look in places.items()}
        for path, _ in said.facts():
            standing = tuple((name, path in held) for name, held in facts.items())
            if standing:
                yield Fact(f"{where}{path}", said.name, verdict.bucket, verdict.why, standing)


def _restated(said: Said, items: Sequence[Item], output: Output) -> frozenset[str]:
    """Give the facts that every item restates which does not say otherwise."""
    standing = frozenset(where for where, _ in said.facts())
    for item in items:
        target, held = pushed(said, item), output.items.get(item.audio)
        if target is not None:
            standing &= found([target], held.said if held else ())[0]
    return standing


def _own_places(said: Said, own: Sequence[Said], output: Output) -> dict[str, Callable[[Said], frozenset[str]]]:
    """Say where a channel's fact must stand beside the merged items."""
    whole = frozenset(where for where, _ in said.facts())

    def if_(stands: bool) -> Callable[[Said], frozenset[str]]:
        return lambda _: whole if stands else frozenset()

    match said.name:
        case "link":
            return {"feed.opml": if_(f'htmlUrl="{said.text}"' in output.outlines)}
        case "podcast:guid":
            return {"list.xml": if_(any(one.get("feedGuid") == said.text for one in output.listed))}
        case "author":
            return {"show's feed": if_(Item(tuple(own)).text("itunes:author") == said.text)}
        case "image" | "description":
            return {"show's feed": if_(_same_words(said, own))}
    target = in_our_words(said, Verdict("carry", ""))
    places = {"show's feed": lambda _: found([target], own)[0]}
    if said.name == "podcast:liveItem":
        places["merged feed"] = lambda _: found([said], output.merged)[0]
    return places


def _same_words(said: Said, own: Sequence[Said]) -> bool:
    """Say whether the show's feed has the same description, or the picture of the same address."""
    ours = next((one for one in own if one.name == said.name), Said(""))
    if said.name == "image":
        return _url(ours) == _url(said)
    return ours.text == said.text


def _url(image: Said) -> str:
    return next((child.text for child in image.children if child.name == "url"), "")


def _dropped(where: str, said: Said, verdict: Verdict, source: Source, output: Output) -> Iterator[Fact]:
    show = output.shows.get(source.says.title)
    in_items = [held.said for item in source.says.items if (held := output.items.get(item.audio))]
    own = [show.said] if show else []
    # Ours are locked too: that of the source cannot be told from it.
    absent = said.name == "podcast:locked" or not any(
        _stands(said, place) for place in (*in_items, output.merged, *own)
    )
    for path, _ in said.facts():
        yield Fact(f"{where}{path}", said.name, "drop", verdict.why, (("nowhere", absent),))


def _stands(said: Said, place: Sequence[Said]) -> bool:
    told = set(said.facts())
    return any(told <= set(one.facts()) for one in _deeply(place) if one.name == said.name)


def _deeply(place: Sequence[Said]) -> Iterator[Said]:
    for one in place:
        yield one
        yield from _deeply(one.children)


def _facts(where: str, wanted: Sequence[_Wanted], places: dict[str, Sequence[Said]]) -> Iterator[Fact]:
    by_target: dict[str, list[_Wanted]] = defaultdict(list)
    for one in wanted:
        by_target[one.target.name if one.verdict.bucket != "drop" else f"not {one.said.name}"].append(one)
    for name, ones in by_target.items():
        looked = {place: _looked(name, ones, held) for place, held in places.items()}
        for number, one in enumerate(ones):
            for path, _ in one.target.facts():
                standing = tuple((place, path in held[number]) for place, held in looked.items())
                id_ = f"{where}/{one.said.name}[{number + 1}]{path}"
                yield Fact(id_, one.said.name, one.verdict.bucket, one.verdict.why, standing)


def _looked(name: str, ones: Sequence[_Wanted], held: Sequence[Said]) -> list[frozenset[str]]:
    if name.startswith("not "):
        everything = [frozenset(where for where, _ in one.target.facts()) for one in ones]
        return [frozenset() if _stands(one.said, held) else whole for one, whole in zip(ones, everything, strict=True)]
    if name == "pubDate":
        said = [replace(one, text=instant(one.text)) for one in held if one.name == "pubDate"]
        # Words that are no date: the item says that it is dated by us, and quotes them.
        said += [Said("pubDate", words) for words in _doubted(ones, held)]
        return [
            frozenset({""}) if any(one.target.text == other.text for other in said) else frozenset() for one in ones
        ]
    return found([one.target for one in ones], held)


def _doubted(ones: Sequence[_Wanted], held: Sequence[Said]) -> Iterator[str]:
    notes = [one.text for one in held if one.name == "podcast:txt" and one.get("purpose") == "pubDate"]
    return (one.target.text for one in ones if any(one.target.text in note for note in notes))


def _json_facts(where: str, told: Iterator[json_twin.Told]) -> Iterator[Fact]:
    for number, (what, stands) in enumerate(told):
        yield Fact(f"{where}/json/{number} {what}", f"JSON: {what}", "derive", "the JSON twin", (("JSON", stands),))
