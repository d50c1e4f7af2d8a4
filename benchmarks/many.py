"""Publish very many invented episodes from a store that holds them: seconds, files and peak memory.

    python -m benchmarks.many [--episodes 100000] [--shows 200] [--keep DIR]

The store is filled first, by a process of its own, without feeds or credits being read; then it is published from
nothing, one episode comes, and it is published again, each in a process of its own: peak memory is that of publishing.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from benchmarks import invented
from mediafeed.assemble import assembled
from mediafeed.config.reading import read_config
from mediafeed.model.episode import (
    Credit,
    CreditOrigin,
    DatePrecision,
    Duration,
    DurationOrigin,
    Enclosure,
    Episode,
    Evidence,
    Hearing,
    Person,
    Role,
    Show,
)
from mediafeed.model.held import TakeIn
from mediafeed.model.source import Source
from mediafeed.refresh.naming import record_of

_CONFIG = """
[site]
title = "Very many"
url = "https://podcasts.example.org"
"""
_GIVEN = ("Ama", "Ingrid", "Tomás", "Farah", "Kenji", "Lucie", "Owen")
APPEARANCES = 10  # of each guest, on average
_AT_ONCE = 500


def person(number: int) -> Person:
    """Invent a guest."""
    name = f"{_GIVEN[number % len(_GIVEN)]} Number{number}"
    return Person(id=f"guest-{number}", key=name.lower(), name=name)


def host(show: int) -> Person:
    """Invent a host, of two shows."""
    return Person(id=f"host-{show // 2}", key=f"jana host{show // 2}", name=f"Jana Host{show // 2}")


def episode(show: int, number: int, guest: Person) -> Episode:
    """Invent an episode as the store holds it."""
    one = invented.facts(show, number)
    name = f"show-{show}"
    published = one.published + timedelta(minutes=show)
    return Episode(
        show=name,
        title=one.title,
        hearings=(Hearing(source=name, key=one.guid, guid=one.guid, page=one.link, enclosure=one.audio),),
        id=f"{show:05}{number:07}",
        path=f"{name}/episode-{number}",
        published_guid=one.guid,
        guid=one.guid,
        number=number,
        published=published,
        date_precision=DatePrecision.SECOND,
        first_heard=published,
        page=one.link,
        summary=f"{one.author}: {guest.name}",
        notes=one.notes[:2_000],
        enclosure=Enclosure(one.audio, "audio/mpeg", one.length),
        duration=Duration(one.seconds, DurationOrigin.DECLARED),
        credits=(_credit(host(show), Role.HOST), _credit(guest, Role.GUEST)),
    )


def _credit(somebody: Person, role: Role) -> Credit:
    evidence = Evidence("invented", "description", 0, len(somebody.name), somebody.name)
    return Credit(name=somebody.name, role=role, origin=CreditOrigin.TEXT, evidence=evidence, person=somebody.id)


def fill(folder: Path, episodes: int, shows: int) -> None:
    """Fill a store."""
    people = max(episodes // APPEARANCES, 1)
    with assembled(read_config(folder / "config.toml")) as house:
        house.store.register(
            [Source(id=f"show-{show}", url=f"https://show{show}.example.org/") for show in range(shows)]
        )
        for take_in in _take_ins(episodes, shows, people):
            with house.store.taking_in() as transaction:
                transaction.write(take_in)


def _take_ins(episodes: int, shows: int, people: int) -> Iterator[TakeIn]:
    for show in range(shows):
        facts = Show(id=f"show-{show}", source=f"show-{show}", title=f"Invented show {show}", language="en-gb")
        numbers = range(1, episodes // shows + 1)
        for start in range(0, len(numbers), _AT_ONCE):
            guests = {
                number: person((show * 7919 + number * 31) % people) for number in numbers[start : start + _AT_ONCE]
            }
            made = [episode(show, number, guest) for number, guest in guests.items()]
            yield TakeIn(
                source=facts.id,
                at=invented.FIRST,
                head=None,
                shows=(facts,),
                episodes=tuple(record_of(one, [one], told=one) for one in made),
                persons=(host(show), *guests.values()),
            )


def publish(folder: Path, *, new: bool) -> None:
    """Publish and tell what it cost; with `new` after one more episode came."""
    with assembled(read_config(folder / "config.toml")) as house:
        if new:
            one = replace(episode(0, 999_999, person(1)), path="show-0/the-newest")
            with house.store.taking_in() as transaction:
                transaction.write(
                    TakeIn(source="show-0", at=invented.FIRST, head=None, episodes=(record_of(one, [one], told=one),))
                )
        began, cpu = time.perf_counter(), time.process_time()
        # Nothing is brought together: these episodes have no words of sources behind them.
        rendered = house.publisher.render()
        with house.store.as_it_stands():
            did = house.publisher.write(rendered)
        took, used = time.perf_counter() - began, time.process_time() - cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        name = "one more episode" if new else "from nothing"
        print(
            f"{name}: {len(did.written)} files written, {did.unchanged} unchanged, {len(did.set_aside)} set aside, "
            f"{took:.0f} s ({used:.0f} s CPU), peak memory {peak:.0f} MiB",
            flush=True,
        )


def main() -> None:
    """Fill, publish, publish again."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--episodes", type=int, default=100_000)
    parser.add_argument("--shows", type=int, default=200)
    parser.add_argument("--keep", type=Path, help="work and publish here, and leave it there")
    parser.add_argument("--step", choices=("fill", "publish", "again"))
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        work = chosen.keep or Path(temporary)
        if chosen.step == "fill":
            fill(work, chosen.episodes, chosen.shows)
        elif chosen.step:
            publish(work, new=chosen.step == "again")
        else:
            work.mkdir(parents=True, exist_ok=True)
            (work / "config.toml").write_text(_CONFIG)
            print(f"{chosen.episodes} episodes of {chosen.shows} shows", flush=True)
            for step in ("fill", "publish", "again"):
                counts = ("--episodes", str(chosen.episodes), "--shows", str(chosen.shows))
                command = [sys.executable, "-m", "benchmarks.many", "--step", step, "--keep", str(work), *counts]
                subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
