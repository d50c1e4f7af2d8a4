"""Make the two bundled sounds anew: `python -m mediafeed.demo.make_audio` (needs espeak-ng and ffmpeg).

The MP3 is made of frames that stand alone (no bit reservoir, no header frame) and are all of one length, so that the
origin can serve it over and over as a recording of any length whose bytes and seconds are exactly known.
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from mediafeed.demo.audio import CLIP_SECONDS, sound_length

WORDS = (
    "You are listening to a sample made for mediafeed. "
    "There is no podcast here, only these two sentences, again and again."
)
OUTPUT = Path(__file__).parent / "sources" / "audio"


def make(folder: Path) -> tuple[Path, Path]:
    """Speak the words and write voice.mp3 and voice.m4a to a folder.

    Raises:
        OSError: espeak-ng or ffmpeg is not there.
        subprocess.CalledProcessError: One of them failed.
    """
    mp3, m4a = folder / "voice.mp3", folder / "voice.m4a"
    with TemporaryDirectory() as scratch:
        spoken = Path(scratch) / "voice.wav"
        long = Path(scratch) / "voice.mp3"
        _run("espeak-ng", "-v", "en-gb", "-s", "150", "-w", str(spoken), WORDS)
        # A little longer than wanted, then cut at a frame: the encoder's last frames are its own.
        frames = ("-b:a", "16k", "-ar", "16000", "-ac", "1", "-reservoir", "0")
        bare = ("-write_xing", "0", "-id3v2_version", "0")
        _ffmpeg(spoken, CLIP_SECONDS + 1, "-c:a", "libmp3lame", *frames, *bare, str(long))
        mp3.write_bytes(long.read_bytes()[: sound_length(CLIP_SECONDS)])
        _ffmpeg(spoken, CLIP_SECONDS, "-c:a", "aac", "-b:a", "6k", "-ar", "8000", "-ac", "1", *_repeatable(), str(m4a))
    return mp3, m4a


def _ffmpeg(spoken: Path, seconds: int, *output: str) -> None:
    _run("ffmpeg", "-y", "-loglevel", "error", "-i", str(spoken), "-af", "apad", "-t", str(seconds), *output)


def _repeatable() -> tuple[str, ...]:
    return ("-bitexact", "-map_metadata", "-1", "-movflags", "+faststart")


def _run(*command: str) -> None:
    subprocess.run(command, check=True)  # noqa: S603 - fixed programs, no words of strangers


if __name__ == "__main__":
    for path in make(OUTPUT):
        sys.stdout.write(f"{path.name}: {path.stat().st_size} bytes\n")
