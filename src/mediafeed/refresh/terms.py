"""What an answer binds us to from now on: pure. Wishes of documents, addresses that move, documents asked for whole."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from mediafeed.model.parsed import Element, first, named, words
from mediafeed.model.source import Failed, Fetched, FetchResult
from mediafeed.model.terms import Habits, Move, Terms, Wishes
from mediafeed.model.websub import Offer

STUCK = timedelta(days=8)  # P7: so long is "not modified" believed
PROOF = timedelta(days=7)  # P25: how long, and in how many visits, an address must have been said
PROOFS = 3
SLOW = 5.0  # seconds
REDIRECT = "301 or 308"
NEW_FEED_URL = "itunes:new-feed-url"
LONGEST_WISH = 86_400  # seconds
LONGEST = 2_000  # characters of a hub's or a topic's address

_PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer and what became of it. `head` is None where it was not read anew."""

    result: FetchResult
    address: str  # that was asked
    whole_asked: bool  # without a condition
    head: tuple[Element, ...] | None = None
    in_part: bool = False  # fetched, and not understood whole
    knows: bool = False  # an episode that was held stands in it


def must_ask_whole(terms: Terms, habits: Habits, now: datetime) -> bool:
    """Say whether "not modified" was heard for so long that the server may be stuck (P7); trusted hosts never are.

    That is a time within which we may ask, not one that we must wait for: no lowered minimum makes it shorter.
    """
    return not habits.trusted and terms.whole_asked is not None and now - terms.whole_asked >= STUCK


def terms_after(held: Terms, answer: Answer) -> Terms:
    """Give the terms that hold after an answer."""
    result = answer.result
    terms = replace(
        held,
        whole_asked=result.at if answer.whole_asked else held.whole_asked,
        slow=result.elapsed > SLOW,
    )
    if isinstance(result, Failed):
        return replace(terms, waits_at=_host(result.url) if result.retry_after else held.waits_at)
    # RFC 9111, 4.3.4: what a 304 does not say again is as it was. A 200 that says nothing takes it back.
    says = bool(result.freshness.said) or isinstance(result, Fetched)
    return replace(
        terms,
        freshness=result.freshness if says else held.freshness,
        wishes=held.wishes if answer.head is None else wishes_of(answer.head),
        in_part=held.in_part + 1 if answer.in_part else 0,
        waits_at="",
        move=move_after(held.move, answer),
        offer=offer_after(held.offer, answer),
    )


def offer_after(held: Offer | None, answer: Answer) -> Offer | None:
    """Find the hub and the topic (W3C WebSub, 4): Link headers first, then the channel's own links.

    What a 304 or an unread body does not say again is as it was.
    """
    result = answer.result
    if not isinstance(result, Fetched) or (answer.head is None and not (result.hub and result.topic)):
        return held
    head = answer.head or ()
    # 8.2: of several hubs an https one, if there is any.
    hubs = sorted((result.hub,) if result.hub else _links(head, "hub"), key=lambda hub: not hub.startswith("https:"))
    topics = ((result.topic,) if result.topic else _links(head, "self")) or (result.url,)
    return Offer(hub=hubs[0], topic=topics[0]) if hubs else None


def _links(head: tuple[Element, ...], rel: str) -> tuple[str, ...]:
    found = (link.get("href").strip() for link in named(head, "atom:link") if rel in link.get("rel").lower().split())
    return tuple(href for href in found if href.lower().startswith(("http://", "https://")) and len(href) <= LONGEST)


def wishes_of(head: tuple[Element, ...]) -> Wishes:
    """Read how a channel asks to be polled: ttl, sy:updatePeriod, skipHours, skipDays.

    >>> wishes_of((Element("ttl", "120"),))
    Wishes(least=7200, said='ttl', skip_hours=(), skip_days=())
    """
    ttl = _whole(words(head, "ttl")) * 60
    period = _PERIODS.get(words(head, "sy:updatePeriod").lower(), 0)
    often = max(_whole(words(head, "sy:updateFrequency")), 1)
    least, said = max((ttl, "ttl"), (period // often, "sy:updatePeriod"))
    hours = {hour % 24 for text in _listed(head, "skipHours") if (hour := _whole(text, none=99)) <= 24}  # 24 is 0
    days = {_DAYS.index(text.lower()) for text in _listed(head, "skipDays") if text.lower() in _DAYS}
    return Wishes(
        least=min(least, LONGEST_WISH),
        said=said if least else "",
        skip_hours=tuple(sorted(hours)),
        skip_days=tuple(sorted(days)),
    )


def _listed(head: tuple[Element, ...], name: str) -> list[str]:
    listing = first(head, name)
    return [child.text.strip() for child in listing.children] if listing else []


def _whole(text: str, none: int = 0) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else none


def move_after(held: Move | None, answer: Answer) -> Move | None:
    """Follow an address that a source says it stands at for good (P25): one visit that does not say so ends it.

    A failed visit says nothing. An announcement in the document stands while the document does.
    """
    result = answer.result
    if isinstance(result, Failed):
        return held
    to, said = result.moved_to, REDIRECT
    if to is None and answer.head is not None:
        to, said = announced(answer.head, answer.address, result.url), NEW_FEED_URL
    elif to is None and held and held.said == NEW_FEED_URL:
        to, said = held.to, NEW_FEED_URL
    if to is None:
        return None
    if held is None or (held.to, held.said) != (to, said):
        return Move(to=to, said=said, since=result.at, proved=answer.knows)
    return replace(held, visits=held.visits + 1, proved=held.proved or answer.knows)


def announced(head: tuple[Element, ...], *own: str) -> str | None:
    """Give the address that a channel says it moved to, None if that is where it stands or no step from safe ground."""
    to = words(head, NEW_FEED_URL)
    if not to.lower().startswith(("http://", "https://")) or any(_same(to, address) for address in own):
        return None
    return None if own[0].startswith("https:") and to.lower().startswith("http:") else to


def is_proven(move: Move | None, habits: Habits, now: datetime) -> bool:
    """Say whether a move was said often and long enough."""
    return move is not None and move.visits >= PROOFS and now - move.since >= habits.scaled(PROOF)


def _same(one: str, other: str) -> bool:
    return one.rstrip("/") == other.rstrip("/")


def _host(address: str) -> str:
    return urlsplit(address).hostname or ""
