"""A uvicorn server that runs in its own thread or in the foreground, and is stopped by its handle."""

import socket
import stat
import threading
import time
from functools import partial
from pathlib import Path

import uvicorn

from mediafeed.errors import UsageError
from mediafeed.serve.app import App
from mediafeed.serve.connection import AT_ONCE, IDLE, Connection

BACKLOG = 2048  # connections that wait until they are taken up, as uvicorn has it
ENDING = 5  # seconds that answers under way have in the end


class Server:
    """Listens on one address; `start` returns when it answers, `stop` when it no longer does."""

    def __init__(self, app: App, host: str, port: int, *, uds: Path | None = None, forwarded: str = "") -> None:
        """Take port 0 for any free one.

        Args:
            app: Who answers.
            host: The address to listen on.
            port: Its port.
            uds: A Unix socket to listen on instead.
            forwarded: Addresses of proxies, with commas, whose word on who asks is believed; "*" for all.

        Raises:
            UsageError: The address is taken or not ours.
        """
        self._uds = uds
        self._socket = _unix_socket(uds) if uds else _tcp_socket(host, port)
        self._inode = _identity(uds) if uds else None
        config = uvicorn.Config(
            app,
            http=partial(Connection, app),  # type: ignore[arg-type]  # it is called, and no more
            ws="none",
            log_config=None,
            log_level="error",
            access_log=False,
            server_header=False,
            proxy_headers=bool(forwarded),
            forwarded_allow_ips=forwarded or None,
            limit_concurrency=AT_ONCE,
            timeout_keep_alive=int(IDLE),
            timeout_graceful_shutdown=ENDING,
        )
        self._server = uvicorn.Server(config)
        self._thread: threading.Thread | None = None

    @property
    def address(self) -> str:
        """Give where it listens, as people type it."""
        if self._uds:
            return f"unix:{self._uds}"
        host, port = self._socket.getsockname()[:2]
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    @property
    def first_page(self) -> str:
        """Give where to look, as it is told to people."""
        return self.address if self._uds else f"{self.address}/"

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
        if self._uds and _identity(self._uds) == self._inode:
            self._uds.unlink(missing_ok=True)


def _tcp_socket(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle's algorithm off only where a socket says that it is TCP: without, an answer's body waits
    # 40 ms for the acknowledgement of its headers.
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
        made.listen(BACKLOG)  # now: a second server must not get the address too before we answer
    except OSError as error:
        made.close()
        raise UsageError(f"cannot listen on {host} port {port}: {error.strerror}") from error
    return made


def _unix_socket(path: Path) -> socket.socket:
    """Listen at a path; the remains of a server that was killed are taken away, and nothing else is."""
    made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        if path.exists() and stat.S_ISSOCK(path.stat().st_mode) and not _is_answered(path):
            path.unlink()
        made.bind(str(path))
        made.listen(BACKLOG)
        path.chmod(0o666)  # the proxy runs as somebody else; who may come at all is said by the folder
    except OSError as error:
        made.close()
        raise UsageError(f"cannot listen on {path}: {(error.strerror or str(error)).lower()}") from error
    return made


def _identity(path: Path) -> tuple[int, int] | None:
    """Tell one file of a path from another: who comes after us may have put its own there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _is_answered(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asking:
        try:
            asking.connect(str(path))
        except OSError:
            return False
        return True
