"""Many credits, one for each person: the stronger witness first."""

from collections.abc import Iterable

from mediafeed.model.episode import Credit
from mediafeed.normalize.credits.candidates import same_in_one_episode
from mediafeed.normalize.persons import person_key


def united(*groups: Iterable[Credit]) -> tuple[Credit, ...]:
    """Put groups of credits together, stronger groups first: a later word about the same person adds nothing."""
    found: dict[str, Credit] = {}
    for group in groups:
        for credit in group:
            found.setdefault(_key_among(found, credit.name), credit)
    return tuple(found.values())


def _key_among(held: Iterable[str], name: str) -> str:
    """Give the key of a person, or the key under which the same episode already knows the person by a variant."""
    key = person_key(name)
    words = key.split()
    for other in held:
        if other == key or same_in_one_episode(words, other.split()):
            return other
    return key
