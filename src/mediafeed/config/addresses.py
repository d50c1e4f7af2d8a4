"""Addresses in a config file: what may stand there, and whether one lies in a network."""

import ipaddress
import re
from collections.abc import Iterable
from urllib.parse import SplitResult, urlsplit

_LONGEST = 2048
_UNFIT = re.compile(r"[\x00-\x20\x7f-\x9f\\<>\"`{}|^]")
_LOOPBACK = ipaddress.ip_address("127.0.0.1")


def _split(text: str) -> SplitResult:
    if len(text) > _LONGEST:
        raise ValueError(f"is longer than {_LONGEST} characters")
    if _UNFIT.search(text):
        raise ValueError("holds a space or another character that no address may hold")
    try:
        parts = urlsplit(text)
        _ = parts.port  # the port is only looked at when it is asked for
    except ValueError:
        raise ValueError("is no address that can be read") from None
    return parts


def address(text: str) -> str:
    """Give an absolute http or https address back, trimmed, or say what is wrong with it.

    Raises:
        ValueError: Not http(s), no host, or a password in it.
    """
    text = text.strip()
    parts = _split(text)
    if parts.username is not None or parts.password is not None:
        raise ValueError('must not hold a user or password: use `auth = "env:NAME"` for that')
    if parts.scheme.lower() not in ("http", "https"):
        raise ValueError('must begin with "https://" or "http://"')
    if not parts.hostname:
        raise ValueError("names no host")
    return text


def base_address(text: str) -> str:
    """Give an address that others are built on: without query, fragment and closing slashes.

    >>> base_address("https://podcasts.example.org/")
    'https://podcasts.example.org'
    """
    text = address(text)
    if "?" in text or "#" in text:
        raise ValueError('must not hold "?" or "#": paths are put behind it')
    return text.rstrip("/")


def network(text: str) -> str:
    """Give a network in CIDR form back as it is usually written.

    >>> network("127.0.0.1")
    '127.0.0.1/32'
    """
    try:
        return str(ipaddress.ip_network(text.strip()))
    except ValueError as error:
        if "host bits" in str(error):
            right = ipaddress.ip_network(text.strip(), strict=False)
            raise ValueError(f'is an address inside a network: write "{right}"') from None
        raise ValueError('is no network such as "127.0.0.0/8" or "::1/128"') from None


def host_of(url: str) -> str:
    """Give the host of an address in small letters, "" where there is none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def is_inside(host: str, networks: Iterable[str]) -> bool:
    """Say whether a host is a literal address, or localhost, inside one of the networks.

    A name is never inside: what it stands for may change between this look and the visit.

    >>> is_inside("127.0.0.1", ["127.0.0.0/8"]), is_inside("localhost", ["127.0.0.0/8"]), is_inside("a.example", [])
    (True, True, False)
    """
    if host == "localhost" or host.endswith(".localhost"):  # RFC 6761, 6.3: always loopback
        literal: ipaddress.IPv4Address | ipaddress.IPv6Address = _LOOPBACK
    else:
        try:
            literal = ipaddress.ip_address(host)
        except ValueError:
            return False
    return any(literal in ipaddress.ip_network(each) for each in networks)
