"""Figures for Prometheus: what happened, what is known, and nothing else."""

from datetime import UTC, datetime, timedelta

from prometheus_client.parser import text_string_to_metric_families

from mediafeed.model.source import Outcome, SourceState, Visit
from mediafeed.serve.metrics import Answers, Counts, Sources, metrics_route
from mediafeed.serve.routes import Request, Route

NOON = datetime(2022, 9, 21, 12, tzinfo=UTC)


def told(route: Route) -> dict[tuple[str, ...], float]:
    answer = route.handler(Request(method="GET", path="/metrics"))
    assert answer.media_type.startswith("text/plain")
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.body.decode())
        for sample in family.samples
    }


def visit(outcome: Outcome, elapsed: float) -> Visit:
    return Visit(source="a", at=NOON, outcome=outcome, next_visit=None, why="", elapsed=elapsed)


def test_visits_and_publishings_are_counted():
    counts = Counts()
    for outcome, elapsed in ((Outcome.NEW, 0.2), (Outcome.NOT_MODIFIED, 0.1), (Outcome.NOT_MODIFIED, 40.0)):
        counts.visited(visit(outcome, elapsed))
    counts.published(1.5)
    said = told(metrics_route(counts))

    assert said["mediafeed_visits_total", "new"] == 1
    assert said["mediafeed_visits_total", "not modified"] == 2
    assert said["mediafeed_visits_total", "failed"] == 0
    assert said["mediafeed_visit_seconds_bucket", "30.0"] == 2
    assert (said["mediafeed_publish_seconds_count",], said["mediafeed_publish_seconds_sum",]) == (1, 1.5)


def test_a_source_that_was_never_heard_has_no_age_and_one_of_before_no_line():
    states = [
        SourceState(id="a", last_success=NOON - timedelta(hours=2), episodes=33),
        SourceState(id="new", failures=3),
        SourceState(id="gone", last_success=NOON, configured=False),
    ]
    said = told(metrics_route(Sources(lambda: states, lambda: NOON)))

    assert said["mediafeed_source_age_seconds", "a"] == 7200
    assert said["mediafeed_source_episodes", "a"] == 33
    assert said["mediafeed_source_failures", "new"] == 3
    assert ("mediafeed_source_age_seconds", "new") not in said
    assert not [key for key in said if "gone" in key]


def test_answers_are_counted_by_status_and_a_server_alone_tells_of_no_visits():
    said = told(metrics_route(Answers({200: 5, 304: 7})))

    assert said["mediafeed_http_requests_total", "304"] == 7
    assert not [key for key in said if key[0].startswith("mediafeed_visit")]
    assert ("process_resident_memory_bytes",) in said
