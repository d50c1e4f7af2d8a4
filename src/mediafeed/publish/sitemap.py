"""sitemap.xml, its parts where there are too many addresses for one, and robots.txt."""

from collections.abc import Iterator, Sequence
from functools import partial

from lxml import etree

from mediafeed.model.published import Document
from mediafeed.model.settings import Site
from mediafeed.publish.catalogue import Catalogue
from mediafeed.publish.signing import signature

MOST = 50_000  # sitemaps.org: addresses in one sitemap

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"

Entry = tuple[str, str]


def entries(catalogue: Catalogue, site: Site) -> Sequence[Entry]:
    """Give (address, day of its last change) of every page worth finding, the newest episodes first."""
    found = [
        (f"{site.url}/{path}", "") for path in ("", "latest/", "shows/", "people/", "search/", "sources/", "about/")
    ]
    found += [(f"{site.url}/shows/{show}/", "") for show in catalogue.shows]
    found += [(f"{site.url}/views/{view}/", "") for view in catalogue.by_view]
    found += [(f"{site.url}/people/{person}/", "") for person in catalogue.by_person]
    found += [(f"{site.url}/episodes/{row.path}/", row.changed_at.date().isoformat()) for row in catalogue.rows]
    return found


def documents(catalogue: Catalogue, site: Site) -> Iterator[Document]:
    """Plan one sitemap, or an index of parts."""
    found = entries(catalogue, site)
    if len(found) <= MOST:
        yield Document("sitemap.xml", signature(*map(str, found)), partial(document, found))
        return
    oldest_first = found[::-1]  # a part that is full stays as it is when episodes come
    parts = [oldest_first[start : start + MOST] for start in range(0, len(found), MOST)]
    for number, part in enumerate(parts, 1):
        yield Document(f"sitemap-{number}.xml", signature(*map(str, part)), partial(document, part))
    addresses = [f"{site.url}/sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    yield Document("sitemap.xml", signature(*addresses), partial(index, addresses))


def index(addresses: Sequence[str]) -> bytes:
    """Write the sitemap that names its parts."""
    root = etree.Element("sitemapindex", xmlns=_NAMESPACE)
    for address in addresses:
        etree.SubElement(etree.SubElement(root, "sitemap"), "loc").text = address
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def document(found: Sequence[Entry]) -> bytes:
    """Write the sitemap."""
    root = etree.Element("urlset", xmlns=_NAMESPACE)
    for address, day in found:
        url = etree.SubElement(root, "url")
        etree.SubElement(url, "loc").text = address
        if day:
            etree.SubElement(url, "lastmod").text = day
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def robots(site: Site) -> bytes:
    """Let everybody in, and say where the sitemap is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {site.url}/sitemap.xml\n".encode()
