"""Many credits, one for each person: the stronger witness first."""

from collections.abc import Iterable, Mapping

from mediafeed.model.episode import Credit, CreditOrigin
from mediafeed.normalize.credits.candidates import same_in_one_episode
from mediafeed.normalize.persons import person_key


def united(*groups: Iterable[Credit]) -> tuple[Credit, ...]:
    """Put groups of credits together, stronger groups first: a later word about the same person adds nothing."""
    found: dict[str, Credit] = {}
    for group in groups:
        for credit in group:
            found.setdefault(_key_among(found, credit), credit)
    return tuple(found.values())


def _key_among(held: Mapping[str, Credit], credit: Credit) -> str:
    """Give the key of a person, or the key under which the same episode already knows the person by a variant.

    Two names that a publisher tags are two persons, however alike.
    """
    key = person_key(credit.name)
    if key in held:
        return key
    words = key.split()
    for other, known in held.items():
        tagged = credit.origin is known.origin is CreditOrigin.PUBLISHER
        if not tagged and same_in_one_episode(words, other.split()):
            return other
    return key
