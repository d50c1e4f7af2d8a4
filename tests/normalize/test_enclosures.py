"""Which file is the episode."""

import pytest

from mediafeed.model.episode import Enclosure
from mediafeed.model.parsed import Element
from mediafeed.normalize.enclosures import chosen_enclosure, file_length
from tests.normalize.making import audio, element

URL = "https://cdn.example.org/33.mp3"


def chosen(*enclosures: Element, media: tuple[Element, ...] = ()) -> Enclosure | None:
    return chosen_enclosure(enclosures, media)[0]


def test_an_address_is_published_as_it_stands_tracking_and_all():
    url = "https://www.podtrac.com/pts/redirect.mp3/cdn.example.org/33.mp3?a=1&b=ü"

    assert chosen(audio(url)) == Enclosure(url, "audio/mpeg", 46080000)


@pytest.mark.parametrize("length", ["", "0", "-1", "None", "1e30", "99999999999999999999", "46,080", "²"])
def test_a_length_nobody_knows_is_none(length):
    assert file_length(length) is None
    assert chosen(audio(length=length)) == Enclosure(URL, "audio/mpeg", None)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:audio/mpeg,x", "file:///1.mp3", "ftp://a.example/1.mp3", "/1.mp3", "//", ""]
)
def test_what_is_no_web_address_is_no_enclosure(url):
    assert chosen(audio(url)) is None


@pytest.mark.parametrize("media_type", ["image/jpeg", "text/html", "application/pdf", "application/zip"])
def test_a_picture_or_a_document_is_no_episode(media_type):
    assert chosen(audio("https://a.example/file", type=media_type)) is None
    assert chosen(audio("https://a.example/file", type=media_type), audio()) == Enclosure(URL, "audio/mpeg", 46080000)


@pytest.mark.parametrize(
    ("url", "stated", "media_type"),
    [
        (URL, "", "audio/mpeg"),
        ("https://a.example/1.m4a?x=1", "", "audio/x-m4a"),
        ("https://a.example/1.M4V", "videox-/m4v", "video/x-m4v"),
        ("https://a.example/1.mp3", "application/octet-stream", "audio/mpeg"),
        ("https://a.example/download/123", "", "audio/mpeg"),
        ("https://a.example/1.jpg", "", None),
        ("https://a.example/1.pdf", "application/octet-stream", None),
        ("https://a.example/1", "AUDIO/MP3; charset=x", "audio/mp3"),
    ],
)
def test_a_missing_type_is_told_by_the_ending(url, stated, media_type):
    enclosure = chosen(audio(url, type=stated))

    assert (enclosure.media_type if enclosure else None) == media_type


def test_audio_goes_before_video_and_the_first_before_the_second():
    video, first, second = audio("https://a.example/1.mp4", type="video/mp4"), audio(), audio("https://a.example/2.mp3")

    assert chosen(video, first, second) == Enclosure(URL, "audio/mpeg", 46080000)
    assert chosen(video) == Enclosure("https://a.example/1.mp4", "video/mp4", 46080000)


def test_media_content_stands_in_for_a_missing_enclosure():
    media = element("media:content", url=URL, medium="audio", fileSize="12")
    picture = element("media:content", url="https://a.example/1.jpg", medium="image")

    assert chosen(media=(picture, media)) == Enclosure(URL, "audio/mpeg", 12)
    assert chosen(media=(picture,)) is None


def test_a_space_in_an_address_is_escaped_so_that_the_episode_is_not_lost():
    assert chosen(audio(" https://a.example/my show 33.mp3 ")) == Enclosure(
        "https://a.example/my%20show%2033.mp3", "audio/mpeg", 46080000
    )
