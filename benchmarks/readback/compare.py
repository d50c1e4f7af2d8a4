"""Hold what a reader says of each item against what the store has; a difference has a known reason or none."""

import html
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from mediafeed.publish.hiding import name_words
from mediafeed.publish.safe_links import is_web_address

Facts = dict[str, Any]
SAMPLES = 5  # differences without a reason that are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a reader says something else. `explains` is asked (our facts, ours, theirs); no `readers`: any of them."""

    words: str
    fields: frozenset[str]
    explains: Callable[[Facts, Any, Any], bool]
    readers: frozenset[str] = frozenset()


@dataclass(slots=True)
class Reading:
    """What came of one reader: by field how often it says the same, and how often for which reason something else."""

    reader: str
    items: int
    lost: list[Facts]
    added: list[Facts]
    same: Counter[str] = field(default_factory=Counter)
    reasons: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    unexplained: list[tuple[str, Any, Any]] = field(default_factory=list)

    def is_whole(self) -> bool:
        """Say whether every episode was read and every difference has a reason that is known."""
        return not (self.lost or self.added or self.unexplained)


def compared(reader: str, expected: Sequence[Facts], read: Sequence[Facts]) -> Reading:
    """Compare item by item, in every field that the reader has a word for."""
    pairs, lost, added = paired(expected, read)
    reading = Reading(reader, len(read), lost, added)
    for ours, theirs in pairs:
        said = theirs | ({"credits": _credits_in(ours, theirs["persons"])} if "persons" in theirs else {})
        for name, value in said.items():
            _note(reading, name, ours, value)
    return reading


def paired(
    expected: Iterable[Facts], read: Iterable[Facts]
) -> tuple[list[tuple[Facts, Facts]], list[Facts], list[Facts]]:
    """Bring together what is one item by its guid, or by its audio where a reader says another guid."""
    pairs: list[tuple[Facts, Facts]] = []
    ours, theirs = list(expected), list(read)
    for key in ("guid", "enclosure"):
        by_key: dict[Any, list[Facts]] = defaultdict(list)
        for one in reversed(theirs):
            by_key[one.get(key)].append(one)
        alone = []
        for one in ours:
            if by_key.get(one[key]):
                pairs.append((one, by_key[one[key]].pop()))
            else:
                alone.append(one)
        ours, theirs = alone, [one for rest in by_key.values() for one in rest]
    return pairs, ours, theirs


def _note(reading: Reading, name: str, facts: Facts, theirs: Any) -> None:
    ours = facts[name]
    if ours == theirs:
        reading.same[name] += 1
        return
    for reason in REASONS:
        asked = not reason.readers or reading.reader in reason.readers
        if asked and name in reason.fields and reason.explains(facts, ours, theirs):
            reading.reasons[name][reason.words] += 1
            return
    reading.unexplained.append((name, ours, theirs))


def _credits_in(facts: Facts, persons: Sequence[Sequence[str | None]]) -> list[list[Any]]:
    """Give those of our credits that a reader's persons tell of: the same words in the name, the same role."""
    read = [(name_words(name or ""), (role or "").lower()) for name, role, *_ in persons]
    told = []
    for words, role in facts["credits"]:
        names = frozenset(words)
        if any(names <= theirs or (len(theirs) >= 2 and theirs <= names) for theirs, said in read if said == role):
            told.append([words, role])
    return told


def _decoded(_: Facts, ours: Any, theirs: Any) -> bool:
    return isinstance(ours, str) and html.unescape(ours) == theirs


def _unknown(_: Facts, ours: Any, theirs: Any) -> bool:
    return ours is None and theirs in {0, -1}


def _same_but_case(_: Facts, ours: Any, theirs: Any) -> bool:
    return [[name, str(role).lower(), str(group).lower(), *rest] for name, role, group, *rest in ours] == [
        [name, str(role).lower(), str(group).lower(), *rest] for name, role, group, *rest in theirs
    ]


def _outside_the_taxonomy(_: Facts, ours: Any, theirs: Any) -> bool:
    """Say whether all is the same but roles or groups that a reader does not know, which it calls Host and Cast."""
    return len(ours) == len(theirs) and all(
        (one[0], one[3:]) == (other[0], other[3:])
        and other[1].lower() in {one[1].lower(), "host"}
        and other[2].lower() in {one[2].lower(), "cast"}
        for one, other in zip(ours, theirs, strict=True)
    )


def _host_in_small_letters(_: Facts, ours: Any, theirs: Any) -> bool:
    return bool(urlsplit(ours)._replace(netloc=urlsplit(ours).netloc.lower()).geturl() == theirs)


def _in_another_role(facts: Facts, ours: Any, theirs: Any) -> bool:
    missing = [names for names, role in ours if [names, role] not in theirs]
    persons = [name_words(name) for name, *_ in facts["persons"]]
    return all(any(frozenset(names) <= person or person <= frozenset(names) for person in persons) for names in missing)


def _digits_as_number(_: Facts, ours: Any, theirs: Any) -> bool:
    return isinstance(ours, str) and ours.isdecimal() and bool(float(ours) == float(theirs))


def _web_alone(_: Facts, ours: Any, theirs: Any) -> bool:
    broken = [one for one in ([ours] if isinstance(ours, str) else ours) if not is_web_address(one)]
    return bool(broken) and (theirs or []) == (
        [] if isinstance(ours, str) else [one for one in ours if one not in broken]
    )


REASONS = (
    Reason(
        words="nobody knows: 0 or -1",
        fields=frozenset({"length", "duration"}),
        explains=_unknown,
    ),
    Reason(
        words="entities decoded twice",
        fields=frozenset({"title", "guid", "link"}),
        explains=_decoded,
        readers=frozenset({"feedparser", "partytime"}),
    ),
    Reason(
        words="roles in other letters",
        fields=frozenset({"persons"}),
        explains=_same_but_case,
        readers=frozenset({"podcastparser-renamed", "partytime"}),
    ),
    Reason(
        words="roles that the taxonomy has not",
        fields=frozenset({"persons"}),
        explains=_outside_the_taxonomy,
        readers=frozenset({"partytime"}),
    ),
    Reason(
        words="host name in small letters",
        fields=frozenset({"enclosure"}),
        explains=_host_in_small_letters,
        readers=frozenset({"podcastparser", "podcastparser-renamed"}),
    ),
    Reason(
        words="the last one only",
        fields=frozenset({"transcripts"}),
        explains=lambda _, ours, theirs: theirs == ours[-1:],
        readers=frozenset({"podcastparser-renamed"}),
    ),
    Reason(
        words="media:thumbnail preferred",
        fields=frozenset({"image"}),
        explains=lambda facts, _, theirs: theirs in facts["thumbnails"],
        readers=frozenset({"podcastparser", "podcastparser-renamed"}),
    ),
    Reason(
        words="the publisher's role stands",
        fields=frozenset({"credits"}),
        explains=_in_another_role,
        readers=frozenset({"podcastparser-renamed", "partytime"}),
    ),
    Reason(
        words="digits read as a number",
        fields=frozenset({"guid"}),
        explains=_digits_as_number,
        readers=frozenset({"partytime"}),
    ),
    Reason(
        words="no web address: in RSS alone",
        fields=frozenset({"transcripts", "chapters"}),
        explains=_web_alone,
        readers=frozenset({"json"}),
    ),
    Reason(
        words="namespace not known",
        fields=frozenset({"persons", "transcripts", "chapters", "credits"}),
        explains=lambda _, __, theirs: not theirs,
        readers=frozenset({"podcastparser"}),
    ),
)
