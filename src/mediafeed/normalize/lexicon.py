"""What English verbs and nouns are about, from WordNet: that one says something, moves or meets; that one is somebody.

The data file carries WordNet's notice. Other languages have no lexicon, and nothing is guessed about their words.
"""

import json
import pkgutil
from functools import lru_cache

from mediafeed.normalize.name_words import FIRST_NAMES

# Of the later of these what a word is to both.
_GROUPS = ("text", "time", "do", "mov", "soc", "cog", "com", "person")


@lru_cache(maxsize=1)
def english() -> dict[str, str]:
    """Give the group of each word in its plain form, and of irregular pasts ("brought": "mov-ed")."""
    held = json.loads(pkgutil.get_data("mediafeed.normalize", "lexicon_en.json") or b"{}")
    found = {word: name for name in _GROUPS for word in held.get(name, "").split()}
    for pair in held.get("irregular", "").split():
        past, plain = pair.split(":")
        found.setdefault(past, f"{found[plain]}-ed")
    return found


def is_first_name(low: str) -> bool:
    """Say whether a word in lower case is a first name that is known."""
    return low in FIRST_NAMES or low in _first_names()


@lru_cache(maxsize=1)
def _first_names() -> frozenset[str]:
    """Give first names of many countries, in lower case, that are no words of English."""
    return frozenset(_people()["first_names"].split())


@lru_cache(maxsize=1)
def the_dead() -> frozenset[str]:
    """Give the keys of people of history and legend, namesakes of many left out."""
    return frozenset(_people()["dead"].split(","))


def _people() -> dict[str, str]:
    return dict(json.loads(pkgutil.get_data("mediafeed.normalize", "people_words.json") or b"{}"))


def is_somebody(low: str) -> bool:
    """Say whether a noun in lower case is a person's.

    >>> is_somebody("hydrologist"), is_somebody("co-writers"), is_somebody("rope")
    (True, True, False)
    """
    words = english()
    last = low[low.rfind("-") + 1 :]
    if last.endswith(("ologist", "ologists")) or (last.endswith(("ist", "ists")) and len(last) > 7):
        return True
    return words.get(last) == "person" or (last.endswith("s") and words.get(last[:-1]) == "person")
