"""Thirty days, 130 servers of 26 kinds: a checker that knows only the wire finds nothing."""

from datetime import timedelta

import pytest
from benchmarks.polite.checking import (
    Exchange,
    crowded,
    hosts_violated,
    share_of_304,
    violations,
)
from benchmarks.polite.simulating import World
from benchmarks.polite.world import KINDS, START, Reply, Request, servers

COUNT, DAYS = 5 * len(KINDS), 30


@pytest.fixture(scope="module")
def world() -> World:
    made = World(servers(COUNT))
    made.run(DAYS)
    return made


def of(world: World, name: str) -> list[Exchange]:
    return [exchange for exchange in world.exchanges if exchange[0].source == name]


def test_no_server_is_asked_against_a_statement(world: World):
    by_source: dict[str, list[Exchange]] = {}
    for exchange in world.exchanges:
        by_source.setdefault(exchange[0].source, []).append(exchange)
    end = START + timedelta(days=DAYS)

    found = [one for server in world.servers for one in violations(server, by_source[server.name], end)]

    assert not found[:10]


def test_no_host_is_asked_while_it_wants_to_wait_nor_twice_in_two_seconds(world: World):
    assert not list(hosts_violated(world.exchanges))[:10]


def test_no_two_sources_begin_at_once(world: World):
    assert not list(crowded(world.exchanges, world.gap))[:10]


def test_nearly_every_document_that_did_not_change_costs_a_304(world: World):
    assert share_of_304(world.servers, world.exchanges) >= 0.95


def test_servers_of_every_kind_were_asked(world: World):
    asked = {request.source for request, _ in world.exchanges}

    assert len(world.exchanges) > 30_000
    assert asked == {server.name for server in world.servers}
    assert {server.kind for server in world.servers} == set(KINDS)


# The checker sees what it is there to see


def seen(kind: str, *exchanges: tuple[float, int, dict[str, str], dict[str, str]]) -> set[str]:
    server = next(server for server in servers(len(KINDS)) if server.kind == kind)
    made: list[Exchange] = []
    for hours, status, asked, said in exchanges:
        at = START + timedelta(hours=10 + hours)
        made.append((Request(at, server.name, server.url, asked), Reply(status, said)))
    end = START + timedelta(hours=10 + exchanges[-1][0])
    return {one.statement for one in (*violations(server, made, end), *hosts_violated(made))}


ETAG = {"ETag": '"1"'}


@pytest.mark.parametrize(
    ("statement", "kind", "exchanges"),
    [
        ("P8", "etag", [(0, 200, {}, ETAG), (0.9, 304, {"If-None-Match": '"1"'}, ETAG)]),
        ("P9", "none", [(0, 200, {}, {}), (23, 200, {}, {})]),
        (
            "P12",
            "maxage",
            [(0, 200, {}, ETAG | {"Cache-Control": "max-age=14400"}), (2, 304, {"If-None-Match": '"1"'}, {})],
        ),
        ("P2, P3", "etag", [(0, 200, {}, ETAG), (2, 304, {"If-None-Match": "1"}, ETAG)]),
        ("P7", "etag", [(0, 200, {}, ETAG), (100, 200, {}, ETAG)]),
        ("P18", "skips", [(0, 200, {}, ETAG), (15, 304, {"If-None-Match": '"1"'}, ETAG)]),
        ("P19", "429", [(0, 429, {}, {"Retry-After": "20000"}), (2, 200, {}, ETAG)]),
        ("P20, P21", "500", [(0, 500, {}, {}), (1, 500, {}, {}), (2.5, 500, {}, {})]),
        ("P22", "404", [(0, 404, {}, {}), (12, 404, {}, {})]),
        ("P23", "410", [(0, 410, {}, {}), (48, 410, {}, {})]),
        ("P36", "etag", [(0, 302, {}, {"Location": "/"}), (0.0001, 200, {}, ETAG)]),
    ],
)
def test_a_checker_that_is_shown_a_violation_names_it(statement: str, kind: str, exchanges):
    assert statement in seen(kind, *exchanges)


def test_a_checker_that_is_shown_good_manners_says_nothing():
    asked = {"If-None-Match": '"1"'}

    assert not seen("etag", (0, 200, {}, ETAG), (1.1, 304, asked, ETAG), (2.3, 304, asked, ETAG))
