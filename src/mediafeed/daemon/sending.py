"""Who is sent out: those whose time has come, and those whom somebody wished for; nobody sooner than is polite."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event

from mediafeed.assemble import Mediafeed
from mediafeed.daemon.clocks import Clocks
from mediafeed.daemon.failing import Failing
from mediafeed.daemon.granting import Granting
from mediafeed.errors import MediafeedError, UsageError
from mediafeed.model.source import FailureKind, Source, Visit
from mediafeed.model.wishes import Wish
from mediafeed.refresh.batch import Visiting
from mediafeed.refresh.choosing import FORCED_GAP
from mediafeed.refresh.pacing import in_words

log = logging.getLogger(__name__)


class Sending:
    """Lets sources be visited beside whoever asks who is next."""

    def __init__(
        self,
        house: Callable[[], Mediafeed],
        clocks: Clocks,
        granting: Granting,
        *,
        on_visit: Callable[[Visit], None],
        stop: Event,
    ) -> None:
        """Take a way to ask for the house of now, and who hears of every visit, in the visiting thread."""
        self._house = house
        self._clocks = clocks
        self._granting = granting
        self._on_visit = on_visit
        self._failing = Failing(house().store.states())
        self._visiting = Visiting(self._visit, on_visit=self._hear, clock=clocks.now, stop=stop)
        self._began: dict[str, float] = {}  # by source: when its last visit began, on the steady clock
        # Due still, since what came of them could not be remembered: until when, on the steady clock, they rest.
        self._resting: dict[str, float] = {}
        self._turnover: set[str] = set()  # who is under way by settings of before

    def look(self, now: datetime) -> None:
        """Send out whom somebody wished for, and whose time has come."""
        steady = self._clocks.steady()
        for source, until in list(self._resting.items()):
            if until <= steady:
                self._resting.pop(source)
        for wish in self._granting.fresh():
            self._granted(wish)
        self._granting.give_up(self._visiting.holds)
        turns = self._house().polling.turns(now, self._is_busy)
        begin = [turn for turn in turns if self._may_begin(turn.source.id, now)]
        apart = {turn.source.id: turn.apart for turn in begin}
        self._visiting.add([(turn.lane, turn.source) for turn in begin], apart)

    def go_by_other_settings(self) -> None:
        """Let visits under way end as they began; who only waits is looked at anew."""
        self._visiting.let_go()
        self._turnover = set(self._visiting.under_way())

    def is_turning_over(self) -> bool:
        """Say whether somebody is still being visited by settings of before."""
        return any(self._visiting.holds(source) for source in tuple(self._turnover))

    def is_well(self) -> bool:
        """Say whether every visit could be remembered."""
        return not self._resting

    def wait(self) -> None:
        """Wait until every visit that began has ended."""
        self._visiting.wait()

    def close(self) -> None:
        """Begin no visit any more, and wait for those under way."""
        self._visiting.close()

    def _granted(self, wish: Wish) -> None:
        """Grant a wish; one that we fail over is refused, or it would keep everybody from their turn for ever."""
        try:
            self._grant(wish)
        except MediafeedError:  # the store: it would not take a refusal either
            raise
        except Exception:
            log.exception("wish not granted", extra={"sources": " ".join(wish.sources)})
            self._granting.refuse(wish, "an error of ours: see the log")

    def _grant(self, wish: Wish) -> None:
        """Visit whom somebody asked for; whoever is visited just now is waited for, and never visited twice (P39)."""
        house = self._house()
        try:
            chosen = house.choose(wish.sources, force=wish.force)
        except UsageError as error:
            self._granting.refuse(wish, str(error))
            return
        # Who is being asked just now was asked too recently to be asked again, but what comes of it can be waited for.
        skipped = dict(chosen.skipped)
        under_way = {name: skipped.pop(name) for name in list(skipped) if self._visiting.holds(name)}
        # Waited for first, looked at then: a visit that ends between the two is heard of.
        self._granting.take_up(wish, (*(source.id for source in chosen.sources), *under_way), skipped.items())
        ended = [(name, reason) for name, reason in under_way.items() if not self._visiting.holds(name)]
        self._granting.leave_out(wish, ended)
        gap = min(FORCED_GAP, self._minimum) if wish.force else self._minimum
        come = [source for source in chosen.sources if not self._visiting.holds(source.id)]
        early = {source.id: rest for source in come if (rest := self._rest(source.id, gap))}
        self._granting.leave_out(
            wish, ((source, f"visited just now, not again within {in_words(rest)}") for source, rest in early.items())
        )
        come = [source for source in come if source.id not in early]
        self._visiting.add(house.polling.lanes(come))
        log.info("wish taken up", extra={"sources": len(chosen.sources), "begun": len(come)})

    def _visit(self, source: Source) -> Visit:
        self._began[source.id] = self._clocks.steady()
        return self._house().pipeline.visit(source)

    def _hear(self, visit: Visit) -> None:
        self._on_visit(visit)
        self._failing.hear(visit)
        if visit.source in self._turnover:
            # Its next visit was chosen beside the others of before: the timetable of now does not know of it.
            self._turnover.discard(visit.source)
            self._house().polling.timetable.forget()
        self._began[visit.source] = self._asked_at(visit)
        if visit.kind is FailureKind.INTERNAL and visit.next_visit is None:
            # It could not be remembered (P10): it is due still, at every tick.
            self._resting[visit.source] = self._clocks.steady() + self._minimum.total_seconds()

    def _asked_at(self, visit: Visit) -> float:
        """Give when a server was asked, on the steady clock: what it brought may have waited for its turn since."""
        steady = self._clocks.steady()
        ago = (self._clocks.now() - visit.at).total_seconds() + visit.elapsed
        return min(max(steady - ago, self._began.get(visit.source, steady)), steady)

    @property
    def _minimum(self) -> timedelta:
        return self._house().config.poll.minimum

    def _is_busy(self, source: str) -> bool:
        return source in self._resting or self._visiting.holds(source)

    def _rest(self, source: str, gap: timedelta) -> timedelta:
        """Give how long a source is still left alone, by a clock that nobody sets."""
        if source not in self._began:
            return timedelta(0)
        left = self._began[source] + gap.total_seconds() - self._clocks.steady()
        return timedelta(seconds=max(left, 0))

    def _may_begin(self, source: str, now: datetime) -> bool:
        """Hold the minimum by a clock that nobody sets, whatever became of the times in the store (P8)."""
        if rest := self._rest(source, self._minimum):
            self._house().polling.put_off(source, now + rest)
            return False
        return True
