"""P40: what we publish gives to others what we want of theirs."""

import asyncio
import re
from pathlib import Path
from typing import Any

from mediafeed.serve.app import App
from mediafeed.serve.files import Files
from tests.refresh.origin import feed, item


def asked(app: App, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
    """Ask for the merged feed."""
    told: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        told.append(dict(message))

    async def receive() -> dict[str, object]:
        return {"type": "http.request"}

    given = [(name.encode(), value.encode()) for name, value in headers.items()]
    asyncio.run(app({"type": "http", "method": "GET", "path": "/feed.xml", "headers": given}, receive, send))
    said = {name.decode(): value.decode() for name, value in told[0]["headers"]}
    return told[0]["status"], said, told[1]["body"]


def test_p40_our_own_feed_can_be_polled_politely(start, origin):
    poller = start(origin.serve("/feed", feed(*(item(number) for number in range(30))), 'ETag: "1"'))
    poller.poll()
    poller.house.mediafeed.publish()
    site = poller.house.mediafeed.config.site
    app = App(Files(Path(site.output), site=site.url))

    _, plain, body = asked(app, {})
    status, packed, _ = asked(app, {"accept-encoding": "gzip"})
    again = [
        asked(app, {"accept-encoding": "gzip", name: packed[held]})[0]
        for name, held in (("if-none-match", "etag"), ("if-modified-since", "last-modified"))
    ]

    assert status == 200
    assert again == [304, 304]
    assert re.fullmatch('"[^"]+"', packed["etag"])
    assert packed["etag"] != plain["etag"]  # strong: of these very bytes
    assert (packed["content-encoding"], packed["vary"]) == ("gzip", "accept-encoding")
    assert int(packed["cache-control"].removeprefix("max-age=")) > 0
    assert packed["link"] == f'<{site.url}/feed.xml>; rel="self"'
    assert f'<atom:link href="{site.url}/feed.xml" rel="self"'.encode() in body
    assert b"<ttl>60</ttl>" in body
