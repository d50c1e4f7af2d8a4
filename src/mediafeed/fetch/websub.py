"""What hubs are told: forms, POSTed (W3C WebSub, 5.1 and 6)."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlencode

FORM: Final = "application/x-www-form-urlencoded"
# 5.1.2: another hub does it. The other redirects would make a GET of it.
FOLLOWED: Final = frozenset({307, 308})


def subscribing_form(mode: str, *, topic: str, callback: str, secret: str, lease: int) -> bytes:
    """Ask for a subscription, or for its end: `mode` is "subscribe" or "unsubscribe", `lease` seconds.

    >>> subscribing_form("unsubscribe", topic="https://a.example/", callback="https://b.example/", secret="", lease=1)
    b'hub.mode=unsubscribe&hub.topic=https%3A%2F%2Fa.example%2F&hub.callback=https%3A%2F%2Fb.example%2F'
    """
    fields = [("hub.mode", mode), ("hub.topic", topic), ("hub.callback", callback)]
    if mode == "subscribe":
        fields += [("hub.lease_seconds", str(lease)), ("hub.secret", secret)]
    return urlencode(fields).encode("ascii")


def publishing_form(urls: Iterable[str]) -> bytes:
    """Tell which addresses changed. The specification leaves open how; this is what the public hubs take.

    >>> publishing_form(["https://a.example/"])
    b'hub.mode=publish&hub.url=https%3A%2F%2Fa.example%2F'
    """
    return urlencode([("hub.mode", "publish"), *(("hub.url", url) for url in urls)]).encode("ascii")
