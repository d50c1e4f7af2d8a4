"""Sources, persons and overrides put into config.toml: the file is whole at every moment, and can be read again."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from mediafeed.cli.layout import plain
from mediafeed.config.editing import add_sources, remove_person, remove_source, set_overrides, set_person
from mediafeed.config.reading import parse_config
from mediafeed.errors import ConfigError, MediafeedError
from mediafeed.model.settings import Override, PersonSetting
from mediafeed.model.source import Source
from mediafeed.normalize.identity import slug

ID_LENGTH = 60


class ConfigFile:
    """A config.toml that is edited: what a person wrote there stays as it is, comments included."""

    def __init__(self, path: str, sources: Iterable[Source] = ()) -> None:
        """Take the file, and the sources that stand in it."""
        self._path = Path(path).expanduser().absolute()
        self._given = path
        self._sources = {source.id: source for source in sources}

    def source_at(self, address: str) -> Source | None:
        """Give the source with that address."""
        return next((source for source in self._sources.values() if source.url == address), None)

    def new_source(self, address: str, title: str | None) -> Source:
        """Give a source that could be added: its id is made from its title, or its address, and is free. It is kept.

        >>> ConfigFile("config.toml", ()).new_source("https://a.example/rss", "Geostrategy360°").id
        'geostrategy360'
        """
        title = plain(title) if title else None  # a config holds no control character, a feed's title may
        base = slug(title or address.partition("://")[2], fallback="source")[:ID_LENGTH].strip("-") or "source"
        names = (base, *(f"{base}-{number}" for number in range(2, len(self._sources) + 3)))
        free = next(name for name in names if name not in self._sources)
        self._sources[free] = Source(id=free, url=address, title=title or None)
        return self._sources[free]

    def add(self, sources: Sequence[Source]) -> dict[str, str]:
        """Write more sources, all at once; give those that may not stand in a config, and why not, by id.

        Raises:
            MediafeedError: The file cannot be written; nothing was changed.
        """
        if not sources:
            return {}
        text = self._text()
        whole = add_sources(text, sources)
        if not self._fault(whole):
            self._write(whole)
            return {}
        refused = {source.id: fault for source in sources if (fault := self._fault(add_sources(text, (source,))))}
        self._write(add_sources(text, (source for source in sources if source.id not in refused)))
        for source in refused:
            del self._sources[source]
        return refused

    def remove(self, source: str) -> None:
        """Take a source out.

        Raises:
            ConfigError: What is left cannot be used; nothing was changed.
            MediafeedError: The file cannot be written; nothing was changed.
        """
        self._write(remove_source(self._text(), source))
        self._sources.pop(source, None)

    def override(self, said: Mapping[Override, str]) -> None:
        """Write the operator's words on credits, each with what tells a reader of the file which episode is meant.

        Raises:
            MediafeedError: The file cannot be written; nothing was changed.
        """
        self._write(set_overrides(self._text(), {override: plain(note) for override, note in said.items()}))

    def person(self, person: PersonSetting, gone: Iterable[str] = ()) -> None:
        """Write what the operator knows of a person, and take out those who were made one with them.

        Raises:
            MediafeedError: The file cannot be written; nothing was changed.
        """
        text = self._text()
        for id_ in gone:
            text = remove_person(text, id_)
        self._write(set_person(text, person))

    def parted(self, kept: PersonSetting, *others: PersonSetting) -> None:
        """Write several persons of one name, who had been one: who keeps the id stands there too, and is decided.

        Raises:
            MediafeedError: The file cannot be written; nothing was changed.
        """
        text = self._text()
        for person in (kept, *others):
            text = set_person(text, person)
        self._write(text)

    def persons(self) -> tuple[PersonSetting, ...]:
        """Give the persons that stand there now."""
        return parse_config(self._text(), str(self._path)).persons

    def _fault(self, text: str) -> str:
        try:
            parse_config(text, str(self._path))
        except ConfigError as error:
            return error.faults[0].what
        return ""

    def _text(self) -> str:
        return self._path.read_bytes().decode("utf-8-sig")

    def _write(self, text: str) -> None:
        parse_config(text, str(self._path))
        # A link to the file stays a link.
        target = self._path.resolve()
        fresh = target.with_name(f".{target.name}.new")
        try:
            fresh.write_bytes(text.encode())
            fresh.chmod(target.stat().st_mode & 0o777)
            fresh.replace(target)
        except OSError as error:
            with suppress(OSError):
                fresh.unlink()
            raise MediafeedError(f"{self._given}: {error.strerror}; nothing was changed") from error
