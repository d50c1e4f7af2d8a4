"""How a feed is handed to podcast apps: each has a form of address of its own."""

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Handover:
    """An app and the address that opens it with a feed."""

    app: str
    address: str


def handovers(feed: str, title: str) -> tuple[Handover, ...]:
    """Give the ways into the apps that take any feed by its address.

    The forms are those that the apps document or that their code reads: AntennaPod and Podcast Addict have pages that
    open the app where it is installed, the others a scheme of their own. Apple's replaces https:// itself, Pocket
    Casts' wants the address without it.

    >>> [one.address for one in handovers("https://a.example/feed.xml", "A")][:2]
    ['podcast://a.example/feed.xml', 'overcast://x-callback-url/add?url=https%3A%2F%2Fa.example%2Ffeed.xml']
    """
    bare, whole = feed.partition("://")[2], quote(feed, safe="")
    return (
        Handover("Apple Podcasts", f"podcast://{bare}"),
        Handover("Overcast", f"overcast://x-callback-url/add?url={whole}"),
        Handover("Pocket Casts", f"pktc://subscribe/{bare}"),
        Handover("AntennaPod", f"https://antennapod.org/deeplink/subscribe?url={whole}&title={quote(title, safe='')}"),
        Handover("Podcast Addict", f"https://podcastaddict.com/feed/{whole}"),
    )
