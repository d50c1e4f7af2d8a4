"""Small audio files, crafted byte by byte: no encoder is needed, and every number in them is known."""

import struct
from collections.abc import Sequence

from mediafeed.model.audio import Measurement
from mediafeed.parse.audio.reading import Wanted, read_audio
from mediafeed.parse.audio.windows import FIRST, Windows

# MPEG 1, layer III, 44,100 Hz, joint stereo: bits of the bitrate -> kbit/s.
KBITS = {1: 32, 5: 64, 9: 128, 11: 192, 14: 320}
FRAME_SECONDS = 1_152 / 44_100


class Holes:
    """A large file of zeros but for a few pieces."""

    def __init__(self, size: int, **pieces: bytes) -> None:
        self.size = size
        self.pieces = {int(name.lstrip("at")): piece for name, piece in pieces.items()}

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, wanted: slice) -> bytes:
        start, stop, _ = wanted.indices(self.size)
        body = bytearray(max(stop - start, 0))
        for at, piece in self.pieces.items():
            first, last = max(at, start), min(at + len(piece), stop)
            if first < last:
                body[first - start : last - start] = piece[first - at : last - at]
        return bytes(body)


Whole = bytes | Holes


class Asked:
    """What reading a file took: the windows asked for, those for chapters apart."""

    def __init__(self, whole: Whole, size: int | None = None) -> None:
        self.whole = whole
        self.size = len(whole) if size is None else size
        self.windows: list[tuple[int, int]] = []
        self.words: list[tuple[int, int]] = []

    @property
    def bytes(self) -> int:
        return sum(max(min(length, len(self.whole) - start), 0) for start, length in self.windows)


def measured(whole: Whole, size: int | None = None) -> tuple[Measurement, Asked]:
    """Read a file window by window, as a server with Range would give them."""
    asked = Asked(whole, size)
    windows, wanted = Windows(), Wanted(0, FIRST)
    for _ in range(40):
        (asked.words if wanted.measured else asked.windows).append((wanted.start, wanted.length))
        body = whole[wanted.start : wanted.start + wanted.length]
        windows = windows.joined_by(wanted.start, body, asked.size)
        outcome = read_audio(windows)
        if isinstance(outcome, Measurement):
            return outcome, asked
        assert (outcome.start, outcome.length) != (wanted.start, wanted.length), "asked twice for the same"
        if outcome.measured and len(asked.words) > 12:
            return outcome.measured, asked
        wanted = outcome
    raise AssertionError(f"never done: {asked.windows}")


# MP3


def mp3_frame(bits: int = 9, *, padding: int = 0, fill: bytes = b"\x00", mono: bool = False) -> bytes:
    """Write one frame."""
    length = 144_000 * KBITS[bits] // 44_100 + padding
    head = bytes((0xFF, 0xFB, bits << 4 | padding << 1, 0xC4 if mono else 0x44))
    return head + (fill * length)[: length - 4]


def mp3_frames(count: int, bits: int = 9) -> bytes:
    """Write frames of one bitrate, padded as encoders do: their mean length is exact."""
    frames, rest = [], 0
    for _ in range(count):
        rest += 144_000 * KBITS[bits] % 44_100
        frames.append(mp3_frame(bits, padding=rest // 44_100))
        rest %= 44_100
    return b"".join(frames)


def vbr_frames(count: int) -> bytes:
    """Write frames that get larger, then smaller again: the mean of a window is not that of the file."""
    order = (5, 9, 11, 9, 5, 11)
    run = max(count // 97, 1)
    return b"".join(mp3_frame(order[place // run % 6]) for place in range(count))


def xing(frames: int, length: int, *, name: bytes = b"Xing", delay: int | None = None, padding: int = 0,
         encoder: bytes = b"LAME3.100", flags: int = 15, bits: int = 9) -> bytes:  # fmt: skip
    """Write a frame that holds a Xing or Info header, with LAME's behind it if there is a delay."""
    body = name + struct.pack(">III", flags, frames, length) + bytes(100) + struct.pack(">I", 50)
    if delay is not None:
        lame = encoder + bytes((0x04, 180)) + bytes(10) + (delay << 12 | padding).to_bytes(3, "big")
        body += lame + bytes(36 - len(lame))
    frame = mp3_frame(bits)
    return frame[:36] + body + frame[36 + len(body) :]


def vbri(frames: int, length: int) -> bytes:
    """Write a frame that holds a VBRI header."""
    body = b"VBRI" + struct.pack(">HHHIIHHHH", 1, 0, 50, length, frames, 0, 1, 2, 1)
    frame = mp3_frame()
    return frame[:36] + body + frame[36 + len(body) :]


def with_xing(sound: bytes, frames: int, **said: object) -> bytes:
    """Put a header in front of frames that tells of them."""
    first = mp3_frame()
    return xing(frames, len(sound) + len(first), **said) + sound  # type: ignore[arg-type]


# ID3


def syncsafe(number: int) -> bytes:
    return bytes((number >> 21 & 127, number >> 14 & 127, number >> 7 & 127, number & 127))


def id3(*frames: bytes, version: int = 3, padding: int = 0, flags: int = 0, size: int | None = None) -> bytes:
    """Write a tag."""
    body = b"".join(frames) + bytes(padding)
    footer = b"3DI" + bytes((version, 0, flags)) + syncsafe(len(body)) if flags & 0x10 else b""
    length = len(body) if size is None else size
    return b"ID3" + bytes((version, 0, flags)) + syncsafe(length) + body + footer


def frame(name: bytes, body: bytes, *, version: int = 3, flags: int = 0, size: int | None = None) -> bytes:
    """Write a tag's frame."""
    length = len(body) if size is None else size
    if version == 2:
        return name + length.to_bytes(3, "big") + body
    number = syncsafe(length) if version == 4 else length.to_bytes(4, "big")
    return name + number + bytes((0, flags)) + body


def text(name: bytes, words: str, *, version: int = 3) -> bytes:
    return frame(name, b"\x01" + words.encode("utf-16"), version=version)


def picture(length: int, *, version: int = 3) -> bytes:
    return frame(b"APIC", b"\0image/jpeg\0\x03\0" + b"\xff\xd8" + b"\x33" * (length - 16), version=version)


def chap(name: str, start: int, end: int, *inner: bytes, version: int = 3) -> bytes:
    """Write a chapter, milliseconds from start to end."""
    times = struct.pack(">IIII", start, end, 0xFFFF_FFFF, 0xFFFF_FFFF)
    return frame(b"CHAP", name.encode() + b"\0" + times + b"".join(inner), version=version)


def ctoc(*names: str, version: int = 3) -> bytes:
    body = b"toc\0\x03" + bytes((len(names) % 256,)) + b"".join(name.encode() + b"\0" for name in names)
    return frame(b"CTOC", body, version=version)


def id3v1(title: str, artist: str) -> bytes:
    return b"TAG" + title.encode().ljust(30, b"\0") + artist.encode().ljust(30, b"\0") + bytes(65)


def ape(length: int) -> bytes:
    """Write an APEv2 tag of so many bytes of values, with header and footer."""

    def mark(flags: int) -> bytes:
        return b"APETAGEX" + struct.pack("<IIII8x", 2_000, length + 32, 1, flags)

    return mark(0xA000_0000) + b"\x44" * length + mark(0x8000_0000)


# MP4


def box(kind: bytes, *body: bytes, size: int | None = None) -> bytes:
    whole = b"".join(body)
    return struct.pack(">I", len(whole) + 8 if size is None else size) + kind + whole


def full(kind: bytes, *body: bytes, version: int = 0, flags: int = 0) -> bytes:
    return box(kind, bytes((version,)) + flags.to_bytes(3, "big"), *body)


FTYP = box(b"ftyp", b"M4A \0\0\2\0isomiso2")


def clock(kind: bytes, scale: int, length: int, *, wide: bool = False) -> bytes:
    if wide:
        return full(kind, struct.pack(">QQIQ", 0, 0, scale, length), bytes(4), version=1)
    return full(kind, struct.pack(">IIII", 0, 0, scale, length), bytes(80 if kind == b"mvhd" else 4))


def stsd(channels: int = 1, *, header: bytes = b"\x12\x10") -> bytes:
    """Describe AAC LC of so many channels and 64 kbit/s."""
    decoder = b"\x04\x11\x40\x15\0\0\0" + struct.pack(">II", 64_000, 64_000) + b"\x05\x02" + header
    esds = full(b"esds", b"\x03\x18\0\1\0" + decoder + b"\x06\x01\x02")
    entry = bytes(6) + struct.pack(">H8xHH4xI", 1, channels, 16, 44_100 << 16)
    return full(b"stsd", struct.pack(">I", 1), box(b"mp4a", entry, esds))


def track(scale: int, length: int, *, handler: bytes = b"soun", number: int = 1, edit: int | None = None,
          tables: Sequence[bytes] = (), more: Sequence[bytes] = (), wide: bool = False) -> bytes:  # fmt: skip
    """Write a track; `tables` take the place of the description of its samples."""
    head = full(b"tkhd", struct.pack(">III", 0, 0, number), bytes(68))
    edits = () if edit is None else (box(b"edts", full(b"elst", struct.pack(">IIII", 1, edit, 1_024, 1 << 16))),)
    table = box(b"stbl", *(tables or (stsd(), full(b"stsz", struct.pack(">II", 0, 0), bytes(4_000)))))
    media = box(b"mdia", clock(b"mdhd", scale, length, wide=wide), full(b"hdlr", bytes(4), handler, bytes(13)),
                box(b"minf", table))  # fmt: skip
    return box(b"trak", head, *edits, *more, media)


def movie(*parts: bytes, scale: int = 1_000, length: int = 0) -> bytes:
    return box(b"moov", clock(b"mvhd", scale, length), *parts)


def names(**told: str) -> bytes:
    """Write iTunes' list of names."""
    kinds = {"title": b"\xa9nam", "artist": b"\xa9ART"}
    items = (box(kinds[name], box(b"data", struct.pack(">II", 1, 0), words.encode())) for name, words in told.items())
    return full(b"meta", full(b"hdlr", bytes(4), b"mdir", bytes(13)), box(b"ilst", *items))


def chpl(*chapters: tuple[float, str]) -> bytes:
    """Write Nero's chapters."""
    told = (
        struct.pack(">QB", int(start * 10_000_000), len(title.encode())) + title.encode() for start, title in chapters
    )
    return full(b"chpl", struct.pack(">IB", 0, min(len(chapters), 255)), *told, version=1)


# Ogg


def ogg_pages(serial: int, granule: int, *packets: bytes, first: bool = False, sequence: int = 0) -> bytes:
    """Write packets as pages, as full as they can be; the granule is that of the last."""
    lacing, body = b"", b""
    for packet in packets:
        lacing += b"\xff" * (len(packet) // 255) + bytes((len(packet) % 255,))
        body += packet
    pages = b""
    while lacing:
        now, lacing = lacing[:255], lacing[255:]
        held, body = body[: sum(now)], body[sum(now) :]
        clock_ = granule if not lacing else 0xFFFF_FFFF_FFFF_FFFF
        kind = 2 if first else 0
        pages += b"OggS\0" + struct.pack("<BQIIIB", kind, clock_, serial, sequence, 0, len(now)) + now + held
        sequence += 1
    return pages


def vorbis_head(rate: int = 44_100, channels: int = 2) -> bytes:
    return b"\x01vorbis" + struct.pack("<IBIiiiBB", 0, channels, rate, 0, 128_000, 0, 0xB8, 1)


def opus_head(skipped: int = 312, channels: int = 2) -> bytes:
    return b"OpusHead" + struct.pack("<BBHIhB", 1, channels, skipped, 48_000, 0, 0)


def comments(*told: bytes) -> bytes:
    head = struct.pack("<I", 4) + b"made" + struct.pack("<I", len(told))
    return head + b"".join(struct.pack("<I", len(each)) + each for each in told)


def ogg(head: bytes, told: bytes, granule: int, *, sound: int = 200_000, serial: int = 7, late: int = 0) -> bytes:
    """Write an Ogg file with pages of 4 KB; its clock begins at `late`.

    Packets have as many samples as they can, those of Opus are of 20 ms.
    """
    each, kind = {b"Op": (960, b"\x98"), b"\x7fF": (4_096, b"\xff")}.get(head[:2], (1_024, b"\0"))
    pages = [ogg_pages(serial, 0, head, first=True), ogg_pages(serial, 0, told, sequence=1)]
    count = max(sound // 4_000, 1)
    packets = -(-granule // count // each) or 1
    body = (kind + bytes(4_000 // packets - 1),) * packets
    pages += (
        ogg_pages(serial, late + granule * place // count, *body, sequence=100 + place) for place in range(1, count + 1)
    )
    return b"".join(pages)


# FLAC, WAV, AAC


def stream_info(rate: int, samples: int, channels: int = 2) -> bytes:
    packed = rate << 44 | (channels - 1) << 41 | 15 << 36 | samples
    return struct.pack(">HH6x", 4_096, 4_096) + packed.to_bytes(8, "big") + bytes(16)


def check_sum(held: bytes, bits: int, polynomial: int) -> bytes:
    """Count one bit by bit, as the RFC tells it."""
    rest = 0
    for byte in held:
        rest ^= byte << (bits - 8)
        for _ in range(8):
            rest = rest << 1 ^ (polynomial if rest >> (bits - 1) else 0)
            rest &= (1 << bits) - 1
    return rest.to_bytes(bits // 8, "big")


def flac_frame(number: int, samples: int = 4_096, *, variable: bool = False, body: int = 900) -> bytes:
    """Write a frame of two channels at 44,100 Hz; `number` is its own, or its first sample's if sizes vary."""
    named = number.to_bytes(1, "big") if number < 128 else chr(number).encode("utf-8", "surrogatepass")
    size, behind = (0xC9, b"") if samples == 4_096 else (0x79, (samples - 1).to_bytes(2, "big"))
    head = bytes((0xFF, 0xF9 if variable else 0xF8, size, 0x18)) + named + behind
    whole = head + check_sum(head, 8, 0x07) + b"\x33" * body
    return whole + check_sum(whole, 16, 0x8005)


def flac_frames(samples: int, *, body: int = 900) -> bytes:
    """Write frames of so many samples together."""
    count, rest = divmod(samples, 4_096)
    return b"".join(flac_frame(at, body=body) for at in range(count)) + (
        flac_frame(count, rest, body=body) if rest else b""
    )


def flac(info: bytes, *blocks: tuple[int, bytes], sound: bytes | None = None) -> bytes:
    """Write a FLAC; unless told otherwise its frames are those that the header tells of."""
    if sound is None:
        sound = flac_frames(int.from_bytes(info[13:18], "big") & 0xF_FFFF_FFFF)
    whole = [(0, info), *blocks]
    told = b"".join(
        bytes((kind | (0x80 if place == len(whole) else 0),)) + len(body).to_bytes(3, "big") + body
        for place, (kind, body) in enumerate(whole, 1)
    )
    return b"fLaC" + told + sound


def wav(seconds: float, *, length: int | None = None, rate: int = 8_000, before: bytes = b"", name: bytes = b"RIFF",
        there: int | None = None, kind: int = 1, fact: int | None = None) -> bytes:  # fmt: skip
    """Write a WAV of 16 bits and one channel, or one that says it is of another kind."""
    sound = bytes(int(seconds * rate) * 2 if there is None else there)
    fmt = b"fmt " + struct.pack("<IHHIIHH", 16, kind, 1, rate, rate * 2, 2, 16)
    if fact is not None:
        fmt += b"fact" + struct.pack("<II", 4, fact)
    data = b"data" + struct.pack("<I", len(sound) if length is None else length)
    return name + struct.pack("<I", 0xFFFF_FFFF) + b"WAVE" + before + fmt + data + sound


def aiff(seconds: float, rate: int = 8_000) -> bytes:
    shift = rate.bit_length() - 1
    comm = struct.pack(">hIhHQ", 1, int(seconds * rate), 16, 16_383 + shift, rate << (63 - shift))
    return b"FORM\0\0\0\0AIFFCOMM" + struct.pack(">I", 18) + comm + b"SSND" + struct.pack(">I", 48_008) + bytes(48_008)


def adts_frames(count: int, length: int = 200) -> bytes:
    """Write AAC frames of 1,024 samples at 44,100 Hz, two channels."""
    frames = []
    for place in range(count):
        whole = length + place * 37 % 80
        head = bytes((0xFF, 0xF1, 0x50, 0x80 | whole >> 11, whole >> 3 & 255, (whole & 7) << 5 | 31, 0xFC))
        frames.append(head + bytes(whole - 7))
    return b"".join(frames)
