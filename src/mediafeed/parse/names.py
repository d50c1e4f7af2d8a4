"""Names of elements and attributes: the usual prefix, whatever the document calls its namespaces."""

from mediafeed.model.namespaces import prefix_of

XHTML = "http://www.w3.org/1999/xhtml"

# RSS without a version of its own mind: what these define are the plain names of RSS.
_PLAIN = frozenset(
    {
        "http://purl.org/rss/1.0/",
        "http://purl.org/rss/1.0",
        "http://purl.org/net/rss1.1#",
        "http://my.netscape.com/rdf/simple/0.9/",
        "http://channel.netscape.com/rdf/simple/0.9/",
        "http://my.netscape.com/publish/formats/rss-0.91.dtd",
        "http://backend.userland.com/rss",
        "http://backend.userland.com/rss2",
        "http://blogs.law.harvard.edu/tech/rss",
        "http://cyber.law.harvard.edu/rss/rss.html",
    }
)
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_CORE = frozenset({
    "author", "category", "channel", "cloud", "comments", "copyright", "description", "docs", "enclosure",
    "generator", "guid", "image", "item", "language", "lastBuildDate", "link", "managingEditor", "pubDate",
    "rating", "skipDays", "skipHours", "source", "textInput", "title", "ttl", "webMaster",
})  # fmt: skip
# Seen in Atom feeds, in Atom's namespace: they mean RSS's.
_NOT_ATOM = frozenset({"pubDate", "guid", "description", "enclosure", "image", "lastBuildDate"})
# Seen in feeds: <pubdate>, <Title>, Atom's <content> and Dublin Core's <date> without their namespaces.
_MEANT = {name.lower(): name for name in _CORE} | {"content": "content:encoded", "date": "dc:date"}


class Names(dict[str, str]):
    """Our names by lxml's `{address}name`, filled as they are met. `home` is the namespace of the document's root.

    >>> Names()["{http://www.itunes.com/DTDs/Podcast-1.0.dtd}duration"]
    'itunes:duration'
    >>> Names()["{http://example.org/ns}mood"]
    '{http://example.org/ns}mood'
    >>> Names(home="http://example.org/rss")["{http://example.org/rss}title"]
    'title'
    """

    def __init__(self, *, home: str = "", atom: bool = False) -> None:
        super().__init__()
        self._home = home
        self._atom = atom

    def __missing__(self, tag: str) -> str:
        name = self._name_of(tag)
        self[tag] = name
        return name

    def _name_of(self, tag: str) -> str:
        address, brace, local = tag[1:].partition("}") if tag.startswith("{") else ("", "", tag)
        if self._atom and address == self._home:
            return local if local in _NOT_ATOM else f"atom:{local}"
        if not brace or address in _PLAIN:
            return _MEANT.get(local.lower(), local)
        prefix = "rdf" if address == RDF else prefix_of(address)
        # A feed whose root stands in a namespace of its own still means RSS by its plain names.
        if address == self._home and (prefix is None or local in _CORE):
            return local
        return f"{prefix}:{local}" if prefix else tag


def local_name(tag: str) -> str:
    """Give a name without its namespace.

    >>> local_name("{http://www.w3.org/2005/Atom}feed")
    'feed'
    """
    return tag.rpartition("}")[2]


def home_of(tag: str) -> str:
    """Give the namespace of an lxml name, or "".

    >>> home_of("{http://www.w3.org/2005/Atom}feed")
    'http://www.w3.org/2005/Atom'
    """
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""
