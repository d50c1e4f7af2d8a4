"""MP4, M4A and M4B: the length stands in moov, in front or at the end, or is that of the fragments.

mutagen walks the whole of moov, sample tables and all, which is a megabyte of an audiobook; it is given a moov of a few
hundred bytes, made of the boxes that it reads the codec from.
"""

import re
from dataclasses import replace
from io import BytesIO
from typing import Final

from mutagen import MutagenError
from mutagen.mp4 import MP4Info
from mutagen.mp4._atom import AtomError, Atoms

from mediafeed.model.audio import Measurement
from mediafeed.parse.audio.adts import PADDING
from mediafeed.parse.audio.frames import held_only
from mediafeed.parse.audio.mp4_boxes import Box, full_box, inside, timed
from mediafeed.parse.audio.mp4_fragments import Sound, fragments_length, is_open
from mediafeed.parse.audio.mp4_media import counted, media_of, whole_or_cut
from mediafeed.parse.audio.mp4_tracks import Track, movie_in, tracks_in
from mediafeed.parse.audio.windows import MissingError, Windows

_LONGEST_STSD: Final = 1_024
# ISO 14496-1: a DecoderConfigDescriptor of AAC (0x40), and in it the DecoderSpecificInfo (5).
_AAC_HEADER: Final = re.compile(rb"\x04[\x80-\xff]*[\x0f-\x7f]\x40.{12}\x05[\x80-\xff]{0,3}[\x02-\x7f](..)", re.DOTALL)
_AAC_LC: Final = 2
_24_KHZ: Final = 6  # in AAC's list of rates, which falls
_FRAME: Final = 1_024  # samples of AAC, where nobody tells of another kind


def read_mp4(windows: Windows) -> Measurement:
    """Measure an MP4.

    Raises:
        MissingError: More of the file is needed.
    """
    found = Measurement(format="mp4", media_type="audio/mp4")
    movie = movie_in(windows)
    if movie is None:
        return replace(found, reason="no moov box: the file is cut, or none")
    tracks = tracks_in(windows, movie, until=b"soun")
    sound = next((track for track in tracks if track.handler == b"soun"), None)
    if any(track.handler == b"vide" for track in tracks):
        found = replace(found, media_type="video/mp4")
    if sound is None:
        return replace(found, reason="no track of sound in it")
    found = _described(windows, sound, found)
    if not sound.length or not sound.scale:
        return _fragmented(windows, movie, sound, found)
    media = media_of(windows, movie, sound)
    if media is None or (movie.at < media.at and media.end < windows.end):
        told = _fragmented(windows, movie, sound, found)  # there may be more of it than the movie's own samples
        if told.seconds is not None or (media is None and is_open(windows, movie)):
            return told
    told = _by_tables(windows, movie, sound, found)
    if media is None and windows.size is not None and not windows.final:
        return replace(told, tolerance=told.seconds or 0.0, reason="the sound that it tells of is not there")
    return whole_or_cut(movie, media, told)


def _fragmented(windows: Windows, movie: Box, sound: Track, found: Measurement) -> Measurement:
    """Measure by fragments; where nothing tells of them, by the movie's own clock."""
    skipped = _skipped(windows, sound.box)
    header = inside(windows, movie, b"mvhd")
    scale, length = timed(windows, header) if header else (0, 0)
    told = fragments_length(windows, movie, scale, Sound(_number(windows, sound.box), sound.scale, skipped or 0))
    padding = PADDING * _FRAME / (sound.scale or scale or 1)
    if told.seconds is None and scale and length and not sound.length * sound.scale:
        return replace(found, seconds=length / scale, tolerance=padding)
    if told.seconds is None:
        return replace(found, reason=told.reason or "its boxes do not say how long it is")
    tolerance = max(told.tolerance, padding if skipped is None else 0.001)
    return replace(found, seconds=told.seconds, tolerance=tolerance, reason=told.reason)


def _by_tables(windows: Windows, movie: Box, sound: Track, found: Measurement) -> Measurement:
    """Measure by the track's clock, and by the table of its samples (stts), which that should be the sum of."""
    seconds = sound.length / sound.scale
    samples, frame = counted(windows, sound)
    if samples and abs(samples - sound.length) > 2 * frame:
        listed = samples / sound.scale
        reason = f"its header tells of {seconds:.0f} s, its table of samples of {listed:.0f} s"
        return replace(found, seconds=listed, tolerance=abs(seconds - listed), reason=reason)
    header = inside(windows, movie, b"mvhd")
    edited = _edited(windows, sound.box, timed(windows, header)[0] if header else 0)
    # An edit list takes away what the encoder put in front and behind; one that says anything else is not believed.
    if edited and seconds - 0.5 <= edited <= seconds:
        return replace(found, seconds=edited, tolerance=0.001)
    padded = found.format in {"m4a", "mp4"}  # other codecs put nothing around the sound
    told = replace(found, seconds=seconds, tolerance=PADDING * (frame or _FRAME) / sound.scale if padded else 0.001)
    if edited and abs(edited - seconds) > 0.5:
        reason = f"its track is {seconds:.0f} s long, its edit list plays {edited:.0f} s"
        return replace(told, tolerance=abs(edited - seconds), reason=reason)
    return told


def _number(windows: Windows, track: Box) -> int:
    """Read a track's number; 0, which no track has, where its header is not there."""
    header = inside(windows, track, b"tkhd")
    version, _, body = full_box(windows, header, 20) if header else (0, 0, b"")
    at = 16 if version == 1 else 8
    return int.from_bytes(body[at : at + 4], "big")


def _edited(windows: Windows, track: Box, scale: int) -> float | None:
    """Add up what an edit list plays, in seconds."""
    edits = _edits(windows, track)
    # A time of -1 is silence that is played all the same.
    return sum(length for length, _ in edits) / scale if edits and scale else None


def _skipped(windows: Windows, track: Box) -> int | None:
    """Give what an edit list of one entry leaves out in front, in the track's units: all that follows is played."""
    match _edits(windows, track):
        case [(0, start)] if start >= 0:
            return start
    return None


def _edits(windows: Windows, track: Box) -> list[tuple[int, int]]:
    """Give an edit list: how long in the movie's units, from where in the track's; nothing if it is too long."""
    edits = inside(windows, track, b"edts", b"elst")
    if edits is None:
        return []
    version, _, body = full_box(windows, edits, 4 + 20 * 8)
    wide, entry = (8, 20) if version == 1 else (4, 12)
    count = int.from_bytes(body[:4], "big")
    entries = [body[4 + at * entry : 4 + (at + 1) * entry] for at in range(min(count, 8))]
    if count > 8 or any(len(each) < entry for each in entries):
        return []
    return [
        (int.from_bytes(each[:wide], "big"), int.from_bytes(each[wide : 2 * wide], "big", signed=True))
        for each in entries
    ]


def _described(windows: Windows, sound: Track, found: Measurement) -> Measurement:
    """Add codec and channels, if their box is held: it is not worth a question."""
    try:
        table = inside(windows, sound.media, b"minf", b"stbl", b"stsd")
    except MissingError:
        return found
    if table is None or table.end - table.at > _LONGEST_STSD:
        return found
    description = held_only(windows, table.at, table.end - table.at)
    made = _minimal(description)
    try:
        told = MP4Info(Atoms(made), made)
    except (MutagenError, AtomError, ArithmeticError, ValueError, AssertionError, IndexError):
        return found  # AtomError is no MutagenError
    kind = "m4a" if told.codec.startswith("mp4a") else (told.codec or "mp4")
    channels = 1 if _is_mono(description) else told.channels
    return replace(found, format=kind, channels=channels or None)


def _is_mono(description: bytes) -> bool:
    """Say whether AAC's own header tells of one channel; the box around it says two of every file.

    mutagen leaves it open, because a core of 24 kHz and less may be HE-AAC v2, which makes two channels of one.
    """
    found = _AAC_HEADER.search(description)
    if found is None:
        return False
    kind, rate, channels = found[1][0] >> 3, (found[1][0] & 7) << 1 | found[1][1] >> 7, found[1][1] >> 3 & 15
    return kind == _AAC_LC and rate < _24_KHZ and channels == 1


def _minimal(description: bytes) -> BytesIO:
    """Make a movie of one track of sound that is described like this."""
    clock = _box(b"mdhd", bytes(12) + (1_000).to_bytes(4, "big") + bytes(8))
    handler = _box(b"hdlr", bytes(8) + b"soun" + bytes(12))
    media = clock + handler + _box(b"minf", _box(b"stbl", description))
    return BytesIO(_box(b"moov", _box(b"trak", _box(b"mdia", media))))


def _box(kind: bytes, body: bytes) -> bytes:
    return (len(body) + 8).to_bytes(4, "big") + kind + body
