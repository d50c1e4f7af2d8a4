"""Tags of the podcast namespace that are ours to write: persons, transcripts, chapters, the guid of a feed."""

import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace

from mediafeed.model.episode import Credit, CreditOrigin, Episode, Person, Show
from mediafeed.model.parsed import Element, named
from mediafeed.model.settings import Site
from mediafeed.publish.hiding import hidden_names, name_words, names_hidden
from mediafeed.publish.xml_text import upright

CHAPTERS = "chapters.json"  # beside an episode's page
NAME_LENGTH = 128  # the namespace: a person's name has no more characters

_FEEDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
_TRANSCRIPT_TYPES = {
    "vtt": "text/vtt",
    "srt": "application/srt",
    "json": "application/json",
    "html": "text/html",
    "htm": "text/html",
    "txt": "text/plain",
}


def podcast_guid(url: str) -> str:
    """Give a feed's podcast:guid: UUIDv5 of its address without scheme and trailing slashes.

    >>> podcast_guid("https://podnews.net/rss")
    '9b024349-ccf0-5f69-a609-6b82873eab3c'
    """
    return str(uuid.uuid5(_FEEDS, re.sub(r"^[A-Za-z][A-Za-z0-9+.-]*://", "", url).rstrip("/")))


def persons(episode: Episode, show: Show, people: Mapping[str, Person]) -> tuple[Element, ...]:
    """Give the podcast:person elements of an item, which wholly replace the channel's: so hosts are restated.

    First the publisher's, word for word: the item's, or its channel's where the item names nobody. Then our credits
    that are not among them. The operator's word on a role takes the place of the publisher's.
    """
    own = named(episode.extras, "podcast:person") or named(show.pushed, "podcast:person")
    known = [name_words(element.text) for element in own]
    # Another source's, who tells of the same recording: "Ann" may well be the "Ann Lee" that is named already.
    others = (element for element in named(episode.elements, "podcast:person") if element not in own)
    own += tuple(one for one in others if not any(_may_be(name_words(one.text), name) for name in known))
    hidden = hidden_names(people.values(), episode)
    shown = [credit for credit in episode.credits if not is_hidden(credit, people)]
    decided = {name_words(credit.name): credit.role.value for credit in shown if credit.origin is CreditOrigin.CONFIG}
    theirs = []
    for element in own:
        names = name_words(element.text)
        role = (element.get("role").strip() or "host").lower()  # the namespace: host, if nothing is said
        if names and not names_hidden(element.text, hidden) and decided.get(names, role) == role:
            theirs.append((names, replace(element, text=upright(element.text).strip())))
    ours = [credit for credit in shown if not any(_same(name_words(credit.name), names) for names, _ in theirs)]
    return (
        *(element for _, element in theirs),
        *(_person(restated(credit, show), people.get(credit.person)) for credit in ours),
    )


def restated(credit: Credit, show: Show) -> Credit:
    """Complete a credit by what its show's channel says of that name: this comes before what other shows say."""
    names = name_words(credit.name)
    told = next((one for one in named(show.pushed, "podcast:person") if name_words(one.text) == names), None)
    if told is None:
        return credit
    return replace(credit, href=credit.href or told.get("href") or None, image=credit.image or told.get("img") or None)


def is_hidden(credit: Credit, people: Mapping[str, Person]) -> bool:
    """Say whether a credit belongs to somebody of whom nothing is published."""
    person = people.get(credit.person)
    return person is not None and person.hidden


def transcripts(episode: Episode) -> Iterable[Element]:
    """Give podcast:transcript elements for the transcripts that no element of the item tells of."""
    held = {element.get("url") for element in named(episode.elements, "podcast:transcript")}
    for url in episode.transcripts:
        if url not in held:
            ending = url.partition("?")[0].rpartition(".")[2].lower()
            media_type = _TRANSCRIPT_TYPES.get(ending, "text/plain")
            yield Element("podcast:transcript", attributes=(("url", url), ("type", media_type)))


def chapters(episode: Episode, site: Site) -> Iterable[Element]:
    """Give a podcast:chapters element if the item has none and its chapters are known from elsewhere."""
    address = chapters_url(episode, site.url)
    if address and not named(episode.elements, "podcast:chapters"):
        yield Element("podcast:chapters", attributes=(("url", address), ("type", "application/json+chapters")))


def chapters_url(episode: Episode, site: str) -> str | None:
    """Give where an episode's chapters stand: the publisher's own file, else ours beside its page; None without any."""
    ours = f"{site}/episodes/{episode.path}/{CHAPTERS}" if episode.marks else None
    return episode.chapters or ours


def alternates(episode: Episode) -> Iterable[Element]:
    """Give a podcast:alternateEnclosure element for each further file of the item: an item has one enclosure."""
    for file in named(episode.extras, "enclosure"):
        if episode.enclosure and file.get("url").strip() == episode.enclosure.url:
            continue
        if (url := file.get("url")).lower().startswith(("http://", "https://")):
            length = file.get("length").strip()
            size = (("length", length),) if length.isdecimal() and int(length[:20]) else ()
            source = Element("podcast:source", attributes=(("uri", url),))
            # The namespace wants a type; of one that nobody states nothing is known.
            attributes = (("type", file.get("type") or "application/octet-stream"), *size, *beside_file(file))
            yield Element("podcast:alternateEnclosure", attributes=attributes, children=(source,))


def beside_file(file: Element) -> tuple[tuple[str, str], ...]:
    """Give the attributes of an enclosure that RSS does not know."""
    return tuple(pair for pair in file.attributes if pair[0] not in ("url", "length", "type"))


def _person(credit: Credit, person: Person | None) -> Element:
    attributes = [("role", credit.role.value), ("group", "cast")]
    if href := credit.href or (person.href if person else None):
        attributes.append(("href", href))
    if image := credit.image or (person.image if person else None):
        attributes.append(("img", image))
    return Element("podcast:person", credit.name[:NAME_LENGTH].strip(), tuple(attributes))


def _may_be(one: frozenset[str], other: frozenset[str]) -> bool:
    return one <= other or other <= one


def _same(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Say whether two names are one on one episode: "Dr Neil Melvin" and "Neil Melvin"; a lone "Neil" is not enough."""
    return ours == theirs or (min(len(ours), len(theirs)) >= 2 and (ours <= theirs or theirs <= ours))
