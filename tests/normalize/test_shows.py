"""Shows, and which one an item belongs to."""

from dataclasses import replace

import pytest

from mediafeed.model.episode import Show
from mediafeed.model.parsed import Element
from mediafeed.model.source import Source, SourceKind
from mediafeed.normalize.shows import is_blocked, show_from, show_of
from mediafeed.normalize.titles import is_slug_of, is_title_of, show_named_in
from tests.normalize.making import STRAITS, element, item, page_source

SOURCE = Source(id="straits", url="https://feeds.example.org/s.xml", shows=("Mind the Strait", "Across the Oceans"))
SITE = Source(id="site", url="https://www.example.org/rss", kind=SourceKind.SITE, title="Example Institute news")


def head(*more: Element, **texts: str) -> tuple[Element, ...]:
    return (*(element(name, text) for name, text in texts.items()), *more)


def test_a_head_becomes_a_show():
    said = head(
        Element("itunes:owner", children=(Element("itunes:name", "Example Institute"),)),
        Element("itunes:category", "", (("text", "News"),), (Element("itunes:category", "", (("text", "Politics"),)),)),
        Element("image", children=(Element("url", "https://example.org/cover.jpg"),)),
        Element("podcast:person", "Ann Lee", (("role", "host"),)),
        title=" Straits\n Briefing ",
        link="https://example.org/podcasts/straits",
        description="<p>Straits &amp; more.</p>",
        itunes_author="Example Institute",
        itunes_explicit="clean",
        language="en_GB",
        podcast_guid="9B024349-ccf0-5f69-a609-6b82873eab3c",
        podcast_locked="yes",
    )

    show = show_from(said, Source(id="s", url="https://x.example"), feed_url="https://x.example/rss")

    assert (show.id, show.title, show.summary) == ("straits-briefing", "Straits Briefing", "Straits & more.")
    assert (show.owner, show.categories, show.image) == (
        "Example Institute",
        ("News > Politics",),
        "https://example.org/cover.jpg",
    )
    assert (show.explicit, show.language, show.locked, show.blocked) == (False, "en-GB", True, False)
    assert show.guid == "9b024349-ccf0-5f69-a609-6b82873eab3c"
    assert [pushed.name for pushed in show.pushed] == ["podcast:person"]


def test_the_operator_s_title_wins_for_a_podcast_and_not_for_a_site():
    said = head(title="Straits")

    podcast = show_from(said, Source(id="s", url="u", title="Example Straits"), feed_url="u")
    site = show_from(said, Source(id="s", url="u", title="Example", kind=SourceKind.SITE), feed_url="u")

    assert (podcast.title, site.title) == ("Example Straits", "Straits")


def test_a_head_that_says_nothing_is_a_show_named_by_its_source():
    show = show_from((), Source(id="quiet", url="https://x.example"), feed_url="")

    assert (show.id, show.title, show.link, show.feed_url) == ("quiet", "quiet", None, None)


@pytest.mark.parametrize(
    ("block", "binds"),
    [
        (element("itunes:block", "Yes"), True),
        (element("itunes:block", "no"), False),
        (element("itunes:block", ""), False),
        (element("podcast:block", "yes"), True),
        (element("podcast:block", "yes", id="amazon"), False),
    ],
)
def test_only_a_bare_yes_blocks(block, binds):
    assert is_blocked((block,)) is binds


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"title": "Episode 33: Oman"}, "straits"),
        ({"title": "Mind the Strait Episode 2: Oman"}, "mind-the-strait"),
        ({"title": "MIND THE STRAIT – Oman"}, "mind-the-strait"),
        ({"title": "Mind the Strait, they said"}, "mind-the-strait"),
        ({"title": "Mind the Straits of Hormuz"}, "straits"),
        ({"title": "Never Mind the Strait"}, "straits"),
        ({"title": "Oman", "link": "https://www.example.org/podcasts/mind-strait/oman"}, "mind-the-strait"),
        ({"title": "Oman", "link": "https://www.example.org/podcasts/straits-briefing/oman"}, "straits"),
        ({"title": "Oman", "source": "Across the Oceans"}, "across-the-oceans"),
        ({"title": "Oman", "source": "Something Else"}, "straits"),
    ],
)
def test_an_item_belongs_to_a_show_its_source_names_only_on_plain_evidence(texts, expected):
    assert show_of(item(**texts), STRAITS, SOURCE).id == expected


def test_what_the_channel_says_of_itself_is_not_said_of_another_show():
    channel = replace(STRAITS, guid="9b024349-ccf0-5f69-a609-6b82873eab3c", pushed=(element("podcast:person", "Ann"),))

    other = show_of(item(title="Mind the Strait: Oman"), channel, SOURCE)

    assert (other.guid, other.pushed, other.title) == (None, (), "Mind the Strait")


def test_a_site_s_item_belongs_to_the_show_in_its_path():
    site = Show(id="news", source="site", title="Example Institute news")
    found = item(title="Episode 126: Oman", link="https://www.example.org/podcasts/global-straits/ep-126-oman")

    show = show_of(found, site, SITE)

    assert (show.id, show.title) == ("global-straits", "Global Straits")


def test_a_site_s_item_is_given_the_known_show_it_means():
    known = Show(id="gsb", source="podcast", title="EXI Global Straits", author="Example Institute of X")
    site = Show(id="news", source="site", title="News")
    found = item(title="Episode 126", link="https://www.exi.example/podcasts/global-straits/ep-126-oman")

    known = replace(known, link="https://www.exi.example/podcasts/global-straits")

    assert show_of(found, site, SITE, (known,)) is known


def test_a_blog_post_named_after_a_show_and_a_number_belongs_to_that_show():
    blog = Show(id="blog", source="blog", title="A Blog")
    post = item(title="EXI Straits Briefing Podcast Episode 33")

    assert show_of(post, blog, page_source()).title == "EXI Straits Briefing"
    assert show_of(post, blog, page_source(), (STRAITS,)) is STRAITS
    assert show_of(item(title="My Week"), blog, page_source(), (STRAITS,)) is blog


def test_a_blog_s_own_name_is_not_the_show_that_its_second_heading_numbers():
    blog = Show(id="blog", source="blog", title="A Blog")
    headings = element("page:heading", "What Norway Wants"), element("page:heading", "EXI Gulf Talk Podcast Episode 33")
    post = item(*headings, title="What Norway Wants", page_show="A Blog")
    told = replace(STRAITS, title="EXI Gulf Talk")

    assert show_of(post, blog, page_source()).title == "EXI Gulf Talk"
    assert show_of(post, blog, page_source(), (told,)) is told
    assert show_of(post, blog, page_source(shows=("EXI Gulf Talk",))).id == "exi-gulf-talk"


@pytest.mark.parametrize(
    ("title", "same"),
    [
        ("Straits Briefing", True),
        ("the straits briefing podcast", True),
        ("Example Straits Briefing", True),
        ("Straits", False),
        ("Straits Briefing Live", False),
        ("Example Institute", False),
        ("", False),
    ],
)
def test_titles_mean_one_show_but_for_its_maker_s_name(title, same):
    assert is_title_of(title, STRAITS) is same


def test_the_initials_of_its_makers_are_no_part_of_a_show_s_title():
    show = Show(id="g", source="s", title="Global Straits Briefing", owner="The Royal Straits Institute")

    assert is_title_of("RSI Global Straits Briefing", show)
    assert not is_title_of("BBC Global Straits Briefing", show)


def test_a_path_may_drop_small_words_and_not_large_ones():
    show = Show(id="m", source="s", title="Mind the Strait")

    assert is_slug_of("mind-strait", show)
    assert not is_slug_of("strait", show)


def test_a_short_title_is_not_recognised_inside_other_words():
    assert show_named_in("The Daily Bread", (Show(id="d", source="s", title="The Daily"),)) is None
