"""Turns at a host."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from mediafeed.errors import StoppingError
from mediafeed.fetch.failure import NoAnswerError
from mediafeed.fetch.hosts import AT_ONCE, INSIDE_PER_HOST, PUBLIC_GAP, Hosts
from mediafeed.model.settings import FetchSettings
from mediafeed.model.source import FailureKind


def most_at_once(hosts: Hosts, names: list[str], expected: int, *, inside: bool) -> int:
    """Ask for many turns at the same time and give how many were held together."""
    held: list[str] = []
    release = threading.Event()

    def ask(name: str) -> None:
        with hosts.turn(name, inside=inside):
            held.append(name)
            release.wait(10)

    threads = [threading.Thread(target=ask, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    until = time.monotonic() + 10
    while len(held) < expected and time.monotonic() < until:
        time.sleep(0.002)
    time.sleep(0.05)  # for one too many
    most = len(held)
    release.set()
    for thread in threads:
        thread.join()
    assert len(held) == len(names)
    return most


@pytest.mark.parametrize(
    ("settings", "inside", "most"),
    [
        (FetchSettings(host_gap=timedelta(0)), False, 1),
        (FetchSettings(), True, INSIDE_PER_HOST),
        (FetchSettings(host_gap=timedelta(0), per_host=3), False, 3),
        (FetchSettings(per_host=3), True, 3),
    ],
)
def test_a_host_is_asked_so_many_times_at_once(settings, inside, most):
    assert most_at_once(Hosts(settings), ["a.example"] * 20, most, inside=inside) == most


def test_all_hosts_together_are_asked_64_times_at_once():
    names = [f"{number}.example" for number in range(100)]

    assert most_at_once(Hosts(FetchSettings(host_gap=timedelta(0))), names, AT_ONCE, inside=False) == AT_ONCE


def test_a_public_host_rests_after_an_answer_while_another_is_free_at_once():
    now = 100.0
    hosts = Hosts(FetchSettings(), clock=lambda: now)
    ended = []

    def wait() -> None:
        try:
            hosts.turn("a.example", inside=False)
        except StoppingError as error:
            ended.append(str(error))

    with hosts.turn("a.example", inside=False):
        now = 130.0
    with hosts.turn("b.example", inside=False):
        pass

    waiting = threading.Thread(target=wait)
    waiting.start()
    waiting.join(0.05)
    still_waiting = waiting.is_alive()
    hosts.close()
    waiting.join(1)

    assert still_waiting
    assert ended == ["mediafeed is stopping"]


def test_after_its_rest_a_public_host_is_asked_again():
    now = 100.0
    hosts = Hosts(FetchSettings(), clock=lambda: now)
    for _ in range(3):
        with hosts.turn("a.example", inside=False):
            now += 30
        now += PUBLIC_GAP


def test_hosts_at_rest_are_forgotten():
    hosts = Hosts(FetchSettings(host_gap=timedelta(microseconds=1)))

    for number in range(3_000):
        with hosts.turn(f"{number}.example", inside=False):
            pass

    assert len(hosts._hosts) <= 1_001


def test_a_host_that_wants_to_wait_is_refused_until_its_time_and_the_later_of_two_wishes_holds():
    hosts = Hosts(FetchSettings())
    noon = datetime(2022, 9, 21, 12, tzinfo=UTC)
    hosts.leave_alone("x.example", noon + timedelta(hours=2))
    hosts.leave_alone("x.example", noon + timedelta(hours=1))

    with pytest.raises(NoAnswerError) as refused:
        hosts.check_wait("x.example", noon + timedelta(minutes=119))
    hosts.check_wait("y.example", noon)
    hosts.check_wait("x.example", noon + timedelta(hours=2))

    assert (refused.value.kind, refused.value.retry_after) == (FailureKind.BUSY, noon + timedelta(hours=2))


def test_a_host_that_wants_to_wait_is_asked_when_a_person_insists():
    hosts = Hosts(FetchSettings())
    noon = datetime(2022, 9, 21, 12, tzinfo=UTC)
    hosts.leave_alone("x.example", noon + timedelta(hours=2))

    hosts.forgive("x.example")

    hosts.check_wait("x.example", noon)


def test_who_is_patient_lets_everybody_else_go_first_though_they_came_later():
    hosts = Hosts(FetchSettings(host_gap=timedelta(0)))
    order: list[str] = []

    def ask(name: str, *, patient: bool) -> None:
        with hosts.turn("a.example", inside=False, patient=patient):
            order.append(name)

    threads = []
    with hosts.turn("a.example", inside=False):
        for name, patient in (("audio", True), ("feed", False), ("another feed", False)):
            threads.append(threading.Thread(target=ask, args=(name,), kwargs={"patient": patient}))
            threads[-1].start()
            until = time.monotonic() + 10
            while _waiting(hosts) < len(threads) and time.monotonic() < until:
                time.sleep(0.002)
    for thread in threads:
        thread.join(10)

    assert order[-1] == "audio"
    assert sorted(order) == ["another feed", "audio", "feed"]


def test_who_is_patient_goes_at_once_where_nobody_else_wants_anything():
    hosts = Hosts(FetchSettings())

    with hosts.turn("a.example", inside=False, patient=True):
        assert not _waiting(hosts)


def _waiting(hosts: Hosts) -> int:
    return sum(host.waiting + host.patient for host in hosts._hosts.values())
