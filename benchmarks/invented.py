"""Invented feeds for measurements: as large and as many-tagged as real ones (about 6.5 KB an item)."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

FIRST = datetime(2015, 1, 1, 12, tzinfo=UTC)
_NAMES = ("Ama Boateng", "Ingrid Solheim", "Tomás Quiroga", "Farah Naderi", "Kenji Morita", "Lucie Havel", "Owen Pryce")
_TOPICS = ("ports", "grain", "sanctions", "satellites", "elections", "fisheries", "semiconductors", "rail")
_NOTES = (
    "<p>What does it take to keep {topic} moving when treaties fall silent? We hear about budgets, about the people who "
    "have to decide before the facts are in, and about the small print that nobody reads until it is too late.</p>"
    "<ul><li>Background paper</li><li><a href='https://example.org/{topic}/{number}'>Further reading</a></li></ul>"
)
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Invented show {show}</title><link>https://show{show}.example.org</link><language>en-gb</language>
<description>An invented show for measurements.</description><itunes:author>Institute {show}</itunes:author>
<itunes:explicit>false</itunes:explicit><itunes:image href="https://show{show}.example.org/cover.jpg"/>
<lastBuildDate>{built}</lastBuildDate>
"""


def item(show: int, number: int) -> str:
    """Give one item of about 6.5 KB."""
    guest, topic = _NAMES[(show + number) % len(_NAMES)], _TOPICS[(3 * show + number) % len(_TOPICS)]
    base = f"https://show{show}.example.org/{number}"
    notes = _NOTES.format(topic=topic, number=number) * 16
    return f"""<item><title>Episode {number}: The politics of {topic}</title><link>{base}</link>
<guid isPermaLink="false">show{show}-{number}</guid><pubDate>{format_datetime(FIRST + timedelta(days=number, hours=show))}</pubDate>
<description><![CDATA[<p>Jana Kovar speaks to {guest} about {topic}.</p>]]></description>
<content:encoded><![CDATA[<p>Jana Kovar speaks to {guest} about {topic}.</p>{notes}]]></content:encoded>
<enclosure url="{base}.mp3" length="{40_000_000 + number}" type="audio/mpeg"/><itunes:duration>{1800 + number}</itunes:duration>
<itunes:episode>{number}</itunes:episode><itunes:episodeType>full</itunes:episodeType><itunes:explicit>false</itunes:explicit>
<itunes:author>Institute {show}</itunes:author><itunes:summary>Jana Kovar speaks to {guest} about {topic}.</itunes:summary>
<podcast:person role="host">Jana Kovar</podcast:person><podcast:person role="guest">{guest}</podcast:person>
<podcast:transcript url="{base}.vtt" type="text/vtt"/><podcast:chapters url="{base}.json" type="application/json+chapters"/>
</item>
"""


def feed(show: int, items: int = 100) -> bytes:
    """Give a feed of that many items, newest first, as hosting companies write them."""
    head = _HEAD.format(show=show, built=format_datetime(FIRST + timedelta(days=items)))
    return (head + "".join(item(show, number) for number in range(items, 0, -1)) + "</channel></rss>\n").encode()
