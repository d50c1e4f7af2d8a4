"""Published files as they are answered: held in memory, each form with its headers, until it changes on disk.

Nothing is compressed here: the forms lie beside the files (`feed.xml.gz`, `feed.xml.br`), and one whose time is not
its file's is not used. Asking for a file that is held costs one look at its time.
"""

import os
import stat
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import xxhash

from mediafeed.serve.conditions import BROTLI, GZIP, PLAIN
from mediafeed.serve.headers import Headers, headers_of

HELD = 256 * 1024 * 1024  # bytes of files kept in memory
ENDINGS = {GZIP: ".gz", BROTLI: ".br"}
LONGEST = 1000  # characters of a path
# Held files are found by the address as it stands in the request, where these mean something else. We publish no such
# name, but somebody may have put a file there.
_READ_OTHERWISE = frozenset("%?#")
MOMENT = 0.02  # seconds in which a file is not looked at twice: in a storm of requests that look is a tenth of the cost

Message = Mapping[str, Any]
Stamp = tuple[int, int, int]  # time (ns), length, inode: another file in the same place has another

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One form of a file, ready to be sent: `whole` and `held` begin a 200 and a 304, `…_head` are those as written.

    The etag is made of these very bytes: it is strong, and the same after a restart.
    """

    body: bytes
    etag: bytes
    last_modified: bytes
    headers: Headers
    whole: Message
    held: Message
    whole_head: bytes
    held_head: bytes


@dataclass(slots=True)
class _Held:
    file: str
    stamp: Stamp
    form: Form
    looked: float  # when it was last looked at on disk


class Files:
    """The published tree. Nothing outside the folder is reached, and what is not there is not remembered."""

    def __init__(
        self,
        root: Path,
        *,
        site: str = "",
        hubs: Sequence[str] = (),
        pictures: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the output folder; for feeds the site's address and the hubs that tell of their changes.

        `pictures`: pages may show those of others.
        """
        self._pictures = pictures
        self._root = str(root.resolve())
        self._site = site
        self._clock = clock
        self._hubs = tuple(hubs)
        self._held: OrderedDict[tuple[str, str], _Held] = OrderedDict()
        self._bytes = 0

    def find(self, path: str, coding: str = PLAIN) -> Form | str | None:
        """Give the file at a request's path, the path to go to instead (a folder without its slash), or None.

        A file that has no form in this coding is given as it is.
        """
        return self.held(path, coding) or self._look(path, coding)

    def held(self, path: str, coding: str) -> Form | None:
        """Give a form that is held and is on disk as it was when it was read, a moment ago at least."""
        held = self._held.get((path, coding))
        if held is None:
            return None
        now = self._clock()
        if now - held.looked > MOMENT:
            try:
                found = os.lstat(held.file)  # a Path costs more than the answer
            except OSError:
                return None
            if (found.st_mtime_ns, found.st_size, found.st_ino) != held.stamp:
                return None
            held.looked = now
            self._held.move_to_end((path, coding))
        return held.form

    def _look(self, path: str, coding: str) -> Form | str | None:
        # Every file has one path and no other: aliases would fill the memory with the same bytes.
        parts = path.split("/")[1:]
        if not path.startswith("/") or len(path) > LONGEST or any(_is_odd(part) for part in parts[:-1]):
            return None
        name = parts[-1] or "index.html"
        if _is_odd(name):
            return None
        try:
            with ExitStack() as opened:
                # Step by step, so that no symbolic link leads out of the tree: what we publish has none.
                folder = _open(opened, self._root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
                for part in parts[:-1]:
                    folder = _open(opened, part, _FOLDER, folder)
                return self._read(opened, folder, path, "/".join((*parts[:-1], name)), coding)
        except OSError:
            return None

    def _read(self, opened: ExitStack, folder: int, path: str, below: str, coding: str) -> Form | str | None:
        name = below.rpartition("/")[2]
        file = _open(opened, name, _FILE, folder)
        about = os.fstat(file)
        if stat.S_ISDIR(about.st_mode):
            return path + "/"
        if not stat.S_ISREG(about.st_mode):
            return None
        if coding != PLAIN:
            packed = _packed(opened, folder, name + ENDINGS[coding], about.st_mtime_ns)
            if packed is None:
                return self.find(path)
            body = packed
        else:
            body = _all(file)
        about_it = headers_of(below, about.st_size, site=self._site, hubs=self._hubs, pictures=self._pictures)
        form = _form(body, about.st_mtime, about_it, coding)
        stamp = (about.st_mtime_ns, about.st_size, about.st_ino)
        if not _READ_OTHERWISE.isdisjoint(path):
            return form
        self._keep((path, coding), _Held(f"{self._root}/{below}", stamp, form, self._clock()))
        return form

    def _keep(self, key: tuple[str, str], held: _Held) -> None:
        before = self._held.pop(key, None)
        self._bytes += len(held.form.body) - (len(before.form.body) if before else 0)
        self._held[key] = held
        while self._bytes > HELD and len(self._held) > 1:
            _, oldest = self._held.popitem(last=False)
            self._bytes -= len(oldest.form.body)


def _form(body: bytes, modified: float, about: Headers, coding: str) -> Form:
    etag = f'"{xxhash.xxh3_128_hexdigest(body)}"'.encode()
    last_modified = format_datetime(datetime.fromtimestamp(int(modified), UTC), usegmt=True).encode()
    headers = [*about, (b"etag", etag), (b"last-modified", last_modified)]
    # RFC 9110, 15.4.5: a 304 says again what a cache has to know, and not what describes the bytes.
    held = [(name, value) for name, value in headers if name not in {b"content-type", b"accept-ranges"}]
    if coding != PLAIN:
        headers.append((b"content-encoding", coding.encode()))
    whole = [*headers, (b"content-length", b"%d" % len(body))]
    return Form(
        body=body,
        etag=etag,
        last_modified=last_modified,
        headers=headers,
        whole=_start(200, whole),
        held=_start(304, held),
        whole_head=_as_written(whole),
        held_head=_as_written(held),
    )


def _as_written(headers: Headers) -> bytes:
    return b"".join(b"%b: %b\r\n" % pair for pair in headers) + b"\r\n"


def _start(status: int, headers: Headers) -> Message:
    return {"type": "http.response.start", "status": status, "headers": headers}


def _packed(opened: ExitStack, folder: int, name: str, at: int) -> bytes | None:
    """Give a compressed form, None if there is none or it is not of the file that carries this time (ns)."""
    try:
        file = _open(opened, name, _FILE, folder)
    except OSError:
        return None
    about = os.fstat(file)
    return _all(file) if stat.S_ISREG(about.st_mode) and about.st_mtime_ns == at else None


def _open(opened: ExitStack, name: str, flags: int, folder: int | None = None) -> int:
    handle = os.open(name, flags, dir_fd=folder)
    opened.callback(os.close, handle)
    return handle


def _all(handle: int) -> bytes:
    with os.fdopen(handle, "rb", closefd=False) as file:
        return file.read()


def _is_odd(part: str) -> bool:
    return not part or part.startswith(".") or "\0" in part
