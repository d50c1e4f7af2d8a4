"""`POST /refresh`: whoever has the token may ask for visits, within what is polite; the daemon makes them."""

import hmac
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import orjson

from mediafeed.errors import UsageError
from mediafeed.serve.routes import Answer, Request, Route

PER_MINUTE = 6  # wishes
WRONG_PER_MINUTE = 10  # wrong tokens; a right one is heard all the same
MINUTE = 60.0
LONGEST = 64 * 1024  # bytes of a wish

_JSON = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a wish: sources that will be visited, and those that will not with the reason in words."""

    sources: tuple[str, ...]
    skipped: tuple[tuple[str, str], ...] = ()


# Takes ids of sources, none for those that are due. Raises UsageError where there is no such source.
Ask = Callable[[tuple[str, ...]], Taken]


class _Pace:
    """At most so many a minute."""

    def __init__(self, most: int, clock: Callable[[], float]) -> None:
        self._times: deque[float] = deque(maxlen=most)
        self._clock = clock

    def wait(self) -> int:
        """Give the seconds until one more is heard: 0, and it counts, when that is now."""
        now = self._clock()
        if len(self._times) == self._times.maxlen and now - self._times[0] < MINUTE:
            return int(self._times[0] + MINUTE - now) + 1
        self._times.append(now)
        return 0


class Wishing:
    """Hears wishes. Without a token nobody may ask, without a daemon nobody can be asked."""

    def __init__(self, token: str | None, ask: Ask | None, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the token, who is asked, and a clock that nobody sets."""
        self._token = token.encode() if token else None
        self._ask = ask
        self._lock = threading.Lock()
        self._wishes, self._wrong = _Pace(PER_MINUTE, clock), _Pace(WRONG_PER_MINUTE, clock)

    @property
    def route(self) -> Route:
        """Give where wishes are heard."""
        return Route(path="/refresh", handler=self.answer, methods=("POST",), max_body=LONGEST)

    def answer(self, request: Request) -> Answer:
        """Answer a wish: 202 when the daemon was asked."""
        if refusal := self._refusal(request.headers.get("authorization", "")):
            return refusal
        if self._ask is None:
            return _fault(503, "no daemon polls here: this is `mediafeed serve` alone")
        sources = _sources(request)
        if sources is None:
            return _fault(400, 'a wish is {"sources": ["id", …]}, ?source=id, or nothing for the sources that are due')
        with self._lock:
            if wait := self._wishes.wait():
                return _later(wait)
        try:
            taken = self._ask(sources)
        except UsageError as error:
            return _fault(404, str(error))
        skipped = [{"source": source, "reason": reason} for source, reason in taken.skipped]
        return _said(202, {"sources": taken.sources, "skipped": skipped})

    def _refusal(self, said: str) -> Answer | None:
        if self._token is None:
            return _fault(403, "no token is configured, so nobody may ask: serve.token in config.toml")
        scheme, _, token = said.partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            return _fault(401, "a bearer token is wanted", ("www-authenticate", 'Bearer realm="mediafeed"'))
        if hmac.compare_digest(token.strip().encode("latin-1", "replace"), self._token):
            return None
        with self._lock:
            wait = self._wrong.wait()
        return _later(wait) if wait else _fault(403, "not the token")


def _sources(request: Request) -> tuple[str, ...] | None:
    named = request.query.get("source", ())
    if not request.body.strip():
        return named
    try:
        wish = orjson.loads(request.body)
    except orjson.JSONDecodeError:
        return None
    sources = wish.get("sources") if isinstance(wish, dict) else None
    if not isinstance(sources, list) or not all(isinstance(source, str) for source in sources):
        return None
    return (*named, *sources)


def _later(seconds: int) -> Answer:
    return _fault(429, f"too often; again in {seconds} s", ("retry-after", str(seconds)))


def _fault(status: int, reason: str, *headers: tuple[str, str]) -> Answer:
    return _said(status, {"error": reason}, *headers)


def _said(status: int, value: object, *headers: tuple[str, str]) -> Answer:
    return Answer(status=status, body=orjson.dumps(value) + b"\n", media_type=_JSON, headers=headers)
