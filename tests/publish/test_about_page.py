from dataclasses import replace

import pytest

from mediafeed.model.settings import Pictures
from mediafeed.publish.site import Extras, plan
from tests.publish.shelf import SITE, Shelf


def about(contact: str | None, email: str | None) -> str:
    held = Shelf(site=replace(SITE, email=email))
    documents = {one.path: one for one in plan(held, held.site, (), Extras(contact=contact))}
    return documents["about/index.html"].render().decode()


@pytest.mark.parametrize(
    ("contact", "email", "expected"),
    [
        (None, "talks@example.org", 'Write to whoever runs this site: <a href="mailto:talks@example.org">'),
        ("me@example.org", None, '<a href="mailto:me@example.org">'),
        ("https://me.example/x", None, '<a href="https://me.example/x" rel="noopener">me.example</a>'),
        ("https://talks.example/about", None, "gives no address to write to"),
        (None, None, "gives no address to write to"),
    ],
)
def test_whom_to_write_to_is_what_the_config_says(contact, email, expected):
    assert expected in about(contact, email)


def test_it_says_that_the_shows_are_not_its_own():
    assert "not affiliated" in about(None, None)


@pytest.mark.parametrize("pictures", list(Pictures))
def test_it_says_who_is_asked_for_pictures(pictures):
    held = Shelf(site=replace(SITE, pictures=pictures))
    documents = {one.path: one for one in plan(held, held.site, (), Extras())}
    made = documents["about/index.html"].render().decode()

    assert ("come from their publishers’ servers as well" in made) is (pictures is Pictures.LINK)
    assert ("no page here asks any other server" in made) is (pictures is not Pictures.LINK)
