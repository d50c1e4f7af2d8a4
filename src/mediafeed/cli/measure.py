"""`measure`: how long audio is, by the audio itself."""

import sys
from pathlib import Path
from typing import Any

import click

from mediafeed.assemble import measuring
from mediafeed.cli.layout import labelled, say, terminal_width
from mediafeed.cli.output import Settings, as_json, counted, length, pass_settings, say_json
from mediafeed.config.reading import read_config
from mediafeed.model.audio import Chapter, Measurement
from mediafeed.model.settings import Config

_UNKNOWN = 1
_DEFAULT_CONFIG = "config.toml"


@click.command()
@click.option("--url", metavar="URL", required=True, help="The address of one audio file.")
@as_json
@pass_settings
def measure(settings: Settings, url: str, *, json: bool) -> None:
    """Measure audio by a few KB of it.

    Tells how long it is, how sure that is, and its chapters. Of a configuration only [fetch] is used, where there
    is one.
    """
    with measuring(_config(settings.path)) as (measurer, now):
        found = measurer.measure(url, now=now())
    if json:
        say_json(as_document(found))
    else:
        for line in _lines(found):
            say(line)
    if found.seconds is None:
        sys.exit(_UNKNOWN)


def _config(path: str) -> Config | None:
    """Read the configuration; none is needed, but one that was named must be there."""
    return None if path == _DEFAULT_CONFIG and not Path(path).exists() else read_config(path)


def as_document(found: Measurement) -> dict[str, Any]:
    """Put a measurement into JSON: null is what is not known."""
    return {
        "seconds": found.seconds if found.seconds is None else round(found.seconds, 3),
        "tolerance": None if found.seconds is None else round(found.tolerance, 3),
        "format": found.format or None,
        "chapters": [_chapter(chapter) for chapter in found.chapters],
        "requests": found.requests,
        "bytes": found.bytes,
        "reason": found.reason or None,
        "size": found.size,
        "type": found.media_type,
        "bitrate": found.bitrate,
        "channels": found.channels,
        "tags": dict(found.tags),
    }


def _chapter(chapter: Chapter) -> dict[str, Any]:
    return {"start": chapter.start, "end": chapter.end, "title": chapter.title, "href": chapter.href}


def _lines(found: Measurement) -> list[str]:
    width = terminal_width()
    told: list[tuple[str, str]] = []
    if found.seconds is None:
        told.append(("length", f"unknown: {found.reason}"))
    else:
        told.append(("length", f"{length(round(found.seconds))} ({found.seconds:.3f} s ± {found.tolerance:.3f})"))
        if found.reason:
            told.append(("because", found.reason))
    facts = (found.format, found.media_type, found.bitrate and f"{found.bitrate // 1_000} kbit/s",
             found.channels and f"{found.channels} ch", found.size is not None and f"{found.size} bytes")  # fmt: skip
    told.append(("audio", ", ".join(str(fact) for fact in facts if fact)))
    told += [(name, words) for name, words in found.tags]
    told += [
        ("chapter" if place == 0 else "", f"{length(int(chapter.start))} {chapter.title}")
        for place, chapter in enumerate(found.chapters)
    ]
    told.append(("asked", f"{counted(found.requests, 'request')}, {counted(found.bytes, 'byte')}"))
    return [line for label, words in told if words for line in labelled(label, words, width)]
