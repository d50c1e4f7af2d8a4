"""Audio that somebody wishes to be measured while the daemon works."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mediafeed.daemon import Daemon
from mediafeed.errors import PublishError
from mediafeed.model.settings import Measure
from mediafeed.model.source import Source
from mediafeed.model.wishes import Answer
from mediafeed.refresh.publishing import Publisher
from tests.daemon.conftest import hourly, once, steady
from tests.parse.audio_files import mp3_frames, with_xing
from tests.refresh.origin import Clock, House, Origin, assembled_at, feed, item


class Heard:
    """Three episodes that were heard, of which one has no audio that is there; nothing is wanted by itself."""

    def __init__(self, house: House, daemon: Daemon, origin: Origin, clock: Clock) -> None:
        self.house, self.daemon, self.origin, self.clock = house, daemon, origin, clock
        once(daemon)
        daemon.ask_for_files()  # and rests

    @property
    def ids(self) -> list[str]:
        return [one.id for one in self.house.store.index()]

    def wish(self, *episodes: str) -> int:
        return self.house.store.wishes.ask_audio(episodes, now=self.clock())

    def go_on(self) -> None:
        self.daemon.ask_for_files()
        self.daemon.publish()

    def answer(self, number: int) -> Answer | None:
        return self.house.store.wishes.answer(number)

    def audio_asked(self) -> list[str]:
        return [path for path in self.origin.asked() if path.endswith(".mp3")]


@pytest.fixture(params=[Measure.NEVER])
def heard(request: pytest.FixtureRequest, tmp_path: Path, origin: Origin, clock: Clock) -> Iterator[Heard]:
    audio = [origin.serve_parts(f"/{n}.mp3", with_xing(mp3_frames(1_000), 1_000)) for n in (1, 2)]
    listed = feed(item(1, audio=audio[0]), item(2, audio=audio[1]), item(3, audio=f"{origin.url}/3.mp3"))
    source = Source(id="a", url=origin.serve("/a", listed, 'ETag: "1"'))
    settings = replace(hourly(tmp_path, origin, source), measure=request.param)
    with assembled_at(clock, settings) as house:
        daemon = Daemon(house.mediafeed, steady=steady(clock))
        yield Heard(house, daemon, origin, clock)
        daemon.stop()


def named(heard: Heard, audio: str) -> str:
    """Give the id of the episode with this audio."""
    (found,) = (one.episode for one in heard.house.store.measurements.named(heard.ids) if one.url.endswith(f"/{audio}"))
    return found


def test_episodes_that_somebody_names_are_measured_published_and_answered(heard: Heard):
    number = heard.wish(named(heard, "1.mp3"))

    heard.daemon.ask_for_files()
    before = heard.answer(number)
    heard.daemon.publish()

    assert before is None
    assert heard.answer(number) == Answer(measured=(named(heard, "1.mp3"),))
    assert heard.audio_asked() == ["/1.mp3"]
    assert "<itunes:duration>26</itunes:duration>" in heard.house.published()


def test_audio_that_is_not_there_is_asked_once_and_answered(heard: Heard):
    number = heard.wish(named(heard, "3.mp3"))

    heard.go_on()
    heard.go_on()

    assert heard.answer(number) == Answer(measured=(named(heard, "3.mp3"),))
    assert heard.audio_asked() == ["/3.mp3"]


@pytest.mark.parametrize("heard", [Measure.NEVER, Measure.MISSING], indirect=True)
def test_without_names_all_that_is_wanted_is_meant_and_nothing_is_asked_twice(heard: Heard):
    asked = heard.audio_asked()
    one, other = heard.wish(), heard.wish()

    for _ in range(3):
        heard.go_on()

    assert heard.answer(one) == heard.answer(other) == Answer()
    assert heard.audio_asked() == asked


@pytest.mark.parametrize("heard", [Measure.ALL], indirect=True)
def test_what_is_wanted_when_somebody_asks_is_told(heard: Heard):
    heard.origin.serve("/a", feed(item(4, audio=heard.origin.serve_parts("/4.mp3", mp3_frames(1_000)))), 'ETag: "2"')
    heard.clock.move(hours=2)
    heard.daemon.tick()
    heard.daemon.wait()
    number = heard.wish()

    heard.go_on()
    heard.go_on()

    answer = heard.answer(number)
    assert answer is not None
    assert sorted(answer.measured) == sorted((named(heard, "3.mp3"), named(heard, "4.mp3")))
    assert heard.audio_asked().count("/1.mp3") == 1


def test_a_wish_that_is_taken_back_is_not_gone_on_with(heard: Heard, monkeypatch):
    number = heard.wish(*heard.ids)
    monkeypatch.setattr("mediafeed.daemon.listener.STRETCH", 0.0)
    heard.go_on()
    assert heard.house.store.wishes.withdraw(number)
    monkeypatch.setattr("mediafeed.daemon.listener.STRETCH", 20.0)

    heard.go_on()

    assert heard.audio_asked() == []


def test_wishes_for_visits_and_for_audio_are_not_taken_for_each_other(heard: Heard):
    audio = heard.wish(named(heard, "1.mp3"))
    visits = heard.house.store.wishes.ask(["a"], force=True, now=heard.clock())

    once(heard.daemon)
    after_tick = heard.answer(audio), heard.answer(visits)
    heard.go_on()

    assert after_tick[0] is None
    assert after_tick[1] is not None
    assert heard.answer(audio) == Answer(measured=(named(heard, "1.mp3"),))


def test_an_error_of_ours_is_told_to_who_waits_and_not_made_again(heard: Heard, monkeypatch):
    def broken(*_: object) -> None:
        raise ZeroDivisionError("nobody thought of it")

    monkeypatch.setattr(type(heard.house.mediafeed.listening), "ask", broken)
    number = heard.wish(*heard.ids)

    heard.go_on()

    answer = heard.answer(number)
    assert answer is not None
    assert answer.fault.endswith("could not be measured, the daemon's log says why")


def test_who_waits_is_told_that_what_was_measured_is_not_published(heard: Heard, monkeypatch):
    def full(*_: object) -> None:
        raise PublishError("feeds: No space left on device")

    monkeypatch.setattr(Publisher, "write", full)
    number = heard.wish(named(heard, "1.mp3"))

    heard.go_on()

    assert heard.answer(number) == Answer(
        measured=(named(heard, "1.mp3"),), unpublished="feeds: No space left on device"
    )
