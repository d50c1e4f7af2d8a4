"""Which episodes stand in which archive document (RFC 5005, section 4)."""

from collections.abc import Mapping, Sequence

LIMIT = 4_900_000  # bytes of items in a feed's own document: with its head it stays under 5,000,000
TARGET = 2_400_000  # bytes of items in an archive when it is closed: corrections may let it grow to twice that


def partition(
    rows: Sequence[tuple[str, int]], held: Mapping[str, int], limit: int = LIMIT, target: int = TARGET
) -> dict[str, int]:
    """Choose what moves from a feed's own document into new archives.

    Args:
        rows: Episode ids with the bytes they take, oldest first.
        held: The archives of before: they are kept for ever.
        limit: Bytes up to which the open rest is left alone.
        target: Bytes that go into one archive.

    Returns:
        The newly closed: archive number by episode id, numbers going on from the highest one held. Empty while the
        open rest is within `limit`.

    >>> partition([("a", 2), ("b", 2), ("c", 2), ("d", 2)], {}, limit=5, target=3)
    {'a': 1, 'b': 2}
    """
    rest = [(episode, size) for episode, size in rows if episode not in held]
    size_left = sum(size for _, size in rest)
    closed: dict[str, int] = {}
    number = max(held.values(), default=0)
    filled = target  # the first one opens an archive
    for episode, size in rest:
        if filled + size > target:
            if size_left <= limit:
                break
            number, filled = number + 1, 0
        closed[episode] = number
        filled += size
        size_left -= size
    return closed
