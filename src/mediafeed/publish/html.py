"""Strangers' HTML made harmless, once for each change of an episode."""

import html
import re

import nh3
from markupsafe import Markup, escape

from mediafeed.model.episode import Episode
from mediafeed.publish.safe_links import safe_link

INPUT = 64 * 1024  # characters; nh3 is quadratic in nesting that it must remove
OUTPUT = 256 * 1024  # characters; misnested tags can multiply

# Headings of notes stand below the page's own: h1 and h2 become h3.
_HEADING = re.compile(r"<(/?)h[12]>")
_BROKEN_TAG = re.compile(r"<[^<>]*$")
# Words and characters by name ("Q&A", "&amp;") are no markup yet: only a tag makes line breaks mean nothing.
_MARKUP = re.compile(r"<[a-zA-Z/!?]")
_TAG = re.compile(r"<[^<>]*>")
_BREAKS = re.compile(r"<(?:blockquote|br|d[dlt]|div|h[1-6r]|li|ol|p|pre|t(?:able|body|[dhr]|head)|ul)[ >]")
_BLANK_LINES = re.compile(r"\n\s*\n")
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff"  # characters without a width, that are no white space to Python
_TAGS = frozenset(
    {
        "a", "b", "blockquote", "br", "cite", "code", "dd", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6",
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
    """Render an episode's notes, or what stands for them, for its page: nothing where nothing of them can be read."""
    made = (harmless(text) for text in (episode.notes, episode.summary))
    return next((one for one in made if _says_something(one)), "").encode("utf-8", "replace")


def _says_something(made: str) -> bool:
    return bool(html.unescape(_TAG.sub("", made)).translate(dict.fromkeys(map(ord, _UNSEEN))).strip())


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
        return paragraphs(html.unescape(cut))
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
    broken = clean if _BREAKS.search(clean) else _broken(clean)
    return Markup(_HEADING.sub(r"<\1h3>", broken))  # noqa: S704 - nh3 has just made it safe


def _broken(clean: str) -> str:
    """Give HTML that only marks words its lines: it was written as text is."""
    blocks = [block.strip() for block in _BLANK_LINES.split(clean.replace("\r\n", "\n").strip())]
    if any(block.count("<") != 2 * block.count("</") for block in blocks):
        blocks = ["\n\n".join(blocks)]  # what is marked goes on behind a blank line
    return "\n".join(f"<p>{block}</p>".replace("\n", "<br>\n") for block in blocks if block)


def paragraphs(text: str) -> Markup:
    r"""Give plain text as paragraphs, line breaks kept.

    >>> paragraphs("One\n\nTwo & three\nfour")
    Markup('<p>One</p>\n<p>Two &amp; three<br>\nfour</p>')
    """
    blocks = (block.strip() for block in _BLANK_LINES.split(text.replace("\r\n", "\n")))
    lines = (escape(block).replace("\n", Markup("<br>\n")) for block in blocks if block)
    return Markup("\n").join(Markup("<p>{}</p>").format(block) for block in lines)


def _kept(_tag: str, attribute: str, value: str) -> str | None:
    if attribute != "href":
        return value
    mail = re.match(r"mailto:[^\s<>\"?&]+(?=\?|$)", value.strip())  # what follows would write the letter as well
    return mail.group() if mail else safe_link(value)
