"""The feeds behind a page."""

from pathlib import Path

import pytest

from mediafeed.errors import ParseError
from mediafeed.model.parsed import FeedLink, LinkKind
from mediafeed.parse.page import feeds_behind
from mediafeed.parse.podcast_hosts import apple_id, feed_of, player_of

UUID = "00000000-0000-4000-8000-000000000001"
PAGES = Path(__file__).parent / "pages"


def targets(body: str, url: str = "https://show.example/podcast") -> list[str]:
    return [link.target for link in feeds_behind(f"<html><body>{body}".encode(), url=url)]


def test_the_podcast_s_own_feed_comes_first_and_comments_last():
    links = feeds_behind((PAGES / "show.html").read_bytes(), url="https://show.example/")

    assert links == (
        FeedLink(LinkKind.ALTERNATE, "https://show.example/site/show.rss", "A Show, the podcast"),
        FeedLink(LinkKind.HOST, "https://anchor.fm/s/5c1d3e90/podcast/rss", "Anchor"),
        FeedLink(LinkKind.HOST, "https://feeds.buzzsprout.com/123456.rss", "Buzzsprout"),
        FeedLink(LinkKind.ALTERNATE, "https://show.example/site/news.xml", "News"),
        FeedLink(LinkKind.APPLE, "1234567890", "Apple Podcasts"),
        FeedLink(LinkKind.ALTERNATE, "https://other.example/more.rss", "RSS feed"),
        FeedLink(LinkKind.ALTERNATE, "https://show.example/site/comments/feed/", "Comments on A Show"),
    )


def test_a_blog_s_feed_comes_before_its_comments_and_its_interface_is_no_feed():
    links = feeds_behind((PAGES / "blog.html").read_bytes(), url="https://notebook.example/x")

    assert [link.target for link in links] == [
        "https://notebook.example/feed/",
        "https://notebook.example/comments/feed/",
    ]


def test_the_feed_that_json_ld_names_is_the_page_s_own_word():
    links = feeds_behind((PAGES / "structured.html").read_bytes(), url="https://show.example/7")

    assert links[0] == FeedLink(LinkKind.ALTERNATE, "https://feeds.show.example/sea.xml", "Stories of the Sea")


def test_a_page_is_not_its_own_feed():
    body = '<link rel=alternate type=application/rss+xml href="/podcast">'

    assert targets(body) == []


def test_http_and_https_of_one_address_are_one_link():
    body = '<a href="http://feeds.megaphone.fm/ABC">x</a><a href="https://feeds.megaphone.fm/ABC/">y</a>'

    assert targets(body) == ["http://feeds.megaphone.fm/ABC"]


def test_a_page_full_of_links_gives_a_few():
    body = "".join(f'<a href="https://feeds.megaphone.fm/S{n}">x</a>' for n in range(3000))

    assert len(targets(body)) == 40


def test_no_page_is_refused():
    with pytest.raises(ParseError):
        feeds_behind(b"", url="https://show.example/")


@pytest.mark.parametrize(
    "feed",
    [
        "https://anchor.fm/s/13b71908/podcast/rss",
        "https://example.libsyn.com/rss",
        "https://feeds.buzzsprout.com/794573.rss",
        "https://feeds.megaphone.fm/ABC1234567",
        "https://feeds.simplecast.com/xl36XBC2",
        "https://feeds.acast.com/public/shows/example",
        "https://rss.acast.com/example",
        "https://feeds.soundcloud.com/users/soundcloud:users:123456/sounds.rss",
        "https://feed.podbean.com/example/feed.xml",
        "https://feeds.transistor.fm/example",
        "https://www.spreaker.com/show/1234567/episodes/feed",
        "https://rss.art19.com/example",
        "https://audioboom.com/channels/1234567.rss",
        "http://feeds.feedburner.com/Example",
        f"https://www.omnycontent.com/d/playlist/{UUID}/{UUID}/{UUID}/podcast.rss",
    ],
)
def test_a_feed_on_a_known_host_is_known_as_one(feed):
    assert feed_of(feed) == (feed, True)


@pytest.mark.parametrize(
    ("address", "feed"),
    [
        (
            "https://anchor.fm/s/5c1d3e90/podcast/play/123/https%3A%2F%2Fcdn.example%2F1.mp3",
            "https://anchor.fm/s/5c1d3e90/podcast/rss",
        ),
        ("https://example.libsyn.com/33-japan", "https://example.libsyn.com/rss"),
        ("https://traffic.libsyn.com/secure/example/33.mp3?dest-id=7", "https://example.libsyn.com/rss"),
        ("https://www.buzzsprout.com/123456/9-x.js?player=small", "https://feeds.buzzsprout.com/123456.rss"),
        ("https://shows.acast.com/example/episodes/1", "https://feeds.acast.com/public/shows/example"),
        (
            "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/users/123456&color=f50",
            "https://feeds.soundcloud.com/users/soundcloud:users:123456/sounds.rss",
        ),
        ("https://example.podbean.com/e/one/", "https://feed.podbean.com/example/feed.xml"),
        ("https://widget.spreaker.com/player?x=1&show_id=42", "https://www.spreaker.com/show/42/episodes/feed"),
        ("https://art19.com/shows/example/embed", "https://rss.art19.com/example"),
    ],
)
def test_an_address_on_a_known_host_leads_to_its_feed(address, feed):
    assert feed_of(address) == (feed, False)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.libsyn.com/",
        "https://html5-player.libsyn.com/embed/episode/id/1/",
        "https://www.podbean.com/",
        "https://www.buzzsprout.com/help/12-x",
        "https://libsyn.com.evil.example/rss",
        "https://evil.example/?u=https://anchor.fm/s/1/podcast/rss",
        "https://open.spotify.com/show/abc",
    ],
)
def test_an_address_that_leads_nowhere_is_not_guessed_at(address):
    assert feed_of(address) == ("", False)


@pytest.mark.parametrize(
    ("address", "identity"),
    [
        ("https://podcasts.apple.com/gb/podcast/a-show/id1234567890", "1234567890"),
        ("https://podcasts.apple.com/us/podcast/id1234567890?i=1000", "1234567890"),
        ("https://itunes.apple.com/gb/podcast/a-show/id1234567890?mt=2", "1234567890"),
        ("https://embed.podcasts.apple.com/us/podcast/one/id1234567890?i=7", "1234567890"),
        ("https://overcast.fm/itunes1234567890/a-show", "1234567890"),
        ("https://pca.st/itunes/1234567890", "1234567890"),
        ("https://apps.apple.com/app/id1234567890", ""),
        ("https://podcasts.apple.com/gb/browse", ""),
    ],
)
def test_apple_s_number_of_a_show_is_found(address, identity):
    assert apple_id(address) == identity


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://open.spotify.com/embed/episode/abc", "spotify"),
        ("https://anchor.fm/a-show/embed/episodes/one-e1abc", "anchor"),
        ("https://podcasters.spotify.com/pod/show/a-show/embed/episodes/one-e1abc", "spotify"),
        ("https://www.buzzsprout.com/1/2-x?iframe=true", "buzzsprout"),
        ("https://www.youtube.com/embed/abc", ""),
    ],
)
def test_a_player_is_known_by_its_address(address, host):
    assert player_of(address) == host
