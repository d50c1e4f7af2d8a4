"""Feeds of our own making for the tests of this room."""

from mediafeed.errors import NotWellFormedError
from mediafeed.model.parsed import ParsedFeed
from mediafeed.parse import feed, tolerant

HEAD = """<title>Global Briefing</title><link>https://briefing.example</link>
<description>Security, weekly</description><language>en-gb</language>
<itunes:author>The Institute</itunes:author>
<itunes:category text="News"><itunes:category text="Politics"/></itunes:category>
<podcast:person role="host" href="https://briefing.example/neil">Neil Example</podcast:person>"""

ITEM = """<item>
<title>Episode 33: How is Japan Rethinking Security?</title>
<link>https://briefing.example/33</link>
<guid isPermaLink="false">briefing-33</guid>
<pubDate>Wed, 21 Sep 2022 00:00:00 +0100</pubDate>
<description><![CDATA[<p>Dr A. Guest &amp; the host</p>]]></description>
<content:encoded><![CDATA[<p>Long words</p>]]></content:encoded>
<enclosure url="https://cdn.example/33.mp3?a=1&amp;b=2" length="46080000" type="audio/mpeg"/>
<itunes:duration> 48:00 </itunes:duration>
<podcast:person role="guest">A. Guest</podcast:person>
<podcast:person role="guest" group="cast">B. Guest</podcast:person>
<podcast:transcript url="https://cdn.example/33.vtt" type="text/vtt"/>
<psc:chapters version="1.2">
<psc:chapter start="00:00:00" title="Start"/><psc:chapter start="00:01:00" title="End"/></psc:chapters>
<mood:light xmlns:mood="http://example.org/mood" shade="grey">dim</mood:light>
</item>"""


def rss(*items: str, head: str = HEAD, before: str = '<?xml version="1.0" encoding="UTF-8"?>\n') -> bytes:
    """Write an RSS feed of these items."""
    return (
        before + '<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:psc="http://podlove.org/simple-chapters">'
        f"\n<channel>{head}\n" + "\n".join(items) + "\n</channel>\n</rss>\n"
    ).encode()


def item(number: int, more: str = "") -> str:
    """Write a short item."""
    return f"<item><title>Episode {number}</title><guid>g{number}</guid>{more}</item>"


def read_either(body: bytes, **arguments: object) -> ParsedFeed:
    """Read strictly, and tolerantly what is ill-formed: as the caller of this room does."""
    try:
        return feed.read(body, **arguments)  # type: ignore[arg-type]
    except NotWellFormedError:
        return tolerant.read(body, **arguments)  # type: ignore[arg-type]
