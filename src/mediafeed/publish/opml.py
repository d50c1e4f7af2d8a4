"""OPML: the shows, to be subscribed to one by one."""

from collections.abc import Iterable

from lxml import etree

from mediafeed.model.episode import Show
from mediafeed.model.settings import Site
from mediafeed.publish.safe_links import is_web_address
from mediafeed.publish.xml_text import legal


def document(site: Site, shows: Iterable[Show]) -> bytes:
    """List the shows with their publishers' own feeds; a show without one of its own with ours."""
    site, shows = legal(site), legal(tuple(shows))
    # One feed may carry several shows. It is the feed of that which has the channel's page: an address that stood here
    # twice would be subscribed to once.
    feeds: dict[str, str] = {}
    for show in sorted(shows, key=lambda show: show.link is None):
        if show.feed_url and is_web_address(show.feed_url):
            feeds.setdefault(show.feed_url, show.id)
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = site.title
    etree.SubElement(head, "docs").text = "http://opml.org/spec2.opml"
    body = etree.SubElement(root, "body")
    for show in shows:
        ours = f"{site.url}/shows/{show.id}/"
        feed = show.feed_url if show.feed_url and feeds.get(show.feed_url) == show.id else f"{ours}feed.xml"
        outline = etree.SubElement(body, "outline", type="rss", text=show.title, title=show.title, xmlUrl=feed)
        outline.set("htmlUrl", show.link if show.link and is_web_address(show.link) else ours)
        if show.language:
            outline.set("language", show.language)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
