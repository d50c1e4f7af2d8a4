"""Which names may be one person's is asked, never decided. Every pair here is invented."""

import time

import pytest

from mediafeed.normalize.likeness import INITIAL, MORE, ORDER, SHORT, SLIP, alike, likeness
from mediafeed.normalize.nicknames import SHORT_FORMS
from mediafeed.normalize.persons import person_key, same_person

# Pairs in which a rule that joined them by itself would be wrong about as often as right.
HARD = [
    ("Haruki Kanda", "Kanda Haruki", ORDER),
    ("Paul Arthur", "Arthur Paul", ORDER),
    ("Dylan Thomas Grey", "Thomas Dylan Grey", ORDER),
    ("Jenny Cole", "Jennifer Cole", SHORT),
    ("Bob Farrow", "Robert Farrow", SHORT),
    ("Kate Ormond", "Katherine Ormond", SHORT),
    ("Charlie Venn", "Charlotte Venn", SHORT),
    ("Sasha Orlow", "Alexandra Orlow", SHORT),
    ("Ted Marsh", "Edward Marsh", SHORT),
    ("Ted Marsh", "Theodore Marsh", SHORT),
    ("A. Quill", "Ada Quill", INITIAL),
    ("J. Varga", "Jonas Varga", INITIAL),
    ("Kevin Rosen", "Kevin Roosen", SLIP),
    ("Anna Fjeld", "Anne Fjeld", SLIP),
    ("Micheal Stroud", "Michael Stroud", SLIP),
    ("Ian Hoskins", "Ian Hoskyns", SLIP),
    ("Karl Brand", "Karl Brandt", SLIP),
    ("Marta Silva", "Maria Silva", SLIP),
    ("Lena Prost", "Lena Frost", SLIP),
    ("Viktorija Samuolis", "Viktorija Starych-Samuolis", MORE),
    ("Mary Hale", "Mary Ann Hale", MORE),
    ("Juan Garza Luna", "Juan Luna", MORE),
]
# Pairs that nothing suggests, or that only look alike.
APART = [
    ("George H. W. Brandt", "George W. Brandt"),
    ("Neil Melvin", "Neil Мelvin"),
    ("А. Quill", "Ada Quill"),
    ("Jenny Cole", "Jennifer Coleman"),
    ("Ann Lee", "Ann Leo"),
    ("Tom Varga", "Iris Varga"),
    ("Madonna", "Madona"),
]


@pytest.mark.parametrize(("one", "other", "why"), HARD)
def test_a_hard_pair_is_a_suggestion_and_never_one_person_by_itself(one, other, why):
    assert not same_person(one, other)
    assert list(alike({"a": [one], "b": [other]})) == [("a", "b", why)]
    assert likeness(person_key(other), person_key(one)) == why


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_only_looks_alike_is_not_even_suggested(one, other):
    assert not same_person(one, other)
    assert not list(alike({"a": [one], "b": [other]}))


def test_there_are_twenty_five_hard_pairs_at_least():
    assert len(HARD) + len(APART) >= 25


def test_any_spelling_of_a_person_may_be_another_persons():
    assert list(alike({"a": ["Ada Quill", "Ada Marsh"], "b": ["A. Marsh"]})) == [("a", "b", INITIAL)]


def test_suggestions_are_the_same_in_whatever_order_persons_come():
    persons = {f"p{number}": [name] for number, pair in enumerate(HARD) for name in pair[:1]}
    persons |= {f"q{number}": [name] for number, pair in enumerate(HARD) for name in pair[1:2]}

    assert list(alike(persons)) == list(alike(dict(reversed(persons.items()))))


def test_many_persons_are_compared_in_little_time():
    persons = {f"p{number}": [f"{chr(97 + number % 26)}ora{number % 997:c} Name{number}"] for number in range(20_000)}

    began = time.process_time()
    list(alike(persons))

    assert time.process_time() - began < 10


def test_short_forms_are_of_one_name():
    assert SHORT_FORMS["jennifer"] >= {"jen", "jenny", "jenni"}
    assert all(form not in ("/", "") and name not in forms for name, forms in SHORT_FORMS.items() for form in forms)
