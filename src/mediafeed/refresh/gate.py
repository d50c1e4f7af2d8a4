"""Who waits for whom: visits write side by side, whoever brings together and renders what they wrote is alone.

Of one source only one thing at a time is understood.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition


class Gate:
    """Lets many through together, or one alone. Who wants to be alone is let in before others who come later."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._inside = 0
        self._alone = False
        self._wanting = 0
        self._left = Condition()
        self._taken: set[str] = set()  # sources of which something is being understood

    @contextmanager
    def together(self) -> Iterator[None]:
        """Go through with others."""
        with self._changed:
            self._changed.wait_for(lambda: not (self._alone or self._wanting))
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Go through when nobody else is inside."""
        with self._changed:
            self._wanting += 1
            try:
                self._changed.wait_for(lambda: not (self._alone or self._inside))
                self._alone = True
            finally:
                self._wanting -= 1
                self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._alone = False
                self._changed.notify_all()

    @contextmanager
    def one_at_a_time(self, source: str) -> Iterator[None]:
        """Do what nobody else does for this source meanwhile; to be gone into before the gate, never inside it."""
        with self._left:
            self._left.wait_for(lambda: source not in self._taken)
            self._taken.add(source)
        try:
            yield
        finally:
            with self._left:
                self._taken.remove(source)
                self._left.notify_all()
