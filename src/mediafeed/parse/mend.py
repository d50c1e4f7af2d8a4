"""Mend XML byte by byte where the meaning is beyond doubt; CDATA and comments are left as they are."""

import re
from collections.abc import Callable, Mapping
from html.entities import html5

_TOKEN = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)"
    rb"|&#(?:5[56]\d{3}|[xX][dD][89abAB][0-9a-fA-F]{2});&#(?:5[67]\d{3}|[xX][dD][c-fC-F][0-9a-fA-F]{2});"
    rb"|&(?:#[xX]?[0-9a-fA-F]{1,10};|[A-Za-z][A-Za-z0-9]{0,31};)?"
    rb"|\]\]>|<(?![A-Za-z_/!?])",
    re.DOTALL,
)
_OPEN_CDATA = re.compile(rb"<([A-Za-z_][\w:.-]{0,99})(?:\s[^<>]{0,999})?>\s{0,99}<!\[CDATA\[")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_REPLACEMENT = "\ufffd".encode()
_XML_OWN = frozenset({b"&amp;", b"&lt;", b"&gt;", b"&quot;", b"&apos;"})
_PLAIN = {b"]]>": b"]]&gt;", b"<": b"&lt;", b"&": b"&amp;"}


def mended(piece: bytes, entities: Mapping[str, bytes] | None = None) -> bytes:
    r"""Repair what XML forbids: control characters, HTML's entities, a bare "&" or "<", impossible characters.

    >>> mended(b"<title>Q&A&nbsp;1 < 2&#0;&hellip;<![CDATA[&nbsp;]]></title>").decode()
    '<title>Q&amp;A\xa01 &lt; 2�…<![CDATA[&nbsp;]]></title>'
    """
    return _TOKEN.sub(_mender(entities or {}), _CONTROL.sub(_REPLACEMENT, piece))


def with_cdata_closed(piece: bytes) -> bytes:
    """Close CDATA that never ends where its element ends.

    >>> with_cdata_closed(b"<item><title><![CDATA[Japan</title></item>")
    b'<item><title><![CDATA[Japan]]></title></item>'
    """
    found = _OPEN_CDATA.search(piece, piece.rfind(b"]]>") + 1)
    end = piece.find(b"</%b>" % found[1], found.end()) if found else -1
    return piece[:end] + b"]]>" + piece[end:] if end >= 0 else piece


def with_entities(document: bytes, entities: Mapping[str, bytes]) -> bytes:
    """Resolve the entities a document declared, and HTML's, which RSS 0.91's document type declares.

    >>> with_entities(b"<t>&who; caf&eacute; &amp; &unknown;</t>", {"who": b"RUSI"}).decode()
    '<t>RUSI café &amp; &unknown;</t>'
    """

    def resolved(token: re.Match[bytes]) -> bytes:
        if token[0].startswith(b"<") or token[0] in _XML_OWN:
            return token[0]
        return _named(token[0], entities) or token[0]

    return _NAMED.sub(resolved, document)


_NAMED = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|&[A-Za-z_][\w.-]{0,99};", re.DOTALL)


def _mender(entities: Mapping[str, bytes]) -> Callable[[re.Match[bytes]], bytes]:
    def mend(found: re.Match[bytes]) -> bytes:
        token = found[0]
        if token in _PLAIN:
            return _PLAIN[token]
        if token.startswith(b"<") or token in _XML_OWN:
            return token
        if token.startswith(b"&#"):
            return _characters(token)
        return _named(token, entities) or b"&amp;" + token[1:]

    return mend


def _named(token: bytes, entities: Mapping[str, bytes]) -> bytes | None:
    name = token[1:-1].decode("utf-8", "replace")
    if name in entities:
        return entities[name]
    character = html5.get(f"{name};")
    # "&colon;" and the like could be markup only as &lt; and &amp; are, which never come here.
    return character.replace("&", "&amp;").replace("<", "&lt;").encode() if character else None


def _characters(token: bytes) -> bytes:
    """Resolve references XML cannot have; two halves of a character are that character."""
    codes = [_code(reference) for reference in token.split(b";") if reference]
    if len(codes) == 2 and 0xD800 <= codes[0] < 0xDC00 <= codes[1] < 0xE000:
        return chr(0x10000 + ((codes[0] - 0xD800) << 10) + (codes[1] - 0xDC00)).encode()
    if all(_is_allowed(code) for code in codes):
        return token
    return b"".join(_reference(code) for code in codes)


def _code(reference: bytes) -> int:
    digits = reference.removeprefix(b"&#")
    try:
        return int(digits[1:], 16) if digits[:1] in b"xX" else int(digits)
    except ValueError:
        return -1


def _reference(code: int) -> bytes:
    return b"&#%d;" % code if _is_allowed(code) else _REPLACEMENT


def _is_allowed(code: int) -> bool:
    return code in {9, 10, 13} or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code <= 0x10FFFF
