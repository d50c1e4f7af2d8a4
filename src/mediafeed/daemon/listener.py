"""Audio, transcripts and pictures that are wanted, asked beside the visits."""

import logging
import threading
from collections.abc import Callable, Sequence
from typing import Final

from mediafeed.daemon.clocks import Clocks
from mediafeed.errors import MediafeedError
from mediafeed.refresh.asking import Asks, Errand

log = logging.getLogger(__name__)

EVERY: Final = 300.0  # seconds between two looks while nothing is wanted; after news it is looked at once
STRETCH: Final = 20.0  # seconds of asking, then what came may be published


class Listener:
    """Asks one after the other. Whoever polls the same host goes first: that is seen to where turns are given."""

    def __init__(
        self,
        asking: Callable[[], Sequence[Asks]],
        clocks: Clocks,
        stop: threading.Event,
        *,
        is_waited_for: Callable[[], bool] = lambda: False,
    ) -> None:
        """Take who asks, by the settings of now, what matters most in front, and what says that it is over.

        While somebody waits for an answer there is no rest.
        """
        self._asking = asking
        self._is_waited_for = is_waited_for
        self._clocks = clocks
        self._stop = stop
        self._rests_until: float | None = None  # on the steady clock
        self._news = threading.Event()  # since the last look began: there may be more than it saw

    def listen(self) -> bool:
        """Ask for a while what is wanted now; say whether anything that is published is to change."""
        began = self._clocks.steady()
        if not self._clocks.is_set or (self._rests(began) and not self._is_waited_for()):
            return False
        self._news.clear()
        modified = False
        for asks in self._asking():
            did = False
            for errand in asks.errands():
                if self._stop.is_set() or self._clocks.steady() - began >= STRETCH:
                    return modified
                done = self._done(errand)
                did = did or done is not None
                modified = modified or bool(done)
            if did:
                return modified  # what matters more may be wanted meanwhile
        self.rest()
        return modified

    def _done(self, errand: Errand) -> bool | None:
        """Do one errand; one that we fail over is None, keeps no other from its turn, and is tried again after a rest.

        Nor does it keep those from theirs who matter less: it stands there at every look.
        """
        try:
            return errand()
        except MediafeedError:  # it is over, or the store is away: nobody else would fare better
            raise
        except Exception:
            log.exception("asking failed")
            self.rest()
            return None

    def _rests(self, now: float) -> bool:
        return self._rests_until is not None and now < self._rests_until and not self._news.is_set()

    def rest(self) -> None:
        """Look again in a while."""
        self._rests_until = self._clocks.steady() + EVERY

    def look_now(self) -> None:
        """Look at the next occasion: there are new episodes, or the clock was set."""
        self._news.set()
