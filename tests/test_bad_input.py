"""Every kind of bad source in one config beside a healthy one: each costs itself and nobody else."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lxml import etree

from mediafeed.errors import PublishError
from mediafeed.model.episode import Episode
from mediafeed.model.settings import FetchSettings
from mediafeed.model.source import FailureKind, Outcome, Source, Visit
from tests.fetch.conftest import ok
from tests.refresh.origin import START, Clock, House, Origin, Route, assembled_at, config, feed, item

OPML = b"<?xml version='1.0'?><opml version='2.0'><head/><body><outline text='x' xmlUrl='https://x.example/'/></body></opml>"
SITEMAP = b"<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url/></urlset>"
BOMB = (
    b"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a0 'ha'>"
    + b"".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>".encode() for n in range(1, 10))
    + b"]><rss version='2.0'><channel><title>&a9;</title></channel></rss>"
)
XXE = (
    b"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
    b"<rss version='2.0'><channel><title>Straits</title><item><title>&x;</title></item></channel></rss>"
)


def many(number: int) -> bytes:
    return feed(*(f"<item><guid>{n}</guid></item>" for n in range(number)))


def headed(head: str) -> bytes:
    return feed(item(1), head=head)


def in_encoding(name: str, body: str = "Straits") -> bytes:
    declared = f"<?xml version='1.0' encoding='{name}'?>"
    return f"{declared}<rss version='2.0'><channel><title>{body}</title></channel></rss>".encode()


@dataclass(frozen=True)
class Bad:
    """One bad source, and the reasons that may be given for it."""

    route: Route
    kinds: tuple[FailureKind, ...]


def bad(route: Route, *kinds: FailureKind) -> Bad:
    return Bad(route, kinds)


def status(line: str) -> bytes:
    return ok(b"", status=line)


K = FailureKind
BAD: dict[str, Bad] = {
    "blocked": bad(status("403 Forbidden"), K.BLOCKED),
    "login": bad(status("401 Unauthorized"), K.BLOCKED),
    "missing": bad(status("404 Not Found"), K.MISSING),
    "gone": bad(status("410 Gone"), K.GONE),
    "broken-server": bad(status("500 Internal Server Error"), K.SERVER),
    "no-content": bad(b"HTTP/1.1 204 No Content\r\n\r\n", K.STATUS),
    "partial": bad(ok(feed(item(1)), status="206 Partial Content"), K.STATUS),
    "unasked-304": bad(b"HTTP/1.1 304 Not Modified\r\n\r\n", K.STATUS),
    "loop": bad(b"HTTP/1.1 302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\n\r\n", K.REDIRECTS),
    "to-a-file": bad(  # S61
        b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n", K.REFUSED, K.BAD_ADDRESS
    ),
    "no-http": bad(b"220 mail.example ESMTP\r\n\r\n", K.BAD_RESPONSE),
    "announced-huge": bad(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", K.TOO_LARGE),
    "huge": bad(ok(b"<rss><channel>" + b" " * 2_000_000 + b"</channel></rss>"), K.TOO_LARGE),
    "soft-404": bad(ok(b"<!DOCTYPE html><html><body><p>Not here.</body></html>"), K.NOT_FOUND),  # X25
    "opml": bad(ok(OPML), K.NOT_A_FEED),
    "sitemap": bad(ok(SITEMAP), K.NOT_A_FEED),
    "a-picture": bad(ok(b"\x89PNG\r\n\x1a\n" + bytes(500)), K.NOT_A_FEED, K.MALFORMED, K.ENCODING),
    "words": bad(ok(b"The service is down for maintenance."), K.NOT_A_FEED, K.MALFORMED),
    "json-but-no-feed": bad(ok(b'{"error": "no"}'), K.NOT_A_FEED),
    "broken-json": bad(ok(b'{"version": "https://jsonfeed.org/version/1.1", "items": ['), K.MALFORMED, K.NOT_A_FEED),
    "empty": bad(ok(b""), K.EMPTY),  # X26
    "white-space": bad(ok(b" \n\t\n "), K.EMPTY),  # X27
    "billion-laughs": bad(ok(BOMB), K.HOSTILE),  # X1
    "quadratic": bad(  # X2
        ok(
            b"<!DOCTYPE rss [<!ENTITY a '" + b"x" * 100_000 + b"'>]><rss version='2.0'><channel><title>"
            + b"&a;" * 20_000 + b"</title></channel></rss>"
        ),
        K.HOSTILE,
    ),
    "file-entity": bad(ok(XXE), K.HOSTILE),  # X3
    "deep": bad(ok(headed("<a>" * 100_000 + "</a>" * 100_000)), K.HOSTILE),  # X9
    "never-closed": bad(ok(headed("<a>" * 200_000)), K.HOSTILE),  # X10
    "attributes": bad(ok(headed("<a " + " ".join(f"b{n}=''" for n in range(60_000)) + "/>")), K.HOSTILE),  # X12
    "namespaces": bad(  # X13
        ok(headed("<a " + " ".join(f"xmlns:n{n}='u:{n}'" for n in range(40_000)) + "/>")), K.HOSTILE
    ),
    "instructions": bad(ok(headed("<?x y?>" * 100_000)), K.HOSTILE),  # X21
    "too-many-items": bad(ok(many(3_000)), K.TOO_LARGE),  # X16, with a limit of 2,000
    "no-mark-in-utf-16": bad(  # C4
        ok(feed(item(1)).decode().encode("utf-16-le")), K.ENCODING, K.NOT_A_FEED, K.MALFORMED
    ),
    "encoding-zlib": bad(ok(in_encoding("zlib")), K.ENCODING),  # C9
    "encoding-undefined": bad(ok(in_encoding("undefined")), K.ENCODING),
    "encoding-punycode": bad(ok(in_encoding("punycode")), K.ENCODING),
    "encoding-utf-7": bad(ok(in_encoding("utf-7", "+ADw-script+AD4-")), K.ENCODING),  # C8
    "encoding-endless": bad(ok(in_encoding("x" * 100_000)), K.ENCODING, K.MALFORMED, K.HOSTILE),  # C10
}  # fmt: skip

# Odd, and yet to be read: what must come of the one item that each holds.
ODD: dict[str, tuple[bytes, Callable[[Episode], bool]]] = {
    "netscape-doctype": (  # X7
        b'<!DOCTYPE rss SYSTEM "http://my.netscape.com/publish/formats/rss-0.91.dtd">'
        + feed(item(1)).partition(b"?>")[2],
        lambda told: str(told.guid).startswith("guid-1"),
    ),
    "nul-in-title": (feed(item(1, title="A\x00B")), lambda told: "\x00" not in told.title and "B" in told.title),  # X18
    "reference-to-nul": (feed(item(1).replace("Words", "&#0;&#8;Words")), lambda told: "Words" in told.summary),
    "surrogate": (  # X19, C13
        feed(item(1).replace("Words", "&#xD800;Words")), lambda told: told.summary.isprintable()
    ),
    "reference-beyond": (  # X20
        feed(item(1).replace("Words", "&#xFFFFFFFFF;Words")), lambda told: "Words" in told.summary
    ),
    "cdata-end": (feed(item(1, description="a ]]> b")), lambda told: "a ]]> b" in told.summary),  # X22
    "junk-before": (  # X24
        b"\n\nWarning: x in /php on line 3\n" + feed(item(1)), lambda told: str(told.guid).startswith("guid-1")
    ),
    "html-entity": (feed(item(1).replace("Words", "Words&nbsp;here")), lambda told: "here" in told.summary),  # X30
    "utf-8-mark": (b"\xef\xbb\xbf" + feed(item(1)), lambda told: told.number == 1),  # C1
    "utf-16-mark": (  # C2
        feed(item(1, title="Épisode")).decode().replace('encoding="UTF-8"', "").encode("utf-16"),
        lambda told: told.title == "Épisode",
    ),
    "latin-1-called-utf-8": (  # C5
        feed(item(1, title="Épisode")).decode().encode("latin-1"), lambda told: told.title == "Épisode"
    ),
    "noncharacter": (feed(item(1, title="A\ufffeB")), lambda told: "\ufffe" not in told.title),  # C12
    "guid-of-a-megabyte": (feed(item(1, guid="x" * 900_000)), lambda told: len(told.published_guid) < 600),  # F5
    "future": (  # F13
        feed(item(1, pubDate="Thu, 01 Jan 2099 00:00:00 GMT")),
        lambda told: told.published is None and told.dated == START,
    ),
    "zero-date": (feed(item(1, pubDate="0000-00-00")), lambda told: told.dated == START),  # F14
    "year-1": (feed(item(1, pubDate="0001-01-01")), lambda told: told.dated == START),  # F15
    "year-9999": (feed(item(1, pubDate="Fri, 31 Dec 9999 23:59:59 -1200")), lambda told: told.dated == START),  # F16
    "year-10000": (feed(item(1, pubDate="10000-01-01")), lambda told: told.dated == START),  # F17
    "epoch": (  # F18
        feed(item(1, pubDate="1663754400")), lambda told: told.dated == datetime(2022, 9, 21, 10, tzinfo=UTC)
    ),
    "no-such-day": (feed(item(1, pubDate="Wed, 30 Feb 2022 07:00:00 GMT")), lambda told: told.dated == START),  # F25
    "duration-of-5000-digits": (  # F36
        feed(item(1).replace("</item>", f"<itunes:duration>{'9' * 5000}</itunes:duration></item>")),
        lambda told: told.duration is None,
    ),
    "length-none": (  # F40
        feed(item(1).replace("46080000", "None")),
        lambda told: told.enclosure is not None and told.enclosure.length is None,
    ),
    "javascript-enclosure": (feed(item(1, audio="javascript:alert(1)")), lambda told: told.enclosure is None),  # F41
    "no-title": (feed(item(1, title="", description="")), lambda told: told.enclosure is not None),  # F48
    "slug-leads-out": (feed(item(1, title="../../etc/passwd")), lambda told: ".." not in told.path),  # D1
    "served-as-picture": (feed(item(1)), lambda told: told.number == 1),  # C15
}  # fmt: skip


@dataclass(frozen=True)
class Round:
    """What came of one round over all of them."""

    house: House
    visits: dict[str, Visit]
    episodes: dict[str, list[Episode]]


@pytest.fixture(scope="module")
def origin() -> Iterator[Origin]:
    made = Origin()
    yield made
    made.close()


def odd_item(name: str, body: bytes) -> bytes:
    """Tell odd sources apart: they are shows of their own with guids and audio of their own."""
    for text, of in (("straits.example", f"{name}.example"), ("Straits Briefing", name), ("guid-1", f"guid-1-{name}")):
        encoding = "utf-16" if name.startswith("utf-16") else "latin-1"
        body = body.decode(encoding).replace(text, of).encode(encoding)
    return body


@pytest.fixture(scope="module")
def came(tmp_path_factory: pytest.TempPathFactory, origin: Origin) -> Iterator[Round]:
    """Let everything be healthy once, then break all but one; visit twice and publish each time."""
    names = [*BAD, "down", "slow", *ODD]
    sources = [Source(id="healthy", url=origin.url + "/healthy")]
    sources += [Source(id=name, url=f"{origin.url}/{name}") for name in names]
    with_port = [replace(one, url="http://127.0.0.1:1/feed") if one.id == "down" else one for one in sources]
    settings = config(tmp_path_factory.mktemp("bad"), origin, *with_port)
    fetch = FetchSettings(
        allow=("127.0.0.0/8",), max_body=1_500_000, max_items=2_000, deadline=timedelta(seconds=3), directory=origin.url
    )
    settings = replace(settings, fetch=fetch, poll=replace(settings.poll, minimum=timedelta(hours=1)))
    clock = Clock()
    origin.serve("/healthy", feed(item(1), title="Healthy"))
    with assembled_at(clock, settings) as house:
        for name in BAD:
            origin.serve(f"/{name}", odd_item(name, feed(item(1))))
        house.visit_and_publish("healthy", *BAD)
        for name, source in BAD.items():
            origin.routes[f"/{name}"] = source.route
        origin.routes["/unasked-304"] = lambda _: ok(b"", status="304 Not Modified")
        origin.routes["/slow"] = slow
        for name, (body, _) in ODD.items():
            kind = "image/png" if name == "served-as-picture" else "application/rss+xml"
            origin.serve(f"/{name}", odd_item(name, body), f"Content-Type: {kind}")
        origin.serve("/healthy", feed(item(2), item(1), title="Healthy"))
        visits = {visit.source: visit for visit in house.mediafeed.refresh(settings.sources)}
        house.mediafeed.publish()
        episodes: dict[str, list[Episode]] = {}
        for episode in house.store.episodes([row.id for row in house.store.index()]):
            for hearing in episode.hearings:
                episodes.setdefault(hearing.source, []).append(episode)
        yield Round(house, visits, episodes)


def slow(_request: bytes) -> bytes:
    """Announce more than comes."""
    return b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<rss>"


def test_the_healthy_source_is_published_whatever_the_others_do(came: Round):
    assert (came.visits["healthy"].outcome, came.visits["healthy"].new) == (Outcome.NEW, 1)
    assert "guid-2" in came.house.published()


@pytest.mark.parametrize("name", BAD)
def test_a_bad_source_fails_for_the_right_reason(came: Round, name: str):
    visit = came.visits[name]

    assert visit.outcome is Outcome.FAILED, f"{name} came to {visit.outcome}"
    assert visit.kind in BAD[name].kinds, visit.detail
    assert visit.detail


@pytest.mark.parametrize("name", ["down", "slow"])
def test_a_server_that_is_down_or_slow_fails_for_that_reason(came: Round, name: str):
    assert came.visits[name].kind is {"down": K.CONNECT, "slow": K.TIMEOUT}[name]


@pytest.mark.parametrize("name", [*BAD, "down", "slow"])
def test_a_failing_source_says_when_it_is_visited_next_and_why_then(came: Round, name: str):
    state = came.house.store.state(name)

    assert state.failures == 1
    assert state.why
    if name == "gone":
        assert state.stopped
        assert state.next_visit is None
    else:
        assert state.next_visit is not None
        assert timedelta(hours=1) <= state.next_visit - START <= timedelta(hours=27)


def test_what_a_failing_source_said_before_stays_published(came: Round):
    published = came.house.published()

    assert [name for name in BAD if f"guid-1-{name}<" not in published] == []


@pytest.mark.parametrize("name", ODD)
def test_an_odd_source_is_understood(came: Round, name: str):
    visit = came.visits[name]

    assert visit.outcome is Outcome.NEW, f"{visit.kind}: {visit.detail}"
    (episode,) = came.episodes[name]
    assert ODD[name][1](episode), episode


@pytest.mark.parametrize("name", ["latin-1-called-utf-8", "served-as-picture", "junk-before"])
def test_what_had_to_be_doubted_is_told(came: Round, name: str):
    assert came.visits[name].flags


def test_everything_published_is_well_formed_and_nothing_leads_out_of_the_folder(came: Round):
    files = [path for path in came.house.output.rglob("*") if path.is_file()]

    assert len(files) > len(ODD)
    for path in files:
        if path.suffix == ".xml":
            etree.parse(path)
    assert all(path.resolve().is_relative_to(came.house.output.resolve()) for path in files)
    assert "root:" not in came.house.published()


def test_publishing_again_changes_no_byte_and_no_time(came: Round):
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in came.house.output.rglob("*.*")}

    published = came.house.mediafeed.publish()

    assert not published.written
    assert {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in came.house.output.rglob("*.*")} == before


# A source that plays tricks with what it lists


def test_an_undated_future_episode_does_not_stand_on_top_for_ever(tmp_path: Path, origin: Origin):
    clock = Clock()
    url = origin.serve("/tricks", feed(item(1, pubDate="Thu, 01 Jan 2099 00:00:00 GMT")))
    with assembled_at(clock, config(tmp_path, origin, Source(id="tricks", url=url))) as house:
        house.visit()
        clock.move(days=1)
        late = "Sun, 02 Oct 2022 11:00:00 GMT"
        origin.serve("/tricks", feed(item(2, pubDate=late), item(1, pubDate="Thu, 01 Jan 2099 00:00:00 GMT")))
        house.visit()

        assert [title[:9] for title in house.titles()] == ["Episode 2", "Episode 1"]


def test_a_source_that_dates_everything_with_now_changes_nothing_that_is_published(tmp_path: Path, origin: Origin):
    clock = Clock()
    with assembled_at(clock, config(tmp_path, origin, Source(id="tricks", url=origin.url + "/tricks"))) as house:
        dates = []
        for _ in range(4):
            now = clock.now.strftime("%a, %d %b %Y %H:%M:%S GMT")
            origin.serve("/tricks", feed(item(1, pubDate=now)))
            house.visit_and_publish()
            dates.append(house.store.index()[0].dated)
            clock.move(hours=1)

        assert set(dates) == {START}


# The folder that is published to


@pytest.fixture
def house(tmp_path: Path, origin: Origin) -> Iterator[House]:
    url = origin.serve("/straits", feed(item(1)))
    with assembled_at(Clock(), config(tmp_path, origin, Source(id="straits", url=url))) as made:
        made.visit()
        yield made


def test_an_output_that_cannot_be_written_is_told_and_the_store_keeps_what_was_heard(house: House):
    house.output.write_text("a file stands where the folder should be")

    with pytest.raises(PublishError, match="feeds"):
        house.mediafeed.publish()
    house.output.unlink()
    house.mediafeed.publish()

    assert "guid-1" in house.published()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere; tests/publish/test_write.py has the refusals")
def test_a_read_only_output_is_told(house: House):
    house.output.mkdir(mode=0o555)

    with pytest.raises(PublishError, match="Permission denied"):
        house.mediafeed.publish()


def test_an_output_that_is_a_symbolic_link_is_refused(tmp_path: Path, origin: Origin):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "feeds").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(PublishError, match="symbolic link"), assembled_at(Clock(), config(tmp_path, origin)):
        pass


def test_a_folder_that_was_swapped_for_a_link_is_not_followed(house: House, tmp_path: Path):
    (tmp_path / "elsewhere").mkdir()
    house.output.mkdir()
    (house.output / "episodes").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(PublishError):
        house.mediafeed.publish()

    assert not list((tmp_path / "elsewhere").iterdir())


def test_foreign_files_are_not_touched(house: House):
    house.output.mkdir()
    foreign = house.output / "CNAME"
    foreign.write_text("podcasts.example.org")
    (house.output / "episodes").mkdir()
    (house.output / "episodes" / "notes.txt").write_text("mine")
    before = foreign.stat().st_mtime_ns

    house.mediafeed.publish()

    assert foreign.read_text() == "podcasts.example.org"
    assert foreign.stat().st_mtime_ns == before
    assert (house.output / "episodes" / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("output", ["/", "~", "data", "."])
def test_a_folder_that_is_no_folder_of_its_own_is_refused(tmp_path: Path, origin: Origin, output: str):
    settings = config(tmp_path, origin)
    folder = str(Path(output).expanduser()) if output in ("/", "~") else str(tmp_path / output)

    with (
        pytest.raises(PublishError),
        assembled_at(Clock(), replace(settings, site=replace(settings.site, output=folder))),
    ):
        pass
