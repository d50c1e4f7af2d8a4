"""Connections that go where the guard said and nowhere else, for requests and urllib3 to speak over.

There is no requests.Session here, so nothing that reads .netrc or proxy variables, follows a redirect or keeps a
cookie is ever in the way. A connection is kept alive under its host *and* the addresses that were judged for it: an
answer of the resolver that differs finds no old connection, and every connection was guarded when it was made.
"""

import ssl
import time
from collections.abc import Mapping
from functools import cached_property
from socket import AF_INET, AF_INET6, IPPROTO_TCP, TCP_NODELAY, socket
from typing import TYPE_CHECKING, Any, Final, cast

import certifi
from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPResponse, HTTPSConnectionPool, Timeout
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.ssl_ import create_urllib3_context

from mediafeed.fetch.failure import NoAnswerError
from mediafeed.model.source import FailureKind

if TYPE_CHECKING:
    from urllib3.poolmanager import PoolKey

    from mediafeed.fetch.address import Address
    from mediafeed.fetch.deadline import Alarm
    from mediafeed.fetch.guard import Door

POOLS: Final = 128  # hosts whose connections are kept; twice what is under way at once
KEPT: Final = 16  # connections kept for one host
# A request sent into a connection that is just being closed fails, and nothing is ever asked twice in one poll. So a
# connection is left alone shortly before a server tires of it (Apache: 5 s), and, unless the server promised to keep
# it, so shortly after the last answer that the news of its end may still be under way.
LONGEST_REST: Final = 4.0  # seconds
SHORTEST_REST: Final = 0.1
_TRIED: Final = 4  # addresses of one host


class GuardedConnection(HTTPConnection):
    """Connects to an address of its door, not to a name."""

    def __init__(self, *args: Any, door: "Door", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.door = door
        self.alarm: Alarm | None = None
        self.resting_since = 0.0
        self.promised = False

    @property
    def is_connected(self) -> bool:
        """Say whether the connection can be used again."""
        rested = time.monotonic() - self.resting_since
        return (self.promised or rested > SHORTEST_REST) and rested < LONGEST_REST and super().is_connected

    def _new_conn(self) -> socket:
        if self.alarm is None:
            raise NoAnswerError(FailureKind.INTERNAL, "a connection without a deadline")
        return _connected(self.door, self.alarm)


class GuardedTLSConnection(GuardedConnection, HTTPSConnection):
    """The same under TLS; the certificate must be for the name in the URL."""


class GuardedPool(HTTPConnectionPool):
    """The kept connections to one door."""

    ConnectionCls = GuardedConnection

    def _make_request(self, conn: Any, *args: Any, alarm: "Alarm | None" = None, **kwargs: Any) -> Any:
        # urlopen hands on what it does not know itself: that is how the deadline gets to the connection.
        conn.alarm = alarm
        if alarm is not None and conn.sock is not None:
            alarm.hold(conn.sock)
        response = super()._make_request(conn, *args, **kwargs)
        conn.promised = "keep-alive" in response.headers.get("connection", "").lower()
        return response

    def _put_conn(self, conn: Any) -> None:
        if conn is not None:
            conn.resting_since = time.monotonic()
        super()._put_conn(conn)


class GuardedTLSPool(GuardedPool, HTTPSConnectionPool):
    """The kept TLS connections to one door."""

    ConnectionCls = GuardedTLSConnection


class GuardedRequest(PreparedRequest):
    """A request that knows where it may go and until when."""

    def __init__(
        self, address: "Address", door: "Door", alarm: "Alarm", headers: Mapping[str, str], body: bytes | None = None
    ) -> None:
        super().__init__()
        self.method = "GET" if body is None else "POST"
        self.body = body
        self.url = str(address)
        self.headers = cast("Any", dict(headers))
        self.address = address
        self.door = door
        self.alarm = alarm


class _Bound:
    """A pool, for the one request that `alarm` watches over."""

    def __init__(self, pool: HTTPConnectionPool, alarm: "Alarm") -> None:
        self._pool = pool
        self._alarm = alarm

    def urlopen(self, **kwargs: Any) -> Any:
        return self._pool.urlopen(**kwargs, alarm=self._alarm)


class GuardedAdapter(HTTPAdapter):
    """requests' transport over guarded connections. Thread-safe."""

    def __init__(self) -> None:
        super().__init__(pool_connections=POOLS, pool_maxsize=KEPT)
        self.poolmanager.pool_classes_by_scheme = {"http": GuardedPool, "https": GuardedTLSPool}

    @cached_property
    def trust(self) -> ssl.SSLContext:
        """Trust the public authorities that requests ships and those of this machine; read when first needed."""
        context = create_urllib3_context()
        context.load_verify_locations(certifi.where())
        context.load_default_certs()  # SSL_CERT_FILE is heeded here: it is OpenSSL's, and the operator's word
        return context

    def ask(self, request: GuardedRequest) -> HTTPResponse:
        """Send a request and read the head of the answer; the body is still on the wire, undecoded."""
        seconds = request.alarm.seconds + 1  # the alarm comes first; this is for a wait that it could not end
        response = self.send(request, stream=True, timeout=cast("Any", Timeout(connect=seconds, read=seconds)))
        return cast("HTTPResponse", response.raw)

    def get_connection_with_tls_context(self, request: Any, *_args: Any, **_kwargs: Any) -> Any:
        """Give the pool of the request's door."""
        address, door = request.address, request.door
        context = {
            "scheme": address.scheme,
            "host": address.host,
            "port": address.port,
            "door": door,
            "maxsize": KEPT,
            "ssl_context": self.trust if address.scheme == "https" else None,
        }
        pool = self.poolmanager.connection_from_pool_key(cast("PoolKey", (address.scheme, door)), context)
        return _Bound(pool, request.alarm)

    def cert_verify(self, *_args: Any) -> None:
        """Leave the pool as it is: its TLS context already trusts whom it should."""

    def request_url(self, request: Any, _proxies: Any) -> str:
        """Give the request line's target; there is no proxy."""
        target: str = request.address.target
        return target if target.startswith("/") else f"/{target}"

    def build_response(self, _req: Any, resp: Any) -> Response:
        """Wrap the answer and nothing more: no cookie jar, no guess at the text's encoding."""
        response = Response()
        response.raw = resp
        return response


def _connected(door: "Door", alarm: "Alarm") -> socket:
    """Connect to the first address that answers."""
    addresses = door.addresses[:_TRIED]
    last: OSError | None = None
    for tried, address in enumerate(addresses):
        # A dead IPv6 must not use up the time of the IPv4 behind it.
        share = alarm.seconds / (len(addresses) - tried)
        connected = socket(AF_INET6 if ":" in address else AF_INET)
        try:
            alarm.hold(connected)
            connected.settimeout(share)
            connected.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
            connected.connect((address, door.port))
        except OSError as error:
            connected.close()
            last = error
            continue
        return _same(connected, address)
    if isinstance(last, TimeoutError):
        raise NoAnswerError(FailureKind.TIMEOUT, f"connecting to {door.host} took too long") from last
    words = (last.strerror if last else None) or "no connection"
    raise NoAnswerError(FailureKind.CONNECT, f"{door.host}: {words.lower()}") from last


def _same(connected: socket, address: str) -> socket:
    peer = connected.getpeername()[0]
    if peer != address:
        connected.close()
        raise NoAnswerError(FailureKind.REFUSED, f"connected to {peer} instead of {address}")
    return connected
