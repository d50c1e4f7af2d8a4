"""A web page as a tree: size, encoding and hostile shapes are settled here, so that the readers need not ask."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import etree

from mediafeed.errors import ParseError
from mediafeed.model.source import FailureKind
from mediafeed.parse.encoding import stray_bytes_as_windows_1252, to_utf8

LARGEST_PAGE = 5 * 1024 * 1024
_MOST_TAGS = 300_000
_LONG_TAG = 2048
_MOST_PARTS = 1024
_LONGEST_ADDRESS = 2048

_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta\s[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_LATIN_1 = frozenset({"iso-8859-1", "iso8859-1", "latin1", "latin-1", "l1", "us-ascii", "ascii"})
_TAG = re.compile(rb"<[A-Za-z](?>[^>\"']++|\"[^\"]*+\"|'[^']*+')*+")
# At least one of these stands before or in each attribute; a long value in quotes is one.
_PART = re.compile(rb"\"[^\"]*+\"|'[^']*+'|[\s/]+")
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|div|main|article|section|h1|p|link|a)\b", re.IGNORECASE
)
_NO_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:rss|feed|rdf:RDF|opml|urlset|sitemapindex)\b")
_WORD_BREAK = re.compile(r"[\s\u200b\ufeff]+")
# Not allowed in XML and never meant: control characters, non-characters.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Page:
    """A page as read. `base` is what relative addresses are relative to."""

    root: etree._Element
    base: str
    flags: tuple[str, ...] = ()

    def absolute(self, address: str | None) -> str:
        """Give an absolute http or https address without fragment, or "" where there is none."""
        return absolute(self.base, address or "")


def page_from(body: bytes, *, content_type: str = "", url: str = "") -> Page:
    """Read HTML.

    Raises:
        ParseError: EMPTY, TOO_LARGE, HOSTILE, or MALFORMED for what is no web page.
    """
    if not body.strip():
        raise ParseError(FailureKind.EMPTY, "an empty page")
    if len(body) > LARGEST_PAGE:
        raise ParseError(FailureKind.TOO_LARGE, "a page of over 5 MiB")
    text, flags = _in_utf8(body, content_type)
    _refuse_others(text)
    _refuse_hostile(text)
    parser = etree.HTMLParser(
        encoding="utf-8", recover=True, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text, parser)
    except etree.LxmlError as error:
        raise ParseError(FailureKind.MALFORMED, "no web page") from error
    if root is None:
        raise ParseError(FailureKind.MALFORMED, "no web page")
    if any(entry.type_name == "ERR_NAME_TOO_LONG" or "depth" in entry.message for entry in parser.error_log):
        flags += ("nested deeper than 256: read down to there",)
    return Page(root, _base(root, url), flags)


def _in_utf8(body: bytes, content_type: str) -> tuple[bytes, tuple[str, ...]]:
    """Decode as browsers do: byte order mark, Content-Type, meta; but what is valid UTF-8 is UTF-8."""
    header = _CHARSET.search(content_type)
    meta = _META_CHARSET.search(body[:8192])
    said = header[1] if header else meta[1].decode("ascii", "replace") if meta else ""
    said = "windows-1252" if said.lower() in _LATIN_1 else said
    try:
        decoded = to_utf8(body, f"text/html; charset={said}")
        text, flags = decoded.body, decoded.flags
    except ParseError:  # a declaration nobody knows: a browser would go on, and so do we
        text, flags = body, (f"unknown encoding {said or 'declared'}",)
    mended = stray_bytes_as_windows_1252(text)
    if mended is not text:
        flags += (f"declared {said or 'nothing'}, read as windows-1252",)
    return mended, flags


def _refuse_others(text: bytes) -> None:
    if _NO_PAGE.match(text):
        raise ParseError(FailureKind.MALFORMED, "a feed or list where a web page was expected")
    if not _HTML.search(text, 0, 65_536):
        raise ParseError(FailureKind.MALFORMED, "no web page")


def _refuse_hostile(text: bytes) -> None:
    """Refuse what takes a parser minutes: very many tags, or attributes in one tag (each is compared with all others).

    A stray quotation mark can hide a tag from this look: the caller's worker is killed at its deadline then.
    """
    if text.count(b"<") > _MOST_TAGS:
        raise ParseError(FailureKind.HOSTILE, "too many tags")
    for tag in _TAG.finditer(text):
        start, end = tag.span()
        if end - start > _LONG_TAG and len(_PART.findall(text, start, end)) > _MOST_PARTS:
            raise ParseError(FailureKind.HOSTILE, "too many attributes")


def _base(root: etree._Element, url: str) -> str:
    base = next(root.iter("base"), None)
    href = base.get("href", "") if base is not None else ""
    return absolute(url, href) or url


def absolute(base: str, address: str) -> str:
    """Resolve an address; "" unless the result is http or https with a host and without a password.

    >>> absolute("https://a.example/shows/x", "../rss#top"), absolute("https://a.example/", "javascript:alert(1)")
    ('https://a.example/rss', '')
    """
    address = "".join(address.split()) if "\n" in address or "\t" in address else address.strip()
    if not address or address.startswith("#") or len(address) > _LONGEST_ADDRESS or _UNFIT.search(address):
        return ""
    try:
        whole = urldefrag(urljoin(base, address))[0]
        parts = urlsplit(whole)
        if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc or "\\" in whole:
            return ""
        _ = parts.port
    except ValueError:
        return ""
    return whole.replace(" ", "%20")


def clean(text: str | None) -> str:
    r"""Give text as a browser shows it in one line.

    >>> clean(" Episode\n  33 ")
    'Episode 33'
    """
    return fit(_WORD_BREAK.sub(" ", text or "").strip())


def fit(text: str) -> str:
    """Give text as it stands, with a mark in place of each character that no feed may hold."""
    return _UNFIT.sub("\N{REPLACEMENT CHARACTER}", text)


def words_in(element: etree._Element) -> str:
    """Give all words inside an element, in one line, without those of scripts."""
    parts: list[str] = []
    for node in element.iter():
        silent = not isinstance(node.tag, str) or node.tag in ("script", "style", "template", "noscript")
        if node.text and not silent:
            parts.append(node.text)
        if node is not element and node.tail:
            parts.append(node.tail)
        if node.tag in _BREAKING:
            parts.append(" ")
    return clean("".join(parts))


def is_longer(element: etree._Element, length: int) -> bool:
    """Say whether an element holds more than so many characters, without reading on once that is known.

    An element of as many nodes counts as longer: whoever climbs from many links must not read the page for each.
    """
    seen = 0
    for node in element.iter():
        seen += 1 + len(node.text or "") + len(node.tail or "" if node is not element else "")
        if seen > length:
            return True
    return False


_BREAKING = frozenset({"br", "p", "div", "li", "td", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "dd", "dt"})


def metas(page: Page) -> dict[str, list[str]]:
    """Give the page's `<meta>` properties and names, in small letters, with their contents in document order."""
    found: dict[str, list[str]] = {}
    for meta in page.root.iter("meta"):
        content = clean(meta.get("content"))
        if not content:
            continue
        for name in {(meta.get(key) or "").strip().lower() for key in ("property", "name", "itemprop")} - {""}:
            found.setdefault(name, []).append(content)
    return found


def links_rel(page: Page, relation: str) -> Iterator[etree._Element]:
    """Walk the `<link>` elements with that relation."""
    for link in page.root.iter("link"):
        if relation in (link.get("rel") or "").lower().split():
            yield link
