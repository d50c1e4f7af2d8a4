"""The demo itself: the ordinary code path, from config.toml to feeds/, against sample sources on loopback."""

import re
import shlex
import textwrap
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from mediafeed.assemble import Mediafeed, assembled
from mediafeed.config.reading import read_config
from mediafeed.demo.expected import EXPECTED_FAILURES
from mediafeed.demo.origin import PORT, Origin
from mediafeed.demo.sample_config import config_text
from mediafeed.errors import UsageError
from mediafeed.model.published import Published
from mediafeed.model.source import Outcome, Visit
from mediafeed.publish.wording import audio_witnesses
from mediafeed.refresh.flags import in_few_words
from mediafeed.refresh.listening import Answer
from mediafeed.store.lock import DataLock

PERSON = "philip-shetler-jones"
WIDTH = 80  # cells of a line
MARK = "# The demo of mediafeed"  # the first words of a config that the demo wrote

Step = Callable[[str, int, int], None]

_ORIGIN = re.compile(r'^directory = "http://127\.0\.0\.1:(\d{1,5})"', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Result:
    """What the demo came to, told in lines; `as_expected` when exactly the sources that are meant to fail failed."""

    lines: tuple[str, ...]
    as_expected: bool


class Demo:
    """Polls the bundled sources, publishes under a folder, and tells what came of it."""

    def __init__(self, folder: str, *, site_port: int = 8000, program: str = "mediafeed") -> None:
        """Take the folder, the port the tree would be served on (feeds carry absolute addresses), and what to type."""
        self._folder = Path(folder)
        self._program = program
        self._config = self._folder / "config.toml"
        self._site = f"http://127.0.0.1:{site_port}"

    @property
    def config(self) -> Path:
        """Give its config.toml."""
        return self._config

    @property
    def output(self) -> Path:
        """Give the folder of what is published."""
        return self._folder / "feeds"

    @property
    def origin_port(self) -> int:
        """Give the port the samples were served on the last time: addresses of audio carry it."""
        found = _ORIGIN.search(self._held_config())
        return min(int(found[1]), 65535) if found else PORT

    def run(self, step: Step, origin: Origin) -> Result:
        """Do the whole job once, against an origin that serves the samples.

        Raises:
            UsageError: The folder cannot be used.
        """
        try:
            self._write_config(origin.address)
            config = read_config(self._config)
            with DataLock(config.site.data), assembled(config) as house:
                visits = _visited(house, step)
                measured = _measured(house, step)
                _collected(house, step)
                published = house.publish(step)
                lines = tuple(self._told(house, visits, measured, published))
        except OSError as error:
            raise UsageError(f"{self._folder}: {error.strerror or error}") from error
        failed = {visit.source for visit in visits if visit.outcome is Outcome.FAILED}
        return Result(lines, failed == EXPECTED_FAILURES and not published.set_aside)

    def _held_config(self) -> str:
        try:
            return self._config.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""

    def _write_config(self, origin: str) -> None:
        """Write config.toml, unless it says the very same already."""
        held, text = self._held_config(), config_text(origin, self._folder, self._site)
        self._folder.mkdir(parents=True, exist_ok=True)
        if held != text:
            if self._config.exists() and MARK not in held:
                raise UsageError(f"{self._config}: a config of your own stands there; name another folder for the demo")
            self._config.write_text(text, encoding="utf-8")

    def _told(
        self, house: Mediafeed, visits: Iterable[Visit], measured: Iterable[Answer], published: Published
    ) -> Iterable[str]:
        yield "What came of each source:"
        for visit in visits:
            yield from _outcome(visit)
        yield ""
        yield "What the audio said, where the feed did not say enough:"
        for answer in measured:
            yield from _heard(answer)
        episodes = [row for row in house.store.index() if not row.blocked]
        people = {person for row in episodes for person, _ in row.appearances}
        yield ""
        yield (
            f"{len(episodes)} episodes of {len({row.show for row in episodes})} shows with {len(people)} people: "
            f"{len(published.written)} files written, {published.unchanged} unchanged"
        )
        for episode, reason in published.set_aside:
            yield f"{episode}: set aside: {reason}"
        yield ""
        yield "Where to look:"
        for name, path in (
            ("start page", "index.html"),
            ("merged feed", "feed.xml"),
            ("Philip Shetler-Jones", f"people/{PERSON}/index.html"),
            ("  and his feed", f"people/{PERSON}/feed.xml"),
        ):
            yield f"  {name:<21} {self.output / path}"
        config, folder = (shlex.quote(str(path)) for path in (self._config, self._folder))
        yield ""
        yield "What to type:"
        yield f"  {self._program} --config {config} list episodes --person {PERSON}"
        yield f"  {self._program} --config {config} status"
        yield f"  {self._program} demo {folder} --serve"


def _visited(house: Mediafeed, step: Step) -> tuple[Visit, ...]:
    house.understand_anew()
    sources = house.choose(()).sources
    done = 0

    def on_visit(_: Visit) -> None:
        nonlocal done
        done += 1
        step("visit", done, len(sources))

    visits = house.refresh(sources, on_visit)
    order = [source.id for source in house.config.sources]
    return tuple(sorted(visits, key=lambda visit: order.index(visit.source)))


def _measured(house: Mediafeed, step: Step) -> list[Answer]:
    """Ask audio as the daemon would."""
    wanted = house.listening.wanted()
    answers = []
    for done, one in enumerate(wanted, 1):
        answers.append(house.listening.ask(one))
        step("measure", done, len(wanted))
    return answers


def _collected(house: Mediafeed, step: Step) -> None:
    """Ask for transcripts and pictures as the daemon would."""
    errands = (*house.transcripts.errands(), *house.pictures.errands())
    for done, errand in enumerate(errands, 1):
        errand()
        step("collect", done, len(errands))


def _heard(answer: Answer) -> Iterable[str]:
    if answer.episode:
        text = f"{answer.episode.title}: {audio_witnesses(answer.episode)[0]}"
        yield from textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent=" " * 23)


def _outcome(visit: Visit) -> Iterable[str]:
    """Say what came of a visit in a line, and what had to be doubted below it."""
    match visit.outcome:
        case Outcome.FAILED:
            meant = " (it is meant to)" if visit.source in EXPECTED_FAILURES else ""
            came = f"failed{meant}: {visit.kind}, {visit.detail}"
        case Outcome.NEW | Outcome.MODIFIED:
            came = f"{visit.new} new, {visit.modified} modified"
        case _:
            came = str(visit.outcome)
    yield f"  {visit.source:<20} {came}"
    doubts = "; ".join(in_few_words(visit.flags))
    yield from textwrap.wrap(doubts, WIDTH, initial_indent=" " * 23, subsequent_indent=" " * 23)
