"""What a visit had to doubt, in few words: a feed of a thousand broken items is one line."""

import re
from collections.abc import Iterable

_ABOUT_ITEM = re.compile(r"item (\d+): (.+)", re.DOTALL)


def in_few_words(flags: Iterable[str]) -> tuple[str, ...]:
    """Say the same doubt of several items once.

    >>> in_few_words(("head: mended", "item 1: mended", "item 2: mended", "item 3: set aside", "item 9: mended"))
    ('head: mended', 'items 1-2, 9: mended', 'item 3: set aside')
    """
    items: dict[str, list[int]] = {}
    for flag in flags:
        found = _ABOUT_ITEM.fullmatch(flag)
        items.setdefault(found[2] if found else flag, []).extend([int(found[1])] if found else [])
    return tuple(_said(what, numbers) for what, numbers in items.items())


def _said(what: str, numbers: list[int]) -> str:
    if not numbers:
        return what
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    told = ", ".join(f"{start}-{end}" if end > start else str(start) for start, end in runs)
    return f"item{'s' if len(numbers) > 1 else ''} {told}: {what}"
