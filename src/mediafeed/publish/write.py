"""Put documents on the disk: the only part of `publish` that touches it.

A reader never sees a torn or a missing file: everything is written beside its place first, made durable, then renamed
in the order of the plan; what is no longer planned goes last. Nothing that we did not publish is ever touched.
A document's compressed forms go into place just before it and carry its time: one that carries another time is not,
or not yet, a form of this document.
"""

import logging
import os
import re
import secrets
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import orjson
from jinja2 import TemplateError
from lxml import etree

from mediafeed.errors import PublishError
from mediafeed.model.published import Document
from mediafeed.publish.packing import ENDINGS, is_packed, may_be_packed, packed
from mediafeed.publish.xml_text import well_formed

log = logging.getLogger(__name__)

SECOND = 1_000_000_000  # ns
NEVER = -1  # the time of a file that is not there
AT_ONCE = 20_000  # files that are put into place together: a first publishing of very many takes no more memory
FEW = 32  # files that are made durable one by one; beyond, one pass over the whole disk is quicker

# What a document may raise while it is rendered: its own fault or ours, but no reason to hold back the others.
_RENDERING = (
    PublishError, TemplateError, etree.LxmlError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError,
    RecursionError,
)  # fmt: skip
_PATH = re.compile(r"(?:[a-z0-9][a-z0-9-]*/)*[a-z0-9][a-z0-9-]*\.[a-z0-9]+")
_TEMPORARY = re.compile(r"\.mediafeed-[0-9a-f]{16}\.tmp")
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """What came of writing.

    `signatures` are those to remember by path, each with the length of its file, so that a damaged one is noticed: of
    the `written`, and of those whose bytes were on disk already.
    `set_aside` are (path, reason) pairs of documents that could not be rendered: their old files still stand.
    """

    signatures: Mapping[str, str]
    written: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]
    set_aside: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Run:
    """What one run has done so far.

    `prepared` are (folder, temporary name, path) in the order of the plan, compressed forms just before their document.
    """

    prepared: list[tuple[str, str, str]] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    signatures: dict[str, str] = field(default_factory=dict)
    set_aside: list[tuple[str, str]] = field(default_factory=list)
    swept: set[str] = field(default_factory=set)
    unchanged: int = 0


def check_output(output: Path, data: Path) -> None:
    """Refuse an output folder that would publish, or overwrite, what is nobody's business.

    Raises:
        PublishError: It is the root, the home, a symbolic link, or the data folder, or the data folder lies in it.
    """
    real, held = output.resolve(), data.resolve()
    if output.is_symlink():
        raise PublishError(f"{output}: a symbolic link; name the folder itself ({real})")
    if real in {Path("/"), _home()}:
        raise PublishError(f"{output}: not a folder of its own")
    if real == held:
        raise PublishError(f"{output}: output and data must be two folders")
    if held.is_relative_to(real):
        raise PublishError(f"{output}: the data folder {data} lies in it and would be published")


def _home() -> Path | None:
    """Give the home folder of whoever runs us; a user whom a container made up has none."""
    try:
        return Path.home().resolve()
    except RuntimeError:
        return None


class Writer:
    """Writes one output folder."""

    def __init__(self, output: Path) -> None:
        """Take the folder; it is made when something is written."""
        self._output = output
        self._root = str(output)

    def holds(self, path: str) -> bool:
        """Say whether a document is in its place."""
        return _length_and_time(f"{self._root}/{path}")[1] != NEVER

    def write(
        self,
        documents: Iterable[Document],
        published: Mapping[str, str],
        on_step: Callable[[int, int], None] | None = None,
        *,
        expected: int = 0,
    ) -> Writing:
        """Write the documents that differ and remove what is planned no longer.

        Args:
            documents: Everything that is to be published, in the order of writing; none is kept.
            published: The signatures remembered from before, by path.
            on_step: Hears (done, of).
            expected: About how many documents there are.

        Raises:
            PublishError: The disk did not take it. Unless renaming had begun, every old file still stands; in any
                case no file is torn, and the next run writes what is missing.
        """
        run = _Run()
        planned: set[str] = set()
        try:
            self._open_root()
            for done, document in enumerate(documents, 1):
                planned.add(document.path)
                self._prepare(document, published, run)
                if len(run.prepared) >= AT_ONCE:
                    self._settle(run)
                if on_step:
                    on_step(done, max(done, expected))
            self._settle(run)
        except OSError as error:
            # Who breaks this off is in a hurry: what he leaves behind is swept when these folders are written next.
            self._discard(run)
            raise PublishError(
                f"{self._output}: {error.strerror or error}: {error.filename or ''}".rstrip(": ")
            ) from error
        removed = self._remove([path for path in published if path not in planned], run)
        return Writing(
            signatures=run.signatures,
            written=tuple(run.written),
            unchanged=run.unchanged,
            removed=removed,
            set_aside=tuple(run.set_aside),
        )

    def _open_root(self) -> None:
        self._output.mkdir(parents=True, exist_ok=True)
        if self._output.is_symlink():
            raise PublishError(f"{self._output}: a symbolic link; name the folder itself")

    def _prepare(self, document: Document, published: Mapping[str, str], run: _Run) -> None:
        path = document.path
        if not _PATH.fullmatch(path):
            raise PublishError(f"{path!r}: not a path that is published")
        length, held_at = _length_and_time(f"{self._root}/{path}")
        if published.get(path) == _stamp(document, length) and self._has_forms(path, length, held_at):
            run.unchanged += 1
            return
        try:
            body = _rendered(document)
        except _RENDERING as error:
            log.exception("document set aside", extra={"path": path})
            run.set_aside.append((path, f"{path}: {error}"))
            return
        folder, _, name = path.rpartition("/")
        with self._folder(folder, make=True) as opened:
            is_held = _same(opened, name, body)
            if is_held and self._has_forms(path, length, held_at):
                run.unchanged += 1
            else:
                if folder not in run.swept:
                    _sweep(opened)
                    run.swept.add(folder)
                at = held_at if is_held else _time_after(held_at)
                for ending, form in _forms(opened, path, body):
                    run.prepared.append((folder, _temporary(opened, form, at), path + ending))
                if is_held:
                    run.unchanged += 1
                else:
                    run.prepared.append((folder, _temporary(opened, body, at), path))
                    run.written.append(path)
        run.signatures[path] = _stamp(document, len(body))

    def _has_forms(self, path: str, length: int, held_at: int) -> bool:
        """Say whether a document on disk has the compressed forms that it should have, and no others."""
        if not may_be_packed(path):
            return True
        wanted = held_at if is_packed(path, length) else NEVER
        return all(_length_and_time(f"{self._root}/{path}{ending}")[1] == wanted for ending in ENDINGS)

    def _settle(self, run: _Run) -> None:
        """Make everything durable, then put it in place in the order of the plan."""
        self._sync([f"{folder}/{made}" for folder, made, _ in run.prepared])
        for index, (folder, made, path) in enumerate(run.prepared):
            name = path.rpartition("/")[2]
            with self._folder(folder) as opened:
                os.rename(made, name, src_dir_fd=opened, dst_dir_fd=opened)
            run.prepared[index] = (folder, "", path)
        self._sync(sorted({folder for folder, _, _ in run.prepared}))
        run.prepared.clear()

    def _sync(self, paths: Sequence[str]) -> None:
        if len(paths) > FEW:
            os.sync()
            return
        for path in paths:
            opened = os.open(self._output / path.strip("/"), os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                os.fsync(opened)
            finally:
                os.close(opened)

    def _discard(self, run: _Run) -> None:
        """Take away what did not reach its place."""
        for folder, made, _ in run.prepared:
            if made:
                with suppress(OSError), self._folder(folder) as opened:
                    os.unlink(made, dir_fd=opened)

    def _remove(self, paths: Sequence[str], run: _Run) -> tuple[str, ...]:
        removed = []
        for path in paths:
            folder, _, name = path.rpartition("/")
            try:
                with suppress(FileNotFoundError), self._folder(folder) as opened:
                    _unlink_forms(opened, path)
                    os.unlink(name, dir_fd=opened)
                self._remove_empty(folder)
            except OSError as error:
                run.set_aside.append((path, f"{path}: not removed: {error.strerror}"))
                continue
            removed.append(path)
        return tuple(removed)

    def _remove_empty(self, folder: str) -> None:
        while folder:
            folder, _, name = folder.rpartition("/")
            try:
                with self._folder(folder) as opened:
                    os.rmdir(name, dir_fd=opened)
            except OSError:
                return  # something else is in it: not ours, or still published

    @contextmanager
    def _folder(self, folder: str, *, make: bool = False) -> Iterator[int]:
        """Open a folder under the output step by step, so that no symbolic link can lead out of it."""
        opened = os.open(self._output, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            for name in folder.split("/") if folder else ():
                below = _step(opened, name, make=make)
                os.close(opened)
                opened = below
            yield opened
        finally:
            os.close(opened)


def _step(parent: int, name: str, *, make: bool) -> int:
    try:
        return os.open(name, _FOLDER, dir_fd=parent)
    except FileNotFoundError:
        if not make:
            raise
    os.mkdir(name, 0o755, dir_fd=parent)
    below = os.open(name, _FOLDER, dir_fd=parent)
    os.fchmod(below, 0o755)  # whatever the umask: a web server may run as somebody else
    return below


def _stamp(document: Document, length: int) -> str:
    return f"{document.signature} {length}"


def _length_and_time(path: str) -> tuple[int, int]:
    """Give the bytes and the time (ns) of a regular file, (-1, NEVER) where there is none."""
    try:
        found = os.lstat(path)  # for every file ever published: a Path costs more than the answer
    except OSError:
        return -1, NEVER
    return (found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) else (-1, NEVER)


def _time_after(held_at: int) -> int:
    """Give the time of a file that takes the place of one of that time: never in the same second.

    Last-Modified knows whole seconds: who asks by it would not hear of the second of two changes in one.
    """
    now = time.time_ns()
    after = (held_at // SECOND + 1) * SECOND
    # An old file that is far ahead was written while the clock was wrong: it drags nothing along.
    return after if now < after < now + 60 * SECOND else now


def _forms(folder: int, path: str, body: bytes) -> Iterable[tuple[str, bytes]]:
    """Give the compressed forms that a document should have; those that it should not have any longer are gone then."""
    forms = packed(path, body)
    if not forms:
        _unlink_forms(folder, path)
    return forms.items()


def _unlink_forms(folder: int, path: str) -> None:
    for ending in ENDINGS if may_be_packed(path) else ():
        with suppress(FileNotFoundError):
            os.unlink(path.rpartition("/")[2] + ending, dir_fd=folder)


def _rendered(document: Document) -> bytes:
    """Render and read again what other programs will read strictly."""
    body = document.render()
    if document.path.endswith((".xml", ".opml")):
        well_formed(body)
    elif document.path.endswith(".json"):
        orjson.loads(body)
    return body


def _same(folder: int, name: str, body: bytes) -> bool:
    """Say whether these bytes are on disk already."""
    try:
        opened = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    except OSError:
        return False
    with os.fdopen(opened, "rb") as file:
        about = os.fstat(file.fileno())
        return stat.S_ISREG(about.st_mode) and about.st_size == len(body) and file.read() == body


def _sweep(folder: int) -> None:
    """Take away what a run that was killed left in a folder we are about to write to."""
    for name in os.listdir(folder):
        if _TEMPORARY.fullmatch(name):
            with suppress(OSError):
                os.unlink(name, dir_fd=folder)


def _temporary(folder: int, body: bytes, at: int) -> str:
    name = f".mediafeed-{secrets.token_hex(8)}.tmp"
    opened = os.open(name, _NEW, 0o644, dir_fd=folder)
    try:
        with os.fdopen(opened, "wb") as file:
            file.write(body)
            file.flush()
            os.fchmod(file.fileno(), 0o644)
            os.utime(file.fileno(), ns=(at, at))
    except OSError:
        os.unlink(name, dir_fd=folder)
        raise
    return name
