"""The words by which pages are understood: elements, classes, headings."""

import re
from typing import Final


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Elements that begin a new line.
BREAKS: Final = _set(
    "address article aside blockquote br center dd details div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 "
    "h6 header hgroup hr li main ol p pre section summary table tbody td th thead tr ul"
)
# Elements that are kept inside of a line.
INLINE: Final = _set("a b cite code em i q strong sub sup")
# Elements with nothing to read in them.
SILENT: Final = _set(
    "audio button canvas dialog footer form head iframe input math nav noscript object script select style svg "
    "template textarea video"
)
SILENT_ROLES: Final = _set("alertdialog banner contentinfo dialog navigation search")
# Classes and ids, whole words only: a class "no-sidebar" is no sidebar.
SILENT_CLASSES: Final = _set(
    "breadcrumb breadcrumbs comment-list comment-respond comments cookie-banner cookie-notice jp-relatedposts "
    "nav-links newsletter newsletter-signup pagination post-navigation related related-content related-posts "
    "screen-reader-text share share-buttons share-links sharedaddy sharing sidebar skip-link social social-links "
    "social-share sr-only visually-hidden widget"
)
# What themes call the line that says when a page was posted.
POSTING_CLASSES: Final = _set(
    "byline dateline entry-date entry-meta post-date post-info post-meta posted-on published updated"
)
TITLE_CLASSES: Final = _set("article-title entry-title episode-title page-title post-title")
# Where what a heading says of its part ends.
BOUNDS: Final = _set("article aside body main section")

HEADINGS: Final = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
# How a block is written in an episode's notes, where the page's own title is the highest heading.
WRITTEN: Final = {
    "h2": "h3",
    "h3": "h3",
    "h4": "h4",
    "h5": "h4",
    "h6": "h4",
    "li": "li",
    "blockquote": "blockquote",
    "pre": "pre",
}

SERIES: Final = re.compile(r"(?:podcast series|about (?:the|this) (?:podcast|series|show))", re.IGNORECASE)
PEOPLE: Final = re.compile(r"(?:contributors?|authors?|about the authors?|our people|experts?)", re.IGNORECASE)
RELATED: Final = re.compile(
    r"(?:related|you (?:may|might) also|more (?:episodes|from|like|podcasts|on)|recommended|read (?:more|next)|"
    r"listen next|subscribe|follow us|share (?:this|on)|sign up|leave a (?:comment|reply)|keep up to date|newsletter|"
    r"(?:latest|recent|other|all|previous|next) (?:episodes?|posts?|podcasts?|news|publications|articles))\b.*|"
    r"(?:\d+ )?comments?|share|footnotes?|explore",
    re.IGNORECASE,
)
LONGEST_HEADING: Final = 60
