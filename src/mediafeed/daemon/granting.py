"""Wishes of others: taken up, followed until what they asked for is visited and published, and answered."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from mediafeed.model.source import Visit
from mediafeed.model.wishes import Answer, Wish
from mediafeed.store.wishes import Wishes

NOT_VISITED = "the daemon did not come to it; it stays due"


@dataclass(slots=True)
class _Open:
    """A wish that is being granted."""

    awaited: set[str]  # sources whose visit is still to come
    skipped: list[tuple[str, str]]
    heard: dict[str, Visit] = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)
    measured: tuple[str, ...] = ()

    @property
    def done(self) -> bool:
        return not self.awaited and self.settled >= self.heard.keys()

    def answer(self, unpublished: str) -> Answer:
        return Answer(
            visits=tuple(self.heard.values()),
            skipped=tuple(self.skipped),
            unpublished=unpublished,
            measured=self.measured,
        )


class Granting:
    """What is asked of the daemon and not answered yet. Thread-safe."""

    def __init__(self, wishes: Wishes) -> None:
        """Take where wishes are left."""
        self._wishes = wishes
        self._lock = threading.Lock()
        self._open: dict[int, _Open] = {}

    def fresh(self) -> tuple[Wish, ...]:
        """Give the wishes for visits that were not taken up yet."""
        return tuple(wish for wish in self._fresh() if wish.episodes is None)

    def fresh_audio(self) -> tuple[Wish, ...]:
        """Give the wishes for audio that are not granted yet."""
        return tuple(wish for wish in self._fresh() if wish.episodes is not None)

    def _fresh(self) -> tuple[Wish, ...]:
        with self._lock:
            taken_up = set(self._open)  # looked at first: who is answered in between is in one of both
        return tuple(wish for wish in self._wishes.unanswered() if wish.number not in taken_up)

    def take_up(
        self,
        wish: Wish,
        awaited: Iterable[str],
        skipped: Iterable[tuple[str, str]],
        *,
        measured: Iterable[str] = (),
    ) -> None:
        """Wait for visits to these sources; the audio of these episodes was measured."""
        with self._lock:
            self._open[wish.number] = _Open(set(awaited), list(skipped), measured=tuple(measured))

    def leave_out(self, wish: Wish, skipped: Iterable[tuple[str, str]]) -> None:
        """No longer wait for these sources, for these reasons."""
        with self._lock:
            one = self._open[wish.number]
            for source, reason in skipped:
                if source in one.awaited:
                    one.awaited.remove(source)
                    one.skipped.append((source, reason))

    def refuse(self, wish: Wish, fault: str) -> None:
        """Say why nothing is done."""
        self._wishes.answered(wish.number, Answer(fault=fault))

    def hear(self, visit: Visit) -> None:
        """Hear that a visit ended."""
        with self._lock:
            for one in self._open.values():
                if visit.source in one.awaited:
                    one.awaited.remove(visit.source)
                    one.heard[visit.source] = visit

    def settled(self, visits: Iterable[Visit]) -> None:
        """Hear what visits came to in the end."""
        with self._lock:
            for visit in visits:
                for one in self._open.values():
                    if visit.source in one.heard:
                        one.heard[visit.source] = visit
                        one.settled.add(visit.source)

    def give_up(self, is_coming: Callable[[str], bool]) -> None:
        """No longer wait for sources that nobody is going to visit, as their host asked to wait.

        A visit is heard of before its source is let go: who is awaited and not coming was left out.
        """
        with self._lock:
            for one in self._open.values():
                for source in [source for source in one.awaited if not is_coming(source)]:
                    one.awaited.remove(source)
                    one.skipped.append((source, NOT_VISITED))

    @property
    def waits(self) -> bool:
        """Say whether somebody waits for nothing but what was visited already."""
        with self._lock:
            return any(not one.awaited for one in self._open.values())

    def answer(self, unpublished: str = "") -> None:
        """Answer whoever waits for nothing but this, which may be that it is not published, and why."""
        with self._lock:
            done = {number: one for number, one in self._open.items() if one.done}
        for number, one in done.items():
            self._wishes.answered(number, one.answer(unpublished))
            with self._lock:
                del self._open[number]
