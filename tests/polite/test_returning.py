"""When a server is asked again: P8 to P23 and P39, through the whole program."""

from datetime import timedelta
from itertools import pairwise

import pytest

from mediafeed.model.source import FailureKind, Outcome, Source, Visit
from tests.polite.conftest import DAY, HOUR
from tests.refresh.origin import feed, item

FEED = feed(item(1), item(2))


def delay(visit: Visit) -> timedelta:
    assert visit.next_visit is not None
    return visit.next_visit - visit.at


def about(span: timedelta) -> object:
    """Stand for a span, or up to a tenth more, and never less."""

    class Tenth:
        def __eq__(self, other: object) -> bool:
            return isinstance(other, timedelta) and span <= other <= span * 1.1 + timedelta(seconds=1)

        __hash__ = None  # type: ignore[assignment]

        def __repr__(self) -> str:
            return f"{span} to {span * 1.1}"

    return Tenth()


def test_p8_a_source_is_left_alone_for_an_hour(start, origin):
    poller = start(origin.serve_politely("/feed", FEED, '"1"'))

    assert [delay(poller.poll()) for _ in range(5)] == [about(HOUR)] * 5


def test_p9_a_source_without_validators_is_left_alone_for_a_day(start, origin):
    poller = start(origin.serve("/feed", FEED))

    assert [delay(poller.poll()) for _ in range(3)] == [about(DAY)] * 3


def test_p10_a_storm_of_refreshes_by_name_is_one_visit(start, origin):
    poller = start(origin.serve_politely("/feed", FEED, '"1"'))

    for _ in range(20):
        chosen = poller.house.mediafeed.choose(["straits"])
        poller.house.mediafeed.refresh(chosen.sources)
        poller.clock.move(minutes=2)

    assert len(origin.asked("/feed")) == 1


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (["Cache-Control: public, max-age=14400, s-maxage=60"], 4 * HOUR),
        (["Cache-Control: max-age=14400", "Age: 7200"], 2 * HOUR),
        (["Date: Sat, 01 Oct 2022 12:00:00 GMT", "Expires: Sat, 01 Oct 2022 17:00:00 GMT"], 5 * HOUR),
        (["Cache-Control: max-age=60", "Expires: Sat, 01 Oct 2022 17:00:00 GMT"], HOUR),
        (["Cache-Control: max-age=31536000"], DAY),
        (["Cache-Control: no-cache, max-age=14400"], HOUR),
        (["Cache-Control: no-store"], HOUR),
        (["Cache-Control: max-age=0"], HOUR),
        (["Expires: 0"], HOUR),
        (["Cache-Control: max-age=abc"], HOUR),
    ],
)
def test_p12_to_p16_a_server_says_how_long_its_answer_is_good(start, origin, headers, expected):
    poller = start(origin.serve("/feed", FEED, 'ETag: "1"', *headers))

    assert delay(poller.poll()) == about(expected)


def test_p12_freshness_that_a_304_does_not_repeat_stays(start, origin):
    poller = start(origin.serve("/feed", FEED, 'ETag: "1"', "Cache-Control: max-age=14400"))

    poller.poll()
    origin.fail("/feed", "304 Not Modified", 'ETag: "1"')

    assert [delay(poller.poll()) for _ in range(2)] == [about(4 * HOUR)] * 2


def test_p14_a_trusted_host_is_left_alone_for_longer_than_a_day(start, origin):
    url = origin.serve("/feed", FEED, 'ETag: "1"', "Cache-Control: max-age=432000")

    assert delay(start(url, trusted=("127.0.0.1",)).poll()) == about(5 * DAY)


SY = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
DAILY = f"<sy:updatePeriod {SY}>daily</sy:updatePeriod>"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<ttl>180</ttl>", 3 * HOUR),
        ("<ttl>10</ttl>", HOUR),
        ("<ttl>100000</ttl>", DAY),
        ("<ttl>soon</ttl>", HOUR),
        (DAILY, DAY),
        (f"{DAILY}<sy:updateFrequency {SY}>4</sy:updateFrequency>", 6 * HOUR),
    ],
)
def test_p17_a_feed_says_how_often_to_come_and_a_304_does_not_take_it_back(start, origin, head, expected):
    poller = start(origin.serve_politely("/feed", feed(item(1), head=head), '"1"'))

    assert [delay(poller.poll()) for _ in range(2)] == [about(expected)] * 2


def test_p18_hours_and_days_that_a_feed_wants_to_be_skipped_are(start, origin):
    hours = "".join(f"<hour>{hour}</hour>" for hour in (24, 1, 2, 3, 13))
    head = f"<skipHours>{hours}</skipHours><skipDays><day>Sunday</day><day>Monday</day></skipDays>"
    poller = start(origin.serve_politely("/feed", feed(item(1), head=head), '"1"'))

    visits = poller.poll_for(14 * DAY)

    assert len(visits) > 80
    assert not {visit.at.hour for visit in visits[1:]} & {0, 1, 2, 3, 13}
    assert not {visit.at.weekday() for visit in visits[1:]} & {6, 0}


def test_p18_a_feed_that_skips_every_hour_is_visited_all_the_same(start, origin):
    head = f"<skipHours>{''.join(f'<hour>{hour}</hour>' for hour in range(24))}</skipHours>"
    poller = start(origin.serve("/feed", feed(item(1), head=head), 'ETag: "1"'))

    assert delay(poller.poll()) == about(HOUR)


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (["Retry-After: 18000"], 5 * HOUR),
        (["Date: Sat, 01 Oct 2022 10:00:00 GMT", "Retry-After: Sat, 01 Oct 2022 15:00:00 GMT"], 5 * HOUR),
        (["Retry-After: 10000000000"], 7 * DAY),
        (["Retry-After: -1"], HOUR),
        (["Retry-After: soon"], HOUR),
        (["Retry-After: 1"], HOUR),
    ],
)
def test_p19_a_server_that_says_when_is_not_asked_before(start, origin, status, said, expected):
    assert delay(start(origin.fail("/feed", status, *said)).poll()) == about(expected)


def test_p19_a_host_that_asks_to_wait_is_asked_by_no_source_before_and_by_all_after(start, origin):
    other = Source(id="other", url=origin.serve("/other", feed(item(1))))
    poller = start(origin.fail("/feed", "429 Too Many Requests", "Retry-After: 18000"), others=(other,))

    poller.poll()
    poller.clock.move(hours=4)
    waiting = poller.house.mediafeed.polling.turns(poller.clock.now, lambda _: False)
    poller.clock.move(hours=2)
    planned = poller.house.store.state("other").next_visit

    assert not waiting
    assert planned is not None
    assert planned - poller.clock.now >= -HOUR
    assert poller.house.visit("other").outcome is Outcome.NEW


@pytest.mark.parametrize("status", ["429 Too Many Requests", "500 Internal Server Error", "502 Bad Gateway"])
def test_p20_p21_failures_in_a_row_double_the_time_up_to_a_day_and_a_success_ends_it(start, origin, status):
    poller = start(origin.fail("/feed", status))

    failing = [delay(poller.poll()) for _ in range(7)]
    origin.serve("/feed", FEED, 'ETag: "1"')
    well = delay(poller.poll())
    origin.fail("/feed", status)
    again = delay(poller.poll())

    assert failing == [about(hours * HOUR) for hours in (1, 2, 4, 8, 16, 24, 24)]
    assert (well, again) == (about(HOUR), about(HOUR))


def test_p21_a_name_that_is_not_found_is_looked_up_ever_more_rarely(start):
    poller = start("http://nowhere.invalid/feed")

    visits = [poller.poll() for _ in range(3)]

    assert {visit.kind for visit in visits} == {FailureKind.DNS}
    assert [delay(visit) for visit in visits] == [about(HOUR), about(2 * HOUR), about(4 * HOUR)]


@pytest.mark.parametrize("status", ["401 Unauthorized", "403 Forbidden", "404 Not Found"])
def test_p22_a_site_that_says_no_is_asked_once_a_day_and_after_a_month_once_a_week(start, origin, status):
    poller = start(origin.fail("/feed", status))

    visits = poller.poll_for(60 * DAY)

    gaps = [after.at - before.at for before, after in pairwise(visits)]
    assert gaps[0] == about(DAY)
    assert gaps[-1] == about(7 * DAY)
    assert "correct or remove it" in poller.state.why


def test_p23_what_is_gone_is_never_asked_again_and_stays_published(start, origin, caplog):
    poller = start(origin.serve("/feed", FEED, 'ETag: "1"'))
    poller.house.visit_and_publish()
    before = poller.house.published()
    origin.fail("/feed", "410 Gone")
    poller.poll()

    poller.clock.move(days=400)
    due = poller.house.mediafeed.choose(())
    named = poller.house.mediafeed.choose(["straits"])
    poller.house.mediafeed.publish()

    assert not due.sources
    assert "stopped: gone (410)" in named.skipped[0][1]
    assert "operator needed" in caplog.text
    assert poller.house.published() == before


def test_p23_a_person_may_ask_again(start, origin):
    poller = start(origin.fail("/feed", "410 Gone"))
    poller.poll()
    poller.clock.move(hours=2)
    origin.serve("/feed", FEED, 'ETag: "1"')

    poller.house.mediafeed.refresh(poller.house.mediafeed.choose(["straits"], force=True).sources)

    assert not poller.state.stopped
    assert poller.state.next_visit is not None


def test_p39_by_hand_a_source_is_not_visited_against_a_wish_but_by_force_once_a_minute_and_told(start, origin, caplog):
    poller = start(origin.fail("/feed", "429 Too Many Requests", "Retry-After: 18000"))
    poller.poll()
    poller.clock.move(hours=2)
    choose = poller.house.mediafeed.choose

    plain = choose(["straits"])
    forced = choose(["straits"], force=True)
    poller.house.mediafeed.refresh(forced.sources)
    poller.clock.move(seconds=59)
    at_once = choose(["straits"], force=True)

    assert "asked not to be visited" in plain.skipped[0][1]
    assert [source.id for source in forced.sources] == ["straits"]
    assert not at_once.sources
    assert len(origin.asked("/feed")) == 2
    assert "forced" in caplog.text
