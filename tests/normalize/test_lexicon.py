"""Whom everybody talks about: names that are known, each of one kind, and none that many bear."""

import pytest

from mediafeed.normalize.credits.spoken_of import renown
from mediafeed.normalize.lexicon import renowned
from mediafeed.normalize.persons import person_key


def test_every_renowned_name_is_written_as_the_key_by_which_it_is_looked_up():
    assert [key for key in renowned() if person_key(key) != key or " " not in key] == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ursula von der Leyen", "power"),
        ("Volodymyr Zelenskyy", "power"),
        ("Isaac Newton", "dead"),
        ("Malcolm Gladwell", "letters"),
        ("Meryl Streep", "famous"),
        ("Sherlock Holmes", "fiction"),
        ("John Smith", ""),
        ("Tom Varga", ""),
    ],
)
def test_a_renowned_person_is_known_by_kind_and_a_namesake_of_many_is_not(name, kind):
    assert renown(person_key(name)) == kind
