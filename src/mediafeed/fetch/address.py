"""URLs as strangers write them, brought to the one form that is asked and shown.

Everything that libraries read in two ways (backslashes, tabs, `0177.0.0.1`) is refused, not repaired:
what the guard judged has to be what is connected to.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Final
from urllib.parse import urljoin

import idna

from mediafeed.fetch.failure import NoAnswerError
from mediafeed.model.source import FailureKind

LONGEST: Final = 8_000  # characters; what common servers and proxies take
DEFAULT_PORTS: Final = {"http": 80, "https": 443}

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_PARTS: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):(.*)\Z", re.DOTALL)
_HIERARCHY: Final = re.compile(r"//([^/?#]*)([^#]*)")
_LABEL: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
# WHATWG URL, "ends in a number": such a host is an IPv4 address to somebody, whatever it looks like to us.
_NUMBER: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")
_UNSAFE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})|[^!#-;=?-Z\]\[_a-z~%]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An http or https URL without fragment; the host is lower-case ASCII (punycode) and never in brackets."""

    scheme: str
    host: str
    port: int
    target: str  # path and query, percent-encoded, as given: maybe ""

    @property
    def origin(self) -> tuple[str, str, int]:
        """Give what a login belongs to (RFC 6454)."""
        return self.scheme, self.host, self.port

    def __str__(self) -> str:
        """Write the URL out."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.target}"


def read_address(url: str) -> Address:
    """Read a URL strictly.

    >>> str(read_address("HTTP://Bücher.example:80/a b?q#top"))
    'http://xn--bcher-kva.example/a%20b?q'

    Raises:
        NoAnswerError: Not an address (BAD_ADDRESS), or one that is never asked (REFUSED).
    """
    url = url.strip(" ")
    if len(url) > LONGEST:
        raise NoAnswerError(FailureKind.BAD_ADDRESS, f"the address is {len(url)} characters long")
    if _CONTROL.search(url):
        raise NoAnswerError(FailureKind.BAD_ADDRESS, "a control character in the address")
    parts = _PARTS.match(url)
    if not parts:
        raise NoAnswerError(FailureKind.BAD_ADDRESS, "the address does not start with https:// or http://")
    scheme = parts[1].lower()
    if scheme not in DEFAULT_PORTS:
        raise NoAnswerError(FailureKind.REFUSED, f"{scheme[:20]}: is not asked, only http and https")
    hierarchy = _HIERARCHY.match(parts[2])
    if not hierarchy:
        raise NoAnswerError(FailureKind.BAD_ADDRESS, "no host in the address")
    host, port = _host_and_port(hierarchy[1], DEFAULT_PORTS[scheme])
    return Address(scheme=scheme, host=host, port=port, target=_UNSAFE.sub(_encoded, hierarchy[2]))


def joined(base: Address, location: str) -> Address:
    """Read where a redirect leads. `location` may be relative, and raw UTF-8 that came as Latin-1.

    Raises:
        NoAnswerError: As in `read_address`.
    """
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    # urljoin silently drops tabs and line breaks, so they have to be seen before.
    if _CONTROL.search(location) or len(location) > LONGEST:
        raise NoAnswerError(FailureKind.BAD_ADDRESS, "redirected to something that is no address")
    location = location.strip(" ")
    if _PARTS.match(location):
        return read_address(location)  # urljoin would repair http:///x
    try:
        return read_address(urljoin(str(base), location))
    except ValueError as error:
        raise NoAnswerError(FailureKind.BAD_ADDRESS, "redirected to something that is no address") from error


def _encoded(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))


def _host_and_port(authority: str, default: int) -> tuple[str, int]:
    if "\\" in authority:
        raise NoAnswerError(FailureKind.BAD_ADDRESS, "the host is not written plainly")
    if "@" in authority:
        raise NoAnswerError(FailureKind.REFUSED, "a login in the address; put it in the source's auth instead")
    if "%" in authority:
        raise NoAnswerError(FailureKind.BAD_ADDRESS, "the host is not written plainly")
    bracket = authority.rfind("]")
    host, colon, port = authority[bracket + 1 :].partition(":")
    host = authority[: bracket + 1] + host
    if colon and port and not (port.isascii() and port.isdigit() and len(port) <= 5 and 0 < int(port) < 65_536):
        raise NoAnswerError(FailureKind.BAD_ADDRESS, "no such port")
    return _host(host), int(port) if port else default


def _host(host: str) -> str:
    if host.startswith("["):
        try:
            return IPv6Address(host.removeprefix("[").removesuffix("]")).compressed
        except AddressValueError as error:
            raise NoAnswerError(FailureKind.BAD_ADDRESS, "no IPv6 address between the brackets") from error
    name = (host if host.isascii() else _punycode(host)).lower().removesuffix(".")
    if not name:
        raise NoAnswerError(FailureKind.BAD_ADDRESS, "no host in the address")
    labels = name.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return _plain_ipv4(name, written=host)
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise NoAnswerError(FailureKind.BAD_ADDRESS, "no such host name")
    return name


def _punycode(host: str) -> str:
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError, IndexError) as error:
        raise NoAnswerError(FailureKind.BAD_ADDRESS, "no such host name") from error


def _plain_ipv4(name: str, *, written: str) -> str:
    try:
        plain = str(IPv4Address(name))
    except AddressValueError:
        plain = ""
    # ①②⑦.⓪.⓪.① and 0x7f000001 are the same as 127.0.0.1 to some resolvers and not to others.
    if plain != written:
        raise NoAnswerError(FailureKind.REFUSED, "a number for a host is asked only as four plain decimals")
    return plain
