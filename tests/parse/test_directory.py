"""A podcast directory's answers."""

import orjson
import pytest

from mediafeed.errors import ParseError
from mediafeed.model.parsed import DirectoryEntry
from mediafeed.parse.directory import lookup_address, read_directory, search_address

SHOW = {
    "wrapperType": "track",
    "kind": "podcast",
    "collectionId": 990000001,
    "artistName": "Council of Examples",
    "collectionName": "Example 360°",
    "feedUrl": "https://anchor.fm/s/1/podcast/rss",
}


def answer(*results: object) -> bytes:
    return b"\n\n\n" + orjson.dumps({"resultCount": len(results), "results": results})


def test_shows_are_given_in_the_directory_s_order():
    other = SHOW | {"collectionName": "Other", "collectionId": 2, "feedUrl": "https://o.example/rss"}

    entries = read_directory(answer(other, SHOW))

    assert entries == (
        DirectoryEntry("Other", "Council of Examples", "https://o.example/rss", "2"),
        DirectoryEntry("Example 360°", "Council of Examples", "https://anchor.fm/s/1/podcast/rss", "990000001"),
    )


@pytest.mark.parametrize(
    "result",
    [
        {key: value for key, value in SHOW.items() if key != "feedUrl"},
        SHOW | {"feedUrl": "javascript:alert(1)"},
        SHOW | {"feedUrl": 7},
        SHOW | {"feedUrl": "http://u:p@o.example/rss"},
        {key: value for key, value in SHOW.items() if key != "collectionName"},
        "text",
        None,
    ],
)
def test_what_has_no_feed_is_left_out(result):
    assert read_directory(answer(result)) == ()


def test_an_answer_without_results_is_an_answer():
    assert read_directory(b'{"resultCount": 0, "results": []}') == ()


@pytest.mark.parametrize(
    "body", [b"", b"  ", b"<html>", b"[]", b"{}", b'{"results": 3}', b'{"results": [', b"[" * 100_000, b"\xff\xfe{"]
)
def test_what_is_no_directory_s_answer_is_refused(body):
    with pytest.raises(ParseError):
        read_directory(body)


def test_a_very_long_answer_gives_a_few_hundred_shows_at_most():
    shows = [SHOW | {"feedUrl": f"https://o.example/{n}"} for n in range(5000)]

    assert len(read_directory(answer(*shows))) == 200


def test_words_are_written_into_the_address_safely():
    address = search_address("http://127.0.0.1:1/", "Geostrategy 360° & more\n#x")

    assert address.startswith("http://127.0.0.1:1/search?")
    assert address.endswith("&term=Geostrategy+360%C2%B0+%26+more+%23x")


def test_a_lone_surrogate_in_the_words_is_no_error():
    assert "term=a" in search_address("https://d.example", "a\ud800")


def test_an_id_cannot_add_to_the_address():
    assert lookup_address("https://d.example", "1&term=x") == "https://d.example/lookup?id=1%26term%3Dx&entity=podcast"
