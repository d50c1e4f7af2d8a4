"""sitemap.xml and robots.txt."""

from collections.abc import Sequence

from lxml import etree

from mediafeed.model.settings import Site
from mediafeed.publish.catalogue import Catalogue

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
    return found[:MOST]


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
