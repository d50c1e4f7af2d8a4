"""Settings meet tools: what one config makes of all the rooms."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mediafeed.assemble import assembled, own_guid
from mediafeed.errors import StoreError
from mediafeed.model.settings import Override, PersonSetting
from mediafeed.model.source import FailureKind, Outcome, Source, SourceKind, Visit
from mediafeed.normalize.identity import feed_guid
from tests.refresh.origin import Clock, Origin, assembled_at, config, feed, item

TOLD = "Philip Shetler-Jones is our guest for this episode."


@pytest.fixture
def origin() -> Iterator[Origin]:
    made = Origin()
    yield made
    made.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_nothing_configured_publishes_an_empty_feed(tmp_path: Path, origin: Origin, clock: Clock):
    with assembled_at(clock, config(tmp_path, origin)) as house:
        assert not house.mediafeed.choose(()).sources
        assert house.mediafeed.refresh(()) == ()
        house.mediafeed.publish()

        assert "<item>" not in house.published()


def test_the_merged_feeds_guid_stays_when_the_site_moves(tmp_path: Path, origin: Origin, clock: Clock):
    settings = config(tmp_path, origin)
    with assembled_at(clock, settings) as house:
        before = own_guid(house.store, settings.site.url)

    moved = replace(settings, site=replace(settings.site, url="https://moved.example"))
    with assembled_at(clock, moved) as house:
        house.mediafeed.publish()

        assert before == feed_guid("https://ours.example/feed.xml")
        assert before in house.published()


def test_a_source_that_is_configured_no_more_keeps_what_it_said_and_is_not_visited(
    tmp_path: Path, origin: Origin, clock: Clock
):
    settings = config(tmp_path, origin, Source(id="straits", url=origin.serve("/feed", feed(item(1)))))
    with assembled_at(clock, settings) as house:
        house.visit_and_publish()
        before = house.published()

    with assembled_at(clock, replace(settings, sources=())) as house:
        house.mediafeed.publish()

        assert not house.mediafeed.choose((), force=True).sources
        assert house.published() == before


def test_a_hidden_person_is_published_nowhere(tmp_path: Path, origin: Origin, clock: Clock):
    url = origin.serve("/feed", feed(item(1, description=TOLD)))
    settings = config(tmp_path, origin, Source(id="straits", url=url))
    with assembled_at(clock, settings) as house:
        house.visit_and_publish()
        shown = house.published()

    hidden = PersonSetting(id="philip-shetler-jones", name="Philip Shetler-Jones", hidden=True)
    with assembled_at(clock, replace(settings, persons=(hidden,))) as house:
        house.mediafeed.understand_anew()
        house.mediafeed.publish()

        assert ">Philip Shetler-Jones</podcast:person>" in shown
        assert ">Philip Shetler-Jones</podcast:person>" not in house.published()
        assert not (house.output / "people" / "philip-shetler-jones" / "feed.xml").exists()


def test_an_alias_in_the_settings_brings_two_names_together_without_any_request(
    tmp_path: Path, origin: Origin, clock: Clock
):
    url = origin.serve("/feed", feed(item(1, description=TOLD), item(2, description=TOLD.replace("Philip", "Phil"))))
    settings = config(tmp_path, origin, Source(id="straits", url=url))
    with assembled_at(clock, settings) as house:
        house.visit_and_publish()

    person = PersonSetting(id="psj", name="Philip Shetler-Jones", aliases=("Phil Shetler-Jones",))
    with assembled_at(clock, replace(settings, persons=(person,))) as house:
        changes = house.mediafeed.understand_anew()
        again = house.mediafeed.understand_anew()
        house.mediafeed.publish()

        assert len(changes.modified) == 2
        assert not again
        assert house.published("people/psj/feed.xml").count("<item>") == 2
    assert origin.asked() == ["/feed"]


def test_an_override_in_the_settings_wins_and_its_removal_brings_the_sources_word_back(
    tmp_path: Path, origin: Origin, clock: Clock
):
    url = origin.serve("/feed", feed(item(1, description=TOLD)))
    settings = config(tmp_path, origin, Source(id="straits", url=url))
    roles = []
    override = Override(episode="guid-1", name="Philip Shetler-Jones", role="host")
    for overrides in ((), (override,), ()):
        with assembled_at(clock, replace(settings, overrides=overrides)) as house:
            house.mediafeed.understand_anew()
            house.visit()
            roles.append(house.store.index()[0].appearances)

    assert [pairs[0][1] for pairs in roles] == ["guest", "host", "guest"]


def test_podcasts_are_heard_before_sites_and_pages(tmp_path: Path, origin: Origin, clock: Clock):
    order: list[str] = []

    def note(visit: Visit) -> None:
        order.append(visit.source)

    sources = [Source(id=kind.value, url=f"{origin.url}/{kind.value}", kind=kind) for kind in reversed(SourceKind)]
    with assembled_at(clock, config(tmp_path, origin, *sources)) as house:
        house.mediafeed.refresh(sources, note)

    assert order == ["podcast", "site", "page"]


def test_one_broken_source_costs_no_other(tmp_path: Path, origin: Origin, clock: Clock):
    sources = [Source(id=f"s{n}", url=origin.serve(f"/{n}", feed(item(n), title=f"Show {n}"))) for n in range(1, 5)]
    del origin.routes["/2"]

    with assembled_at(clock, config(tmp_path, origin, *sources)) as house:
        visits = {visit.source: visit for visit in house.mediafeed.refresh(sources)}

        assert visits["s2"].kind is FailureKind.MISSING
        assert [visits[f"s{n}"].outcome for n in (1, 3, 4)] == [Outcome.NEW] * 3
        assert len(house.titles()) == 3


def test_who_asks_says_where_the_operator_can_be_reached(tmp_path: Path, origin: Origin, clock: Clock):
    source = Source(id="straits", url=origin.serve("/feed", feed(item(1))))

    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        house.visit()

    said = origin.header("User-Agent", "/feed")
    assert said is not None
    assert said.startswith("mediafeed/")
    assert "+https://ours.example; 1 sources" in said


def test_a_secret_is_sent_to_the_source_it_is_for(
    tmp_path: Path, origin: Origin, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("STRAITS_LOGIN", "user:password")
    source = Source(id="straits", url=origin.serve("/feed", feed(item(1))), auth="env:STRAITS_LOGIN")

    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        house.visit()

    assert origin.header("Authorization", "/feed") == "Basic dXNlcjpwYXNzd29yZA=="


def test_a_picture_that_is_not_there_is_told_and_a_plain_cover_is_drawn(
    tmp_path: Path, origin: Origin, caplog: pytest.LogCaptureFixture
):
    settings = config(tmp_path, origin)
    settings = replace(settings, site=replace(settings.site, image=str(tmp_path / "cover.jpg")))

    with assembled(settings) as house:
        house.publish()

    assert "picture not read" in caplog.text
    assert (tmp_path / "feeds" / "assets" / "cover.png").exists()


def test_a_database_that_is_none_is_told_and_left_as_it_is(tmp_path: Path, origin: Origin):
    (tmp_path / "data").mkdir()
    database = tmp_path / "data" / "mediafeed.db"
    database.write_bytes(b"this is no database" * 100)

    with pytest.raises(StoreError), assembled(config(tmp_path, origin)):
        pass

    assert database.read_bytes() == b"this is no database" * 100


def test_force_for_all_comes_at_most_once_a_minute(tmp_path: Path, origin: Origin, clock: Clock):
    source = Source(id="straits", url=origin.serve("/feed", feed(item(1))))
    settings = config(tmp_path, origin, source)
    settings = replace(settings, poll=replace(settings.poll, minimum=timedelta(hours=1)))

    with assembled_at(clock, settings) as house:
        house.visit()
        clock.move(seconds=20)
        early = house.mediafeed.choose((), force=True)
        clock.move(seconds=60)
        later = house.mediafeed.choose((), force=True)

    assert (early.sources, [name for name, _ in early.skipped]) == ((), ["straits"])
    assert later.sources == (source,)


def test_a_visit_that_brings_news_waits_for_no_document_and_what_is_published_is_as_it_stood(
    tmp_path: Path, origin: Origin, clock: Clock
):
    """Documents take far longer than all else: while they were made, nobody's news could be taken in."""
    source = Source(id="straits", url=origin.serve("/feed", feed(item(1))))
    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        house.visit("straits")
        changed = feed(item(1, description="Other words."), item(2))
        came: list[Visit] = []

        def meanwhile(step: str, _done: int, _of: int) -> None:
            if step == "write" and not came:
                origin.serve("/feed", changed)
                clock.move(minutes=70)
                visiting = threading.Thread(target=lambda: came.append(house.mediafeed.pipeline.visit(source)))
                visiting.start()
                visiting.join(60)
                assert came, "it waited"

        house.mediafeed.publish(meanwhile)
        as_it_stood = house.published()
        house.mediafeed.publish()

        assert (came[0].new, came[0].modified) == (1, 1)
        assert "guid-1" in as_it_stood
        assert "guid-2" not in as_it_stood
        assert "Other words." not in as_it_stood
        assert "guid-2" in house.published()
        assert "Other words." in house.published()
