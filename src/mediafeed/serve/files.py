"""Published files as they are answered: bytes, validators, media type, held in memory while unchanged on disk."""

import gzip
import mimetypes
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path, PurePosixPath

import xxhash

HELD = 256 * 1024 * 1024  # bytes of files kept in memory
WORTH_COMPRESSING = (
    "text/",
    "application/xml",
    "application/rss+xml",
    "application/json",
    "application/feed+json",
    "application/json+chapters",
    "image/svg+xml",
    "text/x-opml",
)

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".json": "application/json",
    ".opml": "text/x-opml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}
_NAMED = {
    "feed.xml": "application/rss+xml; charset=utf-8",
    "list.xml": "application/rss+xml; charset=utf-8",
    "feed.json": "application/feed+json",
    "chapters.json": "application/json+chapters",
}


@dataclass(frozen=True, slots=True)
class File:
    """One file ready to be sent. `packed` is its gzip form, None where that would not pay."""

    body: bytes
    packed: bytes | None
    etag: str
    last_modified: str
    media_type: str
    is_feed: bool


class Files:
    """The published tree. A file is read again when its time or size changes; nothing outside the folder is reached."""

    def __init__(self, root: Path) -> None:
        """Take the output folder."""
        self._root = root.resolve()
        self._held: OrderedDict[str, tuple[tuple[int, int], File]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def find(self, path: str) -> File | str | None:
        """Give the file at a request's path, the path to go to instead (a folder without its slash), or None."""
        parts = PurePosixPath(path).parts[1:]
        if not path.startswith("/") or any(part == ".." or part.startswith(".") for part in parts) or "\0" in path:
            return None
        target = self._root.joinpath(*parts)
        if path.endswith("/"):
            target /= "index.html"
        elif target.is_dir():
            return path + "/"
        try:
            # A symlink could lead out of the tree: what we publish has none.
            if target.resolve() != target or not target.is_file():
                return None
            return self._file(target)
        except OSError:
            return None

    def _file(self, target: Path) -> File:
        stat = target.stat()
        stamp = (stat.st_mtime_ns, stat.st_size)
        key = str(target)
        with self._lock:
            held = self._held.get(key)
            if held and held[0] == stamp:
                self._held.move_to_end(key)
                return held[1]
        file = _read(target, stat.st_mtime)
        with self._lock:
            before = self._held.pop(key, None)
            self._bytes += _weight(file) - (_weight(before[1]) if before else 0)
            self._held[key] = (stamp, file)
            while self._bytes > HELD and len(self._held) > 1:
                _, (_, oldest) = self._held.popitem(last=False)
                self._bytes -= _weight(oldest)
        return file


def _weight(file: File) -> int:
    return len(file.body) + len(file.packed or b"")


def _read(target: Path, modified: float) -> File:
    body = target.read_bytes()
    media_type = _NAMED.get(target.name) or _TYPES.get(target.suffix)
    if target.parent.name == "archive" and target.suffix == ".xml":
        media_type = _NAMED["feed.xml"]
    if media_type is None:
        media_type = mimetypes.guess_type(target.name)[0] or "application/octet-stream"
    packed = gzip.compress(body, 6, mtime=0) if media_type.startswith(WORTH_COMPRESSING) and len(body) > 512 else None
    return File(
        body=body,
        packed=packed if packed and len(packed) < len(body) else None,
        etag=f'"{xxhash.xxh3_128_hexdigest(body)}"',
        last_modified=format_datetime(datetime.fromtimestamp(int(modified), UTC), usegmt=True),
        media_type=media_type,
        is_feed="feed" in target.name or target.name in {"list.xml", "chapters.json"},
    )
