"""Encodings: any body of an allowed encoding as UTF-8. What is valid UTF-8 passes through untouched."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from dataclasses import dataclass

from mediafeed.errors import ParseError
from mediafeed.model.source import FailureKind

# UTF-32's mark begins with UTF-16's: the longer ones first.
_MARKS = (
    (BOM_UTF32_LE, "utf-32-le"),
    (BOM_UTF32_BE, "utf-32-be"),
    (BOM_UTF8, "utf-8"),
    (BOM_UTF16_LE, "utf-16-le"),
    (BOM_UTF16_BE, "utf-16-be"),
)
_WIDE_UNMARKED = re.compile(rb"\s*(?:<\0|\0<|\0\0\0<|\{\0|\0\{)")
_DECLARATION = re.compile(rb"\s*<\?xml\s[^>]*?\bencoding\s*=\s*[\"']([^\"'>]*)")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_LONGEST_DECLARATION = 1024

_SINGLE_BYTE = {
    "latin1": "iso-8859-1",
    "latin-1": "iso-8859-1",
    "l1": "iso-8859-1",
    "macintosh": "mac-roman",
    "tis-620": "tis-620",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "ibm866": "cp866",
    "cp866": "cp866",
    "windows-874": "cp874",
    "iso-8859-8-i": "iso-8859-8",
    **{f"iso-8859-{part}": f"iso-8859-{part}" for part in range(1, 17) if part != 12},
    **{f"iso8859-{part}": f"iso-8859-{part}" for part in range(1, 17) if part != 12},
    **{f"windows-{page}": f"cp{page}" for page in range(1250, 1259)},
    **{f"cp{page}": f"cp{page}" for page in range(1250, 1259)},
}
# Python knows more (utf-7, idna, rot13, unicode_escape …): nobody writes a feed in them for an honest purpose.
_ALLOWED = _SINGLE_BYTE | {
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
}
_UTF8 = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
_WIDE = frozenset({"utf-16", "utf-16le", "utf-16be", "utf-32", "utf-32le", "utf-32be", "ucs-2", "unicode"})


@dataclass(frozen=True, slots=True)
class Decoded:
    """A body in UTF-8 without a byte order mark; `flags` say what had to be assumed."""

    body: bytes
    flags: tuple[str, ...] = ()


def to_utf8(body: bytes, content_type: str = "") -> Decoded:
    """Bring a body to UTF-8: byte order mark before declaration before Content-Type.

    Bytes said to be UTF-8 are not checked: the XML reader does that where it reads.

    >>> to_utf8('<?xml version="1.0" encoding="iso-8859-1"?><t>é</t>'.encode("iso-8859-1")).body[-9:].decode()
    '<t>é</t>'

    Raises:
        ParseError: The encoding is none of the allowed ones.
    """
    for mark, codec in _MARKS:
        if body.startswith(mark):
            return Decoded(body[len(mark) :]) if codec == "utf-8" else _decoded(body[len(mark) :], codec)
    if _WIDE_UNMARKED.match(body):
        raise ParseError(FailureKind.ENCODING, "utf-16 or utf-32 without a byte order mark")
    declared = _declared(body)
    if declared in _UTF8:
        return Decoded(body)
    if declared in _WIDE:
        return Decoded(body, (f"declared {declared}, read as utf-8",))
    if declared:
        return _as_declared(body, declared)
    return _undeclared(body, content_type)


def _declared(body: bytes) -> str:
    start = body[:_LONGEST_DECLARATION]
    if found := _DECLARATION.match(start):
        return found[1].decode("latin-1").strip().lower()
    if start.lstrip().startswith(b"<?xml ") and b"?>" not in start:
        raise ParseError(FailureKind.ENCODING, "an endless XML declaration")
    return ""


def _as_declared(body: bytes, declared: str) -> Decoded:
    codec = _ALLOWED.get(declared)
    if codec is None:
        raise ParseError(FailureKind.ENCODING, f"{declared[:40]!r}")
    if body.isascii() and codec != "iso2022_jp":
        return Decoded(body)
    if declared in _SINGLE_BYTE and _is_utf8(body):
        # Text in a one-byte encoding is never valid UTF-8 by chance.
        return Decoded(body, (f"declared {declared}, read as utf-8",))
    if codec == "iso-8859-1" and (text := _as_windows_1252(body)) is not None:
        return Decoded(text.encode())
    return _decoded(body, codec)


def _undeclared(body: bytes, content_type: str) -> Decoded:
    if body.isascii() or _is_utf8(body):
        return Decoded(body)
    said = _CHARSET.search(content_type)
    codec = _ALLOWED.get(said[1].lower()) if said else None
    return _decoded(body, codec) if codec else Decoded(body)


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _as_windows_1252(body: bytes) -> str | None:
    """Read latin-1 as everybody writes it: 0x80 to 0x9F are quotation marks and dashes, not control characters."""
    try:
        return body.decode("cp1252")
    except UnicodeDecodeError:
        return None


def _decoded(body: bytes, codec: str) -> Decoded:
    try:
        return Decoded(body.decode(codec).encode())
    except UnicodeError:
        text = body.decode(codec, "replace")
    return Decoded(text.encode("utf-8", "replace"), (f"some bytes are no {codec}: replaced",))


_CESU_PAIR = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")
_CESU_HALF = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_STRAY = re.compile("[\udc80-\udcff]+")


def stray_bytes_as_windows_1252(body: bytes) -> bytes:
    r"""Read what is no UTF-8 as windows-1252, the rest as UTF-8; pairs of surrogates become the character they mean.

    >>> stray_bytes_as_windows_1252(b"caf\xe9 " + "für".encode()).decode()
    'café für'
    """
    if _is_utf8(body):
        return body
    body = _CESU_PAIR.sub(_whole_character, body)
    body = _CESU_HALF.sub(b"\xef\xbf\xbd", body)
    return _STRAY.sub(_windows_1252, body.decode("utf-8", "surrogateescape")).encode()


def _whole_character(pair: re.Match[bytes]) -> bytes:
    halves = pair[0].decode("utf-8", "surrogatepass")
    return halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le").encode()


def _windows_1252(stray: re.Match[str]) -> str:
    return stray[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace")
