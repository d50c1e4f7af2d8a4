"""From one item to one telling."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mediafeed.model.episode import DatePrecision, Duration, DurationOrigin, EpisodeKind, Hearing, Role
from mediafeed.model.parsed import Element, ParsedItem
from mediafeed.model.source import Source
from mediafeed.normalize.episode import episode_from
from tests.normalize.making import NOW, SOURCE, STRAITS, audio, element, item, page_source, told


def test_an_item_s_words_become_claims():
    episode = told(
        element("guid", " 33 ", isPermaLink="false"),
        audio(),
        element("itunes:image", href="https://example.org/33.jpg"),
        element("podcast:chapters", url="https://example.org/33.json", type="application/json+chapters"),
        element("podcast:transcript", url="https://example.org/33.vtt", type="text/vtt"),
        title=" Episode 33:\n The Strait ",
        link="https://example.org/podcasts/33",
        pubDate="Wed, 21 Sep 2022 10:30:00 +0100",
        description="Short words about the strait of Hormuz.",
        content_encoded="<p>Many more words about the strait of Hormuz and <a href='https://x.example'>others</a>.</p>",
        itunes_duration="48:00",
        itunes_episode="33",
        itunes_season="2",
        itunes_explicit="no",
        itunes_keywords="straits, ships",
        itunes_author="Example Institute",
    )

    assert (episode.title, episode.number, episode.season, episode.kind) == (
        "Episode 33: The Strait",
        33,
        2,
        EpisodeKind.FULL,
    )
    assert episode.hearings == (
        Hearing(
            source="straits",
            key="33",
            guid="33",
            page="https://example.org/podcasts/33",
            enclosure="https://cdn.example.org/33.mp3",
        ),
    )
    assert (episode.id, episode.path, episode.published_guid, episode.guid) == ("", "", "", "33")
    assert episode.guid_is_permalink is False
    assert episode.published == datetime(2022, 9, 21, 9, 30, tzinfo=UTC)
    assert episode.duration == Duration(2880, DurationOrigin.DECLARED)
    assert episode.summary == "Short words about the strait of Hormuz."
    assert episode.notes.startswith("<p>Many more")
    assert (episode.explicit, episode.author, episode.image) == (
        False,
        "Example Institute",
        "https://example.org/33.jpg",
    )
    assert (episode.chapters, episode.transcripts) == ("https://example.org/33.json", ("https://example.org/33.vtt",))
    assert episode.keywords == ("straits", "ships")
    assert (episode.first_heard, episode.flags) == (NOW, ())


def test_everything_without_a_field_is_carried_word_for_word_and_in_order():
    strange = Element("{http://example.org/ns}mood", " good ", (("x", "1"),), (Element("{http://example.org/ns}y"),))
    persons = element("podcast:person", "Ann", role="guest"), element("podcast:person", "Bo", role="host")

    episode = told(audio(), strange, *persons, title="Oman", comments="https://x.example", dc_creator="Ann")

    assert episode.extras == (element("comments", "https://x.example"), element("dc:creator", "Ann"), strange, *persons)


def test_a_description_with_markup_is_carried_to_the_letter_and_the_notes_are_not_carried_twice():
    longer = "<p>Many, many more words than that.</p>"

    episode = told(title="x", description="<i>Short</i> words.", content_encoded=longer)

    assert episode.extras == (element("description", "<i>Short</i> words."),)
    assert told(title="x", description="Plain words.").extras == ()


def test_a_title_that_says_it_is_html_is_read_as_html_and_no_other():
    assert told(element("title", "Ships &amp; <b>Straits</b>", type="html")).title == "Ships & Straits"
    assert told(title="Ships &amp; Straits").title == "Ships &amp; Straits"


def test_other_files_of_an_item_are_carried():
    video = audio("https://a.example/1.mp4", type="video/mp4")

    assert told(video, audio(), title="x").extras == (video,)


def test_what_else_stands_on_the_audios_element_is_carried_under_its_address():
    episode = told(element("enclosure", url="https://a.example/1 2.mp3", type="audio/mpeg", checksum="9f"), title="x")

    assert episode.extras == (element("enclosure", url="https://a.example/1%202.mp3", checksum="9f"),)
    assert episode.enclosure
    assert episode.enclosure.url == "https://a.example/1%202.mp3"


def test_of_several_notes_and_descriptions_all_are_carried():
    notes = (element("content:encoded", "<p>Many more words.</p>"), element("content:encoded", "<p>Few.</p>"))
    described = (element("description", "Few."), element("description", "Others."))

    assert told(*notes, *described, title="x").extras == (*notes, *described)


def test_a_page_s_own_vocabulary_is_not_carried():
    episode = told(element("page:text", "words"), element("page:heading", "Oman"), title="Oman")

    assert episode.extras == ()


def test_caps_hold_against_floods():
    chapters = Element("psc:chapters", children=tuple(Element("psc:chapter") for _ in range(100_000)))
    persons = tuple(element("podcast:person", f"Person {n}") for n in range(10_000))

    episode = told(chapters, *persons, title="x")

    assert sum(extra.name == "podcast:person" for extra in episode.extras) == 100
    assert len(episode.extras[0].children) == 1000


@pytest.mark.parametrize(
    ("attributes", "guid", "expected"),
    [
        ({}, "https://example.org/33", True),
        ({"isPermaLink": "true"}, "https://example.org/33", True),
        ({"isPermaLink": "false"}, "https://example.org/33", False),
        ({}, "33", False),
    ],
)
def test_a_guid_is_a_permalink_unless_it_says_no_or_is_no_address(attributes, guid, expected):
    assert told(element("guid", guid, **attributes), title="x").guid_is_permalink is expected


def test_the_page_is_the_link_else_a_guid_that_is_a_permalink():
    guid = element("guid", "https://example.org/33")

    assert told(guid, title="x", link="https://example.org/page").page == "https://example.org/page"
    assert told(guid, title="x").page == "https://example.org/33"
    assert told(element("guid", "https://example.org/33", isPermaLink="false"), title="x").page is None
    assert told(title="x", link="javascript:alert(1)").page is None
    assert told(element("guid", "https://a.example/1.mp3"), audio("https://a.example/1.mp3"), title="x").page is None


def test_a_publisher_s_page_goes_before_a_counting_address():
    episode = told(title="x", link="https://feeds.example.net/~r/33", feedburner_origLink="https://example.org/33")

    assert episode.page == "https://example.org/33"


def test_an_item_without_a_title_is_called_by_its_first_words_and_never_fails():
    assert told(description="<p>Oman today.</p>").title == "Oman today."
    assert told().title == ""
    assert told(itunes_title="Oman").title == "Oman"


def test_a_title_is_cut_at_500_characters():
    assert len(told(title="x" * 10_000_000).title) == 500


def test_an_undated_episode_says_so():
    assert told(title="x").flags == ("no date, dated by first hearing",)
    future = told(title="x", pubDate="Thu, 01 Jan 2099 00:00:00 GMT")
    assert (future.published, future.date_precision) == (None, DatePrecision.NONE)
    assert future.flags == ("date in the future, dated by first hearing",)
    assert future.dated == NOW


def test_what_cannot_be_understood_is_flagged():
    episode = told(
        audio("ftp://a.example/1.mp3"), title="x", pubDate="Wed, 21 Sep 2022 10:30:00 GMT", itunes_duration="soon"
    )

    assert episode.flags == ("enclosure is no audio or has no usable address", "duration not understood: soon")
    assert (episode.enclosure, episode.duration) == (None, None)


@pytest.mark.parametrize(
    ("texts", "duration"),
    [
        ({"itunes_duration": "48"}, Duration(48, DurationOrigin.DECLARED)),
        ({"itunes_duration": "48 min"}, Duration(2880, DurationOrigin.STATED, 30)),
        ({"page_listen": "48 Minute Listen"}, Duration(2880, DurationOrigin.STATED, 30)),
        (
            {"description": "21 September 2022, 48 Minute Listen. Ann speaks."},
            Duration(2880, DurationOrigin.STATED, 30),
        ),
        ({"description": "Ann spoke for 48 minutes."}, None),
    ],
)
def test_a_duration_knows_its_witness(texts, duration):
    assert told(title="x", **texts).duration == duration


def test_a_configured_zone_makes_midnight_a_day():
    london = replace(SOURCE, timezone="Europe/London")

    episode = told(source=london, title="x", pubDate="2022-09-20T23:00:00Z")

    assert (episode.published and episode.published.isoformat(), episode.date_precision) == (
        "2022-09-21T00:00:00+01:00",
        DatePrecision.DAY,
    )


def test_kinds_and_blocks_are_read():
    assert told(title="x", itunes_episodeType="Trailer").kind is EpisodeKind.TRAILER
    assert told(title="x", itunes_episodeType="other").kind is EpisodeKind.FULL
    assert told(title="x", itunes_block="Yes").blocked is True
    assert told(title="x", itunes_block="no").blocked is False


def test_a_key_given_by_the_caller_is_the_hearing_s():
    episode = episode_from(item(title="x", guid="33"), STRAITS, SOURCE, now=NOW, key="33\nother audio")

    assert (episode.hearings[0].key, episode.guid) == ("33\nother audio", "33")


def test_a_guid_of_a_megabyte_is_shortened():
    episode = told(title="x", guid="y" * 1_000_000)

    assert len(episode.guid or "") < 64
    assert len(episode.hearings[0].key) < 64


def test_a_page_about_a_known_show_is_told_as_its_episode():
    post = item(
        title="Straits Briefing Podcast Episode 33 | A Blog", page_heading="Straits Briefing Podcast Episode 33"
    )
    blog = replace(STRAITS, id="blog", title="A Blog")

    episode = episode_from(post, blog, page_source(), now=NOW, known_shows=(STRAITS,))

    assert (episode.show, episode.number, episode.title) == ("straits", 33, "Straits Briefing Podcast Episode 33")


def test_a_number_in_a_heading_that_names_the_show_is_the_episode_s_and_no_other_is():
    headings = element("page:heading", "Episode 7: Next Week"), element("page:heading", "Straits Briefing Episode 33")

    assert told(*headings, title="Norway").number == 33
    assert told(headings[0], title="Norway").number is None


def test_the_number_is_read_where_a_show_has_no_title():
    words = element("description", "In the thirty-eighth episode of Straits360, Mia speaks.")
    untitled = replace(STRAITS, title=SOURCE.id, source=SOURCE.id)

    assert episode_from(item(element("title", "Kyoto"), words), untitled, SOURCE, now=NOW).number == 38


def test_hosts_of_every_episode_are_not_those_of_another_show_of_the_source():
    source = Source(id="straits", url="https://x.example", hosts=("Ann Lee",), shows=("Mind the Oceans",))
    oceans = replace(STRAITS, id="mind-the-oceans", title="Mind the Oceans")

    own = told(source=source, title="Episode 1: Oman")
    other = told(source=source, show=oceans, title="Mind the Oceans Episode 1: Oman")

    assert [(credit.name, credit.role) for credit in own.credits] == [("Ann Lee", Role.HOST)]
    assert other.credits == ()


@pytest.mark.parametrize(
    "elements",
    [
        (Element(""),),
        (Element("enclosure"), Element("guid"), Element("itunes:image"), Element("podcast:person")),
        tuple(Element(name, "\x00\ud800" * 50) for name in ("title", "guid", "pubDate", "description", "link")),
        (Element("title", "<!--" * 1000), Element("description", "<" * 100_000)),
    ],
)
def test_no_item_makes_it_fail(elements):
    episode = episode_from(ParsedItem(elements, "00"), STRAITS, SOURCE, now=NOW)

    assert "\ud800" not in episode.title + episode.summary
