"""The index of persons: one page while it fits, then a page for each letter."""

from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser

from mediafeed.model.episode import Person, Role
from mediafeed.model.published import Document
from mediafeed.publish import indexes
from mediafeed.publish.site import plan
from tests.publish.shelf import QUAYS, TIDES, Shelf, credit, episode

NAMES = ("Ada Holm", "Álvaro Ruiz", "北村 薫", "Bea Stone", "007", "Zoë Lind")


def shelf(names: tuple[str, ...] = NAMES) -> Shelf:
    people = [Person(id=f"p{place}", key=name.casefold(), name=name) for place, name in enumerate(names)]
    held = [episode(place + 1, credits=(credit(person, Role.GUEST),)) for place, person in enumerate(people)]
    return Shelf(held, people=people)


def documents(held: Shelf) -> dict[str, Document]:
    return {one.path: one for one in plan(held, held.site, held.views)}


def names_on(page: Document) -> list[str]:
    made = LexborHTMLParser(page.render().decode())
    return [node.text() for node in made.css("main .entries a")]


def test_few_people_stand_on_one_page_under_the_latin_letters_of_their_names():
    made = documents(shelf())
    page = LexborHTMLParser(made["people/index.html"].render().decode())

    assert not any(path.startswith("people/letter/") for path in made)
    assert [node.text() for node in page.css(".letter h2")] == ["A", "B", "Z", "Other"]
    assert {node.attributes["href"] for node in page.css(".alphabet a")} == {"#a", "#b", "#z", "#other"}


def test_namesakes_are_told_apart_by_their_shows():
    people = [Person(id=id_, key=id_, name="Ada Holm") for id_ in ("ada", "ada-2")]
    held = [
        episode(place, show, credits=(credit(one, Role.GUEST),))
        for place, (one, show) in enumerate(zip(people, (TIDES, QUAYS), strict=True), 1)
    ]
    page = LexborHTMLParser(documents(Shelf(held, people=people))["people/index.html"].render().decode())

    told = [node.text() for node in page.css(".letter .entries .quiet")]

    assert told == ["1 as guest, on Tides & Treaties", "1 as guest, on Quays"]


def test_of_many_people_each_letter_has_a_page_and_the_index_only_who_is_heard_most(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(indexes, "TOGETHER", 3)
    monkeypatch.setattr(indexes, "MOST_HEARD", 1)
    made = documents(shelf())

    letters = {path for path in made if path.startswith("people/letter/")}
    assert letters == {f"people/letter/{letter}/index.html" for letter in ("a", "b", "z", "other")}
    assert names_on(made["people/letter/a/index.html"]) == ["Ada Holm", "Álvaro Ruiz"]
    assert len(names_on(made["people/index.html"])) == 1


def test_a_letter_of_too_many_people_goes_on_over_pages(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(indexes, "TOGETHER", 3)
    monkeypatch.setattr(indexes, "PER_PAGE", 2)
    made = documents(shelf(tuple(f"Ann {last}" for last in ("Bell", "Cole", "Dorn", "Ewing", "Frey"))))
    pages = ["people/letter/a/index.html", "people/letter/a/2/index.html", "people/letter/a/3/index.html"]

    assert [len(names_on(made[path])) for path in pages] == [2, 2, 1]
    second = LexborHTMLParser(made[pages[1]].render().decode())
    assert [node.attributes["href"] for node in second.css(".pager a")] == ["../", "../3/"]


def test_another_appearance_changes_that_letters_page_only(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(indexes, "TOGETHER", 3)
    monkeypatch.setattr(indexes, "MOST_HEARD", 1)
    held = shelf()
    before = documents(held)
    held.held.append(replace(episode(40), credits=held.held[0].credits))
    after = documents(held)

    changed = {
        path for path in after if path.startswith("people/letter/") and before[path].signature != after[path].signature
    }
    assert changed == {"people/letter/a/index.html"}
