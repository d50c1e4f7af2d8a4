"""Start other people's readers, each in a process and an environment that is not ours."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
BENCH = HERE.parent.parent / ".venv-bench"
PARTYTIME = "5.0.0"


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader's name, how it is started, and what to type where it is absent."""

    name: str
    command: tuple[str, ...]
    needs: tuple[Path, ...]
    how: str

    def is_there(self) -> bool:
        """Say whether it is installed."""
        return shutil.which(self.command[0]) is not None and all(path.exists() for path in self.needs)

    def version(self) -> str:
        """Give the version it says it is."""
        return _run(self.command).strip().strip('"')

    def read(self, files: Sequence[Path]) -> list[dict[str, Any]]:
        """Read documents, in order, into facts.

        Raises:
            RuntimeError: It gave up.
        """
        return [json.loads(line) for line in _run((*self.command, *map(str, files))).splitlines()]


def python_reader(name: str) -> Reader:
    """Give a reader of with_readers.py."""
    python, package = BENCH / "bin" / "python", name.partition("-")[0]
    found = tuple(BENCH.glob(f"lib/python3*/site-packages/{package}*")) or (BENCH / package,)
    command = (str(python), str(HERE / "with_readers.py"), name)
    return Reader(name, command, (python, found[0]), "make .venv-bench/installed")


def partytime() -> Reader:
    """Give podcast-partytime: it wants node."""
    folder = BENCH / "node"
    how = f"apt-get install nodejs npm; npm install --prefix .venv-bench/node podcast-partytime@{PARTYTIME}"
    command = ("node", str(HERE / "with_partytime.js"), str(folder))
    return Reader("partytime", command, (folder / "node_modules" / "podcast-partytime",), how)


def _run(command: Sequence[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[:3])}: {done.stderr[-2000:]}")
    return done.stdout
