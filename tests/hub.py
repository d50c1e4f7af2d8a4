"""A WebSub hub on loopback: takes subscriptions, asks subscribers whether it was them, is told of news, tells it on."""

import hashlib
import hmac
from dataclasses import dataclass, field
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode
from urllib.request import Request, urlopen

from tests.fetch.conftest import Server, ok

Said = tuple[int, bytes]


@dataclass
class Asked:
    """A question of a subscriber."""

    mode: str
    topic: str
    callback: str
    lease: str
    secret: str = field(repr=False)


class Hub:
    """Does nothing by itself but answer: `verify`, `deny` and `distribute` are for the test to call.

    With `at_once` it verifies before it answers. `status` and `headers` are what it answers.
    """

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.pinged: list[list[str]] = []
        self.types: list[str | None] = []
        self.subscribers: dict[tuple[str, str], str] = {}
        self.status = "202 Accepted"
        self.headers: tuple[str, ...] = ("Connection: close",)
        self.at_once = False
        self._server = Server(self._answer)
        self.url = f"{self._server.url}/hub"

    def close(self) -> None:
        self._server.close()

    def verify(self, number: int = -1, **other: str) -> Said:
        """Ask the subscriber of a question whether it was theirs; `other` fields are said instead."""
        one = self.asked[number]
        fields = {"mode": one.mode, "topic": one.topic, "challenge": "cha llenge&<b>", "lease_seconds": one.lease}
        said = _told(one.callback, fields | other)
        if said == (200, b"cha llenge&<b>"):
            if one.mode == "subscribe":
                self.subscribers[one.topic, one.callback] = one.secret
            else:
                self.subscribers.pop((one.topic, one.callback), None)
        return said

    def deny(self, number: int = -1, **other: str) -> Said:
        one = self.asked[number]
        return _told(one.callback, {"mode": "denied", "topic": one.topic, "reason": "not <b>you</b>\x07"} | other)

    def distribute(
        self, topic: str, body: bytes, *, algorithm: str = "sha256", signature: str | None = None
    ) -> list[int]:
        """Push to every subscriber of a topic; give what they answered."""
        statuses = []
        for (of, callback), secret in self.subscribers.items():
            if of == topic:
                right = f"{algorithm}={hmac.new(secret.encode(), body, getattr(hashlib, algorithm)).hexdigest()}"
                statuses.append(push(callback, body, right if signature is None else signature))
        return statuses

    def _answer(self, _connection: object, request: bytes) -> bytes:
        form = parse_qs(request.partition(b"\r\n\r\n")[2].decode("ascii"))
        self.types.append(self._server.header("Content-Type"))
        if form["hub.mode"] == ["publish"]:
            if self.status.startswith("2"):
                self.pinged.append(form["hub.url"])
        else:
            names = ("mode", "topic", "callback", "lease_seconds", "secret")
            self.asked.append(Asked(*(form.get(f"hub.{name}", [""])[0] for name in names)))
            if self.at_once:
                self.verify()
        return ok(b"", *self.headers, status=self.status)


def _told(callback: str, fields: dict[str, str]) -> Said:
    query = urlencode({f"hub.{name}": value for name, value in fields.items()})
    return _said(Request(f"{callback}?{query}"))


def push(callback: str, body: bytes, signature: str = "") -> int:
    """Push to one subscriber; "" for no signature."""
    headers = {"Content-Type": "application/rss+xml"} | ({"X-Hub-Signature": signature} if signature else {})
    return _said(Request(callback, data=body, headers=headers))[0]


def _said(request: Request) -> Said:
    try:
        with urlopen(request, timeout=20) as answer:
            return answer.status, answer.read()
    except HTTPError as error:
        with error:
            return error.code, error.read()
