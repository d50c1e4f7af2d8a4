"""Invented shows in plain, everyday wordings, for training: the labelled gold is rich in rare ones and poor in these.

Every frame is a sentence with its people marked by role; a show keeps to a few frames, as real feeds do, and an
episode fills them with invented people. Rows have the form of the gold. Deterministic: one seed, no clock.
"""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def _sections(text: str) -> dict[str, list[str]]:
    """Read a file of lines under headings in square brackets."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line.startswith("["):
            lines = found[line.strip("[]")] = []
        elif line and not line.startswith("#"):
            lines.append(line)
    return found


_FRAMES = _sections((Path(__file__).parent / "gold" / "frames.txt").read_text(encoding="utf-8"))


class _Cast:
    """Names for one show, and what each one that was written down is."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.hosts = [self.name(), self.name()]
        self.crew = [self.name(), self.name()]

    def name(self) -> str:
        return f"{self.chance.choice(_FRAMES['first names'])} {self.chance.choice(_FRAMES['surnames'])}"

    def words(self, show: str) -> dict[str, str]:
        chance = self.chance
        he = chance.choice(("He", "She", "They"))
        first = {key: self.name() for key in ("G", "G2", "G3", "N", "N2")}
        return first | {
            "Gf": first["G"].split()[0], "H": self.hosts[0], "Hf": self.hosts[0].split()[0], "Hb": self.hosts[1],
            "P": self.crew[0], "P2": self.crew[1], "g": he, "m": "them", "n": str(chance.randint(2, 300)),
            "r": chance.choice(_FRAMES["roles"]), "r2": chance.choice(_FRAMES["roles"]),
            "t": chance.choice(_FRAMES["topics"]), "S": show, "y": str(chance.randint(1700, 1999)),
        }  # fmt: skip


def plain_rows(shows: int = 320, episodes: int = 7, seed: int = 11) -> list[dict[str, Any]]:
    """Give the rows of so many shows."""
    chance = random.Random(seed)
    return [row for number in range(shows) for row in _show_rows(number, episodes, chance)]


def _show_rows(number: int, episodes: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    cast = _Cast(chance)
    title = f"Plain Show {number}"
    if chance.random() < 0.1:
        title += f" with {cast.hosts[0]}"
    kept = cast.words(title)
    silent = chance.random() < 0.4  # a show that says nothing of its hosts
    about = chance.choice(_FRAMES["about"]).format(**kept) if chance.random() < 0.7 and not silent else ""
    author = chance.choice((cast.hosts[0], "Harbour Media", None, f"{cast.hosts[0]} and {cast.hosts[1]}"))
    if silent:
        author = chance.choice(("Harbour Media", None))
    habit = {
        "guest": chance.sample(chance.choice((_FRAMES["guest"], _FRAMES["guest, rarer"])), 2),
        "block": chance.choice(_FRAMES["guest, block"]) if chance.random() < 0.25 else "",
        "nobody": chance.sample(chance.choice((_FRAMES["nobody"], _FRAMES["nobody, told"])), 2),
        "footer": chance.sample(_FRAMES["footer"], chance.randint(0, 2)),
        "title": chance.choice(_FRAMES["title with guest"]),
        "none title": chance.choice(_FRAMES["title without guest"]),
        "share": chance.choice((0.0, 0.4, 0.8, 1.0)),
    }
    for _ in range(episodes):
        yield _row(title, about, author, habit, cast)


def _row(title: str, about: str, author: str | None, habit: dict[str, Any], cast: _Cast) -> dict[str, Any]:
    chance = cast.chance
    words = cast.words(title)
    has_guest = chance.random() < habit["share"]
    if has_guest:
        frame = habit["block"] or (habit["guest"][0] if chance.random() < 0.8 else habit["guest"][1])
        opening = chance.choice(_FRAMES["nobody"]) if chance.random() < 0.15 else ""
        parts = [opening, f"What about {words['t']}?", frame] if habit["block"] or opening else [frame]
        heading = habit["title"]
    else:
        parts = [chance.choice(habit["nobody"]) for _ in range(chance.randint(1, 2))]
        heading = habit["none title"]
    if chance.random() < 0.5:
        parts.append(chance.choice(("It is a story about money.", "Plus: your letters.", "There is also a dog.")))
    text = " ".join(part for part in parts if part)
    pattern = heading + "\n" + text + "".join(f"¶{line}" for line in habit["footer"])
    if cast.hosts[0] not in f"{title} {about} {author or ''}":
        pattern = pattern.replace("{Hf}", "{H}")  # nobody could tell who "Ada" is
    filled = pattern.replace("¶", "\n").format(**words)
    heading, _, description = filled.partition("\n")
    heading = heading[:1].upper() + heading[1:]
    everything = f"{heading} {description} {title} {about} {author or ''}"
    guests = [words[key] for key in ("G", "G2", "G3") if has_guest and words[key] in everything]
    hosts = [name for name in cast.hosts if name in everything]
    return {
        "show": title, "show_author": author, "show_description": about, "language": "en", "kind": "plain",
        "difficulty": "ordinary", "title": heading, "author": None, "description": description, "hosts": hosts,
        "guests": guests, "optional": [], "not_guests": [], "hosts_labelled": True, "labels": "by the generator",
        "text": "invented",
    }  # fmt: skip
