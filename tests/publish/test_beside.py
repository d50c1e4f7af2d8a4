"""One recording in two sources: what becomes of the other's words."""

from dataclasses import replace

from mediafeed.model.parsed import Element
from tests.publish.shelf import TIDES, episode
from tests.publish.test_rss import attributes, item, one, persons, texts


def transcript(url: str) -> Element:
    return Element("podcast:transcript", attributes=(("url", url), ("type", "text/vtt")))


def test_what_an_item_may_have_many_of_stands_beside_the_first_ones_and_each_fact_once():
    own = (transcript("https://a.example/1.vtt"), Element("category", "Sea"))
    other = (transcript("https://a.example/1.vtt"), transcript("https://b.example/1.vtt"), Element("category", "sea "))

    made = item(episode(1, extras=own, beside=((*other, Element("category", "Coast")),)))

    assert [found.get("url") for found in made.findall("{*}transcript")] == [
        "https://a.example/1.vtt", "https://b.example/1.vtt",
    ]  # fmt: skip
    assert texts(made, "category") == ["Sea", "Coast"]


def test_what_the_first_ones_channel_says_is_not_replaced_by_what_another_source_says():
    show = replace(TIDES, pushed=(Element("podcast:license", "cc-by-4.0"), Element("podcast:location", "Oslo")))
    other = (Element("podcast:license", "all rights reserved"), Element("podcast:location", "Hull"))

    made = item(episode(1, beside=(other,)), show)

    assert texts(made, "podcast:license") == ["cc-by-4.0"]
    assert texts(made, "podcast:location") == ["Oslo", "Hull"]


def test_what_nobody_else_says_is_said_by_the_other_source():
    others = ((Element("podcast:season", "2"),), (Element("podcast:season", "3"), Element("podcast:chat", "x")))

    made = item(episode(1, beside=others))

    assert texts(made, "podcast:season") == ["2"]
    assert texts(made, "podcast:chat") == ["x"]


def test_of_a_tag_that_nobody_has_heard_of_both_are_told():
    mood = "{http://moods.example/ns}mood"
    other = (Element(mood, "glad"), Element("podcast:futureTag", "b"))

    made = item(episode(1, extras=(Element(mood, "calm"), Element("podcast:futureTag", "a")), beside=(other,)))

    assert texts(made, mood) == ["calm", "glad"]
    assert texts(made, "podcast:futureTag") == ["a", "b"]


def test_persons_of_another_source_are_added_to_those_of_the_item_or_its_channel_and_none_twice():
    show = replace(TIDES, pushed=(Element("podcast:person", "Inês Carrow", (("role", "host"),)),))
    other = tuple(Element("podcast:person", name, (("role", "guest"),)) for name in ("Ines Carrow", "Bo Roe"))

    made = item(episode(1, credits=(), extras=(), beside=(other,)), show)

    assert persons(made) == [("Inês Carrow", "host"), ("Bo Roe", "guest")]


def test_links_of_the_other_feed_itself_stay_away():
    links = tuple(
        Element("atom:link", attributes=(("rel", rel), ("href", "https://b.example/"))) for rel in ("self", "payment")
    )

    assert attributes(one(item(episode(1, beside=(links,))), "atom:link"))["rel"] == "payment"
