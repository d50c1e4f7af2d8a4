"""What is learned of each show, and which of its items it was learned from: the oldest ones, by (published, key)."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, func, select

from mediafeed.model.held import StoredLesson, StoredTelling
from mediafeed.store import tables
from mediafeed.store.codec import Codec, whole_text
from mediafeed.store.dialect import insert_all, upsert
from mediafeed.store.rows import TELLING, stored_telling
from mediafeed.store.times import micros, moment

_item = tables.items.c
_lesson = tables.lessons.c

_HELD = select(tables.lessons).where(_lesson.source == bindparam("source")).order_by(_lesson.show)
_OF_SHOW = (_item.source == bindparam("source")) & (_item.show == bindparam("show"))
_COUNT = select(func.count()).select_from(tables.items).where(_OF_SHOW)
_SHOWS = select(_item.show).where(_item.source == bindparam("source")).distinct().order_by(_item.show)


def lessons(connection: Connection, codec: Codec, source: str) -> tuple[StoredLesson, ...]:
    """Give what is learned of the shows a source tells of, by show."""
    return tuple(
        StoredLesson(
            show=row.show,
            teachers=row.teachers,
            until=moment(row.until),
            key=row.key,
            doubtful=row.doubtful,
            profile=codec.unsqueeze(row.profile),
        )
        for row in connection.execute(_HELD, {"source": source}).all()
    )


def count(connection: Connection, source: str, show: str) -> int:
    """Give how many items of a show a source told of."""
    return int(connection.execute(_COUNT, {"source": source, "show": show}).scalar_one())


def shows_told(connection: Connection, source: str) -> tuple[str, ...]:
    """Give the shows of a source's items."""
    return tuple(connection.execute(_SHOWS, {"source": source}).scalars())


def oldest(connection: Connection, source: str, show: str, most: int) -> tuple[str, ...]:
    """Give the hashes of the oldest items, oldest first."""
    asked = _in_order(select(_item.hash)).limit(most)
    return tuple(connection.execute(asked, {"source": source, "show": show}).scalars())


def oldest_tellings(
    connection: Connection, codec: Codec, source: str, show: str, *, after: int, most: int
) -> list[StoredTelling]:
    """Give the next `most` of what a source tells of a show, oldest first, leaving out the first `after`."""
    asked = _in_order(TELLING).offset(after).limit(most)
    return [stored_telling(codec, row) for row in connection.execute(asked, {"source": source, "show": show}).all()]


def _in_order(asked: Select[Any]) -> Select[Any]:
    return asked.where(_OF_SHOW).order_by(_item.published, _item.key)


def keep(connection: Connection, codec: Codec, source: str, learned: Iterable[StoredLesson], *, whole: bool) -> None:
    """Remember what was learned: of all shows of a source if `whole`, else of these."""
    rows = [
        {
            "source": source,
            "show": lesson.show,
            "teachers": lesson.teachers,
            "until": micros(lesson.until),
            "key": whole_text(lesson.key),
            "doubtful": lesson.doubtful,
            "profile": codec.squeeze(lesson.profile),
        }
        for lesson in learned
    ]
    if whole:
        connection.execute(delete(tables.lessons).where(_lesson.source == source))
        insert_all(connection, tables.lessons, rows)
    else:
        upsert(connection, tables.lessons, rows)


def doubted(connection: Connection) -> frozenset[str]:
    """Give the sources of which something is to be learned anew."""
    return frozenset(connection.execute(select(_lesson.source).where(_lesson.doubtful).distinct()).scalars())
