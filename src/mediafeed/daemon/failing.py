"""Which sources fail, for the log: a line when one begins to, and one when it is well again."""

import logging
from collections.abc import Iterable
from threading import Lock

from mediafeed.model.source import Outcome, SourceState, Visit
from mediafeed.refresh.pacing import in_words
from mediafeed.refresh.remembering import TELLING

log = logging.getLogger(__name__)


class Failing:
    """Hears of every visit. Thread-safe."""

    def __init__(self, states: Iterable[SourceState]) -> None:
        """Take what is remembered: who fails already was told of before."""
        self._since = {state.id: state.failing_since for state in states if state.failures}
        self._lock = Lock()

    def hear(self, visit: Visit) -> None:
        """Tell of a visit, if its source is otherwise than it was."""
        failed = visit.outcome is Outcome.FAILED
        with self._lock:
            if failed is (visit.source in self._since):
                return
            since = None
            if failed:
                self._since[visit.source] = visit.at
            else:
                since = self._since.pop(visit.source)
        if not failed:
            lasted = in_words(visit.at - since) if since else ""
            log.warning("source well again", extra={"source": visit.source, "failed_for": lasted})
        elif visit.kind not in TELLING:  # whoever remembered it told of those
            log.warning(
                "source fails",
                extra={
                    "source": visit.source,
                    "reason": str(visit.kind),
                    "detail": visit.detail,
                    "next": f"{visit.next_visit:%Y-%m-%d %H:%M:%S}" if visit.next_visit else "",
                },
            )
