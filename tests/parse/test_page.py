"""Reading one episode from its web page."""

import pickle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediafeed.errors import ParseError
from mediafeed.model.parsed import FeedForm, named, words
from mediafeed.model.source import FailureKind
from mediafeed.parse.page import feeds_behind, read_page

PAGES = Path(__file__).parent / "pages"
EPISODE = "https://www.institute.example/podcasts/global-security-briefing/episode-33-how-japan-rethinking-role"


def page(name: str) -> bytes:
    return (PAGES / f"{name}.html").read_bytes()


def elements_of(body: bytes, url: str = EPISODE, content_type: str = "text/html"):
    return read_page(body, url=url, content_type=content_type).items[0].elements


def html(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode()


def test_an_institute_s_page_gives_title_date_length_and_show():
    found = elements_of(page("institute"))

    assert words(found, "title") == "Episode 33: How is Japan Rethinking Its Role in International Security?"
    assert words(found, "page:heading") == words(found, "title")
    assert words(found, "link") == EPISODE
    assert words(found, "pubDate") == "21 September 2022"
    assert words(found, "page:listen") == "48 Minute Listen"
    assert words(found, "page:show") == "Global Security Briefing"
    assert named(found, "page:show")[0].get("href").endswith("/podcasts/global-security-briefing")
    assert named(found, "itunes:image")[0].get("href") == "https://www.institute.example/images/japan.jpg"
    assert named(found, "enclosure") == ()
    assert named(found, "guid") == ()


def test_a_disclaimer_is_kept_and_is_not_the_lead():
    found = elements_of(page("institute"))

    assert words(found, "description").startswith("Threats in its neighbourhood")
    assert "The views or statements expressed" in words(found, "content:encoded")
    assert "The views or statements expressed" in words(found, "page:text")


def test_the_notes_are_the_text_alone_with_its_links():
    notes = words(elements_of(page("institute")), "content:encoded")

    assert '<a href="https://other.example/">Council of Examples</a>' in notes
    assert "for itself &amp; with whom" in notes
    assert "<ul>\n<li>Money</li>\n<li>Partners</li>\n</ul>" in notes
    for other in ("Contributors", "Podcast series", "Episode 32", "dataLayer", "Example Street", "21 September"):
        assert other not in notes


def test_contributor_cards_name_people_without_a_role():
    found = elements_of(page("institute"))

    assert [(person.text, person.get("position")) for person in named(found, "page:person")] == [
        ("Neil Melvin", "Director, International Security, Example Institute"),
        ("Professor Bo Sample", "Senior Fellow"),
    ]
    assert named(found, "page:person")[0].get("href") == "https://www.institute.example/people/neil-melvin"
    assert named(found, "podcast:person") == ()


def test_what_is_related_says_nothing_about_this_episode():
    found = elements_of(page("institute"))

    assert "Episode 32" not in words(found, "page:text")
    assert "Cleo Other" not in [person.text for person in named(found, "page:person")]


def test_a_blog_post_gives_the_date_of_the_episode_and_its_own():
    found = elements_of(page("blog"), "https://notebook.example/?p=7")

    assert words(found, "title") == "RUSI Global Security Briefing Podcast Episode 33"
    assert words(found, "pubDate") == "21 September 2022"
    assert words(found, "page:posted") == "2022-10-03T08:15:00+00:00"
    assert words(found, "page:listen") == "48 Minute Listen"
    assert words(found, "page:show") == "RUSI Global Security Briefing"
    assert words(found, "itunes:episode") == "33"
    assert words(found, "link") == "https://notebook.example/2022/10/03/podcast-episode-33/"


def test_who_posts_about_an_episode_is_nobody_on_it():
    found = elements_of(page("blog"), "https://notebook.example/?p=7")

    assert words(found, "itunes:author", "author", "dc:creator") == ""
    assert named(found, "podcast:person") + named(found, "page:person") == ()


def test_a_blog_post_s_text_is_without_buttons_and_comments():
    found = elements_of(page("blog"), "https://notebook.example/?p=7")

    assert words(found, "description").startswith("How is Japan Rethinking")
    assert "Share this" not in words(found, "content:encoded")
    assert "Very good" not in words(found, "page:text")
    assert words(found, "page:summary") == ""


def test_a_post_without_a_stated_date_has_the_date_it_was_posted():
    body = page("blog").replace(b"<p>21 September 2022</p>", b"")

    found = elements_of(body, "https://notebook.example/?p=7")

    assert words(found, "pubDate") == "2022-10-03T08:15:00+00:00"
    assert named(found, "page:posted") == ()


def test_json_ld_is_read_however_sloppy_it_is():
    found = elements_of(page("structured"), "https://show.example/7")

    assert words(found, "title") == "The Lighthouse"
    assert words(found, "pubDate") == "2023-02-01T06:00:00+00:00"
    assert words(found, "itunes:duration") == "PT41M7S"
    assert (words(found, "itunes:season"), words(found, "itunes:episode")) == ("2", "7")
    assert words(found, "page:show") == "Stories of the Sea"
    assert words(found, "itunes:author") == "Dee Keeper"
    assert words(found, "description") == "A keeper\ntells what he saw."
    assert named(found, "itunes:image")[0].get("href") == "https://cdn.show.example/7.jpg"


def test_only_a_person_whose_role_is_said_has_one():
    found = elements_of(page("structured"), "https://show.example/7")

    assert [(person.text, person.get("role"), person.get("href")) for person in named(found, "podcast:person")] == [
        ("Fay Roled", "guest", "https://fay.example/")
    ]
    assert [person.text for person in named(found, "page:person")] == ["Eli Plain"]


def test_every_audio_file_is_an_enclosure_once_and_json_ld_s_is_first():
    found = elements_of(page("structured"), "https://show.example/7")

    assert [(each.get("url"), each.get("type"), each.get("length")) for each in named(found, "enclosure")] == [
        ("https://cdn.show.example/7.mp3?a=1&b=2", "audio/mpeg", "4100000"),
        ("https://cdn.show.example/7-og.mp3", "audio/mpeg", ""),
        ("https://show.example/audio/7.m4a", "audio/mp4", ""),
        ("https://show.example/audio/7.ogg", "audio/ogg", ""),
    ]


def test_a_known_player_is_told_and_no_audio_is_claimed_from_it():
    found = elements_of(page("structured"), "https://show.example/7")

    assert [(player.text, player.get("host")) for player in named(found, "page:player")] == [
        ("https://html5-player.libsyn.com/embed/episode/id/1234567/height/90/", "libsyn")
    ]


def test_the_head_says_what_the_page_says_of_the_show():
    head = read_page(page("structured"), url="https://show.example/7").head or ()

    assert (words(head, "title"), words(head, "link"), words(head, "description"), words(head, "language")) == (
        "Stories of the Sea",
        "https://show.example/",
        "Old stories.",
        "en",
    )


def test_a_list_of_episodes_in_json_ld_is_about_none_of_them():
    script = '[{"@type":"PodcastEpisode","name":"A","url":"/a"},{"@type":"PodcastEpisode","name":"B","url":"/b"}]'
    body = html(f"<h1>All</h1><p>Words.</p><script type=application/ld+json>{script}</script>")

    assert words(elements_of(body, "https://show.example/all"), "title") == "All"
    assert words(elements_of(body, "https://show.example/b"), "title") == "B"


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("21 September 2022", "21 September 2022"),
        ("21st September 2022 | 48 Minute Listen", "21st September 2022"),
        ("Wednesday, 21 Sept. 2022", "Wednesday, 21 Sept. 2022"),
        ("September 21, 2022 · 48 min listen", "September 21, 2022"),
        ("Podcast | 21 September 2022", "21 September 2022"),
        ("Released on 21 September 2022", "21 September 2022"),
        ("2022-09-21", "2022-09-21"),
        ("21. septembre 2022", "21. septembre 2022"),
        ("Recorded in London on 21 September 2022", ""),
        ("Posted 21 September 2022", ""),
        ("On 21 September 2022 the minister spoke of many things.", ""),
    ],
)
def test_a_date_is_stated_where_it_stands_alone_after_the_title(line, date):
    body = html(
        f"<article><h1>T</h1><p>{line}</p><p>Words.</p></article>",
        '<meta property="article:published_time" content="2023-01-01T00:00:00Z">',
    )

    assert words(elements_of(body), "pubDate") == (date or "2023-01-01T00:00:00Z")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("48 Minute Listen", "48 Minute Listen"),
        ("48 min listen", "48 min listen"),
        ("1 hour 12 minute listen", "1 hour 12 minute listen"),
        ("Listen: 48 mins", "Listen: 48 mins"),
        ("Duration: 1:02:03", "Duration: 1:02:03"),
        ("5 minute read", ""),
        ("In 48 minutes they spoke", ""),
        ("Listen, 20 people said", ""),
    ],
)
def test_a_length_to_hear_is_taken_as_printed(text, said):
    assert words(elements_of(html(f"<h1>T</h1><p>{text}</p><p>Words.</p>")), "page:listen") == said


def test_a_time_element_dates_a_page_that_says_nothing_else():
    body = html("<main><h1>T</h1><p>By us, <time datetime='2022-09-21'>Wednesday</time></p><p>Words.</p></main>")

    assert words(elements_of(body), "pubDate") == "2022-09-21"


def test_a_heading_without_the_site_s_name_is_the_title():
    body = html("<h1>Episode 3: Kyoto</h1><p>Words.</p>", "<meta property=og:title content='Episode 3: Kyoto | Site'>")

    assert words(elements_of(body), "title") == "Episode 3: Kyoto"


def test_a_page_without_a_heading_is_titled_by_its_title():
    assert words(elements_of(html("<p>Words.</p>", "<title> The\n Title </title>")), "title") == "The Title"


@pytest.mark.parametrize("canonical", ["https://www.institute.example/", "javascript:alert(1)", "", "http://[::1"])
def test_a_canonical_address_that_is_none_is_not_the_link(canonical):
    body = html("<h1>T</h1><p>Words.</p>", f'<link rel=canonical href="{canonical}">')

    assert words(elements_of(body), "link") == EPISODE


@pytest.mark.parametrize(
    "source", ["javascript:alert(1)", "data:audio/mpeg;base64,AAAA", "file:///etc/passwd", "http://u:p@a.example/1.mp3"]
)
def test_an_address_that_is_not_http_is_no_audio(source):
    body = html(f'<h1>T</h1><audio src="{source}"></audio><p>Words.</p>')

    assert named(elements_of(body), "enclosure") == ()


def test_the_same_words_have_the_same_hash_whatever_else_changes():
    first = read_page(page("institute"), url=EPISODE)
    again = read_page(page("institute").replace(b'"podcast"', b'"nonce-4711"'), url=EPISODE)
    edited = read_page(page("institute").replace(b"Threats", b"Dangers"), url=EPISODE)

    assert first.form is FeedForm.PAGE
    assert first.items[0].hash == again.items[0].hash == first.order[0]
    assert first.items[0].hash != edited.items[0].hash


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<h1>Café “x”</h1><p>w</p>".encode("cp1252"), "text/html; charset=iso-8859-1"),
        ("<meta charset=windows-1252><h1>Café “x”</h1><p>w</p>".encode("cp1252"), "text/html"),
        ("<meta charset=iso-8859-1><h1>Café “x”</h1><p>w</p>".encode(), "text/html; charset=latin1"),
        ("<h1>Café “x”</h1><p>w</p>".encode("cp1252"), ""),
        ("<h1>Café “x”</h1><p>w</p>".encode("utf-16"), ""),
        ("<h1>Café “x”</h1><p>w</p>".encode("utf-8-sig"), "text/html; charset=koi8-r"),
        ("<meta charset=zlib><h1>Café “x”</h1><p>w</p>".encode(), "text/html; charset=unicode_escape"),
    ],
)
def test_a_page_is_read_in_the_encoding_it_is_really_in(body, content_type):
    assert words(elements_of(body, content_type=content_type), "title") == "Café “x”"


def test_characters_that_no_feed_may_hold_are_replaced():
    found = elements_of(html("<h1>A\x00B\x08C&#xFFFE;D&#xD800;E</h1><p>w</p>"))

    assert not set(words(found, "title")) & {"\x00", "\x08", "\ufffe", "\ud800"}
    assert words(found, "title").startswith("A")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", FailureKind.EMPTY),
        (b" \n\t ", FailureKind.EMPTY),
        (b"<p>" + b"x" * (6 * 1024 * 1024), FailureKind.TOO_LARGE),
        (b"%PDF-1.7 \x00\x01\x02", FailureKind.MALFORMED),
        (b'{"a": 1}', FailureKind.MALFORMED),
        (b"<?xml version='1.0'?><rss><channel><title>T</title></channel></rss>", FailureKind.MALFORMED),
        (html(""), FailureKind.MALFORMED),
        (html("<h1>404</h1><p>Sorry.</p>"), FailureKind.MISSING),
        (html("<h1>Oops</h1><p>Sorry.</p>", "<title>Page not found - Site</title>"), FailureKind.MISSING),
        (html("<h1>www.site.example</h1>", "<title>Just a moment...</title>"), FailureKind.BLOCKED),
        (html("<p>x</p>" * 200_000), FailureKind.HOSTILE),
        (b"<p " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">", FailureKind.HOSTILE),
        (b"<p " + b"".join(b"a%d='1'" % n for n in range(100_000)) + b">", FailureKind.HOSTILE),
    ],
)
def test_what_is_no_episode_s_page_is_a_typed_refusal(body, kind):
    with pytest.raises(ParseError) as caught:
        read_page(body, url=EPISODE)

    assert caught.value.kind == kind


def test_a_page_about_missing_pages_is_a_page():
    body = html("<h1>Page not found: a podcast about archives</h1>" + "<p>" + "Long words. " * 200 + "</p>")

    assert words(elements_of(body), "title").startswith("Page not found")


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 100_000,
        "<a><b><i><nobr>" * 5000,
        "<header>" * 200 + "<article>" * 200 + "<h1>T</h1>",
        "<p>" + "word " * 500_000,
        "<li>" * 50_000,
        "<h2>More episodes</h2>" * 20_000,
        "<a href='/people/aya-demo'>Aya Demo</a>" * 10_000,
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        '<script type="application/ld+json">' + '{"@graph":' * 5000 + "</script>",
        '<script type="application/ld+json">' + "," * 200_000 + "</script>",
        "<p>" + "1 hour " * 50_000 + "</p><p>" + "21 September " * 20_000 + "</p>",
        "<!--" + "x" * 1_000_000,
    ],
)
def test_a_hostile_page_is_read_or_refused_in_a_moment(body):
    try:
        read = read_page(html("<h1>T</h1>" + body), url=EPISODE)
    except ParseError as error:
        read = None
        assert error.kind in {FailureKind.HOSTILE, FailureKind.MALFORMED}  # noqa: PT017 - both outcomes are right

    assert read is None or len(read.items) == 1


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["institute", "blog", "structured", "show"]), st.data())
def test_no_damage_to_a_page_raises_anything_but_a_parse_error(name, data):
    body = page(name)
    at = data.draw(st.integers(0, len(body)))
    damaged = body[:at] + data.draw(st.binary(max_size=12)) + body[at + data.draw(st.integers(0, 60)) :]

    try:
        result: object = (read_page(damaged, url=EPISODE), feeds_behind(damaged, url=EPISODE))
    except ParseError as error:
        result = error.kind

    assert result


def test_what_was_read_can_be_sent_between_processes():
    read = read_page(page("institute"), url=EPISODE)

    assert pickle.loads(pickle.dumps(read)) == read
