"""What stands behind the audio: ID3v1, APEv2, Lyrics3 and appended ID3v2 tags."""

from typing import Final

from mediafeed.parse.audio.frames import PROBE, held_only
from mediafeed.parse.audio.told import Told
from mediafeed.parse.audio.windows import Windows

_MOST: Final = 6  # tags one behind the other
_APE: Final = b"APETAGEX"
_HAS_HEADER: Final = 1 << 31


def end_of_audio(windows: Windows) -> int:
    """Give where the audio ends, from the file's last bytes.

    Raises:
        MissingError: They are not held.
    """
    end = windows.end
    if not windows.final:
        windows.read(max(end - PROBE, 0), PROBE)
    for _ in range(_MOST):
        length = _tag_before(windows, end)
        if not 0 < length <= end:
            break
        end -= length
    return end


def _tag_before(windows: Windows, end: int) -> int:
    """Give the length of the tag that ends at `end`, 0 where none does."""
    footer = held_only(windows, max(end - 32, 0), 32)
    if held_only(windows, max(end - 128, 0), 3) == b"TAG" and end == windows.end:
        return 128
    if footer.startswith(_APE):
        length = int.from_bytes(footer[12:16], "little")
        return length + 32 if int.from_bytes(footer[20:24], "little") & _HAS_HEADER else length
    if footer.endswith(b"LYRICS200") and footer[-15:-9].isdigit():
        return int(footer[-15:-9]) + 15
    if footer[-10:-7] == b"3DI":
        high, mid, low, last = footer[-4:]
        return (high << 21 | mid << 14 | low << 7 | last) + 20
    return 0


def tell_of_id3v1(windows: Windows, told: Told) -> None:
    """Add title, artist and album of an ID3v1 tag, where it is held: thirty letters each, not worth a question."""
    tag = held_only(windows, max(windows.end - 128, 0), 128)
    if len(tag) == 128 and tag.startswith(b"TAG"):
        for name, start in (("title", 3), ("artist", 33), ("album", 63)):
            told.tag(name, tag[start : start + 30].partition(b"\0")[0].decode("latin-1"))
