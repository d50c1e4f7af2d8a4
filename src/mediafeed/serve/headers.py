"""What is said of a file beside its bytes: its media type, who may read it, what a page may load."""

import mimetypes
from collections.abc import Sequence

from mediafeed.publish.packing import is_packed
from mediafeed.publish.topics import is_topic

Headers = list[tuple[bytes, bytes]]

# Pages need our style sheet, publishers' audio when the reader presses play, and nothing else.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; "
    "media-src https: http:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Where the operator lets pages show publishers' pictures by their own addresses (site.pictures).
POLICY_WITH_PICTURES = POLICY.replace("img-src 'self' data:", "img-src 'self' data: https: http:")
MINUTES, DAY = b"max-age=300", b"max-age=86400"

_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "json": "application/json",
    "opml": "text/x-opml; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "svg": "image/svg+xml",
    "vtt": "text/vtt; charset=utf-8",
    "srt": "application/x-subrip; charset=utf-8",
    "webmanifest": "application/manifest+json",
}
_RSS, _JSON_FEED = "application/rss+xml; charset=utf-8", "application/feed+json"
_NAMED = {"list.xml": _RSS, "chapters.json": "application/json+chapters"}
# What programs on other sites may read: feeds, chapters, lists of shows, transcripts. Nothing of it is anybody's own.
_FOR_PROGRAMS = ("xml", "json", "opml", "vtt", "srt")


def media_type(path: str) -> str:
    """Give the media type of a file by its path below the root.

    >>> media_type("people/index.html"), media_type("shows/a/feed.json"), media_type("archive/feed-1.xml")
    ('text/html; charset=utf-8', 'application/feed+json', 'application/rss+xml; charset=utf-8')
    """
    name = path.rpartition("/")[2]
    if name in _NAMED:
        return _NAMED[name]
    ending = name.rpartition(".")[2]
    if _is_feed(path):
        return _RSS if ending == "xml" else _JSON_FEED
    return _TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def _is_feed(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    stem, _, ending = name.rpartition(".")
    if ending not in {"xml", "json"}:
        return False
    return stem in {"feed", "list"} if not folder.endswith("archive") else stem.startswith(("feed-", "list-"))


def headers_of(path: str, length: int, *, site: str = "", hubs: Sequence[str] = (), pictures: bool = False) -> Headers:
    """Give the headers of every answer about a file of so many bytes, whatever of it is sent; `site` is its address."""
    kind = media_type(path)
    is_archive = path.rpartition("/")[0].endswith("archive")
    headers = [
        (b"content-type", kind.encode()),
        (b"cache-control", DAY if is_archive else MINUTES),
        (b"accept-ranges", b"bytes"),
        (b"x-content-type-options", b"nosniff"),
    ]
    if is_packed(path, length):
        headers.append((b"vary", b"accept-encoding"))
    if path.rpartition(".")[2] in _FOR_PROGRAMS:
        headers.append((b"access-control-allow-origin", b"*"))
        headers.append((b"access-control-expose-headers", b"etag, link, content-range"))
    if site and kind in {_RSS, _JSON_FEED}:
        named = hubs if is_topic(path) else ()
        links = [f'<{site}/{path}>; rel="self"', *(f'<{hub}>; rel="hub"' for hub in named)]
        headers.append((b"link", ", ".join(links).encode()))
    if kind.startswith("text/html"):
        headers += page_headers(pictures=pictures)
    return headers


def page_headers(*, pictures: bool = False) -> Headers:
    """Give what every page says about itself; `pictures`: those of others may be shown."""
    policy = POLICY_WITH_PICTURES if pictures else POLICY
    return [(b"content-security-policy", policy.encode()), (b"referrer-policy", b"no-referrer")]
