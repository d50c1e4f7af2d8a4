"""Quirks of single sites, a few lines each: what their addresses mean."""

import re
from urllib.parse import unquote, urlsplit

# rusi.org and others: /podcasts/<show>/<slug>
_EPISODE = re.compile(r"/podcasts?/([a-z0-9][a-z0-9._-]*)/([a-z0-9][a-z0-9._~%-]*)/?", re.IGNORECASE)
_SHOW = re.compile(r"/podcasts?/([a-z0-9][a-z0-9._-]*)(?:/.*)?", re.IGNORECASE)
_NO_EPISODE = frozenset(
    {"feed", "rss", "rss.xml", "feed.xml", "atom.xml", "page", "episodes", "subscribe", "about", "all", "search"}
)
# rusi.org: /people/<slug>; elsewhere experts, staff, profiles
_PERSON = re.compile(
    r"/(?:[a-z]{2}/)?(?:about/)?(?:our-)?(?:people|person|experts?|staff|profiles?|contributors?)/[a-z0-9][a-z0-9._-]*/?",
    re.IGNORECASE,
)


def _path(url: str) -> str:
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return unquote(parts.path) if parts.scheme in ("http", "https") and parts.netloc else ""


def is_episode_page(url: str) -> bool:
    """Say whether an address looks like the page of one podcast episode.

    >>> is_episode_page("https://www.rusi.org/podcasts/global-security-briefing/episode-33-how-japan-rethinking")
    True
    >>> is_episode_page("https://www.rusi.org/podcasts/global-security-briefing")
    False
    """
    match = _EPISODE.fullmatch(_path(url))
    return match is not None and match[2].lower() not in _NO_EPISODE


def show_slug(url: str) -> str | None:
    """Give the show's name as its site writes it in addresses, or None.

    >>> show_slug("https://www.rusi.org/podcasts/mind-the-gulf/episode-2-oman")
    'mind-the-gulf'
    """
    match = _SHOW.fullmatch(_path(url))
    return match[1].lower() if match and match[1].lower() not in _NO_EPISODE else None


def is_person_page(url: str) -> bool:
    """Say whether an address looks like somebody's profile.

    >>> is_person_page("https://www.rusi.org/people/neil-melvin"), is_person_page("https://www.rusi.org/people")
    (True, False)
    """
    return _PERSON.fullmatch(_path(url)) is not None


def site_of(url: str) -> str:
    """Give the host that two addresses of one site share: without www.

    >>> site_of("https://www.rusi.org/podcasts") == site_of("http://rusi.org/people/x")
    True
    """
    try:
        return (urlsplit(url).hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""
