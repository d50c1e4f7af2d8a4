"""Forms POSTed to strangers: which redirects they follow, and that the guard stands before them."""

from datetime import timedelta

import pytest

from mediafeed.fetch.http import Fetcher
from mediafeed.fetch.sending import Taken
from mediafeed.fetch.websub import FOLLOWED, FORM, publishing_form, subscribing_form
from mediafeed.model.settings import FetchSettings
from mediafeed.model.source import Failed, FailureKind
from tests.fetch.conftest import AGENT, NOW, moved, ok


def post(fetcher: Fetcher, url: str) -> Taken | Failed:
    return fetcher.post(url, b"hub.mode=publish", media_type=FORM, now=NOW, follow=FOLLOWED)


@pytest.mark.parametrize("status", ["307 Temporary Redirect", "308 Permanent Redirect"])
def test_a_form_is_sent_again_to_the_hub_that_takes_its_place(serve, fetcher, status):
    other = serve(ok(b"", status="202 Accepted"))
    first = serve(moved(f"{other.url}/hub", status))

    assert post(fetcher, first.url) == Taken(202)
    assert other.requests[0].startswith(b"POST /hub HTTP/1.1\r\n")
    assert other.requests[0].endswith(b"\r\n\r\nhub.mode=publish")
    assert other.header("Content-Type") == "application/x-www-form-urlencoded"


@pytest.mark.parametrize("status", ["301 Moved Permanently", "302 Found", "303 See Other"])
def test_no_other_redirect_makes_a_get_of_a_form(serve, fetcher, status):
    other = serve(ok())
    came = post(fetcher, serve(moved(other.url, status)).url)

    assert isinstance(came, Failed)
    assert came.kind is FailureKind.STATUS
    assert other.requests == []


def test_a_hub_is_guarded_like_every_address(serve):
    hub = serve(ok())
    with Fetcher(FetchSettings(), user_agent=AGENT) as closed:
        came = post(closed, hub.url)

    assert isinstance(came, Failed)
    assert (came.kind, hub.connections) == (FailureKind.REFUSED, 0)


def test_a_hub_that_never_answers_costs_no_more_than_the_deadline(serve):
    def silent(connection: object, _request: bytes) -> None:
        connection.recv(1)  # type: ignore[attr-defined]

    settings = FetchSettings(allow=("127.0.0.0/8",), deadline=timedelta(seconds=0.3))
    with Fetcher(settings, user_agent=AGENT) as hasty:
        came = post(hasty, serve(silent).url)

    assert isinstance(came, Failed)
    assert came.kind is FailureKind.TIMEOUT


def test_a_secret_is_told_with_a_subscription_alone():
    def form(mode: str) -> bytes:
        topic, callback = "https://a.example/?q=ü", "https://b.example/"
        return subscribing_form(mode, topic=topic, callback=callback, secret="s3cret", lease=60)

    assert b"&hub.lease_seconds=60&hub.secret=s3cret" in form("subscribe")
    assert b"s3cret" not in form("unsubscribe")
    assert b"hub.topic=https%3A%2F%2Fa.example%2F%3Fq%3D%C3%BC" in form("subscribe")


def test_addresses_are_repeated_in_one_ping():
    assert publishing_form(["https://a.example/", "https://b.example/"]).count(b"hub.url=") == 2
