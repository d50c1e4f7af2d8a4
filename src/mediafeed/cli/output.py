"""What commands share: the settings of the call, JSON on stdout, a progress bar on a terminal."""

import shlex
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click
import orjson
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from mediafeed.assemble import Mediafeed, assembled
from mediafeed.config.reading import read_config
from mediafeed.store.lock import DataLock, holder

Step = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """The options before the command's name."""

    path: str
    quiet: bool = False
    verbose: bool = False

    @contextmanager
    def opened(self) -> Iterator[Mediafeed]:
        """Put everything together to look at, beside whoever is at work."""
        config = read_config(self.path)
        with assembled(config, beside=holder(config.site.data) is not None) as house:
            yield house

    @contextmanager
    def locked(self) -> Iterator[Mediafeed]:
        """Put everything together to change it; nobody else may meanwhile.

        Raises:
            LockedError: Somebody does.
        """
        config = read_config(self.path)
        with DataLock(config.site.data, click.get_current_context().command_path), assembled(config) as house:
            house.polling.heed_restored(house.clock())
            yield house


pass_settings = click.make_pass_decorator(Settings)

as_json = click.option("--json", "json", is_flag=True, help="One JSON document on stdout.")


def program() -> str:
    """Say how this program is to be typed here: by its name where that leads to it, else as it was called."""
    called = Path(sys.argv[0])
    known = shutil.which(called.name)
    if called.name != "mediafeed" or (known and Path(known).resolve() == called.resolve()):
        return "mediafeed"
    return shlex.quote(str(called))


def say_json(value: object) -> None:
    """Print one JSON document."""
    click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())


@contextmanager
def progress(*, quiet: bool) -> Iterator[Step]:
    """Show how far long work is, on a terminal and nowhere else."""
    if quiet or not sys.stderr.isatty():
        yield lambda _step, _done, _of: None
        return
    columns = (TextColumn("{task.description:<8}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, int] = {}

        def step(name: str, done: int, of: int) -> None:
            if name not in tasks:
                tasks[name] = bar.add_task(name, total=of)
            bar.update(tasks[name], completed=done, total=of)  # type: ignore[arg-type]  # rich's TaskID is an int

        yield step


def when(moment: datetime | None, now: datetime) -> str:
    """Put a time the way people say it: "in 4 min", "2 h ago", or a date when it is far.

    >>> from datetime import UTC, timedelta
    >>> noon = datetime(2022, 9, 21, 12, tzinfo=UTC)
    >>> when(noon + timedelta(minutes=4), noon), when(noon - timedelta(hours=2), noon), when(None, noon)
    ('in 4 min', '2 h ago', '-')
    """
    if moment is None:
        return "-"
    seconds = (moment - now).total_seconds()
    size = abs(seconds)
    if size < 1:
        return "now"
    for unit, name in ((86400, "d"), (3600, "h"), (60, "min"), (1, "s")):
        if size >= unit:
            span = f"{size / unit:.0f} {name}"
            return f"in {span}" if seconds > 0 else f"{span} ago"
    return "now"


def length(seconds: int) -> str:
    """Put seconds as a clock shows them.

    >>> length(2880), length(3723)
    ('48:00', '1:02:03')
    """
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes}:{left:02d}"


def counted(count: int, name: str) -> str:
    """Put a number before its noun.

    >>> counted(1, "episode"), counted(2, "episode")
    ('1 episode', '2 episodes')
    """
    return f"{count} {name}{'' if count == 1 else 's'}"
