"""Which transcript is asked for, and which licence lets everybody publish anew."""

from dataclasses import replace

import pytest

from mediafeed.model.episode import Episode
from mediafeed.model.licences import is_free, licence_of
from mediafeed.model.parsed import Element
from mediafeed.normalize.transcripts import chosen_transcript

BARE = Episode(show="tides", title="Ports", hearings=())


def told(url: str, kind: str = "") -> Element:
    return Element("podcast:transcript", attributes=(("url", url), ("type", kind)))


@pytest.mark.parametrize(
    ("elements", "best"),
    [
        ((), ""),
        ((told("https://a.example/1", "text/html"), told("https://a.example/2", "application/srt")), "https://a.example/2"),
        ((told("https://a.example/1.srt"), told("https://a.example/2", "text/vtt; charset=utf-8")), "https://a.example/2"),
        ((told("https://a.example/1", "text/plain"), told("https://a.example/2.json?x=1")), "https://a.example/2.json?x=1"),
        ((told("https://a.example/1.vtt", "text/vtt"), told("https://a.example/2.vtt", "text/vtt")), "https://a.example/1.vtt"),
        ((told("javascript:alert(1)", "text/vtt"), told("file:///etc/passwd", "text/vtt")), ""),
    ],
)  # fmt: skip
def test_the_form_that_says_most_of_who_speaks_when_is_the_best(elements, best):
    assert chosen_transcript(replace(BARE, extras=elements)) == best


def test_an_address_that_no_element_tells_of_is_one_too():
    assert chosen_transcript(replace(BARE, transcripts=("https://a.example/1.vtt",))) == "https://a.example/1.vtt"


@pytest.mark.parametrize(
    ("element", "free"),
    [
        (Element("podcast:license", "cc-by-4.0"), True),
        (Element("podcast:license", "CC BY-NC-ND 4.0"), True),
        (Element("podcast:license", "cc0-1.0"), True),
        (Element("podcast:license", "Public Domain"), True),
        (Element("podcast:license", "ours", (("url", "https://creativecommons.org/licenses/by/4.0/"),)), True),
        (Element("creativeCommons:license", "http://www.creativecommons.org/licenses/by-nc/3.0/"), True),
        (Element("podcast:license", "POD-V4V-1.0"), False),
        (Element("podcast:license", "ccc-records"), False),
        (
            Element("podcast:license", "all-rights-reserved", (("url", "https://cc.example/creativecommons.org/"),)),
            False,
        ),
        (Element("podcast:license"), None),
        (Element("itunes:author", "cc-by-4.0"), None),
    ],
)
def test_a_licence_is_free_if_it_is_of_creative_commons_or_public_domain(element, free):
    assert is_free([element]) is free


def test_a_licence_is_linked_only_where_it_says_a_web_address():
    said = licence_of([Element("podcast:license", "cc-by-4.0", (("url", "javascript:alert(1)"),))])

    assert said == ("cc-by-4.0", "")
