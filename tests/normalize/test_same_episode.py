"""Whether two tellings are one recording: pairs that are, and pairs that only look so."""

from datetime import UTC, datetime

import pytest

from mediafeed.model.episode import DatePrecision, Duration, DurationOrigin, EpisodeKind, Role, Show
from mediafeed.normalize.episode import episode_from
from mediafeed.normalize.merging import merged
from mediafeed.normalize.same_episode import match_keys, sameness
from mediafeed.normalize.shows import show_of
from tests.normalize.making import NOW, STRAITS, audio, element, guest, item, page_source, telling, told

MP3 = "https://cdn.example.org/straits/ep33.mp3"
OTHER_MP3 = "https://media.example.net/x/9981.mp3"
JANE = (guest("Jane Doe"),)
TITLE = "How the Strait Shapes Trade"

SAME = [
    ("the same audio", telling("A", "a", audio=MP3), telling("B", "b", audio=MP3, day=1)),
    (
        "the same audio behind a tracker",
        telling(TITLE, "a", audio=MP3),
        telling(TITLE, "b", audio="https://pdst.fm/e/cdn.example.org/straits/ep33.mp3?x=1", show="network"),
    ),
    ("one recording under two guids", telling("A", "a", audio=MP3, guid="1"), telling("A", "a", audio=MP3, guid="2")),
    ("two trailers with one audio", telling("Trailer", "a", audio=MP3), telling("Trailer", "b", audio=MP3)),
    (
        "the same page",
        telling(TITLE, "a", audio=MP3, page="https://www.example.org/podcasts/straits/trade"),
        telling("Trade", "b", page="http://example.org/podcasts/straits/trade/"),
    ),
    (
        "the same page, one undated",
        telling(TITLE, "a", audio=MP3, page="https://example.org/p/trade"),
        telling("Trade and more", "b", page="https://example.org/p/trade", day=None),
    ),
    (
        "the same guid, show and page",
        telling(TITLE, "a", audio=MP3, guid="g33"),
        telling("Trade", "b", guid="g33", day=25),
    ),
    (
        "the same guid and title in two shows' feeds, one without audio",
        telling(TITLE, "a", audio=MP3, guid="g33"),
        telling(TITLE, "b", guid="g33", show="network"),
    ),
    (
        "the same show and number a day apart",
        telling("Episode 33: Trade", "a", audio=MP3, number=33),
        telling("Straits Briefing Podcast Episode 33", "b", number=33, day=22),
    ),
    (
        "the same show and number, one undated, the same title",
        telling(f"Episode 33: {TITLE}", "a", audio=MP3, number=33),
        telling(TITLE, "b", number=33, day=None),
    ),
    (
        "the same show and number, a guest in common, a week apart",
        telling("Episode 33: Trade", "a", audio=MP3, number=33, credits=JANE),
        telling("Jane Doe on trade", "b", number=33, day=28, credits=JANE),
    ),
    (
        "two addresses of one file: number, title and date agree",
        telling(TITLE, "a", audio=MP3, number=33),
        telling(TITLE, "b", audio=OTHER_MP3, number=33),
    ),
    ("the same show, title and day", telling(TITLE, "a", audio=MP3), telling(TITLE.upper(), "b", day=22)),
    (
        "the same show and title, one undated",
        telling(TITLE, "a", audio=MP3),
        telling(TITLE, "b", day=None),
    ),
    (
        "a blog's post with the episode's title and its guest",
        telling(TITLE, "a", audio=MP3, credits=JANE),
        telling(TITLE, "blog", show="blog", credits=(guest("Dr Jane Doe"),)),
    ),
    (
        "a corrected slug in a site's feed",
        telling("Episode 33: Srategic Trade Routes", "site", number=33, page="https://example.org/p/srategic"),
        telling("Episode 33: Strategic Trade Routes", "site", number=33, page="https://example.org/p/strategic"),
    ),
    (
        "the number stands before the title in one source only",
        telling("33: How the Strait Shapes Trade", "a", audio=MP3, number=33),
        telling(TITLE, "b", day=22),
    ),
    (
        "two addresses of one file without a number",
        telling(TITLE, "a", audio=MP3),
        telling(TITLE, "b", audio=OTHER_MP3),
    ),
    (
        "lengths that differ by an advertisement",
        telling(TITLE, "a", audio=MP3, duration=Duration(2880, DurationOrigin.DECLARED)),
        telling(TITLE, "b", audio=OTHER_MP3, duration=Duration(2970, DurationOrigin.DECLARED)),
    ),
    (
        "feedburner's address and the true one",
        telling(
            "A",
            "a",
            audio="https://feeds.example.net/~r/x/~5/abc/1.mp3",
            extras=(element("feedburner:origEnclosureLink", MP3),),
        ),
        telling("A", "b", audio=MP3),
    ),
]

DIFFERENT = [
    ("two trailers of one show", telling("Trailer", "a", audio=MP3), telling("Trailer", "b", audio=OTHER_MP3)),
    ("two trailers without audio", telling("Trailer", "a"), telling("Trailer", "b")),
    ("two trailers of two shows", telling("Trailer", "a", audio=MP3), telling("Trailer", "b", show="oceans")),
    ("two introductions", telling("Introduction", "a"), telling("Introduction", "b", show="oceans")),
    ("season trailers", telling("Season 2 Trailer", "a", audio=MP3), telling("Season 2 Trailer", "b")),
    ("two weekly updates", telling("Weekly News Update", "a"), telling("Weekly News Update", "b", day=22)),
    (
        "part 1 and part 2 in one source",
        telling(f"{TITLE}, Part 1", "a", audio=MP3, number=33),
        telling(f"{TITLE}, Part 2", "a", audio=OTHER_MP3, number=33),
    ),
    (
        "part 1 and part 2 in two sources",
        telling(f"{TITLE}, Part 1", "a", audio=MP3),
        telling(f"{TITLE}, Part 2", "b", day=22),
    ),
    (
        "a repeat in one source",
        telling(TITLE, "a", audio=MP3, guid="1"),
        telling(TITLE, "a", audio=OTHER_MP3, guid="2"),
    ),
    (
        "a repeat a month later in another source",
        telling(TITLE, "a", audio=MP3),
        telling(TITLE, "b", published=datetime(2022, 11, 2, tzinfo=UTC)),
    ),
    (
        "one guest on two shows in one week",
        telling("Jane Doe on Trade Routes", "a", audio=MP3, credits=JANE),
        telling("Trade Routes with Jane Doe", "b", audio=OTHER_MP3, show="oceans", credits=JANE),
    ),
    (
        "one guest, one title, two shows with a recording each",
        telling(TITLE, "a", audio=MP3, credits=JANE),
        telling(TITLE, "b", audio=OTHER_MP3, show="oceans", credits=JANE),
    ),
    (
        "the same number in two seasons",
        telling("Episode 2: Oman Today", "a", audio=MP3, number=2, season=1),
        telling("Episode 2: Qatar Today", "b", number=2, season=2),
    ),
    (
        "the same number a year apart",
        telling("Episode 2: Oman Today", "a", audio=MP3, number=2),
        telling("Episode 2: Oman Today", "b", number=2, published=datetime(2021, 9, 21, tzinfo=UTC)),
    ),
    (
        "the same number in two shows",
        telling("Episode 33: Oman", "a", audio=MP3, number=33),
        telling("Episode 33: Qatar", "b", number=33, show="oceans"),
    ),
    (
        "the same number, undated, nothing else in common",
        telling("Episode 33: Oman", "a", audio=MP3, number=33),
        telling("Episode 33: Qatar", "b", number=33, day=None),
    ),
    (
        "the same number, day and show, two recordings",
        telling("Episode 33: Oman Today", "a", audio=MP3, number=33),
        telling("Episode 33: Qatar Today", "b", audio=OTHER_MP3, number=33),
    ),
    (
        "the same guid and different audio in two sources",
        telling(TITLE, "a", audio=MP3, guid="1"),
        telling("Ships", "b", audio=OTHER_MP3, guid="1", show="oceans"),
    ),
    (
        "the same guid and different audio in one source",
        telling(TITLE, "a", audio=MP3, guid="1"),
        telling("Ships", "a", audio=OTHER_MP3, guid="1"),
    ),
    (
        "a small guid that two shows share",
        telling("Oman", "a", audio=MP3, guid="33"),
        telling("Qatar", "b", guid="33", show="oceans"),
    ),
    (
        "a show's own page as the page of every episode",
        telling("Episode 1: Oman Today", "a", audio=MP3, page="https://example.org/podcast", day=1),
        telling("Episode 9: Qatar Today", "b", page="https://example.org/podcast", day=21),
    ),
    (
        "a show's own page, two recordings on one day",
        telling("Oman Today", "a", audio=MP3, page="https://example.org/podcast"),
        telling("Qatar Today", "b", audio=OTHER_MP3, page="https://example.org/podcast"),
    ),
    (
        "two shows' trailers that both link to their network's page",
        telling("Trailer", "a", audio=MP3, page="https://example.org/podcasts", guid="t1", day=1),
        telling("Trailer", "b", audio=OTHER_MP3, page="https://example.org/podcasts", guid="t2", day=1, show="network"),
    ),
    (
        "two titles that tell nothing, a show's own page, far apart, one without audio",
        telling("News", "a", audio=MP3, page="https://example.org/podcasts", day=1),
        telling("News", "b", page="https://example.org/podcasts", day=25),
    ),
    (
        "a title that stands again weeks later in another file, a link in common",
        telling(TITLE, "a", audio=MP3, page="https://example.org/podcasts", day=1),
        telling(TITLE, "b", audio=OTHER_MP3, page="https://example.org/podcasts", day=25, show="network"),
    ),
    (
        "a bare home page",
        telling("Oman", "a", audio=MP3, page="https://example.org/"),
        telling("Qatar", "b", page="https://www.example.org"),
    ),
    (
        "the same host on two shows",
        telling(TITLE, "a", audio=MP3, credits=(guest("Jane Doe", Role.HOST),)),
        telling(TITLE, "b", show="oceans", credits=(guest("Jane Doe", Role.HOST),)),
    ),
    (
        "the same title in two shows, nobody in common",
        telling("What Happens Next in Syria", "a", audio=MP3, credits=JANE),
        telling("What Happens Next in Syria", "b", show="oceans", credits=(guest("John Roe"),)),
    ),
    (
        "the same title and different numbers",
        telling("Questions from Our Listeners Answered", "a", audio=MP3, number=33),
        telling("Questions from Our Listeners Answered", "b", number=34, day=22),
    ),
    (
        "a trailer and an episode of one title",
        telling(TITLE, "a", audio=MP3, kind=EpisodeKind.TRAILER),
        telling(TITLE, "b", audio=OTHER_MP3),
    ),
    (
        "a cut of ten minutes and the whole hour",
        telling(TITLE, "a", audio=MP3, duration=Duration(600, DurationOrigin.DECLARED)),
        telling(TITLE, "b", audio=OTHER_MP3, duration=Duration(3600, DurationOrigin.DECLARED)),
    ),
    ("titles that are numbers only", telling("Episode 12", "a"), telling("Episode 12", "b", show="oceans")),
    ("titles that are dates", telling("21 September", "a"), telling("21 September", "b")),
    ("nothing in common", telling("Oman Now and Then Again", "a"), telling("Qatar Then and Now Again", "b")),
    ("two empty titles", telling("", "a"), telling("", "b")),
    (
        "files that one script gives out",
        telling("A", "a", audio="https://example.org/get.php?file=1"),
        telling("B", "b", audio="https://example.org/get.php?file=2"),
    ),
]


@pytest.mark.parametrize(("a", "b"), [pair[1:] for pair in SAME], ids=[pair[0] for pair in SAME])
def test_one_recording_is_recognised_from_either_side(a, b):
    assert sameness(a, b) is not None
    assert sameness(b, a) == sameness(a, b)


@pytest.mark.parametrize(("a", "b"), [pair[1:] for pair in SAME], ids=[pair[0] for pair in SAME])
def test_one_recording_has_a_key_in_common_under_which_it_is_found(a, b):
    assert match_keys(a) & match_keys(b)


@pytest.mark.parametrize(("a", "b"), [pair[1:] for pair in DIFFERENT], ids=[pair[0] for pair in DIFFERENT])
def test_what_only_looks_alike_stays_two(a, b):
    assert sameness(a, b) is None
    assert sameness(b, a) is None


def test_generic_titles_are_no_candidates():
    assert not any(key.startswith("title:") for key in match_keys(telling("Season 2 Trailer", "a")))


def test_a_feed_a_page_and_a_blog_post_about_one_episode_become_one():
    podcast = told(
        audio(MP3),
        element("guid", "6d1f", isPermaLink="false"),
        title="Episode 33: How Is Norway Rethinking Its Role at Sea?",
        pubDate="Wed, 21 Sep 2022 05:00:00 GMT",
        itunes_duration="00:47:52",
        description="Norway's coast is long. Dr Jane Doe is our guest for this episode. She discusses it with Ann Lee.",
    )
    site = page_source("institute", timezone="Europe/London")
    page = item(
        title="Episode 33: How Is Norway Rethinking Its Role at Sea? | Example Institute",
        page_heading="Episode 33: How Is Norway Rethinking Its Role at Sea?",
        link="https://www.example.org/podcasts/straits-briefing/episode-33-norway-rethinking-role-sea",
        pubDate="2022-09-20T23:00:00Z",
        page_person="Ann Lee",
        description="Dr Jane Doe is our guest for this episode. She discusses it with Ann Lee, Director.",
    )
    blog = page_source("blog")
    post = item(
        title="Straits Briefing Podcast Episode 33",
        link="https://blog.example.net/2022/09/straits-33/",
        pubDate="21 September 2022",
        page_listen="48 Minute Listen",
        description="I joined Ann Lee to talk about Norway's role at sea.",
    )
    known = (STRAITS,)
    nobody = Show(id="blog", source="blog", title="A Blog")
    from_page = episode_from(page, show_of(page, nobody, site, known), site, now=NOW, known_shows=known)
    from_post = episode_from(post, show_of(post, nobody, blog, known), blog, now=NOW, known_shows=known)

    assert sameness(from_page, podcast)
    assert sameness(from_post, merged([podcast, from_page]))
    episode = merged([from_post, podcast, from_page])

    assert [hearing.source for hearing in episode.hearings] == ["straits", "institute", "blog"]
    assert (episode.title, episode.number) == ("Episode 33: How Is Norway Rethinking Its Role at Sea?", 33)
    assert episode.published == datetime(2022, 9, 21, 5, tzinfo=UTC)
    assert episode.date_precision is DatePrecision.SECOND
    assert episode.duration == Duration(2872, DurationOrigin.DECLARED)
    assert episode.enclosure
    assert episode.enclosure.url == MP3
    assert ("Jane Doe", Role.GUEST) in [(credit.name, credit.role) for credit in episode.credits]
