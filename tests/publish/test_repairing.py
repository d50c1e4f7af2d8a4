"""What a source lacks is repaired, and each change says why."""

from dataclasses import replace
from typing import Any

import pytest

from mediafeed.model.episode import (
    Credit,
    CreditOrigin,
    DatePrecision,
    Duration,
    DurationOrigin,
    Enclosure,
    Evidence,
    Person,
    Role,
)
from mediafeed.model.parsed import Element, named, words
from mediafeed.publish.repairing import Repair, repaired_channel, repaired_item
from tests.publish.shelf import INES, OLUMIDE, TIDES, episode

AUDIO = "https://cdn.example/tides/1.mp3"
WHOLE = (
    Element("title", "How ports change, part 1"),
    Element("guid", "tides-1", (("isPermaLink", "false"),)),
    Element("pubDate", "Thu, 22 Sep 2022 06:00:00 +0000"),
    Element("enclosure", attributes=(("url", AUDIO), ("length", "46080001"), ("type", "audio/mpeg"))),
    Element("itunes:duration", "48:01"),
    Element("itunes:explicit", "false"),
    Element("itunes:episode", "1"),
    Element("podcast:person", "Inês Carrow", (("role", "host"),)),
    Element("podcast:person", "Olumide Vance", (("role", "guest"),)),
    Element("{http://mood.example/ns}colour", "blue"),
)
PEOPLE = {person.id: person for person in (INES, OLUMIDE)}


def without(*names: str) -> tuple[Element, ...]:
    return tuple(element for element in WHOLE if element.name not in names)


def swapped(element: Element) -> tuple[Element, ...]:
    return tuple(element if held.name == element.name else held for held in WHOLE)


def repaired(
    said: tuple[Element, ...], guids: tuple[str, ...] = (), people: dict[str, Person] | None = None, **facts: Any
) -> tuple[tuple[Element, ...], tuple[Repair, ...]]:
    one = episode(1, extras=(), **facts)
    one = replace(one, extras=named(said, "podcast:person"))
    return repaired_item(said, one, one, TIDES, people=people or PEOPLE, guids=guids)


def test_an_item_that_lacks_nothing_stays_as_it_is() -> None:
    elements, repairs = repaired(WHOLE)

    assert elements == WHOLE
    assert not repairs


@pytest.mark.parametrize(
    ("said", "facts", "element", "after"),
    [
        (without("guid"), {}, "guid", 'isPermaLink="false" tides-1'),
        (swapped(Element("guid", " ")), {}, "guid", 'isPermaLink="false" tides-1'),
        (swapped(Element("guid", "tides-1")), {}, "guid", 'isPermaLink="false" tides-1'),
        (without("itunes:duration"), {}, "itunes:duration", "2881"),
        (swapped(Element("itunes:duration", "48 Minute Listen")), {}, "itunes:duration", "2881"),
        (swapped(Element("itunes:explicit", "clean")), {"explicit": False}, "itunes:explicit", "false"),
        (swapped(Element("itunes:explicit", "yes")), {"explicit": True}, "itunes:explicit", "true"),
        (swapped(Element("pubDate", "22.9.2022")), {}, "pubDate", "Thu, 22 Sep 2022 06:00:00 +0000"),
        (without("itunes:episode"), {}, "itunes:episode", "1"),
        (
            swapped(Element("enclosure", attributes=(("url", AUDIO), ("length", "0"), ("type", "audio/mpeg")))),
            {},
            "enclosure",
            f'url="{AUDIO}" length="46080001" type="audio/mpeg"',
        ),
        (
            swapped(Element("enclosure", attributes=(("url", AUDIO), ("length", "46080001")))),
            {},
            "enclosure",
            f'url="{AUDIO}" length="46080001" type="audio/mpeg"',
        ),
    ],
)
def test_what_is_lacking_is_repaired_and_told(
    said: tuple[Element, ...], facts: dict[str, Any], element: str, after: str
) -> None:
    elements, repairs = repaired(said, **facts)

    assert [(repair.element, repair.after) for repair in repairs] == [(element, after)]
    assert len(named(elements, element)) == 1
    assert [held for held in elements if held.name != element] == [held for held in WHOLE if held.name != element]


def test_nothing_is_invented_where_nobody_knows() -> None:
    said = tuple(Element("enclosure", attributes=(("url", AUDIO), ("length", "0"))) if e.name == "enclosure" else e
                 for e in without("itunes:duration", "itunes:episode", "pubDate"))  # fmt: skip

    elements, repairs = repaired(
        said,
        duration=None,
        number=None,
        published=None,
        date_precision=DatePrecision.NONE,
        enclosure=Enclosure(AUDIO, "", None),
    )

    assert elements == said
    assert not repairs


def test_a_duration_says_its_witness_and_tolerance() -> None:
    _, repairs = repaired(without("itunes:duration"), duration=Duration(2880, DurationOrigin.STATED, 30))

    assert repairs[0].why == "the item has none; stated in words for people, ± 30 s"


def test_the_later_of_two_items_with_one_guid_gets_one_of_its_own() -> None:
    elements, repairs = repaired(WHOLE, guids=("tides-1",), published_guid="7c0e6f0a-0000-5000-8000-000000000000")

    assert words(elements, "guid") == "7c0e6f0a-0000-5000-8000-000000000000"
    assert repairs[0].before == 'isPermaLink="false" tides-1'


def test_persons_found_in_the_words_are_added_with_the_words_quoted() -> None:
    elements, repairs = repaired(without("podcast:person"))

    assert [(e.text, e.get("role")) for e in named(elements, "podcast:person")] == [
        ("Inês Carrow", "host"),
        ("Olumide Vance", "guest"),
    ]
    assert [repair.evidence and repair.evidence.quote for repair in repairs] == [
        "Inês Carrow asks",
        "asks Olumide Vance",
    ]


def test_a_guest_whom_the_publisher_forgot_is_added_beside_the_tags() -> None:
    said = tuple(element for element in WHOLE if element.text != "Olumide Vance")

    elements, repairs = repaired(said)

    assert elements[: len(said)] == said
    assert [repair.after for repair in repairs] == [
        'role="guest" group="cast" href="https://vance.example/" Olumide Vance'
    ]


def test_who_is_known_from_the_publishers_list_of_authors_is_told_by_that() -> None:
    quoted = Evidence(rule="a known host takes part", field="dc:creator", start=0, end=11, quote="Inês Carrow")
    credit = Credit(name=INES.name, role=Role.HOST, origin=CreditOrigin.PUBLISHER, evidence=quoted, person=INES.id)

    _, repairs = repaired(without("podcast:person"), credits=(credit,))

    assert [repair.why for repair in repairs] == ["the publisher's dc:creator says so"]


def test_a_hidden_person_is_left_out_and_not_added() -> None:
    hidden = {OLUMIDE.id: replace(OLUMIDE, hidden=True), INES.id: INES}

    elements, _ = repaired(WHOLE, people=hidden)

    assert [element.text for element in named(elements, "podcast:person")] == ["Inês Carrow"]


def test_characters_that_xml_forbids_are_replaced_and_told() -> None:
    elements, repairs = repaired(swapped(Element("title", "How\x00 ports")))

    assert words(elements, "title") == "How\ufffd ports"
    assert [(repair.element, repair.why) for repair in repairs] == [("title", "characters that XML forbids")]


def test_a_channel_keeps_its_words_but_not_the_identity_of_the_other_document() -> None:
    head = (
        Element("title", "Tides"),
        Element("itunes:new-feed-url", "https://elsewhere.example/"),
        Element("atom:link", attributes=(("rel", "self"), ("href", "https://feeds.example/tides.xml"))),
        Element("atom:link", attributes=(("rel", "payment"), ("href", "https://give.example/"))),
        Element("podcast:guid", "theirs"),
        Element("{http://mood.example/ns}colour", "blue"),
    )
    own = (Element("atom:link", attributes=(("rel", "self"), ("href", "https://ours.example/feed.xml"))),)

    elements, repairs = repaired_channel(head, replace(TIDES, explicit=None), [episode(1, explicit=True)], own)

    assert elements == (head[0], head[3], head[5], Element("itunes:explicit", "true"), *own)
    assert [(repair.element, repair.after is None) for repair in repairs] == [
        ("itunes:new-feed-url", True),
        ("atom:link", True),
        ("podcast:guid", True),
        ("itunes:explicit", False),
        ("atom:link", False),
    ]
    assert all(repair.why for repair in repairs)


def test_the_operators_word_on_a_role_takes_the_place_of_the_publishers() -> None:
    evidence = Evidence("config", "config", 0, 0, "")
    decided = Credit(
        name="Olumide Vance", role=Role.HOST, origin=CreditOrigin.CONFIG, evidence=evidence, person=OLUMIDE.id
    )

    elements, repairs = repaired(WHOLE, credits=(decided,))

    roles = {element.text: element.get("role") for element in named(elements, "podcast:person")}
    assert roles == {"Inês Carrow": "host", "Olumide Vance": "host"}
    assert [repair.after is None for repair in repairs] == [True, False]


def test_what_points_at_a_script_is_left_out_and_told() -> None:
    bad = Element("podcast:transcript", attributes=(("url", "javascript:alert(1)"), ("type", "text/vtt")))

    elements, repairs = repaired((*WHOLE, bad, Element("link", "javascript:alert(2)")))

    assert elements == WHOLE
    assert [(repair.element, repair.after) for repair in repairs] == [("podcast:transcript", None), ("link", None)]


def test_white_space_around_a_name_is_no_change() -> None:
    said = tuple(replace(e, text=f"\n {e.text} ") if e.name == "podcast:person" else e for e in WHOLE)

    elements, repairs = repaired(said)

    assert elements == said
    assert not repairs


def test_pictures_of_a_locked_show_are_not_copied() -> None:
    picture = Element("itunes:image", attributes=(("href", "https://tides.example/1.jpg"),))
    one = replace(episode(1), extras=named(WHOLE, "podcast:person"))

    elements, repairs = repaired_item((*WHOLE, picture), one, one, replace(TIDES, locked=True), people=PEOPLE, guids=())

    assert elements == WHOLE
    assert [repair.element for repair in repairs] == ["itunes:image"]


def test_a_number_that_apps_cannot_read_is_replaced() -> None:
    _, repairs = repaired(swapped(Element("itunes:episode", "S01E01")))

    assert [(repair.element, repair.before, repair.after) for repair in repairs] == [("itunes:episode", "S01E01", "1")]
