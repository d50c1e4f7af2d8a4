"""The guard: which addresses may be connected to.

It stands at connect time and on every hop, because a name means what its owner wants it to mean at that moment.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

from mediafeed.fetch.failure import NoAnswerError
from mediafeed.model.source import FailureKind

OPEN_PORTS: Final = frozenset({80, 443, 8080, 8443})

_IP = IPv4Address | IPv6Address
_Network = IPv4Network | IPv6Network

# The IANA special-purpose registries, multicast, and what clouds put on addresses that look public.
# `ipaddress.is_private` alone lets 18 of the 45 known bad ones through.
_NOT_PUBLIC: Final[tuple[tuple[_Network, str], ...]] = tuple(
    (ip_network(network), what)
    for network, what in (
        ("0.0.0.0/8", "this host"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "carrier-grade NAT"),
        ("127.0.0.0/8", "loopback"),
        ("168.63.129.16/32", "cloud metadata"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "protocol assignments"),
        ("192.0.2.0/24", "documentation"),
        ("192.31.196.0/24", "AS112"),
        ("192.52.193.0/24", "AMT"),
        ("192.88.99.0/24", "6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("192.175.48.0/24", "AS112"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
        ("::1/128", "loopback"),
        ("fe80::/10", "link-local"),
        ("fc00::/7", "private"),
        ("ff00::/8", "multicast"),
        # Teredo, ORCHID and other protocol assignments; 2001:200:: and up are ordinary.
        ("2001::/23", "protocol assignments"),
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "6to4"),
        ("2620:4f:8000::/48", "AS112"),
        ("3fff::/20", "documentation"),
    )
)
# All of IPv6 that is given out as public. Whatever is outside is refused without a name: ::/96, ::ffff:0:0/96,
# 64:ff9b::/96 (NAT64), 100::/64, 5f00::/16, fec0::/10 and what the registries add tomorrow.
_PUBLIC_IPV6: Final = IPv6Network("2000::/3")
_LOOPBACK_IPV4: Final = IPv4Address("127.0.0.1")
_LOOPBACK_IPV6: Final = IPv6Address("::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Where one host may be connected to: all of its addresses, each judged good.

    `inside` says that the operator's allow list, not the guard's rules, let it pass.
    """

    host: str
    port: int
    addresses: tuple[str, ...]
    inside: bool


class Guard:
    """Judges addresses by the rules and by the operator's allow list. Knows no names and asks nobody."""

    def __init__(self, allow: Iterable[str], ports: Iterable[int]) -> None:
        self._allow: tuple[_Network, ...] = tuple(ip_network(network, strict=False) for network in allow)
        self._ports = OPEN_PORTS | frozenset(ports)

    def door(self, host: str, port: int, addresses: Sequence[str]) -> Door:
        """Judge a resolver's whole answer: one bad address in it and none is used.

        Raises:
            NoAnswerError: REFUSED, with the address and what is wrong with it.
        """
        inside = [self._judged(address, port) for address in addresses]
        if not inside:
            raise NoAnswerError(FailureKind.DNS, f"{host} has no address")
        if any(inside) and not all(inside):
            raise NoAnswerError(FailureKind.REFUSED, f"{host} is both inside and outside of fetch.allow")
        plain = tuple(str(ip_address(address)) for address in addresses)
        return Door(host=host, port=port, addresses=plain, inside=all(inside))

    def _judged(self, address: str, port: int) -> bool:
        """Say whether an address is inside of the allow list; refuse it if it is neither that nor public."""
        try:
            ip = ip_address(address)
        except ValueError as error:
            raise NoAnswerError(FailureKind.REFUSED, f"{address[:60]!r} is no address") from error
        if self._allowed(ip):
            return True
        if reason := _why_not_public(ip):
            raise NoAnswerError(FailureKind.REFUSED, f"{address} is not a public address ({reason})")
        if port not in self._ports:
            raise NoAnswerError(FailureKind.REFUSED, f"port {port} is not open; fetch.ports can open it")
        return False

    def _allowed(self, ip: _IP) -> bool:
        # "localhost" answers with both loopbacks: who allows the one of this machine allows the other.
        same = _LOOPBACK_IPV4 if ip == _LOOPBACK_IPV6 else ip
        return any(ip in network or same in network for network in self._allow)


def _why_not_public(ip: _IP) -> str:
    for network, what in _NOT_PUBLIC:
        if ip in network:
            return what
    if isinstance(ip, IPv6Address) and (ip not in _PUBLIC_IPV6 or ip.scope_id):
        return "not in use, or another address in disguise"
    return ""
