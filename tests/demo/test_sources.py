"""The bundled samples hold what they say they hold."""

import json
import re
from collections import Counter
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

import pytest
from lxml import etree, html

from mediafeed.demo.audio import sound_length, sounds
from mediafeed.demo.catalogue import COVERS, ROUTES, TEASER, Route, bundled, redirect, rendered, resources
from mediafeed.demo.expected import (
    APPEARANCES_AS_GUEST,
    DURATION_UNKNOWN,
    EPISODES,
    EPISODES_BY_SHOW,
    EPISODES_BY_SOURCE,
    HIS_EPISODES,
    MEASURED,
    MERGED,
    SEEDS,
    UNDATED,
    WITHOUT_AUDIO,
    WITHOUT_GUEST,
    WITHOUT_GUID,
)

OTHERWISE = {title for title, fit, _ in MEASURED if fit in {"differs", "unknown"}}
ORIGIN = "http://127.0.0.1:8737"
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md}"
ITEMS = {
    "global-security-briefing.xml": 25,
    "geostrategy360.xml": 12,
    "long-wavelength.xml": 15,
    "rusi-latest-publications.xml": 8,
    "salt-and-signal.xml": 10,
}
PODCASTS = [name for name in ITEMS if name != "rusi-latest-publications.xml"]
BROKEN = "salt-and-signal.xml"
LISTED = {  # files that stand at no path of their own
    "audio.csv",
    "audio_chapters.csv",
    "audio/voice.mp3",
    "audio/voice.m4a",
}


def route_of(file: str) -> Route:
    return next(route for route in ROUTES if route.file == file)


def items_of(file: str) -> list[etree._Element]:
    # The broken feed is mended here by what was broken on purpose, and by nothing else.
    text = rendered(route_of(file), ORIGIN).decode(route_of(file).encoding)
    if file == BROKEN:
        text = re.sub(r"&(?!amp;|lt;|gt;|quot;|#)(?:[a-z]+;)?", "&amp;", text).replace("<br>", "").replace("<p>", "")
    return etree.fromstring(text.encode()).findall(".//item")


def enclosure_of(item: etree._Element) -> dict[str, str]:
    enclosure = item.find("enclosure")
    return {} if enclosure is None else {str(name): str(value) for name, value in enclosure.attrib.items()}


def words(item: etree._Element, tag: str) -> str:
    return (item.findtext(tag) or "").strip()


def all_podcast_items() -> list[etree._Element]:
    return [item for name in PODCASTS for item in items_of(name)]


def served_items() -> list[etree._Element]:
    # The item without a guid has an address of its own, which leads nowhere: it is its identity.
    found = [item for item in all_podcast_items() if enclosure_of(item)["url"].startswith(ORIGIN)]
    assert len(found) == len(all_podcast_items()) - len(WITHOUT_GUID)
    return found


def plain(item: etree._Element) -> str:
    return re.sub(r"<[^>]+>", " ", f"{words(item, 'title')} {words(item, 'description')}")


@pytest.mark.parametrize("file", [name for name in ITEMS if name != BROKEN])
def test_every_feed_but_the_broken_one_is_well_formed(file: str):
    root = etree.fromstring(rendered(route_of(file), ORIGIN))

    assert root.tag == "rss"


def test_the_broken_feed_is_no_xml_and_no_utf8_although_it_says_so():
    body = rendered(route_of(BROKEN), ORIGIN)

    assert body.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(body.decode("cp1252").encode())


@pytest.mark.parametrize(("file", "count"), ITEMS.items())
def test_every_feed_lists_as_many_items_as_the_manifest_says(file: str, count: int):
    assert len(items_of(file)) == count


def test_every_bundled_file_is_served_or_known_to_lie_behind_something_served():
    folder = {route.file for route in ROUTES} | LISTED
    bodies = [bundled(name) for name in folder]

    assert all(bodies)


def test_no_placeholder_is_left_when_rendered():
    for route in ROUTES:
        assert b"{origin}" not in rendered(route, ORIGIN), route.file


def test_every_address_at_the_origin_is_served_but_those_of_shows_it_does_not_play():
    served = resources(ORIGIN)
    elsewhere = {
        "/notebook/",
        "/notebook/feed/",
        "/notebook/category/uncategorised/",
        "/elsewhere/geostrategy-weekly/rss",
        "/",
    }

    for route in ROUTES:
        text = rendered(route, ORIGIN).decode(route.encoding)
        for path in re.findall(re.escape(ORIGIN) + r"([^\"'\s<\]]*)", text):
            bare = path.partition("?")[0]
            assert (redirect(bare) or bare) in served or bare in elsewhere, (route.file, path)


def test_every_enclosure_has_an_address_of_its_own():
    counted = Counter(enclosure_of(item)["url"] for item in all_podcast_items())

    assert max(counted.values()) == 1


def test_lengths_in_the_feeds_are_the_bytes_that_are_served():
    served = resources(ORIGIN)

    for item in served_items():
        path = enclosure_of(item)["url"].removeprefix(ORIGIN).partition("?")[0]
        length = int(enclosure_of(item)["length"])
        if length:
            assert length == served[redirect(path) or path].content.length, path


def test_durations_in_the_feeds_are_those_of_the_sounds():
    heard = sounds() | {TEASER: 9}

    for item in served_items():
        path = enclosure_of(item)["url"].removeprefix(ORIGIN).partition("?")[0]
        stated = words(item, f"{ITUNES}duration")
        if stated and words(item, "title") not in OTHERWISE:
            parts = [int(part) for part in stated.split(":")]
            assert sum(part * 60**place for place, part in enumerate(reversed(parts))) == heard[redirect(path) or path]


def test_a_sound_has_as_many_bytes_as_its_seconds_need():
    assert sound_length(2880) == 2880 * 2000


def test_an_item_is_known_by_nothing_that_changes_with_the_port():
    for item in (*all_podcast_items(), *items_of("rusi-latest-publications.xml")):
        known_by = words(item, "guid") or enclosure_of(item)["url"]
        assert ORIGIN not in known_by


def test_guids_are_unique_among_all_feeds():
    guids = [guid for item in all_podcast_items() if (guid := words(item, "guid"))]

    assert len(set(guids)) == len(guids) == len(all_podcast_items()) - len(WITHOUT_GUID)


def test_one_item_has_no_date_one_no_guid_one_no_duration_and_three_no_length():
    lacking = {
        "date": [words(item, "title") for item in all_podcast_items() if not words(item, "pubDate")],
        "guid": [words(item, "title") for item in all_podcast_items() if not words(item, "guid")],
        "length": [words(item, "title") for item in all_podcast_items() if enclosure_of(item)["length"] == "0"],
        "duration": [words(item, "title") for item in all_podcast_items() if not words(item, f"{ITUNES}duration")],
    }

    assert lacking == {
        "date": [UNDATED[0][1]],
        "guid": [WITHOUT_GUID[0][1]],
        "length": [title for title, fit, _ in MEASURED if fit != "alone"],
        "duration": [DURATION_UNKNOWN[0][1]],
    }


def test_dates_are_spread_over_five_years():
    years = Counter(
        parsedate_to_datetime(said).year for item in all_podcast_items() if (said := words(item, "pubDate"))
    )

    assert set(years) == {2019, 2020, 2021, 2022, 2023}


def test_no_sample_is_newer_than_the_origins_last_modified():
    dates = [
        parsedate_to_datetime(said).replace(tzinfo=UTC)
        for item in all_podcast_items()
        if (said := words(item, "pubDate"))
    ]

    assert max(dates) < datetime(2023, 6, 21, 12, tzinfo=UTC)


def test_there_are_trailers_bonuses_and_seasons():
    kinds = Counter(words(item, f"{ITUNES}episodeType") for item in all_podcast_items())
    seasons = {words(item, f"{ITUNES}season") for item in items_of("long-wavelength.xml")}

    assert kinds["trailer"] == 5
    assert kinds["bonus"] == 2
    assert seasons == {"1", "2", "3"}


def test_libsyn_writes_the_length_first_and_some_numbers_unlike_its_titles():
    items = items_of("global-security-briefing.xml")
    unlike = [
        item
        for item in items
        if (said := re.search(r"Episode (\d+):", words(item, "title"))) and said[1] != words(item, f"{ITUNES}episode")
    ]

    assert all(list(enclosure_of(item)) == ["length", "type", "url"] for item in items)
    assert 5 <= len(unlike) < len(items) / 2


def test_anchor_writes_both_forms_of_duration_and_numbers_in_words():
    items = items_of("geostrategy360.xml")
    durations = {":" in words(item, f"{ITUNES}duration") for item in items}
    in_words = [item for item in items if re.search(r"In the [a-z-]+ episode of Geostrategy360", plain(item))]

    assert durations == {True, False}
    assert len(in_words) == 10
    assert not any(item.find(f"{ITUNES}episode") is not None for item in items)


def test_fireside_names_persons_in_the_old_namespace_and_forgets_some_of_them():
    items = items_of("long-wavelength.xml")
    tagged = [item for item in items if item.findall(f"{PODCAST}person")]
    forgotten = [
        item
        for item in items
        if "Special Guest" in words(item, "description")
        and not any(person.get("role") == "guest" for person in item.findall(f"{PODCAST}person"))
    ]

    assert len(tagged) == len(items)
    assert len(forgotten) == 2


def test_chapters_begin_at_nought_rise_and_end_before_the_episode_does():
    for item in items_of("long-wavelength.xml"):
        for chapters in item.findall(f"{PODCAST}chapters"):
            path = str(chapters.attrib["url"]).removeprefix(ORIGIN)
            starts = [
                chapter["startTime"]
                for chapter in json.loads(
                    rendered(next(route for route in ROUTES if route.path == path), ORIGIN),
                )["chapters"]
            ]

            assert starts[0] == 0
            assert starts == sorted(set(starts))
            minutes, seconds = words(item, f"{ITUNES}duration").split(":")
            assert starts[-1] < int(minutes) * 60 + int(seconds)


def test_the_directory_tells_of_two_shows_with_the_same_word_in_their_names():
    answer = json.loads(rendered(route_of("directory.json"), ORIGIN))
    alike = [one["artistName"] for one in answer["results"] if "Geostrategy" in one["collectionName"]]

    assert answer["resultCount"] == len(answer["results"])
    assert alike == ["Two Maps and a Microphone", "Council on Geostrategy"]


def test_the_page_of_the_show_names_its_feed():
    page = html.fromstring(rendered(route_of("long-wavelength.html"), ORIGIN))

    assert page.xpath("//link[@rel='alternate']/@href") == [f"{ORIGIN}/fireside/long-wavelength/rss"]


def test_the_site_feed_dates_episode_33_at_a_london_midnight():
    items = items_of("rusi-latest-publications.xml")
    item = next(one for one in items if words(one, "title").startswith("Episode 33"))

    assert words(item, "pubDate") == "2022-09-20T23:00:00Z"
    assert not enclosure_of(item)


def test_the_sums_of_the_manifest_agree():
    told = dict(EPISODES_BY_SOURCE)
    twice = sum(len(sources) - 1 for _, sources in MERGED)

    assert EPISODES == sum(told.values()) - twice == 63
    assert len(dict(EPISODES_BY_SHOW)) == 6


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: f"{seed.number}")
def test_the_real_episodes_stand_in_their_feeds(seed):
    item = next(item for item in all_podcast_items() if words(item, "title") == seed.title)

    for name in (*seed.guests, *(host.split()[-1] for host in seed.hosts)):
        assert name in plain(item)
    assert date.fromisoformat(parsedate_to_datetime(words(item, "pubDate")).date().isoformat()) == seed.published


def test_the_real_guest_is_named_in_his_episodes_alone():
    named = [words(item, "title") for item in all_podcast_items() if "Shetler" in plain(item)]

    assert sorted(named) == sorted(HIS_EPISODES)


@pytest.mark.parametrize(("name", "count"), APPEARANCES_AS_GUEST)
def test_a_guest_is_named_in_as_many_episodes_as_expected(name: str, count: int):
    assert sum(name in plain(item) for item in all_podcast_items()) == count


def test_episodes_without_a_guest_and_without_audio_are_there_under_their_titles():
    titles = {words(item, "title") for item in all_podcast_items()}
    pages = {words(item, "title") for item in items_of("rusi-latest-publications.xml")}

    assert {title for _, title in WITHOUT_GUEST} <= titles
    assert {title for _, title in WITHOUT_AUDIO} <= pages - titles


def test_covers_are_there_for_every_show():
    assert len(COVERS) == len(EPISODES_BY_SHOW)


def test_one_sound_is_shorter_than_its_feed_says_one_is_a_page_and_one_has_chapters_in_it():
    served = resources(ORIGIN)

    assert served["/audio/salt-and-signal/08.mp3"].content.length == sound_length(1842) != sound_length(33 * 60)
    assert served["/audio/salt-and-signal/07.mp3"].content.between(0, 15) == b"<!DOCTYPE html>"
    assert served["/audio/salt-and-signal/09.mp3"].content.between(0, 4) == b"ID3\x04"
