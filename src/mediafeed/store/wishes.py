"""Wishes: what a person or a program asks of the daemon that works on this data folder."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection, bindparam, func, select, update

from mediafeed.model.wishes import Answer, Wish
from mediafeed.store import tables
from mediafeed.store.codec import Codec, json_of
from mediafeed.store.times import micros, moment

Opens = Callable[[], AbstractContextManager[Connection]]

ANSWERS_KEPT = timedelta(hours=1)

_wish = tables.wishes.c
_UNANSWERED = select(tables.wishes).where(_wish.answer.is_(None)).order_by(_wish.number)
_COUNT = select(func.count()).select_from(tables.wishes).where(_wish.answer.is_(None))
_ANSWER = select(_wish.answer).where(_wish.number == bindparam("this"))
_ANSWERED = (
    update(tables.wishes)
    .where(_wish.number == bindparam("this"), _wish.answer.is_(None))
    .values(answer=bindparam("is"))
)
_WITHDRAW = tables.wishes.delete().where(_wish.number == bindparam("this"), _wish.answer.is_(None))
_FORGET = tables.wishes.delete().where(_wish.answer.is_not(None), _wish.asked < bindparam("before"))


class Wishes:
    """The part of the store in which the daemon is asked for a refresh. Made by the store, as `store.wishes`.

    Who asks looks for the answer now and then: `answer` is None until it is there.
    """

    def __init__(self, reading: Opens, writing: Opens, codec: Codec) -> None:
        """Take the store's own ways to read and to write."""
        self._reading = reading
        self._writing = writing
        self._codec = codec
        self._answers = msgspec.json.Decoder(Answer)

    def ask(self, sources: Sequence[str], *, force: bool, now: datetime) -> int:
        """Ask for a refresh of these sources, or without names of those that are due; give the wish's number."""
        return self._asked({"sources": json_of(tuple(sources)).decode(), "force": force}, now)

    def ask_audio(self, episodes: Sequence[str], *, now: datetime) -> int:
        """Ask for the audio of these episodes, or without names for all that is wanted; give the wish's number."""
        return self._asked({"sources": "[]", "force": False, "episodes": json_of(tuple(episodes)).decode()}, now)

    def _asked(self, wanted: Mapping[str, object], now: datetime) -> int:
        row = {"episodes": None, **wanted, "asked": micros(now), "answer": None}
        with self._writing() as connection:
            connection.execute(_FORGET, {"before": micros(now - ANSWERS_KEPT)})
            made = connection.execute(tables.wishes.insert(), row).inserted_primary_key
        return int(made[0]) if made else 0

    def answer(self, number: int) -> Answer | None:
        """Give what came of a wish, None while nobody knows."""
        with self._reading() as connection:
            said = connection.execute(_ANSWER, {"this": number}).scalar()
        return None if said is None else self._answers.decode(said)

    def withdraw(self, number: int) -> bool:
        """Take a wish back, unless it was answered; say whether it was taken back."""
        with self._writing() as connection:
            return bool(connection.execute(_WITHDRAW, {"this": number}).rowcount)

    def unanswered(self) -> tuple[Wish, ...]:
        """Give the wishes that nobody answered yet, the oldest first."""
        with self._reading() as connection:
            rows = connection.execute(_UNANSWERED).all()
        return tuple(
            Wish(
                number=row.number,
                sources=self._codec.texts(row.sources),
                force=row.force,
                asked=moment(row.asked),
                episodes=None if row.episodes is None else self._codec.texts(row.episodes),
            )
            for row in rows
        )

    def count(self) -> int:
        """Count the wishes that nobody answered yet."""
        with self._reading() as connection:
            return connection.execute(_COUNT).scalar_one()

    def answered(self, number: int, answer: Answer) -> None:
        """Write down what came of a wish, once."""
        with self._writing() as connection:
            connection.execute(_ANSWERED, {"this": number, "is": json_of(answer).decode()})
