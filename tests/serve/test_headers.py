"""Media types and who may read: as podcast apps and browsers expect them."""

import pytest

from mediafeed.serve.headers import headers_of, media_type


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("feed.xml", "application/rss+xml; charset=utf-8"),
        ("list.xml", "application/rss+xml; charset=utf-8"),
        ("people/a/feed.xml", "application/rss+xml; charset=utf-8"),
        ("shows/a/archive/feed-12.xml", "application/rss+xml; charset=utf-8"),
        ("archive/feed-1.json", "application/feed+json"),
        ("feed.json", "application/feed+json"),
        ("feed.opml", "text/x-opml; charset=utf-8"),
        ("episodes/a/b/chapters.json", "application/json+chapters"),
        ("episodes/a/feed/index.html", "text/html; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("sources/a/audit.json", "application/json"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("assets/cover.png", "image/png"),
        ("assets/icon.svg", "image/svg+xml"),
        ("assets/style.css", "text/css; charset=utf-8"),
        ("README", "application/octet-stream"),
    ],
)
def test_a_file_is_called_what_it_is(path: str, expected: str):
    assert media_type(path) == expected


@pytest.mark.parametrize(
    "path", ["feed.xml", "feed.json", "feed.opml", "episodes/a/b/chapters.json", "archive/feed-1.xml"]
)
def test_programs_on_other_sites_may_read_feeds_and_chapters(path: str):
    assert dict(headers_of(path, 5000))[b"access-control-allow-origin"] == b"*"


def test_pages_are_for_readers_and_load_nothing_from_elsewhere():
    said = dict(headers_of("index.html", 5000))

    assert b"access-control-allow-origin" not in said
    assert b"default-src 'none'" in said[b"content-security-policy"]


def test_an_archive_may_be_kept_for_longer_than_a_feed():
    assert dict(headers_of("archive/feed-1.xml", 5000))[b"cache-control"] == b"max-age=86400"
    assert dict(headers_of("feed.xml", 5000))[b"cache-control"] == b"max-age=300"


@pytest.mark.parametrize(
    ("path", "length", "varies"), [("a.html", 5000, True), ("a.html", 50, False), ("a.png", 5000, False)]
)
def test_what_has_several_forms_says_so(path: str, length: int, varies: bool):
    assert (b"vary" in dict(headers_of(path, length))) is varies
