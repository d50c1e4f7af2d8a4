"""Change config.toml and leave every other line of it as it is.

tomlkit writes the new lines; where they go is decided on the text itself: to tomlkit a comment above a table is the
end of the table before, and would go away with it.
"""

from collections.abc import Iterable, Mapping, Sequence

import tomlkit
from tomlkit.items import AoT, Array, InlineTable

from mediafeed.config.lines import Header, KeyPath, headers_of
from mediafeed.config.spans import span_words
from mediafeed.config.syntax import raw_tables
from mediafeed.errors import UsageError
from mediafeed.model.settings import Override, PersonSetting
from mediafeed.model.source import Source, SourceKind

Row = Mapping[str, object]


def add_source(text: str, source: Source) -> str:
    """Give the text with one more `[[source]]`, behind the others.

    Raises:
        UsageError: Its id is taken.
    """
    return add_sources(text, (source,))


def add_sources(text: str, sources: Iterable[Source]) -> str:
    """Give the text with more `[[source]]`s, behind the others: at one reading of it, however many they are.

    Raises:
        UsageError: An id is taken.
    """
    taken = {row.get("id") for row in _rows(text, "source")}
    rows = []
    for source in sources:
        if source.id in taken:
            raise UsageError(f"there is a source {source.id} already")
        taken.add(source.id)
        rows.append(_source_row(source))
    return _with_rows(text, "source", rows) if rows else text


def remove_source(text: str, id: str) -> str:  # noqa: A002 - the name of the key in the file
    """Give the text without one `[[source]]`; comments outside of it stay.

    Raises:
        UsageError: No source has that id.
    """
    return _without(text, "source", id)


def remove_person(text: str, id: str) -> str:  # noqa: A002 - as above
    """Give the text without one `[[person]]`; comments outside of it stay.

    Raises:
        UsageError: No person has that id.
    """
    return _without(text, "person", id)


def _without(text: str, name: str, id: str) -> str:  # noqa: A002 - as above
    index = _index_of(text, name, id)
    if index is None:
        raise UsageError(f"there is no {name} {id}")
    return _without_table(text, name, index)


def _without_table(text: str, name: str, index: int) -> str:
    headers = headers_of(text)
    at = next((at for at, header in enumerate(headers) if header.path == (name, index)), None)
    if at is None:  # source = [{ … }]
        document = tomlkit.parse(text)
        del document[name][index]
        return tomlkit.dumps(document)
    lines = text.split("\n")
    start, end = headers[at].line - 1, _end_of(lines, headers, at)
    while end < len(lines) - 1 and not lines[end].strip() and (start == 0 or not lines[start - 1].strip()):
        end += 1  # one blank line between two neighbours is enough
    return "\n".join(lines[:start] + lines[end:])


def set_person(text: str, person: PersonSetting) -> str:
    """Give the text with that `[[person]]` in it: a new table, or new values in the one that has its id."""
    row = _without_defaults(
        {
            "id": person.id,
            "name": person.name,
            "aliases": list(person.aliases),
            "shows": list(person.shows),
            "href": person.href,
            "image": person.image,
            "hidden": person.hidden,
        }
    )
    index = _index_of(text, "person", person.id)
    return _with_rows(text, "person", [row]) if index is None else _with_values(text, "person", index, row)


def set_overrides(text: str, said: Mapping[Override, str]) -> str:
    """Give the text with those `[[override]]`s in it, instead of older ones on the same names and episodes.

    Several of one name and role stand in one table. Beside each stands a note, one line that tells a reader of the file
    which episode is meant.
    """
    # First: a table on several that stands further down would win, and one that goes moves those behind it.
    text = _without_overridden(text, said)
    alone = {(row.get("episode"), row.get("name")): index for index, row in enumerate(_rows(text, "override"))}
    together: dict[tuple[str, str], dict[str, str]] = {}
    changed: dict[int, str] = {}
    for override, note in said.items():
        index = alone.get((override.episode, override.name))
        if index is None:
            together.setdefault((override.name, override.role), {})[override.episode] = note
        else:
            changed[index] = override.role
    text = _with_roles(text, changed)
    for (name, role), notes in together.items():
        (first, note), *others = notes.items()
        one: Row = {"episode": first, "name": name, "role": role}
        several: Row = {"name": name, "role": role, "episodes": _noted(notes)}
        text = _with_rows(text, "override", [several if others else one], "" if others else note)
    return text


def _without_overridden(text: str, said: Iterable[Override]) -> str:
    """Take the episodes of these out of the tables that speak of the same name on several."""
    meant: dict[object, set[str]] = {}
    for override in said:
        meant.setdefault(override.name, set()).add(override.episode)
    for index, held in reversed(list(enumerate(_rows(text, "override")))):
        listed, gone = held.get("episodes"), meant.get(held.get("name"), set())
        if not isinstance(listed, list) or gone.isdisjoint(listed):
            continue
        if gone.issuperset(listed):
            text = _without_table(text, "override", index)
            continue
        document = tomlkit.parse(text)
        array = document["override"][index]["episodes"]
        for episode in gone:
            while episode in array:
                array.remove(episode)
        text = tomlkit.dumps(document)
    return text


def _with_roles(text: str, roles: Mapping[int, str]) -> str:
    """Change the roles of overrides, by index."""
    if not roles:
        return text
    document = tomlkit.parse(text)
    for index, role in roles.items():
        document["override"][index]["role"] = role
    return tomlkit.dumps(document)


def _noted(notes: Mapping[str, str]) -> Array:
    array = tomlkit.array()
    for episode, note in notes.items():
        array.add_line(episode, comment=note or None)
    array.add_line(indent="")
    return array


def _source_row(source: Source) -> Row:
    return _without_defaults(
        {
            "id": source.id,
            "title": source.title,
            "url": source.url,
            "find": source.find,
            "kind": None if source.kind is SourceKind.PODCAST else source.kind.value,
            "hosts": list(source.hosts),
            "host_pool": list(source.host_pool),
            "shows": list(source.shows),
            "tags": list(source.tags),
            "timezone": source.timezone,
            "language": source.language,
            "every": span_words(source.every) if source.every is not None else None,
            "auth": source.auth,
            "repaired": source.repaired,
        }
    )


def _without_defaults(row: Row) -> Row:
    return {key: value for key, value in row.items() if value not in (None, [], False)}


def _rows(text: str, name: str) -> list[Row]:
    rows = raw_tables(text, "config.toml").get(name, [])
    return [row if isinstance(row, dict) else {} for row in rows] if isinstance(rows, list) else []


def _index_of(text: str, name: str, id: str) -> int | None:  # noqa: A002 - as above
    return next((index for index, row in enumerate(_rows(text, name)) if row.get("id") == id), None)


def _with_rows(text: str, name: str, rows: Sequence[Row], note: str = "") -> str:
    headers = headers_of(text)
    last = max((at for at, header in enumerate(headers) if header.path[0] == name), default=None)
    if last is None and name in raw_tables(text, "config.toml"):  # override = [{ … }], or nothing in it
        return _with_inline_rows(text, name, rows)
    lines = text.split("\n")
    at = len(lines) if last is None else _end_of(lines, headers, last)
    before, after = "\n".join(lines[:at]).rstrip(), "\n".join(lines[at:]).strip("\r\n")
    newline = "\r\n" if "\r\n" in text else "\n"
    block = "\n".join(_block(name, row, note) for row in rows).replace("\n", newline)
    blank = newline * 2
    return (before + blank if before else "") + block + (newline + after + newline if after else "")


def _block(name: str, row: Row, note: str) -> str:
    table = tomlkit.table()
    if note:
        table.add(tomlkit.comment(note))
    for key, value in row.items():
        table.add(key, value)
    document = tomlkit.document()
    document.add(name, AoT([table]))
    return tomlkit.dumps(document)


def _with_inline_rows(text: str, name: str, rows: Sequence[Row]) -> str:
    document = tomlkit.parse(text)
    held = document[name]
    for row in rows:
        table = tomlkit.inline_table()
        table.update(row)
        if isinstance(held, Array):
            held.append(table)
    return tomlkit.dumps(document)


def _with_values(text: str, name: str, index: int, row: Row) -> str:
    document = tomlkit.parse(text)
    table = document[name][index]
    for key in [key for key in table if key not in row]:
        del table[key]
    for key, value in row.items():
        if key in table and table[key] != value:
            table[key] = value
    added = {key: value for key, value in row.items() if key not in table}
    if isinstance(table, InlineTable):
        table.update(added)
        added = {}
    return _with_keys(tomlkit.dumps(document), (name, index), added)


def _with_keys(text: str, table: KeyPath, added: Row) -> str:
    """Put new keys behind the last one of a table: tomlkit would put them behind the comments that follow it."""
    headers = headers_of(text)
    lines = text.split("\n")
    at = next((at for at, header in enumerate(headers) if header.path == table), None)
    if not added or at is None:
        return text
    line = _last_key(lines, headers[at].line, _next_header(headers, at, len(lines)))
    ending = "\r" if "\r\n" in text else ""
    keys = [each + ending for each in tomlkit.dumps(added).rstrip("\n").split("\n")]
    return "\n".join(lines[:line] + keys + lines[line:])


def _next_header(headers: tuple[Header, ...], at: int, end: int) -> int:
    path = headers[at].path
    return next((header.line - 1 for header in headers[at + 1 :] if header.path[: len(path)] != path), end)


def _last_key(lines: list[str], start: int, end: int) -> int:
    while end > start and _is_idle(lines[end - 1]):
        end -= 1
    return end


def _end_of(lines: list[str], headers: tuple[Header, ...], at: int) -> int:
    """Give the index of the first line that no longer belongs to a table.

    Comments above the next header are the next table's, unless a blank line divides them: then those above it are ours.
    """
    end = _next_header(headers, at, len(lines))
    last = _last_key(lines, headers[at].line, end)
    for index in range(last, end):
        if not lines[index].strip():
            return index
    return last if end < len(lines) else end


def _is_idle(line: str) -> bool:
    stripped = line.strip()
    return not stripped or stripped.startswith("#")
