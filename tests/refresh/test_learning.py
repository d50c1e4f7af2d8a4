"""A show's habits are those of its oldest episodes, however these came; all that is stored is credited by them."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from mediafeed.model.episode import Credit
from mediafeed.model.settings import Override
from mediafeed.model.source import Source
from mediafeed.normalize import episode as claiming
from mediafeed.normalize.credits.extract import Facts, Habits, Profile, Read, ShowFacts, read
from mediafeed.refresh import learning, understanding
from mediafeed.refresh.learning import how_many_teach
from mediafeed.refresh.taking_in import TakesIn
from tests.normalize.making import guest
from tests.refresh.origin import Clock, House, Origin, assembled_at, config, feed, item

Words = dict[int, tuple[str, int]]  # an item's number: its words, and the day it is dated to


@pytest.fixture
def touchy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules by which a show's profile tells exactly whose words taught it, and every credit tells the profile."""

    def habits(words: Read) -> Habits:
        return Habits(episodes=1, names={words.facts.description: (1, 0, 0)})

    def profile(habits: Habits, _: ShowFacts) -> Profile:
        return Profile(hosts=tuple(sorted(habits.names)))

    def credits_(words: Read, profile: Profile) -> tuple[Credit, ...]:
        return (guest(f"{words.facts.description} after {', '.join(profile.hosts) or 'nothing'}"[:110]),)

    monkeypatch.setattr(learning, "habits_of", habits)
    monkeypatch.setattr(learning, "profile_of", profile)
    monkeypatch.setattr(claiming, "credits_of", credits_)


def document(words: Words, numbers: list[int]) -> bytes:
    first = datetime(2022, 1, 1, 7, tzinfo=UTC)
    return feed(
        *(
            item(n, description=words[n][0], pubDate=format_datetime(first + timedelta(days=words[n][1])))
            for n in numbers
        )
    )


def credits_in(house: House) -> dict[str, list[str]]:
    found = house.store.episodes([row.id for row in house.store.index()])
    return {str(episode.guid): [credit.name for credit in episode.credits] for episode in found}


def read_at_once(words: Words, folder: Path, origin: Origin, clock: Clock) -> dict[str, list[str]]:
    source = Source(id="whole", url=origin.serve("/whole", document(words, sorted(words))))
    with assembled_at(clock, config(folder, origin, source)) as house:
        house.visit()
        return credits_in(house)


def some(number: int, day: int | None = None) -> tuple[str, int]:
    return f"Words {number}", number if day is None else day


@pytest.mark.parametrize("seed", range(8))
def test_credits_are_the_same_in_whatever_order_and_parts_the_items_came(
    touchy: None, tmp_path: Path, origin: Origin, clock: Clock, seed: int
):
    chance = random.Random(seed)
    words = {number: some(number) for number in range(1, chance.randint(6, 20))}
    order = list(words) if seed % 2 else chance.sample(list(words), len(words))
    source = Source(id="parts", url=origin.url + "/parts")

    with assembled_at(clock, config(tmp_path / "parts", origin, source)) as house:
        told: list[int] = []
        while order:
            size = chance.randint(1, 4)
            told, order = [*told, *order[:size]], order[size:]
            if chance.random() < 0.4:
                words[chance.choice(told)] = (f"New words {len(told)}", chance.randint(1, 20))
            origin.serve("/parts", document(words, chance.sample(told, len(told))))
            house.visit()
        origin.serve("/parts", document(words, list(words)))
        house.visit()
        found = credits_in(house)
        again = house.mediafeed.understand_anew(force=True)

    assert found == read_at_once(words, tmp_path / "whole", origin, clock)
    assert not again


def test_items_that_are_no_longer_listed_teach_as_well(touchy: None, tmp_path: Path, origin: Origin, clock: Clock):
    words = {number: some(number) for number in range(1, 10)}
    source = Source(id="window", url=origin.url + "/window")

    with assembled_at(clock, config(tmp_path / "parts", origin, source)) as house:
        for start in range(1, 8):
            origin.serve("/window", document(words, [start, start + 1, start + 2]))
            house.visit()
        found = credits_in(house)

    assert found == read_at_once(words, tmp_path / "whole", origin, clock)


def test_an_item_that_teaches_is_read_once_for_its_show_and_for_itself(
    tmp_path: Path, origin: Origin, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    words = {number: some(number) for number in range(1, 8)}
    source = Source(id="once", url=origin.serve("/once", document(words, list(words))))
    titles: list[str] = []

    def counted(facts: Facts, show: ShowFacts) -> Read:
        titles.append(facts.title)
        return read(facts, show)

    monkeypatch.setattr(claiming, "read", counted)

    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        house.visit()

    assert sorted(title[:9] for title in titles) == [f"Episode {number}" for number in words]


def test_a_document_too_long_to_be_kept_in_memory_is_credited_alike(
    tmp_path: Path, origin: Origin, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    words = {number: (f"Ada Quill speaks to Tom Varga about fog {number}.", number) for number in range(1, 8)}
    found = read_at_once(words, tmp_path / "kept", origin, clock)
    monkeypatch.setattr(understanding, "MOST_READ_AHEAD", 2)

    assert read_at_once(words, tmp_path / "again", origin, clock) == found


def spied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    real, calls = TakesIn.understand_anew, []

    def spying(self, source, **more):
        calls.append(source.id)
        return real(self, source, **more)

    monkeypatch.setattr(TakesIn, "understand_anew", spying)
    return calls


def test_what_a_show_said_is_understood_anew_when_it_has_grown_by_half_and_not_before(
    tmp_path: Path, origin: Origin, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    words = {number: some(number) for number in range(1, 14)}
    source = Source(id="growing", url=origin.url + "/growing")
    calls, at = spied(monkeypatch), []

    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        for count in range(4, 14):
            origin.serve("/growing", document(words, list(range(1, count + 1))))
            house.visit()
            if calls:
                at.append(count)
                calls.clear()

    assert at == [6, 9, 13]


def test_new_words_of_an_episode_that_taught_are_learned_and_of_one_that_did_not_are_not(
    touchy: None, tmp_path: Path, origin: Origin, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    words = {number: some(number) for number in range(1, 9)}
    assert how_many_teach(len(words)) == 6
    source = Source(id="words", url=origin.serve("/words", document(words, list(words))))
    calls = spied(monkeypatch)

    with assembled_at(clock, config(tmp_path / "parts", origin, source)) as house:
        house.visit()
        words[8] = ("Words that teach nobody", 8)
        origin.serve("/words", document(words, list(words)))
        house.visit()
        assert not calls
        words[2] = ("Words that teach", 2)
        origin.serve("/words", document(words, list(words)))
        visit = house.visit()
        assert calls == ["words"]
        found = credits_in(house)

    assert visit.modified == 8
    assert found == read_at_once(words, tmp_path / "whole", origin, clock)


def test_other_audio_of_an_episode_teaches_nothing(
    tmp_path: Path, origin: Origin, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    listed = [item(number) for number in range(1, 5)]
    source = Source(id="audio", url=origin.serve("/audio", feed(*listed)))
    calls = spied(monkeypatch)

    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        house.visit()
        origin.serve("/audio", feed(*(one.replace(".mp3", ".mp3?session=2") for one in listed)))
        house.visit()

    assert not calls


def test_what_was_interrupted_is_learned_at_the_next_start(
    touchy: None, tmp_path: Path, origin: Origin, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    words = {number: some(number) for number in range(1, 7)}
    source = Source(id="cut", url=origin.serve("/cut", document(words, [1, 2, 3, 4, 5])))
    settings = config(tmp_path / "parts", origin, source)

    with assembled_at(clock, settings) as house:
        house.mediafeed.understand_anew()
        house.visit()
        origin.serve("/cut", document(words, list(words)))
        with monkeypatch.context() as broken:
            broken.setattr(TakesIn, "understand_anew", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                house.visit()
    with assembled_at(clock, settings) as house:
        changes = house.mediafeed.understand_anew()
        found = credits_in(house)

    assert len(changes.modified) == 6
    assert found == read_at_once(words, tmp_path / "whole", origin, clock)


def test_a_forced_recredit_that_was_interrupted_goes_on_at_the_next_start(
    tmp_path: Path, origin: Origin, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    sources = [Source(id=f"s{n}", url=origin.serve(f"/s{n}", feed(item(n), title=f"Show {n}"))) for n in (1, 2, 3)]
    settings = config(tmp_path, origin, *sources)
    calls = spied(monkeypatch)
    real = TakesIn.understand_anew

    def second_time(self, source, **more):
        if source.id == "s2":
            raise KeyboardInterrupt
        return real(self, source, **more)

    with assembled_at(clock, settings) as house:
        house.visit()
        house.mediafeed.understand_anew()
        with monkeypatch.context() as broken:
            broken.setattr(TakesIn, "understand_anew", second_time)
            with pytest.raises(KeyboardInterrupt):
                house.mediafeed.understand_anew(force=True)
        calls.clear()
        house.mediafeed.understand_anew()
        house.mediafeed.understand_anew()

    assert calls == ["s2", "s3"]


def test_other_rules_are_applied_by_themselves_and_what_they_change_is_told(
    tmp_path: Path, origin: Origin, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    source = Source(id="rules", url=origin.serve("/rules", feed(item(1), item(2))))
    settings = config(tmp_path, origin, source)
    told: list[tuple[str, list[str]]] = []

    with assembled_at(clock, settings) as house:
        house.visit()
        house.mediafeed.understand_anew()
        monkeypatch.setattr("mediafeed.refresh.anew.rules_key", lambda: "another")
        monkeypatch.setattr(claiming, "credits_of", lambda words, _: (guest(f"Guest of {words.facts.title[:9]}"),))
        tell = lambda one: told.append((one.title[:9], [change.name for change in one.changes]))  # noqa: E731
        first = house.mediafeed.understand_anew(tell=tell)
        second = house.mediafeed.understand_anew(tell=tell)

    assert sorted(told) == [("Episode 1", ["Guest of Episode 1"]), ("Episode 2", ["Guest of Episode 2"])]
    assert (len(first.modified), bool(second)) == (2, False)


def test_other_persons_or_overrides_cost_no_new_claims(
    tmp_path: Path, origin: Origin, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    source = Source(id="who", url=origin.serve("/who", feed(item(1))))
    settings = config(tmp_path, origin, source)
    with assembled_at(clock, settings) as house:
        house.visit()
        house.mediafeed.understand_anew()
        (row,) = house.store.index()
    calls = spied(monkeypatch)
    override = Override(episode=row.id, name="Ada Quill", role="guest")

    with assembled_at(clock, replace(settings, overrides=(override,))) as house:
        changes = house.mediafeed.understand_anew()
        found = credits_in(house)

    assert (changes.modified, calls) == ((row.id,), [])
    assert found == {"guid-1": ["Ada Quill"]}
