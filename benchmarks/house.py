"""A house of ours over invented shows, each a source of its own at the loopback origin."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import invented
from benchmarks.origin import put
from mediafeed.assemble import Mediafeed, assembled
from mediafeed.config.reading import read_config

EPISODES = 100

_CONFIG = """
[site]
title = "Invented"
url = "https://podcasts.example.org"
[poll]
minimum = "0s"
[fetch]
allow = ["127.0.0.0/8"]
"""


def path(show: int) -> str:
    """Give where the origin serves a show."""
    return f"/show-{show}.xml"


def serve(address: str, shows: Iterable[int], items: int = EPISODES) -> None:
    """Let the origin serve these shows with so many items each."""
    for show in shows:
        put(address, path(show), invented.feed(show, items))


@contextmanager
def house(work: Path, address: str, shows: int) -> Iterator[Mediafeed]:
    """Put the program together as it does so itself, in a folder of its own."""
    work.mkdir(parents=True, exist_ok=True)
    rows = (f'[[source]]\nid = "show-{show}"\nurl = "{address}{path(show)}"\n' for show in range(shows))
    (work / "config.toml").write_text(_CONFIG + "".join(rows))
    with assembled(read_config(work / "config.toml")) as built:
        yield built


def refreshed(built: Mediafeed, *, new: int) -> None:
    """Visit every source; what was not measured is not told.

    Raises:
        RuntimeError: It did not bring so many new episodes.
    """
    visits = built.refresh(built.choose((), force=True).sources)
    brought = sum(visit.new for visit in visits)
    if brought != new or any(visit.kind for visit in visits):
        raise RuntimeError(f"{brought} new episodes, {new} expected; {[visit for visit in visits if visit.kind][:3]}")
