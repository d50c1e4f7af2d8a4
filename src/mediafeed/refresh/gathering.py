"""Bring together what all sources told: look up what it may concern, decide, write, all in one transaction."""

import json
import logging
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import combinations, product

from mediafeed.model.episode import Changes, Episode, Person
from mediafeed.model.held import StoredTelling
from mediafeed.model.settings import Override
from mediafeed.model.source import Outcome, Visit
from mediafeed.refresh.by_hand import Lines, keys_to_find, names_item, names_to_find
from mediafeed.refresh.changes import own_ids_of
from mediafeed.refresh.naming import audios_wanted, guids_wanted, paths_wanted
from mediafeed.refresh.taking_in import identities_for, show_guids
from mediafeed.refresh.together import Gathered, brought_together
from mediafeed.store.store import Store
from mediafeed.store.taking_in import TakingIn

log = logging.getLogger(__name__)

TOO_COMMON = 50  # what more episodes than this have in common tells nothing, and loading them would hold up all others
_APPLIED = "lines by hand"


@dataclass(frozen=True, slots=True)
class Joined:
    """What bringing together came to; `known` counts, by source, what seemed new there and was told of elsewhere."""

    changes: Changes = field(default_factory=Changes)
    known: Mapping[str, int] = field(default_factory=dict)


class BringsTogether:
    """Finds one recording under several names. To be called when all sources of a refresh were heard."""

    def __init__(
        self, store: Store, persons: Mapping[str, Person], overrides: Sequence[Override], lines: Lines
    ) -> None:
        """Take the operator's persons by the key of every name, the overrides, and the lines by hand."""
        self._store = store
        self._persons = persons
        self._overrides = overrides
        self._lines = lines

    def bring_together(self, now: datetime) -> Joined:
        """Make one of what is one, and give new episodes the names they keep."""
        applied = self._store.setting(_APPLIED) or _text(Lines())
        if applied == _text(self._lines) and not self._store.is_unsettled():
            return Joined()
        with self._store.taking_in() as transaction:
            gathered = self._gathered(transaction, _lines(applied))
            told = [one.telling for tellings in gathered.tellings.values() for one in tellings]
            brought, changes = brought_together(
                gathered,
                identities_for(transaction, self._persons, self._overrides, told),
                lines=self._lines,
                overrides=self._overrides,
                now=now,
            )
            transaction.bring(brought)
            transaction.set_setting(_APPLIED, _text(self._lines))
        known = Counter(gathered.episodes[identity].hearings[0].source for identity in brought.gone)
        log.info(
            "brought together",
            extra={"looked": len(gathered.looked), "joined": len(brought.gone), "absorbed": len(brought.absorbed)},
        )
        return Joined(changes, known)

    def doubts(self) -> tuple[str, ...]:
        """Name every word of a line that means no episode that is held, and every two lines that contradict each other.

        Lines of the same words are a fault of the config; here one says by guid what the other says by address.
        """
        doubts: list[str] = []
        with self._store.asking() as transaction:
            for name, lines in (("apart", self._lines.apart), ("together", self._lines.together)):
                for place, line in enumerate(lines, 1):
                    doubts += [
                        f"[[{name}]] {place}: no episode is meant by {word!r}"
                        for word in line
                        if not _named(transaction, [word])
                    ]
            doubts += self._contradictions(transaction)
        return tuple(doubts)

    def _contradictions(self, transaction: TakingIn) -> Iterator[str]:
        meant = {word: _items_named(transaction, word) for word in self._lines.words}
        for (place, apart), (other, together) in product(
            enumerate(self._lines.apart, 1), enumerate(self._lines.together, 1)
        ):
            both = [word for word in apart if any(meant[word] & meant[one] for one in together)]
            items = [meant[word] for word in both]
            if any(not one & another for one, another in combinations(items, 2)):
                words = ", ".join(map(repr, both))
                yield f"[[apart]] {place} and [[together]] {other} contradict each other about {words}"

    def _gathered(self, transaction: TakingIn, applied: Lines) -> Gathered:
        """Look up all that bringing together may concern."""
        changed = _named(transaction, _changed_words(applied, self._lines))
        transaction.unsettle(changed)
        transaction.unsettle(transaction.orphaned())
        looked = transaction.unsettled()
        neighbours = _neighbours(transaction.sharing(TOO_COMMON))
        wanted = {identity for identity, fresh in looked.items() if not fresh}
        wanted |= neighbours.keys() | set(transaction.collided()) | _named(transaction, self._lines.words)
        tellings = transaction.tellings(wanted)
        guids = show_guids(self._store.shows())
        holders = _holders(transaction, _of_fresh(tellings, looked), guids)
        rivals = {i for names in holders for i in names.values() if looked.get(i, False)} - tellings.keys()
        if rivals:  # they have a name that one which comes before them asks for
            tellings |= transaction.tellings(rivals)
        holders = _holders(transaction, [one.telling for some in tellings.values() for one in some], guids)
        own_ids = {own for some in tellings.values() for one in some for own in own_ids_of(one.source, one.key)}
        return Gathered(
            looked=looked,
            listed_anew=frozenset(changed),
            neighbours=neighbours,
            episodes=transaction.episodes(tellings),
            tellings=tellings,
            absorbed=transaction.absorbed(own_ids),
            taken=frozenset(transaction.episodes(own_ids - tellings.keys())),
            guids=holders[0],
            paths=holders[1],
            audios=holders[2],
            measured=transaction.measured(audios_wanted(one.telling for some in tellings.values() for one in some)),
            show_guids=guids,
        )


def _neighbours(groups: Iterable[Sequence[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group in groups:
        for identity in group:
            found.setdefault(identity, set()).update(group)
    return {identity: frozenset(near - {identity}) for identity, near in found.items()}


def _of_fresh(tellings: Mapping[str, Sequence[StoredTelling]], looked: Mapping[str, bool]) -> list[Episode]:
    return [one.telling for identity, some in tellings.items() if looked.get(identity, False) for one in some]


def _holders(
    transaction: TakingIn, tellings: Sequence[Episode], guids: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Give who has the guids, paths and audios that episodes made of these may ask for."""
    return (
        transaction.guids(guids_wanted(tellings, guids)),
        transaction.paths(paths_wanted(tellings)),
        transaction.audios(audios_wanted(tellings)),
    )


def _named(transaction: TakingIn, words: Collection[str]) -> set[str]:
    """Give the episodes that words of the operator's lines mean."""
    if not words:
        return set()
    found = set(transaction.called({name for word in words for name in names_to_find(word)}))
    held = transaction.candidates({key for word in words for key in keys_to_find(word)})
    return found.union(*held.values())


def _items_named(transaction: TakingIn, word: str) -> frozenset[tuple[str, str]]:
    """Give the items that a word means, all of an episode's where it means the episode."""
    tellings = [told for some in transaction.tellings(_named(transaction, [word])).values() for told in some]
    own = [told for told in tellings if names_item(word, told)]
    return frozenset((told.source, told.key) for told in own or tellings)


def _changed_words(before: Lines, now: Lines) -> frozenset[str]:
    apart = set(before.apart) ^ set(now.apart)
    together = set(before.together) ^ set(now.together)
    return Lines(tuple(apart), tuple(together)).words


def _text(lines: Lines) -> str:
    return json.dumps({"apart": lines.apart, "together": lines.together})


def _lines(text: str) -> Lines:
    read = json.loads(text)
    return Lines(*(tuple(tuple(line) for line in read[name]) for name in ("apart", "together")))


def corrected(visit: Visit, known: int) -> Visit:
    """Give a visit as it is counted when so many of its new episodes turned out to be told of elsewhere."""
    known = min(known, visit.new)
    if not known:
        return visit
    new = visit.new - known
    outcome = visit.outcome if new else Outcome.MODIFIED
    return replace(visit, new=new, modified=visit.modified + known, outcome=outcome)
