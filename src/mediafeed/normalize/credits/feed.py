"""What a feed's profile, and the others in an episode, say of somebody: numbers that the second stage decides by."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from mediafeed.model.episode import Role
from mediafeed.normalize.credits.candidates import Candidate
from mediafeed.normalize.credits.neighbours import neighbours
from mediafeed.normalize.credits.profile import Profile, Rate
from mediafeed.normalize.credits.ranking import Belief, odds
from mediafeed.normalize.credits.reading import Reading
from mediafeed.normalize.credits.showing import KINDS
from mediafeed.normalize.credits.slots import WHOLE
from mediafeed.normalize.credits.spoken_of import renown
from mediafeed.normalize.credits.tokens import Tokens
from mediafeed.normalize.credits.traits import company_of
from mediafeed.normalize.persons import person_key

_FAR = 99
_SLOT_KINDS = ("t", "T", "d", "b", "o", "f", "label", "first", "last", "inner")
_WHOLE = tuple(sorted(WHOLE))
_HOW = ("L<", "L>", "S<", "S>")
_AFFILIATES = frozenset((",", "(", "of", "from", "at", "–"))
_SPEAKS = frozenset(("is", "say", "com-s"))
_AUTHOR = {"": 0, "several": 1, "sole": 2}
# In order of how seldom they speak on a podcast.
_RENOWN = {"": 0, "letters": 1, "famous": 2, "power": 3, "fiction": 4, "dead": 5}
_NO_ODDS = -10.0  # less than odds ever are
_NOBODY_NEAR = (_NO_ODDS,) * (2 * len(_HOW))
_OF_HOW = {how: 2 * place for place, how in enumerate(_HOW)}  # places in what `_next_to` gives
# What `_slots` gives where no slot is known, and the places in it.
_NO_SLOTS = (0, *(-1,) * (4 + len(_SLOT_KINDS) + 2 * len(_WHOLE)))
_OF_KIND = {kind: 5 + place for place, kind in enumerate(_SLOT_KINDS)}
_OF_WHOLE = {kind: 5 + len(_SLOT_KINDS) + 2 * place for place, kind in enumerate(_WHOLE)}
NUMBERS = (
    "guest odds",
    "host odds",
    "most guest odds of others",
    "most host odds of others",
    "guests believed beside",
    "likelier guests",
    "likelier hosts",
    "persons named",
    "strangers named",
    "strangers named of whom nothing is known",
    "hosts of the show named",
    "nobody visits",
    "times in title",
    "times in description",
    "words before",
    "sentences before",
    "persons before",
    "opens a sentence",
    "who is behind it",
    "is said of it",
    "title and opening",
    "short",
    "sure",
    "honorific",
    "author",
    "renown",
    "claimed guest",
    "claimed host",
    "guests claimed beside",
    "hosts claimed beside",
    *KINDS,
    "episodes with guests",
    "strangers who are guests",
    "name: episodes",
    "name: host",
    "name: guest",
    "learned host",
    "learned hosts beside",
    "slots known",
    "slots: guest",
    "slots: host",
    "slots: least guest",
    "slots: most guest",
    *(f"slot {kind}: guest" for kind in _SLOT_KINDS),
    *(f"slot {kind}: {what}" for kind in _WHOLE for what in ("episodes", "guest")),
    *(f"beside {how} {role}" for how in _HOW for role in ("guest", "host")),
)


def feed_numbers(reading: Reading, beliefs: tuple[Belief, ...], profile: Profile) -> list[list[float]]:
    """Give the second stage's numbers of each candidate, in the order of `NUMBERS`.

    All are floats, which trees compare with their limits a quarter faster than whole numbers.
    """
    candidates = reading.candidates
    beside = neighbours(candidates, reading.tokens)
    odd = [odds(one) for one in beliefs]
    others = _beside(odd, beliefs)
    claimed = _claimed(reading)
    guests_claimed, hosts_claimed = (sum(1 for one in claimed if one[role]) for role in (0, 1))
    learned = {person_key(name) for name in profile.hosts}
    hosting = [candidate.key in learned for candidate in candidates]
    company = company_of(candidates, hosted=bool(reading.hosts.names))
    hosts_named = sum(1 for one in candidates if one.mentions and (one.shown or one.key in learned))
    of_episode = (
        company.strangers + company.of_show,
        company.strangers,
        company.unknown,
        hosts_named,
        "alone" in reading.kinds,
    )
    found = []
    for which, candidate in enumerate(candidates):
        guest, host = claimed[which]
        numbers = (
            *others[which],
            *of_episode,
            *_place(candidate, reading.tokens[1]),
            guest,
            host,
            guests_claimed - bool(guest),
            hosts_claimed - bool(host),
            *_shown_as(candidate.shown.kinds if candidate.shown else ()),
            *_in_feed(profile, profile.name(candidate.key)),
            hosting[which],
            sum(hosting) - hosting[which],
            *_slots(reading.slots[which], profile),
            *_next_to(beside[which], odd, hosting),
        )
        found.append(list(map(float, numbers)))
    return found


@lru_cache(maxsize=256)
def _shown_as(kinds: tuple[str, ...]) -> tuple[bool, ...]:
    """Tell of each way in which a show may name somebody whether it does."""
    return tuple(kind in kinds for kind in KINDS)


def _beside(odd: list[tuple[float, float]], beliefs: tuple[Belief, ...]) -> list[list[float]]:
    """Tell of each candidate how likely it is what, and how likely the others are."""
    hosts, guests = [host for host, _ in odd], [guest for _, guest in odd]
    # Sorted, for who is strongest of all, whose strongest other is the next, and for how many are stronger.
    host_ranks, guest_ranks = sorted([_NO_ODDS, *hosts]), sorted([_NO_ODDS, *guests])
    believed = [one.guest for one in beliefs]
    found = []
    for which, (host, guest) in enumerate(odd):
        found.append(
            [
                guest,
                host,
                guest_ranks[-1 - (guest == guest_ranks[-1])],
                host_ranks[-1 - (host == host_ranks[-1])],
                sum(believed[:which] + believed[which + 1 :]),
                len(guest_ranks) - bisect_right(guest_ranks, guest),
                len(host_ranks) - bisect_right(host_ranks, host),
            ]
        )
    return found


def _place(candidate: Candidate, text: Tokens) -> list[float]:
    numbers = [number for number in candidate.text if number in text.at]
    places = [text.at[number] for number in numbers]
    opens = after = said = 0
    for place in places:
        begin, end = text.sentence(place)
        opens += place - begin <= 1
        then = text.classes[place + 1] if place + 1 < end else ""
        after += then in _AFFILIATES
        said += then in _SPEAKS and place - begin <= 1
    sentence = text.sentence_of[places[0]] if places else _FAR
    return [
        min(len(candidate.title), 2),
        min(len(numbers), 6),
        places[0] if places else _FAR * 10,
        sentence,
        numbers[0] if numbers else _FAR,
        min(opens, 3),
        min(after, 3),
        min(said, 3),
        bool(candidate.title) and sentence < 2,
        candidate.short,
        candidate.sure,
        candidate.honorific is not None,
        _AUTHOR[candidate.author],
        _RENOWN[renown(candidate.key)],
    ]


def _claimed(reading: Reading) -> list[tuple[float, float]]:
    """Give how sure cues are that each candidate is a guest, and a host."""
    if not reading.claims:
        return [(0.0, 0.0)] * len(reading.candidates)
    by_name: dict[tuple[int, int], list[float]] = {}
    for claim in reading.claims:
        held = by_name.setdefault((id(claim.sketch), claim.listed.number), [0.0, 0.0])
        role = 0 if claim.role is Role.GUEST else 1
        held[role] = max(held[role], claim.confidence)
    found = []
    for candidate in reading.candidates:
        own = [by_name[key] for drawn, n in candidate.mentions if (key := (id(drawn), n)) in by_name]
        found.append((max((g for g, _ in own), default=0.0), max((h for _, h in own), default=0.0)))
    return found


def _in_feed(profile: Profile, known: Rate | None) -> list[float]:
    if known is None:
        return [profile.guests, profile.strangers, 0, -1, -1]
    return [profile.guests, profile.strangers, known.support, known.host, known.guest]


def _slots(slots: list[str], profile: Profile) -> list[float]:
    found: list[float] = list(_NO_SLOTS)
    seen = hosts = guests = 0  # weighed by how often a slot is filled
    of_guests: list[int] = []
    for slot in slots:
        if slot not in profile.slots or (rate := profile.slot(slot)) is None:
            continue
        support, host, guest = rate
        if slot in WHOLE:
            place = _OF_WHOLE[slot]
            found[place : place + 2] = support, guest
            continue
        seen += support
        hosts += host * support
        guests += guest * support
        of_guests.append(guest)
        kind = slot.partition(":")[0]
        if kind in _OF_KIND:
            place = _OF_KIND[kind]
            found[place] = max(found[place], guest)
    if of_guests:
        found[:5] = seen, guests / seen, hosts / seen, min(of_guests), max(of_guests)
    return found


def _next_to(beside: list[tuple[str, int]], odd: list[tuple[float, float]], hosting: list[bool]) -> Sequence[float]:
    if not beside:
        return _NOBODY_NEAR
    most = list(_NOBODY_NEAR)
    for how, other in beside:
        host, guest = odd[other]
        place = _OF_HOW[how]
        most[place] = max(most[place], guest)
        most[place + 1] = max(most[place + 1], max(host, 4.0) if hosting[other] else host)
    return most
