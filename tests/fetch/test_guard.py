"""Addresses that must not be connected to, however they are reached."""

import pytest

from mediafeed.fetch.failure import NoAnswerError
from mediafeed.fetch.guard import Guard
from mediafeed.fetch.http import Fetcher
from mediafeed.model.settings import FetchSettings
from mediafeed.model.source import Failed, FailureKind, Fetched
from tests.fetch.conftest import AGENT, NOW, moved, ok

BAD = (
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254",
    "168.63.129.16", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.170", "192.0.2.1",
    "192.31.196.1", "192.52.193.1", "192.88.99.1", "192.168.1.1", "192.175.48.1", "198.18.0.1", "198.19.255.255",
    "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1",
    "2001::1", "2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::", "2620:4f:8000::1", "3fff::1",
    "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "4000::1",
)  # fmt: skip
GOOD = (
    "1.1.1.1", "8.8.8.8", "100.63.255.255", "172.15.0.1", "172.32.0.1", "192.0.1.1", "198.20.0.1", "223.255.255.255",
    "2001:200::1", "2606:4700::1111", "2a00:1450:4001::1",
)  # fmt: skip


@pytest.mark.parametrize("address", BAD)
def test_a_bad_address_is_refused_alone_and_among_good_ones(address):
    guard = Guard((), ())

    for answer in ([address], ["8.8.8.8", address], [address, "2606:4700::1111"]):
        with pytest.raises(NoAnswerError) as caught:
            guard.door("podcast.example", 443, answer)
        assert caught.value.kind is FailureKind.REFUSED
        assert address in caught.value.detail


@pytest.mark.parametrize("address", GOOD)
def test_a_public_address_passes(address):
    door = Guard(("127.0.0.0/8",), ()).door("podcast.example", 443, [address])

    assert (door.addresses, door.inside) == ((address,), False)


@pytest.mark.parametrize("answer", ["fe80::1%eth0", "2606:4700::1%1", "podcast.example", "8.8.8.8/8", "", "8.8.8"])
def test_what_is_no_plain_address_is_refused(answer):
    with pytest.raises(NoAnswerError):
        Guard((), ()).door("podcast.example", 443, [answer])


def test_no_address_at_all_passes_nothing():
    with pytest.raises(NoAnswerError):
        Guard(("0.0.0.0/0",), ()).door("podcast.example", 443, [])


@pytest.mark.parametrize("port", [1, 22, 25, 3306, 6379, 8081])
def test_a_port_is_closed_until_it_is_opened(port):
    with pytest.raises(NoAnswerError, match=f"port {port}"):
        Guard((), ()).door("podcast.example", port, ["8.8.8.8"])

    assert Guard((), (port,)).door("podcast.example", port, ["8.8.8.8"]).port == port


@pytest.mark.parametrize("port", [80, 443, 8080, 8443])
def test_the_ports_of_the_web_are_open(port):
    assert Guard((), ()).door("podcast.example", port, ["8.8.8.8"]).port == port


def test_the_allow_list_opens_its_networks_on_every_port_and_nothing_else():
    guard = Guard(("10.1.0.0/16", "fd00::/8"), ())

    assert guard.door("home.example", 6379, ["10.1.2.3", "fd00::1"]).inside
    for address in ("10.2.0.1", "127.0.0.1", "::ffff:10.1.2.3", "64:ff9b::a01:203"):
        with pytest.raises(NoAnswerError):
            guard.door("home.example", 80, [address])


def test_inside_and_outside_in_one_answer_is_refused():
    with pytest.raises(NoAnswerError, match="both"):
        Guard(("10.0.0.0/8",), ()).door("home.example", 80, ["10.1.2.3", "8.8.8.8"])


def test_who_allows_one_loopback_allows_the_other():
    assert Guard(("127.0.0.0/8",), ()).door("localhost", 80, ["::1", "127.0.0.1"]).inside
    with pytest.raises(NoAnswerError):
        Guard(("127.1.0.0/16",), ()).door("localhost", 80, ["::1"])


def test_an_unallowed_server_of_this_machine_is_never_connected_to(serve):
    server = serve(ok())
    names = {
        "private.example": ("127.0.0.1",),
        "mixed.example": ("93.184.215.14", "127.0.0.1"),
        "mapped.example": ("::ffff:127.0.0.1",),
        "localhost": ("127.0.0.1", "::1"),
    }

    with Fetcher(FetchSettings(), user_agent=AGENT, resolve=names.__getitem__) as fetcher:
        for host in ("127.0.0.1", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", *names):
            result = fetcher.get(f"http://{host}:{server.port}/", now=NOW)

            assert isinstance(result, Failed)
            assert result.kind is FailureKind.REFUSED

    assert server.connections == 0


def test_a_name_that_turns_bad_finds_no_kept_connection(serve):
    server = serve(ok(b"<rss/>", "Connection: keep-alive"))
    answers = iter([("127.0.0.1",), ("169.254.169.254",), ("127.0.0.1",)])
    settings = FetchSettings(allow=("127.0.0.0/8",))

    with Fetcher(settings, user_agent=AGENT, resolve=lambda _: next(answers)) as fetcher:
        results = [fetcher.get(f"http://podcast.example:{server.port}/", now=NOW) for _ in range(3)]

    assert [type(result) for result in results] == [Fetched, Failed, Fetched]
    assert len(server.requests) == 2
    assert server.header("host") == f"podcast.example:{server.port}"


def test_a_name_is_looked_up_once_for_each_request(serve):
    asked = []
    server = serve(ok())

    def resolve(host: str) -> tuple[str, ...]:
        asked.append(host)
        return ("127.0.0.1",)

    with Fetcher(FetchSettings(allow=("127.0.0.0/8",)), user_agent=AGENT, resolve=resolve) as fetcher:
        fetcher.get(f"http://podcast.example:{server.port}/", now=NOW)

    assert asked == ["podcast.example"]


def test_a_dead_address_gives_way_to_the_next(serve):
    server = serve(ok(), address="127.0.0.2")
    settings = FetchSettings(allow=("127.0.0.0/8",))

    with Fetcher(settings, user_agent=AGENT, resolve=lambda _: ("127.0.0.3", "127.0.0.2")) as fetcher:
        result = fetcher.get(f"http://podcast.example:{server.port}/", now=NOW)

    assert isinstance(result, Fetched)


def test_a_name_that_nobody_knows_is_a_failure_of_its_own():
    def resolve(_: str) -> tuple[str, ...]:
        raise OSError(-2, "Name or service not known")

    with Fetcher(FetchSettings(), user_agent=AGENT, resolve=resolve) as fetcher:
        result = fetcher.get("https://nobody.example/", now=NOW)

    assert isinstance(result, Failed)
    assert (result.kind, result.detail) == (FailureKind.DNS, "nobody.example: no such name")


def test_a_redirect_stays_within_the_allow_list(serve, fetcher):
    home = serve(ok())
    server = serve(moved(f"{home.url}/b"))

    assert isinstance(fetcher.get(server.url, now=NOW), Fetched)
