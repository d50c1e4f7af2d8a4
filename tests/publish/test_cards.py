import io
from dataclasses import replace

import pytest
from PIL import Image, features

from mediafeed.publish.cards import Card, draw_card
from mediafeed.publish.letters import OURS, Letters, has, letters_for
from mediafeed.publish.site import Extras, plan
from tests.publish.shelf import INES, OLUMIDE, TIDES, Shelf, episode

CARD = Card(kind="Podcast appearances", name="Inês Carrow", figures="3 appearances on 1 show", site="Harbour talks")


def opened(card: Card) -> Image.Image:
    return Image.open(io.BytesIO(draw_card(card)))


def planned(held: Shelf) -> dict[str, str]:
    return {one.path: one.signature for one in plan(held, held.site, held.views) if one.path.endswith("card.png")}


def test_a_card_has_the_size_that_networks_ask_for_and_is_small():
    assert opened(CARD).size == (1200, 630)
    assert len(draw_card(CARD)) < 40_000


def test_the_same_words_give_the_same_bytes_and_others_others():
    assert draw_card(CARD) == draw_card(replace(CARD))
    assert draw_card(CARD) != draw_card(replace(CARD, figures="4 appearances on 1 show"))


@pytest.mark.parametrize("name", ["", " ", "W" * 400, "word " * 200, "\ud800", "日本", "a\nb", "\u202eabc", "🎙"])
def test_whatever_a_name_is_a_card_is_drawn(name):
    assert opened(replace(CARD, name=name)).size == (1200, 630)


def test_a_name_that_nothing_can_write_is_left_out_and_not_drawn_in_boxes():
    unwritten = opened(replace(CARD, name="日本", figures="")).crop((0, 140, 1200, 460))

    assert unwritten.convert("RGB").getcolors() == [(1200 * 320, unwritten.convert("RGB").getpixel((0, 0)))]


def test_our_letters_write_latin_greek_and_cyrillic():
    assert letters_for("Inês Łukasz Ґалушко Ελένη – “Geostrategy360°”") is OURS
    assert letters_for("日本") is None
    assert not has(OURS, "\ud800")


def test_letters_of_the_machine_are_asked_for_what_ours_lack():
    beside = Letters("beside", OURS.load)

    assert letters_for("Inês", (beside,)) is OURS
    assert letters_for("日本", (beside,)) is None


@pytest.mark.skipif(bool(features.check("raqm")), reason="the layout of right-to-left text is there")
def test_without_layout_a_right_to_left_name_is_left_out():
    assert letters_for("مرحبا") is None


def test_a_card_is_drawn_anew_only_when_what_stands_on_it_changes():
    held = Shelf([episode(1)])
    before = planned(held)

    held.held.append(episode(2, credits=episode(1).credits[:1]))
    after = planned(held)

    changed = {path for path in before if before[path] != after[path]}
    assert changed == {f"shows/{TIDES.id}/card.png", f"people/{INES.id}/card.png"}


def test_who_is_hidden_has_no_card():
    held = Shelf([episode(1)], people=[replace(OLUMIDE, hidden=True), INES])

    assert f"people/{OLUMIDE.id}/card.png" not in planned(held)


def test_other_letters_draw_other_cards():
    held = Shelf([episode(1)])
    extras = Extras(letters=(Letters("other", OURS.load),))
    other = {one.path: one.signature for one in plan(held, held.site, held.views, extras)}

    assert other["assets/card.png"] != planned(held)["assets/card.png"]


def test_every_page_names_the_card_that_is_its_own():
    held = Shelf([episode(1)])
    pages = {one.path: one.render().decode() for one in plan(held, held.site, held.views) if one.path.endswith(".html")}
    paths = set(planned(held))

    for path, page in pages.items():
        named = page.partition('property="og:image" content="https://talks.example/')[2].partition('"')[0]
        assert named in paths, path
    assert "people/olumide-vance/card.png" in pages["people/olumide-vance/index.html"]
    assert "shows/tides/card.png" in pages["episodes/tides/how-ports-change-1/index.html"]
