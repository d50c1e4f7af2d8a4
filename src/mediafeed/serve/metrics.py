"""`/metrics` for Prometheus: what was counted since the start, and what the store says now. Nothing is guessed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import generate_latest
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector, CollectorRegistry

from mediafeed.model.source import Outcome, SourceState, Visit
from mediafeed.serve.routes import Answer, Request, Route

_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Counts(Collector):
    """What the daemon did since it started: visits and publishings."""

    def __init__(self) -> None:
        self._visits = Counter("mediafeed_visits", "Visits to sources.", ["outcome"], registry=None)
        for outcome in Outcome:
            self._visits.labels(outcome.value)  # what did not happen yet happened no times
        self._visit_seconds = Histogram(
            "mediafeed_visit_seconds", "Seconds that a visit took.", buckets=_SECONDS, registry=None
        )
        self._publish_seconds = Histogram(
            "mediafeed_publish_seconds", "Seconds that publishing took.", buckets=_SECONDS, registry=None
        )

    def visited(self, visit: Visit) -> None:
        """Count a visit that ended."""
        self._visits.labels(visit.outcome.value).inc()
        self._visit_seconds.observe(visit.elapsed)

    def published(self, seconds: float) -> None:
        """Count a publishing that ended well."""
        self._publish_seconds.observe(seconds)

    def collect(self) -> Iterator[Metric]:
        """Give what was counted."""
        for one in (self._visits, self._visit_seconds, self._publish_seconds):
            yield from one.collect()


class Answers(Collector):
    """Requests that were answered, by status."""

    def __init__(self, answered: Mapping[int, int]) -> None:
        self._answered = answered

    def collect(self) -> Iterator[Metric]:
        """Give what was counted."""
        family = CounterMetricFamily("mediafeed_http_requests", "Requests answered.", labels=["status"])
        for status, count in sorted(dict(self._answered).items()):
            family.add_metric([str(status)], count)
        yield family


class Sources(Collector):
    """What the store knows of each configured source."""

    def __init__(self, states: Callable[[], Iterable[SourceState]], clock: Callable[[], datetime]) -> None:
        self._states = states
        self._clock = clock

    def collect(self) -> Iterator[Metric]:
        """Give what is known now; a source that was never heard has no age."""
        age = GaugeMetricFamily(
            "mediafeed_source_age_seconds", "Seconds since a source was last heard.", labels=["source"]
        )
        failures = GaugeMetricFamily("mediafeed_source_failures", "Failures in a row.", labels=["source"])
        episodes = GaugeMetricFamily("mediafeed_source_episodes", "Episodes a source told of.", labels=["source"])
        now = self._clock()
        for state in self._states():
            if not state.configured:
                continue
            if state.last_success is not None:
                age.add_metric([state.id], (now - state.last_success).total_seconds())
            failures.add_metric([state.id], state.failures)
            episodes.add_metric([state.id], state.episodes)
        yield from (age, failures, episodes)


def metrics_route(*collectors: Collector) -> Route:
    """Give `/metrics` of these, and of the process."""
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    for one in collectors:
        registry.register(one)

    def answer(_: Request) -> Answer:
        return Answer(body=generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return Route(path="/metrics", handler=answer)
