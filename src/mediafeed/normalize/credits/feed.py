"""What a feed's profile, and the others in an episode, say of somebody: numbers that the second stage decides by."""

from mediafeed.model.episode import Role
from mediafeed.normalize.credits.candidates import Candidate
from mediafeed.normalize.credits.neighbours import neighbours
from mediafeed.normalize.credits.profile import Profile, Rate
from mediafeed.normalize.credits.ranking import Belief, odds
from mediafeed.normalize.credits.reading import Reading
from mediafeed.normalize.credits.spoken_of import renown
from mediafeed.normalize.credits.tokens import Tokens
from mediafeed.normalize.persons import person_key

_FAR = 99
_SLOT_KINDS = ("t", "T", "d", "b", "o", "f", "label", "first", "last", "inner")
_SHOWN = ("S:author", "S:owner", "S:told", "S:config", "S:pool", "S:title", "S:description")
_HOW = ("L<", "L>", "S<", "S>")
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
    *_SHOWN,
    "episodes with guests",
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
    *(f"beside {how} {role}" for how in _HOW for role in ("guest", "host")),
)


def feed_numbers(reading: Reading, beliefs: tuple[Belief, ...], profile: Profile) -> list[list[float]]:
    """Give the second stage's numbers of each candidate, in the order of `NUMBERS`."""
    candidates = reading.candidates
    beside = neighbours(candidates, reading.tokens)
    odd = [odds(one) for one in beliefs]
    claimed = _claimed(reading)
    learned = {person_key(name) for name in profile.hosts}
    hosting = [candidate.key in learned for candidate in candidates]
    strangers = sum(1 for one in candidates if one.mentions and not one.shown)
    named = sum(1 for one in candidates if one.mentions)
    hosts_named = sum(1 for one, host in zip(candidates, hosting, strict=True) if one.mentions and (host or one.shown))
    alone = "alone" in reading.kinds
    found = []
    for which, candidate in enumerate(candidates):
        numbers = [*_beside(which, odd, beliefs), named, strangers, hosts_named, alone]
        numbers += _place(candidate, reading.tokens[1])
        guest, host = claimed[which]
        numbers += (guest, host)
        numbers += (sum(1 for g, _ in claimed if g) - bool(guest), sum(1 for _, h in claimed if h) - bool(host))
        shown = candidate.shown.features if candidate.shown else ()
        numbers += (float(feature in shown) for feature in _SHOWN)
        numbers += _in_feed(profile, profile.name(candidate.key))
        numbers += (hosting[which], sum(hosting) - hosting[which])
        numbers += _slots(reading.slots[which], profile)
        numbers += _next_to(beside[which], odd, hosting)
        found.append([float(number) for number in numbers])
    return found


def _beside(which: int, odd: list[tuple[float, float]], beliefs: tuple[Belief, ...]) -> list[float]:
    host, guest = odd[which]
    others = [one for index, one in enumerate(odd) if index != which]
    return [
        guest,
        host,
        max((g for _, g in others), default=-10.0),
        max((h for h, _ in others), default=-10.0),
        sum(one.guest for index, one in enumerate(beliefs) if index != which),
        sum(1 for _, g in others if g > guest),
        sum(1 for h, _ in others if h > host),
    ]


def _place(candidate: Candidate, text: Tokens) -> list[float]:
    in_title = candidate.in_field("title")
    numbers = sorted(n for drawn, n in candidate.mentions if drawn is text.sketch and n in text.at)
    places = [text.at[n] for n in numbers]
    opens = after = said = 0
    for place in places:
        begin, end = text.sentence(place)
        opens += place - begin <= 1
        then = text.classes[place + 1] if place + 1 < end else ""
        after += then in (",", "(", "of", "from", "at", "–")
        said += then in ("is", "say", "com-s") and place - begin <= 1
    first = places[0] if places else _FAR * 10
    return [
        min(len(in_title), 2),
        min(len(numbers), 6),
        first,
        text.sentence_of[first] if places else _FAR,
        numbers[0] if numbers else _FAR,
        min(opens, 3),
        min(after, 3),
        min(said, 3),
        float(bool(in_title) and bool(places) and text.sentence_of[first] < 2),
        candidate.short,
        candidate.sure,
        candidate.honorific is not None,
        {"": 0, "several": 1, "sole": 2}[candidate.author],
        {"": 0, "famous": 1, "dead": 2}[renown(candidate.key)],
    ]


def _claimed(reading: Reading) -> list[tuple[float, float]]:
    """Give how sure cues are that each candidate is a guest, and a host."""
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
        return [profile.guests, 0, -1, -1]
    return [profile.guests, known.support, known.host, known.guest]


def _slots(slots: list[str], profile: Profile) -> list[float]:
    by_kind = dict.fromkeys(_SLOT_KINDS, -1)
    held = []
    for slot in slots:
        kind, rate = profile.slot(slot)
        if rate.support:
            held.append(rate)
            if kind in by_kind:
                by_kind[kind] = max(by_kind[kind], rate.guest)
    if not held:
        return [0, -1, -1, -1, -1, *by_kind.values()]
    guests = [rate.guest for rate in held]
    weight = sum(rate.support for rate in held)
    return [
        weight,
        sum(rate.guest * rate.support for rate in held) / weight,
        sum(rate.host * rate.support for rate in held) / weight,
        min(guests),
        max(guests),
        *by_kind.values(),
    ]


def _next_to(beside: list[tuple[str, int]], odd: list[tuple[float, float]], hosting: list[bool]) -> list[float]:
    most = dict.fromkeys(((how, role) for how in _HOW for role in ("guest", "host")), -10.0)
    for how, other in beside:
        host, guest = odd[other]
        most[how, "guest"] = max(most[how, "guest"], guest)
        most[how, "host"] = max(most[how, "host"], max(host, 4.0) if hosting[other] else host)
    return list(most.values())
