"""What understanding an episode anew changed, in its credits above all. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from mediafeed.model.episode import Credit, Episode, Role
from mediafeed.normalize.persons import person_key

_OF = " of "


@dataclass(frozen=True, slots=True)
class CreditChange:
    """One name's role before and after: None where it has no credit."""

    name: str
    before: Role | None
    after: Role | None


@dataclass(frozen=True, slots=True)
class Recredited:
    """An episode that is understood otherwise than before: in its credits, in `others` (words such as "duration").

    With neither it is the evidence alone: another rule or sentence, or another confidence, for the same.
    """

    episode: str
    show: str
    title: str
    changes: tuple[CreditChange, ...]
    others: tuple[str, ...] = ()

    @property
    def is_evidence_alone(self) -> bool:
        """Say whether the same is said as before."""
        return not (self.changes or self.others)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many episodes are understood otherwise, and what became of their credits.

    `others` counts what else differs, by its word; `evidence` are episodes of which the evidence alone does.
    """

    episodes: int
    added: int = 0
    removed: int = 0
    roles: int = 0
    others: tuple[tuple[str, int], ...] = ()
    evidence: int = 0


_WORDS = {
    "published": "date",
    "date_precision": "date",
    "enclosure": "audio",
    "audio_of": "audio",
    "lengths": "duration",
    "marks": "chapters",
    "marks_from": "chapters",
    "may_host": "who may host",
    "guid_is_permalink": "guid",
    "published_guid": "guid",
    "hearings": "sources",
    "extras": "tags",
    "beside": "tags",
    "also_on": "other shows",
}
_OF_A_CREDIT = {
    "name": "spelling",
    "honorific": "honorific",
    "affiliation": "affiliation",
    "href": "address",
    "image": "picture",
    "person": "person",
}


def recredited(before: Episode, after: Episode) -> Recredited:
    """Say what became of an episode that was understood anew.

    Other evidence for the same role is no change; another spelling of the same name is none of the credit.
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
    both = [(old[key], new[key]) for key in new if key in old]
    others = tuple(dict.fromkeys((*_other_facts(before, after), *_other_details(both))))
    return Recredited(after.id, after.show, after.title, changes, others)


def _other_facts(before: Episode, after: Episode) -> Iterator[str]:
    for each in fields(Episode):
        if each.compare and each.name != "credits" and getattr(before, each.name) != getattr(after, each.name):
            yield _WORDS.get(each.name, each.name)


def _other_details(both: Iterable[tuple[Credit, Credit]]) -> Iterator[str]:
    for old, new in both:
        for name, word in _OF_A_CREDIT.items():
            if getattr(old, name) != getattr(new, name):
                yield f"{word}{_OF}{new.name}"


def counts_of(all_recredited: Iterable[Recredited]) -> Counts:
    """Count changes."""
    seen, alone = set[str](), set[str]()
    kinds, others = Counter[str](), Counter[str]()
    for one in all_recredited:
        (alone if one.is_evidence_alone else seen).add(one.episode)
        kinds.update("added" if not c.before else "removed" if not c.after else "roles" for c in one.changes)
        others.update({word.partition(_OF)[0] for word in one.others})
    return Counts(
        episodes=len(seen),
        added=kinds["added"],
        removed=kinds["removed"],
        roles=kinds["roles"],
        others=tuple(sorted(others.items(), key=lambda pair: (-pair[1], pair[0]))),
        evidence=len(alone - seen),
    )


def in_words(one: Recredited) -> str:
    """Tell an episode's changes in a line: "+ guest Ann Lee, - host Bo Kim, Cy Orr: guest -> host, other duration"."""
    return ", ".join((*map(_change_in_words, one.changes), *(f"other {word}" for word in one.others)))


def _change_in_words(change: CreditChange) -> str:
    if change.before and change.after:
        return f"{change.name}: {change.before} -> {change.after}"
    return f"{'+' if change.after else '-'} {change.after or change.before} {change.name}"
