from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mediafeed.errors import StoppingError
from mediafeed.fetch.robots import Robots, read_rules
from mediafeed.model.source import Failed, FailureKind, Fetched, FetchResult, NotModified, Validators
from mediafeed.model.terms import Freshness, Habits

NOW = datetime(2022, 9, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /a", "/a", False),
        ("User-agent: *\nDisallow: /a", "/b", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("user-agent:*\ndisallow:/a # no", "/a/b", False),
        # the group that names us counts alone, wherever it stands and however it is written
        ("User-agent: mediafeed\nAllow: /\n\nUser-agent: *\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow:\n\nUser-agent: MediaFeed/2.0\nDisallow: /", "/a", False),
        ("User-agent: other\nUser-agent: mediafeed\nDisallow: /a", "/a", False),
        ("User-agent: other\nDisallow: /a", "/a", True),
        # two groups of one name are one
        ("User-agent: mediafeed\nDisallow: /a\n\nUser-agent: mediafeed\nDisallow: /b", "/b", False),
        # rules before any group bind nobody
        ("Disallow: /\nUser-agent: *\nDisallow: /b", "/a", True),
        # the longest pattern wins; of two alike the kinder
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),
        ("User-agent: *\nDisallow: /*.php", "/x/a.php?b=1", False),
        ("User-agent: *\nDisallow: /*.php$", "/x/a.php?b=1", True),
        ("User-agent: *\nDisallow: /*.php$", "/x/a.php", False),
        ("User-agent: *\nDisallow: /a$", "/a", False),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nDisallow: /a*b*c", "/axxbxxc", False),
        ("User-agent: *\nDisallow: /a*b*c", "/acb", True),
        ("User-agent: *\nDisallow: /talk?id=", "/talk?id=3", False),
        # a star or a dollar that is percent-encoded, or a dollar in the middle, is that letter
        ("User-agent: *\nDisallow: /a%2Ab", "/a*b", False),
        ("User-agent: *\nDisallow: /a%2ab", "/axxb", True),
        ("User-agent: *\nDisallow: /a%24", "/a$b", False),
        ("User-agent: *\nDisallow: /a%24", "/a", True),
        ("User-agent: *\nDisallow: /a$b", "/a$b", False),
        ("User-agent: *\nDisallow: /*$", "/a$", False),
        ("User-agent: *\nDisallow: /to?at=https://b", "/to?at=https%3A%2F%2Fb", False),
        # percent-encoded or not is one
        ("User-agent: *\nDisallow: /caf%C3%A9", "/café", False),
        ("User-agent: *\nDisallow: /café", "/caf%c3%a9", False),
        ("\ufeffUser-agent: *\r\nDisallow: /a", "/a", False),
        ("<html>not a robots.txt</html>", "/a", True),
    ],
)
def test_robots_txt_is_read_as_the_standard_says(text: str, path: str, allowed: bool):
    assert read_rules(text).allows(path) is allowed


def test_a_pattern_that_is_made_to_take_long_takes_no_time():
    rules = read_rules(f"User-agent: *\nDisallow: /{'*a' * 5_000}$")

    assert rules.allows("/" + "a" * 8_000 + "b")


HOUR = timedelta(hours=1)


class Site:
    """Answers for /robots.txt, and counts how often it is asked."""

    def __init__(self, answer: FetchResult, minimum: timedelta = HOUR) -> None:
        self.answer = answer
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.robots = Robots(self.get, lambda _: Habits(every=HOUR, minimum=minimum))

    def allows(self, url: str, now: datetime = NOW) -> bool:
        return self.robots.why_not(url, now=now) is None

    def get(self, url: str, **more: Any) -> FetchResult:
        self.asked.append((url, more))
        return self.answer


def fetched(text: str) -> Fetched:
    return Fetched(
        url="",
        body=text.encode(),
        content_type="",
        validators=Validators('"1"'),
        freshness=Freshness(),
        at=NOW,
        elapsed=0.1,
    )


def failed(kind: FailureKind, status: int | None = None, retry_after: datetime | None = None) -> Failed:
    return Failed(kind=kind, detail="x.example: as it is", at=NOW, elapsed=3.0, status=status, retry_after=retry_after)


NO = fetched("User-agent: *\nDisallow: /a")
REFUSED = failed(FailureKind.CONNECT)


def test_a_site_is_asked_once_a_day_and_then_whether_it_changed():
    site = Site(NO)

    for _ in range(3):
        assert not site.allows("https://x.example/a")
    site.answer = NotModified(url="", validators=Validators('"1"'), freshness=Freshness(), at=NOW, elapsed=0.1)
    assert not site.allows("https://x.example/a", NOW + timedelta(hours=25))

    assert [url for url, _ in site.asked] == ["https://x.example/robots.txt"] * 2
    assert site.asked[1][1]["validators"] == Validators('"1"')


def test_another_scheme_host_or_port_is_another_site():
    site = Site(NO)

    for url in ("https://x.example/a", "http://x.example/a", "https://x.example:8443/a", "https://y.example/a"):
        site.allows(url)

    assert len(site.asked) == 4


def test_one_site_that_is_written_in_many_ways_is_asked_once():
    site = Site(NO)

    for url in ("https://x.example/a", "https://X.EXAMPLE/a", "https://x.example:443/a", "https://x.example./a"):
        assert not site.allows(url)

    assert [url for url, _ in site.asked] == ["https://x.example/robots.txt"]


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://exa\u2100mple.com/a.png", FailureKind.BAD_ADDRESS),
        ("https://[x/a", FailureKind.BAD_ADDRESS),
        ("https://me@x.example/a", FailureKind.REFUSED),
    ],
)
def test_what_is_no_address_is_a_failure_and_asks_nobody(url: str, kind: FailureKind):
    site = Site(NO)

    barred = site.robots.why_not(url, now=NOW)

    assert barred is not None
    assert (barred.kind, site.asked) == (kind, [])


@pytest.mark.parametrize(("kind", "status"), [(FailureKind.MISSING, 404), (FailureKind.BLOCKED, 403)])
def test_where_there_is_no_robots_txt_everything_may_be_read(kind: FailureKind, status: int):
    assert Site(failed(kind, status)).allows("https://x.example/a")


@pytest.mark.parametrize(
    "answer",
    [
        failed(FailureKind.BUSY, 429, NOW + 5 * HOUR),
        failed(FailureKind.SERVER, 503),
        failed(FailureKind.TIMEOUT),
        failed(FailureKind.DNS),
        REFUSED,
    ],
)
def test_where_robots_txt_cannot_be_read_nothing_may_be_and_why_is_its_own_failure(answer: Failed):
    assert Site(answer).robots.why_not("https://x.example/a", now=NOW) == replace(
        answer, detail="robots.txt could not be read: x.example: as it is"
    )


def test_a_page_that_is_closed_is_another_thing_than_a_site_that_cannot_be_asked():
    barred = Site(NO).robots.why_not("https://x.example/a", now=NOW)

    assert barred == Failed(
        kind=FailureKind.ROBOTS, detail="robots.txt keeps programs from https://x.example/a", at=NOW
    )


def test_what_a_site_said_holds_for_a_day_and_not_longer_while_it_cannot_be_asked():
    site = Site(NO)
    site.allows("https://x.example/b")
    site.answer = REFUSED
    tomorrow = NOW + timedelta(hours=24)

    assert site.allows("https://x.example/b", tomorrow - timedelta(seconds=1))
    assert not site.allows("https://x.example/b", tomorrow)
    site.answer = NotModified(url="", validators=Validators('"1"'), freshness=Freshness(), at=NOW, elapsed=0.1)
    assert site.allows("https://x.example/b", tomorrow + HOUR)
    assert not site.allows("https://x.example/a", tomorrow + HOUR)
    assert len(site.asked) == 3


def test_a_site_that_cannot_be_asked_is_asked_again_after_an_hour_and_told_of_meanwhile():
    site = Site(REFUSED)
    site.allows("https://x.example/a")
    soon = NOW + timedelta(minutes=59)

    barred = site.robots.why_not("https://x.example/b", now=soon)
    asked = len(site.asked)
    site.answer = NO

    assert barred is not None
    assert (barred.kind, barred.at, barred.elapsed, asked) == (FailureKind.CONNECT, soon, 0.0, 1)
    assert site.allows("https://x.example/b", NOW + HOUR)


def test_a_host_that_names_a_sooner_time_is_asked_again_then():
    site = Site(failed(FailureKind.BUSY, 503, NOW + timedelta(minutes=5)))
    site.allows("https://x.example/b")
    site.answer = NO

    assert site.allows("https://x.example/b", NOW + timedelta(minutes=5))


@pytest.mark.parametrize(
    ("minimum", "kept", "unreachable"), [(3.0, 72.0, 3.0), (0.0, 24.0, 1.0), (7200.0, 86400, 3600)]
)
def test_a_lowered_minimum_shortens_what_is_remembered(minimum: float, kept: float, unreachable: float):
    for answer, seconds in ((NO, kept), (REFUSED, unreachable)):
        site = Site(answer, timedelta(seconds=minimum))

        for at in (0, seconds * 0.99, seconds):
            site.allows("https://x.example/b", NOW + timedelta(seconds=at))

        assert len(site.asked) == 2


def test_other_habits_hold_from_the_next_question_on():
    site = Site(REFUSED)
    site.robots.change(lambda _: Habits(every=HOUR, minimum=timedelta(seconds=3)))

    for seconds in (0, 3):
        site.allows("https://x.example/b", NOW + timedelta(seconds=seconds))

    assert len(site.asked) == 2


def test_habits_are_those_towards_the_host():
    site = Site(REFUSED)
    hurried, unhurried = (Habits(every=HOUR, minimum=minimum) for minimum in (timedelta(seconds=3), HOUR))
    site.robots.change(lambda host: hurried if host == "127.0.0.1" else unhurried)

    for seconds in (0, 3):
        for url in ("http://127.0.0.1/a", "https://x.example/a"):
            site.allows(url, NOW + timedelta(seconds=seconds))

    assert [url for url, _ in site.asked] == [
        "http://127.0.0.1/robots.txt", "https://x.example/robots.txt", "http://127.0.0.1/robots.txt"
    ]  # fmt: skip


def test_who_insists_has_sites_asked_again_that_could_not_be():
    closed, gone = Site(NO), Site(REFUSED)

    for site in (closed, gone):
        site.allows("https://x.example/a")
        site.robots.forgive()
        site.allows("https://x.example/a")

    assert (len(closed.asked), len(gone.asked)) == (1, 2)


def test_of_a_question_that_is_broken_off_nothing_is_concluded():
    site = Site(NO)
    asks, site.robots._get = site.robots._get, broken_off

    with pytest.raises(StoppingError):
        site.allows("https://x.example/a")
    site.robots._get = asks

    assert not site.allows("https://x.example/a")


def broken_off(*_: Any, **__: Any) -> FetchResult:
    raise StoppingError("mediafeed is stopping")
