"""What is stored, understood anew beside the visits, where settings or rules changed: once by the settings of now."""

import logging
from collections.abc import Callable
from threading import Event

from mediafeed.assemble import Mediafeed
from mediafeed.daemon.clocks import Clocks
from mediafeed.errors import MediafeedError, StoppingError

log = logging.getLogger(__name__)

REST = 60.0  # seconds before it is tried again after an error


class Understanding:
    """Understands anew, a batch at a time. Whoever visits goes on meanwhile; nothing is published until it is done."""

    def __init__(
        self,
        house: Callable[[], Mediafeed],
        clocks: Clocks,
        *,
        may_begin: Callable[[Mediafeed], bool],
        on_changes: Callable[[], None],
        stop: Event,
    ) -> None:
        """Take a way to ask for the house of now, who says when nobody is at work by earlier settings, who hears."""
        self._house = house
        self._clocks = clocks
        self._may_begin = may_begin
        self._on_changes = on_changes
        self._stop = stop
        self._done_by: Mediafeed | None = None
        self._failed_at: float | None = None  # on the steady clock

    def is_well(self) -> bool:
        """Say whether the last time did what it should."""
        return self._failed_at is None

    def turn(self) -> None:
        """Understand by the settings of now what is stored, unless that was done. After an error it is tried again."""
        house = self._house()
        if self._done_by is house or self._rests() or self._stop.is_set() or not self._may_begin(house):
            return
        try:
            changes = house.understand_anew(on_step=lambda _step, _done, _of: self._go_on(house))
        except StoppingError as error:
            log.info("broken off", extra={"step": "understand", "reason": str(error)})
            return
        except MediafeedError as error:
            self._failed_at = self._clocks.steady()
            log.error("not understood anew", extra={"reason": str(error)})  # noqa: TRY400 - told whole
            return
        except Exception:  # whatever it is, it is tried again and the daemon says that it is not well
            self._failed_at = self._clocks.steady()
            log.exception("understanding failed")
            return
        self._failed_at = None
        self._done_by = house
        if changes:
            self._on_changes()

    def _rests(self) -> bool:
        return self._failed_at is not None and self._clocks.steady() < self._failed_at + REST

    def _go_on(self, house: Mediafeed) -> None:
        """Break off between two batches when it is over; the next start, or the settings of now, go on with it."""
        if self._stop.is_set():
            raise StoppingError("stopped before all was understood anew; the next start goes on")
        if self._house() is not house:
            raise StoppingError("the settings changed; begun again")
