"""MP3 without a header, of known length: how often it is as long as said, give or take what is said.

    python -m benchmarks.audio_estimates [--files 200] [--seed 1] [--closely]

Frames are made, not encoded: their headers are all that is read. Each kind of file is made anew with other lengths,
bitrates and places, and read as `measure` would, in this process.
"""

import argparse
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import mean, median
from typing import Final

from mediafeed.model.audio import Measurement
from mediafeed.parse.audio.reading import Wanted, read_audio
from mediafeed.parse.audio.windows import FIRST, Windows

_RATES: Final = (44_100, 48_000)
_EXACT: Final = 0.001
_KBITS: Final = dict(enumerate((32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320), 1))
_USUAL: Final = (5, 7, 9, 11, 13)  # 64, 96, 128, 192, 256 kbit/s
Parts = Iterator[tuple[int, int]]  # bits of a bitrate, and how many frames of it


def constant(random_: random.Random, frames: int) -> Parts:
    """Give one bitrate."""
    yield random_.choice(_USUAL), frames


def in_between(random_: random.Random, frames: int) -> Parts:
    """Give one bitrate with a part of another in the middle, of 2 to 60 % of the time."""
    bits, other = random_.sample(_USUAL, 2)
    part = round(frames * random_.uniform(0.02, 0.6))
    before = random_.randrange(100, frames - part - 100)
    yield from ((bits, before), (other, part), (bits, frames - part - before))


def advertised(random_: random.Random, frames: int) -> Parts:
    """Give one bitrate with one to four ads of half a minute to two minutes, of another."""
    bits, other = random_.sample(_USUAL, 2)
    ads = random_.randint(1, 4)
    for ad in range(ads):
        yield bits, frames // (ads + 1)
        yield (other if ad or random_.random() < 0.7 else bits), random_.randrange(1_150, 4_600)
    yield bits, frames // (ads + 1)


def speech(random_: random.Random, frames: int) -> Parts:
    """Give bitrates that vary from second to second, louder and softer over minutes."""
    loud = random_.randrange(4, 11)
    while frames > 0:
        if random_.random() < 0.02:
            loud = min(max(loud + random_.choice((-2, -1, 1, 2)), 3), 12)
        run = random_.randrange(1, 40)
        yield min(max(loud + random_.choice((-2, -1, 0, 0, 1, 2)), 1), 14), run
        frames -= run


def varying_between(random_: random.Random, frames: int) -> Parts:
    """Give one bitrate in front and behind, and speech between them, of 2 to 60 % of the time."""
    bits, part = random_.choice(_USUAL), round(frames * random_.uniform(0.02, 0.6))
    before = random_.randrange(100, frames - part - 100)
    yield bits, before
    yield from speech(random_, part)
    yield bits, frames - part - before


def songs(random_: random.Random, frames: int) -> Parts:
    """Give long parts, each around a bitrate of its own."""
    while frames > 0:
        bits, part = random_.randrange(3, 13), random_.randrange(1_500, 12_000)
        while part > 0 and frames > 0:
            run = random_.randrange(1, 20)
            yield min(max(bits + random_.choice((-1, 0, 0, 1)), 1), 14), run
            part, frames = part - run, frames - run


KINDS: Final[dict[str, Callable[[random.Random, int], Parts]]] = {
    "one bitrate": constant, "another in the middle": in_between, "ads of another": advertised,
    "varying in the middle": varying_between, "varying as speech": speech, "varying as songs": songs,
}  # fmt: skip


def made(parts: Parts, hertz: int) -> tuple[bytes, float]:
    """Write frames, padded as encoders do within each part; gives how long they are, too."""
    pieces, count, rest = [], 0, 0
    for bits, frames in parts:
        size, over = divmod(144_000 * _KBITS[bits], hertz)
        whole, rate = [], _RATES.index(hertz)
        for padding in (0, 1):
            head = bytes((0xFF, 0xFB, bits << 4 | rate << 2 | padding << 1, 0x44))
            whole.append(head + bytes(size + padding - 4))
        for _ in range(frames):
            rest += over
            pieces.append(whole[rest >= hertz])
            rest %= hertz
        count += frames
    return b"".join(pieces), count * 1_152 / hertz


def measured(whole: bytes, *, closely: bool) -> tuple[Measurement, int, int]:
    """Read a file window by window; gives requests and bytes, too."""
    windows, wanted, requests, size = Windows(closely=closely), Wanted(0, FIRST), 0, 0
    while True:
        body = whole[wanted.start : wanted.start + wanted.length]
        requests, size = requests + 1, size + len(body)
        windows = windows.joined_by(wanted.start, body, len(whole))
        outcome = read_audio(windows)
        if isinstance(outcome, Measurement):
            return outcome, requests, size
        wanted = outcome


@dataclass(frozen=True, slots=True)
class Row:
    """One file: by which share of its length it was wrong, by which it might be, and what that cost."""

    off: float
    said: float
    requests: int
    bytes: int

    @property
    def as_said(self) -> bool:
        """Say whether it was wrong by no more than it might be."""
        return self.off <= self.said


def _measured_anew(kind: Callable[[random.Random, int], Parts], random_: random.Random, *, closely: bool) -> Row:
    whole, seconds = made(kind(random_, random_.randrange(8_000, 80_000)), random_.choice(_RATES))
    found, requests, size = measured(whole, closely=closely)
    return Row(abs((found.seconds or 0.0) - seconds) / seconds, found.tolerance / seconds, requests, size)


def main() -> None:
    """Make, measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=200, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--closely", action="store_true", help="as if a feed said another length of each")
    chosen = parser.parse_args()
    random_ = random.Random(chosen.seed)
    print("kind                    as said  exact   worst   off, middle   said, middle   requests   KiB")
    for name, kind in KINDS.items():
        rows = [_measured_anew(kind, random_, closely=chosen.closely) for _ in range(chosen.files)]
        exact = sum(row.said < _EXACT for row in rows) / len(rows)
        print(f"{name:22} {sum(row.as_said for row in rows) / len(rows):>8.1%} {exact:>6.0%} "
              f"{max(row.off for row in rows):>7.1%} {median(row.off for row in rows):>12.2%} "
              f"{median(row.said for row in rows):>14.2%} {mean(row.requests for row in rows):>10.1f} "
              f"{mean(row.bytes for row in rows) / 1_024:>5.0f}")  # fmt: skip


if __name__ == "__main__":
    main()
