"""Audio of a known length, in every format and with every kind of header, with and without cover art."""

import base64
import struct
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mutagen.flac import FLAC, Picture
from mutagen.mp4 import MP4, MP4Cover
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis

ARTS = (0, 100_000, 5_000_000)
DECODED = 60  # seconds up to which a file is decoded as well
LOOP = 300  # seconds of sound that are repeated
# Words of tone and noise, pauses of half a second between sentences, louder and softer over minutes: as speech is.
SOUND = (
    "aevalsrc='(0.3*sin(2*PI*220*t)*(1+sin(2*PI*3*t))+0.25*(random(0)-0.5)*(1+sin(2*PI*t/97)))"
    "*gt(sin(2*PI*t/3.7)+0.3*sin(2*PI*t/43),-0.9)':d={seconds}:s={rate}"
)
FRAGMENTS = ("-frag_duration", "5000000")
KINDS: dict[str, tuple[str, ...]] = {
    "mp3 info": ("mp3", "-c:a", "libmp3lame", "-b:a", "64k"),
    "mp3 bare": ("mp3", "-c:a", "libmp3lame", "-b:a", "64k", "-write_xing", "0", "-id3v2_version", "0"),
    "mp3 vbr": ("mp3", "-c:a", "libmp3lame", "-q:a", "5"),
    "mp3 vbr bare": ("mp3", "-c:a", "libmp3lame", "-q:a", "5", "-write_xing", "0", "-id3v2_version", "0"),
    "mp3 abr": ("mp3", "-c:a", "libmp3lame", "-b:a", "64k", "-abr", "1"),
    "m4a front": ("m4a", "-c:a", "aac", "-b:a", "64k", "-movflags", "+faststart"),
    "m4a end": ("m4a", "-c:a", "aac", "-b:a", "64k"),
    "mp4 fragments": ("mp4", "-c:a", "aac", "-b:a", "64k", "-movflags", "+empty_moov+default_base_moof", *FRAGMENTS),
    "mp4 fragments cut": (
        "mp4", "-c:a", "aac", "-b:a", "64k", "-movflags", "+empty_moov+default_base_moof+delay_moov", *FRAGMENTS),
    "mp4 sidx": ("mp4", "-c:a", "aac", "-b:a", "64k", "-movflags", "+dash+global_sidx", *FRAGMENTS),
    "mp4 fragments mixed": ("mp4", "-c:a", "aac", "-b:a", "64k", "-movflags", "+frag_keyframe", *FRAGMENTS),
    "alac": ("m4a", "-c:a", "alac", "-movflags", "+faststart"),
    "ogg vorbis": ("ogg", "-c:a", "libvorbis", "-q:a", "2"),
    "opus": ("opus", "-c:a", "libopus", "-b:a", "48k"),
    "flac": ("flac", "-c:a", "flac"),
    "aiff": ("aiff", "-c:a", "pcm_s16be"),
    "wav": ("wav", "-c:a", "pcm_s16le"),
    "wav rf64": ("wav", "-c:a", "pcm_s16le", "-rf64", "always"),
    "aac adts": ("aac", "-c:a", "aac", "-b:a", "64k"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """A file: its name and kind, how many bytes of cover art it has, and how long it is, by one witness or two.

    `also` is how long the sound is that a decoder makes of it, padding and all where the file does not tell of it; 0
    where nobody looked.
    """

    name: str
    kind: str
    art: int
    seconds: float
    also: float = 0.0


def made_files(folder: Path, lengths: Sequence[int]) -> Iterator[Made]:
    """Make every kind in every length and with every size of art; what is there already is not made again."""
    for seconds in lengths:
        rate = 44_100 if seconds <= 60 else 22_050
        loop = folder / f"loop-{rate}.wav"
        if not loop.exists():
            run("ffmpeg", "-f", "lavfi", "-i", SOUND.format(seconds=LOOP, rate=rate), str(loop))
        for kind in (*KINDS, "mp3 sox", "mp3 vbri"):
            plain = folder / f"{kind.replace(' ', '-')}-{seconds}.{KINDS.get(kind, ('mp3',))[0]}"
            if not plain.exists():
                make(kind, loop, seconds, plain)
            also = decoded_seconds(plain) if seconds <= DECODED else 0.0
            for art in ARTS:
                path = plain.with_stem(f"{plain.stem}-{art // 1_000}k") if art else plain
                if path == plain or dressed(plain, path, art):
                    yield Made(path.name, kind, art, float(seconds), also)


def make(kind: str, loop: Path, seconds: int, path: Path) -> None:
    """Make one file."""
    source = ("-stream_loop", "-1", "-i", str(loop), "-t", str(seconds))
    if kind == "mp3 vbri":
        bare = path.with_name(f"mp3-vbr-bare-{seconds}.mp3").read_bytes()
        path.write_bytes(vbri(bare) + bare)
    elif kind == "mp3 sox":
        cut = path.with_suffix(".wav")
        run("ffmpeg", *source, str(cut))
        subprocess.run(("sox", str(cut), "-C", "64", str(path)), check=True)
        cut.unlink()
    else:
        run("ffmpeg", *source, *KINDS[kind][1:], str(path))


def decoded_seconds(path: Path) -> float:
    """Count the samples that ffmpeg makes of a file."""
    asked = ("ffprobe", "-v", "error", "-show_entries", "stream=sample_rate", "-of", "csv=p=0", str(path))
    rate = int(subprocess.run(asked, check=True, capture_output=True, text=True).stdout.split()[0].strip(","))
    sound = ("ffmpeg", "-v", "error", "-i", str(path), "-f", "s16le", "-ac", "1", "-")
    return len(subprocess.run(sound, check=True, capture_output=True).stdout) / 2 / rate


def run(program: str, *words: str) -> None:
    """Run ffmpeg quietly."""
    subprocess.run((program, "-y", "-loglevel", "error", *words), check=True)


def vbri(bare: bytes) -> bytes:
    """Write the frame that Fraunhofer's encoder puts in front of these frames."""
    version, rate = bare[1] >> 3 & 3, bare[2] >> 2 & 3
    kbits = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
    low = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
    hertz = ((11_025, 12_000, 8_000), (), (22_050, 24_000, 16_000), (44_100, 48_000, 32_000))[version][rate]
    at = count = 0
    while at + 4 <= len(bare):
        bits, padding = bare[at + 2] >> 4, bare[at + 2] >> 1 & 1
        at += (144_000 * kbits[bits] if version == 3 else 72_000 * low[bits]) // hertz + padding
        count += 1
    length = (144_000 * 128 if version == 3 else 72_000 * 64) // hertz
    head = bytes((0xFF, bare[1], 9 << 4 if version == 3 else 8 << 4, bare[3]))
    head = bytes((head[0], head[1], head[2] | rate << 2, head[3]))
    told = b"VBRI" + struct.pack(">HHHIIHHHH", 1, 0, 50, len(bare) + length, count, 0, 1, 2, 1)
    return (head + bytes(32) + told).ljust(length, b"\0")


def dressed(plain: Path, path: Path, art: int) -> bool:
    """Put cover art into a copy; False for formats that have none."""
    if path.exists():
        return True
    cover = b"\xff\xd8\xff\xe0" + b"\x33" * (art - 4)
    if plain.suffix in {".mp3", ".aac"}:
        frame = b"\0image/jpeg\0\x03\0" + cover
        title = b"TIT2" + struct.pack(">IH", 3, 0) + b"\0" + b"33"
        body = title + b"APIC" + struct.pack(">IH", len(frame), 0) + frame + bytes(2_000)
        sizes = bytes(len(body) >> shift & 127 for shift in (21, 14, 7, 0))
        path.write_bytes(b"ID3\3\0\0" + sizes + body + plain.read_bytes())
        return True
    path.write_bytes(plain.read_bytes())
    if plain.suffix == ".m4a":
        movie = MP4(path)
        movie["covr"] = [MP4Cover(cover)]
        movie.save()
    elif plain.suffix == ".flac":
        flac = FLAC(path)
        flac.add_picture(as_picture(cover))
        flac.save()
    elif plain.suffix in {".ogg", ".opus"}:
        ogg: Any = OggVorbis(path) if plain.suffix == ".ogg" else OggOpus(path)
        ogg["metadata_block_picture"] = [base64.b64encode(as_picture(cover).write()).decode()]
        ogg.save()
    else:
        path.unlink()
        return False
    return True


def as_picture(cover: bytes) -> Picture:
    """Describe a cover as FLAC and Vorbis comments do."""
    picture = Picture()
    picture.data, picture.mime, picture.type = cover, "image/jpeg", 3
    return picture
