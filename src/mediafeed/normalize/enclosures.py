"""Which file of an item is the episode."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from mediafeed.model.episode import Enclosure
from mediafeed.model.parsed import Element
from mediafeed.normalize.identity import is_web_address

_TYPES: Final = {
    "mp3": "audio/mpeg",
    "m4a": "audio/x-m4a",
    "m4b": "audio/x-m4a",
    "aac": "audio/aac",
    "oga": "audio/ogg",
    "ogg": "audio/ogg",
    "opus": "audio/opus",
    "wav": "audio/wav",
    "flac": "audio/flac",
    "wma": "audio/x-ms-wma",
    "mp4": "video/mp4",
    "m4v": "video/x-m4v",
    "mov": "video/quicktime",
    "webm": "video/webm",
    "wmv": "video/x-ms-wmv",
}
_EXTENSION = re.compile(r"\.(\w{2,4})(?:$|[?#&/])")
_UNUSABLE = str.maketrans({" ": "%20", '"': "%22", "<": "%3C", ">": "%3E", "\n": None, "\r": None, "\t": None})
# Types that say nothing; the ending of the address is asked instead.
_VAGUE: Final = frozenset(
    {"", "application/octet-stream", "binary/octet-stream", "application/force-download", "unknown"}
)
_MEDIA_APPLICATIONS: Final = frozenset({"application/ogg", "application/mp4", "application/x-mpegurl"})
_LARGEST: Final = 1 << 50


def chosen_enclosure(
    enclosures: Iterable[Element], media: Iterable[Element]
) -> tuple[Enclosure | None, Element | None]:
    """Choose the one file that is the episode, and give the element it stood in: audio before video, first first.

    Pictures, documents and web pages are no episode; an address that is not http or https with a host is none at all.

    Args:
        enclosures: The item's `enclosure` elements.
        media: Its `media:content` elements, asked when no enclosure will do.
    """
    for elements, length in ((enclosures, "length"), (media, "fileSize")):
        candidates = [(_rank(enclosure), enclosure, element) for enclosure, element in _playable(elements, length)]
        if candidates:
            _, enclosure, element = min(candidates, key=lambda candidate: candidate[0])
            return enclosure, element
    return None, None


def _rank(enclosure: Enclosure) -> int:
    return 1 if enclosure.media_type.startswith("video/") else 0


def _playable(elements: Iterable[Element], length: str) -> Iterator[tuple[Enclosure, Element]]:
    for element in elements:
        url = element.get("url").strip().translate(_UNUSABLE)
        media_type = _media_type(element, url)
        if media_type and is_web_address(url):
            yield Enclosure(url, media_type, file_length(element.get(length))), element


def _media_type(element: Element, url: str) -> str:
    """Give the type of what can be played, "" for anything else."""
    stated = element.get("type").partition(";")[0].strip().lower()
    if stated.startswith(("audio/", "video/")) or stated in _MEDIA_APPLICATIONS:
        return stated
    if stated.startswith(("image/", "text/", "font/", "model/", "multipart/")):
        return ""
    by_ending = next((_TYPES[end] for end in reversed(_EXTENSION.findall(url.lower())) if end in _TYPES), "")
    if by_ending or stated not in _VAGUE:
        return by_ending
    medium = element.get("medium").strip().lower()
    if element.name == "media:content":
        return {"audio": "audio/mpeg", "video": "video/mp4"}.get(medium, "")
    # Nobody says and nothing contradicts: an enclosure of a podcast is audio.
    ending = _EXTENSION.search(url.lower().rpartition("/")[2])
    return "" if ending and not ending[1].isdigit() and ending[1] not in {"php", "asp", "aspx", "cgi"} else "audio/mpeg"


def file_length(text: str) -> int | None:
    """Read a length in bytes; None where nobody knows it (absent, 0, words, a number too large to be true).

    >>> file_length("46080000"), file_length("0"), file_length("1e30"), file_length("-1")
    (46080000, None, None, None)
    """
    text = text.strip()
    if not text.isascii() or not text.isdigit() or len(text) > 16:
        return None
    number = int(text)
    return number if 0 < number < _LARGEST else None
