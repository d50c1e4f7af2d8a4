"""What the origin serves, and where: each path, the file behind it, and how it is sent."""

import hashlib
from dataclasses import dataclass
from importlib.resources import files

from mediafeed.demo.audio import LoopedSound, sound_length, sounds
from mediafeed.demo.covers import plain_cover
from mediafeed.demo.tagging import TaggedSound, chapter_tag, tagged

FEED = "application/rss+xml; charset=utf-8"
PAGE = "text/html; charset=utf-8"
JSON = "application/json; charset=utf-8"
CHAPTERS = "application/json+chapters; charset=utf-8"

SAMPLE = 256 * 1024  # bytes: more than any text here has

RUSI_BRIEFING = "/podcasts/global-security-briefing"
RUSI_OCEANS = "/podcasts/bridging-the-oceans"
GLACIERS = "The Woman Who Listens to Glaciers"
MOVED = "/audio/salt-and-signal/07.mp3"
TEASER = "/audio/geostrategy360/trailer.m4a"


@dataclass(frozen=True, slots=True)
class Route:
    """A bundled file at a path. It is stored as UTF-8 and sent in `encoding`, whatever it says of itself."""

    path: str
    file: str
    media_type: str
    encoding: str = "utf-8"


ROUTES = (
    Route("/libsyn/global-security-briefing/rss", "global-security-briefing.xml", FEED),
    Route("/anchor/s/5c1d3e90/podcast/rss", "geostrategy360.xml", FEED),
    Route("/fireside/long-wavelength", "long-wavelength.html", PAGE),
    Route("/fireside/long-wavelength/rss", "long-wavelength.xml", FEED),
    Route("/fireside/long-wavelength/s1e01/chapters.json", "chapters/s1e01.json", CHAPTERS),
    Route("/fireside/long-wavelength/s2e08/chapters.json", "chapters/s2e08.json", CHAPTERS),
    Route("/fireside/long-wavelength/s3e11/chapters.json", "chapters/s3e11.json", CHAPTERS),
    Route("/fireside/long-wavelength/s3e12/chapters.json", "chapters/s3e12.json", CHAPTERS),
    Route("/fireside/long-wavelength/s2e06.srt", "transcripts/s2e06.srt", "application/x-subrip"),
    Route("/fireside/long-wavelength/s3e11.vtt", "transcripts/s3e11.vtt", "text/vtt"),
    Route("/rusi/rss/latest-publications.xml", "rusi-latest-publications.xml", FEED),
    Route(
        f"{RUSI_BRIEFING}/episode-33-how-japan-rethinking-its-role-international-security",
        "rusi-episode-33.html",
        PAGE,
    ),
    Route(f"{RUSI_BRIEFING}/episode-35-energy-security-cold-winter", "rusi-episode-35.html", PAGE),
    # One episode under two addresses: the institute corrected a slug, and both still answer.
    Route(
        f"{RUSI_OCEANS}/episode-15-japan-australia-and-art-quiet-agreement", "rusi-bridging-the-oceans-15.html", PAGE
    ),
    Route(f"{RUSI_OCEANS}/episode-15-japan-austrlia-and-art-quiet-agreement", "rusi-bridging-the-oceans-15.html", PAGE),
    Route("/podcasts/mind-the-gulf/episode-5-view-muscat", "rusi-mind-the-gulf-5.html", PAGE),
    Route("/notebook/2022/09/21/how-is-japan-rethinking-its-role-in-international-security/", "blog-post.html", PAGE),
    # It says UTF-8 and is windows-1252; its media type says nothing. Both are seen every day.
    Route("/salt-and-signal/feed/podcast/", "salt-and-signal.xml", "text/xml", encoding="cp1252"),
    # An enclosure says that this is audio.
    Route(MOVED, "moved.html", PAGE),
    Route("/search", "directory.json", JSON),
    Route("/lookup", "lookup.json", JSON),
    Route("/robots.txt", "robots.txt", "text/plain; charset=utf-8"),
)

COVERS = {
    "global-security-briefing": (27, 54, 93),
    "bridging-the-oceans": (15, 92, 108),
    "mind-the-gulf": (150, 90, 30),
    "geostrategy360": (110, 28, 40),
    "long-wavelength": (58, 46, 110),
    "salt-and-signal": (40, 84, 62),
}


@dataclass(frozen=True, slots=True)
class Still:
    """Bytes that are held as they are sent."""

    body: bytes

    @property
    def length(self) -> int:
        """Give the number of bytes."""
        return len(self.body)

    def between(self, start: int, stop: int) -> bytes:
        """Give the bytes from `start` up to `stop`."""
        return self.body[start:stop]


Content = Still | LoopedSound | TaggedSound


@dataclass(frozen=True, slots=True)
class Resource:
    """What a path answers with."""

    media_type: str
    content: Content
    etag: str


def bundled(name: str) -> bytes:
    """Read a file of `sources/`."""
    return files("mediafeed.demo").joinpath("sources", *name.split("/")).read_bytes()


def rendered(route: Route, origin: str) -> bytes:
    """Give a route's file as it is sent, every address of it at `origin`."""
    return bundled(route.file).decode("utf-8").replace("{origin}", origin).encode(route.encoding)


def resource(media_type: str, content: Content) -> Resource:
    """Name a content by its bytes: a text by all of them, a sound by its first and its length."""
    digest = hashlib.sha256(content.between(0, SAMPLE)).hexdigest()[:16]
    return Resource(media_type, content, f'"{digest}-{content.length:x}"')


def resources(origin: str) -> dict[str, Resource]:
    """Give everything that is served at `origin` (a scheme, host and port, without a slash): path -> resource."""
    clip = bundled("audio/voice.mp3")
    found = {route.path: resource(route.media_type, Still(rendered(route, origin))) for route in ROUTES}
    for name, colour in COVERS.items():
        found[f"/covers/{name}.png"] = resource("image/png", Still(plain_cover(colour)))
    chapters = tagged()
    for path, seconds in sounds().items():
        sound = LoopedSound(clip, sound_length(seconds))
        tag = chapter_tag(GLACIERS, chapters[path], seconds) if path in chapters else b""
        found[path] = resource("audio/mpeg", TaggedSound(tag, sound) if tag else sound)
    found[TEASER] = resource("audio/x-m4a", Still(bundled("audio/voice.m4a")))
    return found


def redirect(path: str) -> str | None:
    """Give where a path leads, for the enclosures that Anchor's form redirects.

    >>> redirect("/anchor/s/5c1d3e90/podcast/play/41/https%3A%2F%2Fcdn.example%2Fgeostrategy360-38.mp3")
    '/audio/geostrategy360/38.mp3'
    """
    if not path.startswith("/anchor/s/") or "/podcast/play/" not in path:
        return None
    show, _, name = path.rpartition("%2F")[2].rpartition("-")
    return f"/audio/{show}/{name}" if name else None
