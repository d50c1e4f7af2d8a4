"""Rows on somebody's own page do not name them again and again."""

from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser

from mediafeed.model.episode import Credit, Role
from mediafeed.publish.pages import row
from mediafeed.publish.rows import without_person
from tests.publish.shelf import INES, OLUMIDE, SITE, TAKUMI, TIDES, credit, episode

PEOPLE = {person.id: person for person in (INES, OLUMIDE, TAKUMI)}


def shown(*credits_: Credit, of: str = "olumide-vance") -> str:
    made = row(replace(episode(1), credits=credits_), TIDES, SITE, PEOPLE)
    (kept,) = without_person([made], of)
    return " ".join(LexborHTMLParser(kept.decode()).text(separator=" ").split()).replace(" ,", ",")


@pytest.mark.parametrize(
    ("credits_", "left"),
    [
        ((credit(OLUMIDE, Role.GUEST),), ""),
        ((credit(OLUMIDE, Role.GUEST), credit(INES, Role.HOST)), "Host Inês Carrow"),
        ((credit(INES, Role.HOST), credit(OLUMIDE, Role.HOST)), "Host Inês Carrow"),
        ((credit(INES, Role.GUEST), credit(OLUMIDE, Role.GUEST), credit(TAKUMI, Role.GUEST)),
         "Guests Inês Carrow, Takumi Hale"),
        ((credit(INES, Role.HOST),), "Host Inês Carrow"),
    ],
)  # fmt: skip
def test_everybody_else_stays_under_their_role(credits_, left):
    head = "How ports change, part 1 Tides & Treaties no. 1 22 September 2022 48 min"

    assert shown(*credits_) == f"{head} {left}".strip()


def test_many_others_are_still_counted():
    crowd = [replace(credit(INES, Role.GUEST), name=f"Guest, {place}", person="") for place in range(9)]

    assert shown(credit(OLUMIDE, Role.GUEST), *crowd).endswith("Guest, 6 and 2 others")


def test_a_row_of_a_theme_that_looks_otherwise_stays_as_it_is():
    other = b'<li><p class="cast">Olumide Vance</p></li>'

    assert without_person([other], "olumide-vance") == [other]
