"""Search: which episodes have these words, the best first."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Float, Integer, Select, case, func, literal, or_, select, text, update

from mediafeed.model.episode import Show
from mediafeed.model.published import Findable, Found
from mediafeed.store import tables
from mediafeed.store.codec import Codec
from mediafeed.store.dialect import upsert
from mediafeed.store.folding import folded, folded_html, words_in
from mediafeed.store.schedule import Opens

LONGEST = 200  # characters of a question; what is typed beyond them is not looked at
MOST_WORDS = 12
MOST_NAMES = 6  # persons, and shows, named beside episodes
_NOTES = 100_000  # folded characters of one episode's notes
_SPOKEN = 400_000  # characters of one episode's transcript: some eight hours

_QUOTED = re.compile(r'"([^"]*)"|([^\s"]+)')
_row = tables.search_words.c
_episode = tables.episodes.c
_person = tables.persons.c
_credit = tables.credits_.c
_published = tables.published.c

# What an episode is called and who is on it says more than its notes: 0, all that is asked for is there as typed; 1, it
# begins there so, or in the show's name; 2, some is there; 3, notes have it, and how often counts; 4, it takes the
# transcript, where everything is said sooner or later. Then the newest.
_FITTING = text(
    "SELECT number, tier, CASE WHEN tier > 2 THEN often ELSE 0 END AS fit FROM (SELECT rowid AS number, "
    "CASE WHEN rowid IN (SELECT rowid FROM search_index WHERE search_index MATCH :called) THEN 0 "
    "WHEN rowid IN (SELECT rowid FROM search_index WHERE search_index MATCH :begun) THEN 1 "
    "WHEN rowid IN (SELECT rowid FROM search_index WHERE search_index MATCH :some) THEN 2 "
    "WHEN rowid IN (SELECT rowid FROM search_index WHERE search_index MATCH :told) THEN 3 ELSE 4 END AS tier, "
    "round(bm25(search_index, 0, 0, 0, 1, 1)) AS often FROM search_index WHERE search_index MATCH :match)"
)

Phrase = tuple[str, ...]


def keep_findable(connection: Connection, findable: Iterable[tuple[str, Findable]]) -> None:
    """Remember what these episodes are found by, instead of what they were found by before."""
    rows = [
        {
            "episode": episode,
            "title": _spaced(folded(one.title)),
            "people": _spaced(folded(" / ".join(one.people))),
            "shows": _spaced(folded(" / ".join(one.shows))),
            "notes": _spaced(*(folded_html(part) for part in one.notes)),
        }
        for episode, one in findable
    ]
    upsert(connection, tables.search_words, rows, by=("episode",))


def keep_spoken(connection: Connection, spoken: Iterable[tuple[str, str, str]]) -> None:
    """Remember (episode, hash, words) of what is said on episodes; without words nothing of it is found any longer."""
    for episode, key, words in spoken:
        values = {"spoken": " ".join(words_in(folded(words[:_SPOKEN]))), "spoken_hash": key}
        connection.execute(update(tables.search_words).where(_row.episode == episode).values(values))


def _spaced(*parts: str) -> str:
    return " ".join(word for part in dict.fromkeys(parts) for word in words_in(part[:_NOTES]))


def phrases(question: str) -> tuple[Phrase, ...]:
    """Give the words of a question, those that must stand together in one tuple.

    >>> phrases('"Global Security" AND UK–Japan')
    (('global', 'security'), ('and',), ('uk', 'japan'))
    """
    asked = (
        tuple(words_in(folded(quoted or word)))
        for quoted, word in _QUOTED.findall(question[:LONGEST].replace("\\0", " "))
    )
    return tuple(dict.fromkeys(phrase for phrase in asked if phrase))[:MOST_WORDS]


class Search:
    """The part of the store that is asked by whoever types into a search box. Made by the store, as `store.search`."""

    def __init__(self, reading: Opens, codec: Codec, shows: Callable[[], Sequence[Show]]) -> None:
        """Take the store's own ways to read, and to know its shows."""
        self._reading = reading
        self._codec = codec
        self._shows = shows

    def find(self, question: str, *, start: int = 0, limit: int = 20) -> Found:
        """Find published episodes by their words, those whose title, people or show have them first, then by date.

        The last word of each phrase may go on. Episodes and shows that are blocked are not found, nor are persons by
        names that are hidden. Whatever is typed is an answerable question.
        """
        shows = self._shows()
        with self._reading() as connection:
            return _found(connection, self._codec, question, shows, start=start, limit=limit)

    def spoken(self) -> dict[str, str]:
        """Give the hash of the transcript by which each episode is found, by episode id."""
        with self._reading() as connection:
            rows = connection.execute(select(_row.episode, _row.spoken_hash).where(_row.spoken_hash != "")).all()
        return {row.episode: row.spoken_hash for row in rows}

    def paged_shows(self) -> frozenset[str]:
        """Give the ids of the shows that have a page."""
        asked = select(_published.path).where(_published.path.like("shows/%/index.html"))
        with self._reading() as connection:
            paths = [path.split("/") for path in connection.execute(asked).scalars()]
        return frozenset(show for _, show, *rest in paths if len(rest) == 1)


def _found(
    connection: Connection, codec: Codec, question: str, shows: Sequence[Show], *, start: int, limit: int
) -> Found:
    asked = phrases(question)
    if not asked:
        return Found()
    blocked = [show.id for show in shows if show.blocked]
    words = tuple(dict.fromkeys(word for phrase in asked for word in phrase))
    for every in (True, False) if len(asked) > 1 else (True,):
        total, episodes = _episodes(connection, asked, blocked, every=every, start=start, limit=limit)
        if total or episodes:
            break
    return Found(
        words=words,
        total=total,
        episodes=episodes,
        every=every,
        people=_people(connection, codec, words),
        shows=_shows(connection, [show for show in shows if not show.blocked and _has_all(show.title, words)]),
    )


def _episodes(
    connection: Connection, asked: Sequence[Phrase], blocked: Collection[str], *, every: bool, start: int, limit: int
) -> tuple[int, tuple[str, ...]]:
    make = _by_index if connection.dialect.name == "sqlite" else by_likeness
    question = make(asked, every=every).where(_episode.blocked.is_(False))
    if blocked:
        question = question.where(_episode.show.not_in(sorted(blocked)))
    rows = connection.execute(question.offset(start).limit(limit)).all()
    if not rows and start:
        return (_episodes(connection, asked, blocked, every=every, start=0, limit=1)[0], ())
    return (rows[0].total if rows else 0), tuple(row.id for row in rows)


def _by_index(asked: Sequence[Phrase], *, every: bool) -> Select[Any]:
    """Ask SQLite's FTS5. Words hold letters and digits alone: nothing in them can be taken for an operator."""
    whole = [f'"{" ".join(phrase)}"' for phrase in asked]
    begun = [f"{one}*" if len(phrase[-1]) > 1 else one for one, phrase in zip(whole, asked, strict=True)]
    words = {
        "called": f"{{title people}} : ({' AND '.join(whole)})",
        "begun": f"{{title people shows}} : ({' AND '.join(begun)})",
        "some": f"{{title people}} : ({' OR '.join(begun)})",
        "told": f"{{title people shows notes}} : ({(' AND ' if every else ' OR ').join(begun)})",
        "match": (" AND " if every else " OR ").join(begun),
    }
    # Materialized: bm25 can be asked where the index is walked, and nowhere else.
    fitting = _FITTING.bindparams(**words).columns(number=Integer, tier=Integer, fit=Float).cte("fitting")
    return (
        select(_episode.id, func.count().over().label("total"))
        .select_from(fitting.prefix_with("MATERIALIZED"))
        .join(tables.search_words, _row.number == fitting.c.number)
        .join(tables.episodes, _episode.id == _row.episode)
        .order_by(fitting.c.tier, fitting.c.fit, _episode.dated.desc(), _episode.id)
    )


def by_likeness(asked: Sequence[Phrase], *, every: bool) -> Select[Any]:
    """Ask by LIKE, where there is no FTS5: the same words, the same order but for how often they occur."""
    parts = [" " + " ".join(phrase) for phrase in asked]
    named = literal(" ") + _row.title + literal(" ") + _row.people + literal(" ") + _row.shows
    everything = named + literal(" ") + _row.notes + literal(" ") + _row.spoken
    held = [everything.contains(part, autoescape=True) for part in parts]
    rank = sum((case((named.contains(part, autoescape=True), 0), else_=1) for part in parts), start=literal(0))
    together = or_(*held) if not every else None
    question = select(_episode.id, func.count().over().label("total")).join(
        tables.search_words, _episode.id == _row.episode
    )
    question = question.where(together) if together is not None else question.where(*held)
    return question.order_by(rank, _episode.dated.desc(), _episode.id)


def _people(connection: Connection, codec: Codec, words: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Give (id, name) of those whose name has all the words and who have a page, who is heard most first."""
    page = _published.path == literal("people/") + _person.id + literal("/index.html")
    asked = (
        select(_person.id, _person.facts)
        .join(tables.published, page)
        .join(tables.credits_, _credit.person == _person.id)
        .where(*((literal(" ") + _person.key).contains(_begun(word), autoescape=True) for word in words))
        .group_by(_person.id, _person.facts)
        .order_by(func.count().desc(), _person.id)
        .limit(MOST_NAMES)
    )
    return tuple((id_, codec.person(facts).name) for id_, facts in connection.execute(asked).all())


def _shows(connection: Connection, named: Sequence[Show]) -> tuple[tuple[str, str], ...]:
    """Give (id, title) of those that have a page."""
    pages = {f"shows/{show.id}/index.html": (show.id, show.title) for show in named[:100]}
    asked = select(_published.path).where(_published.path.in_(list(pages))).order_by(_published.path)
    return tuple(pages[path] for path in connection.execute(asked).scalars())[:MOST_NAMES]


def _begun(word: str) -> str:
    """Give what a name holds that has this word, or one that begins so; without spaces it may stand anywhere."""
    return f" {word}" if word.isascii() else word


def _has_all(name: str, words: Sequence[str]) -> bool:
    held = words_in(folded(name))
    return all(any(one.startswith(word) for one in held) for word in words)
