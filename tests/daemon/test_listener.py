"""What is asked beside the visits: in which order, and for how long."""

import threading
from collections.abc import Sequence

from mediafeed.daemon.clocks import Clocks
from mediafeed.daemon.listener import EVERY, STRETCH, Listener
from mediafeed.refresh.asking import Asks, Errand
from tests.refresh.origin import Clock


class Asker:
    """Has some things to ask for; each takes so many seconds."""

    def __init__(self, clock: Clock, heard: list[str], *names: str, seconds: float = 1.0) -> None:
        self.names = list(names)
        self._clock, self._heard, self._seconds = clock, heard, seconds

    def errands(self) -> Sequence[Errand]:
        return [self._asked] * len(self.names)

    def _asked(self) -> bool:
        self._heard.append(self.names.pop(0))
        self._clock.move(seconds=self._seconds)
        return True


def listener(clock: Clock, *askers: Asker) -> Listener:
    steady = Clocks(clock, lambda: clock().timestamp())
    return Listener(lambda: askers, steady, threading.Event())


def test_audio_is_asked_before_transcripts_and_pictures_and_looked_for_again_before_each(clock: Clock):
    heard: list[str] = []
    audio, pictures = Asker(clock, heard, "audio"), Asker(clock, heard, "picture")
    job = listener(clock, audio, pictures)

    assert job.listen()
    audio.names.append("more audio")
    job.listen()
    job.listen()

    assert heard == ["audio", "more audio", "picture"]


def test_asking_stops_after_a_while_and_goes_on_the_next_time(clock: Clock):
    heard: list[str] = []
    job = listener(clock, Asker(clock, heard, *"abcd", seconds=STRETCH / 2))

    job.listen()
    first = list(heard)
    job.listen()

    assert (first, heard) == (["a", "b"], ["a", "b", "c", "d"])


def test_when_nothing_is_wanted_it_is_looked_again_after_a_while(clock: Clock):
    heard: list[str] = []
    asker = Asker(clock, heard)
    job = listener(clock, asker)

    assert not job.listen()
    asker.names.append("new")
    job.listen()
    too_early = list(heard)
    clock.move(seconds=EVERY)
    job.listen()

    assert (too_early, heard) == ([], ["new"])


def test_an_errand_that_we_fail_over_keeps_no_other_from_its_turn_and_rests(clock: Clock):
    """It came first every time: whatever stood behind it was never asked for."""
    asked: list[str] = []

    def failing() -> bool:
        asked.append("failing")
        raise ZeroDivisionError

    def other() -> bool:
        asked.append("other")
        return True

    class Both:
        def errands(self) -> Sequence[Errand]:
            return [failing, other]

    job = Listener(lambda: [Both()], Clocks(clock, lambda: clock().timestamp()), threading.Event())
    modified = job.listen()
    clock.move(seconds=1)
    job.listen()

    assert modified
    assert asked == ["failing", "other"]


def test_who_has_nothing_but_what_we_fail_over_keeps_nobody_behind_from_their_turn(clock: Clock):
    """It is wanted still at every look: transcripts and pictures were never asked for."""
    heard: list[str] = []

    def failing() -> bool:
        raise ZeroDivisionError

    class Failing:
        def errands(self) -> Sequence[Errand]:
            return [failing]

    asking: tuple[Asks, ...] = (Failing(), Asker(clock, heard, "picture"))
    job = Listener(lambda: asking, Clocks(clock, lambda: clock().timestamp()), threading.Event())

    assert job.listen()
    assert heard == ["picture"]
