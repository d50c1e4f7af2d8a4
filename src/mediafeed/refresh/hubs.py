"""Hubs: those of sources, asked to tell us and listened to, and our own, told of what we published."""

import logging
import secrets
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby
from typing import Protocol

from mediafeed.fetch.sending import Taken
from mediafeed.fetch.websub import FOLLOWED, FORM, publishing_form, subscribing_form
from mediafeed.model.settings import Config
from mediafeed.model.source import Failed, Source
from mediafeed.model.terms import Habits
from mediafeed.model.websub import Offer, Ping, Subscription
from mediafeed.publish.topics import is_topic
from mediafeed.refresh import subscribing
from mediafeed.refresh.asking import habits_towards
from mediafeed.refresh.pacing import pushed_visit
from mediafeed.refresh.remembering import Remembering, spread
from mediafeed.store.store import Store

log = logging.getLogger(__name__)

CALLBACKS = "/websub/"  # below the site's address
COMPARED = timedelta(minutes=5)  # between two looks at what sources offer
AT_ONCE = 20  # hubs asked, or batches told, in one go: whoever waits for them looks whether it is over
BATCH = 50  # addresses in one ping
FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=12)


class Posts(Protocol):
    """What is needed of `fetch`."""

    def post(
        self, url: str, body: bytes, *, media_type: str, now: datetime, follow: frozenset[int] = frozenset()
    ) -> Taken | Failed:
        """Send something."""


class Subscribing:
    """Keeps subscriptions with the hubs of sources, and hears what they push. Thread-safe."""

    def __init__(
        self, store: Store, posts: Posts, config: Config, remembering: Remembering, clock: Callable[[], datetime]
    ) -> None:
        """Take who asks, and what sources there are; without `[serve] websub` what there is is ended."""
        self._store = store
        self._posts = posts
        self._sources: Mapping[str, Source] = {source.id: source for source in config.sources}
        self._on = config.serve.websub
        self._habits = Habits(every=config.poll.every, minimum=config.poll.minimum)
        self._habits_of_host = habits_towards(config)
        self._site = config.site.url
        self._remembering = remembering
        self._clock = clock
        self._compared: datetime | None = None

    def ask(self, is_over: Callable[[], bool] = lambda: False) -> None:
        """Begin and end what is to be, and ask the hubs whose time has come.

        Raises:
            StoppingError: It was broken off by us.
        """
        now = self._clock()
        if self._compared is None or not timedelta(0) <= now - self._compared < self._habits.scaled(COMPARED):
            self._compare(now)
            self._compared = now
        for one in self._store.hubs.due(now, AT_ONCE):
            if is_over():
                return
            self._ask(one)

    def _habits_towards(self, one: Subscription) -> Habits:
        return self._habits_of_host(subscribing.host_of(one))

    def _compare(self, now: datetime) -> None:
        offers = {
            source: offer
            for source, offer in (self._store.hubs.offers() if self._on else {}).items()
            # A feed behind a login is nobody else's: its hub would push it in the open.
            if source in self._sources and not self._sources[source].auth
        }
        held = self._store.hubs.subscriptions()
        wanted = subscribing.plan(offers, held, site=self._site, begin=partial(self._begun, now))
        for one in wanted.end:
            self._store.hubs.change(one.token, partial(subscribing.ended, now=now))
        self._store.hubs.begin(wanted.begin)
        if wanted.begin or wanted.end:
            log.info("hubs compared", extra={"begun": len(wanted.begin), "ended": len(wanted.end)})

    def _begun(self, now: datetime, source: str, offer: Offer) -> Subscription:
        token = secrets.token_hex(24)
        return Subscription(
            token=token,
            secret=secrets.token_hex(32),
            callback=f"{self._site}{CALLBACKS}{token}",
            source=source,
            hub=offer.hub,
            topic=offer.topic,
            due=now,
        )

    def _ask(self, one: Subscription) -> None:
        now = self._clock()
        if subscribing.is_over(one, now):
            self._store.hubs.change(one.token, lambda _: None)
            return
        mode, habits = "subscribe" if one.wanted else "unsubscribe", self._habits_towards(one)
        self._store.hubs.change(one.token, partial(subscribing.asked, now=now, habits=habits))
        lease = round(subscribing.ASKED_FOR.total_seconds())
        form = subscribing_form(mode, topic=one.topic, callback=one.callback, secret=one.secret, lease=lease)
        came = self._posts.post(one.hub, form, media_type=FORM, now=now, follow=FOLLOWED)
        failed = came if isinstance(came, Failed) else None
        if failed:
            refused = partial(subscribing.refused, failed=failed, now=self._clock(), habits=habits)
            self._store.hubs.change(one.token, refused)
        about = {"source": one.source, "hub": subscribing.host_of(one), "mode": mode}
        log.info("hub asked", extra={**about, "reason": str(failed.kind) if failed else ""})

    # What hubs say

    def knows(self, token: str) -> bool:
        """Say whether there is a subscription with this callback."""
        return self._store.hubs.subscription(token) is not None

    def confirm(self, token: str, mode: str, topic: str, lease: str) -> bool:
        """Hear that a hub wants to know whether it was us who asked; say whether it was."""
        now, ours = self._clock(), False

        def heard(one: Subscription) -> Subscription | None:
            nonlocal ours
            ours = subscribing.may_confirm(one, mode, topic)
            if not ours:
                return one
            habits = self._habits_towards(one)
            return subscribing.confirmed(one, lease, now, spread(one.source, now), habits) if one.wanted else None

        after = self._store.hubs.change(token, heard)
        if ours:
            source = after.source if after else ""
            log.info("hub confirmed", extra={"source": source, "mode": mode, "lease": lease[:12]})
        return ours

    def deny(self, token: str, topic: str, reason: str) -> bool:
        """Hear that a hub does not want to; say whether it was asked."""
        now, ours = self._clock(), False

        def heard(one: Subscription) -> Subscription | None:
            nonlocal ours
            ours = topic == one.topic
            if not ours:
                return one
            return subscribing.denied(one, reason, now, self._habits_towards(one)) if one.wanted else None

        after = self._store.hubs.change(token, heard)
        if ours and after:
            log.warning("hub denied", extra={"source": after.source, "hub": subscribing.host_of(after)})
        return ours

    def push(self, token: str, body: bytes, signature: str) -> bool:
        """Hear that a source has news: it is visited as soon as it may be. Say whether this is a callback of ours.

        What is not signed with the secret of the subscription is counted, and nothing else.
        """
        now = self._clock()
        one = self._store.hubs.subscription(token)
        if one is None or not one.wanted:
            return False
        signed = subscribing.is_signed(body, signature, one.secret)
        self._store.hubs.change(token, partial(subscribing.pushed, now=now, signed=signed))
        if not signed:
            log.warning("push ignored", extra={"source": one.source, "hub": subscribing.host_of(one)})
            return True
        source = self._sources.get(one.source)
        if source:
            self._call_in(source, one, now)
        return True

    def _call_in(self, source: Source, one: Subscription, now: datetime) -> None:
        state = self._store.state(source.id)
        habits = self._remembering.habits_of(source, state.address or source.url or "")
        pace = pushed_visit(state, habits, subscribing.host_of(one), now)
        if pace and pace.when:
            self._store.schedule.bring_forward(source.id, pace.when, pace.why)
        log.info("pushed", extra={"source": source.id, "hub": subscribing.host_of(one), "sooner": pace is not None})


class Pinging:
    """Tells our hubs what changed of what we publish."""

    def __init__(self, store: Store, posts: Posts, config: Config, clock: Callable[[], datetime]) -> None:
        """Take who tells, and whom."""
        self._store = store
        self._posts = posts
        self._hubs = config.site.hubs
        self._site = config.site.url
        self._clock = clock

    def note(self, written: Iterable[str]) -> None:
        """Remember what is to be told: that survives an end, and no publishing waits for a hub."""
        topics = [path for path in written if is_topic(path)]
        if topics and self._hubs:
            self._store.hubs.note_changed(self._hubs, topics, self._clock())

    def ping(self, is_over: Callable[[], bool] = lambda: False) -> None:
        """Tell what is to be told now; what fails is told later.

        Raises:
            StoppingError: It was broken off by us.
        """
        for hub, pings in groupby(self._store.hubs.pings(self._clock(), AT_ONCE * BATCH), key=lambda one: one.hub):
            waiting = list(pings)
            if hub not in self._hubs:  # no hub of ours any more
                self._store.hubs.pinged(waiting)
                continue
            while waiting and not is_over():
                batch, waiting = waiting[:BATCH], waiting[BATCH:]
                if not self._tell(hub, batch):
                    self._put_off(waiting)
                    break

    def _tell(self, hub: str, batch: list[Ping]) -> bool:
        form = publishing_form(f"{self._site}/{ping.path}" for ping in batch)
        came = self._posts.post(hub, form, media_type=FORM, now=self._clock(), follow=FOLLOWED)
        if isinstance(came, Failed):
            log.warning("hub not told", extra={"hub": hub, "reason": str(came.kind), "detail": came.detail})
            self._put_off(batch, came.retry_after)
            return False
        self._store.hubs.pinged(batch)
        log.info("hub told", extra={"hub": hub, "feeds": len(batch)})
        return True

    def _put_off(self, pings: list[Ping], until: datetime | None = None) -> None:
        if pings:
            failures = max(ping.failures for ping in pings)
            later = self._clock() + min(FIRST_WAIT * 2 ** min(failures, 10), LONGEST_WAIT)
            self._store.hubs.put_off(pings, max(later, until or later))
