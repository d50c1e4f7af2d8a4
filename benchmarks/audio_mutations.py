"""Bytes that nobody wrote: real audio changed at random, read as a stranger's.

    python -m benchmarks.audio_mutations FOLDER [--minutes 5] [--seed 1]

Takes the audio files in FOLDER, changes, cuts, doubles and joins pieces of them, and reads each as `measure` would, in
this process: no exception, no reading of a second, no more memory than is allowed, never more bytes or requests. What
breaks that is written beside the report as a file, to become a test.
"""

import argparse
import random
import resource
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from mediafeed.model.audio import LONGEST, Measurement
from mediafeed.parse.audio.reading import Wanted, read_audio
from mediafeed.parse.audio.windows import FIRST, Windows
from mediafeed.refresh.measuring import MEMORY, MOST_BYTES, MOST_CHAPTER_BYTES, MOST_REQUESTS

_LONGEST: Final = 400_000  # bytes of a file that are kept
_HEAD: Final = 2_048  # bytes in front in which most changes are made
_TELLING: Final = (0, 1, 2, 127, 128, 254, 255)
_NUMBERS: Final = (0, 1, 7, 8, 9, 0x7F, 0x7FFF, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFE, 0xFFFF_FFFF)
_PIECES: Final = (
    b"ID3", b"CHAP", b"CTOC", b"APIC", b"COMM", b"OggS\0", b"OpusHead", b"OpusTags", b"\x01vorbis", b"\x03vorbis",
    b"fLaC", b"moov", b"trak", b"stbl", b"stsc", b"stco", b"elst", b"chpl", b"moof", b"traf", b"trun", b"sidx",
    b"mfra", b"Xing", b"VBRI", b"LAME", b"TAG", b"APETAGEX", b"LYRICS200", b"RIFF", b"WAVE", b"data", b"ADIF",
    b"\xff\xfb\x90\x64", b"\xff\xf1\x50\x80", b"OggS", b"----", b"iTunSMPB", b"\0\0\0\1", b"\x7fFLAC", b"Speex   ",
)  # fmt: skip


class BrokenError(Exception):
    """A bound was broken; says which."""


def main() -> None:
    """Change, read, tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    files = [path.read_bytes()[:_LONGEST] for path in sorted(chosen.folder.iterdir()) if path.suffix != ".jsonl"]
    random_ = random.Random(chosen.seed)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    outcomes: Counter[str] = Counter()
    slowest, stop = 0.0, time.monotonic() + 60 * chosen.minutes
    while time.monotonic() < stop:
        whole = changed(files, random_)
        try:
            slowest = max(slowest, read_in_bounds(whole, outcomes))
        except Exception:  # noqa: BLE001 - what is looked for
            outcomes["broken"] += 1
            place = Path(f"broken-{chosen.seed}-{outcomes['broken']}.bin")
            place.write_bytes(whole)
            print(f"{place}: {traceback.format_exc()}")
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1_024
    print(f"{sum(outcomes.values())} files: {dict(outcomes)}; slowest reading {slowest:.3f} s; memory +{grown:.0f} MB")
    if grown * 1_024 * 1_024 > MEMORY:
        print("more memory than a reading may take")


def changed(files: Sequence[bytes], random_: random.Random) -> bytes:
    """Give one of the files, changed in one to six ways."""
    whole = bytearray(random_.choice(files))
    for _ in range(random_.randint(1, 6)):
        random_.choice(_WAYS)(whole, files, random_)
    return bytes(whole[: 2 * _LONGEST])


def _place(whole: bytearray, random_: random.Random) -> int:
    if random_.random() < 0.2:
        return random_.randrange(len(whole) + 1)
    near = random_.randrange(min(len(whole), _HEAD) + 1)
    return len(whole) - near if random_.random() < 0.3 else near


def _byte(whole: bytearray, _: Sequence[bytes], random_: random.Random) -> None:
    at = _place(whole, random_)
    whole[at : at + 1] = bytes((random_.choice((*_TELLING, random_.randrange(256))),))


def _number(whole: bytearray, _: Sequence[bytes], random_: random.Random) -> None:
    at, wide = _place(whole, random_), random_.choice((1, 2, 3, 4, 8))
    order: Callable[[int], bytes] = lambda n: (n % (1 << 8 * wide)).to_bytes(wide, random_.choice(("big", "little")))  # noqa: E731
    whole[at : at + wide] = order(random_.choice((*_NUMBERS, random_.randrange(1 << 32))))


def _piece(whole: bytearray, _: Sequence[bytes], random_: random.Random) -> None:
    at, piece = _place(whole, random_), random_.choice(_PIECES)
    whole[at : at + random_.choice((0, len(piece)))] = piece


def _without(whole: bytearray, _: Sequence[bytes], random_: random.Random) -> None:
    at = _place(whole, random_)
    del whole[at : at + random_.choice((1, 4, 100, 5_000))]


def _doubled(whole: bytearray, _: Sequence[bytes], random_: random.Random) -> None:
    at, length = _place(whole, random_), random_.choice((1, 8, 60, 400, 4_000))
    whole[at:at] = whole[at : at + length] * random_.choice((1, 2, 50, 2_000 if length < 100 else 1))


def _cut(whole: bytearray, _: Sequence[bytes], random_: random.Random) -> None:
    del whole[_place(whole, random_) :]


def _joined(whole: bytearray, files: Sequence[bytes], random_: random.Random) -> None:
    other = random_.choice(files)
    at = random_.randrange(len(other) + 1)
    if random_.random() < 0.5:
        whole += other[at : at + 100_000]
    else:
        whole[_place(whole, random_) :] = other[at:]


_WAYS: Final = (_byte, _byte, _byte, _number, _number, _number, _piece, _without, _doubled, _cut, _joined)


def read_in_bounds(whole: bytes, outcomes: Counter[str]) -> float:
    """Read as a server's file; gives the CPU seconds of the slowest reading.

    Raises:
        BrokenError: A bound was broken.
    """
    windows, wanted = Windows(), Wanted(0, FIRST)
    lengths, words, slowest = 0, 0, 0.0
    for _ in range(MOST_REQUESTS):
        most = MOST_CHAPTER_BYTES - words if wanted.measured else MOST_BYTES - lengths
        length = min(wanted.length, most)
        if length <= 0:
            break
        body = whole[wanted.start : wanted.start + length]
        lengths, words = (lengths, words + len(body)) if wanted.measured else (lengths + len(body), words)
        windows = windows.joined_by(wanted.start, body, len(whole))
        began = time.process_time()
        outcome = read_audio(windows)
        slowest = max(slowest, time.process_time() - began)
        if slowest > 1:
            raise BrokenError(f"a reading took {slowest:.2f} s")
        if isinstance(outcome, Measurement):
            return _looked_at(outcome, outcomes, slowest)
        if not body and outcome.start == wanted.start:
            raise BrokenError("asks for what is not there")
        if outcome.start < 0 or outcome.length <= 0:
            raise BrokenError(f"asks for {outcome.length} bytes at {outcome.start}")
        wanted = outcome
    outcomes["asked enough"] += 1
    return slowest


def _looked_at(found: Measurement, outcomes: Counter[str], slowest: float) -> float:
    if found.seconds is None:
        if not found.reason:
            raise BrokenError("unknown without a reason")
    elif not 0 < found.seconds <= LONGEST or not 0 <= found.tolerance < float("inf"):
        raise BrokenError(f"{found.seconds} s ± {found.tolerance}")
    if len(found.chapters) > 1_000:
        raise BrokenError(f"{len(found.chapters)} chapters")
    outcomes["unknown" if found.seconds is None else "known"] += 1
    return slowest


if __name__ == "__main__":
    main()
