"""What was judged by hand as labelled episodes, in the form that benchmarks/credits.py measures with."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from mediafeed.assemble import Mediafeed
from mediafeed.errors import MediafeedError
from mediafeed.model.episode import Credit, Episode, Role
from mediafeed.normalize.episode import claimed_from
from mediafeed.normalize.persons import person_key


@dataclass(frozen=True, slots=True)
class Judged:
    """An episode of which credits were judged: by name, the role that is right, None where it is none."""

    episode: Episode
    roles: dict[str, Role | None] = field(default_factory=dict)


def make_sure_of(path: str) -> None:
    """Make the file if there is none: who cannot write to it is told so before anything is asked.

    Raises:
        MediafeedError: The file cannot be written.
    """
    try:
        Path(path).open("ab").close()
    except OSError as error:
        raise MediafeedError(f"{path}: {error.strerror}") from error


def append_gold(path: str, judged: Iterable[Judged], house: Mediafeed) -> int:
    """Append a row for each judged episode; give how many.

    Raises:
        MediafeedError: The file cannot be written.
    """
    lines = [orjson.dumps(row) + b"\n" for one in judged for row in _rows(one, house)]
    try:
        with Path(path).open("ab") as file:
            file.writelines(lines)
    except OSError as error:
        raise MediafeedError(f"{path}: {error.strerror}; the decisions stand in the config") from error
    return len(lines)


def _rows(judged: Judged, house: Mediafeed) -> Iterator[dict[str, object]]:
    """Give one row for each source whose words were judged: what was not judged counts neither way."""
    sources = {source.id: source for source in house.store.sources()}
    shows = {show.id: show for show in house.store.shows()}
    for told in house.store.tellings(judged.episode.id):
        by_key = {person_key(credit.name): credit for credit in told.telling.credits}
        roles = {name: role for name, role in judged.roles.items() if person_key(name) in by_key}
        if not roles or told.source not in sources:
            continue
        claimed = claimed_from(told.item, shows[told.telling.show], sources[told.source], now=told.first_heard)
        yield {
            "show": claimed.show.title,
            "show_author": claimed.show.author,
            "show_description": claimed.show.description or None,
            "language": claimed.facts.language or claimed.show.language,
            "title": claimed.facts.title,
            "author": claimed.facts.author,
            "description": claimed.facts.description,
            **_labels(roles, by_key.values()),
            "labels": "by hand",
            "text": "verbatim",
            "found_in": told.source,
        }


def _labels(roles: dict[str, Role | None], credits_: Iterable[Credit]) -> dict[str, object]:
    known = {person_key(name) for name in roles}
    unjudged = [credit for credit in credits_ if person_key(credit.name) not in known]
    hosts = [name for name, role in roles.items() if role in (Role.HOST, Role.GUEST_HOST)]
    return {
        "hosts": hosts,
        "guests": [name for name, role in roles.items() if role is Role.GUEST],
        "optional": [credit.name for credit in unjudged],
        "not_guests": [name for name, role in roles.items() if role is not Role.GUEST],
        "hosts_labelled": bool(hosts) and all(credit.role is Role.GUEST for credit in unjudged),
    }
