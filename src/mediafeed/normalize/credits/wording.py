"""Features in words: what in a name's surroundings made somebody host or guest, for people who ask why."""

from collections.abc import Iterable
from functools import lru_cache

_FIELDS = {"t": "title", "d": "description"}
_SAID = (
    ("L1=", "“{}” before the name"),
    ("L=", "“{}” before the name"),
    ("R1=", "“{}” behind the name"),
    ("R=", "“{}” behind the name"),
    ("V=", "does “{}”"),
    ("b=", "“{}” earlier in the sentence"),
    ("a=", "“{}” later in the sentence"),
    ("label:", "under the label “{}”"),
    ("head:", "under the heading “{}”"),
)
_KINDS = {
    "app=": "an affiliation follows",
    "so=00": "opens the first sentence",
    "o=0": "opens a sentence",
    "<H": "behind a known host",
    ">H": "before a known host",
    "<we": "behind “we” or “I”",
    ">we": "before “we” or “us”",
    "l1=role": "what the person is stands before",
    "<guest": "a word for guests stands before",
    ">guest": "a word for guests follows",
    ">show": "the show is spoken of",
    "<show": "the show is spoken of",
    "v=say": "speaks in the sentence",
    "v=meet": "meets in the sentence",
    "v=com-s": "speaks in the sentence",
}


def told(features: Iterable[str], most: int) -> list[str]:
    """Give the first features that can be told in words, at most so many, each once.

    >>> told(["da=s", "dL1=with", "dso=00", "dq?"], 2)
    ['“with” before the name', 'opens the first sentence']
    """
    found: list[str] = []
    for feature in features:
        words = _told(feature[1:]) if feature[:1] in _FIELDS else ""
        if words and words not in found:
            found.append(words)
            if len(found) == most:
                break
    return found


@lru_cache(maxsize=20_000)
def _told(feature: str) -> str:
    for kind, words in _KINDS.items():
        if feature == kind or (kind.endswith("=") and feature.startswith(kind)):
            return words
    for start, words in _SAID:
        said = feature[len(start) :]
        if feature.startswith(start) and len(said) > 1 and said.replace(" ", "").isalpha():  # "s" tells nobody anything
            return words.format(said)
    return ""
