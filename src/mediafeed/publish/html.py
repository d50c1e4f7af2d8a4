"""Strangers' HTML made harmless, once for each change of an episode."""

import re

import nh3
from markupsafe import Markup, escape

from mediafeed.model.episode import Episode
from mediafeed.publish.safe_links import is_web_address

INPUT = 64 * 1024  # characters; nh3 is quadratic in nesting that it must remove
OUTPUT = 256 * 1024  # characters; misnested tags can multiply

# Headings of notes stand below the page's own: h1 and h2 become h3.
_HEADING = re.compile(r"<(/?)h[12]>")
_BROKEN_TAG = re.compile(r"<[^<>]*$")
_MARKUP = re.compile(r"<[a-zA-Z/!?]|&[a-zA-Z#]")
_TAGS = frozenset(
    {
        "a", "b", "blockquote", "br", "cite", "code", "dd", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6",
        "hr", "i", "li", "ol", "p", "pre", "q", "s", "small", "strong", "sub", "sup", "table", "tbody", "td", "th",
        "thead", "tr", "u", "ul",
    }
)  # fmt: skip
_CONTENT_TOO = frozenset(
    {
        "script",
        "style",
        "template",
        "title",
        "noscript",
        "iframe",
        "object",
        "svg",
        "math",
        "textarea",
        "select",
        "head",
    }
)


def notes_fragment(episode: Episode, *_: object) -> bytes:
    """Render an episode's notes, or what stands for them, for its page."""
    return harmless(episode.notes or episode.summary).encode("utf-8", "replace")


def harmless(notes: str) -> Markup:
    """Give notes as HTML that a page may carry: words, lists, tables and links; nothing that loads, runs or styles.

    >>> harmless('<p onclick="x()">Read <a href="https://a.example/">this</a><img src="https://t.example/p.gif"></p>')
    Markup('<p>Read <a href="https://a.example/" rel="nofollow noopener ugc">this</a></p>')
    """
    notes = notes.replace("\0", "\ufffd")
    cut = notes[:INPUT]
    if len(notes) > INPUT:
        cut = _BROKEN_TAG.sub("", cut) + " …"
    if not _MARKUP.search(cut):
        return paragraphs(cut)
    clean = nh3.clean(
        cut,
        tags=set(_TAGS),
        clean_content_tags=set(_CONTENT_TOO),
        attributes={"a": {"href"}},
        attribute_filter=_kept,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener ugc",
        strip_comments=True,
    )
    if len(clean) > OUTPUT:
        return paragraphs(nh3.clean_text(cut)[:OUTPUT])
    return Markup(_HEADING.sub(r"<\1h3>", clean))  # noqa: S704 - nh3 has just made it safe


def paragraphs(text: str) -> Markup:
    r"""Give plain text as paragraphs, line breaks kept.

    >>> paragraphs("One\n\nTwo & three\nfour")
    Markup('<p>One</p>\n<p>Two &amp; three<br>\nfour</p>')
    """
    blocks = (block.strip() for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n")))
    lines = (escape(block).replace("\n", Markup("<br>\n")) for block in blocks if block)
    return Markup("\n").join(Markup("<p>{}</p>").format(block) for block in lines)


def _kept(_tag: str, attribute: str, value: str) -> str | None:
    if attribute == "href":
        address = value.strip()
        return address if is_web_address(address) or re.fullmatch(r"mailto:[^\s<>\"?&]+", address) else None
    return value
