"""What this site is, whose it is not, and whom to write to."""

from collections.abc import Iterator

from mediafeed.model.published import Document
from mediafeed.publish.edition import Edition
from mediafeed.publish.rendering import rendered
from mediafeed.publish.safe_links import safe_link
from mediafeed.publish.signing import signature


def about_document(edition: Edition, contact: str | None) -> Iterator[Document]:
    """Plan the page; `contact` is what the servers that are visited are told, an address of a page or of mail."""
    site = edition.site
    page = safe_link(contact)
    mail = site.email or (contact if contact and "@" in contact and not page else None)
    here = f"{site.url}/about"
    facts = {
        "mail": mail.removeprefix("mailto:") if mail else None,
        "page": page if page and page.rstrip("/") != here else None,
        "views": edition.views,
        "root": "../",
        "here": "about/",
    }
    key = signature(edition.base, "about", repr((mail, facts["page"], edition.views)))
    yield Document("about/index.html", key, lambda: rendered("about.html", site, edition.theme, facts))
