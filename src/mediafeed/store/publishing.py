"""What publishing remembers: fragments rendered once per change, documents as written, parts, settings."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, get_args

from sqlalchemy import Connection, bindparam, delete, select, update

from mediafeed.model.published import Fragments
from mediafeed.store import tables
from mediafeed.store.codec import Codec, json_of
from mediafeed.store.dialect import among, in_batches, upsert
from mediafeed.store.search import keep_findable

FragmentForm = Literal["rss", "json", "row", "notes"]
_FORMS = get_args(FragmentForm)

_fragment = tables.fragments.c
_FRAGMENTS = {form: select(_fragment.episode, _fragment[form]).where(among(_fragment.episode)) for form in _FORMS}


def fragments(
    connection: Connection, codec: Codec, ids: Sequence[str], form: FragmentForm
) -> Iterator[tuple[str, bytes]]:
    """Give (episode id, fragment) pairs in the order asked; episodes without a fragment are left out."""
    rows = connection.execute(_FRAGMENTS[form], {"those": ids}).all()
    held = {row[0]: row[1] for row in rows}
    return ((episode, codec.unsqueeze(held[episode])) for episode in ids if episode in held)


def save_fragments(connection: Connection, codec: Codec, rendered: Iterable[Fragments]) -> None:
    """Remember rendered fragments; those of an episode that is no longer held are dropped."""
    by_id = {one.episode: one for one in rendered}
    held = _held(connection, by_id)
    rows, marks = [], []
    for episode in held:
        one = by_id[episode]
        blobs = {form: codec.squeeze(getattr(one, form)) for form in _FORMS}
        rows.append({"episode": episode, **blobs})
        views = json_of(one.views).decode()
        marks.append({"this": episode, "as": one.key, "bytes": len(one.rss), "matched": views})
    upsert(connection, tables.fragments, rows)
    keep_findable(connection, ((episode, by_id[episode].findable) for episode in held))
    if marks:
        column = tables.episodes.c
        values: dict[str, Any] = {
            "fragment_key": bindparam("as"),
            "rss_length": bindparam("bytes"),
            "views": bindparam("matched"),
        }
        connection.execute(update(tables.episodes).where(column.id == bindparam("this")).values(values), marks)


def _held(connection: Connection, ids: Collection[str]) -> list[str]:
    held: list[str] = []
    for batch in in_batches(ids):
        held.extend(connection.execute(select(tables.episodes.c.id).where(tables.episodes.c.id.in_(batch))).scalars())
    return held


def published(connection: Connection) -> dict[str, str]:
    """Give the signature of every document as last written, by path."""
    return {row[0]: row[1] for row in connection.execute(select(tables.published)).all()}


def note_published(connection: Connection, written: Mapping[str, str], removed: Collection[str]) -> None:
    """Remember which documents were written and which were taken away."""
    for batch in in_batches(removed):
        connection.execute(delete(tables.published).where(tables.published.c.path.in_(batch)))
    upsert(connection, tables.published, [{"path": path, "signature": held} for path, held in written.items()])


def affiliations(connection: Connection, person: str) -> tuple[tuple[str, str], ...]:
    """Give (day, affiliation) of each episode that says where a person belongs, the oldest first.

    Days are their publishers': "2022-09-21".
    """
    credit, episode = tables.credits_.c, tables.episodes.c
    asked = select(episode.day, credit.affiliation).join_from(tables.credits_, tables.episodes)
    said = asked.where(credit.person == person, credit.affiliation.is_not(None), episode.blocked.is_(False))
    return tuple((day, words) for day, words in connection.execute(said.order_by(episode.dated, episode.id)))


def parts(connection: Connection, feed: str) -> dict[str, int]:
    """Give the number of the archive document each episode of a feed stands in."""
    part = tables.parts.c
    rows = connection.execute(select(part.episode, part.number).where(part.feed == feed))
    return {row[0]: row[1] for row in rows.all()}


_ARCHIVED = select(tables.parts.c.episode).where(
    among(tables.parts.c.episode), tables.parts.c.feed != "list"
)  # which refers to episodes and holds no words of theirs


def archived(connection: Connection, ids: Collection[str]) -> frozenset[str]:
    """Give those of these episodes that stand in an archive document of any feed, references apart."""
    found: set[str] = set()
    for batch in in_batches(ids):
        found.update(connection.execute(_ARCHIVED, {"those": batch}).scalars())
    return frozenset(found)


def all_parts(connection: Connection) -> dict[str, dict[str, int]]:
    """Give the same for every feed that has any."""
    part = tables.parts.c
    found: dict[str, dict[str, int]] = {}
    for feed, episode, number in connection.execute(select(part.feed, part.episode, part.number)).all():
        found.setdefault(feed, {})[episode] = number
    return found


def save_parts(connection: Connection, feed: str, numbers: Mapping[str, int]) -> None:
    """Remember in which archive document of a feed episodes stand."""
    held = _held(connection, numbers)
    upsert(connection, tables.parts, [{"feed": feed, "episode": id_, "number": numbers[id_]} for id_ in held])


def setting(connection: Connection, name: str) -> str | None:
    """Give what was remembered under a name."""
    value: str | None = connection.execute(
        select(tables.settings.c.value).where(tables.settings.c.name == name)
    ).scalar()
    return value


def set_setting(connection: Connection, name: str, value: str) -> None:
    """Remember one text under a name."""
    upsert(connection, tables.settings, [{"name": name, "value": value}])
