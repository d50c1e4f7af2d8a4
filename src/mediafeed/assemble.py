"""Settings meet tools: the only file that names every concrete class."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from mediafeed import __version__
from mediafeed.config.looks import machine_fonts, read_picture, read_theme
from mediafeed.config.secrets import read_secret
from mediafeed.errors import ConfigError, Fault, HalfUnderstoodError
from mediafeed.fetch.http import Fetcher, user_agent
from mediafeed.fetch.robots import Robots
from mediafeed.model.episode import Changes
from mediafeed.model.published import Published
from mediafeed.model.settings import Config, FetchSettings
from mediafeed.model.source import Source, SourceKind, Visit
from mediafeed.model.terms import Habits
from mediafeed.normalize.identity import feed_guid
from mediafeed.publish.letters import Letters
from mediafeed.publish.site import Extras
from mediafeed.publish.theme import Theme, default_theme, theme_of
from mediafeed.publish.write import Writer, check_output
from mediafeed.refresh import choosing
from mediafeed.refresh.anew import Anew, is_half_understood
from mediafeed.refresh.asking import Asks, Resting, habits_towards
from mediafeed.refresh.batch import visit_all
from mediafeed.refresh.by_hand import Lines
from mediafeed.refresh.collecting import (
    PICTURE,
    TRANSCRIPT,
    Collecting,
    KindRules,
    WantedFiles,
    wanted_pictures,
    wanted_transcripts,
)
from mediafeed.refresh.contested import Contested
from mediafeed.refresh.gate import Gate
from mediafeed.refresh.gathering import BringsTogether, Joined, corrected
from mediafeed.refresh.hubs import Pinging, Subscribing
from mediafeed.refresh.listening import Listening
from mediafeed.refresh.measuring import Measuring
from mediafeed.refresh.people import configured_persons
from mediafeed.refresh.pipeline import ACCEPTED, Pipeline
from mediafeed.refresh.polling import Polling
from mediafeed.refresh.publishing import Publisher
from mediafeed.refresh.reading import Reading
from mediafeed.refresh.recredited import Recredited
from mediafeed.refresh.remembering import Remembering
from mediafeed.refresh.resolving import Resolver
from mediafeed.refresh.taking_in import TakesIn
from mediafeed.refresh.workers import Workers
from mediafeed.serve.remembered import Remembered
from mediafeed.serve.routes import Route
from mediafeed.serve.search import SearchPage
from mediafeed.serve.sources import SourcesPage
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
    listening: Listening
    transcripts: Collecting
    pictures: Collecting
    subscribing: Subscribing
    pinging: Pinging
    fetcher: Fetcher
    polling: Polling
    gate: Gate
    workers: Workers
    listeners: Workers  # that read audio
    robots: Robots
    clock: Clock
    resting: Resting

    @property
    def asking(self) -> tuple[Asks, ...]:
        """Give who asks beside the visits, in the order in which they are heard."""
        return (self.listening, self.transcripts, self.pictures)

    def choose(self, names: Sequence[str], *, force: bool = False) -> choosing.Chosen:
        """Choose the named sources, or without names those that are due."""
        if force:
            self.robots.forgive()
        return self.polling.choose(names, force=force)

    def accept(self, names: Sequence[str]) -> None:
        """Let these sources be another show from their next visit on."""
        for name in names:
            self.store.set_setting(ACCEPTED.format(name), "yes")

    def refresh(
        self, sources: Sequence[Source], on_visit: Callable[[Visit], None] = lambda _: None, stop: Event | None = None
    ) -> tuple[Visit, ...]:
        """Visit these sources now, side by side.

        Podcast feeds go first: a page tells of their shows. What is one recording is asked when all were heard, and all
        of it was heard when the refresh began: who is quicker decides nothing.
        """
        visit = self.pipeline.hearing_at(self.clock()).visit
        visits: list[Visit] = []
        for kind in SourceKind:
            lanes = self.polling.lanes([source for source in sources if source.kind is kind])
            visits += visit_all(lanes, visit, on_visit=on_visit, clock=self.clock, stop=stop)
        return self.settle(visits)

    def settle(self, visits: Sequence[Visit]) -> tuple[Visit, ...]:
        """Bring together what these visits brought; give them as they are to be counted."""
        with self.gate.alone():
            known = self._bring_together().known
        counted = tuple(corrected(visit, known.get(visit.source, 0)) for visit in visits)
        self.store.correct_visits(now for now, before in zip(counted, visits, strict=True) if now != before)
        return counted

    def _bring_together(self) -> Joined:
        Contested(self.store, self.takes_in).settle(self.clock())
        return self.brings_together.bring_together(self.clock())

    def publish(self, on_step: Callable[[str, int, int], None] | None = None) -> Published:
        """Bring the published tree up to date, without any request.

        Visits that bring something wait while episodes are rendered. Documents, which take far longer, are then made
        of the store as it stood, and nobody waits for them.

        Raises:
            HalfUnderstoodError: `understand_anew` was begun and did not come to its end: who reads what is published
                would find a person in two halves, and archives in an order that stays. What is published stands.
        """
        with ExitStack() as standing:
            with self.gate.alone():
                if is_half_understood(self.store):
                    raise HalfUnderstoodError(
                        "what is stored is half understood anew: the daemon, or mediafeed publish, does the rest"
                    )
                self._bring_together()
                rendered = self.publisher.render(on_step)
                standing.enter_context(self.store.as_it_stands())
            published = self.publisher.write(rendered, on_step)
        self.pinging.note(published.written)
        return published

    def by(self, config: Config) -> "Mediafeed":
        """Put everything together by another config, around what lasts: the store, connections and what hosts are owed.

        Visits under way end as they began.

        Raises:
            ConfigError: What cannot change while we run has changed, or a secret is not there. All is as it was.
        """
        faults = tuple(
            Fault(f"site.{name}", f"is {there} while the daemon runs; another one needs a restart")
            for name, there in (("data", self.config.site.data), ("output", self.config.site.output))
            if getattr(config.site, name) != there
        )
        if faults:
            raise ConfigError(config.path, faults)
        lasting = Lasting(
            self.store, self.fetcher, self.workers, self.listeners, self.robots, self.gate, self.clock, self.resting
        )
        made = _put_together(config, lasting)
        self.store.register(config.sources)
        self.fetcher.change(config.fetch, user_agent=agent_of(config))
        self.robots.change(habits_towards(config))
        return made

    def break_off(self) -> None:
        """End what is under way at once: whoever asks or reads for a visit gets a StoppingError."""
        self.fetcher.close()
        self.workers.close()
        self.listeners.close()

    def understand_anew(
        self,
        *,
        force: bool = False,
        tell: Callable[[Recredited], None] = lambda _: None,
        on_step: Callable[[str, int, int], None] = lambda _step, _done, _of: None,
    ) -> Changes:
        """Claim anew what stored words say, where settings or rules changed since; with `force` everywhere.

        `tell` hears of every episode that is understood otherwise. The next call goes on where one was interrupted.
        """
        anew = Anew(self.store, self.takes_in, self.brings_together, self.config, gate=self.gate, clock=self.clock)
        return anew.understand(force=force, tell=tell, on_step=on_step)


@contextmanager
def assembled(config: Config, clock: Clock = wall_clock, *, beside: bool = False) -> Iterator[Mediafeed]:
    """Put everything together, and take it apart in the end.

    `beside` somebody who is at work, sources stay as that one has them.

    Raises:
        PublishError: Output and data folders cannot be used as they stand.
        StoreError: The database cannot be used.
    """
    check_output(Path(config.site.output), Path(config.site.data))
    with Store(str(Path(config.site.data) / DATABASE)) as store:
        if not beside:
            store.register(config.sources)
        # Audio is read by a worker of its own: no feed waits for it.
        workers, listeners = Workers(), Workers(count=1)
        try:
            with Fetcher(config.fetch, user_agent=agent_of(config)) as fetcher:
                robots = Robots(fetcher.get, habits_towards(config))
                lasting = Lasting(store, fetcher, workers, listeners, robots, Gate(), clock, Resting())
                yield _put_together(config, lasting)
        finally:
            workers.close()
            listeners.close()


def habits_of(config: Config) -> Habits:
    """Give how sources are visited, unless they say otherwise themselves."""
    return Habits(every=config.poll.every, minimum=config.poll.minimum)


def agent_of(config: Config) -> str:
    """Say who asks servers."""
    return user_agent(__version__, config.poll.contact or config.site.url, len(config.sources))


@contextmanager
def measuring(config: Config | None, clock: Clock = wall_clock) -> Iterator[tuple[Measuring, Clock]]:
    """Put together what measures audio, for which no store and no configuration are needed."""
    agent = agent_of(config) if config else user_agent(__version__, None, 0)
    workers = Workers(count=1)
    try:
        with Fetcher(config.fetch if config else FetchSettings(), user_agent=agent) as fetcher:
            yield Measuring(fetcher, workers), clock
    finally:
        workers.close()


@dataclass(frozen=True, slots=True)
class Lasting:
    """What lasts when settings change."""

    store: Store
    fetcher: Fetcher
    workers: Workers
    listeners: Workers
    robots: Robots
    gate: Gate
    clock: Clock
    resting: Resting


def _put_together(config: Config, lasting: Lasting) -> Mediafeed:
    store, fetcher, workers, robots = lasting.store, lasting.fetcher, lasting.workers, lasting.robots
    polling = Polling(store, config, fetcher, lasting.clock)
    reading = Reading(fetcher, workers, config.fetch.max_items, robots)
    resolver = Resolver(fetcher, workers, config.fetch.directory, reading.feed, robots)
    takes_in = _takes_in(config, store)
    guid = own_guid(store, config.site.url)
    remembering = _remembering(config, store, polling)
    pipeline = Pipeline(
        store=store,
        fetch=fetcher,
        reading=reading,
        resolver=resolver,
        takes_in=takes_in,
        remembering=remembering,
        robots=robots,
        gate=lasting.gate,
        secrets={source.id: read_secret(source.auth) for source in config.sources if source.auth},
        own_guid=guid,
        own_site=config.site.url,
        clock=lasting.clock,
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
        listening=_listening(config, lasting),
        transcripts=_collecting(TRANSCRIPT, wanted_transcripts(store, config.site), lasting),
        pictures=_collecting(PICTURE, wanted_pictures(store, config.site, configured_persons(config.persons)), lasting),
        subscribing=Subscribing(store, fetcher, config, remembering, lasting.clock),
        pinging=Pinging(store, fetcher, config, lasting.clock),
        fetcher=fetcher,
        polling=polling,
        gate=lasting.gate,
        workers=workers,
        listeners=lasting.listeners,
        robots=robots,
        clock=lasting.clock,
        resting=lasting.resting,
    )


def _listening(config: Config, lasting: Lasting) -> Listening:
    measures = Measuring(lasting.fetcher, lasting.listeners)
    gate, clock, resting = lasting.gate, lasting.clock, lasting.resting
    return Listening(lasting.store, measures, config, gate=gate, clock=clock, resting=resting)


def _collecting(rules: KindRules, wanted: WantedFiles, lasting: Lasting) -> Collecting:
    store, fetch, workers = lasting.store, lasting.fetcher, lasting.listeners
    robots, clock, resting = lasting.robots, lasting.clock, lasting.resting
    return Collecting(rules, wanted, store, fetch, workers, robots=robots, clock=clock, resting=resting)


def _takes_in(config: Config, store: Store) -> TakesIn:
    sources = [source.id for source in config.sources]
    return TakesIn(store, configured_persons(config.persons), config.overrides, sources, config.poll.every)


def _remembering(config: Config, store: Store, polling: Polling) -> Remembering:
    trusted = frozenset(config.poll.trusted)
    return Remembering(store, habits_of(config), trusted, polling.timetable, hubs=config.serve.websub)


def _publisher(config: Config, store: Store, guid: str) -> Publisher:
    first_url = _kept(store, "first url", config.site.url)
    return Publisher(
        store=store,
        writer=Writer(Path(config.site.output)),
        site=config.site,
        views=config.views,
        persons=config.persons,
        extras=Extras(
            guid=guid,
            cover=read_picture(config.site.image),
            first_url=first_url,
            theme=_theme(config.site.theme),
            contact=config.poll.contact,
            letters=tuple(Letters(name, load) for name, load in machine_fonts().items()),
        ),
        every=config.poll.every,
        repaired=tuple(source.id for source in config.sources if source.repaired),
    )


def remembered(config: Config, store: Store | None = None) -> Remembered:
    """Give what made pages read: of the store that is open, or of one that is opened when it is wanted."""
    return Remembered(Path(config.site.data) / DATABASE, store)


def made_pages(config: Config, finds: Remembered, clock: Clock = wall_clock) -> tuple[Route, ...]:
    """Give who answers the pages that are made when asked for."""
    theme = _theme(config.site.theme)
    sources = SourcesPage(finds, config.site, theme, usual=config.poll.every, clock=clock)
    return (*SearchPage(finds, config.site, theme).routes, *sources.routes)


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


def _theme(folder: str | None) -> Theme:
    """Give the operator's theme, or ours.

    Raises:
        PublishError: It is not there, or a template in it cannot be used: file and line, and why.
    """
    return theme_of(read_theme(folder), folder) if folder else default_theme()
