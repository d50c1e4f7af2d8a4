"""Tell the score: by tag, by place, and what is lost."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from benchmarks.survival.scoring import Fact

_COLUMNS = {"carry": "carried", "push down": "pushed down", "derive": "derived", "drop": "dropped"}
_SHOWN = 40


def summary(facts: Sequence[Fact]) -> dict[str, Any]:
    """Give the score as JSON: totals, by tag, by place, and every fact that is not where it must be."""
    return {
        "total": _counted(facts),
        "by_tag": {group: _counted(ones) for group, ones in _by_group(facts).items()},
        "by_place": {place: {"facts": of, "standing": standing} for place, (standing, of) in _places(facts).items()},
        "lost": [
            {"id": fact.id, "bucket": fact.bucket, "why": fact.why, "places": dict(fact.places)}
            for fact in facts
            if not fact.survives
        ],
    }


def table(name: str, facts: Sequence[Fact], *, whole: bool) -> str:
    """Give the score in words; `whole`: with a line for each tag."""
    header = ["facts", *_COLUMNS.values(), "LOST"]
    groups = _by_group(facts) if whole else _by_kind(facts)
    rows = [(group, _counted(ones)) for group, ones in groups.items()] + [("total", _counted(facts))]
    width = max(len(group) for group, _ in rows) + 2
    lines = [f"\n{name}\n", " " * width + "".join(f"{title:>13}" for title in header)]
    lines += [group.ljust(width) + "".join(f"{counts[title] or '·':>13}" for title in header) for group, counts in rows]
    kept, dropped = ([fact for fact in facts if (fact.bucket == "drop") is drop] for drop in (False, True))
    lines += ["", f"  kept: {_share(kept)} that must be; left out: {_share(dropped)} that must be", ""]
    lines += [f"  {place}: {standing} of {of} facts" for place, (standing, of) in _places(facts).items()]
    if whole:
        lost = [fact for fact in facts if not fact.survives]
        lines += [f"  LOST {fact.id} ({fact.bucket}: {fact.why}) {_missing(fact)}" for fact in lost[:_SHOWN]]
        lines += [f"  … and {len(lost) - _SHOWN} more"] if len(lost) > _SHOWN else []
    return "\n".join(lines)


def _share(facts: Sequence[Fact]) -> str:
    right = sum(fact.survives for fact in facts)
    return f"{right:,} of {len(facts):,} ({100 * right // max(1, len(facts))} %)"


def _missing(fact: Fact) -> str:
    return "not as it must be: " + ", ".join(place for place, stands in fact.places if not stands)


def _counted(facts: Iterable[Fact]) -> dict[str, int]:
    counts = Counter(_COLUMNS[fact.bucket] if fact.survives else "LOST" for fact in facts)
    return {"facts": counts.total(), **{title: counts[title] for title in (*_COLUMNS.values(), "LOST")}}


def _by_group(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    groups: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[fact.group].append(fact)
    return dict(sorted(groups.items(), key=lambda pair: (":" in pair[0] or "{" in pair[0], pair[0])))


def _by_kind(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    kinds: dict[str, list[Fact]] = defaultdict(list)
    for group, ones in _by_group(facts).items():
        kind = group.rpartition("}")[0] + "}" if "}" in group else f"{group.partition(':')[0]}:*"
        kinds[kind if ":" in group else "RSS"].extend(ones)
    return kinds


def _places(facts: Iterable[Fact]) -> dict[str, tuple[int, int]]:
    standing: dict[str, list[bool]] = defaultdict(list)
    for fact in facts:
        for place, stands in fact.places:
            standing["nowhere, as it must" if fact.bucket == "drop" else place].append(stands)
    return {place: (sum(ones), len(ones)) for place, ones in standing.items()}
