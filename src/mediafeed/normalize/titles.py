"""Titles of shows: whether two are one show's, and whether an episode's title names its show."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from mediafeed.model.episode import Show
from mediafeed.normalize.text import folded

_FILLING: Final = frozenset({"the", "a", "an", "podcast", "podcasts", "show", "series", "audio"})
_STOP_WORDS: Final = frozenset({"the", "a", "an", "of", "and", "on", "in", "for", "to", "with", "at", "from", "s"})
_SHORTEST: Final = 8  # characters of a show's title that may be recognised inside another title
_PODCAST_EPISODE = re.compile(r"\s*(.{4,90}?)\W*\s(?:podcast\W*\s+)?(?:episode|ep\.?)\s*#?\d+\s*$", re.IGNORECASE)
# What may follow a show's title in front of an episode's own.
_AFTER_SHOW = r"\s*(?:podcast)?\s*(?:[:|–—#,.\-]|\(|\[|(?:episode|ep|part|bonus|trailer)\b|\d|$)"


def is_title_of(title: str, show: Show) -> bool:
    """Say whether a title means this show: the same words, but for "podcast" and the name of who makes it.

    >>> gulf = Show(id="g", source="s", title="RUSI Gulf Briefing", author="Royal United Services Institute")
    >>> is_title_of("The Gulf Briefing Podcast", gulf), is_title_of("Gulf", gulf)
    (True, False)
    """
    mine, other = _content(folded(title)), _content(folded(show.title))
    if not mine or not other:
        return False
    if mine == other:
        return True
    return len(mine & other) > 1 and (mine ^ other) <= _makers(show)


def is_slug_of(path: str, show: Show) -> bool:
    """Say whether a segment of a page's path means this show; such slugs drop small words.

    >>> is_slug_of("mind-gulf", Show(id="g", source="s", title="Mind the Gulf"))
    True
    """
    words = frozenset(folded(path.replace("-", " ")).split()) - _STOP_WORDS
    mine = frozenset(folded(show.title).split()) - _STOP_WORDS
    if not words:
        return False
    return words == mine or (len(words & mine) > 1 and (words ^ mine) <= _makers(show) | _FILLING)


def show_named_in(text: str, shows: Iterable[Show]) -> Show | None:
    """Give the show whose whole title stands in a text as words, the longest first.

    >>> gulf = Show(id="g", source="s", title="Mind the Gulf")
    >>> show_named_in("Mind the Gulf Podcast Episode 2", (gulf,)) is gulf
    True
    """
    said = f" {folded(text)} "
    for show in sorted(shows, key=lambda show: -len(show.title)):
        title = _bare(show)
        if len(title) >= _SHORTEST and f" {title} " in said:
            return show
    return None


def begins_with(title: str, show_title: str) -> bool:
    """Say whether an episode's title begins with a show's, set off from the rest.

    >>> begins_with("Mind the Gulf Episode 2: Oman", "Mind the Gulf")
    True
    >>> begins_with("Mind the Gulf stream", "Mind the Gulf")
    False
    """
    pattern = _prefix(show_title)
    return bool(pattern and pattern.match(title))


def show_before_number(title: str) -> str:
    """Give the show that a title like "Mind the Gulf Podcast Episode 2" consists of, or "".

    >>> show_before_number("Mind the Gulf Podcast Episode 2"), show_before_number("Episode 2: Oman")
    ('Mind the Gulf', '')
    """
    match = _PODCAST_EPISODE.match(title)
    return match[1].removesuffix(" Podcast").removesuffix(" podcast").strip(" ,:–—|-") if match else ""


@lru_cache(maxsize=512)
def _prefix(show_title: str) -> re.Pattern[str] | None:
    words = re.findall(r"\w+", show_title)
    if not words:
        return None
    return re.compile(r"\W*" + r"\W+".join(map(re.escape, words)) + r"\b" + _AFTER_SHOW, re.IGNORECASE)


def _content(folded_title: str) -> frozenset[str]:
    return frozenset(folded_title.split()) - _FILLING


def _bare(show: Show) -> str:
    """Give a show's title, folded, without "podcast" around it."""
    words = folded(show.title).split()
    while len(words) > 1 and words[-1] in {"podcast", "show"}:
        words.pop()
    while len(words) > 1 and words[0] == "the":
        words.pop(0)
    return " ".join(words)


@lru_cache(maxsize=1024)
def _makers(show: Show) -> frozenset[str]:
    """Give the words by which those who make a show may stand in its title: their names, initials, and web site."""
    names = [folded(name) for name in (show.author, show.owner) if name]
    words = {word for name in names for word in name.split()} - _STOP_WORDS
    initials = {"".join(word[0] for word in name.split() if word not in _STOP_WORDS) for name in names}
    hosts = {address.partition("://")[2].partition("/")[0] for address in (show.link, show.feed_url) if address}
    sites = {label for host in hosts for label in host.lower().split(".")[:-1]} - {"www", "feeds", "rss", "podcasts"}
    return frozenset(words | {initial for initial in initials if len(initial) > 1} | sites)
