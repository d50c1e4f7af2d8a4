"""The hosting companies whose addresses tell where a show's feed is, and whose players stand on pages.

Each rule is a fact seen in feeds and pages of that company. A feed's address that a rule derives from another
address is a candidate: it counts only once it was fetched and turned out to be a podcast feed.
"""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Rule:
    """Addresses of one form. `feed` is the feed's address with groups of the pattern in it, "" the address itself."""

    pattern: re.Pattern[str]
    feed: str = ""


_UUID: Final = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_SLUG: Final = r"[A-Za-z0-9][A-Za-z0-9_-]*"
# The company's own machines stand where a show's name would stand.
_SHOW: Final = (
    r"(?!(?:www|app|api|admin\d*|aphid|assets|audio|blog|cdn|dashboard|directory|dts|embed|feeds?|help|html5-player|"
    r"images?|img|main|mcdn|media\d*|oembed|pbcdn\d*|players?|play|rss|share|sites|sponsorship|ssl-static|static|"
    rf"status|support|traffic|widget)\.)({_SLUG})"
)
_END: Final = r"(?:[/?&].*)?"


def _rules(*pairs: tuple[str, str]) -> tuple[Rule, ...]:
    def whole(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern.replace("SHOW", _SHOW).replace("SLUG", _SLUG).replace("UUID", _UUID) + _END)

    return tuple(Rule(whole(pattern), feed) for pattern, feed in pairs)


# Matched against the whole address without scheme and "www.", host in small letters.
FEEDS: Final = _rules(
    (r"anchor\.fm/s/[0-9a-f]+/podcast/rss", ""),
    (r"SLUG\.libsyn\.com/(?:rss|podcast)", ""),
    (r"feeds\.libsyn\.com/\d+/rss", ""),
    (r"(?:feeds|rss)\.buzzsprout\.com/\d+\.rss", ""),
    (r"feeds\.megaphone\.fm/SLUG", ""),
    (r"feeds\.simplecast\.com/SLUG", ""),
    (r"simplecast\.com/podcasts/\d+/rss", ""),
    (r"feeds\.acast\.com/public/shows/SLUG", ""),
    (r"rss\.acast\.com/SLUG", ""),
    (r"omnycontent\.com/d/playlist/UUID/UUID/UUID/podcast\.rss", ""),
    (r"omny\.fm/shows/SLUG/playlists/SLUG\.rss", ""),
    (r"feeds\.soundcloud\.com/users/soundcloud:users:\d+/sounds\.rss", ""),
    (r"feed\.podbean\.com/SLUG/feed\.xml", ""),
    (r"SLUG\.podbean\.com/feed(?:\.xml)?", ""),
    (r"feeds\.fireside\.fm/SLUG/rss", ""),
    (r"feeds\.transistor\.fm/SLUG", ""),
    (r"feeds\.captivate\.fm/SLUG", ""),
    (r"spreaker\.com/show/\d+/episodes/feed", ""),
    (r"rss\.art19\.com/SLUG", ""),
    (r"audioboom\.com/channels/\d+\.rss", ""),
    (r"feeds\.redcircle\.com/UUID", ""),
    (r"feeds\.feedburner\.com/SLUG(?:/SLUG)*", ""),
    (r"feeds\.blubrry\.com/feeds/SLUG\.xml", ""),
    (r"SLUG\.podigee\.io/feed/SLUG", ""),
    (r"pinecast\.com/feed/SLUG", ""),
    (r"feeds\.castos\.com/SLUG", ""),
    (r"SLUG\.podomatic\.com/rss2\.xml", ""),
    (r"feed\.ausha\.co/SLUG", ""),
    (r"media\.rss\.com/SLUG/feed\.xml", ""),
    (r"api\.substack\.com/feed/podcast/\d+\.rss", ""),
    (r"feeds\.npr\.org/\d+/podcast\.xml", ""),
    (r"podcasts\.files\.bbci\.co\.uk/[a-z0-9]+\.rss", ""),
)

# Pages, players and audio files of a show, and the feed they belong to.
LEADS: Final = _rules(
    (r"anchor\.fm/s/([0-9a-f]+)/podcast/play/\d+", r"https://anchor.fm/s/\1/podcast/rss"),
    (r"SHOW\.libsyn\.com", r"https://\1.libsyn.com/rss"),
    (r"traffic\.libsyn\.com/(?:secure/)?(SLUG)/[^/?]+\.(?:mp3|m4a)", r"https://\1.libsyn.com/rss"),
    (r"buzzsprout\.com/(\d{3,})", r"https://feeds.buzzsprout.com/\1.rss"),
    (r"(?:shows|play|embed)\.acast\.com/(?:s/|\$/)?(?!s/)(SLUG)", r"https://feeds.acast.com/public/shows/\1"),
    (r"omny\.fm/shows/(SLUG)", r"https://omny.fm/shows/\1/playlists/podcast.rss"),
    (
        r"(?:api|w)\.soundcloud\.com/(?:.*?)users/(?:soundcloud:users:)?(\d+)",
        r"https://feeds.soundcloud.com/users/soundcloud:users:\1/sounds.rss",
    ),
    (r"SHOW\.podbean\.com", r"https://feed.podbean.com/\1/feed.xml"),
    (r"SHOW\.fireside\.fm", r"https://feeds.fireside.fm/\1/rss"),
    (r"SHOW\.transistor\.fm", r"https://feeds.transistor.fm/\1"),
    (r"spreaker\.com/show/(\d+)", r"https://www.spreaker.com/show/\1/episodes/feed"),
    (r"widget\.spreaker\.com/player\?(?:.*&)?show_id=(\d+)(?:&.*)?", r"https://www.spreaker.com/show/\1/episodes/feed"),
    (r"art19\.com/shows/(SLUG)", r"https://rss.art19.com/\1"),
    (r"(?:embeds\.)?audioboom\.com/channels?/(\d+)(?:-SLUG)?", r"https://audioboom.com/channels/\1.rss"),
    (r"redcircle\.com/shows/(UUID)", r"https://feeds.redcircle.com/\1"),
    (r"SHOW\.podigee\.io", r"https://\1.podigee.io/feed/mp3"),
    (r"SHOW\.podomatic\.com", r"https://\1.podomatic.com/rss2.xml"),
    (r"rss\.com/podcasts/(SLUG)", r"https://media.rss.com/\1/feed.xml"),
)

# Apple's number of a show, wherever it stands in an address.
APPLE: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:embed\.)?(?:podcasts|itunes|geo\.itunes)\.apple\.com/(?:[^?]*/)?id(\d{4,15})(?:[/?].*)?",
        r"itunes\.apple\.com/WebObjects/.*?/viewPodcast\?(?:.*&)?id=(\d{4,15})(?:&.*)?",
        r"(?:overcast\.fm|pca\.st|castro\.fm)/itunes/?(\d{4,15})(?:[/-].*)?",
    )
)

# Players that are put on other people's pages.
PLAYERS: Final = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("libsyn", r"(?:html5-player|play)\.libsyn\.com/"),
        ("anchor", r"anchor\.fm/.+/embed"),
        ("spotify", r"(?:open|podcasters|creators)\.spotify\.com/.*(?:embed|pod/show|show|episode)"),
        ("buzzsprout", r"buzzsprout\.com/\d+"),
        ("apple", r"embed\.podcasts\.apple\.com/"),
        ("soundcloud", r"w\.soundcloud\.com/player"),
        ("simplecast", r"(?:player|embed)\.simplecast\.com/"),
        ("acast", r"(?:embed|player)\.acast\.com/"),
        ("megaphone", r"(?:player|playlist)\.megaphone\.fm/"),
        ("omny", r"omny\.fm/shows/.+/embed"),
        ("art19", r"art19\.com/shows/.+/embed"),
        ("podbean", r"podbean\.com/(?:player|media/player)"),
        ("spreaker", r"widget\.spreaker\.com/player"),
        ("fireside", r"(?:player\.)?fireside\.fm/(?:v\d|player)"),
        ("transistor", r"share\.transistor\.fm/"),
        ("captivate", r"player\.captivate\.fm/"),
        ("audioboom", r"(?:embeds\.)?audioboom\.com/.*embed"),
        ("redcircle", r"redcircle\.com/embed"),
        ("podigee", r"(?:player\.podigee-cdn\.net|SLUG\.podigee\.io/.+embed)".replace("SLUG", _SLUG)),
        ("blubrry", r"player\.blubrry\.com/"),
        ("ausha", r"(?:player|widget)\.ausha\.co/"),
        ("rss.com", r"player\.rss\.com/"),
        ("podcast.co", r"play\.pod\.co/"),
        ("iono", r"embed\.iono\.fm/"),
    )
)


def without_scheme(url: str) -> str:
    """Give an address as the rules want it.

    >>> without_scheme("HTTPS://www.Buzzsprout.com/123456/1-slug")
    'buzzsprout.com/123456/1-slug'
    """
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return (parts.hostname or "").removeprefix("www.") + parts.path + query


def feed_of(url: str) -> tuple[str, bool]:
    """Give the address of the feed that an address is or leads to, and whether it is that feed itself; ("", False).

    >>> feed_of("https://www.buzzsprout.com/123456/1-slug?player=small")
    ('https://feeds.buzzsprout.com/123456.rss', False)
    """
    address = without_scheme(url)
    if any(rule.pattern.fullmatch(address) for rule in FEEDS):
        return url, True
    for rule in LEADS:
        # A SoundCloud player carries the address of the account in its own, encoded.
        match = rule.pattern.fullmatch(unquote(address))
        if match:
            return match.expand(rule.feed), False
    return "", False


def apple_id(url: str) -> str:
    """Give the number of a show in an Apple Podcasts address, or "".

    >>> apple_id("https://podcasts.apple.com/gb/podcast/geostrategy360/id1234567890?i=1000")
    '1234567890'
    """
    address = without_scheme(url)
    return next((match[1] for pattern in APPLE if (match := pattern.fullmatch(address))), "")


def player_of(url: str) -> str:
    """Give the name of the company whose player an address is, or "".

    >>> player_of("https://html5-player.libsyn.com/embed/episode/id/12345678/")
    'libsyn'
    """
    address = without_scheme(url)
    return next((name for name, pattern in PLAYERS if pattern.match(address)), "")
