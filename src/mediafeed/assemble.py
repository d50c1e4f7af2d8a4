"""Settings meet tools: the only file that names every concrete class."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address, ip_network
from pathlib import Path
from threading import Event

import xxhash

from mediafeed import __version__
from mediafeed.config.secrets import read_secret
from mediafeed.fetch.http import Fetcher, user_agent
from mediafeed.model.episode import Changes
from mediafeed.model.published import Published
from mediafeed.model.settings import Config, FetchSettings
from mediafeed.model.source import Source, SourceKind, Visit
from mediafeed.normalize.identity import feed_guid
from mediafeed.publish.site import Extras
from mediafeed.publish.write import Writer, check_output
from mediafeed.refresh import choosing
from mediafeed.refresh.batch import by_host, visit_all
from mediafeed.refresh.by_hand import Lines
from mediafeed.refresh.gathering import BringsTogether, corrected
from mediafeed.refresh.measuring import Measuring
from mediafeed.refresh.pacing import Habits
from mediafeed.refresh.people import configured_persons
from mediafeed.refresh.pipeline import READER, Pipeline
from mediafeed.refresh.publishing import Publisher
from mediafeed.refresh.reading import Reading
from mediafeed.refresh.recredited import Recredited
from mediafeed.refresh.resolving import Resolver
from mediafeed.refresh.rules import rules_key
from mediafeed.refresh.taking_in import TakesIn
from mediafeed.refresh.workers import Workers
from mediafeed.store.store import Store

Clock = Callable[[], datetime]

log = logging.getLogger(__name__)

DATABASE = "mediafeed.db"


def wall_clock() -> datetime:
    """Give the time."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mediafeed:
    """Everything put together for one config. The commands and the daemon talk to this."""

    config: Config
    store: Store
    pipeline: Pipeline
    resolver: Resolver
    reading: Reading
    takes_in: TakesIn
    brings_together: BringsTogether
    publisher: Publisher
    fetcher: Fetcher
    clock: Clock

    def choose(self, names: Sequence[str], *, force: bool = False, limit: int | None = None) -> choosing.Chosen:
        """Choose the named sources, or without names those that are due."""
        now = self.clock()
        states = {state.id: state for state in self.store.states()}
        if names or force:
            names = names or [source.id for source in self.config.sources]
            if force:
                log.info("forced", extra={"sources": len(names)})
            return choosing.named(
                names, self.config.sources, states, minimum=self.config.poll.minimum, force=force, now=now
            )
        ids = self.store.due(now)
        chosen = choosing.due(self.config.sources, states, frozenset(ids), now)
        # The limit comes last: however many wait for one host's Retry-After, the others' turn comes.
        turn = {id_: place for place, id_ in enumerate(ids)}
        sources = sorted(chosen.sources, key=lambda source: turn[source.id])
        return choosing.Chosen(tuple(sources[:limit]), chosen.skipped)

    def refresh(
        self, sources: Sequence[Source], on_visit: Callable[[Visit], None] = lambda _: None, stop: Event | None = None
    ) -> tuple[Visit, ...]:
        """Visit these sources now, side by side.

        Podcast feeds go first: a page tells of their shows. What is one recording is asked when all were heard, and all
        of it was heard when the refresh began: who is quicker decides nothing.
        """
        states = {state.id: state for state in self.store.states()}
        visit = self.pipeline.hearing_at(self.clock()).visit
        visits: list[Visit] = []
        for kind in SourceKind:
            groups = by_host([source for source in sources if source.kind is kind], states, self._is_own)
            visits += visit_all(groups, visit, on_visit=on_visit, clock=self.clock, stop=stop)
        known = self.brings_together.bring_together(self.clock()).known
        counted = [corrected(visit, known.get(visit.source, 0)) for visit in visits]
        self.store.correct_visits(now for now, before in zip(counted, visits, strict=True) if now != before)
        return tuple(counted)

    def publish(self, on_step: Callable[[str, int, int], None] | None = None) -> Published:
        """Bring the published tree up to date, without any request."""
        self.brings_together.bring_together(self.clock())
        return self.publisher.publish(on_step)

    def understand_anew(
        self,
        *,
        force: bool = False,
        tell: Callable[[Recredited], None] = lambda _: None,
        on_step: Callable[[str, int, int], None] = lambda _step, _done, _of: None,
    ) -> Changes:
        """Claim anew what stored words say, where settings or rules changed since; with `force` everywhere.

        `tell` hears of every episode that is credited otherwise. The next call goes on where one was interrupted.
        """
        changes = self.brings_together.bring_together(self.clock()).changes
        sources, doubted = self.store.sources(), self.store.doubted_lessons()
        for source in sources if force else ():
            self.store.set_setting(_understood(source), "")
        for done, source in enumerate(sources, 1):
            rules, people = self._understanding(source)
            held_rules, _, held_people = (self.store.setting(_understood(source)) or "").partition(" ")
            if held_rules != rules or source.id in doubted:
                did = self.takes_in.understand_anew(source, now=self.clock(), tell=tell)
            elif held_people != people:
                did = self.takes_in.settle_anew(source, now=self.clock(), tell=tell)
            else:
                continue
            self.store.set_setting(_understood(source), f"{rules} {people}")
            changes = Changes((*changes.new, *did.new), (*changes.modified, *did.modified), ())
            on_step("understand", done, len(sources))
        return changes

    def _understanding(self, source: Source) -> tuple[str, str]:
        """Give keys of all that claims depend on beside the words, and of all that brings them together."""
        rules = repr((READER, rules_key(), source))
        people = repr((self.config.persons, self.config.overrides))
        return xxhash.xxh3_128_hexdigest(rules.encode()), xxhash.xxh3_128_hexdigest(people.encode())

    def _is_own(self, host: str) -> bool:
        """Say whether a host stands in `[fetch] allow` by its address: the operator's own, to treat as they please."""
        try:
            address = ip_address(host)
        except ValueError:
            return False
        return any(address in ip_network(network, strict=False) for network in self.config.fetch.allow)


def _understood(source: Source) -> str:
    return f"understood:{source.id}"


@contextmanager
def assembled(config: Config, clock: Clock = wall_clock) -> Iterator[Mediafeed]:
    """Put everything together, and take it apart in the end.

    Raises:
        PublishError: Output and data folders cannot be used as they stand.
        StoreError: The database cannot be used.
    """
    check_output(Path(config.site.output), Path(config.site.data))
    with Store(str(Path(config.site.data) / DATABASE)) as store:
        store.register(config.sources)
        workers = Workers()
        agent = user_agent(__version__, config.poll.contact or config.site.url, len(config.sources))
        try:
            with Fetcher(config.fetch, user_agent=agent) as fetcher:
                yield _put_together(config, store, fetcher, workers, clock)
        finally:
            workers.close()


@contextmanager
def measuring(config: Config | None, clock: Clock = wall_clock) -> Iterator[tuple[Measuring, Clock]]:
    """Put together what measures audio, for which no store and no configuration are needed."""
    contact = (config.poll.contact or config.site.url) if config else None
    agent = user_agent(__version__, contact, len(config.sources) if config else 0)
    workers = Workers(count=1)
    try:
        with Fetcher(config.fetch if config else FetchSettings(), user_agent=agent) as fetcher:
            yield Measuring(fetcher, workers), clock
    finally:
        workers.close()


def _put_together(config: Config, store: Store, fetcher: Fetcher, workers: Workers, clock: Clock) -> Mediafeed:
    reading = Reading(fetcher, workers, config.fetch.max_items)
    resolver = Resolver(fetcher, workers, config.fetch.directory, reading.feed)
    takes_in = TakesIn(
        store,
        configured_persons(config.persons),
        config.overrides,
        [source.id for source in config.sources],
        config.poll.every,
    )
    guid = own_guid(store, config.site.url)
    pipeline = Pipeline(
        store=store,
        fetch=fetcher,
        reading=reading,
        resolver=resolver,
        takes_in=takes_in,
        habits=Habits(every=config.poll.every, minimum=config.poll.minimum),
        secrets={source.id: read_secret(source.auth) for source in config.sources if source.auth},
        own_guid=guid,
        own_site=config.site.url,
        clock=clock,
    )
    return Mediafeed(
        config=config,
        store=store,
        pipeline=pipeline,
        resolver=resolver,
        reading=reading,
        takes_in=takes_in,
        brings_together=_brings_together(config, store),
        publisher=_publisher(config, store, guid),
        fetcher=fetcher,
        clock=clock,
    )


def _publisher(config: Config, store: Store, guid: str) -> Publisher:
    first_url = _kept(store, "first url", config.site.url)
    return Publisher(
        store=store,
        writer=Writer(Path(config.site.output)),
        site=config.site,
        views=config.views,
        persons=config.persons,
        extras=Extras(guid=guid, cover=_picture(config.site.image), first_url=first_url),
        repaired=tuple(source.id for source in config.sources if source.repaired),
    )


def _brings_together(config: Config, store: Store) -> BringsTogether:
    lines = Lines(apart=config.apart, together=config.together)
    return BringsTogether(store, configured_persons(config.persons), config.overrides, lines)


def own_guid(store: Store, url: str) -> str:
    """Give the merged feed's podcast:guid: made once from its address, then kept though the site moves."""
    return _kept(store, "guid", feed_guid(f"{url}/feed.xml"))


def _kept(store: Store, name: str, first: str) -> str:
    """Give what was remembered under a name, or remember this from now on."""
    held = store.setting(name)
    if held is None:
        store.set_setting(name, first)
    return held or first


def _picture(path: str | None) -> bytes | None:
    """Give the operator's picture. Without it the plain cover is drawn: a missing file must not stop the news."""
    try:
        return Path(path).read_bytes() if path else None
    except OSError as error:
        log.warning("picture not read, a plain cover is drawn", extra={"image": path, "reason": error.strerror})
        return None
