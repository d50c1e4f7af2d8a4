"""Transcripts and pictures: what lay at the addresses that episodes, shows and persons name."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, func, not_, or_, select

from mediafeed.model.files import FileKind, KeptFile, Picture, Transcript, WantedFile
from mediafeed.model.source import Validators
from mediafeed.store import tables
from mediafeed.store.codec import Codec, whole_text
from mediafeed.store.dialect import among, in_batches, upsert
from mediafeed.store.search import keep_spoken
from mediafeed.store.times import micros, moment

_file = tables.files.c
_episode = tables.episodes.c
_credit = tables.credits_.c

_OF_EPISODE = and_(_file.kind == FileKind.TRANSCRIPT.value, _file.url == _episode.transcript)
_HELD = select(_file.url, _file.again).where(_file.kind == bindparam("kind"), among(_file.url))
_KEPT = select(tables.files).where(_file.kind == bindparam("kind"), _file.url == bindparam("this"))
_HASHES = select(_file.url, _file.hash).where(_file.kind == bindparam("kind"), _file.hash != "")
_PORTRAITS = (
    select(_credit.person, _credit.image, _episode.show)
    .join_from(tables.credits_, tables.episodes)
    .where(_credit.image.is_not(None), _credit.person != "", _episode.blocked.is_(False))
    .group_by(_credit.person, _credit.image, _episode.show)
    .order_by(_credit.person, func.min(_episode.dated), _credit.image, _episode.show)
)

Opens = Callable[[], AbstractContextManager[Connection]]


class Files:
    """The part of the store that keeps files. Made by the store, as `store.files`."""

    def __init__(self, reading: Opens, writing: Opens, codec: Codec) -> None:
        """Take the store's own ways to read and to write."""
        self._reading = reading
        self._writing = writing
        self._codec = codec

    def keep(self, kept: KeptFile) -> None:
        """Remember what came when an address was asked."""
        validators = kept.validators or Validators()
        row = {
            "kind": kept.kind.value,
            "url": whole_text(kept.url),
            "at": micros(kept.at),
            "attempts": kept.attempts,
            "again": None if kept.again is None else micros(kept.again),
            "hash": kept.hash,
            "etag": validators.etag,
            "last_modified": validators.last_modified,
            "reason": whole_text(kept.reason),
            "found": None if kept.found is None else self._codec.pack(kept.found),
        }
        with self._writing() as connection:
            upsert(connection, tables.files, [row])

    def kept(self, kind: FileKind, url: str) -> KeptFile | None:
        """Give what came when an address was asked last; None where it never was."""
        with self._reading() as connection:
            row = connection.execute(_KEPT, {"kind": kind.value, "this": whole_text(url)}).one_or_none()
        if row is None:
            return None
        unpack: Callable[[bytes], Transcript | Picture] = self._codec.picture
        if kind is FileKind.TRANSCRIPT:
            unpack = self._codec.transcript
        return KeptFile(
            kind=kind,
            url=url,
            at=moment(row.at),
            attempts=row.attempts,
            again=None if row.again is None else moment(row.again),
            validators=Validators(row.etag, row.last_modified),
            reason=row.reason,
            hash=row.hash,
            found=None if row.found is None else unpack(row.found),
        )

    def wanted(self, kind: FileKind, urls: Collection[str], now: datetime, most: int) -> tuple[WantedFile, ...]:
        """Give those of these addresses that are to be asked, in their order."""
        wanted: list[WantedFile] = []
        with self._reading() as connection:
            for batch in in_batches(urls):
                rows = connection.execute(_HELD, {"kind": kind.value, "those": [whole_text(url) for url in batch]})
                held = {row.url: row for row in rows.all()}
                for url in batch:
                    row = held.get(whole_text(url))
                    if row is None or (row.again is not None and row.again <= micros(now)):
                        wanted.append(WantedFile(kind=kind, url=url))
                if len(wanted) >= most:
                    break
        return tuple(wanted[:most])

    def transcripts_wanted(self, free: Collection[str] | None, now: datetime, most: int) -> tuple[WantedFile, ...]:
        """Give the transcripts that are to be asked for, of the newest episodes first.

        `free` are the shows whose words may be published anew; None: all transcripts are wanted.
        """
        due = or_(_file.url.is_(None), _file.again <= micros(now))
        asked = (
            select(_episode.transcript)
            .select_from(tables.episodes.outerjoin(tables.files, _OF_EPISODE))
            .where(_may_be_shown(free), due)
            .order_by(_episode.dated.desc(), _episode.id)
            .limit(most)
        )
        with self._reading() as connection:
            rows = connection.execute(asked).all()
        return tuple(WantedFile(kind=FileKind.TRANSCRIPT, url=row.transcript) for row in rows)

    def transcripts_held(self, free: Collection[str] | None) -> dict[str, str]:
        """Give the hash of each transcript that may be shown, by episode id; `free` as in `transcripts_wanted`."""
        asked = select(_episode.id, _file.hash).join_from(tables.files, tables.episodes, _OF_EPISODE)
        with self._reading() as connection:
            rows = connection.execute(asked.where(_file.hash != "", _may_be_shown(free))).all()
        return {row.id: row.hash for row in rows}

    def transcripts(self, episodes: Sequence[str]) -> Iterator[tuple[str, str, Transcript]]:
        """Give (episode id, address, transcript) of those that have one."""
        asked = select(_episode.id, _file.url, _file.found).join_from(tables.files, tables.episodes, _OF_EPISODE)
        asked = asked.where(among(_episode.id), _file.found.is_not(None))
        for batch in in_batches(episodes, 20):
            with self._reading() as connection:
                rows = connection.execute(asked, {"those": batch}).all()
            yield from ((row.id, row.url, self._codec.transcript(row.found)) for row in rows)

    def let_find(self, spoken: Iterable[tuple[str, str, str]]) -> None:
        """Let (episode, hash, words) of transcripts be found by search; without words they are found no longer."""
        with self._writing() as connection:
            keep_spoken(connection, spoken)

    def pictures_held(self) -> dict[str, str]:
        """Give the hash of each picture that was found, by address."""
        with self._reading() as connection:
            rows = connection.execute(_HASHES, {"kind": FileKind.PICTURE.value}).all()
        return {row.url: row.hash for row in rows}

    def portraits(self) -> tuple[tuple[str, str, str], ...]:
        """Give (person, picture, show) of every picture that a credit shows, each once, the oldest first."""
        with self._reading() as connection:
            return tuple((row.person, row.image, row.show) for row in connection.execute(_PORTRAITS).all())


def _may_be_shown(free: Collection[str] | None) -> ColumnElement[bool]:
    held = and_(_episode.transcript.is_not(None), _episode.blocked.is_(False))
    if free is None:
        return held
    by_show = and_(_episode.free.is_(None), _episode.show.in_(sorted(free)))
    return and_(held, or_(_episode.free.is_(True), by_show))


def forget_unnamed(connection: Connection) -> None:
    """Drop the transcripts that no episode names any longer."""
    named = select(_episode.transcript).where(_episode.transcript.is_not(None))
    connection.execute(delete(tables.files).where(_file.kind == FileKind.TRANSCRIPT.value, not_(_file.url.in_(named))))


def forget_pictures(connection: Connection, facts: Iterable[str]) -> None:
    """Drop the pictures of shows or persons that go, by their JSON."""
    images = [image for one in facts if (image := json.loads(one).get("image"))]
    for batch in in_batches(images):
        connection.execute(delete(tables.files).where(_file.kind == FileKind.PICTURE.value, _file.url.in_(batch)))
