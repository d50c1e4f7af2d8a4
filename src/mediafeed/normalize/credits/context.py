"""What stands around a name, as features: words, their classes, the place in sentence, line and field.

A feature is a short string that can be read: "dL1=with" is the word before a name of the description. Words that were
seen in few shows get no weight; their classes do, so that the next show's verb need not be in any list. `find` finds
a feature by its kind and its value (`vocabulary.py`); what it does not know is None.
"""

from dataclasses import dataclass, field
from typing import Generic

from mediafeed.normalize.credits.tokens import BEGIN, END, Tokens
from mediafeed.normalize.credits.vocabulary import Kinds, T, Vocabulary

_BAG = 8
_LONGEST_APPOSITIVE = 28
_LONGEST_LABEL = 4
_LONGEST_LINE = 60
_MOST_LINES_ABOVE = 8
_OPENERS = {"(": ")", ",": ",", "–": "–"}
_TOLD = (
    "we",
    "away",
    "cast",
    "guest",
    "host",
    "show",
    "crew",
    "dead",
    "next",
    "work",
    "he",
    "week",
    "you",
    "year",
    "-ed",
)
_SEEN = frozenset((*_TOLD, "H", "N"))


@dataclass(frozen=True, slots=True)
class Mentions(Generic[T]):
    """The features of an episode's mentions, each found once: those of title and description in one vocabulary."""

    fields: tuple[Tokens, Tokens]
    vocabulary: Vocabulary[T]
    _found: dict[tuple[int, int, tuple[int, ...]], list[T]] = field(default_factory=dict)

    def features(self, which: int, index: int, hosts: tuple[int, ...] = ()) -> list[T]:
        """Give the features of the name at a token of a field, where known hosts stand at other tokens of it."""
        tokens = self.fields[which]
        key = which, index, _nearby(tokens, index, hosts) if hosts else hosts
        found = self._found.get(key)
        if found is None:
            find = self.vocabulary.text if which else self.vocabulary.title
            found = [one for one in mention_features(tokens, index, find, key[2]) if one is not None]
            self._found[key] = found
        return found


def _nearby(tokens: Tokens, index: int, places: tuple[int, ...]) -> tuple[int, ...]:
    """Give those of some places that a mention's features see: in its sentence, and what opens the next."""
    begin, end = tokens.sentence(index)
    return tuple(place for place in places if begin <= place <= end + 1 and place != index)


def mention_features(tokens: Tokens, index: int, find: Kinds[T], hosts: tuple[int, ...] = ()) -> list[T | None]:
    """Give the features of one mention: `index` is the token of a name, `hosts` those of known hosts nearby."""
    classes = tokens.classes
    if hosts:
        classes = list(classes)
        for place in hosts:
            classes[place] = "H"
    found = _window(tokens, index, find, classes)
    found += _after(tokens, index, find, classes)
    found += _place(tokens, index, find)
    found += _line(tokens, index, find)
    found += _sentence(tokens, index, find, classes)
    found.append(_list(tokens, index, find))
    return found


def _list(tokens: Tokens, index: int, find: Kinds[T]) -> T | None:
    """Tell where in a list of names a name stands."""
    head, tail = tokens.lists.get(index, (index, index))
    if head == tail:
        return find[""]("alone")
    return find["list="]("first" if index == head else "last" if index == tail else "inner")


def _window(tokens: Tokens, index: int, find: Kinds[T], classes: list[str]) -> list[T | None]:
    begin, end = tokens.sentence(index)
    words = tokens.words
    before, behind = index - begin, end - index - 1
    l1 = classes[index - 1] if before > 0 else BEGIN
    l2 = classes[index - 2] if before > 1 else BEGIN
    l3 = classes[index - 3] if before > 2 else BEGIN
    r1 = classes[index + 1] if behind > 0 else END
    r2 = classes[index + 2] if behind > 1 else END
    r3 = classes[index + 3] if behind > 2 else END
    earlier, later = find["b="], find["a="]
    return [
        find["L1="](words[index - 1] if before > 0 else BEGIN),
        find["L2="](words[index - 2] if before > 1 else BEGIN),
        find["R1="](words[index + 1] if behind > 0 else END),
        find["R2="](words[index + 2] if behind > 1 else END),
        find["l1="](l1),
        find["l2="](l2),
        find["r1="](r1),
        find["r2="](r2),
        find["l="](f"{l2} {l1}"),
        find["r="](f"{r1} {r2}"),
        find["l3="](f"{l3} {l2} {l1}"),
        find["r3="](f"{r1} {r2} {r3}"),
        find["lr="](f"{l1} {r1}"),
        *map(earlier, filter(str.isalpha, words[max(begin, index - _BAG) : index])),
        *map(later, filter(str.isalpha, words[index + 1 : min(end, index + 1 + _BAG)])),
    ]


def _after(tokens: Tokens, index: int, find: Kinds[T], classes: list[str]) -> list[T | None]:
    """Look behind an appositive or bracket for what the person does."""
    _, end = tokens.sentence(index)
    here = index + 1
    found = []
    closer = _OPENERS.get(classes[here]) if here < end else None
    if closer:
        opening = classes[here + 1] if here + 1 < end else END
        for i in range(here + 3, min(end, here + _LONGEST_APPOSITIVE)):
            if classes[i] == closer:
                here = i + 1
                found.append(find["app="](opening))
                break
        else:
            found.append(find["tail="](opening))
    elif here < end and classes[here] in ("of", "from", "at"):
        found.append(find["app="]("of"))
    word, kind = (tokens.words[here], classes[here]) if here < end else (END, END)
    then = classes[here + 1] if here + 1 < end else END
    return [*found, find["V="](word), find["v="](kind), find["v2="](f"{kind} {then}")]


def _place(tokens: Tokens, index: int, find: Kinds[T]) -> list[T | None]:
    begin, end = tokens.sentence(index)
    number = tokens.sentence_of[index]
    offset = index - begin
    where = "0" if not offset else "3" if offset <= 3 else "9" if offset <= 9 else "+"
    which = str(number) if number < 3 else "5" if number < 6 else "+"
    last = len(tokens.starts) - 1 - number
    rest = "0" if index + 1 >= end or (index + 2 >= end and tokens.classes[index + 1] in ".¶") else "+"
    left = "0" if not last else "1" if last < 3 else "+"
    return [find["s="](which), find["o="](where), find["so="](which + where), find["end="](rest), find["left="](left)]


def _line(tokens: Tokens, index: int, find: Kinds[T]) -> list[T | None]:
    """Tell what opens the line of a name: a label, a bullet, the name itself; and the label on the line above."""
    words, classes = tokens.words, tokens.classes
    line = tokens.line(index)
    first = max(tokens.lines[line], index - _LONGEST_LINE)
    label = classes[first : min(first + _LONGEST_LABEL + 1, index)]
    if ":" in label:
        colon = first + label.index(":")
        return [find["label="](classes[colon - 1]), *map(find["label:"], words[first:colon])]
    if index - first <= 1 + (classes[first] in "–•#"):
        after = classes[index + 1] if index + 1 < len(classes) else END
        return [find["line="](f"{classes[first]} {after}"), *_heading(tokens, line, find)]
    return []


def _heading(tokens: Tokens, line: int, find: Kinds[T]) -> list[T | None]:
    """Give the words of the last line above that ends in a colon or stands alone without names."""
    words, classes, lines = tokens.words, tokens.classes, tokens.lines
    for above in range(line - 1, max(line - 1 - _MOST_LINES_ABOVE, -1), -1):
        start, end = lines[above], lines[above + 1] - 1
        if end <= start:
            return []
        if classes[end - 1] == ":" or (end - start <= 3 and "N" not in classes[start:end]):
            said = [word for word in words[max(start, end - 6) : end] if word.isalpha()]
            kinds = [kind for kind in dict.fromkeys(classes[start:end]) if kind in _TOLD]
            return [*map(find["head:"], said), *map(find["head="], kinds)]
    return []


def _sentence(tokens: Tokens, index: int, find: Kinds[T], classes: list[str]) -> list[T | None]:
    """Tell what kinds of words stand in the sentence, on which side, and how many names."""
    begin, end = tokens.sentence(index)
    before = _SEEN.intersection(classes[max(begin, index - 40) : index])
    after = _SEEN.intersection(classes[index + 1 : min(end, index + 40)])
    earlier, later = find["<"], find[">"]
    found = [earlier(kind) for kind in _TOLD if kind in before]
    found += [later(kind) for kind in _TOLD if kind in after]
    for kind in ("H", "N"):
        if kind in before:
            found.append(earlier(kind))
        if kind in after:
            found.append(later(kind))
    said = tokens.words[begin:index]
    if "“" in said and said.count("“") > said.count("”"):
        found.append(find[""]("quoted"))
    if end < len(classes):
        nxt = end + (classes[end] == "¶")
        if nxt < len(classes):
            found.append(find["next="](classes[nxt]))
    return found
