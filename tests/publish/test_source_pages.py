from dataclasses import replace
from datetime import UTC, datetime, timedelta

from mediafeed.model.source import FailureKind, Outcome, Source, SourceState, Visit
from mediafeed.publish import source_pages
from mediafeed.publish.site import Extras, plan
from mediafeed.publish.source_pages import Polled, polled_sources
from tests.publish.shelf import Shelf, episode

NOON = datetime(2022, 9, 21, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
TIDES = Source(id="tides", title="Tides", url="https://feeds.example/tides.xml")
VISIT = Visit(source="tides", at=NOON, outcome=Outcome.UNCHANGED, next_visit=NOON + HOUR, why="every hour")
WELL = SourceState(id="tides", last_visit=VISIT, next_visit=NOON + HOUR, why="every hour", episodes=3)
FAILED = replace(
    WELL,
    last_visit=replace(VISIT, outcome=Outcome.FAILED, kind=FailureKind.MISSING, detail="404 from 10.0.0.7"),
    failures=3,
    failing_since=NOON - timedelta(days=2),
)


def pages(*states: SourceState, sources: tuple[Source, ...] = (TIDES,)) -> dict[str, str]:
    held = Shelf([episode(1)])
    polled = polled_sources(sources, states, HOUR)
    documents = plan(held, held.site, held.views, Extras(polled=polled))
    return {one.path: one.render().decode() for one in documents if one.path.startswith("sources/")}


def one(state: SourceState, source: Source = TIDES, *, just_now: bool = False) -> Polled:
    (polled,) = polled_sources([source], [state], HOUR, just_now=just_now)
    return polled


def test_what_is_published_is_the_same_after_visits_that_brought_nothing():
    later = replace(WELL, last_visit=replace(VISIT, at=NOON + HOUR, why="asked to wait"), next_visit=NOON + 3 * HOUR)
    hiccup = replace(FAILED, failures=2)

    assert pages(later) == pages(WELL) == pages(hiccup)


def test_a_source_that_fails_again_and_again_is_said_to_be_broken_since_when_and_how_but_not_in_detail():
    page = pages(FAILED)["sources/index.html"]

    assert "Broken since 19 September 2022: not there. What it brought before stays." in page
    assert "1 source brings nothing at present: <bdi>Tides</bdi>" in page
    assert "10.0.0.7" not in page


def test_the_address_shows_and_number_of_episodes_are_told():
    page = pages(WELL)["sources/index.html"]

    assert '<a href="https://feeds.example/tides.xml" rel="noopener nofollow">feeds.example</a>' in page
    assert '<a href="../shows/tides/"><bdi>Tides &amp; Treaties</bdi></a>' in page
    assert "<dd>3</dd>" in page
    assert "every 60 minutes" in page


def test_an_address_that_asks_for_a_login_or_holds_one_is_not_told():
    assert one(WELL, replace(TIDES, auth="env:TIDES")).address is None
    assert one(WELL, replace(TIDES, url="https://me:secret@feeds.example/")).address is None


def test_just_now_the_visits_are_told_and_a_hiccup_by_them_alone():
    well, failing = one(WELL, just_now=True), one(replace(FAILED, failures=2), just_now=True)

    assert well.visited == source_pages.Visited(at=NOON, outcome="nothing new", following=NOON + HOUR, why="every hour")
    assert failing.trouble is None
    assert failing.visited is not None
    assert failing.visited.outcome == "failed: not there"
    assert one(FAILED, just_now=True).trouble == one(FAILED).trouble is not None


def test_a_source_that_is_no_longer_visited_says_so():
    assert "no longer visited" in str(one(replace(FAILED, stopped=True)).trouble)
    assert one(replace(WELL, configured=False)).trouble == "No longer visited. What it brought stays."
    assert polled_sources([TIDES], [replace(WELL, configured=False, episodes=0)], HOUR) == ()


def test_many_sources_stand_on_pages_that_lead_to_each_other(monkeypatch):
    monkeypatch.setattr(source_pages, "PER_PAGE", 2)
    sources = tuple(replace(TIDES, id=f"s{number}", title=f"Source {number}") for number in range(5))

    made = pages(*(replace(WELL, id=source.id) for source in sources), sources=sources)

    assert sorted(made) == ["sources/index.html", "sources/page/2/index.html", "sources/page/3/index.html"]
    assert 'href="../sources/page/2/"' in made["sources/index.html"]
    assert 'href="../../../sources/"' in made["sources/page/2/index.html"]
    assert "Source 4" in made["sources/page/3/index.html"]
