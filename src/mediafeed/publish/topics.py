"""Which of our documents hubs tell of: the feeds that go on. Archives never change, repaired feeds are others' own."""

import re

_TOPIC = re.compile(r"(?:(?:shows|people|views)/[^/]+/)?(?:feed|list)\.(?:xml|json)")


def is_topic(path: str) -> bool:
    """Say whether hubs are named in the document at a path, and told when it changes.

    >>> is_topic("people/ada-king/feed.xml"), is_topic("archive/feed-1.xml"), is_topic("sources/a/feed.xml")
    (True, False, False)
    """
    return _TOPIC.fullmatch(path) is not None
