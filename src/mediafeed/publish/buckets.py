"""What becomes of each fact a source states: four buckets, as data. `docs/facts.md` is this table, and a test says so.

Anything of an item that is not named here is carried: an element nobody has heard of yet loses nothing on its way.
"""

from dataclasses import dataclass
from enum import StrEnum

from mediafeed.model.parsed import Element


class Bucket(StrEnum):
    """What happens to a fact."""

    CARRY = "carry"  # it stands in our item word for word
    PUSH = "push down"  # said of the channel, restated in each item that does not say otherwise
    DERIVE = "derive"  # we state it ourselves, from it
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Fact:
    """One element, its bucket and the reason. `field`: written from a field of Episode, never from `extras`."""

    name: str
    bucket: Bucket
    how: str
    field: bool = False


ITEM = (
    Fact("title", Bucket.CARRY, "untouched, unless site.title_template adds the show", field=True),
    Fact(
        "link",
        Bucket.CARRY,
        "the publisher's page; our own page of the episode where the publisher has none",
        field=True,
    ),
    Fact(
        "guid", Bucket.CARRY, "verbatim while it is unique among all sources, else UUIDv5 of show and guid", field=True
    ),
    Fact("pubDate", Bucket.DERIVE, "RFC 2822 with a zone; the first hearing where there is none", field=True),
    Fact(
        "description", Bucket.CARRY, "whole up to 4000 bytes; beyond, cut here and whole in content:encoded", field=True
    ),
    Fact("content:encoded", Bucket.CARRY, "the richest notes the source gives", field=True),
    Fact(
        "enclosure",
        Bucket.CARRY,
        "the audio, its address untouched; further files as podcast:alternateEnclosure",
        field=True,
    ),
    Fact("source", Bucket.DERIVE, "the feed the item came from", field=True),
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
    Fact("podcast:chapters", Bucket.CARRY, "the first"),
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
    Fact("podcast:txt", Bucket.CARRY, "but for purpose verify, which proves who owns the other feed"),
)

CHANNEL = (
    Fact("title", Bucket.DERIVE, "source of each item, the show's page and feed"),
    Fact("link", Bucket.DERIVE, "the show's page, feed.opml"),
    Fact("description", Bucket.DERIVE, "the show's page and feed"),
    Fact("language", Bucket.PUSH, "as dc:language"),
    Fact("copyright", Bucket.PUSH, "as dc:rights"),
    Fact("itunes:author", Bucket.PUSH, "as dc:creator, where the item names no author"),
    Fact("itunes:image", Bucket.PUSH, "not of a locked show"),
    Fact("itunes:explicit", Bucket.PUSH, "where the item does not say"),
    Fact("itunes:category", Bucket.DERIVE, "the show's feed; the merged feed has the operator's"),
    Fact("podcast:person", Bucket.PUSH, "an item's persons wholly replace them"),
    Fact("podcast:license", Bucket.PUSH, "where the item has none"),
    Fact("podcast:funding", Bucket.PUSH, "where the item has none"),
    Fact("podcast:value", Bucket.PUSH, "where the item has none: money goes to whom it was meant for"),
    Fact("podcast:location", Bucket.PUSH, "where the item has none"),
    Fact("podcast:image", Bucket.PUSH, "where the item has none, not of a locked show"),
    Fact("podcast:images", Bucket.PUSH, "where the item has none, not of a locked show"),
    Fact("creativeCommons:license", Bucket.PUSH, "where the item has none"),
    Fact("cc:license", Bucket.PUSH, "where the item has none"),
    Fact("itunes:block", Bucket.DROP, "obeyed: the show is not published"),
    Fact("podcast:block", Bucket.DROP, "a bare yes is obeyed: the show is not published"),
    Fact("itunes:new-feed-url", Bucket.DROP, "it would send our subscribers elsewhere; not followed by us yet"),
    Fact("itunes:owner", Bucket.DROP, "the owner of our feed is its operator"),
    Fact("itunes:type", Bucket.DROP, "a merged feed is episodic"),
    Fact("itunes:complete", Bucket.DROP, "said of the publisher's feed, not of ours"),
    Fact("podcast:guid", Bucket.DERIVE, "list.xml refers to the show by it"),
    Fact("podcast:locked", Bucket.DROP, "ours is locked; images of a locked show are not copied"),
    Fact("podcast:medium", Bucket.DROP, "ours is podcast"),
    Fact("podcast:podping", Bucket.DROP, "how the publisher announces news, not how we do"),
    Fact("podcast:publisher", Bucket.DROP, "ties the publisher's feed to its house"),
    Fact("podcast:podroll", Bucket.DROP, "the publisher's recommendations, not ours"),
    Fact("podcast:txt", Bucket.DROP, "mostly proofs of who owns the feed"),
    Fact("atom:link", Bucket.DROP, "self, hub and paging are the other feed's"),
    Fact("generator", Bucket.DROP, "said of the other document"),
    Fact("lastBuildDate", Bucket.DROP, "said of the other document"),
    Fact("ttl", Bucket.DROP, "said of the publisher's server; ours has its own"),
)

# Items have them once; a second one would make readers disagree on which counts.
ONCE = frozenset(
    {
        "podcast:chapters", "podcast:season", "podcast:episode", "podcast:license", "podcast:chat", "itunes:title",
        "itunes:subtitle", "itunes:summary", "itunes:keywords", "comments",
    }
)  # fmt: skip

# A locked show's pictures stay where they are.
PICTURES = frozenset(
    {"itunes:image", "podcast:image", "podcast:images", "media:thumbnail", "googleplay:image", "image"}
)

_NOT_FROM_EXTRAS = frozenset(fact.name for fact in ITEM if fact.field or fact.bucket is Bucket.DROP)
_OTHER_FEEDS_LINKS = frozenset(
    {"self", "hub", "first", "next", "prev", "previous", "last", "current", "prev-archive", "next-archive"}
)


def is_carried(element: Element) -> bool:
    """Say whether an element of `extras` goes into our item word for word.

    >>> is_carried(Element("podcast:soundbite")), is_carried(Element("itunes:new-feed-url"))
    (True, False)
    """
    if element.name in _NOT_FROM_EXTRAS:
        return False
    if element.name == "atom:link":
        return element.get("rel").strip().lower() not in _OTHER_FEEDS_LINKS
    if element.name == "podcast:txt":
        return element.get("purpose").strip().lower() != "verify"
    if element.name == "podcast:person":
        # The namespace: "cannot be blank".
        return bool(element.text.strip())
    return True


def table(facts: tuple[Fact, ...]) -> str:
    """Write facts as a Markdown table."""
    rows = [f"| `{fact.name}` | {fact.bucket.value} | {fact.how} |" for fact in facts]
    return "\n".join(("| element | bucket | how, or why not |", "|---|---|---|", *rows))
