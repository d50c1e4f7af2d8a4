"""Podcasts of one title that are first heard in one refresh: who answers first decides nothing."""

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import pytest

from mediafeed.model.episode import Show
from mediafeed.model.source import Source
from mediafeed.refresh.contested import contested
from mediafeed.refresh.taking_in import TakesIn
from tests.refresh.origin import Clock, House, Origin, assembled_at, config, feed, item

NAMES = ("q1", "q2", "q3")


def sources_of_one_title(origin: Origin, links: Sequence[str] = NAMES) -> tuple[Source, ...]:
    made = []
    for name, link, number in zip(NAMES, links, (1, 2, 3), strict=True):
        body = feed(item(number), title="News").replace(
            b"https://straits.example/<", f"https://{link}.example/<".encode()
        )
        made.append(Source(id=name, url=origin.serve(f"/{name}", body)))
    return tuple(made)


def names(house: House) -> tuple[list[tuple[str, str]], list[tuple[str, str, str]]]:
    episodes = house.store.episodes([row.id for row in house.store.index()])
    shows = [(show.id, show.source) for show in house.store.shows()]
    return shows, sorted((one.hearings[0].source, one.show, one.path) for one in episodes)


@pytest.mark.parametrize("answering", list(permutations(NAMES)))
def test_the_first_in_the_config_has_the_plain_name_whoever_answers_first(
    tmp_path: Path, origin: Origin, clock: Clock, answering: tuple[str, ...]
):
    sources = sources_of_one_title(origin)
    by_id = {source.id: source for source in sources}
    with assembled_at(clock, config(tmp_path, origin, *sources)) as house:
        for name in answering:
            house.mediafeed.pipeline.visit(by_id[name])
        house.mediafeed.settle(())
        house.mediafeed.publish()

        shows, episodes = names(house)
        assert shows == [("news", "q1"), ("news-q2", "q2"), ("news-q3", "q3")]
        assert [(source, show) for source, show, _ in episodes] == [
            ("q1", "news"),
            ("q2", "news-q2"),
            ("q3", "news-q3"),
        ]
        assert all(path.startswith(f"{show}/") for _, show, path in episodes)
        assert house.published("shows/news/feed.xml").count("Episode 1: ") == 1


@pytest.mark.parametrize("answering", list(permutations(NAMES)))
def test_of_two_feeds_of_one_show_the_first_in_the_config_speaks_for_it(
    tmp_path: Path, origin: Origin, clock: Clock, answering: tuple[str, ...]
):
    sources = sources_of_one_title(origin, links=("one", "two", "one"))
    by_id = {source.id: source for source in sources}
    with assembled_at(clock, config(tmp_path, origin, *sources)) as house:
        for name in answering:
            house.mediafeed.pipeline.visit(by_id[name])
        house.mediafeed.settle(())

        shows, episodes = names(house)
        assert shows == [("news", "q1"), ("news-q2", "q2")]
        assert [(source, show) for source, show, _ in episodes] == [("q1", "news"), ("q2", "news-q2"), ("q3", "news")]


def test_a_name_that_was_published_stays_though_an_earlier_source_wants_it(
    tmp_path: Path, origin: Origin, clock: Clock
):
    sources = sources_of_one_title(origin)
    with assembled_at(clock, config(tmp_path, origin, *sources)) as house:
        house.visit_and_publish("q2")
        house.visit_and_publish("q1")

        assert names(house)[0] == [("news", "q2"), ("news-q1", "q1")]


def test_naming_anew_goes_on_where_it_was_broken_off(
    tmp_path: Path, origin: Origin, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    sources = sources_of_one_title(origin)
    with assembled_at(clock, config(tmp_path, origin, *sources)) as house:
        for source in reversed(sources):
            house.mediafeed.pipeline.visit(source)
        with monkeypatch.context() as broken:
            broken.setattr(TakesIn, "understand_anew", lambda *_, **__: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                house.mediafeed.settle(())

    with assembled_at(clock, config(tmp_path, origin, *sources)) as house:
        house.mediafeed.publish()

        assert names(house)[0] == [("news", "q1"), ("news-q2", "q2"), ("news-q3", "q3")]
        assert house.published().count("<item>") == 3


def test_shows_of_different_titles_are_not_contested():
    shows = [Show(id="news", source="q2", title="News"), Show(id="views", source="q1", title="Views")]

    assert not contested(shows, {"news": ["q2"], "views": ["q1"]}, {"q1": 0, "q2": 1})
