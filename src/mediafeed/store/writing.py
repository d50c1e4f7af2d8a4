"""How a TakeIn is written."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import xxhash
from sqlalchemy import Connection, bindparam, delete, select, update

from mediafeed.errors import UsageError
from mediafeed.model.episode import Episode, Person, Show
from mediafeed.model.held import EpisodeRecord, HeardItem, TakeIn
from mediafeed.store import sources, tables
from mediafeed.store.codec import Codec, Told, json_of, whole_text
from mediafeed.store.dialect import among, in_batches, insert_all, upsert
from mediafeed.store.folding import folded, folded_html, joined
from mediafeed.store.shows import longer_histories, next_writing
from mediafeed.store.times import NEVER_DATED, day, micros

_item = tables.items.c
_source = tables.sources.c
_episode = tables.episodes.c

# A publisher whose addresses differ at every visit would fill a disk with versions of one item: of more than this the
# first and the newest stay.
_VERSIONS_KEPT = 50


_LAST_SUCCESS = select(_source.last_success).where(_source.id == bindparam("this"))
_CHANGED_AT = select(_episode.id, _episode.fingerprint, _episode.changed_at).where(among(_episode.id))
_NO_LONGER = tuple(delete(table).where(among(table.c.episode)) for table in (tables.credits_, tables.match_keys))
_HELD_WORDS = select(tables.items).where(_item.source == bindparam("this"), among(_item.key))
_LISTED = select(_item.hash, _item.last_heard).where(_item.source == bindparam("this"))
_MARK = (
    update(tables.items)
    .where(_item.source == bindparam("this"), _item.hash == bindparam("that"))
    .values(last_heard=bindparam("heard"))
)


def match_number(key: str) -> int:
    """Give the number that stands for a match key in the database.

    >>> match_number("guid:https://example.org/33")
    8845031483618851595
    """
    return xxhash.xxh3_64_intdigest(key.encode(errors="replace")) >> 1


def write(connection: Connection, codec: Codec, take_in: TakeIn) -> None:
    """Write what one refresh brought."""
    source = connection.execute(_LAST_SUCCESS, {"this": take_in.source}).one_or_none()
    if source is None:
        raise UsageError(f"no source {take_in.source!r}")
    at = micros(take_in.at)
    if take_in.head is not None:
        sources.keep_head(connection, codec, take_in.source, take_in.head)
    if take_in.shows:
        number = next_writing(connection)
        histories = longer_histories(connection, take_in.shows, take_in.at)
        upsert(connection, tables.shows, [_show_row(show, number, histories[show.id]) for show in take_in.shows])
    write_persons(connection, take_in.persons)
    _rekey(connection, take_in.source, take_in.rekeyed)
    fresh = write_episodes(connection, codec, take_in.episodes, at)
    unsettle(connection, fresh, fresh=True)
    unsettle(connection, take_in.unsettled, fresh=False)
    # Until this visit is noted, the last success is the last time the old words were heard.
    last_heard = at if source.last_success is None else source.last_success
    _write_items(connection, codec, take_in, last_heard=last_heard)
    if take_in.listed:  # an empty list says that the caller does not know, not that nothing is listed
        listed = frozenset(take_in.listed).union(heard.item.hash for heard in take_in.items)
        _mark_listed(connection, take_in.source, listed, last_heard=last_heard)


def write_persons(connection: Connection, persons: Sequence[Person]) -> None:
    """Write persons, new ones or those that more is known of now."""
    upsert(connection, tables.persons, [_person_row(person) for person in persons])


def unsettle(connection: Connection, ids: Collection[str], *, fresh: bool) -> None:
    """Remember that these are to be brought together with what others tell; one that is fresh stays so."""
    upsert(connection, tables.unsettled, [{"episode": id_, "fresh": fresh} for id_ in sorted(ids)], keep=("fresh",))


def _show_row(show: Show, number: int, history: str) -> dict[str, Any]:
    return {
        "id": show.id,
        "source": show.source,
        "title": whole_text(show.title),
        "facts": json_of(show).decode(),
        "written": number,
        "history": history,
    }


def _person_row(person: Person) -> dict[str, Any]:
    return {"id": person.id, "key": whole_text(person.key), "facts": json_of(person).decode()}


def _rekey(connection: Connection, source: str, rekeyed: Sequence[tuple[str, str]]) -> None:
    """Move items to their new keys; one whose new key is held already stays where it is: nothing is lost."""
    for old, new in rekeyed:
        if connection.execute(select(_item.key).where(_item.source == source, _item.key == new)).first():
            continue
        for table in (tables.items, tables.item_versions):
            here = (table.c.source == source) & (table.c.key == old)
            connection.execute(update(table).where(here).values(key=new))


def write_episodes(connection: Connection, codec: Codec, records: Sequence[EpisodeRecord], at: int) -> tuple[str, ...]:
    """Write episodes with their credits and match keys; give the ids of those that were not held."""
    if not records:
        return ()
    held = _changed_at(connection, [record.episode.id for record in records])
    light: list[dict[str, Any]] = []
    heavy: list[dict[str, Any]] = []
    credited: list[dict[str, Any]] = []
    keyed: list[dict[str, Any]] = []
    for record in {record.episode.id: record for record in records}.values():
        episode = record.episode
        fingerprint, changed_at = held.get(episode.id, ("", at))
        light.append(_episode_row(record, changed_at if fingerprint == record.fingerprint else at))
        heavy.append({"episode": episode.id, "facts": codec.pack(episode), "words": _words(episode)})
        credited.extend(_credit_rows(episode))
        numbers = sorted({match_number(key) for key in record.match_keys})
        keyed.extend({"key": number, "episode": episode.id} for number in numbers)
    upsert(connection, tables.episodes, light, keep=("fragment_key", "rss_length", "views"))
    upsert(connection, tables.episode_facts, heavy)
    for batch in in_batches(held):
        for statement in _NO_LONGER:
            connection.execute(statement, {"those": batch})
    for table, rows in ((tables.credits_, credited), (tables.match_keys, keyed)):
        insert_all(connection, table, rows)
    return tuple(row["id"] for row in light if row["id"] not in held)


def _changed_at(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[str, int]]:
    """Give the fingerprint and the time of the last change of those that are held."""
    held: dict[str, tuple[str, int]] = {}
    for batch in in_batches(ids):
        rows = connection.execute(_CHANGED_AT, {"those": batch}).all()
        held.update((id_, (fingerprint, at)) for id_, fingerprint, at in rows)
    return held


def _episode_row(record: EpisodeRecord, changed_at: int) -> dict[str, Any]:
    episode = record.episode
    pairs = dict.fromkeys((credit.person, credit.role.value) for credit in episode.credits if credit.person)
    return {
        "id": episode.id,
        "show": episode.show,
        "path": episode.path,
        "published_guid": whole_text(episode.published_guid),
        "guid": whole_text(episode.guid or "") or None,
        "page": whole_text(episode.page or "") or None,
        "dated": micros(episode.dated),
        "day": day(episode.dated),
        "changed_at": changed_at,
        "blocked": episode.blocked,
        "fingerprint": record.fingerprint,
        "fragment_key": "",
        "rss_length": 0,
        "views": "[]",
        "appearances": json_of(tuple(pairs)).decode(),
        "also_on": json_of(episode.also_on).decode(),
        "audio": whole_text(record.audio) or None,
        "audio_of": episode.audio_of or None,
        "chaptered": bool(episode.marks) and episode.chapters is None,
        "measure": record.measure.value,
        "told": record.told,
        "transcript": whole_text(record.transcript) or None,
        "free": record.free,
    }


def _words(episode: Episode) -> str:
    return joined(folded(episode.title), folded(episode.summary), folded_html(episode.notes))


def _credit_rows(episode: Episode) -> list[dict[str, Any]]:
    return [
        {
            "episode": episode.id,
            "position": position,
            "person": credit.person,
            "role": credit.role.value,
            "name": whole_text(credit.name),
            "affiliation": whole_text(credit.affiliation or "") or None,
            "image": whole_text(credit.image or "") or None,
        }
        for position, credit in enumerate(episode.credits)
    ]


def _write_items(connection: Connection, codec: Codec, take_in: TakeIn, *, last_heard: int) -> None:
    held = _held_words(connection, take_in.source, [whole_text(item.key) for item in take_in.items])
    written, versions, too_old = [], [], []
    for heard in take_in.items:
        row = _item_row(codec, take_in, heard)
        before = held.get(row["key"])
        if before is not None:
            row |= {"since": before["since"], "versions": before["versions"]}
            if before["hash"] == row["hash"]:  # understood anew, not heard anew
                row["last_heard"] = before["last_heard"]
            if _says_otherwise(codec, before, heard):
                row |= {"since": micros(take_in.at), "versions": before["versions"] + 1}
                versions.append(_version_row(before, number=row["versions"], last_heard=last_heard))
                too_old.append({"this": row["key"], "oldest": row["versions"] - _VERSIONS_KEPT})
        written.append(row)
    upsert(connection, tables.item_versions, versions)
    _drop_versions(connection, take_in.source, too_old)
    upsert(connection, tables.items, written)


def _item_row(codec: Codec, take_in: TakeIn, heard: HeardItem) -> dict[str, Any]:
    return {
        "source": take_in.source,
        "key": whole_text(heard.key),
        "hash": heard.item.hash,
        "fingerprint": heard.fingerprint,
        "audio": whole_text(heard.audio),
        "episode": heard.episode,
        "show": heard.telling.show,
        "published": micros(heard.telling.published or NEVER_DATED),
        "first_heard": micros(heard.first_heard),
        "since": micros(take_in.at),
        "last_heard": None,
        "versions": 0,
        "told": codec.pack(Told(heard.item.elements, heard.telling)),
    }


def _held_words(connection: Connection, source: str, keys: Sequence[str]) -> dict[str, Any]:
    held: dict[str, Any] = {}
    for batch in in_batches(keys):
        rows = connection.execute(_HELD_WORDS, {"this": source, "those": batch}).mappings().all()
        held.update((row["key"], row) for row in rows)
    return held


def _says_otherwise(codec: Codec, before: Any, heard: HeardItem) -> bool:
    # Other bytes are often the same words: white space, another encoding, another address for one namespace.
    return before["hash"] != heard.item.hash and codec.told(before["told"]).said != heard.item.elements


def _version_row(before: Any, *, number: int, last_heard: int) -> dict[str, Any]:
    row = {name: before[name] for name in ("source", "key", "hash", "fingerprint", "told")}
    until = before["last_heard"] if before["last_heard"] is not None else last_heard
    return row | {"number": number, "first_heard": before["since"], "last_heard": max(before["since"], until)}


def _drop_versions(connection: Connection, source: str, too_old: Sequence[Mapping[str, Any]]) -> None:
    version = tables.item_versions.c
    rows = [row for row in too_old if row["oldest"] > 1]
    if rows:
        old = (version.key == bindparam("this")) & (version.number > 1) & (version.number <= bindparam("oldest"))
        connection.execute(delete(tables.item_versions).where(version.source == source, old), rows)


def _mark_listed(connection: Connection, source: str, listed: frozenset[str], *, last_heard: int) -> None:
    """Write down when an item was last heard, once its source lists it no more; take that back when it comes again."""
    marks = [
        {"this": source, "that": hash_, "heard": None if hash_ in listed else last_heard}
        for hash_, held in connection.execute(_LISTED, {"this": source}).all()
        if (held is None) != (hash_ in listed)
    ]
    if marks:
        connection.execute(_MARK, marks)
