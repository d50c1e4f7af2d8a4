import threading
import time
from contextlib import AbstractContextManager

import pytest

from mediafeed.refresh.gate import Gate


class Walkers:
    """Threads that go through a gate and stay inside until they are let out."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate
        self.inside: list[str] = []
        self._out: dict[str, threading.Event] = {}
        self._threads: list[threading.Thread] = []

    def send(self, name: str, way: AbstractContextManager[None]) -> None:
        out = self._out[name] = threading.Event()

        def walk() -> None:
            with way:
                self.inside.append(name)
                out.wait(10)

        self._threads.append(threading.Thread(target=walk))
        self._threads[-1].start()

    def let_out(self, *names: str) -> None:
        for name in names:
            self._out[name].set()

    def soon(self, *names: str) -> bool:
        """Say whether exactly these have gone in, soon."""
        until = time.monotonic() + 5
        while self.inside != list(names) and time.monotonic() < until:
            time.sleep(0.005)
        time.sleep(0.05)
        return self.inside == list(names)

    def end(self) -> None:
        self.let_out(*self._out)
        for thread in self._threads:
            thread.join()


def test_who_publishes_is_alone_and_those_who_write_are_together():
    gate = Gate()
    walkers = Walkers(gate)

    walkers.send("a", gate.together())
    assert walkers.soon("a")
    walkers.send("b", gate.together())
    assert walkers.soon("a", "b")
    walkers.send("publish", gate.alone())
    assert walkers.soon("a", "b")
    walkers.send("c", gate.together())  # comes after who wants to be alone, and goes in after it
    assert walkers.soon("a", "b")
    walkers.let_out("a", "b")
    assert walkers.soon("a", "b", "publish")
    walkers.let_out("publish")
    assert walkers.soon("a", "b", "publish", "c")
    walkers.end()


def test_who_fails_inside_leaves_all_the_same():
    gate = Gate()
    for way in (gate.together, gate.alone):
        try:
            with way():
                raise ZeroDivisionError
        except ZeroDivisionError:
            pass

    with gate.alone():
        pass


def test_of_one_source_one_at_a_time_goes_through_and_of_others_anybody():
    gate = Gate()
    walkers = Walkers(gate)

    walkers.send("a", gate.one_at_a_time("a"))
    assert walkers.soon("a")
    walkers.send("a again", gate.one_at_a_time("a"))
    walkers.send("b", gate.one_at_a_time("b"))
    assert walkers.soon("a", "b")
    walkers.let_out("a")
    assert walkers.soon("a", "b", "a again")
    walkers.end()


def test_who_gives_up_wanting_to_be_alone_keeps_nobody_out():
    """Ctrl-C while it waited: whoever came later would have waited for ever."""
    gate = Gate()
    walkers = Walkers(gate)

    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(gate._changed, "wait_for", interrupted)
        with pytest.raises(KeyboardInterrupt), gate.alone():
            pass
    walkers.send("visit", gate.together())
    went_in = walkers.soon("visit")
    walkers.end()

    assert went_in
