"""Values as bytes: JSON (msgspec), squeezed by zstandard where they are many.

Fields that are added to a noun later, with a default, need no migration: what is missing decodes as the default.
Offsets of whole minutes survive as they were; a lone surrogate, which is no character, becomes U+FFFD.
"""

import threading
from dataclasses import dataclass

import msgspec
import zstandard

from mediafeed.model.audio import Measurement
from mediafeed.model.episode import Episode, Person, Show
from mediafeed.model.files import Picture, Transcript
from mediafeed.model.parsed import Element
from mediafeed.model.source import Source, Visit
from mediafeed.model.terms import Terms

# Level 1: level 3 makes blobs of this size (1 to 6 KB) 2 % smaller and takes twice as long.
_LEVEL = 1


def whole_text(text: str) -> str:
    """Give text that every database takes: a lone surrogate becomes U+FFFD.

    >>> whole_text("Geo" + chr(0xD800))
    'Geo\ufffd'
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _mended(value: object) -> object:
    match value:
        case str():
            return whole_text(value)
        case dict():
            return {key: _mended(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_mended(inner) for inner in value]
        case _:
            return value


def json_of(value: object) -> bytes:
    """Give a noun as JSON; equal values give equal bytes."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return msgspec.json.encode(_mended(msgspec.to_builtins(value)))


@dataclass(frozen=True, slots=True)
class Told:
    """An item's words and what we claim from them: in one blob, as the second repeats the first."""

    said: tuple[Element, ...]
    telling: Episode


class Codec:
    """Packs and unpacks nouns; many threads may use one."""

    def __init__(self) -> None:
        self._episode = msgspec.json.Decoder(Episode)
        self._measurement = msgspec.json.Decoder(Measurement)
        self._picture = msgspec.json.Decoder(Picture)
        self._transcript = msgspec.json.Decoder(Transcript)
        self._told = msgspec.json.Decoder(Told)
        self._elements = msgspec.json.Decoder(tuple[Element, ...])
        self._show = msgspec.json.Decoder(Show)
        self._person = msgspec.json.Decoder(Person)
        self._source = msgspec.json.Decoder(Source)
        self._visit = msgspec.json.Decoder(Visit)
        self._terms = msgspec.json.Decoder(Terms)
        self._appearances = msgspec.json.Decoder(tuple[tuple[str, str], ...])
        self._texts = msgspec.json.Decoder(tuple[str, ...])
        self._own = threading.local()

    def squeeze(self, plain: bytes) -> bytes:
        """Compress bytes."""
        compressor: zstandard.ZstdCompressor | None = getattr(self._own, "compressor", None)
        if compressor is None:  # one for each thread: they keep state while they work
            compressor = self._own.compressor = zstandard.ZstdCompressor(level=_LEVEL)
        return compressor.compress(plain)

    def unsqueeze(self, squeezed: bytes) -> bytes:
        """Give the bytes back."""
        decompressor: zstandard.ZstdDecompressor | None = getattr(self._own, "decompressor", None)
        if decompressor is None:
            decompressor = self._own.decompressor = zstandard.ZstdDecompressor()
        return decompressor.decompress(squeezed)

    def pack(self, value: object) -> bytes:
        """Give a noun as a blob."""
        return self.squeeze(json_of(value))

    def episode(self, blob: bytes) -> Episode:
        """Unpack an episode."""
        return self._episode.decode(self.unsqueeze(blob))

    def measurement(self, blob: bytes) -> Measurement:
        """Unpack what audio said."""
        return self._measurement.decode(self.unsqueeze(blob))

    def picture(self, blob: bytes) -> Picture:
        """Unpack our copies of a picture."""
        return self._picture.decode(self.unsqueeze(blob))

    def transcript(self, blob: bytes) -> Transcript:
        """Unpack a transcript."""
        return self._transcript.decode(self.unsqueeze(blob))

    def told(self, blob: bytes) -> Told:
        """Unpack an item's words and what we claim from them."""
        return self._told.decode(self.unsqueeze(blob))

    def elements(self, blob: bytes) -> tuple[Element, ...]:
        """Unpack a channel's own elements."""
        return self._elements.decode(self.unsqueeze(blob))

    def show(self, text: str) -> Show:
        """Read a show's JSON."""
        return self._show.decode(text)

    def person(self, text: str) -> Person:
        """Read a person's JSON."""
        return self._person.decode(text)

    def source(self, text: str) -> Source:
        """Read a source's JSON."""
        return self._source.decode(text)

    def visit(self, text: str) -> Visit:
        """Read a visit's JSON."""
        return self._visit.decode(text)

    def terms(self, text: str) -> Terms:
        """Read a source's terms' JSON."""
        return self._terms.decode(text)

    def appearances(self, text: str) -> tuple[tuple[str, str], ...]:
        """Read (person id, role) pairs."""
        return self._appearances.decode(text)

    def texts(self, text: str) -> tuple[str, ...]:
        """Read a list of texts."""
        return self._texts.decode(text)
