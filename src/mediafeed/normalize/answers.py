"""Yes and no, as feeds say them."""

from typing import Final

_EXPLICIT: Final = {
    **dict.fromkeys(("yes", "true", "explicit", "1"), True),
    **dict.fromkeys(("no", "false", "clean", "notexplicit", "0"), False),
}


def is_explicit(text: str) -> bool | None:
    """Read itunes:explicit in its old words and its new ones; None where it says nothing.

    >>> is_explicit("Yes"), is_explicit("clean"), is_explicit("")
    (True, False, None)
    """
    return _EXPLICIT.get(text.strip().lower())


def is_yes(text: str) -> bool:
    """Say whether a tag like itunes:block or podcast:locked says yes; anything but yes means no.

    >>> is_yes(" YES "), is_yes("no"), is_yes("")
    (True, False, False)
    """
    return text.strip().lower() in {"yes", "true"}
