from dataclasses import replace
from datetime import UTC, datetime

import pytest
from lxml import etree

from mediafeed.model.published import IndexRow
from mediafeed.publish.timeline import appearances_timeline, episodes_timeline

START = datetime(2022, 9, 21, tzinfo=UTC)
ROW = IndexRow(
    id="e",
    show="tides",
    path="tides/e",
    dated=START,
    day="2022-09-21",
    changed_at=START,
    blocked=False,
    fingerprint="",
    fragment_key="",
    rss_length=0,
    views=(),
    appearances=(),
)


def rows(*days: str, role: str = "guest") -> list[IndexRow]:
    return [replace(ROW, day=day, appearances=(("ines", role),)) for day in days]


def test_a_short_time_is_drawn_month_by_month_empty_months_too():
    drawn = appearances_timeline("ines", rows("2022-11-03", "2022-09-30", "2022-09-01"))

    assert drawn is not None
    assert drawn.columns[8:11] == (("September 2022", 2, 0), ("October 2022", 0, 0), ("November 2022", 1, 0))
    assert (drawn.columns[0][0], drawn.columns[-1][0]) == ("January 2022", "December 2022")
    assert drawn.title == "Appearances in 2022"
    assert drawn.words == "September 2022: 2 as guest; November 2022: 1 as guest"


def test_a_longer_time_is_drawn_by_quarters_and_a_long_one_by_years():
    quarters, years = (episodes_timeline(rows(f"{first}-01-01", "2022-09-01", "2022-10-01")) for first in (2015, 2005))

    assert quarters is not None
    assert years is not None
    assert quarters.words == (
        "January to March 2015: 1 episode; July to September 2022: 1 episode; October to December 2022: 1 episode"
    )
    assert len(quarters.columns) == 32
    assert years.words == "2005: 1 episode; 2022: 2 episodes"
    assert years.title == "Episodes from 2005 to 2022"


def test_hosts_and_guests_are_told_apart():
    drawn = appearances_timeline("ines", [*rows("2022-09-01", role="host"), *rows("2022-10-01", "2022-10-02")])

    assert drawn is not None
    assert drawn.words == "September 2022: 1 as host; October 2022: 2 as guest"


@pytest.mark.parametrize("days", [(), ("2022-09-01",), ("2022-09-01", "2022-09-30")])
def test_what_would_be_no_picture_is_not_drawn(days):
    assert episodes_timeline(rows(*days)) is None


def test_the_picture_has_a_name_a_description_and_no_style():
    drawn = appearances_timeline("ines", [*rows("2015-09-01", role="host"), *rows("2022-10-01", "2022-10-02")])
    assert drawn is not None

    svg = etree.fromstring(drawn.picture)

    ids = {node.get("id"): node.text for node in svg if node.get("id")}
    assert svg.get("role") == "img"
    assert [ids[name] for name in svg.get("aria-labelledby", "").split()] == [drawn.title, drawn.words]
    assert not [node for node in svg.iter() if node.get("style") or node.tag == "style"]
    assert {node.get("class") for node in svg.iter("rect")} == {"guest", "host", "ground"}


def test_bars_stay_inside_the_picture_and_the_smallest_can_be_seen():
    drawn = episodes_timeline(rows("2022-09-01", *["2022-10-01"] * 500))
    assert drawn is not None

    assert not drawn.both_roles
    bars = [node for node in etree.fromstring(drawn.picture).iter("rect") if node.get("class") != "ground"]

    assert [float(node.get("height", 0)) for node in bars] == [1.5, 40]
    assert all(float(node.get("y", -1)) >= 0 for node in bars)
