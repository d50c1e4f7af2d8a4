"""Which rules make claims of words: everything in `normalize`, code, data and trained weights alike."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import xxhash


@cache
def rules_key() -> str:
    """Give the hash of the rules of this version: with another one, what is stored is understood anew.

    Nobody has to remember to raise a number when a rule changes.
    """
    digest = xxhash.xxh3_128()
    for name, file in _files_below(files("mediafeed.normalize"), ""):
        digest.update(f"{name}\n".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _files_below(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_file() and not entry.name.endswith(".pyc"):
            yield f"{path}{entry.name}", entry
        elif entry.is_dir() and entry.name != "__pycache__":
            yield from _files_below(entry, f"{path}{entry.name}/")
