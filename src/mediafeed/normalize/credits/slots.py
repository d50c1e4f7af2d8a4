"""Places in which a feed puts people, whatever the words: the habit of a show rather than the sense of a sentence.

A slot is a short string. The same slot filled in episode after episode says of its next name what the others were.
"""

from mediafeed.normalize.credits.candidates import Candidate
from mediafeed.normalize.credits.tokens import BEGIN, END, Tokens

# Slots of which it matters in how many episodes they are filled.
WHOLE = frozenset(("T^", "T$", "1st", "only", "titled"))
_MOST_MENTIONS = 3
_LONGEST_LINE = 40
_LONGEST_LABEL = 4
_SAYS = frozenset(("N", "word", "Cap", "say", "meet", "role", "org", "the", "with", "who", "text", "time", "person"))


def slots_of(fields: tuple[Tokens, ...], candidate: Candidate) -> list[str]:
    """Give the slots of title and description in which a candidate stands."""
    found: list[str] = []
    title, text = fields
    for number in candidate.title[:_MOST_MENTIONS]:
        if (index := title.at.get(number)) is not None:
            found += _title_slots(title, index)
    for number in candidate.text[:_MOST_MENTIONS]:
        if (index := text.at.get(number)) is not None:
            found += _text_slots(text, index, number)
    if candidate.author:
        found.append("author")
    return list(dict.fromkeys(found))


def _title_slots(tokens: Tokens, index: int) -> list[str]:
    words, classes = tokens.words, tokens.classes
    left = classes[index - 1] if index else BEGIN
    right = classes[index + 1] if index + 1 < len(classes) else END
    exact_left = words[index - 1] if index and not words[index - 1].isdigit() else left
    exact_right = words[index + 1] if index + 1 < len(words) else END
    found = [f"t:{left}_{right}", f"T:{exact_left}_", f"T:_{exact_right}"]
    if _SAYS.isdisjoint(classes[:index]):
        found.append("T^")
    if _SAYS.isdisjoint(classes[index + 1 :]):
        found.append("T$")
    return found


def strangers_slots(candidates: tuple[Candidate, ...]) -> list[list[str]]:
    """Give the slots of those whom the show does not name and of whom nothing is known: the first, the only one."""
    new = [one for one in candidates if one.mentions and one.unknown]
    first = min((one.text[0] for one in new if one.text), default=-1)
    known = set(map(id, new))
    found = []
    for one in candidates:
        own = []
        if id(one) in known:
            own += ["1st"] * bool(one.text and one.text[0] == first)
            own += ["only"] * (len(new) == 1) + ["titled"] * bool(one.title)
        found.append(own)
    return found


def _text_slots(tokens: Tokens, index: int, number: int) -> list[str]:
    words = tokens.words
    begin, end = tokens.sentence(index)
    before = [words[i] if i >= begin else BEGIN for i in (index - 2, index - 1)]
    after = words[index + 1] if index + 1 < end else END
    found = [f"b:{' '.join(before)}", f"f:{before[-1]}_{after}"]
    sentence = tokens.sentence_of[index]
    if sentence < 4:
        order = tokens.classes[begin:index].count("N")
        found.append(f"d:{sentence} {min(order, 3)}")
    found.append("first" if not number else "last" if number == len(tokens.at) - 1 else "inner")
    opening = [word for word in words[begin : min(begin + 3, index)] if word.isalpha()]
    if opening:
        found.append(f"o:{' '.join(opening[:2])}")
    line = max(tokens.lines[tokens.line(index)], index - _LONGEST_LINE)
    opens = words[line : min(line + _LONGEST_LABEL + 1, index)]
    if ":" in opens:
        found.append(f"label:{' '.join(opens[: opens.index(':')])}")
    return found
