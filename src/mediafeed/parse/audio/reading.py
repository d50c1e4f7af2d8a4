"""Measure an audio file from what is held of it: START READING HERE.

Each format has a reader that measures and one that tells of chapters and tags. They are written as if the whole file
were there; where bytes are missing the answer is Wanted, and with them the reading starts anew.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from mutagen import MutagenError

from mediafeed.model.audio import LONGEST, Measurement
from mediafeed.parse.audio.adts import adts_frame_at, read_adif, read_adts
from mediafeed.parse.audio.flac import read_flac, tell_of_flac
from mediafeed.parse.audio.frames import begins
from mediafeed.parse.audio.id3 import HEADER, Tag, tags_in_front
from mediafeed.parse.audio.id3_words import tell_of_tags
from mediafeed.parse.audio.mp4 import read_mp4
from mediafeed.parse.audio.mp4_words import tell_of_mp4
from mediafeed.parse.audio.mpeg import kind_of_mpeg, read_mpeg
from mediafeed.parse.audio.ogg import read_ogg, tell_of_ogg
from mediafeed.parse.audio.riff import read_aiff, read_wave
from mediafeed.parse.audio.tails import tell_of_id3v1
from mediafeed.parse.audio.told import Told
from mediafeed.parse.audio.windows import AHEAD, MissingError, Windows

_Any = TypeVar("_Any")

STUMBLES: Final = (struct.error, ArithmeticError, LookupError, ValueError, EOFError, AssertionError, MutagenError)

_BOXES: Final = frozenset({b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"styp", b"pnot"})
_OTHERS: Final = (
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "Windows Media", "audio/x-ms-wma"),
    (b"\x1a\x45\xdf\xa3", "Matroska or WebM", "audio/webm"),
    (b"MAC ", "Monkey's Audio", "audio/x-ape"),
    (b"wvPk", "WavPack", "audio/x-wavpack"),
    (b"#!AMR", "AMR", "audio/amr"),
    (b"%PDF", "PDF", "application/pdf"),
    (b"PK\x03\x04", "ZIP", "application/zip"),
)

_EXACT: Final = 0.001  # seconds
_FRAME: Final = 0.03  # by which a count by constant bitrate may be wrong
_PADDING: Final = 0.3  # seconds of unknown padding at most; who is less sure than that knows no sample
_LEAST: Final = 200  # bits a second: of silence in Opus that is not sent


_NOTHING: Final = Measurement()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Bytes that are needed. `measured` is what is known without them, None while the length is not."""

    start: int
    length: int
    measured: Measurement | None = None


@dataclass(frozen=True, slots=True)
class _Reader:
    """How to read one format; `start` is where its file begins, behind tags, `kind` what is known by its letters."""

    measure: Callable[[Windows], Measurement]
    tell: Callable[[Windows, Told], None] = lambda _windows, _told: None
    start: int = 0
    kind: Measurement = _NOTHING


def read_audio(windows: Windows) -> Measurement | Wanted:
    """Say how long an audio file is and what else it tells; nothing that a stranger's bytes hold raises."""
    measured = Measurement()
    try:
        tags, start = tags_in_front(windows)
        if tags and start >= windows.end:
            tags, start = (), HEADER  # a tag longer than its file: the audio is where it is found
        reader = _reader(windows, start, tags)
        measured = reader.kind
        measured = _doubted(_behind(reader.start, reader.measure, windows), windows, start)
    except MissingError as missing:
        return measured if windows.final and measured.format else Wanted(missing.start, missing.length)
    except STUMBLES as error:
        return replace(measured, reason=f"cannot be read: {type(error).__name__}")
    return _with_words(measured, reader, windows, tags)


def _with_words(
    measured: Measurement, reader: _Reader, windows: Windows, tags: tuple[Tag, ...]
) -> Measurement | Wanted:
    """Add chapters and tags: those that the format has a place for first, those of tags in front of it last."""
    reason = ""
    told = Told(padded=measured.seconds is not None and measured.tolerance > _EXACT)
    wanted: MissingError | None = None
    try:
        _behind(reader.start, lambda held: reader.tell(held, told), windows)
        tell_of_tags(windows, tags, told)
        tell_of_id3v1(windows, told)
    except MissingError as missing:
        wanted = missing
    except STUMBLES as error:
        reason = f"its tags cannot be read: {type(error).__name__}"
    measured = _without_padding(measured, told)
    if told.full:
        reason = f"more chapters than the {len(told.chapters)} that are kept"
    reasons = "; ".join(words for words in (measured.reason, reason) if words)
    measured = replace(measured, chapters=told.in_order(), tags=tuple(told.tags.items()), reason=reasons)
    return Wanted(wanted.start, wanted.length, measured) if wanted else measured


def _behind(start: int, read: Callable[[Windows], _Any], windows: Windows) -> _Any:
    """Read a file that begins behind something else.

    Raises:
        MissingError: More of it is needed; places are those of the whole.
    """
    try:
        return read(windows.behind(start))
    except MissingError as missing:
        raise MissingError(missing.start + start, missing.length) from None


def _reader(windows: Windows, start: int, tags: tuple[Tag, ...]) -> _Reader:
    head = windows.read(start, 64)
    if not head:
        return _unknown("empty" if not start else "nothing behind its tags")
    if head[4:8] in _BOXES:
        return _Reader(read_mp4, tell_of_mp4, start, Measurement(format="mp4", media_type="audio/mp4"))
    match head[:4], head[8:12]:
        case b"OggS", _:
            return _Reader(read_ogg, tell_of_ogg, start, Measurement(format="ogg", media_type="application/ogg"))
        case b"fLaC", _:
            return _Reader(read_flac, tell_of_flac, start, Measurement(format="flac", media_type="audio/flac"))
        case ((b"RIFF" | b"RF64" | b"BW64"), b"WAVE"):
            return _Reader(read_wave, start=start, kind=Measurement(format="wav", media_type="audio/wav"))
        case b"FORM", (b"AIFF" | b"AIFC"):
            return _Reader(read_aiff, start=start, kind=Measurement(format="aiff", media_type="audio/aiff"))
        case b"ADIF", _:
            return _Reader(read_adif, start=start, kind=Measurement(format="aac", media_type="audio/aac"))
    for magic, name, media_type in _OTHERS:
        if head.startswith(magic):
            return _unknown(f"{name} is not read", media_type)
    if not tags and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"{")):
        return _unknown("text, no audio", "text/html" if b"<" in head else "application/json")
    if _is_adts(windows, start):
        kind = Measurement(format="aac", media_type="audio/aac")
        return _Reader(lambda held: read_adts(held, start), kind=kind)
    return _Reader(lambda held: read_mpeg(held, start), kind=kind_of_mpeg(windows.held(start)))


def _is_adts(windows: Windows, start: int) -> bool:
    held = windows.held(start) or windows.read(start, AHEAD)
    return begins(held, 0, adts_frame_at, whole=start + len(held) >= windows.end)


def _unknown(reason: str, media_type: str | None = None) -> _Reader:
    return _Reader(lambda _: Measurement(reason=reason, media_type=media_type))


def _without_padding(measured: Measurement, told: Told) -> Measurement:
    """Leave out what its tags say an encoder put around the sound, where the header did not say how much."""
    seconds, share = measured.seconds, told.sound_share
    if seconds is None or share is None or not _EXACT < seconds * (1 - share) <= measured.tolerance <= _PADDING:
        return measured
    return replace(measured, seconds=seconds * share, tolerance=_FRAME if measured.reason else _EXACT)


def _doubted(measured: Measurement, windows: Windows, start: int) -> Measurement:
    """Add the bitrate; take back a length that cannot be."""
    seconds = measured.seconds
    if seconds is None:
        return replace(measured, tolerance=0.0)
    if not 0 < seconds <= LONGEST:
        words = "its header tells of no sound" if seconds == 0 else f"its header tells of {seconds:.0f} s"
        return replace(measured, seconds=None, tolerance=0.0, reason=measured.reason or words)
    if windows.size is None:
        return measured
    bitrate = round((windows.size - start) * 8 / seconds)
    if bitrate < _LEAST and not measured.reason:
        reason = f"{windows.size} bytes are few for {seconds:.0f} s"
        return replace(measured, bitrate=bitrate, tolerance=seconds, reason=reason)
    return replace(measured, bitrate=bitrate)
