"""The demo itself: the ordinary code path, from config.toml to feeds/, against sample sources on loopback."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from mediafeed.assemble import Mediafeed, assembled
from mediafeed.config.reading import read_config
from mediafeed.demo.expected import EXPECTED_FAILURES
from mediafeed.demo.origin import Origin
from mediafeed.demo.sample_config import config_text
from mediafeed.errors import UsageError
from mediafeed.model.published import Published
from mediafeed.model.source import Outcome, Visit
from mediafeed.store.lock import DataLock

PERSON = "philip-shetler-jones"

Step = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Result:
    """What the demo came to, told in lines; `as_expected` when exactly the sources that are meant to fail failed."""

    lines: tuple[str, ...]
    output: Path
    as_expected: bool


class Demo:
    """Polls the bundled sources, publishes under a folder, and tells what came of it."""

    def __init__(self, folder: str, *, site_port: int = 8000) -> None:
        """Take the folder, and the port the tree would be served on: feeds carry absolute addresses."""
        self._folder = Path(folder)
        self._site = f"http://127.0.0.1:{site_port}"

    def run(self, step: Step, origin: Origin) -> Result:
        """Do the whole job once, against an origin that serves the samples.

        Raises:
            UsageError: The folder cannot be used.
        """
        try:
            path = self._config(origin.address)
            config = read_config(path)
            with DataLock(config.site.data), assembled(config) as house:
                visits = _visited(house, step)
                published = house.publish(step)
                lines = tuple(self._told(house, visits, published))
        except OSError as error:
            raise UsageError(f"{self._folder}: {error.strerror or error}") from error
        failed = {visit.source for visit in visits if visit.outcome is Outcome.FAILED}
        return Result(lines, Path(config.site.output), failed == EXPECTED_FAILURES and not published.set_aside)

    def _config(self, origin: str) -> Path:
        """Write config.toml, unless it says the very same already."""
        path = self._folder / "config.toml"
        text = config_text(origin, self._folder, self._site)
        self._folder.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            if path.exists() and "# The demo of mediafeed" not in path.read_text(encoding="utf-8"):
                raise UsageError(f"{path}: a config of your own stands there; name another folder for the demo")
            path.write_text(text, encoding="utf-8")
        return path

    def _told(self, house: Mediafeed, visits: Iterable[Visit], published: Published) -> Iterable[str]:
        yield "What came of each source:"
        for visit in visits:
            yield f"  {visit.source:<20} {_outcome(visit)}"
        episodes = [row for row in house.store.index() if not row.blocked]
        people = {person for row in episodes for person, _ in row.appearances}
        yield ""
        yield (
            f"{len(episodes)} episodes of {len({row.show for row in episodes})} shows with {len(people)} people: "
            f"{len(published.written)} files written, {published.unchanged} unchanged"
        )
        yield ""
        yield "Where to look:"
        feeds = self._folder / "feeds"
        for name, path in (
            ("start page", "index.html"),
            ("merged feed", "feed.xml"),
            ("Philip Shetler-Jones", f"people/{PERSON}/index.html"),
            ("  his feed", f"people/{PERSON}/feed.xml"),
            ("every appearance", f"mediafeed --config {self._folder / 'config.toml'} list episodes --person {PERSON}"),
        ):
            yield f"  {name:<21} {path if ' ' in path else feeds / path}"
        yield f"  in a browser          mediafeed demo {self._folder} --serve"


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


def _outcome(visit: Visit) -> str:
    match visit.outcome:
        case Outcome.FAILED:
            meant = " (it is meant to)" if visit.source in EXPECTED_FAILURES else ""
            return f"failed{meant}: {visit.kind}, {visit.detail}"
        case Outcome.NEW:
            flags = f"  [{'; '.join(visit.flags)}]" if visit.flags else ""
            return f"{visit.new} new, {visit.modified} modified{flags}"
        case _:
            return str(visit.outcome)
