"""Cut a run of capitals into pieces that may each be a name: where one begins, what goes on with it, what ends it."""

from typing import NamedTuple

from mediafeed.normalize.lexicon import is_somebody
from mediafeed.normalize.name_kinds import (
    COMMON,
    FIRST_NAME,
    HONORIFIC,
    NAMESAKE,
    NO_START,
    OWNER,
    PARTICLE,
    STOP,
    SURNAME,
    VERB,
)
from mediafeed.normalize.name_words import FIRST_NAMES_OF_PLACES, INITIALS, POST_NOMINALS, WARES

LONGEST_NAME = 6
# Never inside a name.
_TITLES = frozenset(("dr", "prof", "professor", "mr", "mrs", "ms", "sir", "dame", "rev", "corporal"))
_SURNAME_ENDINGS = ("er", "ers", "man", "ton", "ley")
_ABBREVIATED_PLACES = frozenset(("us", "uk", "eu", "un", "dc", "la", "ny", "nyc", "usa", "uae"))


class Token(NamedTuple):
    """A word of a run: as written, what is known of it, and its place in the run."""

    text: str
    low: str  # in lower case, without its points
    kind: int
    start: int
    end: int


def segments(tokens: list[Token]) -> list[list[Token]]:
    """Cut a run of capitals where a word cannot be part of the name before it."""
    found: list[list[Token]] = []
    segment: list[Token] = []
    for token in tokens:
        if not segment:
            if _may_begin(token):
                segment = [token]
        elif len(segment) == 1 and len(tokens) > 2 and token is not tokens[-1] and _leads(segment[0], token):
            segment = [token]  # "Historian Imani Lee"
        elif _begins_anew(segment, token, tokens):
            if sum(not word.kind & HONORIFIC for word in segment) > 1:
                found.append(segment)
            segment = [token]
        elif _goes_on(segment, token) or _is_last_common_surname(segment, token, tokens):
            segment.append(token)
        else:
            # "James Cook Fellow", "Peter Jay Institute": what follows makes the name part of something else.
            if not token.kind & OWNER:
                found.append(segment)
            segment = [token] if _may_begin(token) else []
    if segment:
        found.append(segment)
    return found


def _begins_anew(segment: list[Token], token: Token, run: list[Token]) -> bool:
    """Say whether a name begins behind words that are none of it: "Casablanca Dr Ann Lee", "From Sefrou Ann Lee"."""
    if token is run[-1]:
        return False
    opens = len(segment) == 1 and run[0].low in ("from", "in") and segment[0] is run[1]
    titled = token.low in _TITLES or (token.kind & HONORIFIC and token.text[-1] == "." and len(token.low) > 1)  # "Gov."
    if not titled and not (opens and not segment[0].kind & FIRST_NAME and token.kind & FIRST_NAME):
        return False
    # The last words tell enough: all of a long run of titles would be looked at again for each of them.
    return not all(word.kind & HONORIFIC for word in segment[-LONGEST_NAME:])


def _leads(role: Token, token: Token) -> bool:
    """Say whether a word is what somebody is, in front of who it is."""
    return (
        not role.kind & (FIRST_NAME | HONORIFIC)
        and (role.text in POST_NOMINALS or (len(role.low) > 3 and not role.text.isupper() and is_somebody(role.low)))
        and _may_begin(token)
        and len(token.low) > 1
        and not token.kind & PARTICLE
    )


def _may_begin(token: Token) -> bool:
    if token.kind & (HONORIFIC | FIRST_NAME):
        return True
    return not token.kind & NO_START and token.low not in _ABBREVIATED_PLACES and not token.low[-1:].isdigit()


def _goes_on(segment: list[Token], token: Token) -> bool:
    kind = token.kind
    last = segment[-1]
    if last.kind & PARTICLE and len(segment) > 1:  # "María del Mar Santaella", "Ann De Bell"
        return not kind & (OWNER if last.text.islower() else STOP | OWNER)
    if len(segment) > 2 * LONGEST_NAME:  # no name any more: let it run on, for looking back at all of it is dear
        return True
    if last.kind & HONORIFIC and not last.kind & FIRST_NAME and all(t.kind & HONORIFIC for t in segment):
        return bool(kind & HONORIFIC) or _may_begin(token)
    if (
        len(token.low) == 1
        or kind & PARTICLE
        or token.text[0].islower()
        or token.text.replace(".", "") in POST_NOMINALS
    ):
        return True
    if kind & SURNAME:
        led = segment[0].kind & HONORIFIC or any(t.kind & FIRST_NAME for t in segment)
        return bool(led) or _is_surname_of_unknown(segment, token)
    if kind & (STOP | OWNER):
        return bool(kind & NAMESAKE) and _is_known_first_name_alone(segment)
    if kind & FIRST_NAME or not kind & COMMON:
        return True
    # Trades and sons ("Stringer", "Rivers") are surnames more often than words behind a first name.
    return bool(last.kind & FIRST_NAME) and token.low.endswith(_SURNAME_ENDINGS) and not kind & VERB


def _is_known_first_name_alone(segment: list[Token]) -> bool:
    """Say whether nothing but titles and a first name, which is no word nor place, precede: "Dr Paul Berlin"."""
    first = segment[-1]
    return (
        first.kind & (FIRST_NAME | COMMON) == FIRST_NAME
        and first.low not in FIRST_NAMES_OF_PLACES
        and all(token.kind & HONORIFIC for token in segment[:-1])
    )


def _is_surname_of_unknown(segment: list[Token], token: Token) -> bool:
    """Say whether a word goes on as the surname of a first name that no list knows: "Kwabena Mills"."""
    if token.kind & (STOP | OWNER):
        return False
    first = segment[0]
    return not token.kind & COMMON or (
        token.low not in WARES
        and len(segment) == 1
        and not first.kind
        and ((len(first.text) > 2 and first.text[1:].islower()) or first.text.replace(".", "") in INITIALS)
    )


def _is_last_common_surname(segment: list[Token], token: Token, run: list[Token]) -> bool:
    """Say whether a common word ends a run as a surname: "Ann Cave", "Dr Yetunde Coker", not "Grace Period"."""
    first = segment[-1]
    if len(segment) == 2 and len(first.low) == 1 and first.text[-1] == ".":
        first = segment[0]  # "William J. Broad"
    led = not first.kind and len(segment) > 1 and segment[-2].low in _TITLES and token.low.endswith(_SURNAME_ENDINGS)
    return (
        token is run[-1]
        and (led or first.kind & (FIRST_NAME | COMMON) == FIRST_NAME)
        and not token.kind & (STOP | OWNER | VERB)
        and token.low.isalpha()
        and token.text[1:].islower()
    )
