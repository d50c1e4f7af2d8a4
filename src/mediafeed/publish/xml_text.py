"""What XML and JSON may hold: characters, dates, lengths."""

import re
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from enum import Enum
from typing import Any, TypeVar, cast

from lxml import etree

DESCRIPTION_BYTES = 4000  # Apple and PSP-1 both cut there

Anything = TypeVar("Anything")

# XML 1.0, 2.2 (Char). What is outside, lone surrogates included, cannot even be escaped.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_TAG = re.compile(r"<[^>]*>")
_STRICT = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)


def legal(value: Anything) -> Anything:
    r"""Put U+FFFD for every character XML forbids, in a text or in all texts inside a frozen value.

    >>> legal("Epi\x00sode"), legal(("a", "b\ud800"))
    ('Epi�sode', ('a', 'b�'))
    """
    changed: Any = value
    # Members of a StrEnum are texts too, but ours: they stay what they are.
    if isinstance(value, str) and not isinstance(value, Enum):
        changed = _ILLEGAL.sub("\ufffd", value)
    elif isinstance(value, tuple):
        changed = tuple(legal(part) for part in value)
    elif is_dataclass(value) and not isinstance(value, type):
        changed = replace(value, **{field.name: legal(getattr(value, field.name)) for field in fields(value)})
    return cast("Anything", changed)


def upright(text: str) -> str:
    r"""Take away the marks that turn the reading direction: a name or a quotation is not to be read backwards.

    >>> upright("Ann \u202eeeL")
    'Ann eeL'
    """
    return text if text.isascii() else _TURNING.sub("", text)


def well_formed(document: bytes) -> None:
    """Read a document again as strictly as any reader would.

    Raises:
        lxml.etree.XMLSyntaxError: It is not well-formed.
    """
    etree.fromstring(document, _STRICT)


def rfc2822(when: datetime) -> str:
    """Write a time as RSS wants it, with its own zone.

    >>> rfc2822(datetime(2022, 9, 21, 6, tzinfo=UTC))
    'Wed, 21 Sep 2022 06:00:00 +0000'
    """
    offset = when.utcoffset()
    # RFC 2822, 3.3: zones have hours and minutes; local mean times have seconds as well.
    if offset is not None and offset.total_seconds() % 60:
        when = when.astimezone(UTC)
    return format_datetime(when)


def cut_bytes(text: str, limit: int) -> str:
    """Give as much of a text as fits into so many bytes of UTF-8, cut between words and marked by an ellipsis.

    >>> cut_bytes("Japan and the United Kingdom", 20)
    'Japan and the…'
    """
    encoded = text.encode("utf-8", "replace")
    if len(encoded) <= limit:
        return text
    head = encoded[: limit - 3].decode("utf-8", "ignore")
    words = head.rsplit(None, 1)
    return (words[0] if len(words) == 2 and len(words[0]) > len(head) // 2 else head).rstrip() + "…"


def described(exact: str, plain: str, notes: str, limit: int = DESCRIPTION_BYTES) -> str:
    """Choose the description: the source's own word for word while it is short enough, else words cut between words.

    Args:
        exact: The description element as found, "" where nobody kept it.
        plain: The summary as plain text.
        notes: The notes as found.
        limit: Bytes.
    """
    for candidate in (exact, plain, notes):
        if candidate.strip():
            if len(candidate) <= limit and len(candidate.encode("utf-8", "replace")) <= limit:
                return candidate
            break
    # Cutting markup would leave it open: beyond the limit it is plain words, the whole is in content:encoded.
    return cut_bytes(plain.strip() or " ".join(_TAG.sub(" ", exact or notes).split()), limit)
