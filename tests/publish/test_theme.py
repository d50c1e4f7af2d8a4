"""Themes: a folder of templates of the operator's own, ours for whatever is not in it."""

import pytest

from mediafeed.errors import PublishError
from mediafeed.publish import pages
from mediafeed.publish.episode_pages import Around, episode_page
from mediafeed.publish.rendering import Nearby
from mediafeed.publish.site import Extras, plan, site_key
from mediafeed.publish.theme import default_theme, theme_of
from tests.publish.shelf import INES, SITE, TIDES, Shelf, episode

FOOT = b'{% extends "mediafeed/base.html" %}\n{% block foot %}<li>Imprint</li>{% endblock %}'


def test_a_theme_of_one_template_changes_this_and_leaves_the_others_ours():
    theme = theme_of({"base.html": FOOT})

    made = episode_page(episode(1), TIDES, SITE, {}, theme, around=Around()).decode()

    assert "<li>Imprint</li>" in made
    assert "How we know this" in made
    assert theme.style == default_theme().style


def test_rows_are_rendered_by_the_theme_too():
    theme = theme_of({"row.html": b"<li>{{ episode.number }}</li>"})

    assert pages.row(episode(7), TIDES, SITE, {}, theme) == b"<li>7</li>"


def test_style_and_script_of_a_theme_take_the_place_of_ours():
    held = Shelf([episode(1)])
    theme = theme_of({"style.css": b"p { color: red }", "page.js": b"", "notes.txt": b"not mine"})

    made = {one.path: one for one in plan(held, held.site, held.views, Extras(theme=theme))}

    assert made["assets/style.css"].render() == b"p { color: red }"
    assert made["assets/page.js"].render() == b""
    assert not any("notes.txt" in path for path in made)


def test_another_theme_makes_other_pages_and_other_rows():
    theme = theme_of({"base.html": FOOT})

    assert theme.key != default_theme().key
    assert site_key(SITE, (), (), theme) != site_key(SITE, (), ())
    assert theme_of({}, "elsewhere").key == default_theme().key


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("row.html", b"<li>\n{% if episode %}\n</li>", "theme/row.html, line 3: "),
        ("show.html", b"{% block main %}\n{{ show.title | shout }}{% endblock %}", "theme/show.html, line 2: "),
        ("view.html", b'\n{% extends "bse.html" %}', "theme/view.html, line 2: there is no template 'bse.html'"),
        ("home.html", b"a\nb \xff", "theme/home.html, line 2: not UTF-8"),
    ],
)
def test_a_template_that_cannot_be_used_is_named_with_its_line(name: str, body: bytes, said: str):
    with pytest.raises(PublishError) as raised:
        theme_of({name: body}, "theme")

    assert str(raised.value).startswith(said)


def test_a_template_that_fails_on_a_page_is_named_with_its_line():
    theme = theme_of(
        {"person.html": b'{% extends "base.html" %}\n{% block main %}\n{{ person.nmae }}{% endblock %}'}, "theme"
    )

    with pytest.raises(PublishError) as raised:
        pages.person_page(INES, SITE, theme, about="", sections=(), nearby=Nearby())

    assert str(raised.value).startswith("theme/person.html, line 3: ")
    assert "nmae" in str(raised.value)
