"""What becomes of each fact a source states: four buckets, as data. `docs/facts.md` is this table, and a test says so.

Anything that is not named here is carried: an element nobody has heard of yet loses nothing on its way. What an item
says stands in our item, what a channel says in the show's own feed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from mediafeed.model.parsed import Element


class Bucket(StrEnum):
    """What happens to a fact."""

    CARRY = "carry"  # it stands in our item, or in the show's own feed, word for word
    PUSH = "push down"  # said of the channel, restated in each item that does not say otherwise
    DERIVE = "derive"  # we state it ourselves, from it
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Fact:
    """One element, its bucket and the reason; `sy:*` is all of a namespace.

    `field`: written from a field of Episode, Show or FeedHead, never from their elements.
    """

    name: str
    bucket: Bucket
    how: str
    field: bool = False


ITEM = (
    Fact("title", Bucket.CARRY, "the first, untouched, unless site.title_template adds the show", field=True),
    Fact(
        "link",
        Bucket.CARRY,
        "the first, the publisher's page; our own page of the episode where the publisher has none",
        field=True,
    ),
    Fact(
        "guid",
        Bucket.CARRY,
        "the first, verbatim while it is unique among all sources, else UUIDv5 of show and guid",
        field=True,
    ),
    Fact("pubDate", Bucket.DERIVE, "RFC 2822 with a zone; the first hearing where there is none", field=True),
    Fact(
        "description",
        Bucket.CARRY,
        "whole up to 4000 bytes; beyond, cut here and whole in content:encoded; further ones as dc:description",
        field=True,
    ),
    Fact(
        "content:encoded", Bucket.CARRY, "the richest notes the source gives; further ones as atom:content", field=True
    ),
    Fact(
        "enclosure",
        Bucket.CARRY,
        "the audio, its address untouched, with what else stands on it; further files as podcast:alternateEnclosure",
        field=True,
    ),
    Fact(
        "source",
        Bucket.DERIVE,
        "the feed the item came from; one it names itself as atom:link rel=via",
        field=True,
    ),
    Fact("author", Bucket.CARRY, "the first; further ones as dc:creator, for RSS lets an item have one"),
    Fact("itunes:duration", Bucket.DERIVE, "whole seconds, from the best witness", field=True),
    Fact("itunes:explicit", Bucket.DERIVE, "true or false: the item's, else its show's, else false", field=True),
    Fact("itunes:author", Bucket.CARRY, "the item's, else the show's name", field=True),
    Fact("itunes:image", Bucket.CARRY, "the item's, else its show's; none of a locked show", field=True),
    Fact("itunes:episode", Bucket.DERIVE, "the number, however it was found; never 0", field=True),
    Fact("itunes:season", Bucket.DERIVE, "the number; never 0", field=True),
    Fact("itunes:episodeType", Bucket.DERIVE, "full, trailer or bonus", field=True),
    Fact("itunes:block", Bucket.DROP, "obeyed: what is blocked is not published", field=True),
    Fact("podcast:block", Bucket.DROP, "obeyed: what is blocked is not published"),
    Fact("podcast:person", Bucket.CARRY, "every one, attributes included, then the credits found in the words"),
    Fact("podcast:transcript", Bucket.CARRY, "every one"),
    Fact("podcast:chapters", Bucket.CARRY, "the first; ours, where the item has none and chapters are known"),
    Fact("podcast:value", Bucket.CARRY, "the item's, else its channel's"),
    Fact("itunes:title", Bucket.CARRY, "the first"),
    Fact("itunes:subtitle", Bucket.CARRY, "the first"),
    Fact("itunes:summary", Bucket.CARRY, "the first"),
    Fact("itunes:keywords", Bucket.CARRY, "the first, else the keywords found elsewhere"),
    Fact("itunes:new-feed-url", Bucket.DROP, "it would send our subscribers to somebody else's feed"),
    Fact("itunes:owner", Bucket.DROP, "the owner of our feed is its operator"),
    Fact("itunes:complete", Bucket.DROP, "said of the publisher's feed, not of ours"),
    Fact("podcast:guid", Bucket.DROP, "the identity of the publisher's feed, not of ours"),
    Fact(
        "podcast:locked", Bucket.DROP, "said by its owner to hosts that import; images of a locked show are not copied"
    ),
    Fact("podcast:podping", Bucket.DROP, "how the publisher announces news, not how we do"),
    Fact("podcast:publisher", Bucket.DROP, "ties the publisher's feed to its house"),
    Fact("podcast:medium", Bucket.DROP, "said of a feed; ours has its own"),
    Fact(
        "atom:link", Bucket.CARRY, "but for rel self, hub, first, next, prev, last and the archives: the other feed's"
    ),
    Fact("podcast:txt", Bucket.CARRY, "but for purposes of verify, which prove who owns the other feed"),
    Fact("itunes:applepodcastsverify", Bucket.DROP, "it proves who owns the other feed; so does any other verify"),
    Fact("googleplay:block", Bucket.DROP, "obeyed: what is blocked is not published"),
    Fact("googleplay:email", Bucket.DROP, "the owner of our feed is its operator"),
)

CHANNEL = (
    Fact("title", Bucket.DERIVE, "source of each item, the show's page and feed", field=True),
    Fact("link", Bucket.DERIVE, "the show's page, feed.opml", field=True),
    Fact("description", Bucket.DERIVE, "the show's page and feed", field=True),
    Fact("language", Bucket.PUSH, "as dc:language", field=True),
    Fact("copyright", Bucket.PUSH, "as dc:rights", field=True),
    Fact("image", Bucket.DERIVE, "the picture of the show's page and feed; not of a locked show", field=True),
    Fact("category", Bucket.CARRY, "the show's feed"),
    Fact("managingEditor", Bucket.CARRY, "the show's feed"),
    Fact("author", Bucket.DERIVE, "itunes:author of the show's feed", field=True),
    Fact("itunes:author", Bucket.PUSH, "as dc:creator, where the item names no author", field=True),
    Fact("itunes:image", Bucket.PUSH, "where the item has none, not of a locked show", field=True),
    Fact("itunes:explicit", Bucket.PUSH, "where the item does not say", field=True),
    Fact("itunes:category", Bucket.DERIVE, "the show's feed; the merged feed has the operator's", field=True),
    Fact("itunes:type", Bucket.DERIVE, "the show's feed, episodic or serial; a merged feed is episodic", field=True),
    Fact("itunes:summary", Bucket.CARRY, "the show's feed"),
    Fact("itunes:subtitle", Bucket.CARRY, "the show's feed"),
    Fact("itunes:keywords", Bucket.CARRY, "the show's feed"),
    Fact("podcast:person", Bucket.PUSH, "an item's persons wholly replace them"),
    Fact("podcast:license", Bucket.PUSH, "where the item has none"),
    Fact("podcast:funding", Bucket.PUSH, "where the item has none"),
    Fact("podcast:value", Bucket.PUSH, "where the item has none: money goes to whom it was meant for"),
    Fact("podcast:location", Bucket.PUSH, "where the item has none"),
    Fact("podcast:image", Bucket.PUSH, "where the item has none, not of a locked show"),
    Fact("podcast:images", Bucket.PUSH, "where the item has none, not of a locked show"),
    Fact("podcast:chat", Bucket.PUSH, "where the item has none"),
    Fact(
        "podcast:txt",
        Bucket.PUSH,
        "where it says a purpose, but not verify, and the item has none",
    ),
    Fact("podcast:*", Bucket.PUSH, "any tag of the namespace that is not named here, where the item has none"),
    Fact("podcast:trailer", Bucket.CARRY, "the show's feed"),
    Fact("podcast:podroll", Bucket.CARRY, "the show's feed: its recommendations, not ours"),
    Fact("podcast:updateFrequency", Bucket.CARRY, "the show's feed"),
    Fact("podcast:remoteItem", Bucket.CARRY, "the show's feed"),
    Fact(
        "podcast:liveItem",
        Bucket.CARRY,
        "the show's feed, and the merged one with the show as its source, as long as the publisher lists it",
    ),
    Fact("podcast:medium", Bucket.DERIVE, "the show's feed; a merged feed is podcast", field=True),
    Fact("podcast:guid", Bucket.DERIVE, "list.xml refers to the show by it", field=True),
    Fact(
        "podcast:block",
        Bucket.CARRY,
        "a bare yes is obeyed: the show is not published; for one service, the show's feed",
    ),
    Fact("creativeCommons:license", Bucket.PUSH, "where the item has none"),
    Fact("cc:license", Bucket.PUSH, "where the item has none"),
    Fact("dcterms:license", Bucket.PUSH, "where the item has none"),
    Fact("dcterms:rights", Bucket.PUSH, "where the item has none"),
    Fact("dcterms:rightsHolder", Bucket.PUSH, "where the item has none"),
    Fact("dcterms:publisher", Bucket.PUSH, "where the item has none"),
    Fact("dcterms:contributor", Bucket.PUSH, "where the item has none"),
    Fact("dcterms:spatial", Bucket.PUSH, "where the item has none"),
    Fact("dcterms:audience", Bucket.PUSH, "where the item has none"),
    Fact("dc:publisher", Bucket.PUSH, "where the item has none"),
    Fact("dc:contributor", Bucket.PUSH, "where the item has none"),
    Fact("dc:coverage", Bucket.PUSH, "where the item has none"),
    Fact("atom:contributor", Bucket.PUSH, "where the item has none"),
    Fact("media:rating", Bucket.PUSH, "where the item has none"),
    Fact("media:adult", Bucket.PUSH, "where the item has none"),
    Fact("media:credit", Bucket.PUSH, "where the item has none"),
    Fact("media:copyright", Bucket.PUSH, "where the item has none"),
    Fact("media:license", Bucket.PUSH, "where the item has none"),
    Fact("media:restriction", Bucket.PUSH, "where the item has none"),
    Fact("georss:*", Bucket.PUSH, "where the item has none"),
    Fact("geo:*", Bucket.PUSH, "where the item has none"),
    Fact("rawvoice:rating", Bucket.PUSH, "where the item has none"),
    Fact("rawvoice:location", Bucket.PUSH, "where the item has none"),
    Fact("rawvoice:donate", Bucket.PUSH, "where the item has none"),
    Fact("spotify:countryOfOrigin", Bucket.PUSH, "where the item has none"),
    Fact("itunes:block", Bucket.DROP, "obeyed: the show is not published"),
    Fact("googleplay:block", Bucket.DROP, "obeyed: the show is not published"),
    Fact("itunes:new-feed-url", Bucket.DROP, "it would send our subscribers elsewhere; not followed by us yet"),
    Fact("googleplay:new-feed-url", Bucket.DROP, "it would send our subscribers elsewhere"),
    Fact("itunes:owner", Bucket.DROP, "the owner of our feed is its operator"),
    Fact("itunes:email", Bucket.DROP, "the owner of our feed is its operator"),
    Fact("googleplay:owner", Bucket.DROP, "the owner of our feed is its operator"),
    Fact("googleplay:email", Bucket.DROP, "the owner of our feed is its operator"),
    Fact("webMaster", Bucket.DROP, "looks after the publisher's server, not ours"),
    Fact("itunes:complete", Bucket.DROP, "apps would never ask us again; the publisher may think better of it"),
    Fact("podcast:complete", Bucket.DROP, "apps would never ask us again; the publisher may think better of it"),
    Fact("podcast:id", Bucket.DROP, "the publisher's feed at a directory, not ours"),
    Fact("podcast:locked", Bucket.DROP, "ours is locked; images of a locked show are not copied"),
    Fact("podcast:podping", Bucket.DROP, "how the publisher announces news, not how we do"),
    Fact("podcast:publisher", Bucket.DROP, "ties the publisher's feed to its house"),
    Fact("itunes:applepodcastsverify", Bucket.DROP, "it proves who owns the other feed; so does any other verify"),
    Fact("atom:link", Bucket.DROP, "self, hub and paging are the other feed's"),
    Fact("atom:id", Bucket.DROP, "the identity of the other document"),
    Fact("atom:updated", Bucket.DROP, "said of the other document"),
    Fact("atom:generator", Bucket.DROP, "said of the other document"),
    Fact("generator", Bucket.DROP, "said of the other document"),
    Fact("docs", Bucket.DROP, "said of the other document"),
    Fact("pubDate", Bucket.DROP, "said of the other document"),
    Fact("lastBuildDate", Bucket.DROP, "said of the other document"),
    Fact("dc:date", Bucket.DROP, "said of the other document"),
    Fact("dcterms:modified", Bucket.DROP, "said of the other document"),
    Fact("ttl", Bucket.DROP, "said of the publisher's server; ours has its own"),
    Fact("skipHours", Bucket.DROP, "said of the publisher's server"),
    Fact("skipDays", Bucket.DROP, "said of the publisher's server"),
    Fact("cloud", Bucket.DROP, "said of the publisher's server"),
    Fact("sy:*", Bucket.DROP, "said of the publisher's server"),
    Fact("fh:*", Bucket.DROP, "said of the other document: ours has archives of its own"),
    Fact("feedburner:*", Bucket.DROP, "the workings of the other feed"),
)

# Items have them once; a second one would make readers disagree on which counts.
ONCE = frozenset(
    {
        "podcast:chapters", "podcast:season", "podcast:episode", "podcast:license", "podcast:chat", "itunes:title",
        "itunes:subtitle", "itunes:summary", "itunes:keywords", "comments",
    }
)  # fmt: skip

# Of these an item may have many, each a fact by itself.
_MANY = frozenset(
    {
        "podcast:transcript", "podcast:soundbite", "podcast:alternateEnclosure", "podcast:funding",
        "podcast:socialInteract", "podcast:contentLink", "podcast:location", "podcast:txt", "category",
        "atom:contributor", "atom:link", "media:credit",
    }
)  # fmt: skip

# A locked show's pictures stay where they are.
PICTURES = frozenset(
    {"itunes:image", "podcast:image", "podcast:images", "media:thumbnail", "googleplay:image", "image"}
)

_NAMED = frozenset(fact.name for fact in (*ITEM, *CHANNEL))
_NOT_FROM_EXTRAS = frozenset(fact.name for fact in ITEM if fact.field or fact.bucket is Bucket.DROP)
_NOT_RESTATED = frozenset(fact.name for fact in CHANNEL if fact.field or fact.bucket is Bucket.DROP)
_KINDS_NOT_RESTATED = tuple(
    fact.name[:-1] for fact in CHANNEL if fact.name.endswith("*") and fact.bucket is Bucket.DROP
)
_OTHER_FEEDS_LINKS = frozenset(
    {"self", "hub", "first", "next", "prev", "previous", "last", "current", "prev-archive", "next-archive"}
)


def is_carried(element: Element) -> bool:
    """Say whether an element of `extras` goes into our item word for word.

    >>> is_carried(Element("podcast:soundbite")), is_carried(Element("itunes:new-feed-url"))
    (True, False)
    """
    if element.name in _NOT_FROM_EXTRAS or _is_proof(element):
        return False
    if element.name == "atom:link":
        return element.get("rel").strip().lower() not in _OTHER_FEEDS_LINKS
    if element.name == "podcast:person":
        # The namespace: "cannot be blank".
        return bool(element.text.strip())
    return True


def stands_beside(name: str) -> bool:
    """Say whether another source's element stands beside those of its name: of a tag nobody has heard of it may.

    >>> stands_beside("podcast:soundbite"), stands_beside("podcast:license"), stands_beside("podcast:futureTag")
    (True, False, True)
    """
    unheard_of = name.startswith("{") or (name.startswith("podcast:") and name not in _NAMED and name not in ONCE)
    return name in _MANY or unheard_of


def is_restated(element: Element) -> bool:
    """Say whether a channel's element stands word for word in the show's own feed.

    >>> is_restated(Element("podcast:podroll")), is_restated(Element("podcast:podping"))
    (True, False)
    """
    if element.name in _NOT_RESTATED or element.name.startswith(_KINDS_NOT_RESTATED) or _is_proof(element):
        return False
    if element.name == "podcast:block":
        return bool(element.get("id").strip())
    return element.name != "podcast:person" or bool(element.text.strip())


def without_pictures(elements: Iterable[Element]) -> Iterator[Element]:
    """Give the elements without what shows a picture, however deep it stands."""
    for element in elements:
        if element.name not in PICTURES:
            inside = tuple(without_pictures(element.children))
            yield element if inside == element.children else replace(element, children=inside)


def _is_proof(element: Element) -> bool:
    """Say whether an element proves who owns the feed it stands in: in ours it would prove what is not so."""
    said = element.get("purpose") if element.name == "podcast:txt" else element.name
    return "verify" in said.lower()


def table(facts: tuple[Fact, ...]) -> str:
    """Write facts as a Markdown table."""
    rows = [f"| `{fact.name}` | {fact.bucket.value} | {fact.how} |" for fact in facts]
    return "\n".join(("| element | bucket | how, or why not |", "|---|---|---|", *rows))
