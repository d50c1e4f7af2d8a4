from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mediafeed.fetch.robots import Robots, read_rules
from mediafeed.model.source import Failed, FailureKind, Fetched, FetchResult, NotModified, Validators
from mediafeed.model.terms import Freshness

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


class Site:
    """Answers for /robots.txt, and counts how often it is asked."""

    def __init__(self, answer: FetchResult) -> None:
        self.answer = answer
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.robots = Robots(self.get)

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


def failed(kind: FailureKind, status: int | None = None) -> Failed:
    return Failed(kind=kind, detail="", at=NOW, status=status)


NO = fetched("User-agent: *\nDisallow: /a")


def test_a_site_is_asked_once_a_day_and_then_whether_it_changed():
    site = Site(NO)

    for _ in range(3):
        assert not site.robots.allows("https://x.example/a", now=NOW)
    site.answer = NotModified(url="", validators=Validators('"1"'), freshness=Freshness(), at=NOW, elapsed=0.1)
    assert not site.robots.allows("https://x.example/a", now=NOW + timedelta(hours=25))

    assert [url for url, _ in site.asked] == ["https://x.example/robots.txt"] * 2
    assert site.asked[1][1]["validators"] == Validators('"1"')


def test_another_scheme_host_or_port_is_another_site():
    site = Site(NO)

    for url in ("https://x.example/a", "http://x.example/a", "https://x.example:8443/a", "https://y.example/a"):
        site.robots.allows(url, now=NOW)

    assert len(site.asked) == 4


@pytest.mark.parametrize(
    ("answer", "allowed"),
    [
        (failed(FailureKind.MISSING, 404), True),
        (failed(FailureKind.BLOCKED, 403), True),
        (failed(FailureKind.BUSY, 429), False),
        (failed(FailureKind.SERVER, 503), False),
        (failed(FailureKind.TIMEOUT), False),
        (failed(FailureKind.DNS), False),
    ],
)
def test_no_robots_txt_allows_everything_and_an_unreachable_one_nothing(answer: Failed, allowed: bool):
    assert Site(answer).robots.allows("https://x.example/a", now=NOW) is allowed


def test_an_unreachable_site_is_judged_by_what_it_said_last_and_asked_again_soon():
    site = Site(NO)
    site.robots.allows("https://x.example/a", now=NOW)
    site.answer = failed(FailureKind.TIMEOUT)
    tomorrow = NOW + timedelta(hours=25)

    assert site.robots.allows("https://x.example/b", now=tomorrow)
    assert not site.robots.allows("https://x.example/a", now=tomorrow + timedelta(hours=2))
    assert len(site.asked) == 3
