from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from mediafeed.model.episode import Show
from mediafeed.model.source import Source, SourceState
from mediafeed.publish.theme import default_theme
from mediafeed.serve.routes import Answer, Request
from mediafeed.serve.sources import SourcesPage
from tests.publish.shelf import SITE
from tests.publish.shelf import TIDES as SHOW
from tests.publish.test_source_pages import NOON, TIDES, WELL


class Polls:
    def sources(self) -> Sequence[Source]:
        return [TIDES]

    def states(self) -> Sequence[SourceState]:
        return [WELL]

    def shows(self) -> Sequence[Show]:
        return [SHOW]


def answered(path: str, now: datetime = NOON + timedelta(minutes=5)) -> Answer:
    page = SourcesPage(Polls(), SITE, default_theme(), usual=timedelta(hours=1), clock=lambda: now)
    return page.answer(Request(method="GET", path=path))


def test_the_last_visit_and_the_next_and_why_then_are_told_as_they_are_now():
    page = answered("/sources/").body.decode()

    assert 'As of <time datetime="2022-09-21T12:05:00+00:00">21 September 2022, 12:05 UTC</time>' in page
    assert '<time datetime="2022-09-21T12:00:00+00:00">21 September 2022, 12:00 UTC</time>: nothing new' in page
    assert '<time datetime="2022-09-21T13:00:00+00:00">21 September 2022, 13:00 UTC</time>: every hour' in page


def test_a_visit_whose_time_has_come_is_due():
    assert "<dd>due: every hour</dd>" in answered("/sources/", datetime(2022, 9, 22, tzinfo=UTC)).body.decode()


@pytest.mark.parametrize("path", ["/sources/page/2/", "/sources/page/0/", "/sources/page/x/", "/sources/page/1/x"])
def test_a_page_that_is_not_there_is_not_made_up(path):
    assert answered(path).status == 404
