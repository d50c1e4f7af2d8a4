"""What audio said of itself, and whose audio is still to be asked."""

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, bindparam, case, func, or_, select

from mediafeed.model.audio import Measurement
from mediafeed.model.held import KeptMeasurement, WantedAudio
from mediafeed.model.settings import Measure
from mediafeed.store import rows, tables
from mediafeed.store.codec import Codec, whole_text
from mediafeed.store.dialect import among, in_batches, upsert
from mediafeed.store.times import micros, moment

REST = timedelta(days=7)  # between two askings of audio whose sources say something new of it

_episode = tables.episodes.c
_held = tables.measurements.c
_FOUND = select(_held.audio, _held.found).where(among(_held.audio))
_IS_WANTED = or_(
    _held.audio.is_(None),
    _held.again <= bindparam("now"),
    and_(_held.told != _episode.told, _held.at <= bindparam("rested")),
)
_NARROWER = {
    Measure.MISSING: (Measure.MISSING,),
    Measure.DOUBTFUL: (Measure.MISSING, Measure.DOUBTFUL),
    Measure.ALL: (Measure.MISSING, Measure.DOUBTFUL, Measure.ALL),
    Measure.NEVER: (),
}
_JOINED = tables.episodes.outerjoin(tables.measurements, _held.audio == _episode.audio)
_OPEN = and_(among(_episode.measure), _episode.audio.is_not(None), _episode.blocked.is_(False), _IS_WANTED)
_COLUMNS = (
    _episode.id,
    _episode.audio,
    _episode.told,
    case((_held.told == _episode.told, _held.attempts), else_=0).label("attempts"),
)
_WANTED = (
    select(*_COLUMNS)
    .select_from(_JOINED)
    .where(_OPEN)
    .order_by(_episode.dated.desc(), _episode.id)
    .limit(bindparam("most"))
)
_COUNT = select(func.count()).select_from(_JOINED).where(_OPEN)
_NAMED = select(*_COLUMNS).select_from(_JOINED).where(among(_episode.id), _episode.audio.is_not(None))
_KEPT = select(tables.measurements).where(_held.audio == bindparam("this"))

Opens = Callable[[], AbstractContextManager[Connection]]


class Measurements:
    """The part of the store that knows what was asked of audio. Made by the store, as `store.measurements`."""

    def __init__(self, reading: Opens, codec: Codec) -> None:
        """Take the store's own way to read."""
        self._reading = reading
        self._codec = codec

    def wanted(self, setting: Measure, now: datetime, most: int) -> tuple[WantedAudio, ...]:
        """Give whose audio is to be asked under this setting, the newest episodes first."""
        given = {"those": _NARROWER[setting], "now": micros(now), "rested": micros(now - REST), "most": most}
        with self._reading() as connection:
            found = connection.execute(_WANTED, given).all() if _NARROWER[setting] else []
            return _wanted(connection, self._codec, found)

    def count(self, setting: Measure, now: datetime) -> int:
        """Say how many that are."""
        given = {"those": _NARROWER[setting], "now": micros(now), "rested": micros(now - REST)}
        with self._reading() as connection:
            return int(connection.execute(_COUNT, given).scalar_one()) if _NARROWER[setting] else 0

    def named(self, episodes: Collection[str]) -> tuple[WantedAudio, ...]:
        """Give these episodes' audio, wanted or not; those that have none are left out."""
        with self._reading() as connection:
            found = [row for batch in in_batches(episodes) for row in connection.execute(_NAMED, {"those": batch})]
            return _wanted(connection, self._codec, found)

    def of_audio(self, audio: str) -> KeptMeasurement | None:
        """Give what one audio said, and when; None where it was not asked."""
        with self._reading() as connection:
            row = connection.execute(_KEPT, {"this": whole_text(audio)}).one_or_none()
        if row is None:
            return None
        return KeptMeasurement(
            audio=audio,
            found=self._codec.measurement(row.found),
            at=moment(row.at),
            attempts=row.attempts,
            again=None if row.again is None else moment(row.again),
            told=row.told,
        )


def _wanted(connection: Connection, codec: Codec, found: Sequence[Any]) -> tuple[WantedAudio, ...]:
    episodes = rows.episodes_by_id(connection, codec, [row.id for row in found])
    enclosures = ((row, episodes[row.id].enclosure) for row in found if row.id in episodes)
    return tuple(
        WantedAudio(episode=row.id, audio=row.audio, url=enclosure.url, told=row.told, attempts=row.attempts)
        for row, enclosure in enclosures
        if enclosure is not None
    )


def found_in(connection: Connection, codec: Codec, audio_keys: Collection[str]) -> dict[str, Measurement]:
    """Give what these said, by key; what was not asked is missing."""
    found: dict[str, Measurement] = {}
    for batch in in_batches(whole_text(key) for key in audio_keys if key):
        rows_found = connection.execute(_FOUND, {"those": batch}).all()
        found.update((audio, codec.measurement(blob)) for audio, blob in rows_found)
    return found


def keep(connection: Connection, codec: Codec, kept: KeptMeasurement) -> None:
    """Remember what audio said."""
    row = {
        "audio": whole_text(kept.audio),
        "at": micros(kept.at),
        "attempts": kept.attempts,
        "again": None if kept.again is None else micros(kept.again),
        "told": kept.told,
        "found": codec.pack(kept.found),
    }
    upsert(connection, tables.measurements, [row])
