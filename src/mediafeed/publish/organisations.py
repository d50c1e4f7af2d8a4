"""What an affiliation says for machines: an organisation and somebody's title there, where grammar tells them.

An affiliation is a publisher's own words behind a name, whatever they are: "a national correspondent for The Far
Times", "author of two books", "R-Maine". Where it is not plain which of them name an organisation, none is told.
"""

import re
from dataclasses import dataclass

# A name that ends with one of these, or begins so and goes on with "of" or "for", is an organisation's.
_HOUSE = (
    r"(?:Academy|Agency|Alliance|Association|Authority|Bank|Cent(?:er|re)|Church|Club|College|Commission|Committee|Company"
    r"|Consultancy|Cooperative|Corporation|Council|Department|Faculty|Federation|Forum|Foundation|Fund|Group|Hospital"
    r"|Inc\.?|Initiative|Institute|Institution|Journal|Labs?|Laborator(?:y|ies)|League|Ltd\.?|LLC|Magazine|Ministry"
    r"|Museum|Network|News|Observatory|Organi[sz]ation|Parliament|Partners|Partnership|Party|Polytechnic|Post|Press"
    r"|Records|School|Society|Studios?|Times|Tribune|Trust|Union|University)"
)
_WORD = r"(?!Large\b)[A-ZÀ-ÖØ-Þ][\w’'&.-]*\w"
_JOINED = r"(?:& |(?:of|for|on) (?:the )?)"
_NAME = (
    rf"(?:the )?(?P<name>(?>{_WORD}(?: {_JOINED}?{_WORD})*))"
    rf"(?P<more>(?>,? and (?:the )?{_WORD}(?: {_JOINED}?{_WORD})*))?+"
)
_ENDS = r"(?=$|[,;:.()–—]| [a-z–—(])"
_BEFORE = r"(?:(?:[Aa]n?|the|[Oo]ur|[Nn]ow) )*"
_TITLE = rf"(?:The )?{_BEFORE}(?P<title>(?:[\w’'&-]+ ){{0,6}}?%s)"
_WORKS = (
    r"(?i:[\w-]*(?:er|or|ist|yst|ian|ant|ent|ean)|(?:co-?|vice-)?chair(?:man|woman)?|head|chief|lead|fellow|c[etof]o"
    r"|counsel|chef|nurse|coach|secretary)"
)
_LEADS = (
    r"(?i:(?:co-?|vice[ -])?(?:president|director|chair(?:man|woman)?|head|chief|ceo|founder|dean|editor(?:-in-chief)?"
    r"|member|fellow|professor|secretary|secretary-general|partner|chancellor|governor|publisher|principal|provost"
    r"|curator))"
)
_WAYS = (
    rf"{_TITLE % _LEADS} of ",
    rf"{_TITLE % _WORKS} at ",
    rf"{_TITLE % _WORKS}(?: for | with |, )",
    rf"(?:at )?{_BEFORE}(?!{_LEADS}[- ])",  # "a Far Times reporter"; "Director of the Institute" is none
)
_SAID = tuple(re.compile(way + _NAME + _ENDS) for way in _WAYS)
_AT = _SAID[1]  # where people work, whatever it is called
_NAME_ALONE = _SAID[3]
_ENDS_AS_HOUSE = re.compile(rf"(?:.*[ -])?{_HOUSE}")
_IS_HOUSE = re.compile(rf"(?:.*[ -])?{_HOUSE}|{_HOUSE} (?:of|for|on) .+|.+ {_HOUSE} (?:of|for|on) .+")
_LONE_HOUSE = re.compile(_HOUSE)  # "the Council": whichever that is
_NO_TITLE = re.compile(r"^and\b| (?:of|in|at|for|from|on|with) ")  # two things in one
# Who was there once does not belong there; nor does whoever comes to speak, to see or to learn, wants in or is tried.
_ELSEWHERE = re.compile(
    r"\b(?:former|formerly|previous|previously|one-?time|erstwhile|ex|past|retired|late|then|outgoing|incoming|founding"
    r"|speaker|witness|guest|performer|winner|graduate|student|applicant|candidate|protester|prisoner|patient|visitor"
    r"|customer|listener|worshipper|supporter|parent|defendant|never|not|no|than)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"[ ,(]+(?:(?:from|in|between|until|till) )?(?:1[89]|20)\d\d\b")  # behind the name: over by now
_BEHIND = re.compile(r".{0,100}?(?=[,;:.()–—]| and |$)")  # "a Rope School graduate"
_LONGEST = 150  # what is longer may be cut off


@dataclass(frozen=True, slots=True)
class Belongs:
    """An organisation's name, and the title that somebody has there."""

    organisation: str
    title: str | None = None


def belongs_to(affiliation: str) -> Belongs | None:
    """Read where somebody is and as what; None where it is not plain, or no more.

    >>> belongs_to("senior fellow at the Institute for Kelp and author of “Tides”")
    Belongs(organisation='Institute for Kelp', title='senior fellow')
    >>> belongs_to("Harbour College, Bristol")
    Belongs(organisation='Harbour College', title=None)
    >>> belongs_to("a Far Times reporter").organisation
    'Far Times'
    >>> belongs_to("author of two books")
    >>> belongs_to("former director of the Kelp Institute")
    """
    return next((belongs for pattern in _SAID if (belongs := _read(pattern, affiliation))), None)


def _read(pattern: re.Pattern[str], affiliation: str) -> Belongs | None:
    found = pattern.match(affiliation)
    if not found or found.end() > _LONGEST or _YEAR.match(affiliation, found.end()):
        return None
    behind = _BEHIND.match(affiliation, found.end()) if pattern is _NAME_ALONE else None
    if _ELSEWHERE.search(affiliation[: behind.end() if behind else found.end()]):
        return None
    name = _whole_name(found)
    if not name or _LONE_HOUSE.fullmatch(name) or (pattern is not _AT and not _IS_HOUSE.fullmatch(name)):
        return None
    title = found.groupdict().get("title")
    return Belongs(name, None if title and _NO_TITLE.search(title) else title)


def _whole_name(found: re.Match[str]) -> str | None:
    """Give the name without what "and" adds; None where "and" may be a part of it, and where it ends in a genitive."""
    name = found["name"]
    if found["more"] and not _ENDS_AS_HOUSE.fullmatch(name):
        return None
    return None if name.endswith(("’s", "'s", "s’", "s'")) else name.rstrip(".")
