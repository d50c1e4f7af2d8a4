"""Whether two tellings are about one recording: on evidence only, and never because both are called "Trailer"."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from mediafeed.model.episode import Episode, Role
from mediafeed.normalize.identity import audio_key, page_key, short_key
from mediafeed.normalize.persons import person_key
from mediafeed.normalize.text import folded

_NEAR: Final = timedelta(days=2)
_FAR: Final = timedelta(days=30)
_FEWEST_WORDS: Final = 3
_MOST_KEYS: Final = 40

# Words that do not tell one episode from another.
_EMPTY: Final = """
a an and are as at be by for from how in is it its of on or our so that the this to up we what when where who why
will with you your episode ep part pt season series trailer teaser preview bonus intro introduction introducing
welcome podcast show special extra minisode coming soon best rerun repeat encore replay rebroadcast live q update
news weekly daily briefing roundup mailbag ama announcement happy new year christmas holiday january february march
april may june july august september october november december monday tuesday wednesday thursday friday saturday
sunday one two three four five six seven eight nine ten first second third s e
"""
_EMPTY_WORDS: Final = frozenset(_EMPTY.split())
# What joins a title to a name behind it.
_JOINING: Final = frozenset({"with", "from", "by", "feat", "featuring", "ft", "on", "and", "the", "podcast"})
_NUMBER_IN_FRONT = re.compile(
    r"(?:s\d+ ?e|(?:season|series) \d+ (?:episode|ep) |(?:episode|ep|folge|no|number) ?)?(\d{1,5}) "
)


@dataclass(frozen=True, slots=True)
class Sameness:
    """Why two tellings are one recording: the rule, and in words for people.

    `agree` counts what agrees of audio, page, guid and title: of several that may be meant the one with most is.
    """

    rule: str
    why: str
    agree: int = 0


@dataclass(frozen=True, slots=True)
class _Traits:
    """What of an episode is compared."""

    episode: Episode
    audios: frozenset[str]
    pages: frozenset[str]
    guids: frozenset[str]
    title: str
    tells: bool  # the title tells this episode from others
    core: str  # the title without the names of show and people, "" where that tells nothing
    items: frozenset[tuple[str, str]]

    @property
    def sources(self) -> frozenset[str]:
        return frozenset(source for source, _ in self.items)


def match_keys(episode: Episode) -> frozenset[str]:
    """Give the keys under which another source's word about the same recording may be found: candidates, no proof."""
    traits = _traits(episode)
    keys = [f"audio:{key}" for key in traits.audios]
    keys += [f"page:{key}" for key in traits.pages]
    keys += [f"guid:{guid}" for guid in traits.guids]
    if episode.number is not None:
        keys.append(f"number:{episode.show}:{episode.number}")
    if traits.tells:
        keys.append(f"title:{traits.title[:200]}")
    if traits.core and traits.core != traits.title:
        keys.append(f"title:{traits.core[:200]}")
    return frozenset(keys[:_MOST_KEYS])


def sameness(a: Episode, b: Episode, stand_ins: Collection[str] = ()) -> Sameness | None:
    """Say whether two tellings are about one recording, and why; None when the evidence does not reach.

    `stand_ins` are audio keys that tell nothing by themselves (see `stand_ins_among`).
    """
    one, other = _traits(a), _traits(b)
    found = _found(one, other, stand_ins)
    if found is None:
        return None
    agree = (one.audios & other.audios, one.pages & other.pages, one.guids & other.guids, one.title == other.title)
    return replace(found, agree=sum(map(bool, agree)))


def _found(one: _Traits, other: _Traits, stand_ins: Collection[str]) -> Sameness | None:
    a, b = one.episode, other.episode
    if shared := one.audios & other.audios:
        if not _titles_agree(a, b) and not one.guids & other.guids:
            if shared <= set(stand_ins):
                return None
            if one.sources & other.sources and told_apart(a, b):
                return None
        return Sameness("audio", "the same audio file")
    differs = bool(one.audios and other.audios)
    if differs and one.sources & other.sources:
        # One source knows its own episodes apart: part 1 and part 2, a repeat, a trailer.
        return None
    found = _by_page(one, other, differs=differs) or _by_guid(one, other, differs=differs)
    if found:
        return found
    if differs and (a.kind is not b.kind or _lengths_contradict(a, b)):
        return None
    return _by_number(one, other, differs=differs) or _by_title(one, other, differs=differs)


def _traits(episode: Episode) -> _Traits:
    hearings = episode.hearings
    addresses = [hearing.enclosure for hearing in hearings if hearing.enclosure]
    if episode.enclosure:
        addresses.append(episode.enclosure.url)
    # FeedBurner counts at an address of its own and puts the true one beside it.
    if addresses:
        addresses += [e.text.strip() for e in episode.extras if e.name == "feedburner:origEnclosureLink"]
    pages = {page_key(page) for page in (*(hearing.page for hearing in hearings), episode.page) if page}
    title = bare_title(episode)
    return _Traits(
        episode=episode,
        audios=frozenset(audio_key(address) for address in addresses if address),
        # A bare host is a show's home, said of every episode alike.
        pages=frozenset(page for page in pages if "/" in page or "?" in page),
        guids=frozenset(short_key(guid) for guid in (*(h.guid for h in hearings), episode.guid) if guid),
        title=title,
        tells=title_tells(title),
        core=core_title(episode, title),
        items=frozenset((hearing.source, hearing.key) for hearing in hearings),
    )


def title_tells(title: str) -> bool:
    """Say whether a bare title tells its episode from others: never "Trailer", "Weekly news" or "Episode 12".

    >>> title_tells("how the strait shapes trade"), title_tells("season 2 trailer")
    (True, False)
    """
    telling = {word for word in title.split() if word not in _EMPTY_WORDS and not word.isdigit()}
    return len(telling) >= _FEWEST_WORDS or len("".join(telling)) >= 24


def told_apart(a: Episode, b: Episode) -> bool:
    """Say whether a source that gives one audio address to two items means two recordings all the same.

    It repeats an item under another guid with its title, or with another one within hours; but it also has one file
    stand in for what is still to come, and copies the wrong address. Titles that differ then say so by their numbers or
    by their dates. An episode too many costs a page without audio; one too few swallows what its source says of it.
    """
    if _titles_agree(a, b) or (a.guid and a.guid == b.guid):
        return False
    numbers, others = _numbers_in(a), _numbers_in(b)
    if a.number is not None and b.number is not None and a.number != b.number:
        return True
    if numbers - others and others - numbers:
        return True
    return a.published is None or b.published is None or abs(a.published - b.published) > _NEAR


def stand_ins_among(tellings: Iterable[Episode]) -> frozenset[str]:
    """Give the audio keys that a source gives to episodes which it tells apart: "coming soon.mp3", "for members.mp3".

    Three titles for one file are no mending of a title.
    """
    by_file: dict[tuple[str, str], list[Episode]] = {}
    for telling in tellings:
        if telling.enclosure:
            key = (telling.hearings[0].source, audio_key(telling.enclosure.url))
            by_file.setdefault(key, []).append(telling)
    return frozenset(audio for (_, audio), told in by_file.items() if len(told) > 1 and _stands_in(told[:_MOST_KEYS]))


def _stands_in(told: Sequence[Episode]) -> bool:
    titles: list[Episode] = []
    for telling in told:
        if any(told_apart(telling, other) for other in titles):
            return True
        if not any(_titles_agree(telling, other) for other in titles):
            titles.append(telling)
    return len(titles) > 2


def _titles_agree(a: Episode, b: Episode) -> bool:
    """Say whether one title holds all words of the other, "(Corrected)" and the show's name aside."""
    words, others = set(folded(a.title).split()), set(folded(b.title).split())
    return words <= others or others <= words


def _numbers_in(episode: Episode) -> set[str]:
    return {word for word in folded(episode.title).split() if word.isdigit()}


def bare_title(episode: Episode) -> str:
    """Give the title folded and without the episode's own number in front: "Episode 33: Kyoto" is "kyoto"."""
    title = folded(episode.title)
    number = _NUMBER_IN_FRONT.match(title)
    if number and (episode.number is None or int(number[1]) == episode.number) and not title[: number.end()].isdigit():
        labelled = not title[: number.end()].strip().isdigit()
        if labelled or episode.number is not None:
            return title[number.end() :]
    return title


def core_title(episode: Episode, title: str) -> str:
    """Give the bare title without what pages and other shows add to it or leave out: whose it is and who is there.

    "Rethinking Deterrence at Sea, with Jane Doe | Straits Briefing" is "rethinking deterrence at sea".
    """
    words = title.split()
    show = folded(episode.show.replace("-", " ")).split()
    names = [person_key(credit.name).split() for credit in episode.credits]
    for name in (show, *names):
        words = _without(words, name)
    while words and words[-1] in _JOINING:
        words.pop()
    core = " ".join(words)
    return core if title_tells(core) else ""


def _without(words: list[str], name: list[str]) -> list[str]:
    size = len(name)
    for start in range(len(words) - size + 1) if size > 1 else ():
        if words[start : start + size] == name:
            return [*words[:start], *words[start + size :]]
    return words


def _by_page(one: _Traits, other: _Traits, *, differs: bool) -> Sameness | None:
    """A page that tells of an episode is its page; a link that two feeds give may be the page of all they have."""
    if not one.pages & other.pages:
        return None
    agree = (one.tells and one.title == other.title) or _same_number(one, other)
    apart = _apart(one, other)
    if differs:
        a, b = one.episode, other.episode
        if not agree or apart is None or a.kind is not b.kind or _lengths_contradict(a, b):
            return None
    if (differs or not agree) and (apart or timedelta()) > _NEAR:
        # Some shows give their own page as the page of every episode.
        return None
    if one.sources & other.sources and not agree:
        return None
    return Sameness("page", "the same page")


def _by_guid(one: _Traits, other: _Traits, *, differs: bool) -> Sameness | None:
    """Guids are promised to be unique and are not ("1", "33"): something else must agree, and audio must not differ."""
    if not one.guids & other.guids or differs:
        return None
    if one.episode.show == other.episode.show:
        return Sameness("guid", "the same guid in the same show")
    if one.tells and one.title == other.title:
        return Sameness("guid", "the same guid and title")
    return None


def _by_number(one: _Traits, other: _Traits, *, differs: bool) -> Sameness | None:
    if not _same_number(one, other):
        return None
    apart = _apart(one, other)
    near = apart is not None and apart <= _NEAR
    same_title = one.tells and one.title == other.title
    if differs:
        # Two files: a second address of one recording needs two witnesses beside the number.
        if near and same_title:
            return Sameness("number", "the same show, number, title and date")
        return None
    number = one.episode.number
    if near:
        return Sameness("number", f"episode {number} of the same show, dates within two days")
    if apart is not None and apart > _FAR:
        return None
    if same_title:
        return Sameness("number", f"episode {number} of the same show, the same title")
    if shared_guests(one.episode, other.episode):
        return Sameness("number", f"episode {number} of the same show, a guest in common")
    return None


def _by_title(one: _Traits, other: _Traits, *, differs: bool) -> Sameness | None:
    a, b = one.episode, other.episode
    whole = one.tells and other.tells and one.title == other.title
    if not (whole or _same_core(one, other)) or _numbers_contradict(one, other):
        return None
    apart = _apart(one, other)
    if apart is not None and apart > _NEAR:
        return None
    said = "the same title" if whole else "the same title but for names"
    if a.show != b.show:
        if not shared_guests(a, b) or (differs and not (apart is not None and _lengths_agree(a, b))):
            return None
        length = " and the same length" if differs else ""
        return Sameness("title", f"{said} and guest, dates within two days{length}")
    if differs and apart is None:
        return None
    return Sameness("title", f"the same show and {said.removeprefix('the same ')}, dates within two days")


def _same_core(one: _Traits, other: _Traits) -> bool:
    """Say whether titles differ by names alone, and the names do not contradict: a series may change its guest."""
    cores = {one.core or one.title, other.core or other.title}
    if len(cores) > 1 or not (one.core or other.core) or not next(iter(cores)):
        return False
    a, b = one.episode, other.episode
    return shared_guests(a, b) or (a.show == b.show and not (_guests(a) and _guests(b)))


def _same_number(one: _Traits, other: _Traits) -> bool:
    a, b = one.episode, other.episode
    return a.number is not None and a.number == b.number and a.show == b.show and not _seasons_contradict(a, b)


def _numbers_contradict(one: _Traits, other: _Traits) -> bool:
    a, b = one.episode, other.episode
    if a.show != b.show:
        return False
    return (a.number is not None and b.number is not None and a.number != b.number) or _seasons_contradict(a, b)


def _seasons_contradict(a: Episode, b: Episode) -> bool:
    return a.season is not None and b.season is not None and a.season != b.season


def _apart(one: _Traits, other: _Traits) -> timedelta | None:
    a, b = one.episode.published, other.episode.published
    return None if a is None or b is None else abs(a - b)


def _lengths_contradict(a: Episode, b: Episode) -> bool:
    """Say whether the two run for plainly different times; advertisements put in at each download are forgiven."""
    if a.duration is None or b.duration is None:
        return False
    allowed = max(300, a.duration.seconds // 6) + a.duration.tolerance + b.duration.tolerance
    return abs(a.duration.seconds - b.duration.seconds) > allowed


def _lengths_agree(a: Episode, b: Episode) -> bool:
    """Say whether two files are as long as one recording put up twice: a minute or three per cent."""
    if a.duration is None or b.duration is None:
        return False
    allowed = max(60, a.duration.seconds * 3 // 100) + a.duration.tolerance + b.duration.tolerance
    return abs(a.duration.seconds - b.duration.seconds) <= allowed


def shared_guests(a: Episode, b: Episode) -> bool:
    """Say whether a guest of one is on the other. Hosts in common say nothing: they are on every episode."""
    of_a, of_b = _persons(a), _persons(b)
    return any(role is Role.GUEST and key in of_b for key, role in of_a.items()) or any(
        role is Role.GUEST and key in of_a for key, role in of_b.items()
    )


def _guests(episode: Episode) -> bool:
    return any(credit.role is Role.GUEST for credit in episode.credits)


def _persons(episode: Episode) -> dict[str, Role]:
    return {person_key(credit.name): credit.role for credit in episode.credits}
