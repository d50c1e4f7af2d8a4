"""A source's own words with what they lack repaired: pure. Every change is told, with what speaks for it.

Nothing is bettered that apps can read as it stands; what a source says of persons stays beside what is added.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from mediafeed.model.episode import Credit, CreditOrigin, DatePrecision, DurationOrigin, Episode, Evidence, Person, Show
from mediafeed.model.parsed import Element, named
from mediafeed.publish.buckets import CHANNEL, is_carried, without_pictures
from mediafeed.publish.extensions import as_written
from mediafeed.publish.podcast_namespace import persons
from mediafeed.publish.xml_text import legal, rfc2822

# What says who the other document is, where it stands and who owns it. The reasons are those of the table of facts.
_OF_THE_OTHER_DOCUMENT = frozenset(
    {
        "itunes:new-feed-url", "itunes:owner", "itunes:applepodcastsverify", "itunes:complete", "podcast:complete",
        "podcast:podping", "podcast:publisher", "podcast:guid", "podcast:locked", "itunes:block", "podcast:block",
        "generator", "lastBuildDate", "ttl", "cloud", "atom:id",
    }
)  # fmt: skip
_REASONS = {fact.name: fact.how for fact in CHANNEL}

_UNFIT = "it points at a script or a local file, or XML has no name for it"
_LOCKED = "the show is locked: its pictures are not copied"

_READABLE_DURATION = re.compile(r"\d{1,6}|(?:\d{1,3}:)?[0-5]?\d:[0-5]\d")
_WITNESSES = {
    DurationOrigin.STATED: "stated in words for people",
    DurationOrigin.DECLARED: "declared by a source",
    DurationOrigin.MEASURED: "read from the audio",
}


_WHO_SAYS = {
    CreditOrigin.CONFIG: "the operator says so",
    CreditOrigin.PUBLISHER: "another item of the publisher's says so",
    CreditOrigin.TEXT: "named in the words",
    CreditOrigin.CHANNEL: "the channel's, restated: the first person of an item replaces them all",
    CreditOrigin.AUTHOR: "named as the author",
    CreditOrigin.AUDIO: "named in the tags of the audio",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """One change: `before` is None for what was added, `after` for what was left out."""

    element: str
    before: str | None
    after: str | None
    why: str
    evidence: Evidence | None = None


@dataclass(slots=True)
class _Draft:
    """Elements on their way, and what was done to them."""

    elements: list[Element]
    repairs: list[Repair] = field(default_factory=list)

    def all(self, name: str) -> tuple[Element, ...]:
        return named(tuple(self.elements), name)

    def said(self, name: str) -> Element | None:
        """Give the first element of that name, be it empty."""
        return next(iter(self.all(name)), None)

    def add(self, element: Element, why: str, evidence: Evidence | None = None) -> None:
        self.elements.append(element)
        self.repairs.append(
            Repair(element=element.name, before=None, after=_shown(element), why=why, evidence=evidence)
        )

    def replace(self, old: Element, new: Element, why: str) -> None:
        self.elements[self.elements.index(old)] = new
        self.repairs.append(Repair(element=old.name, before=_shown(old), after=_shown(new), why=why))

    def leave_out(self, old: Element, why: str) -> None:
        self.elements.remove(old)
        self.repairs.append(Repair(element=old.name, before=_shown(old), after=None, why=why))

    def put(self, old: Element | None, new: Element, why: str) -> None:
        if old is None:
            self.add(new, why)
        else:
            self.replace(old, new, why)


def repaired_item(
    said: tuple[Element, ...],
    telling: Episode,
    episode: Episode,
    show: Show,
    *,
    people: Mapping[str, Person],
    guids: Collection[str],
) -> tuple[tuple[Element, ...], tuple[Repair, ...]]:
    """Repair one item.

    Args:
        said: The item's elements as found.
        telling: What this source claims by them.
        episode: What all sources claim of the episode, its published guid included.
        show: The show as it stands.
        people: Those the credits name, by id.
        guids: The guids of the items before it.
    """
    draft = _legal(said)
    if show.locked:
        _without_pictures(draft)
    _guid(draft, episode, guids)
    _date(draft, telling)
    _explicit(draft, telling.explicit)
    _duration(draft, episode)
    _enclosure(draft, episode)
    _number(draft, episode)
    _persons(draft, episode, show, people)
    return tuple(draft.elements), tuple(draft.repairs)


def repaired_channel(
    said: tuple[Element, ...], show: Show, items: Sequence[Episode], own: Sequence[Element]
) -> tuple[tuple[Element, ...], tuple[Repair, ...]]:
    """Repair what stands above the items; `own` are the elements that say which document this one is."""
    draft = _legal(said)
    for element in tuple(draft.elements):
        if element.name in _OF_THE_OTHER_DOCUMENT:
            draft.leave_out(element, _REASONS[element.name])
        elif element.name == "atom:link" and not is_carried(element):
            draft.leave_out(element, _REASONS["atom:link"])
        elif element.name == "podcast:txt" and not is_carried(element):
            draft.leave_out(element, "it proves who owns the other feed")
    if show.locked:
        _without_pictures(draft)
    explicit = show.explicit if show.explicit is not None else any(item.explicit for item in items)
    if draft.said("itunes:explicit") is None:
        said_so = "an item is explicit" if explicit else "no item is said to be explicit"
        draft.add(Element("itunes:explicit", _bool(explicit)), f"apps ask for it; {said_so}")
    else:
        _explicit(draft, explicit)
    for element in own:
        draft.add(element, "says which document this is")
    return tuple(draft.elements), tuple(draft.repairs)


def _legal(said: tuple[Element, ...]) -> _Draft:
    draft = _Draft(list(said))
    for element in said:
        if (mended := legal(element)) != element:
            draft.replace(element, mended, "characters that XML forbids")
            draft.repairs[-1] = legal(draft.repairs[-1])
    for element in tuple(draft.elements):
        if (written := as_written(element)) is None:
            draft.leave_out(element, _UNFIT)
        elif written != element:
            draft.replace(element, written, _UNFIT)
    return draft


def _without_pictures(draft: _Draft) -> None:
    for element in tuple(draft.elements):
        if (bare := next(without_pictures((element,)), None)) is None:
            draft.leave_out(element, _LOCKED)
        elif bare != element:
            draft.replace(element, bare, _LOCKED)


def _guid(draft: _Draft, episode: Episode, guids: Collection[str]) -> None:
    guid = draft.said("guid")
    own = Element("guid", episode.published_guid, (("isPermaLink", "false"),))
    if guid is None or not guid.text.strip():
        draft.put(guid, own, "the item has none; this one was made once and stays")
    elif guid.text.strip() in guids:
        draft.replace(guid, own, "an earlier item has the same; this one was made once and stays")
    elif guid.get("isPermaLink", "true") != "false" and not guid.text.strip().lower().startswith(
        ("http://", "https://")
    ):
        draft.replace(guid, Element("guid", guid.text, own.attributes), "it is no address that one can open")


def _date(draft: _Draft, telling: Episode) -> None:
    date = draft.said("pubDate")
    if telling.published is None or (date is None and telling.date_precision is DatePrecision.NONE):
        return
    written = rfc2822(telling.published)
    if date is None:
        draft.add(Element("pubDate", written), "the item gives its date in another element")
    elif not _is_rfc2822(date.text):
        draft.replace(date, Element("pubDate", written), "apps cannot read it")


def _explicit(draft: _Draft, explicit: bool | None) -> None:
    for element in draft.all("itunes:explicit"):
        if element.text.strip() not in ("true", "false") and explicit is not None:
            draft.replace(element, Element(element.name, _bool(explicit)), "apps ask for true or false")


def _duration(draft: _Draft, episode: Episode) -> None:
    said = draft.said("itunes:duration")
    known = episode.duration
    if known is None or (said is not None and _READABLE_DURATION.fullmatch(said.text.strip())):
        return
    within = f", ± {known.tolerance} s" if known.tolerance else ""
    lacking = "apps cannot read it" if said else "the item has none"
    draft.put(said, Element("itunes:duration", str(known.seconds)), f"{lacking}; {_WITNESSES[known.origin]}{within}")


def _enclosure(draft: _Draft, episode: Episode) -> None:
    said, known = draft.said("enclosure"), episode.enclosure
    if said is None or known is None or said.get("url").strip() != known.url.strip():
        return
    better = {}
    if not _is_count(said.get("length")) and (known.length or said.get("length")):
        better["length"] = str(known.length or 0)
    if "/" not in said.get("type") and known.media_type:
        better["type"] = known.media_type
    if better and any(said.get(name) != value for name, value in better.items()):
        kept = tuple((name, better.get(name, value)) for name, value in said.attributes)
        added = tuple((name, value) for name, value in better.items() if not any(name == held for held, _ in kept))
        lacking = " and ".join(sorted(better))
        draft.replace(said, Element("enclosure", said.text, kept + added), f"its {lacking} cannot be read")


def _number(draft: _Draft, episode: Episode) -> None:
    said = draft.said("itunes:episode")
    if episode.number and not (said and _is_count(said.text)):
        draft.put(said, Element("itunes:episode", str(episode.number)), "the number stands in the words of the episode")


def _persons(draft: _Draft, episode: Episode, show: Show, people: Mapping[str, Person]) -> None:
    """Add whom the words name. The first podcast:person of an item replaces the channel's: those are restated."""
    said = draft.all("podcast:person")
    meant = persons(episode, show, people)
    if not said and all(element in show.pushed for element in meant):
        return
    # White space around a name is no change that anybody would want to be told of.
    trimmed = {replace(element, text=element.text.strip()) for element in said}
    for element in said:
        if replace(element, text=element.text.strip()) not in meant:
            draft.leave_out(element, "the operator says otherwise, or nothing is said of this person")
    credited = {credit.name: credit for credit in episode.credits}
    for element in meant:
        if element not in trimmed:
            credit = credited.get(element.text)
            draft.add(element, _who_says(credit), credit.evidence if credit else None)


def _who_says(credit: Credit | None) -> str:
    if credit and credit.origin is CreditOrigin.PUBLISHER and credit.evidence.field != "podcast:person":
        return f"the publisher's {credit.evidence.field} says so"  # of this item, perhaps
    return _WHO_SAYS[credit.origin if credit else CreditOrigin.CHANNEL]


def _is_rfc2822(text: str) -> bool:
    return bool(
        re.fullmatch(
            r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} "
            r"\d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|GMT|UT|UTC|EST|EDT|CST|CDT|MST|MDT|PST|PDT)",
            text.strip(),
        )
    )


def _is_count(text: str) -> bool:
    return text.strip().isdecimal() and int(text.strip()[:20]) > 0


def _bool(value: bool) -> str:
    return "true" if value else "false"


def _shown(element: Element) -> str:
    """Show an element on one line, as far as a person needs it to find it again."""
    inside = [f'{name}="{value}"' for name, value in element.attributes]
    told = " ".join((*inside, element.text.strip(), *(_shown(child) for child in element.children)))
    return told.strip()
