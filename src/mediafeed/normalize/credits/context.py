"""What stands around a name, as features: words, their classes, the place in sentence, line and field.

A feature is a short string that can be read: "dL1=with" is the word before a name of the description. Words that were
seen in few shows get no weight; their classes do, so that the next show's verb need not be in any list.
"""

from mediafeed.normalize.credits.tokens import BEGIN, END, Tokens

_REACH = 3
_BAG = 8
_LONGEST_APPOSITIVE = 28
_LONGEST_LABEL = 4
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


def mention_features(tokens: Tokens, number: int, prefix: str, hosts: frozenset[int]) -> list[str]:
    """Give the features of one mention: `number` is a name of the sketch, `hosts` the names of known hosts in it."""
    index = tokens.at.get(number)
    if index is None:
        return []
    classes = _marked(tokens, hosts)
    found = _window(tokens, index, prefix, classes)
    found += _after(tokens, index, prefix, classes)
    found += _place(tokens, index, prefix)
    found += _line(tokens, index, prefix)
    found += _sentence(tokens, index, prefix, classes)
    found += _list(tokens, index, prefix)
    return found


def _list(tokens: Tokens, index: int, prefix: str) -> list[str]:
    """Tell where in a list of names a name stands."""
    head, tail = tokens.lists.get(index, (index, index))
    if head == tail:
        return [f"{prefix}alone"]
    place = "first" if index == head else "last" if index == tail else "inner"
    return [f"{prefix}list={place}"]


def _window(tokens: Tokens, index: int, prefix: str, classes: list[str]) -> list[str]:
    begin, end = tokens.sentence(index)
    words = tokens.words
    left = [words[i] if i >= begin else BEGIN for i in range(index - 1, index - 1 - _REACH, -1)]
    left_classes = [classes[i] if i >= begin else BEGIN for i in range(index - 1, index - 1 - _REACH, -1)]
    right = [words[i] if i < end else END for i in range(index + 1, index + 1 + _REACH)]
    right_classes = [classes[i] if i < end else END for i in range(index + 1, index + 1 + _REACH)]
    l1, l2, l3 = left_classes
    r1, r2, r3 = right_classes
    return [
        f"{prefix}L1={left[0]}",
        f"{prefix}L2={left[1]}",
        f"{prefix}R1={right[0]}",
        f"{prefix}R2={right[1]}",
        f"{prefix}l1={l1}",
        f"{prefix}l2={l2}",
        f"{prefix}r1={r1}",
        f"{prefix}r2={r2}",
        f"{prefix}l={l2} {l1}",
        f"{prefix}r={r1} {r2}",
        f"{prefix}l3={l3} {l2} {l1}",
        f"{prefix}r3={r1} {r2} {r3}",
        f"{prefix}lr={l1} {r1}",
        *(f"{prefix}b={words[i]}" for i in range(max(begin, index - _BAG), index) if words[i].isalpha()),
        *(f"{prefix}a={words[i]}" for i in range(index + 1, min(end, index + 1 + _BAG)) if words[i].isalpha()),
    ]


def _marked(tokens: Tokens, hosts: frozenset[int]) -> list[str]:
    """Give the classes, with "H" for names of known hosts."""
    if not hosts:
        return tokens.classes
    classes = list(tokens.classes)
    for number in hosts:
        if (place := tokens.at.get(number)) is not None:
            classes[place] = "H"
    return classes


def _after(tokens: Tokens, index: int, prefix: str, classes: list[str]) -> list[str]:
    """Look behind an appositive or bracket for what the person does."""
    _, end = tokens.sentence(index)
    here = index + 1
    found = []
    closer = _OPENERS.get(classes[here]) if here < end else None
    if closer:
        opening = classes[here + 1] if here + 1 < end else END
        for i in range(here + 1, min(end, here + _LONGEST_APPOSITIVE)):
            if classes[i] == closer and i > here + 2:
                here = i + 1
                found.append(f"{prefix}app={opening}")
                break
        else:
            found.append(f"{prefix}tail={opening}")
    elif here < end and classes[here] in ("of", "from", "at"):
        found.append(f"{prefix}app=of")
    word, kind = (tokens.words[here], classes[here]) if here < end else (END, END)
    then = classes[here + 1] if here + 1 < end else END
    return [*found, f"{prefix}V={word}", f"{prefix}v={kind}", f"{prefix}v2={kind} {then}"]


def _place(tokens: Tokens, index: int, prefix: str) -> list[str]:
    begin, end = tokens.sentence(index)
    number = tokens.sentence_of[index]
    offset = index - begin
    where = "0" if not offset else "3" if offset <= 3 else "9" if offset <= 9 else "+"
    which = str(number) if number < 3 else "5" if number < 6 else "+"
    last = len(tokens.starts) - 1 - number
    rest = "0" if index + 1 >= end or (index + 2 >= end and tokens.classes[index + 1] in ".¶") else "+"
    left = "0" if not last else "1" if last < 3 else "+"
    return [
        f"{prefix}s={which}",
        f"{prefix}o={where}",
        f"{prefix}so={which}{where}",
        f"{prefix}end={rest}",
        f"{prefix}left={left}",
    ]


def _line(tokens: Tokens, index: int, prefix: str) -> list[str]:
    """Tell what opens the line of a name: a label, a bullet, the name itself; and the label on the line above."""
    words, classes = tokens.words, tokens.classes
    first = index
    while first > 0 and words[first - 1] != "\n" and index - first < 60:
        first -= 1
    found = []
    colon = next((i for i in range(first, min(first + _LONGEST_LABEL + 1, index)) if classes[i] == ":"), None)
    if colon is not None:
        found.append(f"{prefix}label={classes[colon - 1]}")
        found += [f"{prefix}label:{words[i]}" for i in range(first, colon)]
    elif index - first <= 1 + (classes[first] in "–•#"):
        after = classes[index + 1] if index + 1 < len(classes) else END
        found.append(f"{prefix}line={classes[first]} {after}")
        found += _heading(tokens, first, prefix)
    return found


def _heading(tokens: Tokens, first: int, prefix: str) -> list[str]:
    """Give the words of the last line above that ends in a colon or stands alone without names."""
    words, classes = tokens.words, tokens.classes
    end = first - 1
    for _ in range(8):
        start = end
        while start > 0 and words[start - 1] != "\n":
            start -= 1
        if end <= start:
            return []
        if classes[end - 1] == ":" or (end - start <= 3 and "N" not in classes[start:end]):
            return [f"{prefix}head:{words[i]}" for i in range(max(start, end - 6), end) if words[i].isalpha()] + [
                f"{prefix}head={kind}" for kind in dict.fromkeys(classes[start:end]) if kind in _TOLD
            ]
        end = start - 1
    return []


def _sentence(tokens: Tokens, index: int, prefix: str, classes: list[str]) -> list[str]:
    """Tell what kinds of words stand in the sentence, on which side, and how many names."""
    begin, end = tokens.sentence(index)
    before = frozenset(classes[max(begin, index - 40) : index])
    after = frozenset(classes[index + 1 : min(end, index + 40)])
    found = [f"{prefix}<{kind}" for kind in _TOLD if kind in before]
    found += [f"{prefix}>{kind}" for kind in _TOLD if kind in after]
    if "H" in before:
        found.append(f"{prefix}<H")
    if "H" in after:
        found.append(f"{prefix}>H")
    if "N" in before:
        found.append(f"{prefix}<N")
    if "N" in after:
        found.append(f"{prefix}>N")
    quotes = tokens.words[begin:index].count("“") - tokens.words[begin:index].count("”")
    if quotes > 0:
        found.append(f"{prefix}quoted")
    if end < len(classes):
        nxt = end + (classes[end] == "¶")
        if nxt < len(classes):
            found.append(f"{prefix}next={classes[nxt]}")
    return found
