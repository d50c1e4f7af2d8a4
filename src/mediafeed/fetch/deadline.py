"""One deadline over everything a request does: when it comes, the socket is shut.

A timeout of the socket bounds each wait, not their sum: a server that sends a byte a second passes it for ever.
"""

import heapq
import os
import socket
import time
from contextlib import suppress
from threading import Condition, Thread
from types import TracebackType
from typing import Self


class Alarm:
    """Shuts the socket of one request when its time is up. A context manager; made by `Watch.alarm`."""

    def __init__(self, watch: "Watch", at: float) -> None:
        self.at = at  # on the monotonic clock
        self.rung = False
        self.over = False
        self._watch = watch
        self._socket: socket.socket | None = None

    @property
    def seconds(self) -> float:
        """Give what is left, never less than a millisecond (a timeout of 0 means something else to a socket)."""
        return max(self.at - time.monotonic(), 0.001)

    def hold(self, connected: socket.socket) -> None:
        """Take charge of the socket that the request runs on from now on."""
        # A descriptor of our own: the request may close its one, and its number be another socket's, while we shut it.
        own = socket.socket(connected.family, connected.type, connected.proto, fileno=os.dup(connected.fileno()))
        with self._watch.changed:
            old, self._socket = self._socket, own
            if self.rung:
                _shut(own)
        if old is not None:
            old.close()

    def ring(self) -> None:
        """Shut the socket. Called by the watch, which holds the lock."""
        self.rung = True
        if self._socket is not None:
            _shut(self._socket)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._watch.changed:
            self.over = True
            own, self._socket = self._socket, None
        if own is not None:
            own.close()


class Watch:
    """One thread that rings all alarms of a fetcher in time; it sleeps until the earliest one."""

    def __init__(self) -> None:
        self.changed = Condition()
        self._alarms: list[tuple[float, int, Alarm]] = []
        self._count = 0
        self._thread: Thread | None = None
        self._closed = False

    def alarm(self, seconds: float) -> Alarm:
        """Set an alarm that rings in `seconds`."""
        alarm = Alarm(self, time.monotonic() + seconds)
        with self.changed:
            alarm.rung = self._closed
            self._forget()
            self._count += 1
            heapq.heappush(self._alarms, (alarm.at, self._count, alarm))
            if self._thread is None and not self._closed:
                self._thread = Thread(target=self._work, name="mediafeed-watch", daemon=True)
                self._thread.start()
            elif self._alarms[0][2] is alarm:
                self.changed.notify()
        return alarm

    @property
    def closed(self) -> bool:
        """Say whether everything was told to end."""
        return self._closed

    def close(self) -> None:
        """Ring every alarm now and end the thread."""
        with self.changed:
            self._closed = True
            for *_, alarm in self._alarms:
                if not alarm.over:
                    alarm.ring()
            self._alarms.clear()
            self.changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        with self.changed:
            while not self._closed:
                self._forget()
                now = time.monotonic()
                if self._alarms and self._alarms[0][0] <= now:
                    heapq.heappop(self._alarms)[2].ring()
                else:
                    self.changed.wait(self._alarms[0][0] - now if self._alarms else None)

    def _forget(self) -> None:
        """Drop what is over from the front. As deadlines are alike, what was set first is there."""
        while self._alarms and self._alarms[0][2].over:
            heapq.heappop(self._alarms)


def _shut(connected: socket.socket) -> None:
    with suppress(OSError):  # the other side was faster
        connected.shutdown(socket.SHUT_RDWR)
