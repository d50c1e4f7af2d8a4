"""What a body is by its first tag, before anything is parsed."""

import re
from dataclasses import dataclass

from mediafeed.errors import NotWellFormedError, ParseError
from mediafeed.model.parsed import FeedForm
from mediafeed.model.source import FailureKind
from mediafeed.parse.gate import MAX_ATTRIBUTE, MAX_INSTRUCTIONS, hostile

A_WEB_PAGE = "a web page"  # exactly these words: the caller then looks for the feed behind the page

_PROLOG = re.compile(rb"(?>\s++|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_REST_OF_TAG = rb"(?>[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+>"
_TAG = re.compile(rb"<([A-Za-z_][\w.:-]{0,99}+)" + _REST_OF_TAG)
_TAG_NAME = re.compile(rb"<([A-Za-z_][\w.:-]{0,99})")
_CHANNEL = re.compile(rb"(?>\s++|<!--.*?-->)*+(<channel(?=[\s>])" + _REST_OF_TAG + rb")", re.DOTALL)
_PAGE = re.compile(
    rb"(?>\s++|<\?.*?\?>|<!--.*?-->)*+<(?:!doctype\s+(?:html|xhtml)|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_PAGE_TAG = re.compile(rb"<(?:html|head|body|div|span|p|meta|script|table|h1|a)[\s>]", re.IGNORECASE)
_ANY_ROOT = re.compile(rb"<(?:\w{1,20}:)?(?:rss|feed|rdf|channel)[\s>]", re.IGNORECASE)

_FORMS = {b"rss": FeedForm.RSS, b"feed": FeedForm.ATOM, b"RDF": FeedForm.RDF}
_OTHERS = {b"opml": "an OPML list", b"urlset": "a sitemap", b"sitemapindex": "a sitemap", b"html": A_WEB_PAGE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Where a feed's root begins. `root` is its name with its prefix; `inside` is where its items may begin.

    `opening` are the start tags that every item stands in, `closing` their end tags.
    """

    form: FeedForm
    root: bytes
    begin: int
    inside: int
    opening: bytes
    closing: bytes

    @property
    def item_name(self) -> bytes:
        """Give the name an item goes by, with the prefix of the root for Atom."""
        if self.form is not FeedForm.ATOM:
            return b"item"
        return self.root.removesuffix(b"feed") + b"entry"


def is_json(body: bytes) -> bool:
    """Say whether a body begins as JSON does; "[Warning] …" before a feed does not.

    >>> is_json(b' {"version": "https://jsonfeed.org/version/1.1"}'), is_json(b"[Warning] <rss ><channel>")
    (True, False)
    """
    first = body.lstrip()[:1]
    return first == b"{" or (first == b"[" and not _ANY_ROOT.search(body))


def refuse_page(body: bytes) -> None:
    """Refuse HTML, unless a feed seems to follow it.

    Raises:
        ParseError: NOT_A_FEED.
    """
    if _PAGE.match(body) and not _ANY_ROOT.search(body):
        raise ParseError(FailureKind.NOT_A_FEED, A_WEB_PAGE)


def looks_like_page(body: bytes) -> bool:
    """Say whether a body begins as HTML does."""
    return _PAGE.match(body) is not None


def no_feed(body: bytes) -> ParseError:
    """Give the error for a body in which nobody finds a feed."""
    return ParseError(FailureKind.NOT_A_FEED, A_WEB_PAGE if _PAGE_TAG.search(body) else "neither feed nor page")


def start_of(body: bytes) -> Start:
    """Find the root of a feed, strictly: nothing but a declaration, comments and instructions before it.

    Raises:
        ParseError: NOT_A_FEED, the root is something else.
        NotWellFormedError: Text before the root, or a root that is no tag.
    """
    prolog = _PROLOG.match(body)
    begin = prolog.end() if prolog else 0
    if body.count(b"<?", 0, begin) > MAX_INSTRUCTIONS:
        raise hostile("too many processing instructions")
    tag = _TAG.match(body, begin)
    if tag is None:
        raise _no_root(body, begin)
    local = tag[1].rpartition(b":")[2]
    form = _FORMS.get(local)
    if form is None:
        raise _other_root(body, tag[1])
    return start_at(body, tag, form)


def start_at(body: bytes, tag: re.Match[bytes], form: FeedForm) -> Start:
    """Describe the root whose start tag was found."""
    inside = tag.end()
    if inside - tag.start() > MAX_ATTRIBUTE:
        raise hostile("a very long start tag")
    closing = b"</%b>" % tag[1]
    if form is FeedForm.RSS and (channel := _CHANNEL.match(body, inside)):
        inside = channel.end()
        closing = b"</channel>" + closing
        opening = tag[0] + channel[1]
    else:
        opening = tag[0]
    return Start(form=form, root=tag[1], begin=tag.start(), inside=inside, opening=opening, closing=closing)


def _no_root(body: bytes, begin: int) -> ParseError:
    if begin == len(body) or not _TAG_NAME.search(body):
        return no_feed(body)
    return NotWellFormedError(FailureKind.MALFORMED, "it does not begin with a tag")


def _other_root(body: bytes, name: bytes) -> ParseError:
    local = name.rpartition(b":")[2]
    if local.lower() in {b"rss", b"feed", b"rdf", b"channel"}:
        return NotWellFormedError(FailureKind.MALFORMED, "the root's name is misspelt")
    if local in _OTHERS or local.lower() == b"html":
        return ParseError(FailureKind.NOT_A_FEED, _OTHERS[local.lower()])
    if _ANY_ROOT.search(body):
        return NotWellFormedError(FailureKind.MALFORMED, "a feed inside of something else")
    return ParseError(FailureKind.NOT_A_FEED, f"XML with the root {local.decode('ascii', 'replace')!r}")


_LOOSE_ROOT = re.compile(rb"<((?:\w{1,20}:)?(rss|feed|rdf))(?=[\s>])(?:" + _REST_OF_TAG + rb")?", re.IGNORECASE)
_LOOSE_FORMS = {b"rss": FeedForm.RSS, b"feed": FeedForm.ATOM, b"rdf": FeedForm.RDF}


def loose_start_of(body: bytes, furthest: int) -> Start | None:
    """Find the root of a feed anywhere before `furthest`, or None. A broken start tag gives an empty opening."""
    tag = _LOOSE_ROOT.search(body, 0, furthest)
    if tag is None:
        return None
    return start_at(body, tag, _LOOSE_FORMS[tag[2].lower()])
