"""Faults that no single key shows: doubled ids, a pace that is too fast for the world, folders in each other."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from mediafeed.config.addresses import host_of, is_inside
from mediafeed.config.faults import Complaint
from mediafeed.config.settings import USUAL
from mediafeed.config.spans import span_words
from mediafeed.config.tables import EpisodesTable, FetchTable, PollTable, SourceTable

Raw = Mapping[str, object]


def doubled_ids(tables: Sequence[Raw], name: str) -> Iterator[Complaint]:
    """Find ids that a table before already has."""
    first: dict[str, int] = {}
    for index, table in enumerate(tables):
        key = table.get("id")
        if not isinstance(key, str):
            continue
        if key in first:
            yield Complaint((name, index, "id"), f'"{key}" is also the id of [[{name}]] {first[key] + 1}')
        else:
            first[key] = index


def contradictions(
    apart: Sequence[tuple[int, EpisodesTable]], together: Sequence[tuple[int, EpisodesTable]]
) -> Iterator[Complaint]:
    """Find lines that take apart what others take together, be it over a third episode."""
    group: dict[str, int] = {}  # of what is one episode, by word: the index of a line that says so
    for index, line in together:
        groups = {group[word] for word in line.episodes if word in group}
        joined = [word for word, of in group.items() if of in groups]
        group |= dict.fromkeys((*joined, *line.episodes), index)
    for index, line in apart:
        first: dict[int, str] = {}
        for word in dict.fromkeys(line.episodes):
            one = first.setdefault(group[word], word) if word in group else word
            if one != word:
                said = f"[[together]] {group[word] + 1} says that"
                yield Complaint(("apart", index, "episodes"), f'{said} "{one}" and "{word}" are one: which is it?')


def wrong_addresses(tables: Sequence[Raw]) -> Iterator[Complaint]:
    """Find sources without one address, whatever else is wrong with them."""
    for index, table in enumerate(tables):
        at = ("source", index)
        if "url" not in table and "find" not in table:
            yield Complaint(at, "needs `url` or `find`")
        if "url" in table and "find" in table:
            yield Complaint((*at, "find"), "stands beside `url`: one of them is enough")
        if table.get("repaired") and table.get("kind", "podcast") != "podcast":
            yield Complaint((*at, "repaired"), 'is for feeds: kind must be "podcast"')
        if "find" not in table or "url" in table:
            continue
        if table.get("kind", "podcast") != "podcast":
            yield Complaint((*at, "kind"), '`find` looks for podcasts: kind must be "podcast"')
        if "auth" in table:
            yield Complaint((*at, "auth"), "needs `url`: a login is not sent to an address that was found")


def too_fast(poll: PollTable, fetch: FetchTable, sources: Sequence[tuple[int, SourceTable]]) -> Iterator[Complaint]:
    """Find a pace below what is polite.

    An hour between two visits is what polite pollers keep. Only networks that the operator has named as his own may
    be visited more often; a source that is looked up in the directory is as far away as the directory is.
    """
    if poll.minimum < USUAL:
        far = [
            f"{source.id} ({host or 'no host'})"
            for _, source in sources
            if not is_inside(host := host_of(source.url or fetch.directory), fetch.allow)
        ]
        if far:
            named = ", ".join(far[:5]) + (f" and {len(far) - 5} more" if len(far) > 5 else "")
            what = (
                f"less than {span_words(USUAL)} is for sources on networks of fetch.allow alone; elsewhere are {named}"
            )
            yield Complaint(("poll", "minimum"), what)
    yield from _below(poll.minimum, poll.every, ("poll", "every"))
    for index, source in sources:
        yield from _below(poll.minimum, source.every, ("source", index, "every"))


def _below(minimum: timedelta, every: timedelta | None, at: tuple[str | int, ...]) -> Iterator[Complaint]:
    if every is not None and every < minimum:
        yield Complaint(at, f"is shorter than poll.minimum ({span_words(minimum)})")


def wrong_folders(output: Path, data: Path, config: Path, home: Path) -> Iterator[Complaint]:
    """Find output and data folders that would publish or overwrite what is not ours (all paths resolved)."""
    at = ("site", "output")
    if output == output.parent:
        yield Complaint(at, "must not be the root of the file system")
    elif output == home:
        yield Complaint(at, "must not be your home folder")
    elif output == data:
        yield Complaint(at, "must not be the same folder as site.data: the database would be published")
    elif output in data.parents:
        yield Complaint(("site", "data"), "must not lie inside site.output: the database would be published")
    elif output in config.parents:
        yield Complaint(at, f"must not hold {config.name}: all that lies there is published")
    if data == data.parent:
        yield Complaint(("site", "data"), "must not be the root of the file system")
