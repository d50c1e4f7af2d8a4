"""A web page about one episode, and the feeds behind a page.

Pages are asked in this order: JSON-LD, OpenGraph, audio elements and players, `<time>`, and the text last.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import xxhash

from mediafeed.errors import ParseError
from mediafeed.model.parsed import Element, FeedForm, FeedLink, ParsedFeed, ParsedItem
from mediafeed.model.source import FailureKind
from mediafeed.parse import page_facts, page_meta
from mediafeed.parse.jsonld import address, objects, text
from mediafeed.parse.page_blocks import Block, Part, Reading, reading_of
from mediafeed.parse.page_links import feed_links
from mediafeed.parse.page_meta import Meta
from mediafeed.parse.page_tree import clean, fit, links_rel, page_from

_NOT_THERE = re.compile(
    r"(?:error\s*)?404\b.{0,60}|not found|.{0,40}page (?:does not|doesn['’]t|no longer) exists?.{0,40}|"
    r".{0,40}\b(?:page|episode|content)\b.{0,20}\b(?:not|cannot|can['’]t)\b.{0,10}\bfound\b.{0,60}",
    re.IGNORECASE,
)
_GUARDED = re.compile(
    r"just a moment\W*|attention required\b.*|access denied\b.*|are you (?:a )?(?:human|robot)\b.*|"
    r"verify(?:ing)? you are human.*|please enable (?:javascript|cookies)\b.*",
    re.IGNORECASE,
)
_CUT = re.compile(r"(?:…|\.\.\.|\[(?:…|\.\.\.)\])\W*$")
_SHORT_PAGE = 1500
_LONGEST_TEXT = 200_000
_LONGEST_TITLE = 2000
_LEADS = (100, 40)  # a paragraph this long, else one that long
_MOST_HEADINGS = 10


def feeds_behind(body: bytes, *, url: str) -> tuple[FeedLink, ...]:
    """Give the places where a page says its podcast's feed may be, best first, each once.

    Raises:
        ParseError: EMPTY, TOO_LARGE, HOSTILE, or MALFORMED for what is no web page.
    """
    return feed_links(page_from(body, url=url), url)


def read_page(body: bytes, *, content_type: str = "", url: str = "") -> ParsedFeed:
    """Read the one episode that a page is about, in the vocabulary of feeds.

    Beside it stand `page:heading` (h1 first), `page:show`, `page:listen`, `page:text`, `page:person` (a contributor
    card: no role claimed), `page:player` and `page:posted` (when the page itself was posted, where the text states
    another date for the episode). The item's hash is that of these words: what else changes on a page does not count.

    Raises:
        ParseError: EMPTY, TOO_LARGE, HOSTILE, MALFORMED; MISSING or BLOCKED where the page says so itself.
    """
    page = page_from(body, content_type=content_type, url=url)
    meta, reading = page_meta.meta_of(page, url), reading_of(page)
    title, heading = _title(meta, reading.blocks), _heading(reading.blocks)
    _refuse_no_episode((heading, title, _title_element(meta)), reading.blocks)
    item = tuple(_item(meta, reading, title, heading, url))
    head = tuple(_head(meta, item, url))
    digest = _hash(item)
    return ParsedFeed(
        form=FeedForm.PAGE,
        head=head,
        head_hash=_hash(head),
        items=(ParsedItem(item, digest),),
        order=(digest,),
        flags=page.flags,
    )


def _hash(elements: tuple[Element, ...]) -> str:
    return xxhash.xxh3_128_hexdigest(repr(elements).encode("utf-8", "replace"))


def _refuse_no_episode(titles: tuple[str, ...], blocks: tuple[Block, ...]) -> None:
    words = sum(len(block.text) for block in blocks)
    if not any(titles) and not words:
        raise ParseError(FailureKind.MALFORMED, "a page without words")
    if words < _SHORT_PAGE:
        for said in titles:
            if _NOT_THERE.fullmatch(said):
                raise ParseError(FailureKind.MISSING, "the page says that it is not there")
            if _GUARDED.fullmatch(said):
                raise ParseError(FailureKind.BLOCKED, "the page wants to see a person first")


def _item(meta: Meta, reading: Reading, title: str, heading: str, url: str) -> Iterator[Element]:
    page, blocks = meta.page, reading.blocks
    yield Element("title", title)
    yield Element("link", _link(meta, url))
    yield from _dates(meta, reading)
    yield from _texts(meta, blocks)
    yield from page_meta.enclosures(meta)
    yield from _numbers(meta, blocks)
    yield from page_meta.images(meta)
    yield from page_meta.limited(page_meta.persons(meta))
    for name in ("article:tag", "keywords"):
        yield from (Element("itunes:keywords", words) for words in meta.properties.get(name, [])[:30])
    yield from (Element("page:heading", words) for words in _headings(heading, blocks))
    yield from _show(meta, reading, url)
    if words := page_facts.listen(blocks):
        yield Element("page:listen", words)
    yield from page_facts.persons(reading, page, url)
    yield from page_meta.players(page)
    readable = "\n".join(block.text for block in blocks if block.part is not Part.RELATED)
    yield Element("page:text", readable[:_LONGEST_TEXT])


def _head(meta: Meta, item: tuple[Element, ...], url: str) -> Iterator[Element]:
    """Say of the channel what the page says of its show, or of its site."""
    show = next((element for element in item if element.name == "page:show"), None)
    site = meta.said("og:site_name")
    parts = urlsplit(url)
    home = f"{parts.scheme}://{parts.netloc}/" if parts.netloc else ""
    title, link = (show.text, show.get("href")) if show else (site, "")
    yield from (
        Element(name, words)
        for name, words in (
            ("title", title or parts.hostname or ""),
            ("link", link or home),
            ("description", clean(text(page_meta.series(meta), "description"))),
            ("language", clean(meta.page.root.get("lang"))),
        )
        if words
    )


def _heading(blocks: tuple[Block, ...]) -> str:
    index = page_facts.title_index(blocks)
    return blocks[index].text[:_LONGEST_TITLE] if index >= 0 else ""


def _title(meta: Meta, blocks: tuple[Block, ...]) -> str:
    """Choose the title: JSON-LD, OpenGraph, the heading, `<title>`; a heading wins that says the same without the site.

    "Episode 33: Japan | RUSI" is the title of the page, "Episode 33: Japan" that of the episode.
    """
    heading = _heading(blocks)
    told = clean(text(meta.episode, "name", "headline")) or meta.said("og:title")
    if told and heading and (told.startswith(heading) or heading.endswith(told)):
        return heading
    words = (
        told,
        heading,
        clean(text(meta.article, "headline", "name")),
        meta.said("twitter:title"),
        _title_element(meta),
    )
    return next((each for each in words if each), "")[:_LONGEST_TITLE]


def _title_element(meta: Meta) -> str:
    element = next(meta.page.root.iter("title"), None)
    return clean(element.text) if element is not None else ""


def _headings(heading: str, blocks: tuple[Block, ...]) -> list[str]:
    said = [heading] if heading else []
    said += [block.text for block in blocks if block.tag in ("h2", "h3", "h4") and block.part is Part.TEXT]
    return list(dict.fromkeys(said))[:_MOST_HEADINGS]


def _link(meta: Meta, url: str) -> str:
    """Give the page's own address for itself; a site's front page is nobody's."""
    canonical = next((meta.page.absolute(link.get("href")) for link in links_rel(meta.page, "canonical")), "")
    for own in (canonical, meta.page.absolute(meta.said("og:url"))):
        if own and (urlsplit(own).path.strip("/") or not urlsplit(url).path.strip("/")):
            return own
    return url


def _dates(meta: Meta, reading: Reading) -> Iterator[Element]:
    blocks = reading.blocks
    episode = clean(text(meta.episode, "datePublished", "uploadDate", "dateCreated"))
    stated = page_facts.stated_date(blocks)
    posted = (
        clean(text(meta.article, "datePublished"))
        or meta.said("article:published_time", "og:article:published_time", "datepublished", "dc.date", "dcterms.date")
        or _time_element(reading)
        or page_facts.posted_date(blocks)
    )
    when = episode or stated or posted
    if when:
        yield Element("pubDate", when)
    if posted and posted != when:
        yield Element("page:posted", posted)


def _time_element(reading: Reading) -> str:
    """Give the date of the first `<time>`, where the page has a title: a list of posts has many times and none."""
    if page_facts.title_index(reading.blocks) < 0:
        return ""
    return next((when for when in reading.times if re.match(r"\d{4}-\d\d", when)), "")


def _texts(meta: Meta, blocks: tuple[Block, ...]) -> Iterator[Element]:
    title = page_facts.title_index(blocks)
    body = [block for block in blocks[title + 1 :] if block.part is Part.TEXT and not page_facts.is_fact_line(block)]
    leads = [block.text for block in body if not block.tag.startswith("h") and not page_facts.is_disclaimer(block.text)]
    told = fit(text(meta.episode, "description", "abstract"))
    long = (words for length in _LEADS for words in leads if len(words) >= length)
    lead = next(long, " ".join(leads[:3]))
    short = meta.said("og:description", "description", "twitter:description")
    summary = told or lead or ("" if page_facts.is_disclaimer(short) else short)
    if summary:
        yield Element("description", summary[:_LONGEST_TEXT])
    if short and short != summary and not _CUT.search(short) and not page_facts.is_disclaimer(short):
        yield Element("page:summary", short)
    if body:
        yield Element("content:encoded", _markup(body))


def _markup(blocks: list[Block]) -> str:
    parts: list[str] = []
    length = 0
    for block in blocks:
        length += len(block.markup)
        if length > _LONGEST_TEXT:
            break
        parts.append(block.markup)
    # List entries that follow each other are one list.
    return re.sub(
        r"(?:<li>.*?</li>\n?)+", lambda match: f"<ul>\n{match[0].rstrip()}\n</ul>\n", "\n".join(parts)
    ).strip()


def _numbers(meta: Meta, blocks: tuple[Block, ...]) -> Iterator[Element]:
    duration = text(meta.episode, "duration", "timeRequired")
    if not duration:
        duration = next((found for node in page_meta.media(meta) if (found := text(node, "duration"))), "")
    season = text(next(objects(meta.episode, "partOfSeason"), {}), "seasonNumber")
    for name, words in (
        ("itunes:duration", duration),
        ("itunes:episode", text(meta.episode, "episodeNumber") or page_facts.show_and_number(blocks)[1]),
        ("itunes:season", season),
        ("itunes:author", _author(meta)),
    ):
        if words:
            yield Element(name, clean(words))


def _author(meta: Meta) -> str:
    """Name an episode's author; who posted an article about one is not the author of the episode."""
    names = (text(node, "name") for node in objects(meta.episode, "author", "creator", among=meta.nodes))
    return next((name for name in names if name), "")


def _show(meta: Meta, reading: Reading, url: str) -> Iterator[Element]:
    node = page_meta.series(meta)
    name = clean(text(node, "name"))
    if name:
        href = meta.page.absolute(address(node, "url"))
        yield Element("page:show", name, (("href", href),) if href else ())
    elif said := page_facts.show_said(reading, meta.page, url):
        yield said
