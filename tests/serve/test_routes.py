"""What is answered by a function: found by path, read within bounds, broken without harm."""

import asyncio
import threading

from mediafeed.serve import routes
from mediafeed.serve.routes import Answer, Receive, Request, Route, Routes, Scope


def scope(method: str = "GET", query: bytes = b"", **headers: str) -> Scope:
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"method": method, "query_string": query, "headers": named, "client": ("192.0.2.1", 5000)}


def sent(*parts: bytes) -> Receive:
    """Give what receives a body in these parts."""
    left = list(parts) or [b""]

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

    return receive


def ask(route: Route, *parts: bytes, method: str = "GET", query: bytes = b"", **headers: str) -> Answer:
    found = Routes([route]).answer(route, scope(method, query, **headers), route.path, sent(*parts))
    return asyncio.run(found)


def echo(request: Request) -> Answer:
    return Answer(body=repr(request).encode())


def test_a_handler_hears_what_was_asked_decoded():
    heard: list[Request] = []

    def hear(request: Request) -> Answer:
        heard.append(request)
        return Answer()

    route = Route(path="/search", handler=hear)

    ask(route, query=b"q=Geostrategy360%C2%B0+tank&q=two&empty=", Accept="text/html")

    assert heard == [
        Request(
            method="GET",
            path="/search",
            query={"q": ("Geostrategy360° tank", "two"), "empty": ("",)},
            headers={"accept": "text/html"},
            client="192.0.2.1",
        )
    ]


def test_a_path_with_a_slash_answers_for_what_lies_below_and_not_for_itself():
    below, exact = Route(path="/hub/", handler=echo), Route(path="/search", handler=echo)
    found = Routes([below, exact]).find

    assert (found("/hub/abc"), found("/hub/"), found("/hub")) == (below, None, None)
    assert (found("/search"), found("/search/"), found("/feed.xml")) == (exact, None, None)


def test_other_methods_are_refused_with_those_there_are():
    answer = ask(Route(path="/refresh", handler=echo, methods=("POST",)))

    assert (answer.status, answer.headers) == (405, (("allow", "POST, OPTIONS"),))


def test_a_body_that_is_too_long_is_not_handed_on():
    route = Route(path="/refresh", handler=echo, methods=("POST",), max_body=4)

    assert ask(route, b"ab", b"cd", method="POST").status == 200
    assert ask(route, b"ab", b"cde", method="POST").status == 413


def test_half_a_body_is_not_handed_on():
    heard: list[Request] = []

    def hear(request: Request) -> Answer:
        heard.append(request)
        return Answer()

    route = Route(path="/refresh", handler=hear, methods=("POST",))
    pieces: list[dict[str, object]] = [
        {"type": "http.request", "body": b"", "more_body": True},
        {"type": "http.disconnect"},
    ]

    async def receive() -> dict[str, object]:
        return pieces.pop(0)

    answer = asyncio.run(Routes([route]).answer(route, scope("POST"), route.path, receive))

    assert (answer.status, heard) == (400, [])


def test_a_query_with_hundreds_of_fields_is_refused():
    assert ask(Route(path="/search", handler=echo), query=b"&".join([b"q=1"] * 100)).status == 400


def test_a_broken_handler_costs_one_answer_and_says_nothing_of_its_inside(caplog):
    def broken(_: Request) -> Answer:
        raise RuntimeError("secret")

    answer = ask(Route(path="/search", handler=broken))

    assert (answer.status, answer.body) == (500, b"an error of ours\n")
    assert "no answer" in caplog.text


def test_who_comes_while_every_thread_is_at_work_is_asked_to_come_again(monkeypatch):
    monkeypatch.setattr(routes, "AT_ONCE", 1)
    begun, go_on = threading.Event(), threading.Event()

    def slow(_: Request) -> Answer:
        begun.set()
        go_on.wait(5)
        return Answer()

    route = Route(path="/search", handler=slow)
    every = Routes([route])

    async def two() -> tuple[int, int]:
        first = asyncio.create_task(every.answer(route, scope(), "/search", sent()))
        await asyncio.to_thread(begun.wait, 5)
        second = await every.answer(route, scope(), "/search", sent())
        go_on.set()
        return (await first).status, second.status

    assert asyncio.run(two()) == (200, 503)


def test_options_names_the_methods():
    answer = ask(Route(path="/search", handler=echo), method="OPTIONS")

    assert (answer.status, dict(answer.headers)["allow"]) == (204, "GET, HEAD, OPTIONS")


def test_a_quick_answer_waits_for_no_thread(monkeypatch):
    monkeypatch.setattr(routes, "AT_ONCE", 0)

    assert ask(Route(path="/healthz", handler=echo, quick=True)).status == 200
    assert ask(Route(path="/search", handler=echo)).status == 503
