import os
import time

import pytest

from mediafeed.errors import ParseError
from mediafeed.refresh.workers import Workers


def hang() -> None:
    time.sleep(60)


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
