"""Who is asked next, who is left alone, and when again."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mediafeed.model.files import FileKind, WantedFile
from mediafeed.model.source import FailureKind
from mediafeed.refresh.asking import REST, UNHURRIED, Resting, again_after, habits_towards, taking_turns
from tests.refresh.origin import Origin, config

HOUR = timedelta(hours=1)
NOW = datetime(2022, 9, 21, tzinfo=UTC)


def wanted(host: str, number: int) -> WantedFile:
    return WantedFile(kind=FileKind.PICTURE, url=f"https://{host}.example/{number}.png")


def test_two_hosts_take_turns_the_first_of_each_first():
    a1, a2, a3 = (wanted("a", number) for number in (1, 2, 3))
    b1, b2, c1 = wanted("b", 1), wanted("b", 2), wanted("c", 1)

    assert taking_turns([a1, a2, a3, b1, c1, b2]) == (a1, b1, c1, a2, b2, a3)


def test_an_address_without_a_host_has_a_turn_of_its_own():
    odd = WantedFile(kind=FileKind.PICTURE, url="http://[")

    assert taking_turns([odd, wanted("a", 1)])[0] == odd


@pytest.mark.parametrize("failure", [FailureKind.TIMEOUT, FailureKind.BUSY, FailureKind.SERVER, FailureKind.DNS])
def test_a_host_that_failed_is_left_alone_whatever_is_wanted_of_it(failure):
    resting = Resting()
    resting.note("https://a.example/1.png", failure, NOW)

    assert resting.until("https://a.example/2.vtt", NOW + HOUR / 2) == NOW + REST
    assert resting.until("https://a.example/2.vtt", NOW + REST) is None
    assert resting.until("https://b.example/2.vtt", NOW) is None


@pytest.mark.parametrize("failure", [None, FailureKind.MISSING, FailureKind.GONE, FailureKind.TOO_LARGE])
def test_a_host_is_not_left_alone_for_what_lay_there(failure):
    resting = Resting()
    resting.note("https://a.example/1.png", failure, NOW)

    assert resting.until("https://a.example/1.png", NOW) is None


def test_a_lowered_minimum_is_for_the_operators_own_networks(tmp_path: Path, origin: Origin):
    settings = config(tmp_path, origin)
    towards = habits_towards(settings)

    assert towards("127.0.0.1").minimum == settings.poll.minimum < HOUR
    assert [towards(host) for host in ("10.0.0.1", "a.example", "localhost")] == [UNHURRIED] * 3


def test_a_person_who_insists_is_not_kept_waiting():
    resting = Resting()
    resting.note("https://a.example/1.png", FailureKind.TIMEOUT, NOW)
    resting.forgive()

    assert resting.until("https://a.example/1.png", NOW) is None


@pytest.mark.parametrize(
    ("failure", "attempts", "hours"),
    [
        (FailureKind.MISSING, 1, 1),
        (FailureKind.MISSING, 5, 168),
        (FailureKind.MISSING, 6, None),
        (FailureKind.ROBOTS, 5, 168),
        (FailureKind.GONE, 1, None),
        (None, 1, 24),
        (None, 2, None),
    ],
)
def test_when_what_did_not_come_is_asked_for_again(failure, attempts, hours):
    assert again_after(failure, attempts, NOW) == (None if hours is None else NOW + hours * HOUR)
