"""Who is not there: hosts on leave, stood in for, back in a fortnight; and episodes that say that nobody visits."""

import re

from mediafeed.normalize.credits.candidates import Candidate
from mediafeed.normalize.credits.sketch import NAME
from mediafeed.normalize.credits.tokens import Tokens

# ① is the one asked about, ② is anybody else.
_ONE = "①(?:(?:,|,? and| &) [①②])*"
_IS = "(?:[’']s|[’']re| is| are| was| were)(?: (?:still|both|currently|sadly|also))?"
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_LATER = (
    r"(?:in (?:(?:a|two|three|four|the|early|late) )?(?:fortnight|week|weeks|month|months|spring|summer|autumn|fall"
    rf"|new year|{_MONTH})|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|next (?:week|month|time|episode|year|season)"
    r"|soon|after)\b"
)
_FREE = (
    r"(?:away|absent|unwell|poorly|ill|sick|laid up|unavailable|(?:out|off) (?:sick|ill)"
    r"|out of (?:town|the (?:office|country))|(?:on|in|at) (?:(?:his|her|their|a|an|\w+) )?"
    r"(?:leave|holidays?|vacation|jury duty|honeymoon|sabbatical|strike|hospital))\b"
)
_IN_FOR = (
    r"\b(?:(?:is|are|was|sits?|sat|steps?|stands?|stood|fills?|standing|filling|sitting|stepping) in|stand-in) for"
)
_CHAIR = r"\b(?:takes? over|fills?|minds|stands? in|steps? in|sits? in|holds? the fort)\b[^.!?;:]{0,80}? (?:while|as) "
_AWAY = re.compile(
    rf"{_ONE}{_IS} {_FREE}"
    rf"|\bwith {_ONE} {_FREE}"
    rf"|\bwhile {_ONE}{_IS} (?:in|on|at|off|up) "
    rf"|{_ONE} (?:couldn[’']t|could not|can[’']t|cannot) (?:make|be (?:here|there|with)|join)"
    rf"|\bneither [①②] nor [①②] (?:could|can) (?:make|be|join)"
    rf"|{_ONE} (?:overslept|sits? (?:this|it|that) (?:one )?out|(?:has|have|had|takes?) (?:a|the) \w+ off)\b"
    rf"|①[’']s (?:absence|(?:\w+ )?leave (?:begins|starts)|on (?:\w+ )?(?:holidays?|leave))\b"
    rf"|{_IN_FOR} (?:②(?:,| and) )?①|\bguest in the chair for ①|{_CHAIR}{_ONE}"
    rf"|\bno ① (?:today|tonight|this (?:week|time|month))\b"
    rf"|{_ONE}(?:(?: returns?| will return)|(?:{_IS}| will be|[’']ll be) (?:back|returning)) {_LATER}",
    re.IGNORECASE,
)
_OTHER = re.compile(NAME)
# Whoever is away, a word of these tells it: most sentences have none, and are spared the rest.
_HINT = (
    " away| absen| unwell| poorly| ill| sick| laid| unavail| out| off| over| back| return| could| can’t| can't| cannot"
    "|leave|holiday|vacation|jury|honeymoon|sabbatical|strike|hospital|while|neither|overslept|absence|chair|fort|minds"
    "|fill|step|stand|sit in|sits in|in for |no "
)
_HINTS = tuple(_HINT.split("|"))


_REACH = 150
_MOST_MENTIONS = 6


_ALONE = frozenset(("solo", "unaccompanied"))
_AGAIN = frozenset(("archive", "archives", "encore", "rebroadcast", "re-release", "repeat", "rerun", "flashback"))
_TELLING = _ALONE | _AGAIN


def kinds_told(fields: tuple[Tokens, ...]) -> list[str]:
    """Tell what an episode says of its kind: that nobody visits ("alone"), that it was heard before ("again")."""
    found = []
    said = {word for one in fields for word in _TELLING.intersection(one.words)}
    if not _ALONE.isdisjoint(said) or any(_no_guest(one.classes) for one in fields):
        found.append("alone")
    if not _AGAIN.isdisjoint(said):
        found.append("again")
    return found


def _no_guest(classes: list[str]) -> bool:
    """Say whether "no" or "without" stands before a word for guests."""
    place = -1
    for _ in range(classes.count("guest")):
        place = classes.index("guest", place + 1)
        if "not" in classes[max(0, place - 3) : place]:
            return True
    return False


def is_away(candidate: Candidate) -> bool:
    """Say whether a sentence that names a person tells that the person is not there."""
    mentions = candidate.mentions[:_MOST_MENTIONS]
    for drawn, number in mentions:
        place = drawn.places[number]
        start, end = drawn.sentence_at(place)
        start, end = max(start, place - _REACH), min(end, place + _REACH)
        said = drawn.line[start:end].lower()
        if not any(hint in said for hint in _HINTS):
            continue
        words = list(drawn.line[start:end])
        for other, which in mentions:
            if other is drawn and start <= drawn.places[which] < end:
                words[drawn.places[which] - start] = "①"
        if _AWAY.search(_OTHER.sub("②", "".join(words))):
            return True
    return False
