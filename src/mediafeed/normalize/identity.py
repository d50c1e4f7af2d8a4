"""Keys that stay: of an item, of an audio file, of a page, of a feed; and the paths we give."""

import re
import unicodedata
from functools import lru_cache
from typing import Final
from uuid import UUID, uuid5

import xxhash

from mediafeed.model.parsed import ParsedItem, words
from mediafeed.normalize.text import ascii_words

_LONGEST_KEY: Final = 512
_LONGEST_SLUG: Final = 80

# podcast:guid, "the UUIDv5 namespace ead4c236-…, of the feed's url without protocol and trailing slashes".
_PODCAST_NAMESPACE: Final = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")

# Where a measuring service puts the true address behind its own, and how many path segments it takes for itself.
_TRACKERS: Final = re.compile(
    r"(?:"
    r"(?:www\.|dts\.|play\.)?podtrac\.com/pts/redirect(?:\.\w+)?|(?:www\.|dts\.|play\.)?podtrac\.com/redirect(?:\.\w+)?"
    r"|chtbl\.com/track/[^/]+|chrt\.fm/track/[^/]+|pdst\.fm/e|pdcn\.co/e|(?:\w+\.)?pdcn\.co/e"
    r"|(?:www\.)?op3\.dev/e(?:,[^/]*)?|(?:media|mc)\.blubrry\.com/[^/]+|arttrk\.com/p/[^/]+|mgln\.ai/e/[^/]+"
    r"|(?:www\.)?mgln\.ai/track/[^/]+|claritaspod\.com/measure|verifi\.podscribe\.com/rss/p|pscrb\.fm/rss/p"
    r"|pfx\.vpixl\.com/[^/]+|prfx\.byspotify\.com/e|tracking\.swap\.fm/track/[^/]+|swap\.fm/track/[^/]+"
    r"|(?:www\.)?podsights\.com/track/[^/]+|adbarker\.com/stream|gum\.fm|2\.gum\.fm|e\.pod\.link|clrtpod\.com/m"
    r"|r\.zen\.ai/r|growx\.podkite\.com/https/[^/]+|bst\.podcast\.adobe\.com/[^/]+|api\.spreaker\.com/download/prefix"
    r"|backtracks\.fm/[^/]+/[^/]+/r|rss\.art19\.com/redirect|aphid\.fireside\.fm/d/\d+|chartable\.com/track/[^/]+"
    r"|ecube\.fm/[^/]+|measure\.podup\.com/[^/]+|s\.gum\.fm(?:/s-[^/]+)?|injector\.simplecastaudio\.com/prefix"
    r")/(?=https?(?::|%3A|/)|[^/?#]+\.)",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"https?(?::/{1,2}|%3A%2F%2F|/{1,2})", re.IGNORECASE)
_ANCHOR = re.compile(
    r"(?:anchor\.fm|podcasters\.spotify\.com|creators\.spotify\.com)/s/([0-9a-f]+)/podcast/play/(\d+)", re.IGNORECASE
)
# Of a query behind a file's own name only what chooses a file counts; behind any other path everything does but what
# comes and goes (campaigns, signatures, clocks).
_FILE_ARGUMENTS: Final = re.compile(
    r"(?:id|file|filename|f|episode|episode_id|ep|e|p|audio|media|track|name|guid)", re.IGNORECASE
)
_AUDIO_NOISE: Final = re.compile(
    r"utm_\w+|source|src|ref|referrer|from|updated|modified|dest-id|token|sig|signature|expires|key-pair-id|policy|x-amz-\w+"
    r"|aw_\w+|awcollectionid|awepisodeid|adinserted\w*|dl|download|stream|cache|cachebuster|cb|t|ts|_|siteid|feed|played_on",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(r"(?=[^/]*\d\d)[^/]+\.(?:mp3|m4a|m4b|aac|ogg|oga|opus|wav|flac|mp4|m4v|mov)", re.IGNORECASE)
_WEB_ADDRESS = re.compile(
    r"https?://(?:\[[0-9a-f:.]+\]|[^\s\\<>\"/?#@:\[\]\x00-\x20]+)(?::(\d{1,5}))?(?:[/?#][^\s\\<>\"\x00-\x1f]*)?",
    re.IGNORECASE,
)
_PAGE_NOISE: Final = re.compile(
    r"(?:utm_\w+|fbclid|gclid|mc_[ce]id|ref|ref_src|source|at_\w+|igshid|si)", re.IGNORECASE
)
_SLUG_BREAK = re.compile(r"[^a-z0-9]+")


def item_key(item: ParsedItem) -> str:
    """Give an item's key inside its source: their guid, else the enclosure's address, else a hash of its words.

    >>> from mediafeed.model.parsed import Element
    >>> item_key(ParsedItem((Element("guid", " tag:example.org,2022:33 "),), "00"))
    'tag:example.org,2022:33'
    """
    elements = item.elements
    key = words(elements, "guid") or next(
        (url for element in elements if element.name == "enclosure" and (url := element.get("url").strip())), ""
    )
    if not key:
        # A page is known by its address: its title and its words may be edited.
        page = words(elements, "link") if any(e.name.startswith("page:") for e in elements) else ""
        key = page and page_key(page)
    if not key:
        said = "\n".join((words(elements, "link"), words(elements, "title"), words(elements, "pubDate", "dc:date")))
        return f"words:{xxhash.xxh3_128_hexdigest(said.encode('utf-8', 'replace'))}"
    return short_key(key)


def short_key(key: str) -> str:
    """Give a key as it is, or the hash of one that nobody wants to carry around.

    >>> short_key("33"), len(short_key("x" * 100_000))
    ('33', 37)
    """
    if len(key) <= _LONGEST_KEY:
        return key
    return f"long:{xxhash.xxh3_128_hexdigest(key.encode('utf-8', 'replace'))}"


@lru_cache(maxsize=4096)
def audio_key(url: str) -> str:
    """Give what tells whether two enclosures are one audio: no tracking prefixes, no scheme, no query noise.

    >>> audio_key("https://www.podtrac.com/pts/redirect.mp3/pdst.fm/e/audio.example.org/33.mp3?dest-id=9")
    'audio.example.org/33.mp3'
    """
    rest = _without_scheme(url.strip()[:4096])
    for _ in range(6):
        tracker = _TRACKERS.match(rest)
        if not tracker:
            break
        rest = _without_scheme(rest[tracker.end() :])
    anchor = _ANCHOR.match(rest)
    if anchor:
        return f"anchor:{anchor[1].lower()}/{anchor[2]}"
    rest = rest.partition("#")[0]
    path, _, query = rest.partition("?")
    host, slash, path = path.partition("/")
    kept = _kept_arguments(path, query) if query else ""
    return short_key(_host(host) + slash + path + (f"?{kept}" if kept else ""))


def _kept_arguments(path: str, query: str) -> str:
    arguments = sorted(part for part in query.split("&") if part)
    if _FILE_NAME.fullmatch(path.rpartition("/")[2]):
        return "&".join(part for part in arguments if _FILE_ARGUMENTS.fullmatch(part.partition("=")[0]))
    return "&".join(part for part in arguments if not _AUDIO_NOISE.fullmatch(part.partition("=")[0]))


def _without_scheme(url: str) -> str:
    while match := _SCHEME.match(url):
        url = url[match.end() :]
    return url


def _host(host: str) -> str:
    host = host.rpartition("@")[2].lower().removeprefix("www.")
    return host.removesuffix(":443").removesuffix(":80").rstrip(".")


@lru_cache(maxsize=4096)
def page_key(url: str) -> str:
    """Give what tells whether two addresses are one page.

    >>> page_key("https://www.example.org/podcasts/33/?utm_source=x#top")
    'example.org/podcasts/33'
    """
    rest = _without_scheme(url.strip()[:4096]).partition("#")[0]
    path, _, query = rest.partition("?")
    host, slash, path = path.partition("/")
    kept = "&".join(part for part in query.split("&") if part and not _PAGE_NOISE.fullmatch(part.partition("=")[0]))
    path = (slash + path).rstrip("/")
    return short_key(_host(host) + path + (f"?{kept}" if kept else ""))


def is_web_address(url: str) -> bool:
    """Say whether an address is absolute, http or https, with a host and without a password in it.

    >>> is_web_address("https://example.org/1.mp3"), is_web_address("javascript:alert(1)"), is_web_address("/1.mp3")
    (True, False, False)
    """
    match = _WEB_ADDRESS.fullmatch(url) if len(url) <= 4096 else None
    return match is not None and (match[1] is None or 0 < int(match[1]) < 65536)


def feed_guid(url: str) -> str:
    """Give the podcast:guid that a feed's address stands for.

    >>> feed_guid("https://podnews.net/rss")
    '9b024349-ccf0-5f69-a609-6b82873eab3c'
    """
    bare = url.partition("://")[2] or url
    return str(uuid5(_PODCAST_NAMESPACE, _encodable(bare).rstrip("/")))


def collided_guid(show_guid: str, guid: str) -> str:
    """Give the guid of an episode whose own one is taken: UUIDv5 of its show's and its own.

    >>> collided_guid("9b024349-ccf0-5f69-a609-6b82873eab3c", "33")
    '728be6d1-b384-54d8-9e54-cdddff1bb256'
    """
    try:
        namespace = UUID(show_guid.strip())
    except ValueError:
        namespace = uuid5(_PODCAST_NAMESPACE, _encodable(show_guid))
    return str(uuid5(namespace, _encodable(guid)))


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def slug(text: str, *, fallback: str) -> str:
    """Give a path segment for any text: `[a-z0-9][a-z0-9-]{0,79}`, so that no name can leave its folder.

    `fallback` stands in where the text has no letter or digit; it is brought to the same alphabet.

    >>> slug("Épisode 33: “Strategic” Tōkyō", fallback="x"), slug("../..", fallback="Ep 1"), slug("CON", fallback="x")
    ('episode-33-strategic-tokyo', 'ep-1', 'con-1')
    """
    for words_ in (text, fallback):
        path = _slugged(words_)
        if path:
            return path
    return "x"


# Windows opens a device under these names, whatever the ending.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)")


def _slugged(text: str) -> str:
    text = _encodable(text[:2000]).replace("'", "").replace("’", "")
    if not text.isascii():
        # Signs are no words: "Geostrategy360°" is not "geostrategy360deg".
        text = "".join(" " if unicodedata.category(char)[0] in "CPSZ" else char for char in text)
    path = ascii_words(text).lower()
    path = _SLUG_BREAK.sub("-", path).strip("-")
    if len(path) > _LONGEST_SLUG:
        short = path[: _LONGEST_SLUG + 1].rpartition("-")[0]
        path = (short if len(short) > _LONGEST_SLUG // 2 else path[:_LONGEST_SLUG]).rstrip("-")
    return f"{path}-1" if _DEVICES.fullmatch(path) else path
