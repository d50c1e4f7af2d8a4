"""config.toml -> frozen Config, or every fault at once."""

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from mediafeed.config import checks, secrets, settings
from mediafeed.config.faults import UNKNOWN_KEY, Complaint, complaints_about, faults_from, nearest
from mediafeed.config.lines import KeyPath, lines_of
from mediafeed.config.syntax import raw_tables
from mediafeed.config.tables import (
    AudioTable,
    EpisodesTable,
    FetchTable,
    NotifyTable,
    OverrideTable,
    PersonTable,
    PollTable,
    ServeTable,
    SiteTable,
    SourceTable,
    Table,
    ViewTable,
    keys_of,
)
from mediafeed.errors import ConfigError, Fault
from mediafeed.model.settings import Config, Site

T = TypeVar("T", bound=Table)

_LARGEST_FILE = 8 * 1024 * 1024
_TABLES: dict[str, type[Table]] = {
    "site": SiteTable,
    "poll": PollTable,
    "fetch": FetchTable,
    "serve": ServeTable,
    "audio": AudioTable,
    "notify": NotifyTable,
    "source": SourceTable,
    "view": ViewTable,
    "person": PersonTable,
    "override": OverrideTable,
    "apart": EpisodesTable,
    "together": EpisodesTable,
}


def read_config(path: str | Path) -> Config:
    """Read a config file.

    Raises:
        ConfigError: It cannot be read or used; `faults` holds every reason. Nothing else is raised.
    """
    file = Path(path)
    try:
        file = file.expanduser().absolute()
        body = file.read_bytes()[: _LARGEST_FILE + 1]
    except (OSError, RuntimeError, ValueError) as error:  # no home to expand "~" to; a NUL in the path
        raise ConfigError(str(path), (Fault("file", _why_unread(error)),)) from error
    if len(body) > _LARGEST_FILE:
        raise ConfigError(str(path), (Fault("file", "is too large for a config file"),))
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise ConfigError(str(path), (Fault("file", "is no text in UTF-8", line),)) from error
    return parse_config(text, str(file))


def _why_unread(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "is not there; `mediafeed init` writes one"
    return (getattr(error, "strerror", None) or str(error)).lower()


def parse_config(text: str, path: str, *, missing: Callable[[str], str] = secrets.missing) -> Config:
    """Read the text of a config file that stands, or will stand, at `path` (absolute).

    Args:
        text: The whole file.
        path: Relative paths in it become absolute, beside this one.
        missing: Says why a secret cannot be used, "" when it can.

    Raises:
        ConfigError: With every fault.
    """
    raw = raw_tables(text, path)
    reader = _Reader(raw, Path(path), missing)
    config = reader.config()
    if config is None or reader.complaints:
        raise ConfigError(path, faults_from(reader.complaints, lines_of(text)))
    return config


def _nearest_key(name: str, table: str) -> str:
    """Look for a key in the other tables: `contact` under [site] is meant for [poll]."""
    for other, kind in _TABLES.items():
        if other != table and name in keys_of(kind):
            return f"{other}.{name}"
    return ""


class _Reader:
    """Read the tables one by one, so that a fault in one hides none in another."""

    def __init__(self, raw: Mapping[str, object], path: Path, missing: Callable[[str], str]) -> None:
        self.raw = raw
        self.path = path
        self.missing = missing
        self.complaints: list[Complaint] = []

    def config(self) -> Config | None:
        """Give the config, or None where a table cannot be used; what is wrong stands in `complaints`."""
        for name in self.raw.keys() - _TABLES.keys():
            hint = nearest(name, _TABLES) or _nearest_key(name, "")
            self.complaints.append(Complaint((name,), "unknown table or key", hint))
        site, poll, fetch = self.one(SiteTable, "site"), self.one(PollTable, "poll"), self.one(FetchTable, "fetch")
        serve, audio = self.one(ServeTable, "serve"), self.one(AudioTable, "audio")
        notify, sources = self.one(NotifyTable, "notify"), self.many(SourceTable, "source")
        views, persons = self.many(ViewTable, "view"), self.many(PersonTable, "person")
        overrides = self.many(OverrideTable, "override")
        apart, together = self.many(EpisodesTable, "apart"), self.many(EpisodesTable, "together")
        self.complaints += checks.contradictions(apart, together)
        self.complaints += checks.wrong_addresses(self.tables("source"))
        if poll and fetch:
            self.complaints += checks.too_fast(poll, fetch, sources)
        placed = self.placed(settings.site_from(site)) if site else None
        token = self.secret(serve.token, ("serve", "token")) if serve else None
        logins = {index: self.secret(source.auth, ("source", index, "auth")) for index, source in sources}
        if not (placed and poll and fetch and serve and audio and notify):
            return None
        return Config(
            path=str(self.path),
            site=placed,
            poll=settings.poll_from(poll),
            fetch=settings.fetch_from(fetch),
            serve=replace(settings.serve_from(serve), token=token),
            measure=settings.measure_from(audio),
            notify=settings.notify_from(notify),
            sources=tuple(replace(settings.source_from(source), auth=logins[index]) for index, source in sources),
            views=tuple(settings.view_from(view) for _, view in views),
            persons=tuple(settings.person_from(person) for _, person in persons),
            overrides=tuple(one for _, override in overrides for one in settings.overrides_from(override)),
            apart=tuple(tuple(line.episodes) for _, line in apart),
            together=tuple(tuple(line.episodes) for _, line in together),
        )

    def one(self, kind: type[T], name: str) -> T | None:
        """Read a table that stands once."""
        return self.table(kind, self.raw.get(name, {}), (name,))

    def many(self, kind: type[T], name: str) -> list[tuple[int, T]]:
        """Read a table that stands any number of times; those that can be used come with their index."""
        raw = self.raw.get(name, [])
        if not isinstance(raw, list):
            self.complaints.append(Complaint((name,), f"must be written [[{name}]]"))
            return []
        self.complaints += checks.doubled_ids(self.tables(name), name)
        read = [(index, self.table(kind, each, (name, index))) for index, each in enumerate(raw)]
        return [(index, table) for index, table in read if table is not None]

    def tables(self, name: str) -> list[dict[str, object]]:
        """Give the raw tables of that name; what is no table is an empty one, so that the others keep their index."""
        raw = self.raw.get(name, [])
        return [each if isinstance(each, dict) else {} for each in raw] if isinstance(raw, list) else []

    def table(self, kind: type[T], raw: object, at: KeyPath) -> T | None:
        """Read one table, or say what is wrong with it."""
        if not isinstance(raw, dict):
            what = f"must be written [{at[0]}]" if len(at) == 1 else f"must be written [[{at[0]}]]"
            self.complaints.append(Complaint(at, what))
            return None
        try:
            return kind.model_validate(raw)
        except ValidationError as error:
            for each in complaints_about(error, at, partial(keys_of, kind)):
                elsewhere = each.what == UNKNOWN_KEY and not each.hint
                hint = _nearest_key(str(each.at[-1]), str(at[0])) if elsewhere else each.hint
                self.complaints.append(replace(each, hint=hint))
            return None

    def secret(self, reference: str | None, at: KeyPath) -> str | None:
        """Give a reference with its path made absolute, after a look whether the secret is there."""
        if reference is None:
            return None
        if reference.startswith("file:"):
            reference = f"file:{self.absolute(reference.removeprefix('file:'))}"
        if what := self.missing(reference):
            self.complaints.append(Complaint(at, what))
        return reference

    def absolute(self, text: str) -> Path:
        """Give a path as it is meant: beside the config file, or under the home folder."""
        path = Path(text)
        with suppress(RuntimeError):  # nobody knows a home folder
            path = path.expanduser()
        return Path(os.path.normpath(self.path.parent / path))

    def placed(self, site: Site) -> Site:
        """Give the site with absolute paths, after a look at where they lead."""
        output, data = self.absolute(site.output), self.absolute(site.data)
        try:
            resolved = output.resolve(), data.resolve(), self.path.resolve(), Path.home().resolve()
        except (OSError, RuntimeError):  # a circle of symbolic links; no home folder
            resolved = output, data, self.path, Path("~")
        self.complaints += checks.wrong_folders(*resolved)
        image = str(self.absolute(site.image)) if site.image else None
        theme = str(self.absolute(site.theme)) if site.theme else None
        return replace(site, output=str(output), data=str(data), image=image, theme=theme)
