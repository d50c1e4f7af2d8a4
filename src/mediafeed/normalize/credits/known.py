"""Who hosts a show, before a word of the episode is read."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from mediafeed.model.episode import Credit, CreditOrigin, Evidence, Role
from mediafeed.normalize.credits.cue import CueKind
from mediafeed.normalize.credits.cues import hits_in
from mediafeed.normalize.credits.facts import ShowFacts
from mediafeed.normalize.credits.sketch import Sketch, sketch
from mediafeed.normalize.persons import folded, person_key

_LONGEST_DESCRIPTION = 10_000
_LONGEST_TITLE = 500
_MOST_HITS = 24
# "Far Talks with ①", "The ① Show": a show that is called after its host. "① Podcast" may be about somebody.
_ENDS_WITH = re.compile(r"\bwith ①$", re.IGNORECASE)
_TITLED = re.compile(r"\bwith ①|①(?:[’\']s)? (?:late )?(?:show|experience)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class KnownHosts:
    """The hosts of a show by key, as written, and the keys of those whose first name nobody else there has."""

    names: dict[str, str]
    first_names: dict[str, str]

    def find(self, name: str) -> str | None:
        """Give the full name of the host that a name, or a first name alone, stands for."""
        key = person_key(name)
        return self.names.get(key) or self.first_names.get(key)


@lru_cache(maxsize=1024)
def known_hosts(names: tuple[str, ...]) -> KnownHosts:
    """Gather hosts.

    >>> known_hosts(("Dr Ann Lee", "Bo Kim")).find("Ann")
    'Dr Ann Lee'
    """
    by_key: dict[str, str] = {}
    by_first: dict[str, str] = {}
    shared: set[str] = set()
    for name in names:
        key = person_key(name)
        if not key or key in by_key:
            continue
        by_key[key] = name
        first = key.split()[0]
        if first in by_first:
            shared.add(first)
        by_first[first] = name
    return KnownHosts(by_key, {first: name for first, name in by_first.items() if first not in shared})


def show_text_hosts(show: ShowFacts) -> tuple[Credit, ...]:
    """Give the hosts that a show's own title and description name: "with Ann Lee", "hosted by Ann Lee and Bo Kim"."""
    found: dict[str, Credit] = {}
    titled = sketch(show.title[:_LONGEST_TITLE], "channel")
    for number, place in enumerate(titled.places):
        name = titled.names[number]
        pattern = titled.line[:place] + "①" + titled.line[place + 1 :]
        if not name.short and (_ENDS_WITH.search(pattern) or (name.sure and _TITLED.search(pattern))):
            evidence = Evidence("show's title", "channel", name.start, name.end, show.title[:300])
            _add(found, name.name, name.honorific, 0.85, evidence)
    drawn = sketch(show.description[:_LONGEST_DESCRIPTION], "channel")
    for hit in islice(hits_in(drawn), _MOST_HITS):
        if hit.cue.kind is CueKind.HOST:
            listed = hit.objects
        elif hit.cue.kind is CueKind.ASKS:
            listed = hit.subjects
        else:
            continue
        for one in listed:
            _add_listed(found, drawn, one.number, f"show's description: {hit.cue.rule}", hit.sentence)
    return tuple(found.values())


def _add_listed(found: dict[str, Credit], drawn: Sketch, number: int, rule: str, sentence: tuple[int, int]) -> None:
    name = drawn.names[number]
    if not name.short:
        _add(
            found,
            name.name,
            name.honorific,
            0.85,
            Evidence(rule, "channel", name.start, name.end, drawn.quote(*sentence)),
        )


def _add(found: dict[str, Credit], name: str, honorific: str | None, confidence: float, evidence: Evidence) -> None:
    found.setdefault(
        person_key(name),
        Credit(
            name=name,
            role=Role.HOST,
            origin=CreditOrigin.CHANNEL,
            evidence=evidence,
            confidence=confidence,
            honorific=honorific,
        ),
    )


def first_names(hosts: KnownHosts) -> frozenset[str]:
    """Give the words under which hosts may be named alone."""
    return frozenset(folded(word) for word in hosts.first_names)
