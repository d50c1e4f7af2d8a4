"""Look a published file over: is it whole, is it what its name says."""

from collections.abc import Iterator

import orjson
from lxml import etree

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
ATOM_LINK = "{http://www.w3.org/2005/Atom}link"
LARGEST = 5_000_000  # bytes: directories refuse larger feeds

_CHANNEL = ("title", "link", "description", "language", f"{ITUNES}explicit", f"{PODCAST}guid")
_ITEM = ("title", "guid", "pubDate", "enclosure", "source")


def faults_in(path: str, body: bytes | None) -> Iterator[str]:
    """Name everything that is wrong with one published file, its path first; None is a file that is not there."""
    if body is None:
        yield f"{path}: published, but not there"
    elif not body:
        yield f"{path}: empty"
    elif path.endswith((".xml", ".opml")):
        # A source published alone is its publisher's document: what it never said is not our fault.
        of_ours = not path.startswith("sources/")
        yield from (f"{path}: {fault}" for fault in _xml_faults(body, of_ours=of_ours))
    elif path.endswith(".json"):
        try:
            orjson.loads(body)
        except orjson.JSONDecodeError as error:
            yield f"{path}: no JSON: {error}"
    elif path.endswith(".html") and b"</html>" not in body[-200:]:
        yield f"{path}: breaks off"


def _xml_faults(body: bytes, *, of_ours: bool) -> Iterator[str]:
    try:
        root = etree.fromstring(body)
    except etree.XMLSyntaxError as error:
        yield f"not well-formed: {error}"
        return
    channel = root.find("channel")
    if root.tag != "rss" or channel is None:
        return
    if len(body) > LARGEST:
        yield f"{len(body)} bytes, over {LARGEST}"
    wanted = _CHANNEL if of_ours else ()
    yield from (f"channel has no {etree.QName(name).localname}" for name in wanted if channel.find(name) is None)
    if not any(link.get("rel") == "self" for link in channel.findall(ATOM_LINK)):
        yield "channel has no atom:link rel=self"
    guids: set[str] = set()
    enclosures: set[str] = set()
    for item in channel.findall("item"):
        guid = item.findtext("guid") or ""
        yield from (f"item {guid}: no {name}" for name in _ITEM if of_ours and item.find(name) is None)
        enclosure = item.find("enclosure")
        address = enclosure.get("url", "") if enclosure is not None else ""
        if guid in guids:
            yield f"item {guid}: its guid stands twice"
        if of_ours and address and address in enclosures:
            yield f"item {guid}: its audio stands twice"
        guids.add(guid)
        enclosures.add(address)
