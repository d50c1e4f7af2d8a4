"""Encodings: C1 to C15."""

import pytest

from mediafeed.errors import ParseError
from mediafeed.model.parsed import words
from mediafeed.parse.encoding import stray_bytes_as_windows_1252
from tests.parse.feeds import item, read_either, rss

TEXT = rss("<item><title>Café Zürich – “Japan”</title></item>").decode()
PLAIN = rss("<item><title>Café Zürich</title></item>").decode()


def declared(text: str, encoding: str) -> str:
    return text.replace('encoding="UTF-8"', f'encoding="{encoding}"')


def title_of(body: bytes, **arguments: str) -> str:
    return words(read_either(body, **arguments).items[0].elements, "title")


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"\xff\xfe\0\0", "utf-32-le"),
        (b"\0\0\xfe\xff", "utf-32-be"),
    ],
)
def test_a_byte_order_mark_says_the_encoding(mark, codec):
    assert title_of(mark + TEXT.encode(codec)) == "Café Zürich – “Japan”"


@pytest.mark.parametrize("encoding", ["iso-8859-1", "Windows-1252", "iso-8859-15", "cp1252"])
def test_a_declared_encoding_is_heeded(encoding):
    assert title_of(declared(PLAIN, encoding).encode(encoding)) == "Café Zürich"


def test_latin_1_is_read_as_everybody_writes_it():
    assert title_of(declared(TEXT, "iso-8859-1").encode("cp1252")) == "Café Zürich – “Japan”"


def test_japanese_encodings_are_allowed():
    body = declared(rss("<item><title>安全保障</title></item>").decode(), "Shift_JIS").encode("shift_jis")

    assert title_of(body) == "安全保障"


@pytest.mark.parametrize("content_type", ["text/xml", "text/xml; charset=iso-8859-1", "application/xml"])
def test_the_declaration_stands_above_the_content_type(content_type):
    assert title_of(TEXT.encode(), content_type=content_type) == "Café Zürich – “Japan”"


def test_without_a_declaration_the_content_type_is_believed_unless_the_bytes_are_utf_8():
    bare = PLAIN.split("?>", 1)[1]

    assert title_of(bare.encode("iso-8859-1"), content_type="text/xml; charset=ISO-8859-1") == "Café Zürich"
    assert title_of(bare.encode(), content_type="text/xml; charset=ISO-8859-1") == "Café Zürich"


def test_declared_utf_8_that_is_none_is_read_as_windows_1252_and_flagged():
    found = read_either(TEXT.encode("cp1252"))

    assert words(found.items[0].elements, "title") == "Café Zürich – “Japan”"
    assert "declared utf-8, read as windows-1252" in found.flags


def test_one_stray_byte_does_not_spoil_the_rest():
    assert title_of(TEXT.encode().replace("é".encode(), b"\xe9")) == "Café Zürich – “Japan”"


def test_declared_latin_1_that_is_utf_8_is_read_as_utf_8_and_flagged():
    found = read_either(declared(TEXT, "iso-8859-1").encode())

    assert words(found.items[0].elements, "title") == "Café Zürich – “Japan”"
    assert found.flags == ("declared iso-8859-1, read as utf-8",)


def test_declared_utf_16_in_single_bytes_is_read_as_utf_8():
    assert title_of(declared(TEXT, "utf-16").encode()) == "Café Zürich – “Japan”"


@pytest.mark.parametrize(
    "encoding", ["utf-7", "zlib", "rot13", "idna", "unicode_escape", "undefined", "punycode", "hex", "x" * 1_000_000]
)
def test_an_encoding_that_is_not_allowed_is_refused(encoding):
    with pytest.raises(ParseError) as caught:
        read_either(declared(TEXT, encoding).encode())

    assert caught.value.kind == "unknown encoding"
    assert len(caught.value.detail) < 100


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_characters_without_a_mark_are_refused(codec):
    with pytest.raises(ParseError) as caught:
        read_either(TEXT.encode(codec))

    assert caught.value.kind == "unknown encoding"


def test_surrogates_in_utf_8_become_the_character_they_mean():
    pair = "\ud83d\ude00".encode("utf-8", "surrogatepass")

    assert stray_bytes_as_windows_1252(b"a" + pair + b"\xed\xa0\x80z").decode() == "a\U0001f600\ufffdz"


def test_bytes_that_are_no_utf_16_are_replaced_and_flagged():
    found = read_either(b"\xff\xfe" + TEXT.encode("utf-16-le").replace("é".encode("utf-16-le"), b"\x00\xd8"))

    assert words(found.items[0].elements, "title").startswith("Caf\ufffd")
    assert found.flags == ("some bytes are no utf-16-le: replaced",)


def test_the_hash_of_an_item_does_not_depend_on_the_encoding():
    utf8 = read_either(PLAIN.encode())

    assert read_either(declared(PLAIN, "iso-8859-1").encode("iso-8859-1")).order == utf8.order
    assert read_either(b"\xff\xfe" + PLAIN.encode("utf-16-le")).order == utf8.order


def test_ascii_needs_no_conversion():
    assert title_of(declared(rss(item(1)).decode(), "us-ascii").encode()) == "Episode 1"
