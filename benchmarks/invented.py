"""Invented feeds for measurements: as large and as many-tagged as real ones (about 6.5 KB an item)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

FIRST = datetime(2015, 1, 1, 12, tzinfo=UTC)
HOST = "Jana Kovar"
_NAMES = ("Ama Boateng", "Ingrid Solheim", "Tomás Quiroga", "Farah Naderi", "Kenji Morita", "Lucie Havel", "Owen Pryce")
_TOPICS = ("ports", "grain", "sanctions", "satellites", "elections", "fisheries", "semiconductors", "rail")
_NOTES = (
    "<p>What does it take to keep {topic} moving when treaties fall silent? We hear about budgets, about the people "
    "who have to decide before the facts are in, and about the small print that nobody reads until it is too late.</p>"
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What one invented episode says, as plain values: for the feeds, and to feed feedgen with."""

    show: int
    number: int
    title: str
    link: str
    guid: str
    published: datetime
    description: str
    notes: str
    audio: str
    length: int
    seconds: int
    author: str
    guest: str


def facts(show: int, number: int) -> Facts:
    """Invent one episode."""
    guest, topic = _NAMES[(show + number) % len(_NAMES)], _TOPICS[(3 * show + number) % len(_TOPICS)]
    base = f"https://show{show}.example.org/{number}"
    described = f"<p>{HOST} speaks to {guest} about {topic}.</p>"
    return Facts(
        show=show,
        number=number,
        title=f"Episode {number}: The politics of {topic}",
        link=base,
        guid=f"show{show}-{number}",
        published=FIRST + timedelta(days=number, hours=show),
        description=described,
        notes=described + _NOTES.format(topic=topic, number=number) * 16,
        audio=f"{base}.mp3",
        length=40_000_000 + number,
        seconds=1800 + number,
        author=f"Institute {show}",
        guest=guest,
    )


def item(one: Facts) -> str:
    """Give one item of about 6.5 KB."""
    return f"""<item><title>{one.title}</title><link>{one.link}</link>
<guid isPermaLink="false">{one.guid}</guid><pubDate>{format_datetime(one.published)}</pubDate>
<description><![CDATA[{one.description}]]></description>
<content:encoded><![CDATA[{one.notes}]]></content:encoded>
<enclosure url="{one.audio}" length="{one.length}" type="audio/mpeg"/><itunes:duration>{one.seconds}</itunes:duration>
<itunes:episode>{one.number}</itunes:episode><itunes:episodeType>full</itunes:episodeType><itunes:explicit>false</itunes:explicit>
<itunes:author>{one.author}</itunes:author><itunes:summary>{one.description[3:-4]}</itunes:summary>
<podcast:person role="host">{HOST}</podcast:person><podcast:person role="guest">{one.guest}</podcast:person>
<podcast:transcript url="{one.link}.vtt" type="text/vtt"/>
<podcast:chapters url="{one.link}.json" type="application/json+chapters"/>
</item>
"""


def feed(show: int, items: int = 100) -> bytes:
    """Give a feed of that many items, newest first, as hosting companies write them."""
    head = _HEAD.format(show=show, built=format_datetime(FIRST + timedelta(days=items)))
    return (head + "".join(item(facts(show, number)) for number in range(items, 0, -1)) + "</channel></rss>\n").encode()
