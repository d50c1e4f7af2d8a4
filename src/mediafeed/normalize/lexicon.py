"""What English verbs and nouns are about, from WordNet: that one says something, moves or meets; that one is somebody.

The data file carries WordNet's notice. Other languages have no lexicon, and nothing is guessed about their words.
"""

import json
import pkgutil
from functools import lru_cache

from mediafeed.normalize.name_words import FIRST_NAMES

_NOUNS = frozenset(("text", "time", "person"))
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


# By its last letter: an ending of a verb, and what may stand in its place in the plain form.
_VERB_ENDINGS = {
    "s": (("ies", ("y",)), ("es", ("", "e")), ("s", ("",))),
    "d": (("ied", ("y",)), ("ed", ("", "e"))),
    "g": (("ing", ("", "e")),),
}


def is_verb(low: str) -> bool:
    """Say whether a word in lower case is a form of an English verb and no surname that is known.

    >>> is_verb("remembers"), is_verb("ripped"), is_verb("discuss"), is_verb("shields"), is_verb("varga")
    (True, True, True, False, False)
    """
    words = english()
    if group := words.get(low):
        return group not in _NOUNS and low not in _surnames()
    for ending, plains in _VERB_ENDINGS.get(low[-1:], ()):
        if low.endswith(ending) and len(low) > len(ending) + 2:
            stem = low[: -len(ending)]
            for plain in plains:
                if words.get(stem + plain, "text") not in _NOUNS:
                    return low not in _surnames()
            if stem[-1] == stem[-2] and ending[-1] != "s" and words.get(stem[:-1], "text") not in _NOUNS:
                return low not in _surnames()
    return False


def is_noun(low: str) -> bool:
    """Say whether a word in lower case is a noun of persons, texts or times and no surname that is known.

    >>> is_noun("firefighters"), is_noun("sermon"), is_noun("blacksmith")
    (True, True, False)
    """
    words = english()
    is_one = words.get(low) in _NOUNS or (low[-1:] == "s" and words.get(low[:-1]) in _NOUNS)
    return is_one and low not in _surnames()


def is_surname(low: str) -> bool:
    """Say whether a word in lower case that has the form of an English one is a surname as well."""
    return low in _surnames()


def is_first_name(low: str) -> bool:
    """Say whether a word in lower case is a first name that is known."""
    return low in FIRST_NAMES or low in _first_names()


@lru_cache(maxsize=1)
def _first_names() -> frozenset[str]:
    """Give first names of many countries, in lower case, that are no words of English."""
    return frozenset(_people()["first_names"].split())


@lru_cache(maxsize=1)
def _surnames() -> frozenset[str]:
    """Give surnames in lower case that are English verbs or nouns, or have their endings."""
    return frozenset(_people()["surnames"].split())


@lru_cache(maxsize=1)
def the_dead() -> frozenset[str]:
    """Give the keys of people of history and legend, namesakes of many left out."""
    return frozenset(_people()["dead"].split(","))


@lru_cache(maxsize=1)
def renowned() -> dict[str, str]:
    """Give how people of whom much is said are known, by key: "power", "dead", "famous", "letters", "fiction"."""
    held = json.loads(pkgutil.get_data("mediafeed.normalize", "renowned.json") or b"{}")
    return {key: kind for kind, keys in held.items() for key in keys.split(",")}


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
