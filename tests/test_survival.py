"""A merge that loses nothing: the benchmark of it, made small."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from benchmarks.survival.invented import Source, sources
from benchmarks.survival.output import of_feeds, of_folder
from benchmarks.survival.program import published, served
from benchmarks.survival.report import summary
from benchmarks.survival.rules import tables
from benchmarks.survival.scoring import Fact, scored

# https://github.com/Podcastindex-org/podcast-namespace: every tag, those that stand inside of others too.
NAMESPACE = """
alternateEnclosure block chapters chat contentLink episode funding guid image images integrity license liveItem location
locked medium person podping podroll publisher remoteItem season socialInteract soundbite source trailer transcript txt
updateFrequency value valueRecipient valueTimeSplit
"""


@pytest.fixture(scope="module")
def said() -> tuple[Source, ...]:
    return sources(quick=True)


@pytest.fixture(scope="module")
def folder(said: tuple[Source, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    with served(said) as origin:
        return published(said, origin, tmp_path_factory.mktemp("survival"))


def lost(facts: Sequence[Fact]) -> list[str]:
    return [fact.id for fact in facts if not fact.survives]


def test_nothing_that_the_table_of_facts_keeps_is_lost_and_what_it_drops_stands_nowhere(
    said: tuple[Source, ...], folder: Path
):
    facts = scored(said, of_folder(folder), tables())

    assert not lost(facts)
    assert len(facts) > 1400


def test_a_fact_taken_out_of_the_merged_feed_is_told_as_lost(said: tuple[Source, ...], folder: Path, tmp_path: Path):
    maimed = Path(shutil.copytree(folder, tmp_path / "feeds"))
    feed = maimed / "feed.xml"
    text = feed.read_text("utf-8")
    assert text.count('startTime="33.8"') == 2
    feed.write_text(text.replace('startTime="33.8"', 'startTime="34"', 1), "utf-8")

    facts = scored(said, of_folder(maimed), tables())

    (one,) = lost(facts)
    assert one.endswith("/podcast:soundbite[1]@startTime")
    assert summary(facts)["lost"][0]["places"]["merged feed"] is False


def test_a_fact_that_must_be_left_out_is_told_where_it_stands(said: tuple[Source, ...], folder: Path):
    text = (folder / "feed.xml").read_text("utf-8")
    proof = '<podcast:txt purpose="verify">item-proof</podcast:txt>'

    facts = scored(said, of_feeds([text.replace("</item>", f"{proof}</item>").encode()]), tables())

    assert {fact.bucket for fact in facts if not fact.survives} == {"drop"}
    assert all("podcast:txt" in one for one in lost(facts))


def test_the_sources_say_everything_that_the_podcast_namespace_has_a_tag_for(said: tuple[Source, ...]):
    everything = next(source for source in said if source.id == "ebb").body.decode()

    assert [tag for tag in NAMESPACE.split() if f"<podcast:{tag}" not in everything] == []


def test_the_sources_say_everything_that_the_table_of_facts_names(said: tuple[Source, ...]):
    of_items, of_channels = tables()
    in_items = {one.name for source in said for item in source.says.items for one in item.said}
    in_channels = {one.name for source in said for one in source.says.said}

    assert {name for name in of_items if not name.endswith("*")} <= in_items
    assert {name for name in of_channels if not name.endswith("*")} <= in_channels
    assert len(of_channels) > 50
