"""URLs in the spellings of people, and of those who want to get past the guard."""

import pytest

from mediafeed.fetch.address import joined, read_address
from mediafeed.fetch.failure import NoAnswerError
from mediafeed.model.source import FailureKind

BASE = read_address("https://podcast.example/shows/feed?page=2")


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("https://podcast.example", "https://podcast.example"),
        (" HTTPS://Podcast.Example.:443/Feed#top ", "https://podcast.example/Feed"),
        ("http://podcast.example:8080?a=b", "http://podcast.example:8080?a=b"),
        ("http://podcast.example:/a", "http://podcast.example/a"),
        ("http://a_b.example/50%/%7efeed?q=a b&c=[é]", "http://a_b.example/50%25/%7efeed?q=a%20b&c=[%C3%A9]"),
        ("http://podcast.example/a\\b", "http://podcast.example/a%5Cb"),
        ("https://Bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://раypal.example/", "https://xn--ypal-43d9g.example/"),
        ("http://8.8.8.8/", "http://8.8.8.8/"),
        ("http://[2606:4700:0::1]:8080/", "http://[2606:4700::1]:8080/"),
        ("http://podcast.example/" + "a" * 7_000, "http://podcast.example/" + "a" * 7_000),
    ],
)
def test_an_address_has_one_form(url, plain):
    assert str(read_address(url)) == plain


@pytest.mark.parametrize(
    "url",
    [
        "",
        "podcast.example/feed",
        "/feed",
        "http:feed",
        "http:/podcast.example/",
        "http://",
        "http:///x",
        "http://:80/",
        "http://?x",
        "http://a\\@127.0.0.1/",
        "http://a\\.example/",
        "http://%31%32%37.0.0.1/",
        "http://podcast.example:0/",
        "http://podcast.example:65536/",
        "http://podcast.example:8 0/",
        "http://podcast.example:٨٠/",
        "http://podcast.example:80:80/",
        "http://podcast.example/\r\nHost: evil.example",
        "http://podcast.example/\x00",
        "http://podcast.example/\u2028",
        "ht\ttp://podcast.example/",
        "http://pod\ncast.example/",
        "http://podcast.example/" + "a" * 100_000,
        "http://" + "a" * 64 + ".example/",
        "http://" + "a." * 130 + "example/",
        "http://-.example/",
        "http://a..example/",
        "http://.example/",
        "http://pod cast.example/",
        "http://pod<cast.example/",
        "http://[::1/",
        "http://::1/",
        "http://[fe80::1%25eth0]/",
        "http://[127.0.0.1]/",
        "http://[v1.x]/",
        "http://[::1]x/",
        "http://\u00ad/",
        "http://xn--\u00fc.example/",
    ],
)
def test_what_can_be_read_in_two_ways_is_no_address(url):
    with pytest.raises(NoAnswerError) as caught:
        read_address(url)

    assert caught.value.kind is FailureKind.BAD_ADDRESS
    assert len(caught.value.detail) < 100


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "gopher://podcast.example/",
        "ftp://podcast.example/",
        "data:text/xml,<rss/>",
        "javascript:alert(1)",
        "http://neil:sesame@podcast.example/",
        "http://podcast.example@evil.example/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://0/",
        "http://0x/",
        "http://1.2.3.4.5/",
        "http://evil.example.1/",
        "http://①②⑦.⓪.⓪.①/",
        "http://127。0。0。1/",
        "http://127.0.0.1./",
    ],
)
def test_what_is_never_asked_is_refused(url):
    with pytest.raises(NoAnswerError) as caught:
        read_address(url)

    assert caught.value.kind is FailureKind.REFUSED
    assert "sesame" not in str(caught.value)


def test_a_login_in_an_address_is_refused_with_a_word_about_auth():
    with pytest.raises(NoAnswerError, match="auth"):
        read_address("http://neil:sesame@podcast.example/")


@pytest.mark.parametrize(
    ("location", "plain"),
    [
        ("feed.xml", "https://podcast.example/shows/feed.xml"),
        ("/a b#c", "https://podcast.example/a%20b"),
        ("?page=3", "https://podcast.example/shows/feed?page=3"),
        ("//cdn.example/feed", "https://cdn.example/feed"),
        (" http://cdn.example/feed ", "http://cdn.example/feed"),
        ("/caf\xc3\xa9", "https://podcast.example/caf%C3%A9"),
        ("/caf\xe9", "https://podcast.example/caf%C3%A9"),
        ("", "https://podcast.example/shows/feed?page=2"),
    ],
)
def test_a_redirect_is_read_from_where_it_stands(location, plain):
    assert str(joined(BASE, location)) == plain
