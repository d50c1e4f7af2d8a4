"""The drawn cover."""

import io

import pytest
from PIL import Image

from mediafeed.publish.cover import cover, cover_name, is_picture


@pytest.mark.parametrize("title", ["Harbour talks", "", "港の話", "A" * 200, "word " * 100, "\ud800"])
def test_a_cover_is_a_square_png_of_the_size_directories_take(title: str):
    picture = Image.open(io.BytesIO(cover(title)))

    assert (picture.format, picture.size) == ("PNG", (1400, 1400))


def test_the_same_title_gives_the_same_picture():
    assert cover("Harbour talks") == cover("Harbour talks")
    assert cover("Harbour talks") != cover("Harbour walks")


def test_a_picture_is_named_by_its_bytes():
    assert cover_name(None) == "cover.png"
    assert cover_name(b"\xff\xd8\xff\xe0") == "cover.jpg"
    assert is_picture(cover("x"))
    assert not is_picture(b"GIF89a")
