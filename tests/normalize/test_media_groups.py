"""What stands in a media:group is the item's, where the item does not say it itself."""

from mediafeed.model.parsed import Element
from tests.normalize.making import audio, element, told

PICTURE = "https://cdn.example.org/33.jpg"
FILE = "https://cdn.example.org/33-in-a-group.mp3"


def group(*children: Element) -> Element:
    return Element("media:group", children=children)


def test_a_picture_in_a_group_is_the_episodes_picture():
    assert told(audio(), group(element("media_thumbnail", url=PICTURE))).image == PICTURE


def test_audio_in_a_group_is_the_episodes_audio_where_there_is_no_other():
    inside = element("media_content", url=FILE, type="audio/mpeg", fileSize="1000")

    alone, beside = told(group(inside)).enclosure, told(audio(), group(inside)).enclosure

    assert alone is not None
    assert (alone.url, alone.length) == (FILE, 1000)
    assert beside is not None
    assert beside.url != FILE
