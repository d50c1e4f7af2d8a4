"""What came of visits, in words."""

from collections import Counter
from collections.abc import Iterable

from mediafeed.model.source import Outcome, Visit
from mediafeed.refresh.flags import in_few_words


def told(visits: Iterable[Visit], set_aside: Iterable[tuple[str, str]] = ()) -> Iterable[str]:
    """Say what came of it: a line for each failure, each doubt and each episode set aside, the sums last."""
    visits = sorted(visits, key=lambda visit: visit.source)
    for visit in visits:
        if visit.outcome is Outcome.FAILED:
            detail = f" ({visit.detail})" if visit.detail else ""
            again = f"next visit {visit.next_visit:%Y-%m-%d %H:%M} UTC" if visit.next_visit else "no further visit"
            yield f"{visit.source}: failed: {visit.kind}{detail}; what was published stays; {again}"
        for flag in in_few_words(visit.flags):
            yield f"{visit.source}: {flag}"
    for episode, reason in set_aside:
        yield f"{episode}: set aside: {reason}"
    yield sums(visits)


def left_out(skipped: Iterable[tuple[str, str]]) -> Iterable[str]:
    """Say which sources were not visited, and why."""
    for name, reason in skipped:
        yield f"{name}: not visited: {reason}"


def has_failed(visits: Iterable[Visit]) -> bool:
    """Say whether any of them did."""
    return any(visit.outcome is Outcome.FAILED for visit in visits)


def sums(visits: Iterable[Visit]) -> str:
    """Give the last line: episodes that are new, modified, unchanged; sources that were not modified or failed."""
    visits = tuple(visits)
    new, modified, unchanged = (sum(getattr(v, name) for v in visits) for name in ("new", "modified", "unchanged"))
    outcomes = Counter(visit.outcome for visit in visits)
    return (
        f"{new} new, {modified} modified, {unchanged} unchanged, "
        f"{outcomes[Outcome.NOT_MODIFIED]} not modified, {outcomes[Outcome.FAILED]} failed"
    )
