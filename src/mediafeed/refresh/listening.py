"""Ask the audio of episodes what it says: whose turn it is, when again, and what becomes of the episode.

What is wanted stands in the store and nowhere else (see store/measurements.py): whoever is interrupted goes on there.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Protocol
from urllib.parse import urlsplit

from mediafeed.model.audio import Measurement
from mediafeed.model.episode import CreditOrigin, Episode
from mediafeed.model.held import KeptMeasurement, WantedAudio
from mediafeed.model.settings import Config
from mediafeed.model.source import FailureKind
from mediafeed.normalize.merging import merged
from mediafeed.refresh.gate import Gate
from mediafeed.refresh.naming import published_audio, record_of
from mediafeed.refresh.people import as_heard, configured_persons
from mediafeed.refresh.taking_in import identities_for
from mediafeed.store.store import Store

log = logging.getLogger(__name__)

AT_ONCE: Final = 64  # looked up together; among them hosts take turns
REST: Final = timedelta(hours=1)  # of a host that did not answer, or asked to wait

_HOUR: Final = timedelta(hours=1)
_AGAIN: Final = (_HOUR, 6 * _HOUR, 24 * _HOUR, 72 * _HOUR, 168 * _HOUR)  # after failures that may pass
_UNREADABLE_AGAIN: Final = (24 * _HOUR,)  # a page that says "soon" stands where the audio will be
_FOR_GOOD: Final = frozenset({FailureKind.REFUSED, FailureKind.BAD_ADDRESS, FailureKind.GONE, FailureKind.TOO_LARGE})
_OF_THE_HOST: Final = frozenset(
    {
        FailureKind.DNS,
        FailureKind.CONNECT,
        FailureKind.TLS,
        FailureKind.TIMEOUT,
        FailureKind.BUSY,
        FailureKind.SERVER,
        FailureKind.BLOCKED,
    }
)


class Measures(Protocol):
    """A way to measure what lies at an address."""

    def measure(self, url: str, *, now: datetime) -> Measurement:
        """Say how long it is, or why that is not known."""


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
        self, store: Store, measures: Measures, config: Config, gate: Gate, clock: Callable[[], datetime]
    ) -> None:
        """Take what is held, a way to measure, what the operator wants measured and says, and who may write when."""
        self._store = store
        self._measures = measures
        self._setting = config.measure
        self._persons = configured_persons(config.persons)
        self._overrides = config.overrides
        self._gate = gate
        self._clock = clock
        self._resting: dict[str, datetime] = {}

    def count(self) -> int:
        """Say how many are wanted now."""
        return self._store.measurements.count(self._setting, self._clock())

    def wanted(self) -> tuple[WantedAudio, ...]:
        """Give the next that are wanted, the newest first, hosts in turn: none waits while another could be asked."""
        return taking_turns(self._store.measurements.wanted(self._setting, self._clock(), AT_ONCE))

    def named(self, episodes: Iterable[str]) -> tuple[WantedAudio, ...]:
        """Give the audio of these episodes, whatever is wanted."""
        self._resting.clear()  # a person insists
        return self._store.measurements.named(tuple(episodes))

    def ask(self, wanted: WantedAudio) -> Answer:
        """Measure one, remember what came, and bring its episode up to date.

        Raises:
            StoppingError: It was broken off by us: nothing is remembered of it.
        """
        now = self._clock()
        host = urlsplit(wanted.url).hostname or ""
        rests = self._resting.get(host)
        if rests is not None and rests > now:
            found = Measurement(reason=f"{host} is left alone for a while", failure=FailureKind.BUSY)
            return self._remember(wanted, found, wanted.attempts, rests)
        found = self._measures.measure(wanted.url, now=now)
        now = self._clock()
        if found.failure in _OF_THE_HOST:
            self._resting[host] = now + REST
        asked = found.seconds is None and bool(found.requests or found.failure is not FailureKind.BUSY)
        attempts = 0 if found.seconds is not None else wanted.attempts + asked
        log.info(
            "measured",
            extra={"episode": wanted.episode, "seconds": found.seconds, "reason": found.reason,
                   "requests": found.requests, "bytes": found.bytes},
        )  # fmt: skip
        return self._remember(wanted, found, attempts, again_at(found, attempts, now))

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
    if found.seconds is not None or found.failure in _FOR_GOOD:
        return None
    times = _UNREADABLE_AGAIN if found.failure is None else _AGAIN
    return now + times[max(attempts - 1, 0)] if attempts <= len(times) else None


def taking_turns(wanted: Iterable[WantedAudio]) -> tuple[WantedAudio, ...]:
    """Order what is wanted so that the hosts take turns, each one's in the order given."""
    turns = Counter[str]()
    ordered = []
    for place, one in enumerate(wanted):
        host = urlsplit(one.url).hostname or ""
        ordered.append((turns[host], place, one))
        turns[host] += 1
    return tuple(one for *_, one in sorted(ordered, key=lambda each: each[:2]))
