"""A web page about one episode, and the feeds behind a page."""

from mediafeed.model.parsed import FeedLink
from mediafeed.parse.page_links import feed_links
from mediafeed.parse.page_tree import page_from


def feeds_behind(body: bytes, *, url: str) -> tuple[FeedLink, ...]:
    """Give the places where a page says its podcast's feed may be, best first, each once.

    Raises:
        ParseError: EMPTY, TOO_LARGE, HOSTILE, or MALFORMED for what is no web page.
    """
    return feed_links(page_from(body, url=url), url)
