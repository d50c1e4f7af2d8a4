"""Audio that is wanted, asked beside the visits."""

import threading
from collections.abc import Callable
from typing import Final

from mediafeed.daemon.clocks import Clocks
from mediafeed.refresh.listening import Listening

EVERY: Final = 300.0  # seconds between two looks while nothing is wanted; after news it is looked at once
STRETCH: Final = 20.0  # seconds of asking, then what came may be published


class Listener:
    """Asks one after the other. Whoever polls the same host goes first: that is seen to where turns are given."""

    def __init__(self, listening: Callable[[], Listening], clocks: Clocks, stop: threading.Event) -> None:
        """Take who asks, by the settings of now, and what says that it is over."""
        self._listening = listening
        self._clocks = clocks
        self._stop = stop
        self._rests_until: float | None = None  # on the steady clock

    def listen(self) -> bool:
        """Ask for a while what is wanted now; say whether an episode is modified."""
        began = self._clocks.steady()
        if not self._clocks.is_set or (self._rests_until is not None and began < self._rests_until):
            return False
        modified = False
        listening = self._listening()
        wanted = listening.wanted()
        for one in wanted:
            if self._stop.is_set() or self._clocks.steady() - began >= STRETCH:
                return modified
            modified = listening.ask(one).modified or modified
        if not wanted:
            self.rest()
        return modified

    def rest(self) -> None:
        """Look again in a while."""
        self._rests_until = self._clocks.steady() + EVERY

    def look_now(self) -> None:
        """Look at the next occasion: there are new episodes, or the clock was set."""
        self._rests_until = None
