"""When: one tick asks the store whose time has come; visits run beside it, what they bring is published after them."""

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from mediafeed.assemble import Mediafeed
from mediafeed.daemon.clocks import EARLIEST, Clocks, Steady, boot_time
from mediafeed.daemon.granting import Granting
from mediafeed.daemon.listener import Listener
from mediafeed.daemon.notices import Notices
from mediafeed.daemon.systemd import tell, tell_reloading
from mediafeed.errors import ConfigError, PublishError, StoppingError, UsageError
from mediafeed.model.source import FailureKind, Outcome, Source, Visit
from mediafeed.model.wishes import Wish
from mediafeed.refresh.batch import Visiting
from mediafeed.refresh.choosing import FORCED_GAP, Chosen
from mediafeed.refresh.hubs import Subscribing
from mediafeed.refresh.pacing import in_words
from mediafeed.serve.metrics import Counts

log = logging.getLogger(__name__)

NEWS = (Outcome.NEW, Outcome.MODIFIED)

FORGETTING, AT_ONCE = 60.0, 500  # seconds between two bites of old visits, and how many go with one
NOTICES = 30.0  # seconds between two looks at what the operator is to be told
TICK = 1.0  # seconds between two looks at who is due
PATIENCE = 5.0  # seconds that visits under way have to end by themselves, once it is over
PUBLISHING_SHARE = 4  # times the last publishing's own time is waited before the next: a fifth of one core at most
LONGEST_REST = timedelta(minutes=5)


class Daemon:
    """Polls by itself. `start` returns at once; `stop` lets visits under way end."""

    def __init__(
        self,
        house: Mediafeed,
        *,
        tick: float | None = None,
        patience: float = PATIENCE,
        steady: Steady = boot_time,
        counts: Counts | None = None,
    ) -> None:
        """Take everything put together, the seconds between two ticks, and those that visits have in the end."""
        self._house = house
        self._counts = counts or Counts()
        self._seconds = tick
        self._hang_up = threading.Timer(patience, house.break_off)
        self._clocks = Clocks(house.clock, steady)
        self._granting = Granting(house.store.wishes)
        self._stop = threading.Event()
        self._began: dict[str, float] = {}  # by source: when its last visit began, on the steady clock
        self._well = {"tick": True, "publish": True}
        self._understood = False
        self._came: list[Visit] = []
        self._heard = threading.Lock()
        self._owing = True  # something changed that is not published yet: before the start, who knows what
        self._rests_until = EARLIEST
        self._listener = Listener(lambda: self._house.asking, self._clocks, self._stop)
        self._resting: dict[str, datetime] = {}
        self._visiting = Visiting(self._visit, on_visit=self._hear, clock=house.clock, stop=self._stop)
        self._wanted: Callable[[], Mediafeed] | None = None
        self._turnover: set[str] = set()  # who is under way by settings of before
        # The defaults drop work: a tick that comes a second late would be skipped (misfire_grace_time), so none is
        # ever too late, late ones are one, and there is never more than one at a time.
        self._scheduler = BackgroundScheduler(timezone=UTC)
        self._notices = Notices(lambda: self._house, self._stop)
        jobs = (
            ("tick", self.tick, self._every_tick()),
            ("publish", self.publish, self._every_tick()),
            ("measure", self.measure, self._every_tick()),
            ("notices", self.tell_operator, _every(NOTICES)),
            ("forget", self.forget, _every(FORGETTING)),
            ("hubs", self.ask_hubs, self._every_tick()),
        )
        for name, job, when in jobs:
            self._scheduler.add_job(job, when, misfire_grace_time=None, coalesce=True, max_instances=1, id=name)
        self._watchman = threading.Thread(target=self._watch, name="watchman", daemon=True)

    def start(self) -> None:
        """Begin: the first look is now."""
        self._scheduler.start()
        self._look_now()
        self._watchman.start()

    def end(self) -> None:
        """Begin no visit any more, and soon hang up on servers that take their time: SIGTERM waits for ten seconds."""
        if not self._stop.is_set():
            self._stop.set()
            self._hang_up.start()

    def stop(self) -> None:
        """End after the visits under way; what they brought is stored, and published now or at the next start."""
        self.end()
        try:
            if self._scheduler.running:
                self._scheduler.shutdown(wait=True)
            self._visiting.close()
        finally:
            self._hang_up.cancel()
            self._hang_up.join()

    def take_over(self, make: Callable[[], Mediafeed]) -> None:
        """Go by what `make` gives, from the next tick on. If it raises a ConfigError, all stays as it is."""
        self._wanted = make
        if self._scheduler.running:
            self._look_now()

    def ask(self, sources: Sequence[str]) -> Chosen:
        """Take a wish for visits to these sources, or without names to those that are due; none is visited too early.

        Raises:
            UsageError: No such source.
        """
        chosen = self._house.choose(sources)
        if chosen.sources:
            names = [source.id for source in chosen.sources]
            self._house.store.wishes.ask(names, force=False, now=self._house.clock())
        return chosen

    @property
    def subscribing(self) -> Subscribing:
        """Give who hears hubs, by the settings of now."""
        return self._house.subscribing

    def is_well(self) -> bool:
        """Say whether the last tick and the last publishing did what they should."""
        return all(self._well.values()) and not self._resting

    def wait(self) -> None:
        """Wait until every visit that began has ended."""
        self._visiting.wait()

    def tick(self) -> None:
        """Send those out whose time has come. An error is told and the next tick tries again."""
        try:
            self._well["tick"] = self._tick()
            tell("WATCHDOG=1")
        except StoppingError:
            log.info("broken off", extra={"step": "tick"})
        except Exception:  # whatever it is, the next tick comes and the daemon says that it is not well
            self._well["tick"] = False
            log.exception("tick failed")

    def publish(self) -> None:
        """Publish what visits brought, unless the last publishing was a moment ago."""
        try:
            self._settle()
            now = self._house.clock()
            rests = now < self._rests_until and not self._granting.waits
            if self._owing and not rests and not self._stop.is_set():
                began = self._clocks.steady()
                self._owing = False
                try:
                    self._house.publish(self._go_on)
                except BaseException:
                    self._owing = True
                    raise
                took = timedelta(seconds=self._clocks.steady() - began)
                self._rests_until = self._house.clock() + min(took * PUBLISHING_SHARE, LONGEST_REST)
                self._counts.published(took.total_seconds())
            self._well["publish"] = True
            if not self._owing:
                self._granting.answer()
        except StoppingError as error:
            log.info("broken off", extra={"step": "publish", "reason": str(error)})
        except PublishError as error:
            self._well["publish"] = False
            self._granting.answer(f"not published yet: {error}")
            log.warning("not published", extra={"reason": str(error)})
        except Exception:  # as in `tick`
            self._well["publish"] = False
            log.exception("publishing failed")

    def measure(self) -> None:
        """Ask audio, transcripts and pictures, one after the other, while nobody else wants anything of their hosts."""
        try:
            self._owing = self._listener.listen() or self._owing
        except StoppingError:
            log.info("broken off", extra={"step": "measure"})
        except Exception:  # as in `tick`
            self._listener.rest()
            log.exception("measuring failed")

    def tell_operator(self) -> None:
        """Tell the operator what he is to be told."""
        _try("notices", self._notices.send)

    def forget(self) -> None:
        """Forget the oldest of the visits that need not be remembered any longer: few at a time: writers wait."""
        before = self._house.clock() - self._house.config.poll.keep_visits
        _try("forget", lambda: self._house.store.schedule.forget_visits(before, AT_ONCE))

    def ask_hubs(self) -> None:
        """Ask the hubs of sources to tell us, and tell ours what is new."""
        if self._clocks.is_set:
            _try("subscribe", lambda: self._house.subscribing.ask(self._stop.is_set))
            _try("ping", lambda: self._house.pinging.ping(self._stop.is_set))

    def _tick(self) -> bool:
        now = self._house.clock()
        if not self._clocks.is_set:
            self._clocks.forget()
            log.warning("clock not set", extra={"now": f"{now:%Y-%m-%d}"})
            return False
        self._clocks.check(self._set_by)
        self._take_over()
        self._understand_once()
        self._resting = {source: until for source, until in self._resting.items() if until > now}
        if self._stop.is_set():
            return True
        for wish in self._granting.fresh():
            self._grant(wish)
        self._granting.give_up(self._visiting.holds)
        turns = self._house.polling.turns(now, self._is_busy)
        begin = [turn for turn in turns if self._may_begin(turn.source.id, now)]
        apart = {turn.source.id: turn.apart for turn in begin}
        self._visiting.add([(turn.lane, turn.source) for turn in begin], apart)
        return True

    def _grant(self, wish: Wish) -> None:
        """Visit whom somebody asked for; whoever is visited just now is waited for, and never visited twice (P39)."""
        try:
            chosen = self._house.choose(wish.sources, force=wish.force)
        except UsageError as error:
            self._granting.refuse(wish, str(error))
            return
        gap = min(FORCED_GAP, self._minimum) if wish.force else self._minimum
        # Who is being asked just now was asked too recently to be asked again, but what comes of it can be waited for.
        skipped = dict(chosen.skipped)
        under_way = {name: skipped.pop(name) for name in list(skipped) if self._visiting.holds(name)}
        # Waited for first, looked at then: a visit that ends between the two is heard of.
        self._granting.take_up(wish, (*(source.id for source in chosen.sources), *under_way), skipped.items())
        ended = [(name, reason) for name, reason in under_way.items() if not self._visiting.holds(name)]
        self._granting.leave_out(wish, ended)
        come = [source for source in chosen.sources if not self._visiting.holds(source.id)]
        early = {source.id: rest for source in come if (rest := self._rest(source.id, gap))}
        self._granting.leave_out(
            wish, ((source, f"visited just now, not again within {in_words(rest)}") for source, rest in early.items())
        )
        come = [source for source in come if source.id not in early]
        self._begin(source.id for source in come)
        self._visiting.add(self._house.polling.lanes(come))
        log.info("wish taken up", extra={"sources": len(chosen.sources), "begun": len(come)})

    def _visit(self, source: Source) -> Visit:
        return self._house.pipeline.visit(source)

    @property
    def _minimum(self) -> timedelta:
        return self._house.config.poll.minimum

    def _every_tick(self) -> IntervalTrigger:
        seconds = self._seconds or min(TICK, max(self._minimum.total_seconds() / 30, 0.1))
        return _every(seconds)

    def _is_busy(self, source: str) -> bool:
        return source in self._resting or self._visiting.holds(source)

    def _rest(self, source: str, gap: timedelta) -> timedelta:
        """Give how long a source is still left alone, by a clock that nobody sets."""
        if source not in self._began:
            return timedelta(0)
        left = self._began[source] + gap.total_seconds() - self._clocks.steady()
        return timedelta(seconds=max(left, 0))

    def _begin(self, sources: Iterable[str]) -> None:
        steady = self._clocks.steady()
        self._began.update(dict.fromkeys(sources, steady))

    def _may_begin(self, source: str, now: datetime) -> bool:
        """Hold the minimum by a clock that nobody sets, whatever became of the times in the store (P8)."""
        if rest := self._rest(source, self._minimum):
            self._house.polling.put_off(source, now + rest)
            return False
        self._begin([source])
        return True

    def _hear(self, visit: Visit) -> None:
        with self._heard:
            self._came.append(visit)
        self._granting.hear(visit)
        if visit.source in self._turnover:
            # Its next visit was chosen beside the others of before: the timetable of now does not know of it.
            self._turnover.discard(visit.source)
            self._house.polling.timetable.forget()
        # The next one may not begin sooner than the minimum after this one ended.
        self._began[visit.source] = self._clocks.steady() - visit.elapsed
        if visit.kind is FailureKind.INTERNAL and visit.next_visit is None:
            # It could not be remembered (P10): it is due still, at every tick.
            self._resting[visit.source] = self._house.clock() + self._minimum

    def _settle(self) -> None:
        with self._heard:
            came, self._came = self._came, []
        news = [visit for visit in came if visit.outcome in NEWS]
        settled = [visit for visit in came if visit.outcome not in NEWS]
        if news:
            self._owing = True
            settled += self._house.settle(news)
            self._listener.look_now()
        self._granting.settled(settled)
        for visit in settled:
            self._counts.visited(visit)

    def _go_on(self, _step: str, _done: int, _of: int) -> None:
        """Break off long work when it is over: the next start goes on with it."""
        tell("WATCHDOG=1")
        if self._stop.is_set():
            raise StoppingError("stopped before everything was published; the next start goes on")

    def _understand_once(self) -> None:
        """Claim anew what the settings change: those of the start, and each of later."""
        if not self._understood:
            self._owing = bool(self._house.understand_anew(on_step=self._go_on)) or self._owing
            self._understood = True

    def _take_over(self) -> None:
        """Go by other settings, if somebody wants that; nothing of the schedule is lost, as it stands in the store."""
        wanted, self._wanted = self._wanted, None
        if wanted is None:
            return
        tell_reloading()
        try:
            self._house = wanted()
            self._listener.look_now()
        except ConfigError as error:
            for fault in error.faults:
                log.error("config refused", extra={"path": error.path, "fault": str(fault)})  # noqa: TRY400 - told whole
            return
        finally:
            tell("READY=1")
        for source in self._visiting.let_go():
            self._began.pop(source, None)  # it was not asked
        self._turnover = set(self._visiting.under_way())
        self._understood, self._owing = False, True
        self._rests_until = EARLIEST
        self._scheduler.reschedule_job("tick", trigger=self._every_tick())
        log.warning("config taken over", extra={"sources": len(self._house.config.sources)})

    def _set_by(self, by: timedelta) -> None:
        """Move the schedule with the clock, if somebody set it: a visit comes when it would have come."""
        if by:
            self._house.polling.shift(by)
            self._rests_until = EARLIEST
            self._listener.look_now()
        self._house.polling.mend(self._house.clock())

    def _watch(self) -> None:
        """Wake the scheduler when the clock was set back: it would sleep until the old time comes again."""
        while not self._stop.wait(TICK):
            try:
                if self._clocks.is_set and self._clocks.check(self._set_by):
                    self._look_now()
            except Exception:  # as in `tick`
                log.exception("clock not checked")

    def _look_now(self) -> None:
        for name in ("tick", "publish"):
            self._scheduler.modify_job(name, next_run_time=datetime.now(UTC))


def _every(seconds: float) -> IntervalTrigger:
    return IntervalTrigger(seconds=seconds, timezone=UTC)


def _try(step: str, work: Callable[[], object]) -> None:
    """Do something beside polling, that must not harm it."""
    try:
        work()
    except StoppingError:
        log.info("broken off", extra={"step": step})
    except Exception:  # as in `tick`
        log.exception("step failed", extra={"step": step})
