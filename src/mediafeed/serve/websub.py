"""`/websub/…`: where hubs ask whether it was us who subscribed, and push what is new.

A callback's address is known to one hub and us. Whoever guesses is told that nothing is there, before anything that
they send is read.
"""

from collections.abc import Callable
from typing import Protocol

from mediafeed.serve.routes import Answer, Request, Route

PATH = "/websub/"
LONGEST_TOKEN = 100  # characters
LONGEST_CHALLENGE = 1_000


class Hears(Protocol):
    """Who knows what was agreed with hubs."""

    def knows(self, token: str) -> bool:
        """Say whether there is a subscription with this callback."""

    def confirm(self, token: str, mode: str, topic: str, lease: str) -> bool:
        """Say whether it was us who asked, and hear for how many seconds it holds."""

    def deny(self, token: str, topic: str, reason: str) -> bool:
        """Hear that the hub does not want to; say whether it was asked."""

    def push(self, token: str, body: bytes, signature: str) -> bool:
        """Hear what is new; say whether that is wanted."""


class Callbacks:
    """Answers hubs."""

    def __init__(self, hears: Callable[[], Hears], max_body: int) -> None:
        """Take who hears, by the settings of now, and the most bytes that are read of what is pushed."""
        self._hears = hears
        self._max_body = max_body

    @property
    def route(self) -> Route:
        """Give where it answers."""
        return Route(
            path=PATH, handler=self.answer, methods=("GET", "POST"), max_body=self._max_body, before=self._guessed
        )

    def answer(self, request: Request) -> Answer:
        """Answer a hub."""
        token, hears = _token(request.path), self._hears()
        if request.method == "POST":
            # 7: a 2xx says that it was heard, not that it was believed: who sends a wrong signature learns nothing.
            heard = hears.push(token, request.body, request.headers.get("x-hub-signature", ""))
            return Answer(status=202) if heard else _over()
        mode, topic = _one(request, "hub.mode"), _one(request, "hub.topic")
        if mode == "denied":
            return Answer() if hears.deny(token, topic, _one(request, "hub.reason")) else _nothing()
        challenge = _one(request, "hub.challenge")
        if not 0 < len(challenge) <= LONGEST_CHALLENGE:
            return _nothing()
        if not hears.confirm(token, mode, topic, _one(request, "hub.lease_seconds")):
            return _nothing()
        # 8.2: what comes back is a stranger's text, and must not be taken for a page.
        return Answer(body=challenge.encode("utf-8", "replace"), media_type="application/octet-stream")

    def _guessed(self, method: str, path: str) -> Answer | None:
        token = _token(path)
        if len(token) <= LONGEST_TOKEN and self._hears().knows(token):
            return None
        return _over() if method == "POST" else _nothing()


def _token(path: str) -> str:
    return path.removeprefix(PATH)


def _one(request: Request, name: str) -> str:
    return request.query.get(name, ("",))[0]


def _nothing() -> Answer:
    return Answer(status=404, body=b"nothing is there\n")


def _over() -> Answer:
    # 7: "410 Gone" lets a hub end a subscription that we know nothing of any more.
    return Answer(status=410, body=b"nothing is there\n")
