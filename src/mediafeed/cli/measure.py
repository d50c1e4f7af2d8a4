"""`measure`: how long audio is, by the audio itself."""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from mediafeed.assemble import Mediafeed, measuring
from mediafeed.cli.facts import chapter_facts
from mediafeed.cli.layout import labelled, plain, say, terminal_width
from mediafeed.cli.output import Settings, Step, as_json, counted, length, pass_settings, progress, say_json
from mediafeed.cli.wishing import answered, here_or_by_daemon, tell_unpublished
from mediafeed.config.reading import read_config
from mediafeed.errors import MediafeedError
from mediafeed.model.audio import Fit, Measurement
from mediafeed.model.settings import Config, Measure
from mediafeed.publish.wording import audio_witnesses
from mediafeed.refresh.listening import Answer

_UNKNOWN = 1
_DEFAULT_CONFIG = "config.toml"


@click.command()
@click.argument("episodes", nargs=-1, metavar="[EPISODE]...")
@click.option("--url", metavar="URL", help="The address of one audio file, of no episode.")
@as_json
@pass_settings
def measure(settings: Settings, episodes: tuple[str, ...], url: str | None, *, json: bool) -> None:
    """Measure audio by a few KB of it, and publish what that changes.

    Without EPISODE: all that [audio] measure wants and that was not measured yet, as the daemon does by itself. With
    --url only tells how long one file is, how sure that is, and its chapters; then of a configuration only [fetch] is
    used, where there is one. Beside a running daemon it is the daemon that asks and publishes.
    """
    if url and episodes:
        raise click.UsageError("--url measures one address and no episode")
    if url:
        _measure_address(settings, url, json=json)
        return
    measured = here_or_by_daemon(
        lambda: _measured_here(settings, episodes), lambda held: _measured_by_daemon(settings, episodes, str(held))
    )
    answers = measured.answers
    if json:
        say_json({"episodes": [_facts(answer) for answer in answers]})
    else:
        for answer in answers:
            title = f"{answer.episode.title} " if answer.episode else ""
            say(plain(f"{title}({answer.wanted.episode}): {_told(answer)}"))
        if measured.silent:
            say(f"{counted(measured.silent, 'episode')} without audio")
        say(_sums(answers) if answers or episodes else _nothing(measured.setting))
    if measured.unpublished or any(answer.found.seconds is None for answer in answers):
        sys.exit(_UNKNOWN)


@dataclass(frozen=True, slots=True)
class _Measured:
    """What came, how many of the named episodes have no audio, what is wanted by itself, and if it is not published."""

    answers: list[Answer]
    silent: int
    setting: Measure
    unpublished: bool = False


def _measured_here(settings: Settings, episodes: Iterable[str]) -> _Measured:
    with settings.locked() as house:
        ids = [house.store.find_episode(words) for words in episodes]
        with progress(quiet=settings.quiet) as step:
            answers = _asked_named(house, ids, step) if ids else _asked_wanted(house, step)
            if any(answer.modified for answer in answers):
                house.publish(step)
        return _Measured(answers, _without_audio(ids, answers), house.config.measure)


def _measured_by_daemon(settings: Settings, episodes: Iterable[str], held: str) -> _Measured | None:
    """Let the daemon ask and publish; None if it ended without an answer.

    Raises:
        MediafeedError: It could not.
    """
    with settings.opened() as house:
        ids = [house.store.find_episode(words) for words in episodes]

        def ask() -> int:
            return house.store.wishes.ask_audio(ids, now=house.clock())

        answer = answered(house, ask, held, quiet=settings.quiet)
        if answer is None:
            return None
        if answer.fault:
            raise MediafeedError(answer.fault)
        answers = _remembered(house, answer.measured)
        unpublished = tell_unpublished(answer)
        return _Measured(answers, _without_audio(ids, answers), house.config.measure, unpublished)


def _remembered(house: Mediafeed, episodes: Sequence[str]) -> list[Answer]:
    """Give what is known now of audio that the daemon asked, in the order in which it did."""
    held = {episode.id: episode for episode in house.store.episodes(episodes)}
    audio = sorted(house.store.measurements.named(episodes), key=lambda one: episodes.index(one.episode))
    kept = [(one, house.store.measurements.of_audio(one.audio)) for one in audio]
    return [Answer(one, known.found, held.get(one.episode), modified=False) for one, known in kept if known]


def _without_audio(ids: Iterable[str], answers: Iterable[Answer]) -> int:
    return len(set(ids) - {answer.wanted.episode for answer in answers})


def _asked_named(house: Mediafeed, ids: Iterable[str], step: Step) -> list[Answer]:
    wanted = house.listening.named(ids)
    answers = []
    for done, one in enumerate(wanted, 1):
        answers.append(house.listening.ask(one))
        step("measure", done, len(wanted))
    return answers


def _asked_wanted(house: Mediafeed, step: Step) -> list[Answer]:
    """Ask all that is wanted; each is asked once, whatever comes."""
    answers: list[Answer] = []
    of = house.listening.count()
    while wanted := house.listening.wanted():
        for one in wanted:
            answers.append(house.listening.ask(one))
            step("measure", len(answers), max(of, len(answers)))
    return answers


def _nothing(setting: Measure) -> str:
    asked = "" if setting is Measure.NEVER else " wants no audio that was not asked yet"
    return f'nothing is wanted: [audio] measure = "{setting}"{asked}'


def _told(answer: Answer) -> str:
    lines = audio_witnesses(answer.episode) if answer.episode else []
    return lines[0] if lines else answer.found.reason or "measured, and gone meanwhile"


def _sums(answers: Iterable[Answer]) -> str:
    """Give the last line: what the audio said, and how that fits."""
    fits = Counter(answer.episode.audio.fit for answer in answers if answer.episode and answer.episode.audio)
    known = sum(fits.values()) - fits[Fit.UNKNOWN]
    return (
        f"{known} measured: {fits[Fit.AGREES]} as told, {fits[Fit.DIFFERS]} otherwise, "
        f"{fits[Fit.ALONE]} of which nobody told; {fits[Fit.UNKNOWN]} unknown"
    )


def _facts(answer: Answer) -> dict[str, Any]:
    audio = answer.episode.audio if answer.episode else None
    return {
        "id": answer.wanted.episode,
        "url": answer.wanted.url,
        "fit": audio and audio.fit,
        **as_document(answer.found),
    }


def _measure_address(settings: Settings, url: str, *, json: bool) -> None:
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
        "chapters": [chapter_facts(chapter) for chapter in found.chapters],
        "requests": found.requests,
        "bytes": found.bytes,
        "reason": found.reason or None,
        "size": found.size,
        "type": found.media_type,
        "bitrate": found.bitrate,
        "channels": found.channels,
        "tags": dict(found.tags),
    }


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
