"""What publishers say of their shows, word for word in channels of ours."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from mediafeed.model.episode import Show
from mediafeed.model.parsed import Element, named, words
from mediafeed.publish.buckets import is_restated, without_pictures

# The namespace's mediums of a feed that has episodes; lists and publishers' feeds have none.
_MEDIUMS = frozenset({"podcast", "music", "video", "film", "audiobook", "newsletter", "blog", "course"})
_KINDS = frozenset({"episodic", "serial"})
_MOST_LIVE = 8


def said_of_show(show: Show) -> Iterator[Element]:
    """Give what a show's own feed says word for word: all that its publisher does, but what is ours to say."""
    elements = (element for element in (*show.pushed, *show.extras) if is_restated(element))
    return without_pictures(elements) if show.locked else iter(tuple(elements))


def said_for_all(shows: Iterable[Show]) -> Iterator[Element]:
    """Give what a merged channel can say of its shows: what is, or will be, live.

    A live item stands beside the items and has no page of ours: it names its show as an item would, and restates what
    its channel says of all. A service that one show wants to be left out of is told so by its own feed alone.
    """
    for show in shows:
        for live in named(tuple(said_of_show(show)), "podcast:liveItem")[:_MOST_LIVE]:
            yield _of_show(live, show)


def _of_show(live: Element, show: Show) -> Element:
    own = tuple(child for child in live.children if child.name != "source")
    said = {child.name for child in own}
    inherited = tuple(element for element in show.pushed if element.name not in said and is_restated(element))
    source = Element("source", show.title, (("url", show.feed_url or show.link or ""),))
    facts = without_pictures(inherited) if show.locked else inherited
    return replace(live, children=(*own, source, *facts))


def stated_medium(show: Show) -> str:
    """Give the podcast:medium of a show's own feed.

    >>> stated_medium(Show(id="a", source="a", title="A", extras=(Element("podcast:medium", "audiobook"),)))
    'audiobook'
    """
    return _stated(show, "podcast:medium", _MEDIUMS, "podcast")


def stated_kind(show: Show) -> str:
    """Give the itunes:type of a show's own feed.

    >>> stated_kind(Show(id="a", source="a", title="A", extras=(Element("itunes:type", "Serial"),)))
    'serial'
    """
    return _stated(show, "itunes:type", _KINDS, "episodic")


def _stated(show: Show, name: str, known: frozenset[str], usual: str) -> str:
    said = words(show.extras, name).lower()
    return said if said in known else usual
