"""From one item to one telling: everything a source claims of an episode, each claim with its witness."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from mediafeed.model.audio import Chapter
from mediafeed.model.episode import Duration, Enclosure, Episode, EpisodeKind, Hearing, Role, Show
from mediafeed.model.parsed import Element, ParsedItem
from mediafeed.model.source import Source, SourceKind
from mediafeed.normalize.answers import is_explicit
from mediafeed.normalize.carried import carried
from mediafeed.normalize.chapters import IN_NOTES, PUBLISHERS_OWN, chapters_in_words, declared_chapters
from mediafeed.normalize.credits.extract import (
    NOTHING_LEARNED,
    Facts,
    Profile,
    Read,
    ShowFacts,
    credits_of,
    read,
    who_may_host,
)
from mediafeed.normalize.dates import Dated, published
from mediafeed.normalize.durations import declared_duration, stated_duration
from mediafeed.normalize.enclosures import chosen_enclosure
from mediafeed.normalize.identity import is_web_address, item_key, short_key
from mediafeed.normalize.numbers import declared_number, episode_number, season_and_episode
from mediafeed.normalize.said import Said
from mediafeed.normalize.shows import is_blocked, known_show_of
from mediafeed.normalize.text import folded, one_line, plain_text
from mediafeed.normalize.titles import is_title_of, show_before_number
from mediafeed.normalize.wording import Wording, wording

_MOST_PERSONS: Final = 100
_LEAST_TO_DIVIDE: Final = 300  # seconds
_MOST_KEYWORDS: Final = 50
_MOST_TRANSCRIPTS: Final = 50
_DATES: Final = ("pubDate", "atom:published", "dc:date", "dcterms:issued", "dcterms:created", "atom:updated")
_EDGE_AFTER_TITLE = re.compile(r"\W*[|–—:·»-]")


@dataclass(frozen=True, slots=True)
class Claimed:
    """A telling that says nothing of its credits yet, and what they are made from.

    `ahead` are its words where they were read already.
    """

    telling: Episode
    facts: Facts
    show: ShowFacts
    ahead: Read | None = None

    def words(self) -> Read:
        """Give the words, read."""
        return self.ahead or read(self.facts, self.show)


def episode_from(
    item: ParsedItem,
    show: Show,
    source: Source,
    *,
    now: datetime,
    known_shows: tuple[Show, ...] = (),
    key: str | None = None,
) -> Episode:
    """Claim what one source's item says of an episode, its own words being all that is known of its show's habits."""
    return credited(claimed_from(item, show, source, now=now, known_shows=known_shows, key=key))


def claimed_from(
    item: ParsedItem,
    show: Show,
    source: Source,
    *,
    now: datetime,
    known_shows: tuple[Show, ...] = (),
    key: str | None = None,
) -> Claimed:
    """Claim all but credits.

    `show` is what `show_of` gave; a page or a site's item that means one of `known_shows` is told as its episode.
    `key` is the item's key inside its source, where it is not the item's own (a guid that stands twice).
    """
    if source.kind is not SourceKind.PODCAST:
        show = known_show_of(item, known_shows) or show
    said = Said(item.elements)
    text = wording(said)
    title = _title(said, text)
    telling = _telling(said, title, text, show=show, source=source, now=now, key=key or item_key(item))
    return Claimed(telling, _facts(said, title, text), _show_facts(show, source))


def facts_of(item: ParsedItem) -> Facts:
    """Give what an item's credits are made from."""
    said = Said(item.elements)
    text = wording(said)
    return _facts(said, _title(said, text), text)


def credited(claimed: Claimed, profile: Profile = NOTHING_LEARNED) -> Episode:
    """Give the telling with its credits, by the habits of its show."""
    words = claimed.words()
    found = credits_of(words, profile)
    hosted = any(credit.role is not Role.GUEST for credit in found)
    return replace(claimed.telling, credits=found, may_host=() if hosted else who_may_host(words, profile))


def _telling(said: Said, title: str, text: Wording, *, show: Show, source: Source, now: datetime, key: str) -> Episode:
    when = published(said.words(*_DATES), timezone=source.timezone, now=now)
    enclosure, enclosure_element = chosen_enclosure(said.all("enclosure"), said.grouped("media:content"))
    duration = _duration(said, text)
    hearing = _hearing(said, source, key, enclosure)
    marks, marks_from = _marks(said, text, duration)
    return Episode(
        show=show.id,
        title=title,
        hearings=(hearing,),
        guid=hearing.guid,
        guid_is_permalink=_is_permalink(said),
        number=_number(said, title, text, show),
        season=declared_number(said.words("itunes:season", "podcast:season")) or season_and_episode(title)[0],
        kind=_kind(said),
        published=when.when,
        date_precision=when.precision,
        first_heard=now,
        page=hearing.page,
        summary=text.summary,
        notes=text.notes,
        author=_author(said),
        image=_image(said),
        explicit=is_explicit(said.words("itunes:explicit", "googleplay:explicit")),
        enclosure=enclosure,
        duration=duration,
        chapters=next(_addresses(said.all("podcast:chapters")), None),
        marks=marks,
        marks_from=marks_from,
        transcripts=tuple(_addresses(said.all("podcast:transcript")))[:_MOST_TRANSCRIPTS],
        keywords=_keywords(said),
        blocked=show.blocked or is_blocked(said.elements),
        extras=carried(
            said.elements,
            enclosure_element,
            text,
            url=enclosure.url if enclosure else "",
            dated=when.when is not None,
        ),
        flags=_flags(said, when, enclosure, duration),
    )


def _hearing(said: Said, source: Source, key: str, enclosure: Enclosure | None) -> Hearing:
    guid = said.words("guid")
    return Hearing(
        source=source.id,
        key=key,
        guid=short_key(guid) if guid else None,
        page=_page(said),
        enclosure=enclosure.url if enclosure else None,
    )


def _number(said: Said, title: str, text: Wording, show: Show) -> int | None:
    declared = said.words("itunes:episode") or said.words("podcast:episode")
    # A show without a title is called by its source's id, which no text names.
    called = "" if show.title == show.source else show.title
    number = episode_number(title, declared=declared, description=text.plain, show=called)
    if number is None:
        # A post's second heading may name the show and the number: "Straits Briefing Podcast Episode 33".
        for heading in said.texts("page:heading"):
            if is_title_of(show_before_number(heading), show):
                return episode_number(heading)
    return number


def _title(said: Said, text: Wording) -> str:
    title = said.words("title", "itunes:title", "media:title", "page:heading")
    if any(element.get("type").endswith("html") for element in said.all("title")):
        title = plain_text(title)  # RFC 4287, 3.1.1: Atom says of its titles whether they are HTML
    heading = said.words("page:heading")
    if heading and title.startswith(heading) and _EDGE_AFTER_TITLE.match(title, len(heading)):
        title = heading  # "Episode 33: Kyoto | Example Institute": the page's title carries its site's name
    return one_line(title) or one_line(text.summary, limit=100)


def _is_permalink(said: Said) -> bool:
    """RSS 2.0: a guid is a permalink unless it says it is none."""
    guid = said.words("guid")
    stated = next((element.get("isPermaLink", "true") for element in said.all("guid") if element.text.strip()), "")
    return stated.strip().lower() == "true" and is_web_address(guid)


def _page(said: Said) -> str | None:
    # FeedBurner puts its own counting address into `link`.
    for address in (said.words("feedburner:origLink"), said.words("link")):
        if is_web_address(address):
            return address
    guid = said.words("guid")
    return guid if _is_permalink(said) and not _is_audio(said, guid) else None


def _is_audio(said: Said, address: str) -> bool:
    return any(element.get("url").strip() == address for element in said.all("enclosure"))


def _kind(said: Said) -> EpisodeKind:
    stated = said.words("itunes:episodeType").lower()
    return EpisodeKind(stated) if stated in ("trailer", "bonus") else EpisodeKind.FULL


def _author(said: Said) -> str | None:
    return one_line(said.words("itunes:author", "author", "googleplay:author", "dc:creator")) or None


def _image(said: Said) -> str | None:
    for name in ("itunes:image", "podcast:image", "media:thumbnail", "googleplay:image", "image"):
        for element in said.grouped(name):
            for address in (element.get("href"), element.get("url"), element.text):
                if is_web_address(address.strip()):
                    return address.strip()
    return None


def _addresses(elements: Iterable[Element]) -> Iterator[str]:
    return (url for element in elements if is_web_address(url := element.get("url").strip()))


def _duration(said: Said, text: Wording) -> Duration | None:
    declared = declared_duration(said.words("itunes:duration"))
    if declared:
        return declared
    for element in said.all("media:content"):
        duration = declared_duration(element.get("duration"))
        if duration:
            return duration
    for words in (said.words("page:listen"), said.words("itunes:subtitle")):
        duration = stated_duration(words)
        if duration:
            return duration
    if "listen" in text.plain.lower():
        return stated_duration(text.plain)
    return None


def _marks(said: Said, text: Wording, duration: Duration | None) -> tuple[tuple[Chapter, ...], str]:
    """Give the item's chapters, and where they stand: in an element of their own, or as times in the notes."""
    for element in said.all("psc:chapters"):
        if chapters := declared_chapters(element):
            return chapters, PUBLISHERS_OWN
    # A declared "48" may have meant minutes: it ends no list of times.
    sure = duration is not None and duration.seconds >= _LEAST_TO_DIVIDE
    chapters = chapters_in_words(
        text.plain, seconds=duration.seconds + duration.tolerance if duration and sure else None
    )
    return (chapters, IN_NOTES) if chapters else ((), "")


def _keywords(said: Said) -> tuple[str, ...]:
    listed = [word for text in said.texts("itunes:keywords", "media:keywords") for word in text.split(",")]
    words = (one_line(word, limit=80) for word in [*listed, *said.texts("category")])
    return tuple(dict.fromkeys(word for word in words if word))[:_MOST_KEYWORDS]


def _facts(said: Said, title: str, text: Wording) -> Facts:
    return Facts(
        title=title,
        description=text.plain,
        author=_author(said),
        persons=tuple(said.all("podcast:person"))[:_MOST_PERSONS],
        contributors=(*said.all("atom:contributor"), *said.all("dc:creator"))[:_MOST_PERSONS],
        cards=tuple(one_line(name, limit=200) for name in said.texts("page:person"))[:_MOST_PERSONS],
        language=said.words("language", "dc:language") or None,
    )


def _show_facts(show: Show, source: Source) -> ShowFacts:
    # Configured hosts are those of the source's own show; another show that it carries must name them.
    is_sibling = any(folded(other) == folded(show.title) for other in source.shows)
    return ShowFacts(
        title=show.title,
        author=show.author,
        owner=show.owner,
        description=show.summary,
        hosts=() if is_sibling else source.hosts,
        host_pool=(*source.hosts, *source.host_pool) if is_sibling else source.host_pool,
        persons=tuple(element for element in show.pushed if element.name == "podcast:person"),
        language=show.language,
    )


def _flags(said: Said, when: Dated, enclosure: Enclosure | None, duration: Duration | None) -> tuple[str, ...]:
    flags: list[str] = []
    if when.when is None:
        flags.append(f"{when.flag or 'no date'}, dated by first hearing")
    elif when.flag:
        flags.append(when.flag)
    if enclosure is None and said.has("enclosure"):
        flags.append("enclosure is no audio or has no usable address")
    words = said.words("itunes:duration")
    if words and duration is None:
        flags.append(f"duration not understood: {one_line(words, limit=40)}")
    return tuple(flags)
