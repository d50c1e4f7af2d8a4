"""Hubs: what is agreed with those of sources, and what ours are to be told."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection, bindparam, or_, select, update

from mediafeed.model.websub import Offer, Ping, Subscription
from mediafeed.store import tables
from mediafeed.store.codec import Codec, json_of
from mediafeed.store.times import micros, moment

Opens = Callable[[], AbstractContextManager[Connection]]

# Nothing is planned further ahead: what seems to be was noted by a wrong clock.
FARTHEST = timedelta(days=31)

_source = tables.sources.c
_one = tables.subscriptions.c
_ping = tables.pings.c
_OFFERS = select(_source.id, _source.terms).where(_source.configured.is_(True), _source.stopped.is_(False))
_ALL = select(_one.facts).order_by(_one.source, _one.token)
_OF = _ALL.where(_one.source == bindparam("this"))
_BY_TOKEN = select(_one.facts).where(_one.token == bindparam("this"))
_DUE = (
    select(_one.facts)
    .where(or_(_one.due <= bindparam("now"), _one.due > bindparam("last")))
    .order_by(_one.due)
    .limit(bindparam("most"))
)
_CHANGE = update(tables.subscriptions).where(_one.token == bindparam("this"))
_DROP = tables.subscriptions.delete().where(_one.token == bindparam("this"))

_PING = (_ping.hub == bindparam("that"), _ping.path == bindparam("this"))
_PINGS_DUE = (
    select(tables.pings)
    .where(or_(_ping.due <= bindparam("now"), _ping.due > bindparam("last")))
    .order_by(_ping.hub, _ping.path)
    .limit(bindparam("most"))
)
_NOTED = update(tables.pings).where(*_PING).values(noted=bindparam("at"))
_PUT_OFF = update(tables.pings).where(*_PING).values(due=bindparam("at"), failures=_ping.failures + 1)
# What changed again while the hub was being told is told again.
_PINGED = tables.pings.delete().where(*_PING, _ping.noted == bindparam("at"))


class Hubs:
    """The part of the store that knows hubs. Made by the store, as `store.hubs`."""

    def __init__(self, reading: Opens, writing: Opens, codec: Codec) -> None:
        """Take the store's own ways to read and to write."""
        self._reading = reading
        self._writing = writing
        self._codec = codec
        self._facts = msgspec.json.Decoder(Subscription)

    def offers(self) -> dict[str, Offer]:
        """Give the hub that each source names which is visited."""
        with self._reading() as connection:
            rows = connection.execute(_OFFERS).all()
        offers = {row.id: self._codec.terms(row.terms).offer for row in rows}
        return {source: offer for source, offer in offers.items() if offer}

    def subscriptions(self, source: str | None = None) -> tuple[Subscription, ...]:
        """Give every subscription, or those of one source."""
        with self._reading() as connection:
            rows = connection.execute(_ALL if source is None else _OF, {} if source is None else {"this": source})
            return tuple(self._facts.decode(row.facts) for row in rows)

    def subscription(self, token: str) -> Subscription | None:
        """Give the subscription of a callback."""
        with self._reading() as connection:
            facts = connection.execute(_BY_TOKEN, {"this": token}).scalar()
        return None if facts is None else self._facts.decode(facts)

    def due(self, now: datetime, most: int) -> tuple[Subscription, ...]:
        """Give those of which the hub is to be asked, the longest waiting first."""
        limits = {"now": micros(now), "last": micros(now + FARTHEST), "most": most}
        with self._reading() as connection:
            return tuple(self._facts.decode(row.facts) for row in connection.execute(_DUE, limits))

    def begin(self, new: Iterable[Subscription]) -> None:
        """Remember new subscriptions."""
        rows = [_row(one) | {"token": one.token, "source": one.source} for one in new]
        if rows:
            with self._writing() as connection:
                connection.execute(tables.subscriptions.insert(), rows)

    def change(self, token: str, change: Callable[[Subscription], Subscription | None]) -> Subscription | None:
        """Change a subscription by what it is at this moment, whoever else changes it; None drops it.

        Returns:
            What is remembered now; None if there is nothing under this token, now or before.
        """
        with self._writing() as connection:
            facts = connection.execute(_BY_TOKEN, {"this": token}).scalar()
            if facts is None:
                return None
            before = self._facts.decode(facts)
            after = change(before)
            if after is None:
                connection.execute(_DROP, {"this": token})
            elif after != before:
                connection.execute(_CHANGE, _row(after) | {"this": token})
        return after

    def note_changed(self, hubs: Iterable[str], paths: Iterable[str], now: datetime) -> None:
        """Remember that these hubs are to be told of these files."""
        paths = tuple(paths)
        with self._writing() as connection:
            for hub in hubs:
                for path in paths:
                    known = connection.execute(_NOTED, {"that": hub, "this": path, "at": micros(now)})
                    if not known.rowcount:
                        row = {"hub": hub, "path": path, "noted": micros(now), "due": micros(now), "failures": 0}
                        connection.execute(tables.pings.insert(), row)

    def pings(self, now: datetime, most: int) -> tuple[Ping, ...]:
        """Give what is to be told now, by hub."""
        limits = {"now": micros(now), "last": micros(now + FARTHEST), "most": most}
        with self._reading() as connection:
            rows = connection.execute(_PINGS_DUE, limits).all()
        return tuple(Ping(hub=row.hub, path=row.path, noted=moment(row.noted), failures=row.failures) for row in rows)

    def pinged(self, pings: Iterable[Ping]) -> None:
        """Forget what was told."""
        with self._writing() as connection:
            connection.execute(_PINGED, [_key(ping) | {"at": micros(ping.noted)} for ping in pings])

    def put_off(self, pings: Iterable[Ping], until: datetime) -> None:
        """Tell it later."""
        with self._writing() as connection:
            connection.execute(_PUT_OFF, [_key(ping) | {"at": micros(until)} for ping in pings])


def _row(one: Subscription) -> dict[str, object]:
    return {"due": micros(one.due), "facts": json_of(one).decode()}


def _key(ping: Ping) -> dict[str, object]:
    return {"that": ping.hub, "this": ping.path}
