"""A uvicorn server that runs in its own thread or in the foreground, and is stopped by its handle."""

import socket
import threading
import time

import uvicorn

from mediafeed.errors import UsageError
from mediafeed.serve.app import App


class Server:
    """Listens on one address; `start` returns when it answers, `stop` when it no longer does."""

    def __init__(self, app: App, host: str, port: int) -> None:
        """Take port 0 for any free one.

        Raises:
            UsageError: The address is taken or not ours.
        """
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        # asyncio turns Nagle's algorithm off only where a socket says that it is TCP: without, an answer's body waits
        # 40 ms for the acknowledgement of its headers.
        self._socket = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            self._socket.bind((host, port))
        except OSError as error:
            self._socket.close()
            raise UsageError(f"cannot listen on {host} port {port}: {error.strerror}") from error
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=5
        )
        self._server = uvicorn.Server(config)
        self._thread: threading.Thread | None = None

    @property
    def address(self) -> str:
        """Give where it listens, as people type it."""
        host, port = self._socket.getsockname()[:2]
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    def start(self) -> None:
        """Serve from a thread of its own; the caller keeps the signals."""
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]}, name="serve")
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            time.sleep(0.01)

    def stop(self) -> None:
        """Let answers under way end, then close."""
        self._server.should_exit = True
        if self._thread:
            self._thread.join()
        self._socket.close()
