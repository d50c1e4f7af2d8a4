from collections.abc import Iterator, Mapping, Sequence

import pytest

from mediafeed.model.episode import Episode
from mediafeed.model.published import Found
from mediafeed.publish.theme import default_theme
from mediafeed.serve.marking import marked, marked_row, passage
from mediafeed.serve.routes import Request
from mediafeed.serve.search import SearchPage
from tests.publish.shelf import SITE, Shelf, episode


class Finds:
    """Finds whatever it is told to find, and keeps what it was asked."""

    def __init__(self, found: Found, *held: Episode) -> None:
        self.found = found
        self.shelf = Shelf(list(held))
        self.asked: list[tuple[str, int, int]] = []
        self.said: dict[str, str] = {}

    def find(self, question: str, *, start: int, limit: int) -> Found:
        self.asked.append((question, start, limit))
        return self.found

    def rows(self, ids: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        return self.shelf.fragments(ids, "row")

    def notes(self, ids: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        return self.shelf.fragments(ids, "notes")

    def spoken(self, ids: Sequence[str]) -> Mapping[str, str]:
        return {one: self.said[one] for one in ids if one in self.said}


def answered(finds: Finds, path: str = "/search/", **query: str) -> str:
    request = Request(method="GET", path=path, query={name: (value,) for name, value in query.items()})
    answer = SearchPage(finds, SITE, default_theme()).answer(request)
    assert answer.status == 200
    return answer.body.decode()


def test_words_are_marked_in_the_row_and_in_what_the_notes_say():
    page = answered(Finds(Found(("ports", "japan"), 1, ("tides1",)), episode(1)), q="ports japan")

    assert "How <mark>ports</mark> change, part 1" in page
    assert "means for <mark>Japan</mark>." in page
    assert "1 episode<" in page
    assert 'href="../episodes/tides/how-ports-change-1/"' in page


def test_where_only_the_transcript_has_the_words_what_is_said_is_shown():
    finds = Finds(Found(("lagoon",), 1, ("tides1",)), episode(1))
    finds.said = {"tides1": "We came by way of the lagoon, at night."}
    page = answered(finds, q="lagoon")

    assert '<span class="role">said</span> We came by way of the <mark>lagoon</mark>, at night.' in page
    assert "means for Japan" not in page


def test_where_the_notes_have_the_words_too_they_are_shown():
    finds = Finds(Found(("japan",), 1, ("tides1",)), episode(1))
    finds.said = {"tides1": "Japan, at night."}

    assert "at night" not in answered(finds, q="japan")


def test_links_fit_the_address_without_a_slash_too():
    page = answered(Finds(Found(("ports",), 1, ("tides1",)), episode(1)), "/search", q="ports")

    assert 'href="./episodes/tides/how-ports-change-1/"' in page


def test_what_is_typed_is_shown_as_text():
    page = answered(Finds(Found(("b",))), q='"><b>\0&')

    assert 'value="&#34;&gt;&lt;b&gt; &amp;"' in page
    assert "No episode has these words" in page


def test_without_a_question_there_is_the_form_alone_and_no_searching_script():
    page = answered(Finds(Found()))

    assert '<form class="search" action="../search/">' in page
    assert "search.js" not in page
    assert "episodes" not in page.partition("<main")[2].partition("</main>")[0]


def test_pages_of_results_lead_to_each_other():
    finds = Finds(Found(("ports",), 45, ("tides1",)), episode(1))

    page = answered(finds, q="ports & piers", page="2")

    assert finds.asked == [("ports & piers", 20, 20)]
    assert 'start="21"' in page
    assert 'href="../search/?q=ports%20%26%20piers&amp;page=1"' in page
    assert 'href="../search/?q=ports%20%26%20piers&amp;page=3"' in page
    assert "page=4" not in answered(finds, q="ports", page="3")


def test_a_page_beyond_the_end_leads_back_to_the_last_that_has_any():
    page = answered(Finds(Found(("ports",), 45, ())), q="ports", page="7")

    assert "There are no more than 45 episodes." in page
    assert 'rel="prev" href="../search/?q=ports&amp;page=3"' in page
    assert 'rel="prev"' not in answered(Finds(Found(("ports",), 0, ())), q="ports", page="7")


@pytest.mark.parametrize("number", ["0", "-1", "x", "", "²", "9" * 400, "1e3"])
def test_a_page_that_is_no_number_is_the_first_or_the_last(number):
    finds = Finds(Found(("ports",), 1, ("tides1",)), episode(1))

    answered(finds, q="ports", page=number)

    assert finds.asked[0][1] == 0


def test_a_long_question_is_cut():
    finds = Finds(Found())

    answered(finds, q="ab " * 5_000)

    assert len(finds.asked[0][0]) <= 200


def test_persons_and_shows_are_named_first():
    found = Found(("ines",), 0, (), people=(("ines-carrow", "Inês Carrow"),), shows=(("tides", "Tides & Treaties"),))

    page = answered(Finds(found), q="ines")

    assert '<a href="../people/ines-carrow/"><bdi>Inês Carrow</bdi></a>' in page
    assert '<a href="../shows/tides/"><bdi>Tides &amp; Treaties</bdi></a>' in page


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("<b>bold</b>", ["b"], "&lt;<mark>b</mark>&gt;bold&lt;/<mark>b</mark>&gt;"),
        ("Sølvi", ["solvi"], "<mark>Sølvi</mark>"),
        ("今日の日本外交", ["日", "本"], "今<mark>日</mark>の<mark>日本</mark>外交"),
        ("Samuoliene\u0307", ["samuoliene"], "<mark>Samuoliene\u0307</mark>"),
        ("a bee", ["b"], "a bee"),
        ("AT&T", ["amp", "at"], "<mark>AT</mark>&amp;T"),
    ],
)
def test_words_are_marked_as_they_are_folded(text, words, expected):
    assert marked(text, words) == expected


def test_nothing_is_marked_inside_tags_and_entities():
    row = marked(' href="ports" & ports', ["none"])

    assert marked_row(row, ["href", "amp", "34"]) == marked(' href="ports" & ports', ["href"])


def test_a_passage_is_around_the_word_and_broken_between_words():
    text = " ".join(f"word{number}" for number in range(200))

    cut = passage(text, ["word120"])

    assert "word120" in cut.split()
    assert len(cut) < 240
    assert cut.startswith("… word")
    assert cut.endswith(" …")
