"""One item, and items under a channel."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from lxml import etree

from mediafeed.errors import PublishError
from mediafeed.model.episode import (
    CreditOrigin,
    DatePrecision,
    Duration,
    DurationOrigin,
    Enclosure,
    Episode,
    EpisodeKind,
    Role,
    Show,
)
from mediafeed.model.namespaces import PREFIXES
from mediafeed.model.parsed import Element
from mediafeed.model.published import FeedHead
from mediafeed.publish.extensions import NAMESPACES
from mediafeed.publish.rss import feed_document, item_fragment
from tests.publish.shelf import INES, OLUMIDE, QUAYS, SITE, TIDES, credit, episode

HEAD = FeedHead(
    title="Harbour talks",
    link="https://talks.example/",
    self_url="https://talks.example/feed.xml",
    json_url="https://talks.example/feed.json",
    description="About ports.",
    language="en-gb",
    image="https://talks.example/assets/cover.png",
    author="Harbour talks",
    email="talks@example.org",
    categories=("News > Politics", "Government", "Knitting"),
    explicit=False,
    guid="01f1f7e0-6b0f-5d3f-9d5b-000000000000",
    listed=False,
    changed_at=datetime(2022, 9, 22, tzinfo=UTC),
)
PEOPLE = {OLUMIDE.id: OLUMIDE, INES.id: INES}


def read(fragment: bytes) -> etree._Element:
    names = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in NAMESPACES.items())
    return etree.fromstring(f"<rss {names}>".encode() + fragment + b"</rss>")[0]


def item(of: Episode, show: Show = TIDES) -> etree._Element:
    return read(item_fragment(of, show, SITE, PEOPLE))


def one(element: etree._Element, name: str) -> etree._Element:
    found = element.find(name, PREFIXES)
    assert found is not None, name
    return found


def attributes(element: etree._Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}


def text(element: etree._Element, name: str) -> str | None:
    return element.findtext(name, namespaces=PREFIXES)


def texts(element: etree._Element, name: str) -> list[str]:
    return [found.text or "" for found in element.findall(name, PREFIXES)]


def names(element: etree._Element) -> list[str]:
    return [str(child.tag) for child in element]


def test_an_item_says_what_the_episode_says():
    made = item(episode(33))

    assert text(made, "title") == "How ports change, part 33"
    assert text(made, "link") == "https://tides.example/episodes/33"
    assert text(made, "guid") == "tides-33"
    assert text(made, "pubDate") == "Mon, 24 Oct 2022 06:00:00 +0000"
    assert text(made, "content:encoded") == episode(33).notes
    assert attributes(one(made, "enclosure")) == {
        "url": "https://cdn.example/tides/33.mp3",
        "length": "46080033",
        "type": "audio/mpeg",
    }
    assert attributes(one(made, "source"))["url"] == "https://feeds.example/tides.xml"
    assert text(made, "source") == "Tides & Treaties"
    assert text(made, "itunes:duration") == "2913"
    assert text(made, "itunes:episode") == "33"
    assert text(made, "itunes:episodeType") == "full"


def test_nothing_that_must_stand_once_stands_twice():
    twice = tuple(
        Element(name, "x") for name in ("title", "guid", "itunes:duration", "itunes:title", "podcast:license")
    )
    made = item(episode(1, extras=twice + twice))

    for name in ("title", "guid", "itunes:duration", "itunes:title", "podcast:license"):
        assert len(made.findall(name, PREFIXES)) == 1, name
    assert text(made, "itunes:duration") == "2881"


def test_a_guid_is_a_permalink_only_if_the_source_says_so_and_it_is_an_address():
    address = "https://tides.example/1"
    cases: list[tuple[dict[str, Any], str]] = [
        ({"guid": address, "published_guid": address, "guid_is_permalink": True}, "true"),
        ({"guid": address, "published_guid": address, "guid_is_permalink": False}, "false"),
        ({"guid": "tides-1", "published_guid": "tides-1", "guid_is_permalink": True}, "false"),
        ({"guid": address, "published_guid": "0b1a", "guid_is_permalink": True}, "false"),
    ]

    for facts, expected in cases:
        assert attributes(one(item(episode(1, **facts)), "guid"))["isPermaLink"] == expected, facts


def test_an_undated_episode_is_dated_by_its_first_hearing():
    heard = datetime(2023, 1, 2, 3, 4, 5, tzinfo=UTC)
    made = item(episode(1, published=None, date_precision=DatePrecision.NONE, first_heard=heard))

    assert text(made, "pubDate") == "Mon, 02 Jan 2023 03:04:05 +0000"


def test_an_undated_episode_says_in_its_item_that_the_date_is_ours_and_no_word_of_the_publishers_is_touched():
    undated: dict[str, Any] = {"published": None, "date_precision": DatePrecision.NONE}
    said = (Element("pubDate", "Spring 2023"),)

    made, plain = item(episode(1, **undated)), item(episode(1))

    note = one(made, "podcast:txt[@purpose='pubDate']")
    assert note.text == "no usable date is given: dated by when we first heard of it"
    assert '"Spring 2023"' in (text(item(episode(1, **undated, extras=said)), "podcast:txt") or "")
    assert plain.find("podcast:txt", PREFIXES) is None
    assert text(made, "description") == text(plain, "description")


def test_the_language_on_an_items_own_start_tag_stands_there_again():
    made = item(episode(1, extras=(Element("xml:lang", "de"),)))

    assert attributes(made) == {"{http://www.w3.org/XML/1998/namespace}lang": "de"}


def test_the_feed_that_a_feed_has_an_item_from_is_linked():
    origin = Element("source", "Harbour hours", (("url", "https://hours.example/rss"),))
    own = Element("source", "Tides & Treaties", (("url", TIDES.feed_url or ""),))

    made = item(episode(1, extras=(origin, own)))

    assert text(made, "source") == "Tides & Treaties"
    assert attributes(one(made, "atom:link")) == {
        "rel": "via", "href": "https://hours.example/rss", "title": "Harbour hours",
    }  # fmt: skip


def test_the_pages_of_an_episode_in_other_sources_are_linked():
    first = episode(1)
    other = replace(first.hearings[0], source="quays", page="https://quays.example/7")

    made = item(replace(first, hearings=(*first.hearings, other)))

    assert attributes(one(made, "atom:link")) == {"rel": "related", "href": "https://quays.example/7"}


def test_a_date_keeps_its_own_zone():
    london = timezone(timedelta(hours=1))
    made = item(episode(1, published=datetime(2022, 9, 21, tzinfo=london)))

    assert text(made, "pubDate") == "Wed, 21 Sep 2022 00:00:00 +0100"


def test_a_zone_with_seconds_is_written_in_utc():
    mean_time = timezone(-timedelta(minutes=1, seconds=15))
    made = item(episode(1, published=datetime(2022, 9, 21, tzinfo=mean_time)))

    assert text(made, "pubDate") == "Wed, 21 Sep 2022 00:01:15 +0000"


def test_a_short_description_is_the_sources_own_word_for_word():
    own = "<p>Short &amp; <b>bold</b></p>\n"
    made = item(episode(1, extras=(Element("description", own),)))

    assert text(made, "description") == own.strip()


def test_a_long_description_is_cut_between_words_and_kept_whole_in_the_content():
    long = "Wörter und mehr " * 600
    made = item(episode(1, summary=long, notes=f"<p>{long}</p>"))

    description = text(made, "description") or ""
    assert len(description.encode()) <= 4000
    assert description.endswith(("Wörter…", "und…", "mehr…"))
    assert text(made, "content:encoded") == f"<p>{long}</p>"


def test_explicit_is_the_items_else_the_shows_else_false():
    assert text(item(episode(1, explicit=True)), "itunes:explicit") == "true"
    assert text(item(episode(1, QUAYS)), "itunes:explicit") == "false"
    assert text(item(episode(1, QUAYS), QUAYS), "itunes:explicit") == "true"
    assert text(item(episode(1, QUAYS, explicit=False), QUAYS), "itunes:explicit") == "false"


def test_no_picture_of_a_locked_show_is_copied():
    pictures = (
        Element("podcast:images", attributes=(("srcset", "https://a.example/1.jpg 100w"),)),
        Element("media:thumbnail", attributes=(("url", "https://a.example/2.jpg"),)),
        Element(
            "media:group", children=(Element("media:thumbnail", attributes=(("url", "https://a.example/4.jpg"),)),)
        ),
    )
    made = item(episode(1, image="https://a.example/3.jpg", extras=pictures), replace(TIDES, locked=True))

    assert b".jpg" not in etree.tostring(made)


def test_an_item_without_a_picture_has_its_shows():
    assert attributes(one(item(episode(1)), "itunes:image"))["href"] == "https://tides.example/cover.jpg"
    assert attributes(one(item(episode(1, image="https://a.example/i.jpg")), "itunes:image"))["href"].endswith("i.jpg")


def test_every_element_of_extras_goes_in_word_for_word():
    value = Element(
        "podcast:value",
        attributes=(("type", "lightning"), ("method", "keysend")),
        children=(Element("podcast:valueRecipient", attributes=(("name", "A & B"), ("split", "90"))),),
    )
    unknown = Element("{http://moods.example/ns}mood", " calm ", (("xml:lang", "en"), ("level", "3")))
    future = Element("podcast:smellOVision", "pine")
    made = item(episode(1, extras=(value, unknown, future, Element("category", "Ports", (("domain", "d"),)))))

    recipient = one(made, "podcast:value/podcast:valueRecipient")
    assert attributes(recipient) == {"name": "A & B", "split": "90"}
    mood = one(made, "{http://moods.example/ns}mood")
    assert mood.text == " calm "
    assert attributes(mood) == {"{http://www.w3.org/XML/1998/namespace}lang": "en", "level": "3"}
    assert text(made, "podcast:smellOVision") == "pine"
    assert attributes(one(made, "category"))["domain"] == "d"


def test_repeated_elements_are_all_kept():
    made = item(episode(1))

    assert [found.get("type") for found in made.findall("podcast:transcript", PREFIXES)] == [
        "text/vtt",
        "application/srt",
    ]


@pytest.mark.parametrize(
    "element",
    [
        Element("itunes:new-feed-url", "https://evil.example/feed"),
        Element("podcast:guid", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
        Element("podcast:locked", "yes"),
        Element("itunes:owner", children=(Element("itunes:email", "a@b.example"),)),
        Element("podcast:podping", attributes=(("usesPodping", "true"),)),
        Element("atom:link", attributes=(("rel", "self"), ("href", "https://a.example/"))),
        Element("atom:link", attributes=(("rel", "HUB"), ("href", "https://a.example/"))),
        Element("podcast:publisher"),
        Element("podcast:txt", "code", (("purpose", "verify"),)),
        Element("page:listen", "48 Minute Listen"),
        Element("not a name", "x"),
        Element("xmlns:x", "x"),
        Element("{}x", "x"),
        Element("podcast:person", "  "),
    ],
)
def test_what_is_not_ours_to_say_is_left_out(element: Element):
    plain = item_fragment(episode(1, extras=()), TIDES, SITE, PEOPLE)

    assert item_fragment(episode(1, extras=(element,)), TIDES, SITE, PEOPLE) == plain


def test_channel_facts_are_pushed_down_where_the_item_does_not_say():
    show = replace(
        TIDES,
        pushed=(
            Element("podcast:license", "cc-by-4.0"),
            Element("podcast:funding", "Give", (("url", "https://tides.example/give"),)),
            Element("podcast:guid", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
            Element("language", "en"),
        ),
    )
    made = item(episode(1, extras=(Element("podcast:license", "all rights reserved"),)), show)

    assert texts(made, "podcast:license") == ["all rights reserved"]
    assert texts(made, "podcast:funding") == ["Give"]
    assert text(made, "podcast:guid") is None
    assert text(made, "dc:language") == "en-gb"
    assert text(made, "dc:rights") == "© Institute for Harbours"
    assert text(made, "dc:creator") == "Institute for Harbours"
    assert text(made, "itunes:author") == "Tides & Treaties"
    assert made.find("language") is None


def test_an_items_own_author_stays():
    made = item(episode(1, author="Carrow, Inês;Vance, Olumide"))

    assert text(made, "itunes:author") == "Carrow, Inês;Vance, Olumide"
    assert text(made, "dc:creator") is None


def persons(made: etree._Element) -> list[tuple[str | None, str | None]]:
    return [(found.text, found.get("role")) for found in made.findall("podcast:person", PREFIXES)]


def test_publishers_persons_come_word_for_word_and_ours_are_added_to_them():
    theirs = Element("podcast:person", "Dr Olumide Vance", (("role", "Guest"), ("img", "https://v.example/o.jpg")))
    made = item(episode(1, extras=(theirs,)))

    assert persons(made) == [("Dr Olumide Vance", "Guest"), ("Inês Carrow", "host")]
    assert attributes(one(made, "podcast:person"))["img"] == "https://v.example/o.jpg"


def test_channel_persons_are_restated_only_where_the_item_names_nobody():
    show = replace(TIDES, pushed=(Element("podcast:person", "Takumi Hale", (("role", "host"),)),))
    own = Element("podcast:person", "Inês Carrow", (("role", "host"),))

    assert ("Takumi Hale", "host") in persons(item(episode(1, extras=()), show))
    assert ("Takumi Hale", "host") not in persons(item(episode(1, extras=(own,)), show))


def test_our_credits_carry_role_group_address_and_picture():
    known = credit(OLUMIDE, Role.GUEST_HOST, image="https://v.example/o.jpg")
    made = item(episode(1, credits=(known,)))

    assert attributes(one(made, "podcast:person")) == {
        "role": "guest host",
        "group": "cast",
        "href": "https://vance.example/",
        "img": "https://v.example/o.jpg",
    }


def test_a_name_has_no_more_than_128_characters():
    long = replace(credit(OLUMIDE, Role.GUEST), name="V" * 300)

    assert len(persons(item(episode(1, credits=(long,))))[0][0] or "") == 128


def test_hidden_people_are_left_out_the_publishers_tag_included():
    hidden = {OLUMIDE.id: replace(OLUMIDE, hidden=True, aliases=("O. Vance",)), INES.id: INES}
    tags = tuple(Element("podcast:person", name) for name in ("Olumide Vance", "O. Vance", "Takumi Hale"))
    made = read(item_fragment(episode(1, extras=tags), TIDES, SITE, hidden))

    assert [name for name, _ in persons(made)] == ["Takumi Hale", "Inês Carrow"]


def test_the_operators_role_takes_the_place_of_the_publishers():
    tag = Element("podcast:person", "Olumide Vance", (("role", "host"),))
    decided = credit(OLUMIDE, Role.GUEST, origin=CreditOrigin.CONFIG)
    made = item(episode(1, extras=(tag,), credits=(decided,)))

    assert persons(made) == [("Olumide Vance", "guest")]


def test_found_chapters_and_transcripts_are_added_to_the_elements():
    made = item(
        episode(
            1,
            extras=(),
            chapters="https://tides.example/1.json",
            transcripts=("https://tides.example/1.vtt?x=1", "https://tides.example/text"),
        )
    )

    assert attributes(one(made, "podcast:chapters"))["type"] == "application/json+chapters"
    assert [found.get("type") for found in made.findall("podcast:transcript", PREFIXES)] == ["text/vtt", "text/plain"]


def test_further_files_of_an_item_become_alternate_enclosures():
    files = (
        Element("enclosure", attributes=(("url", "https://a.example/1.mp4"), ("type", "video/mp4"), ("length", "9"))),
        Element("enclosure", attributes=(("url", "file:///1.pdf"), ("type", "application/pdf"))),
    )
    made = item(episode(1, extras=files))

    assert len(made.findall("enclosure")) == 1
    assert attributes(one(made, "podcast:alternateEnclosure")) == {"type": "video/mp4", "length": "9"}
    assert attributes(one(made, "podcast:alternateEnclosure/podcast:source")) == {"uri": "https://a.example/1.mp4"}
    assert len(made.findall("podcast:alternateEnclosure", PREFIXES)) == 1


def test_a_further_file_keeps_what_stands_on_it_though_nobody_states_its_type():
    file = Element("enclosure", attributes=(("url", "https://a.example/1.opus"), ("title", "Small")))
    made = item(episode(1, extras=(file,)))

    assert attributes(one(made, "podcast:alternateEnclosure")) == {
        "type": "application/octet-stream", "title": "Small",
    }  # fmt: skip


@pytest.mark.parametrize("notes", ["<p>one</p>", "<p>two</p>", "<p>from elsewhere</p>"])
def test_further_notes_and_descriptions_stand_under_names_that_may_repeat(notes: str):
    said = tuple(Element("content:encoded", f"<p>{word}</p>") for word in ("one", "two", "one"))
    described = (Element("description", "One."), Element("description", "Two."))
    made = item(episode(1, extras=(*said, *described), notes=notes, summary="Two."))

    assert sorted(texts(made, "content:encoded") + texts(made, "atom:content")) == ["<p>one</p>", "<p>two</p>"]
    assert texts(made, "content:encoded") == ([notes] if notes in {"<p>one</p>", "<p>two</p>"} else ["<p>one</p>"])
    assert attributes(one(made, "atom:content")) == {"type": "html"}
    assert (texts(made, "description"), texts(made, "dc:description")) == (["Two."], ["One."])


def test_content_that_is_not_the_notes_is_carried_word_for_word():
    made = item(episode(1, extras=(Element("content:encoded", "<p>own</p>"),), notes="<p>from elsewhere</p>"))

    assert texts(made, "content:encoded") == ["<p>own</p>"]


def test_numbers_that_directories_refuse_are_not_written():
    made = item(episode(1, number=0, season=0, kind=EpisodeKind.TRAILER))

    assert text(made, "itunes:episode") is None
    assert text(made, "itunes:season") is None
    assert text(made, "itunes:episodeType") == "trailer"


def test_an_enclosure_goes_out_untouched_and_its_unknown_length_is_0():
    url = "https://dts.podtrac.example/redirect.mp3/cdn.example/a b&c%2F1.mp3?x=1#t"
    made = item(episode(1, enclosure=Enclosure(url, "audio/x-m4a", None)))

    assert attributes(one(made, "enclosure")) == {"url": url, "length": "0", "type": "audio/x-m4a"}


def test_what_else_stands_on_the_audios_element_stays_there():
    audio = episode(1).enclosure
    assert audio is not None
    others = (("{http://bitlove.example/}guid", "g-1"), ("checksum", "9f"), ("href", "javascript:alert(1)"))
    marked = Element("enclosure", attributes=(("url", audio.url), *others))
    made = item(episode(1, extras=(marked,)))

    assert attributes(one(made, "enclosure")) == {
        "url": audio.url, "length": "46080001", "type": "audio/mpeg",
        "{http://bitlove.example/}guid": "g-1", "checksum": "9f",
    }  # fmt: skip
    assert made.find("podcast:alternateEnclosure", PREFIXES) is None


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:audio/mpeg;base64,x", "file:///etc/passwd", "/1.mp3", ""])
def test_audio_that_is_not_on_the_web_makes_no_item(url: str):
    with pytest.raises(PublishError, match="tides1"):
        item_fragment(episode(1, enclosure=Enclosure(url, "audio/mpeg", 1)), TIDES, SITE, {})


def test_an_episode_without_audio_makes_no_item():
    with pytest.raises(PublishError, match="tides1"):
        item_fragment(episode(1, enclosure=None), TIDES, SITE, {})


def test_a_page_that_is_no_web_address_is_replaced_by_our_own():
    made = item(episode(1, page="javascript:alert(1)"))

    assert text(made, "link") == "https://talks.example/episodes/tides/how-ports-change-1/"


@pytest.mark.parametrize("sign", ["\x00", "\x08", "\x1f", "\ufffe", "\uffff", "\ud800"])
def test_characters_xml_forbids_become_replacement_characters(sign: str):
    extras = (Element("podcast:soundbite", f"a{sign}b", (("startTime", f"1{sign}"),)),)
    made = item(episode(1, title=f"How{sign} ports", notes=f"{sign}<p>", extras=extras))

    assert text(made, "title") == "How\ufffd ports"
    assert text(made, "podcast:soundbite") == "a\ufffdb"
    assert text(made, "content:encoded") == "\ufffd<p>"


@pytest.mark.parametrize(
    "words", ["]]>", "<![CDATA[x]]>", "a\r\nb\tc", "a\u2028\u2029b", "<!-- -- -->", "&amp;amp;", "<?x?>"]
)
def test_markup_in_words_comes_back_as_it_was(words: str):
    made = item(episode(1, title=f"T {words} t", notes=words))

    assert text(made, "title") == f"T {words} t"
    assert text(made, "content:encoded") == words


def test_braces_of_strangers_are_no_fields_of_the_title_template():
    site = replace(SITE, title_template="{show}: {title} {x}")
    made = read(item_fragment(episode(1, title="{show} {title} {0.__class__}"), TIDES, site, {}))

    assert text(made, "title") == "Tides & Treaties: {show} {title} {0.__class__} {x}"


def test_the_same_episode_gives_the_same_bytes():
    assert item_fragment(episode(1), TIDES, SITE, PEOPLE) == item_fragment(episode(1), TIDES, SITE, PEOPLE)


def test_a_duration_is_whole_seconds_whoever_says_so():
    stated = Duration(2880, DurationOrigin.STATED, 30)

    assert text(item(episode(1, duration=stated)), "itunes:duration") == "2880"
    assert text(item(episode(1, duration=None)), "itunes:duration") is None


def document(head: FeedHead = HEAD) -> etree._Element:
    fragments = [item_fragment(episode(number), TIDES, SITE, PEOPLE) for number in (2, 1)]
    return etree.fromstring(feed_document(head, fragments))[0]


def test_items_stand_under_the_channel_in_the_order_given():
    assert [found.findtext("guid") for found in document().findall("item")] == ["tides-2", "tides-1"]


def test_a_channel_has_an_identity_of_its_own():
    channel = document()

    assert text(channel, "title") == "Harbour talks"
    assert text(channel, "link") == "https://talks.example/"
    assert attributes(one(channel, "atom:link[@rel='self']"))["href"] == "https://talks.example/feed.xml"
    assert text(channel, "podcast:guid") == HEAD.guid
    assert text(channel, "podcast:locked") == "yes"
    assert text(channel, "podcast:medium") == "podcast"
    assert text(channel, "lastBuildDate") == "Thu, 22 Sep 2022 00:00:00 +0000"
    assert text(channel, "generator") == "mediafeed"
    assert text(channel, "itunes:explicit") == "false"
    assert text(channel, "itunes:type") == "episodic"
    assert attributes(one(channel, "itunes:category/itunes:category"))["text"] == "Politics"
    assert [found.get("text") for found in channel.findall("itunes:category", PREFIXES)] == ["News", "Government"]


def test_an_unlisted_feed_asks_directories_to_leave_it_out():
    assert text(document(), "itunes:block") == "Yes"
    assert text(document(), "podcast:block") == "yes"
    assert text(document(replace(HEAD, listed=True)), "itunes:block") is None


def test_a_feed_that_moved_says_where_to():
    assert text(document(), "itunes:new-feed-url") == HEAD.self_url
    assert text(document(replace(HEAD, is_archive=True)), "itunes:new-feed-url") is None


def test_an_archive_says_so_and_links_to_its_elders():
    links = (("current", HEAD.self_url), ("prev-archive", "https://talks.example/archive/feed-1.xml"))
    channel = document(replace(HEAD, is_archive=True, archive=links))

    assert channel.find("fh:archive", PREFIXES) is not None
    assert attributes(one(channel, "atom:link[@rel='prev-archive']"))["href"].endswith("feed-1.xml")


def test_a_document_is_the_same_at_every_run():
    assert feed_document(HEAD, []) == feed_document(HEAD, [])


def test_a_channel_with_a_control_character_still_publishes():
    assert text(document(replace(HEAD, title="Harbour\x00 talks")), "title") == "Harbour\ufffd talks"


def test_a_channel_without_a_title_names_its_feed():
    with pytest.raises(PublishError, match=r"feed\.xml"):
        feed_document(replace(HEAD, title=""), [])
