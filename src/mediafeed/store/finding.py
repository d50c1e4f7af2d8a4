"""Find the one episode, or the shows, that a person means."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from rapidfuzz import fuzz, process
from sqlalchemy import Connection, Select, or_, select

from mediafeed.errors import UsageError
from mediafeed.store import tables
from mediafeed.store.codec import whole_text
from mediafeed.store.folding import folded

_episode = tables.episodes.c
_item = tables.items.c
_absorbed = tables.absorbed.c

_SCHEME = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)
_AROUND_A_PATH = re.compile(r"^(?:.*/)?episodes/|/?(?:index\.html)?$")


def find_episode(connection: Connection, words: str) -> str:
    """Give the id of the episode with that id, guid, page or path.

    Raises:
        UsageError: None or several are meant; the nearest ones are named.
    """
    words = whole_text(words.strip())
    exact = select(_episode.id).where(
        or_(
            _episode.id == words,
            _episode.published_guid == words,
            _episode.path == _AROUND_A_PATH.sub("", words),
        )
    )
    former = select(_absorbed.episode).where(
        or_(
            _absorbed.id == words,
            _absorbed.published_guid == words,
            _absorbed.path == _AROUND_A_PATH.sub("", words),
        )
    )
    for asked in (exact, former, _said(words)):
        found = sorted(set(connection.execute(asked).scalars()))
        if len(found) == 1:
            return str(found[0])
        if found:
            paths = connection.execute(select(_episode.path).where(_episode.id.in_(found)).order_by(_episode.path))
            raise UsageError(f"{words!r} may mean {', '.join(paths.scalars())}")
    paths = connection.execute(select(_episode.path).order_by(_episode.dated.desc()))
    raise UsageError(f"no episode {words!r}{nearest(words, paths.scalars())}")


def _said(words: str) -> Select[Any]:
    """Ask for what publishers call it: their guids (which are the items' keys where there is one) and pages."""
    of_items = select(_item.episode).where(
        _item.source.in_(select(tables.sources.c.id)),  # so that the primary key is used
        _item.key == words,
    )
    return select(_episode.id).where(
        or_(_episode.guid == words, _episode.page.in_(_spellings(words)), _episode.id.in_(of_items))
    )


def _spellings(page: str) -> list[str]:
    """Give the addresses that people take for the same page."""
    if not _SCHEME.match(page):
        return [page]
    rest = _SCHEME.sub("", page).rstrip("/")
    return [f"{scheme}://{www}{rest}{end}" for scheme in ("https", "http") for www in ("", "www.") for end in ("", "/")]


def shows_meant(words: str, titles: Mapping[str, str]) -> list[str]:
    """Give the ids of the shows that an id or a title means; `titles` are by id.

    Raises:
        UsageError: None; the nearest is named.

    >>> shows_meant("global security briefing", {"rusi-gsb": "Global Security Briefing"})
    ['rusi-gsb']
    """
    if words in titles:
        return [words]
    found = [id_ for id_, title in titles.items() if folded(title) == folded(words)]
    if not found:
        raise UsageError(f"no show {words!r}{nearest(words, [*titles, *titles.values()])}")
    return found


def nearest(words: str, names: Iterable[str]) -> str:
    """Give " (did you mean ...?)" with the nearest names, or "" when none is near.

    >>> nearest("rusi-gbs", ["rusi-gsb", "geostrategy360"])
    ' (did you mean rusi-gsb?)'
    """
    found = process.extract(words, list(dict.fromkeys(names)), scorer=fuzz.WRatio, limit=3, score_cutoff=60)
    return f" (did you mean {' or '.join(name for name, _, _ in found)}?)" if found else ""
