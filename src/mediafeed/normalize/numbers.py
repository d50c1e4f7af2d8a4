"""Which number an episode has, from tags, from its title, from the first words of its description."""

import re
from typing import Final

from mediafeed.normalize.calendar_words import MONTHS
from mediafeed.normalize.number_words import NUMBER_IN_WORDS, is_ordinal, number_from_roman, number_from_words
from mediafeed.normalize.text import folded

_LARGEST: Final = 99_999
_DECLARED = re.compile(r"\s*(\d{1,6})(?:\.0+)?\s*")

_WORD = r"(?:episode|episod|épisode|episodio|episódio|folge|aflevering|odcinek|avsnitt|eps?)"
_MARK = r"(?:\s*[.:#]|\s+(?:no|nr|num|number)\b\.?|\s+#|\s*№)?\s*"
_SEASON_EPISODE = re.compile(
    r"\b[SsTt](?:eason|taffel|emporada)?\s?(\d{1,4})\s?[-–.,:|/&]?\s*[Ee](?:p(?:isod[eio]|\b)?)?[.:]?\s?#?(\d{1,5})\b"
    r"|\b(?:season|series|staffel|saison|temporada)\s+(\d{1,4})\s*[-–—.,:|/()]*\s*" + _WORD + _MARK + r"(\d{1,5})\b",
    re.IGNORECASE,
)
_EPISODE = re.compile(
    rf"(?<![\w'’]){_WORD}{_MARK}(\d{{1,5}})(?![\d\w])(?!\.\d)(?!\s*(?:of|/|von|de|di)\s*\d)", re.IGNORECASE
)
_EPISODE_IN_WORDS = re.compile(rf"(?<![\w'’])(?:episode|ep)\.?\s+({NUMBER_IN_WORDS})(?!\w)", re.IGNORECASE)
_EPISODE_ROMAN = re.compile(r"(?:Episode|EPISODE|Ep\.|EP)\s+([CLXVI]{1,9})(?![\w'’])")
_E_FIRST = re.compile(r"E(\d{1,5})(?=\s*[:|–—-]\s)")
_HASH_FIRST = re.compile(r"#\s?(\d{1,5})(?=\s*(?:[:\-–—|.)\]]|$))(?!\.\d)|#\s?(\d{2,5})\s+(?=[A-Z\"“])")
# "The Gulf Show #12": what stands before the sign must be the show, or say what it is.
_HASH_AFTER = re.compile(r"([^:|–—(\[]*?(\w+))\s+#\s?(\d{1,5})(?=\s*(?:$|[:|–—)\]]|-\s))")
_CAST: Final = frozenset({"podcast", "show", "episode", "cast", "radio", "podkast"})
_NO_NUMBER = re.compile(r"\W*(?:bonus|trailer|teaser|minisode|extra)\b", re.IGNORECASE)
_LEADING = re.compile(r"\[?(\d{1,5})\]?(?:\s*[:|]\s+|\s+[-–—]\s+|\.\s+|[)\]]\s+)(?=\D)")
_NUMBER_SIGN = re.compile(r"(?:No|Nr|Nº|№|N°)\.?\s?(\d{1,5})(?=\s*[:\-–—|.])", re.IGNORECASE)

_NTH = re.compile(
    rf"[^.!?]{{0,60}}?\b(?:in|welcome to|for|this is|on|is)\b[^.!?]{{0,30}}?\b(?:the|our|this|your)\s+"
    rf"(?P<nth>{NUMBER_IN_WORDS}|\d{{1,4}}(?:st|nd|rd|th))\s+(?:\w+\s+)?episode\b(?P<after>[^.!?]{{0,60}})",
    re.IGNORECASE,
)
# "the first episode of a new series": a count inside something else than the show.
_OF_SOMETHING_ELSE = re.compile(
    r"\s*(?:of|in|for|from)\s+(?:(?:a|an|the|this|our|its|their|his|her|new|latest)\s+)*"
    r"(?:\w+[\s-]){0,3}?(?:season|series|mini-?series|year|20\d\d|month|part|trilogy|special|block|arc)\b",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\s*(?:since|after|this|back|on|about|with us|together)\b", re.IGNORECASE)


def declared_number(text: str) -> int | None:
    """Read itunes:episode or itunes:season: a whole number above 0.

    >>> declared_number("33"), declared_number("0"), declared_number("ten")
    (33, None, None)
    """
    match = _DECLARED.fullmatch(text) if text else None
    number = int(match[1]) if match else 0
    return number if 0 < number <= _LARGEST else None


def season_and_episode(title: str) -> tuple[int | None, int | None]:
    """Read a season and an episode that a title names together.

    >>> season_and_episode("S5E9: The Gulf"), season_and_episode("Season 2, Episode 14 – Tokyo")
    ((5, 9), (2, 14))
    """
    match = _SEASON_EPISODE.search(title)
    if not match:
        return None, None
    return int(match[1] or match[3]), int(match[2] or match[4])


def episode_number(title: str, *, declared: str = "", description: str = "", show: str = "") -> int | None:
    """Find an episode's number. What is declared wins; then the title; then "In the thirty-eighth episode of ...".

    Precision comes before recall: no year, no "Top 10", no "3 ways"; two different numbers in one title are none.

    Args:
        title: The episode's, as found.
        declared: itunes:episode or podcast:episode.
        description: Plain text; only its first sentences are read.
        show: The show's title: what stands before a "#12", or after "episode of".

    >>> episode_number("Episode 33: How Tokyo Changed"), episode_number("10.43 The Gulf", declared="45")
    (33, 45)
    >>> episode_number("Kyoto", description="In the thirty-eighth episode of our podcast, Ann speaks to Bo.")
    38
    """
    number = declared_number(declared)
    if number is not None:
        return number
    number = _from_title(title.strip(), show)
    if number is not None:
        return number
    return _from_description(description, show)


def _from_title(title: str, show: str) -> int | None:
    if _NO_NUMBER.match(title):
        return None  # a bonus counts for itself, if at all
    if not any(char.isdigit() for char in title):
        return _from_title_in_words(title)
    first = _E_FIRST.match(title)
    if first:
        return int(first[1])
    _, number = season_and_episode(title)
    if number is not None:
        return number
    found = {int(match[1]) for match in _EPISODE.finditer(title)}
    if found:
        return found.pop() if len(found) == 1 else None
    match = _HASH_FIRST.match(title) or _NUMBER_SIGN.match(title)
    if match:
        return int(next(group for group in match.groups() if group))
    leading = _LEADING.match(title)
    if leading and not _is_something_else(leading, title):
        return int(leading[1])
    number = _after_show(title, show)
    return _from_title_in_words(title) if number is None else number


def _after_show(title: str, show: str) -> int | None:
    """Read the number behind the show's own name: "Gulf Talk 508: Oman", "The Gulf Show #12"."""
    match = _HASH_AFTER.match(title) if "#" in title else None
    if match and (match[2].lower() in _CAST or (show and match[1].strip().casefold() in show.casefold())):
        return int(match[3])
    if not show:
        return None
    name = re.sub(r"\W*\bpodcast\W*$", "", show, flags=re.IGNORECASE)
    if len(name) > 3 and title.casefold().startswith(name.casefold()):
        match = _BEHIND.match(title, len(name))
        if match and not 1900 <= int(match[1]) <= 2100:
            return int(match[1])
    return None


_BEHIND = re.compile(r"(?:\W*podcast)?[\s#–—|:-]+(\d{1,4})\s*(?:[:|–—-]\s*(?=\D)|$)", re.IGNORECASE)


def _is_something_else(leading: re.Match[str], title: str) -> bool:
    """Say whether a bare number in front is rather a year, a date or the first of a list."""
    digits = leading[1]
    if len(digits) == 4 and 1500 <= int(digits) <= 2100:
        return True
    if title[leading.end(1) :].startswith("."):
        # "1. Corinthians", "28. Juli 2006"
        following = folded(title[leading.end() : leading.end() + 20]).split()
        return len(digits) == 1 or (bool(following) and following[0] in MONTHS)
    return False


def _from_title_in_words(title: str) -> int | None:
    match = _EPISODE_IN_WORDS.search(title)
    if match:
        return number_from_words(match[1])
    roman = _EPISODE_ROMAN.match(title)
    return number_from_roman(roman[1]) if roman else None


def _from_description(description: str, show: str) -> int | None:
    opening = description[:400]
    if "pisode" not in opening:
        return None
    # A paragraph on the show may stand before the one on the episode.
    match = next(filter(None, (_NTH.match(paragraph) for paragraph in opening.splitlines())), None)
    if not match or _OF_SOMETHING_ELSE.match(match["after"]) or _SINCE.match(match["after"]):
        return None
    if show and not _may_be(show, match["after"]):
        return None
    nth = match["nth"]
    if nth[0].isdigit():
        return int(nth[:-2])
    return number_from_words(nth) if is_ordinal(nth) else None


_OF_NAMED = re.compile(r"\s+of\s+(?!(?:the|our|this|my|your)\b)([A-Z][^,.;:–—]*)")


def _may_be(show: str, after: str) -> bool:
    """Say whether what follows "episode of" may name this show: nothing, "our podcast", or a word of its title."""
    named = _OF_NAMED.match(after)
    if not named:
        return True
    title = show.casefold()
    return any(word in title for word in re.findall(r"\w{4,}", named[1].casefold()))
