"""Namespaces by the prefix everybody knows them by, with every spelling of their address seen in feeds."""

PREFIXES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "media": "http://search.yahoo.com/mrss/",
    "psc": "http://podlove.org/simple-chapters",
    "atom": "http://www.w3.org/2005/Atom",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "georss": "http://www.georss.org/georss",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "googleplay": "http://www.google.com/schemas/play-podcasts/1.0",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "spotify": "http://www.spotify.com/ns/rss",
    "rawvoice": "http://www.rawvoice.com/rawvoiceRssModule/",
    "fh": "http://purl.org/syndication/history/1.0",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "thr": "http://purl.org/syndication/thread/1.0",
    "cc": "http://web.resource.org/cc/",
    "creativeCommons": "http://backend.userland.com/creativeCommonsRssModule",
    "acast": "https://schema.acast.com/1.0/",
    "omny": "https://omny.fm/rss-extensions",
    "ppg": "http://bbc.co.uk/2009/01/ppgRss",
    "jsonfeed": "https://jsonfeed.org/version/1.1",  # what RSS has no word for; a fact of JSON is its JSON
    "xml": "http://www.w3.org/XML/1998/namespace",
}

# Seen in real feeds: the podcast namespace before it had a home (Fireside), Media RSS without its slash, iTunes in
# another case or on another host, Atom 0.3.
_ALSO = {
    "https://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": "podcast",
    "http://podcastindex.org/namespace/1.0": "podcast",
    "https://podcastindex.org/namespace/1.0/": "podcast",
    "http://search.yahoo.com/mrss": "media",
    "https://search.yahoo.com/mrss/": "media",
    "http://www.rssboard.org/media-rss": "media",
    "http://www.w3.org/2005/atom/": "atom",
    "http://www.itunes.com/dtds/podcast-1.0.dtd/": "itunes",
    "http://www.itunes.com/dtds/podcast-1.0": "itunes",
    "http://www.itunes.com/podcast-1.0.dtd": "itunes",
    "http://itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "https://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://purl.org/atom/ns#": "atom",
    "http://podlove.org/simple-chapters/": "psc",
    "http://www.google.com/schemas/play-podcasts/1.0/": "googleplay",
    "https://www.google.com/schemas/play-podcasts/1.0": "googleplay",
}

_BY_ADDRESS = {address.lower(): prefix for prefix, address in PREFIXES.items()} | _ALSO


def prefix_of(address: str) -> str | None:
    """Give the usual prefix of a namespace's address in any of its spellings, or None for one nobody knows.

    >>> prefix_of("http://www.iTunes.com/DTDs/Podcast-1.0.dtd")
    'itunes'
    """
    return _BY_ADDRESS.get(address.strip().lower())
