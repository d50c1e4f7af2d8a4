"""What a source's earlier answers bind us to: remembered with it, read by pacing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from mediafeed.model.websub import Offer


@dataclass(frozen=True, slots=True)
class Freshness:
    """How long a server says its answer is good for. `seconds` is None where it says nothing usable."""

    seconds: int | None = None
    said: str = ""  # the words it stands on: "max-age=14400", "Expires"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How a document asks to be polled: at most once in `least` seconds, and not in these hours or on these days.

    Hours are 0 to 23 of GMT; days are 0 (Monday) to 6.
    """

    least: int = 0
    said: str = ""  # "ttl", "sy:updatePeriod"
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """When a show publishes, learned from when it did; all of UTC.

    `days` are weekdays, 0 for Monday; of a show that comes every `weeks` weeks or more it is the one it comes on.
    It usually appears between `opens` and `closes`, seconds after the midnight its day begins with.
    Without days there is no rhythm to tell; `latest` is known all the same.
    """

    latest: datetime
    days: tuple[int, ...] = ()
    weeks: int = 1
    opens: int = 0
    closes: int = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An address that a source says it stands at for good, as long as it has said so at every visit."""

    to: str
    said: str  # "301 or 308", "itunes:new-feed-url"
    since: datetime
    visits: int = 1
    proved: bool = False  # an episode we know stood there


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is owed to a source because of what it said before.

    `freshness` is of the last answer that had any (RFC 9111, 4.3.4: a 304 that does not repeat it leaves it as it
    was). `whole_asked` is when we last asked for the whole document, without a condition. `in_part` counts documents
    in a row that were not understood whole. `waits_at` is the host that a Retry-After is of. `slow` says that the last
    visit took long: such sources are visited apart from the others. `offer` is the hub that the source names.
    """

    freshness: Freshness = Freshness()
    wishes: Wishes = Wishes()
    rhythm: Rhythm | None = None
    move: Move | None = None
    moved_from: str | None = None
    whole_asked: datetime | None = None
    in_part: int = 0
    waits_at: str = ""
    slow: bool = False
    offer: Offer | None = None


NO_TERMS = Terms()


@dataclass(frozen=True, slots=True)
class Habits:
    """How a source is visited.

    `every` is the operator's wish, `minimum` the floor under it. A minimum below an hour shortens every other time of
    pacing in proportion: it is only allowed towards networks of the operator's own. `trusted`: what its host says of
    freshness and of "not modified" is believed without end. `fixed`: the operator named this source's own interval.
    """

    every: timedelta
    minimum: timedelta
    trusted: bool = False
    fixed: bool = False

    @property
    def scale(self) -> float:
        """Give the factor on all times: 1.0 unless the minimum is below an hour."""
        return min(1.0, self.minimum / timedelta(hours=1))

    def scaled(self, span: timedelta) -> timedelta:
        """Give a time shortened in proportion to the minimum, but not to nothing by a minimum of nothing."""
        return span * max(self.scale, 1 / 3600)

    @property
    def usual(self) -> timedelta:
        """Give the time between two visits to a source that asks for nothing else."""
        return max(self.every, self.minimum) if self.scale == 1.0 or self.fixed else self.minimum
