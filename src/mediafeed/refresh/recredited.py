"""What understanding an episode anew changed in its credits. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from mediafeed.model.episode import Episode, Role
from mediafeed.normalize.persons import person_key


@dataclass(frozen=True, slots=True)
class CreditChange:
    """One name's role before and after: None where it has no credit."""

    name: str
    before: Role | None
    after: Role | None


@dataclass(frozen=True, slots=True)
class Recredited:
    """An episode whose credits are others than before."""

    episode: str
    show: str
    title: str
    changes: tuple[CreditChange, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many episodes are credited otherwise, and what became of their credits."""

    episodes: int
    added: int
    removed: int
    roles: int


def recredited(before: Episode, after: Episode) -> Recredited | None:
    """Say what became of an episode's credits, None where everybody has the role they had.

    Other evidence for the same role is no change, nor is another spelling of the same name.
    """
    old = {person_key(credit.name): credit for credit in before.credits}
    new = {person_key(credit.name): credit for credit in after.credits}
    changes = tuple(
        CreditChange(
            (new.get(key) or old[key]).name,
            old[key].role if key in old else None,
            new[key].role if key in new else None,
        )
        for key in (*new, *(key for key in old if key not in new))
        if key not in old or key not in new or old[key].role is not new[key].role
    )
    return Recredited(after.id, after.show, after.title, changes) if changes else None


def counts_of(all_recredited: Iterable[Recredited]) -> Counts:
    """Count changes."""
    episodes = 0
    kinds = Counter[str]()
    for one in all_recredited:
        episodes += 1
        kinds.update("added" if not c.before else "removed" if not c.after else "roles" for c in one.changes)
    return Counts(episodes, kinds["added"], kinds["removed"], kinds["roles"])


def in_words(one: Recredited) -> str:
    """Tell an episode's changes in a line: "+ guest Ann Lee, - host Bo Kim, Cy Orr: guest -> host"."""
    return ", ".join(map(_change_in_words, one.changes))


def _change_in_words(change: CreditChange) -> str:
    if change.before and change.after:
        return f"{change.name}: {change.before} -> {change.after}"
    return f"{'+' if change.after else '-'} {change.after or change.before} {change.name}"
