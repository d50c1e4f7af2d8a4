"""Asking for visits over HTTP: who may, how often, and what is said."""

import json

import pytest

from mediafeed.errors import UsageError
from mediafeed.serve.routes import Answer, Request
from mediafeed.serve.wishing import Taken, Wishing

TOKEN = "right"


class Asked:
    """A daemon that takes every wish for "a" and "b"; "early" was visited just now."""

    def __init__(self) -> None:
        self.wishes: list[tuple[str, ...]] = []

    def __call__(self, sources: tuple[str, ...]) -> Taken:
        if unknown := set(sources) - {"a", "b", "early"}:
            raise UsageError(f"{unknown.pop()}: no such source in the config")
        self.wishes.append(sources)
        early = [("early", "visited 2 min ago")] if "early" in sources else []
        return Taken(sources=tuple(one for one in sources if one != "early"), skipped=tuple(early))


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def wish(body: object = None, token: str | None = TOKEN, **query: tuple[str, ...]) -> Request:
    headers = {"authorization": f"Bearer {token}"} if token is not None else {}
    sent = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    return Request(method="POST", path="/refresh", headers=headers, body=sent, query=query)


def said(answer: Answer) -> object:
    return json.loads(answer.body)


def test_a_wish_is_handed_on_and_what_is_too_early_is_told():
    asked = Asked()
    answer = Wishing(TOKEN, asked).answer(wish({"sources": ["a", "early"]}))

    assert answer.status == 202
    assert said(answer) == {"sources": ["a"], "skipped": [{"source": "early", "reason": "visited 2 min ago"}]}
    assert asked.wishes == [("a", "early")]


@pytest.mark.parametrize(
    ("request_", "expected"), [(wish(), ()), (wish(source=("a", "b")), ("a", "b")), (wish({"sources": []}), ())]
)
def test_sources_are_named_in_the_query_or_not_at_all(request_: Request, expected: tuple[str, ...]):
    asked = Asked()
    Wishing(TOKEN, asked).answer(request_)

    assert asked.wishes == [expected]


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (wish(token=None), 401),
        (Request(method="POST", path="/refresh", headers={"authorization": "Basic cmlnaHQ="}), 401),
        (wish(token=""), 401),
        (wish(token="wrong"), 403),
        (wish(token="rïght"), 403),
        (wish(token="right "), 202),
        (wish(b"not json"), 400),
        (wish({"sources": "a"}), 400),
        (wish({"sources": [1]}), 400),
        (wish(["a"]), 400),
        (wish({"sources": ["nobody"]}), 404),
    ],
)
def test_each_fault_has_its_status(request_: Request, status: int):
    answer = Wishing(TOKEN, Asked()).answer(request_)

    assert answer.status == status
    assert ("www-authenticate" in dict(answer.headers)) == (status == 401)
    assert TOKEN.encode() not in answer.body


def test_without_a_token_nobody_may_ask():
    asked = Asked()
    answer = Wishing(None, asked).answer(wish(token=""))

    assert (answer.status, asked.wishes) == (403, [])
    assert b"serve.token" in answer.body


def test_without_a_daemon_nobody_can_be_asked_and_strangers_do_not_hear_of_it():
    alone = Wishing(TOKEN, None)

    assert (alone.answer(wish()).status, alone.answer(wish(token="wrong")).status) == (503, 403)


def test_wishes_are_heard_six_times_a_minute():
    clock, asked = Clock(), Asked()
    wishing = Wishing(TOKEN, asked, clock)
    answers = [wishing.answer(wish()) for _ in range(7)]

    assert [answer.status for answer in answers] == [202] * 6 + [429]
    assert dict(answers[-1].headers)["retry-after"] == "61"
    clock.now += 60
    assert wishing.answer(wish()).status == 202


def test_guessing_is_slowed_down_and_keeps_nobody_out():
    wishing = Wishing(TOKEN, Asked(), Clock())
    guesses = [wishing.answer(wish(token="wrong")).status for _ in range(12)]

    assert guesses == [403] * 10 + [429] * 2
    assert wishing.answer(wish()).status == 202


def test_a_token_may_have_any_letters():
    asked = Asked()

    answer = Wishing("gehëim", asked).answer(wish(token="gehëim".encode().decode("latin-1")))

    assert answer.status == 202
