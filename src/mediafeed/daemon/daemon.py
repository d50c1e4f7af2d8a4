"""When: jobs of one scheduler, each of which looks whether there is something to do for it, and two clocks."""

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from mediafeed.assemble import Mediafeed
from mediafeed.daemon.clocks import Clocks, Steady, boot_time
from mediafeed.daemon.granting import Granting
from mediafeed.daemon.listener import Listener
from mediafeed.daemon.notices import Notices
from mediafeed.daemon.publishing import Publishing
from mediafeed.daemon.sending import Sending
from mediafeed.daemon.systemd import tell, tell_reloading
from mediafeed.daemon.understanding import Understanding
from mediafeed.daemon.wished_audio import WishedAudio
from mediafeed.errors import ConfigError, MediafeedError, StoppingError
from mediafeed.model.settings import Config
from mediafeed.refresh.choosing import Chosen
from mediafeed.refresh.hubs import Subscribing
from mediafeed.serve.metrics import Counts

log = logging.getLogger(__name__)

FORGETTING, AT_ONCE = 60.0, 500  # seconds between two bites of old visits, and how many go with one
NOTICES = 30.0  # seconds between two looks at what the operator is to be told
TICK = 1.0  # seconds between two looks at who is due
TOLD = 60.0  # seconds before a trouble that lasts is told again
HANGS = 60.0  # seconds without a look at who is due, then something holds it up
PATIENCE = 5.0  # seconds that visits under way have to end by themselves, once it is over
EVERY_TICK = ("tick", "publish", "understand", "files", "hubs")


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
        self._seconds = tick
        self._hang_up = threading.Timer(patience, house.break_off)
        self._clocks = Clocks(house.clock, steady)
        self._stop = threading.Event()
        self._ticked: float | None = None  # when the last tick ended, on the steady clock
        self._ticks_well = True
        self._told = ("", 0.0)  # the last trouble of a tick, and when it was told
        self._was_set = threading.Event()  # the wall clock; times that a scheduler chose before are wrong
        self._to_mend = False
        self._measures_by: Mediafeed | None = None
        self._wanted: Callable[[], Mediafeed] | None = None
        self._wanting = threading.Lock()

        def now() -> Mediafeed:
            return self._house

        def owe() -> None:
            self._publishing.owe()

        granting = Granting(house.store.wishes)
        wished = WishedAudio(now, granting, owe=owe)
        self._listener = Listener(
            lambda: (wished, *self._house.asking), self._clocks, self._stop, is_waited_for=wished.is_waited_for
        )
        self._publishing = Publishing(
            now, self._clocks, granting, counts or Counts(), on_news=self._listener.look_now, stop=self._stop
        )
        self._sending = Sending(now, self._clocks, granting, on_visit=self._publishing.hear, stop=self._stop)
        self._understanding = Understanding(
            now, self._clocks, may_begin=self._may_understand, on_changes=self._changed, stop=self._stop
        )
        self._notices = Notices(now, self._clocks, self._stop)
        self._scheduler = self._scheduled()
        self._watchman = threading.Thread(target=self._watch, name="watchman", daemon=True)

    def _scheduled(self) -> BackgroundScheduler:
        jobs = (
            ("tick", self.tick, self._every_tick()),
            ("publish", self.publish, self._every_tick()),
            ("understand", self.understand, self._every_tick()),
            ("files", self.ask_for_files, self._every_tick()),
            ("hubs", self.ask_hubs, self._every_tick()),
            ("notices", self.tell_operator, _every(NOTICES)),
            ("forget", self.forget, _every(FORGETTING)),
        )
        scheduler = BackgroundScheduler(timezone=UTC)
        for name, job, when in jobs:
            # The defaults drop work: a tick that comes a second late would be skipped (misfire_grace_time), so none is
            # ever too late, late ones are one, and there is never more than one at a time.
            scheduler.add_job(job, when, misfire_grace_time=None, coalesce=True, max_instances=1, id=name)
        return scheduler

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
            self._sending.close()
            if self._watchman.is_alive():
                self._watchman.join()
        finally:
            self._hang_up.cancel()
            self._hang_up.join()

    def take_over(self, make: Callable[[], Mediafeed]) -> None:
        """Go by what `make` gives, from the next tick on. If it raises a ConfigError, all stays as it is."""
        with self._wanting:
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
    def config(self) -> Config:
        """Give the settings of now."""
        return self._house.config

    @property
    def subscribing(self) -> Subscribing:
        """Give who hears hubs, by the settings of now."""
        return self._house.subscribing

    def is_well(self) -> bool:
        """Say whether all that goes on by itself did what it should the last time."""
        return not self.want()

    def want(self) -> str:
        """Say what is not as it should be, in words for whoever asks from outside; "" where all is well."""
        ticked = self._ticked
        if ticked is None:
            return "polling has not begun"
        wants = (
            ("the last look at who is due failed: see the log", not self._ticks_well),
            (f"nobody looked at who is due for {HANGS:g} s", self._clocks.steady() - ticked > HANGS),
            ("a visit could not be remembered: see the log", not self._sending.is_well()),
            ("the last publishing failed: see the log", not self._publishing.is_well()),
            ("nothing whole is published here yet", not self._publishing.is_ready()),
            ("what is stored could not be understood anew: see the log", not self._understanding.is_well()),
        )
        return "; ".join(words for words, is_so in wants if is_so)

    def wait(self) -> None:
        """Wait until every visit that began has ended."""
        self._sending.wait()

    def tick(self) -> None:
        """Send those out whose time has come. An error is told and the next tick tries again."""
        try:
            self._ticks_well = self._tick()
            tell("WATCHDOG=1")
        except StoppingError:
            log.info("broken off", extra={"step": "tick"})
        except MediafeedError as error:
            self._ticks_well = False
            if self._is_news(str(error)):
                log.error("tick failed", extra={"reason": str(error)})  # noqa: TRY400 - its words say all
        except Exception as error:  # whatever it is, the next tick comes and the daemon says that it is not well
            self._ticks_well = False
            if self._is_news(repr(error)):
                log.exception("tick failed")
        finally:
            self._ticked = self._clocks.steady()

    def _is_news(self, trouble: str) -> bool:
        """Say whether a trouble is another one than the last, or lasts for so long that it may be told again."""
        before, at = self._told
        now = self._clocks.steady()
        if trouble == before and now - at < TOLD:
            return False
        self._told = (trouble, now)
        return True

    def publish(self) -> None:
        """Publish what visits brought, unless the last publishing was a moment ago."""
        self._publishing.turn()

    def understand(self) -> None:
        """Understand what is stored by the settings of now, where that was not done yet."""
        self._understanding.turn()

    def ask_for_files(self) -> None:
        """Ask audio, transcripts and pictures, one after the other, while nobody else wants anything of their hosts."""
        self._measures_by = self._house
        try:
            if self._listener.listen():
                self._publishing.owe()
        except StoppingError:
            log.info("broken off", extra={"step": "files"})
        except Exception:  # as in `tick`
            self._listener.rest()
            log.exception("asking for files failed")
        finally:
            self._measures_by = None

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
        self._check_clock()
        self._mend(now)
        self._take_over()
        if not self._stop.is_set():
            self._sending.look(now)
        return True

    def _may_understand(self, house: Mediafeed) -> bool:
        """Say whether nobody writes by earlier settings any more, and what was whole by those is published.

        Else a person that is hidden now would be seen until all is understood anew.
        """
        measures_by = self._measures_by
        measures = measures_by is not None and measures_by is not house
        return self._publishing.has_turned(house) and not measures and not self._sending.is_turning_over()

    def _changed(self) -> None:
        self._publishing.owe(much=True)
        self._publishing.rest_no_longer()

    def _take_over(self) -> None:
        """Go by other settings, if somebody wants that; nothing of the schedule is lost, as it stands in the store."""
        with self._wanting:
            wanted, self._wanted = self._wanted, None
        if wanted is None:
            return
        tell_reloading()
        try:
            self._house = wanted()
        except ConfigError as error:
            for fault in error.faults:
                log.error("config refused", extra={"path": error.path, "fault": str(fault)})  # noqa: TRY400 - told whole
            return
        except Exception:  # the store could not be asked just now, say: the next tick tries again
            with self._wanting:
                self._wanted = self._wanted or wanted
            raise
        finally:
            tell("READY=1")
        self._sending.go_by_other_settings()
        self._listener.look_now()
        self._changed()
        for name in EVERY_TICK:
            self._scheduler.reschedule_job(name, trigger=self._every_tick())
        log.warning("config taken over", extra={"sources": len(self._house.config.sources)})

    def _check_clock(self) -> None:
        """Look whether the wall clock was set. What that costs and cannot be done just now is done at the next look."""
        if self._clocks.check(self._set_by):
            self._to_mend = True
            self._was_set.set()

    def _set_by(self, by: timedelta) -> None:
        """Move the schedule with the clock, if somebody set it: a visit comes when it would have come."""
        if by:
            self._house.polling.shift(by)
            self._publishing.rest_no_longer()
            self._listener.look_now()

    def _mend(self, now: datetime) -> None:
        if self._to_mend:
            self._house.polling.mend(now)
            self._to_mend = False

    def _watch(self) -> None:
        """Wake the scheduler when the clock was set back: all that it has to do would wait until the old time comes."""
        while not self._stop.wait(TICK):
            try:
                if self._clocks.is_set:
                    self._check_clock()
                if self._was_set.is_set():
                    self._was_set.clear()
                    self._look_now(*(job.id for job in self._scheduler.get_jobs()))
            except Exception:  # as in `tick`
                log.exception("clock not checked")

    def _look_now(self, *names: str) -> None:
        for name in names or ("tick", "publish"):
            self._scheduler.modify_job(name, next_run_time=datetime.now(UTC))

    def _every_tick(self) -> IntervalTrigger:
        seconds = self._seconds or min(TICK, max(self._house.config.poll.minimum.total_seconds() / 30, 0.1))
        return _every(seconds)


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
