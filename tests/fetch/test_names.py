"""Looking names up without waiting for those that hang."""

import threading
import time

import pytest

from mediafeed.fetch.failure import NoAnswerError
from mediafeed.fetch.names import Names, system_resolve
from mediafeed.model.source import FailureKind


def test_the_system_knows_this_machine():
    assert "127.0.0.1" in system_resolve("localhost")


def test_the_same_name_is_looked_up_once_at_a_time():
    asked = []
    release = threading.Event()

    def resolve(host: str) -> tuple[str, ...]:
        asked.append(host)
        release.wait(5)
        return ("8.8.8.8",)

    names = Names(resolve)
    found: list[tuple[str, ...]] = []
    threads = [threading.Thread(target=lambda: found.append(names.addresses("a.example", 5))) for _ in range(5)]
    for thread in threads:
        thread.start()
    time.sleep(0.05)
    release.set()
    for thread in threads:
        thread.join()
    names.close()

    assert found == [("8.8.8.8",)] * 5
    assert len(asked) < 5


def test_a_name_that_failed_is_looked_up_anew():
    failures = [OSError(-3, "Temporary failure")]

    def resolve(_: str) -> tuple[str, ...]:
        if failures:
            raise failures.pop()
        return ("8.8.8.8",)

    names = Names(resolve)
    with pytest.raises(NoAnswerError) as caught:
        names.addresses("a.example", 5)
    found = names.addresses("a.example", 5)
    names.close()

    assert caught.value.kind is FailureKind.DNS
    assert found == ("8.8.8.8",)


def test_a_resolver_that_breaks_does_not_stop_the_next_look_up():
    def resolve(host: str) -> tuple[str, ...]:
        if host == "bad.example":
            raise UnicodeError("label too long")
        return ("8.8.8.8",)

    names = Names(resolve)
    with pytest.raises(NoAnswerError):
        names.addresses("bad.example", 5)
    found = names.addresses("good.example", 5)
    names.close()

    assert found == ("8.8.8.8",)
