"""Ask the audio of episodes what it says: whose turn it is, when again, and what becomes of the episode.

What is wanted stands in the store and nowhere else (see store/measurements.py): whoever is interrupted goes on there.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Protocol

from mediafeed.model.audio import Measurement
from mediafeed.model.episode import CreditOrigin, Duration, DurationOrigin, Episode
from mediafeed.model.held import KeptMeasurement, WantedAudio
from mediafeed.model.settings import Config
from mediafeed.model.source import FailureKind
from mediafeed.normalize.believing import witnesses
from mediafeed.normalize.dynamic_ads import has_dynamic_ads
from mediafeed.normalize.merging import merged
from mediafeed.refresh.asking import AT_ONCE, Errand, Resting, again_after, host_of, taking_turns
from mediafeed.refresh.gate import Gate
from mediafeed.refresh.naming import published_audio, record_of
from mediafeed.refresh.people import as_heard, configured_persons
from mediafeed.refresh.taking_in import identities_for
from mediafeed.store.store import Store

log = logging.getLogger(__name__)


class Measures(Protocol):
    """A way to measure what lies at an address."""

    def measure(self, url: str, *, now: datetime, said: Sequence[Duration] = ()) -> Measurement:
        """Say how long it is, or why that is not known; look twice where it is not as `said`."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one asking. `episode` is the episode as it is now, None where it is there no longer."""

    wanted: WantedAudio
    found: Measurement
    episode: Episode | None
    modified: bool


class Listening:
    """Measures the audio that is wanted, one after the other."""

    def __init__(
        self,
        store: Store,
        measures: Measures,
        config: Config,
        *,
        gate: Gate,
        clock: Callable[[], datetime],
        resting: Resting,
    ) -> None:
        """Take what is held, a way to measure, what the operator wants and says, who may write when, and who rests."""
        self._store = store
        self._measures = measures
        self._setting = config.measure
        self._persons = configured_persons(config.persons)
        self._overrides = config.overrides
        self._gate = gate
        self._clock = clock
        self._resting = resting

    def count(self) -> int:
        """Say how many are wanted now."""
        return self._store.measurements.count(self._setting, self._clock())

    def wanted(self) -> tuple[WantedAudio, ...]:
        """Give the next that are wanted, the newest first, hosts in turn: none waits while another could be asked."""
        return taking_turns(self._store.measurements.wanted(self._setting, self._clock(), AT_ONCE))

    def errands(self) -> tuple[Errand, ...]:
        """Give the askings that are next."""
        return tuple(partial(self._modifies, one) for one in self.wanted())

    def _modifies(self, wanted: WantedAudio) -> bool:
        return self.ask(wanted).modified

    def named(self, episodes: Iterable[str]) -> tuple[WantedAudio, ...]:
        """Give the audio of these episodes, whatever is wanted."""
        self._resting.forgive()
        return self._store.measurements.named(tuple(episodes))

    def ask(self, wanted: WantedAudio) -> Answer:
        """Measure one, remember what came, and bring its episode up to date.

        Raises:
            StoppingError: It was broken off by us: nothing is remembered of it.
        """
        now = self._clock()
        if rests := self._resting.until(wanted.url, now):
            reason = f"{host_of(wanted.url)} is left alone for a while"
            found = Measurement(reason=reason, failure=FailureKind.BUSY)
            return self._remember(wanted, found, wanted.attempts, rests)
        found = self._measures.measure(wanted.url, now=now, said=self._said_of(wanted))
        now = self._clock()
        self._resting.note(wanted.url, found.failure, now)
        asked = found.seconds is None and bool(found.requests or found.failure is not FailureKind.BUSY)
        attempts = 0 if found.seconds is not None else wanted.attempts + asked
        log.info(
            "measured",
            extra={"episode": wanted.episode, "seconds": found.seconds, "reason": found.reason,
                   "requests": found.requests, "bytes": found.bytes},
        )  # fmt: skip
        return self._remember(wanted, found, attempts, again_at(found, attempts, now))

    def _said_of(self, wanted: WantedAudio) -> list[Duration]:
        """Give the lengths that its sources tell, unless it is served with ads and need not be as long as any."""
        if has_dynamic_ads(wanted.url):
            return []
        lengths = [length for episode in self._store.episodes([wanted.episode]) for length in witnesses(episode)]
        return [length for length in lengths if length.origin is not DurationOrigin.MEASURED]

    def _remember(self, wanted: WantedAudio, found: Measurement, attempts: int, again: datetime | None) -> Answer:
        now = self._clock()
        before = self._store.measurements.of_audio(wanted.audio)
        if before is not None and before.found.seconds is not None and found.failure is not None:
            found = before.found  # what is known stays known while a server is away
        kept = KeptMeasurement(
            audio=wanted.audio, found=found, at=now, attempts=attempts, again=again, told=wanted.told
        )
        with self._gate.together(), self._store.taking_in() as transaction:
            transaction.keep_measurement(kept)
            held = transaction.episodes([wanted.episode]).get(wanted.episode)
            if held is None or published_audio(held) != wanted.audio:
                return Answer(wanted, found, None, modified=False)
            tellings = [one.telling for one in transaction.tellings([held.id])[held.id]]
            told = unmeasured(held, merged(tellings))
            people = identities_for(transaction, self._persons, self._overrides, [told])
            heard = as_heard(told, found, people, self._overrides)
            if heard != held:
                transaction.rewrite([record_of(heard, tellings, told=told)], people.newcomers(), now)
        return Answer(wanted, found, heard, modified=heard != held)


def unmeasured(held: Episode, united: Episode) -> Episode:
    """Give an episode as its sources tell it: `united` is what they say of it together."""
    return replace(
        held,
        number=united.number,
        credits=tuple(credit for credit in held.credits if credit.origin is not CreditOrigin.AUDIO),
        enclosure=united.enclosure,
        duration=united.duration,
        lengths=united.lengths,
        marks=united.marks,
        marks_from=united.marks_from,
        audio=None,
    )


def again_at(found: Measurement, attempts: int, now: datetime) -> datetime | None:
    """Give when audio that did not say is asked again; None: not before its sources say something new of it.

    Args:
        found: What came.
        attempts: How many in a row came to nothing, this one included.
        now: When it came.
    """
    return None if found.seconds is not None else again_after(found.failure, attempts, now)
