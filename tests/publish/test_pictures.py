"""Pictures on pages: our own small copies, each where it belongs, and none of a locked show."""

from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from mediafeed.model.files import Picture
from mediafeed.model.published import Document
from mediafeed.model.settings import Pictures
from mediafeed.publish.site import plan
from tests.publish.shelf import INES, OLUMIDE, QUAYS, TIDES, Shelf, episode

COVER, FACE = "https://tides.example/cover.jpg", "https://tides.example/olumide.jpg"
COPIES = Picture(width=320, height=320, large=b"large", small=b"small")
OPEN = replace(TIDES, image=COVER)
SEEN = replace(OLUMIDE, image=FACE)


def planned(held: Shelf) -> dict[str, Document]:
    return {document.path: document for document in plan(held, held.site, held.views)}


def shelf(*, locked: bool = False, mode: Pictures = Pictures.COPY) -> Shelf:
    held = Shelf([episode(1)], all_shows=[replace(OPEN, locked=locked), QUAYS], people=[SEEN, INES])
    held.site = replace(held.site, pictures=mode)
    held.copies = {COVER: COPIES, FACE: COPIES, "https://elsewhere.example/other.png": COPIES}
    return held


def pictures(document: Document) -> list[str]:
    images = LexborHTMLParser(document.render().decode()).css("main img")
    return [image.attributes["src"] or "" for image in images]


def test_copies_stand_beside_the_page_of_whom_they_show_in_two_sizes():
    made = planned(shelf())

    assert {path for path in made if path.endswith(".webp")} == {
        f"{folder}/{name}.webp"
        for folder in ("shows/tides", "people/olumide-vance")
        for name in ("picture", "picture-small")
    }
    assert made["shows/tides/picture.webp"].render() == b"large"
    assert made["people/olumide-vance/picture-small.webp"].render() == b"small"


def test_pages_show_our_copies_and_ask_nobody_else():
    made = planned(shelf())

    assert pictures(made["shows/tides/index.html"]) == ["../../shows/tides/picture.webp"]
    assert pictures(made["people/olumide-vance/index.html"]) == ["../../people/olumide-vance/picture.webp"]
    assert pictures(made["people/ines-carrow/index.html"]) == []
    assert pictures(made["episodes/tides/how-ports-change-1/index.html"]) == [
        "../../../shows/tides/picture.webp",
        "../../../people/olumide-vance/picture-small.webp",
    ]


def test_a_locked_shows_picture_is_not_copied_nor_shown_and_its_pages_show_nobody():
    made = planned(shelf(locked=True))

    assert "shows/tides/picture.webp" not in made
    assert pictures(made["shows/tides/index.html"]) == []
    assert pictures(made["episodes/tides/how-ports-change-1/index.html"]) == []


def test_without_copies_no_page_has_room_for_one_and_with_links_no_copy_is_published():
    for held in (replace(shelf(), copies={}), shelf(mode=Pictures.NONE)):
        made = planned(held)
        assert pictures(made["shows/tides/index.html"]) == []
        assert not any(path.endswith(".webp") for path in made)
    linked = planned(shelf(mode=Pictures.LINK))

    assert pictures(linked["shows/tides/index.html"]) == [COVER]
    assert not any(path.endswith(".webp") for path in linked)


def test_only_pages_that_show_a_picture_change_when_it_comes():
    before = {path: one.signature for path, one in planned(replace(shelf(), copies={})).items()}
    after = {path: one.signature for path, one in planned(replace(shelf(), copies={FACE: COPIES})).items()}

    assert {path for path in after if before.get(path) != after[path]} == {
        "people/olumide-vance/picture.webp",
        "people/olumide-vance/picture-small.webp",
        "people/olumide-vance/index.html",
        "episodes/tides/how-ports-change-1/index.html",
    }


def test_a_picture_of_somebody_hidden_is_not_published():
    held = shelf()
    held.people[0] = replace(SEEN, hidden=True)

    assert not any("olumide" in path for path in planned(held))
