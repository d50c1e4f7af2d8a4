"""One reader's connection: what is held in memory is answered at once, and nobody is waited for without end.

uvicorn makes a task, a scope and a header block for every request, which costs several times what a held file does.
Here the commonest request, GET or HEAD of a file that is held, is answered as soon as its headers are there; all else
goes uvicorn's way. uvicorn also waits for ever for a request to end and for an answer to be read, and reads headers of
any length, since a proxy in front would not let such requests through.
"""

import asyncio
from typing import Any

import httptools
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol
from uvicorn.server import ServerState

from mediafeed.serve.app import App
from mediafeed.serve.heads import LONGEST_HEAD, of_unknown_method, refusal

AT_ONCE = 400  # connections and answers under way; beyond, readers are asked to come again (503)
MOST = 600  # connections; beyond, the server hangs up at once, so that files can still be opened
ASKING = 20.0  # seconds for a request to come, its body included
IDLE = 15.0  # seconds that a connection is kept for another request
READING = 60.0  # seconds in which a reader must take something of what it is sent
TOGETHER = 64 * 1024  # bytes of a body that are copied behind its headers rather than sent by themselves


class _RefusedError(Exception):
    """Ends the reading of a request."""


class Connection(HttpToolsProtocol):
    """uvicorn's own, with a short way and with limits."""

    _since = 0.0  # when the request under way began, or the last one was answered
    _begun = False  # a request is under way
    _in_head = False  # its headers are not complete
    _extent = 0  # bytes that came since it began, or since the last piece of its body
    _at_once = False  # it was answered the short way
    _refusal = 400
    _unsent = 0  # bytes that waited to be read at the last look
    _looking: asyncio.TimerHandle | None = None
    _reading: asyncio.TimerHandle | None = None

    def __init__(
        self,
        served: App,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        """Take the application itself, which uvicorn may wrap, and what uvicorn gives."""
        super().__init__(config, server_state, app_state, _loop)
        self._served = served

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Begin to wait for a request."""
        super().connection_made(transport)
        if len(self.connections) > MOST:
            transport.abort()
            return
        self._since = self.loop.time()
        self._looking = self.loop.call_later(ASKING, self._look_at_asking)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        if self._looking is not None:
            self._looking.cancel()
        if self._reading is not None:
            self._reading.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, as far as is reasonable."""
        self._extent += len(data)
        self._unset_keepalive_if_required()
        try:
            self._read(data)
        except httptools.HttpParserInvalidMethodError:
            self._refusal = of_unknown_method(data)
            self.send_400_response("no request that is understood here")
            return
        except httptools.HttpParserError:
            self.send_400_response("no request that is understood here")
            return
        if not self._begun:
            self._extent = 0
        elif self._extent > LONGEST_HEAD and not self.transport.is_closing():
            self._refusal = 431
            self.send_400_response("too long")

    def _read(self, data: bytes) -> None:
        while data:
            try:
                self.parser.feed_data(data)
            except httptools.HttpParserUpgrade as wanted:
                # Nothing else is spoken here: the request is answered, and others may follow it.
                data = data[wanted.args[0] :]
            else:
                return

    def on_message_begin(self) -> None:
        """Begin with a request."""
        self._begun = self._in_head = True
        self._at_once = False
        self._since = self.loop.time()
        self.url = b""
        self.headers = []

    def on_headers_complete(self) -> None:
        """Answer at once what is held; refuse what no reader would send; leave the rest to uvicorn."""
        headers, method = self.headers, self.parser.get_method()
        if refused := refusal(method, self.parser.get_http_version(), self.url, headers):
            self._refusal = refused
            raise _RefusedError
        self._in_head = False
        self._extent = 0
        if (method in (b"GET", b"HEAD")) and self._is_free():
            found = self._served.held(self.url, headers)
            if found is not None:
                self._answer(*found, whole=method == b"GET")
                return
        url = self.url
        super().on_message_begin()
        self.url = url
        self.headers += headers
        if self._are_too_many():
            self._served.count(503)  # uvicorn says it
        self.expect_100_continue = any(
            name == b"expect" and value.lower() == b"100-continue" for name, value in headers
        )
        super().on_headers_complete()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header. What comes behind a body as one is none: nobody on the way looked at it.

        RFC 9112, 5.1: blanks behind a value are none of it, and llhttp leaves them there.
        """
        if self._in_head:
            self.headers.append((name.lower(), value.rstrip(b" \t")))

    def on_body(self, body: bytes) -> None:
        """Take a part of a body, which is none of the head."""
        self._extent = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """End with a request."""
        self._begun = False
        self._extent = 0
        if not self._at_once:
            super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Say which fault it was, and hang up; without a word where that would be taken for another answer."""
        if not self._is_next():
            self.transport.close()
            return
        body = msg.encode()
        about = b"content-type: text/plain; charset=utf-8\r\nconnection: close\r\ncontent-length: %d\r\n\r\n" % len(
            body
        )
        self._served.count(self._refusal)
        # RFC 9110, 6.6.1: these have a date as well.
        begun = b"".join(b"%b: %b\r\n" % pair for pair in self.server_state.default_headers)
        self.transport.write(STATUS_LINE[self._refusal] + begun + about + body)
        self.transport.close()

    def pause_writing(self) -> None:
        """Begin to wait for the reader."""
        super().pause_writing()
        self._unsent = self.transport.get_write_buffer_size()
        self._reading = self.loop.call_later(READING, self._look_at_reading)

    def resume_writing(self) -> None:
        """Stop waiting for the reader."""
        if self._reading is not None:
            self._reading.cancel()
        super().resume_writing()

    def _is_free(self) -> bool:
        """Say whether an answer may be written now, and another request may follow it."""
        return (
            (self.cycle is None or self.cycle.response_complete)
            and not self.flow.write_paused
            and self.parser.should_keep_alive()
            and self.parser.get_http_version() == "1.1"
            and len(self.connections) < AT_ONCE
            and not self.transport.is_closing()
        )

    def _are_too_many(self) -> bool:
        """Say whether uvicorn asks this reader to come again: by its own words, when it takes up a request."""
        return self.limit_concurrency is not None and self.limit_concurrency <= max(
            len(self.connections), len(self.tasks)
        )

    def _is_next(self) -> bool:
        """Say whether an answer to the request that is being read may be written now: none before it is under way."""
        if self.cycle is None or self.cycle.response_complete:
            return True
        reads_body = self._begun and not self._in_head and not self._at_once
        return reads_body and not self.pipeline and not self.cycle.response_started

    def _answer(self, status: int, head: bytes, body: bytes, *, whole: bool) -> None:
        self._at_once = True
        self._since = self.loop.time()
        lines = [STATUS_LINE[status]]
        for name, value in self.server_state.default_headers:
            lines += (name, b": ", value, b"\r\n")
        lines.append(head)
        if whole and len(body) <= TOGETHER:
            lines.append(body)
        self.transport.write(b"".join(lines))
        if whole and len(body) > TOGETHER:
            self.transport.write(body)

    def _look_at_asking(self) -> None:
        """Hang up if the request under way takes too long, or none comes; else look again when it would."""
        if self.cycle is not None and not self.cycle.response_complete and not self._begun:
            left = IDLE  # the answer is under way
        else:
            left = self._since + (ASKING if self._begun else IDLE) - self.loop.time()
        if left > 0:
            self._looking = self.loop.call_later(left, self._look_at_asking)
        elif self._begun:
            self.transport.abort()
        else:
            self.transport.close()

    def _look_at_reading(self) -> None:
        """Hang up if the reader took nothing of what was sent."""
        unsent = self.transport.get_write_buffer_size()
        if unsent >= self._unsent:
            self.transport.abort()
            return
        self._unsent = unsent
        self._reading = self.loop.call_later(READING, self._look_at_reading)
