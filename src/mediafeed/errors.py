"""The one tree of errors. Each names the thing it is about; the command line prints it in one line."""

from dataclasses import dataclass


class MediafeedError(Exception):
    """Anything mediafeed itself can say went wrong."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a config file.

    `where` is a table and a key as people write them ("source.hosts", "[[source]] 2: url");
    `line` is None where nobody knows it; `hint` is the nearest right name, or "".
    """

    where: str
    what: str
    line: int | None = None
    hint: str = ""

    def __str__(self) -> str:
        """Put the fault in one line."""
        line = f"line {self.line}: " if self.line else ""
        hint = f" (did you mean {self.hint!r}?)" if self.hint else ""
        return f"{line}{self.where}: {self.what}{hint}"


class ConfigError(MediafeedError):
    """A config file cannot be used; `faults` holds every reason at once."""

    def __init__(self, path: str, faults: tuple[Fault, ...]) -> None:
        self.path = path
        self.faults = faults
        super().__init__("\n".join(f"{path}: {fault}" for fault in faults))


class UsageError(MediafeedError):
    """A person asked for something that is not there (a source, an episode, a file)."""


class ParseError(MediafeedError):
    """Bytes cannot be read as what they should be.

    `kind` is the value of a `model.FailureKind`: the reason that `status` shows.
    """

    def __init__(self, kind: str, detail: str) -> None:
        self.kind = kind
        self.detail = detail
        super().__init__(f"{kind}: {detail}" if detail else kind)

    @property
    def is_page(self) -> bool:
        """Say whether the bytes are a web page: a feed may stand behind it."""
        return self.kind == "not a feed" and self.detail == "a web page"

    def __reduce__(self) -> tuple[type["ParseError"], tuple[str, str]]:
        """Travel whole out of a worker process."""
        return type(self), (self.kind, self.detail)


class NotWellFormedError(ParseError):
    """The bytes are no well-formed XML: the tolerant reader may still understand them."""


class StoreError(MediafeedError):
    """The database cannot be used (newer version, damaged, locked, disk full). What it held still stands."""


class PublishError(MediafeedError):
    """A file was not written; the old one still stands."""


class HalfUnderstoodError(MediafeedError):
    """Nothing is published: part of what is stored was understood by other rules or settings than the rest."""


class StoppingError(MediafeedError):
    """It is over: what is under way is broken off by us, and nothing is concluded from it."""


class LockedError(MediafeedError):
    """Another mediafeed works on the same data folder; `command` is which, where it is known."""

    def __init__(self, message: str, command: str = "") -> None:
        self.command = command
        super().__init__(message)
