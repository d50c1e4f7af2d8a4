"""Where a page says its podcast's feed may be, best first."""

import re
from collections.abc import Iterator

from mediafeed.model.parsed import FeedLink, LinkKind
from mediafeed.parse.jsonld import nodes_in, strings
from mediafeed.parse.page_tree import Page, clean, links_rel, words_in
from mediafeed.parse.podcast_hosts import apple_id, feed_of

_FEED_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "application/xml",
        "text/xml",
        "text/rss",
    }
)
_SUBSCRIBE = re.compile(r"\b(?:rss|xml feed|podcast feed|feed url)\b", re.IGNORECASE)
_FEED_SCHEME = re.compile(r"(?:feed|pcast|podcast|itpc|rss):(?://)?(?=.)", re.IGNORECASE)
_SECOND_RATE = re.compile(r"comments?(?:[/ -]|$)|/(?:tag|category|author|search)/", re.IGNORECASE)
_PODCAST = re.compile(r"podcast|episode", re.IGNORECASE)
_MOST_LINKS = 40
_MOST_ADDRESSES = 5000

# Best first. The page's own word for its podcast, then a show's feed on its host, then what has to be asked for.
_OWN_PODCAST, _HOSTED, _LED, _OWN, _APPLE, _SUBSCRIPTION, _COMMENTS = range(7)

Ranked = tuple[int, FeedLink]


def feed_links(page: Page, url: str) -> tuple[FeedLink, ...]:
    """Give every place once; comments feeds and the like come last."""
    ranked = [*_alternates(page, url), *_from_jsonld(page), *_from_addresses(page)]
    ranked.sort(key=lambda pair: pair[0])
    best: dict[tuple[bool, str], FeedLink] = {}
    for _, link in ranked:
        key = (link.kind is LinkKind.APPLE, link.target.partition("://")[2].rstrip("/") or link.target)
        best.setdefault(key, link)
    return tuple(best.values())[:_MOST_LINKS]


def _alternates(page: Page, url: str) -> Iterator[Ranked]:
    for link in links_rel(page, "alternate"):
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        href = _without_feed_scheme(link.get("href"))
        target = page.absolute(href)
        # JSON Feed 1.0 used application/json; WordPress uses it for an interface that is no feed.
        is_json_feed = kind == "application/json" and "feed" in href and "wp-json" not in href
        if target and target != url and (kind in _FEED_TYPES or is_json_feed):
            title = clean(link.get("title"))
            yield _rank_of(target, title), FeedLink(LinkKind.ALTERNATE, target, title)


def _rank_of(target: str, title: str) -> int:
    if _SECOND_RATE.search(title) or _SECOND_RATE.search(target):
        return _COMMENTS
    path = target.partition("://")[2].partition("/")[2]
    if feed_of(target)[1] or _PODCAST.search(title) or _PODCAST.search(path):
        return _OWN_PODCAST
    return _OWN


def _from_jsonld(page: Page) -> Iterator[Ranked]:
    for node in nodes_in(page.root):
        for address in strings(node.get("webFeed")):
            target = page.absolute(_without_feed_scheme(address))
            if target:
                yield _OWN_PODCAST, FeedLink(LinkKind.ALTERNATE, target, next(strings(node.get("name")), ""))


def _addresses(page: Page) -> Iterator[tuple[str, str, str]]:
    """Walk every address on the page that may have to do with a podcast: its words, its type."""
    seen = 0
    for element in page.root.iter("a", "iframe", "audio", "source", "script", "embed", "meta", "podcast-player"):
        if seen >= _MOST_ADDRESSES:
            return
        for attribute in ("href", "src", "data-src", "data-url", "content"):
            value = element.get(attribute)
            if value and "/" in value and (target := page.absolute(_without_feed_scheme(value))):
                seen += 1
                title = words_in(element)[:200] if element.tag == "a" else ""
                yield target, title or clean(element.get("title")), (element.get("type") or "").lower()


def _from_addresses(page: Page) -> Iterator[Ranked]:
    for target, title, kind in _addresses(page):
        identity = apple_id(target)
        if identity:
            yield _APPLE, FeedLink(LinkKind.APPLE, identity, title)
            continue
        feed, is_feed = feed_of(target)
        if feed:
            yield _HOSTED if is_feed else _LED, FeedLink(LinkKind.HOST, feed, title)
        elif kind in _FEED_TYPES or _SUBSCRIBE.search(title):
            rank = _COMMENTS if _rank_of(target, title) == _COMMENTS else _SUBSCRIPTION
            yield rank, FeedLink(LinkKind.ALTERNATE, target, title)


def _without_feed_scheme(address: str | None) -> str:
    """Undo the schemes that open a podcast app: "feed:https://…", "pcast://…"."""
    address = (address or "").strip()
    found = _FEED_SCHEME.match(address)
    if not found:
        return address
    rest = address[found.end() :]
    return rest if re.match(r"https?://", rest) else f"https://{rest}"
