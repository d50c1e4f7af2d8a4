"""Tell what each part of the credits brings: a list of verbs alone, cues, the classifier, the feed's habits.

python -m benchmarks.credits_parts GOLD.jsonl [--part tune|held|all]
"""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.command import run
from benchmarks.credits import Score, by_show, count, facts_of, part_of, rows_of, show_of, summary
from mediafeed.model.episode import Credit, CreditOrigin, Evidence, Role
from mediafeed.normalize.credits.extract import NOTHING_LEARNED, Habits, Read, credits_of, habits_of, profile_of, read

_NOWHERE = Evidence("in a list", "description", 0, 0, "")
_VERBS = frozenset(("meet", "host", "guest"))

Way = Callable[[Sequence[Read]], list[tuple[Credit, ...]]]


def verbs_alone(words: Sequence[Read]) -> list[tuple[Credit, ...]]:
    """Take who stands before a verb of meeting for the host, and all behind it in the sentence for guests."""
    return [_by_verbs(one) for one in words]


def _by_verbs(words: Read) -> tuple[Credit, ...]:
    found: dict[str, Role] = {}
    for tokens in words.reading.tokens if words.reading else ():
        numbers = {place: number for number, place in tokens.at.items()}
        for place, number in numbers.items():
            begin, end = tokens.sentence(place)
            name = tokens.sketch.names[number]
            if not name.short and _VERBS.intersection(tokens.classes[begin:place]):
                found[name.name] = Role.GUEST
            elif not name.short and _VERBS.intersection(tokens.classes[place:end]):
                found.setdefault(name.name, Role.HOST)
    return tuple(_credit(name, role) for name, role in found.items())


def cues_alone(words: Sequence[Read]) -> list[tuple[Credit, ...]]:
    """Take what the cue grammar claims, whatever else speaks for it or against it."""
    found = []
    for one in words:
        claims = sorted(one.reading.claims if one.reading else (), key=lambda claim: claim.confidence)
        roles = {claim.name: claim.role for claim in claims if not claim.sketch.names[claim.listed.number].short}
        found.append(tuple(_credit(name, role) for name, role in roles.items()))
    return found


def without_profile(words: Sequence[Read]) -> list[tuple[Credit, ...]]:
    """Credit each episode as if it were the only one."""
    return [credits_of(one, NOTHING_LEARNED) for one in words]


def everything(words: Sequence[Read]) -> list[tuple[Credit, ...]]:
    """Credit episodes by what they teach of their show."""
    profile = profile_of(Habits.total(map(habits_of, words)), words[0].show)
    return [credits_of(one, profile) for one in words]


def _credit(name: str, role: Role) -> Credit:
    return Credit(name=name, role=role, origin=CreditOrigin.TEXT, evidence=_NOWHERE)


def main() -> None:
    """Print precision and recall of guests and of hosts, a line for each part."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--part", choices=("tune", "held", "all"), default="all")
    wanted = parser.parse_args()
    rows = [row for row in rows_of(wanted.gold) if wanted.part in ("all", part_of(row["show"]))]
    shows = [(several, [read(facts_of(row), show_of(row)) for row in several]) for several in by_show(rows).values()]
    ways: tuple[Way, ...] = (verbs_alone, cues_alone, without_profile, everything)
    for way in ways:
        score = Score()
        for several, words in shows:
            for row, given in zip(several, way(words), strict=True):
                count(score, row, given)
        pooled = summary(score)["pooled"]
        told = "; ".join(f"{kind} {numbers['precision']}/{numbers['recall']}" for kind, numbers in pooled.items())
        print(f"{way.__name__.replace('_', ' ')}: {told}")


if __name__ == "__main__":
    run(main)
