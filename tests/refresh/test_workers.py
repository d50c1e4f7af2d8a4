import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mediafeed.errors import ParseError
from mediafeed.refresh.workers import Workers
from tests.processes import is_gone, wait_for


def hang() -> None:
    time.sleep(60)


def hang_hard(started: str) -> None:
    Path(started).write_text(str(os.getpid()))
    re.match("(a+)+$", "a" * 60 + "b")


def hoard() -> int:
    return len(b"x" * (4 * 1024**3))


def crash() -> None:
    os._exit(11)


def refuse() -> None:
    raise ParseError("not a feed", "a web page")


def double(number: int) -> int:
    return 2 * number


@pytest.fixture(scope="module")
def workers():
    workers = Workers(count=1, deadline=1.0)
    yield workers
    workers.close()


def test_a_hang_is_killed_at_its_deadline_and_the_next_document_is_read(workers):
    workers.run(double, 1)  # the first start of a worker takes its time
    started = time.monotonic()

    with pytest.raises(ParseError, match="over 1 s"):
        workers.run(hang)

    assert time.monotonic() - started < 5
    assert workers.run(double, 4) == 8


def test_a_document_that_takes_too_much_memory_fails_alone(workers):
    with pytest.raises(ParseError, match="memory"):
        workers.run(hoard)

    assert workers.run(double, 5) == 10


def test_a_crash_fails_alone(workers):
    with pytest.raises(ParseError, match="crashed"):
        workers.run(crash)

    assert workers.run(double, 6) == 12


def test_a_reason_comes_out_of_the_worker_whole(workers):
    with pytest.raises(ParseError) as caught:
        workers.run(refuse)

    assert caught.value.kind == "not a feed"
    assert caught.value.is_page


def test_a_worker_that_hangs_ends_with_a_parent_that_is_killed(tmp_path: Path):
    """A pattern that never ends keeps the whole interpreter, so that nothing of ours could end it."""
    script = (
        "import sys\nfrom mediafeed.refresh.workers import Workers\nfrom tests.refresh.test_workers import hang_hard\n"
        "if __name__ == '__main__': Workers(count=1, deadline=60).run(hang_hard, sys.argv[1])"
    )
    (tmp_path / "parent.py").write_text(script)
    started = tmp_path / "started"
    with subprocess.Popen(
        [sys.executable, tmp_path / "parent.py", started], env=os.environ | {"PYTHONPATH": str(Path.cwd())}
    ) as process:
        wait_for(lambda: started.exists() and started.read_text() != "")
        process.kill()

    wait_for(lambda: is_gone(int(started.read_text())))
