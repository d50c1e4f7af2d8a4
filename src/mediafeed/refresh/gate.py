"""Visits write side by side; who brings together all that they wrote, and renders it, is alone meanwhile."""

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
            self._changed.wait_for(lambda: not (self._alone or self._inside))
            self._wanting -= 1
            self._alone = True
        try:
            yield
        finally:
            with self._changed:
                self._alone = False
                self._changed.notify_all()
