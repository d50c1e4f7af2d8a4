"""The table of facts."""

from pathlib import Path

import pytest

from mediafeed.model.parsed import Element
from mediafeed.normalize.channel_facts import is_inherited, of_the_show, pushed_down
from mediafeed.publish.buckets import CHANNEL, ITEM, Bucket, Fact, is_carried, is_restated, table, without_pictures

DOCS = Path(__file__).parents[2] / "docs" / "facts.md"


def example(fact: Fact) -> Element:
    """Give an element as the row means it."""
    attributes = (("purpose", "p"),) if fact.name == "podcast:txt" else (("id", "x"),)
    return Element(fact.name.replace("*", "neverHeardOf"), "words", attributes)


def test_docs_tell_what_the_code_does():
    text = DOCS.read_text("utf-8")

    assert table(ITEM) in text
    assert table(CHANNEL) in text


@pytest.mark.parametrize("fact", [fact for fact in CHANNEL if not fact.field], ids=lambda fact: fact.name)
def test_what_is_pushed_down_is_what_the_table_says(fact: Fact):
    assert is_inherited(example(fact)) is (fact.bucket is Bucket.PUSH)


@pytest.mark.parametrize("fact", [fact for fact in CHANNEL if not fact.field], ids=lambda fact: fact.name)
def test_what_a_shows_own_feed_carries_is_what_the_table_says(fact: Fact):
    assert is_restated(example(fact)) is (fact.bucket is not Bucket.DROP)


@pytest.mark.parametrize("fact", [fact for fact in CHANNEL if fact.bucket is Bucket.CARRY], ids=lambda fact: fact.name)
def test_what_a_shows_own_feed_carries_is_kept_with_the_show(fact: Fact):
    assert of_the_show((example(fact),)) == (example(fact),)


@pytest.mark.parametrize("fact", [fact for fact in ITEM if not fact.field], ids=lambda fact: fact.name)
def test_what_an_item_carries_is_what_the_table_says(fact: Fact):
    assert is_carried(example(fact)) is (fact.bucket is not Bucket.DROP)


@pytest.mark.parametrize("purpose", ["verify", "applepodcastsverify", " Verify "])
def test_a_proof_of_ownership_is_never_repeated(purpose: str):
    proof = Element("podcast:txt", "code", (("purpose", purpose),))

    assert not is_carried(proof)
    assert not is_restated(proof)
    assert not is_restated(Element("{https://fyyd.example/ns}verify", "code"))


def test_a_channel_may_say_so_much_and_the_rest_of_it_is_not_lost_for_one_that_is_too_large():
    large = Element("podcast:futureTag", "x" * 20_000)
    small = Element("podcast:license", "cc-by-4.0")

    assert pushed_down((large, small)) == (small,)
    assert of_the_show((Element("acast:settings", "é" * 20_000), Element("podcast:podroll"))) == (
        Element("podcast:podroll"),
    )


def test_no_picture_is_left_however_deep_it_stands():
    thumbnail = Element("media:thumbnail", attributes=(("url", "https://a.example/1.jpg"),))
    content = Element("media:content", children=(Element("media:title", "T"), thumbnail))

    assert tuple(without_pictures((content, thumbnail))) == (
        Element("media:content", children=(Element("media:title", "T"),)),
    )
