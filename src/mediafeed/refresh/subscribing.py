"""When a hub is asked for a subscription, and what its words come to: pure. docs/websub.md tells it in prose."""

import hmac
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from mediafeed.model.source import Failed, FailureKind
from mediafeed.model.terms import Habits
from mediafeed.model.websub import Lease, Offer, Subscription
from mediafeed.refresh.pacing import in_words

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
ASKED_FOR = timedelta(days=10)  # W3C WebSub, 8.2: "10 days is a good default"
# Between two questions about one subscription: the hub is not asked more often than the source.
OFTEN = HOUR
LEAST = OFTEN * 1.1  # a shorter lease is not kept up: it would be over when the hub may be asked again
LONGEST = timedelta(days=30)  # whatever a hub says, it is asked again after this
AGAIN_AFTER_DENIAL = timedelta(days=30)
GOODBYES = 3  # times that a hub is told that it is over; the lease ends by itself
LONGEST_REASON = 200  # characters

# 5.3.1: "hub.challenge" is random; what is longer than this is something else.
LONGEST_CHALLENGE = 1_000
ALGORITHMS = frozenset({"sha1", "sha256", "sha384", "sha512"})

# What does not pass by itself in an hour: the hub is not there any more, or does not want us.
_LASTING = frozenset(
    {FailureKind.GONE, FailureKind.MISSING, FailureKind.BLOCKED, FailureKind.STATUS, FailureKind.REFUSED,
     FailureKind.BAD_ADDRESS, FailureKind.REDIRECTS}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """Subscriptions to begin, and those to end."""

    begin: tuple[Subscription, ...] = ()
    end: tuple[Subscription, ...] = ()


def plan(
    offers: Mapping[str, Offer],
    held: Iterable[Subscription],
    *,
    site: str,
    begin: Callable[[str, Offer], Subscription],
) -> Plan:
    """Bring subscriptions and offers together.

    Args:
        offers: What sources name, by source; of those that are not to be subscribed to, nothing.
        held: Every subscription there is.
        site: The address of ours that callbacks stand under; one under another address is ended and begun anew.
        begin: Makes a new one.
    """
    kept: set[str] = set()
    end: list[Subscription] = []
    for one in held:
        if not one.wanted:
            continue
        offer = offers.get(one.source)
        if one.source not in kept and offer == Offer(one.hub, one.topic) and one.callback.startswith(f"{site}/"):
            kept.add(one.source)
        else:
            end.append(one)
    return Plan(tuple(begin(source, offer) for source, offer in offers.items() if source not in kept), tuple(end))


def is_live(one: Subscription, now: datetime) -> bool:
    """Say whether a hub has promised to tell us until later."""
    return one.wanted and one.until is not None and one.until > now


def ended(one: Subscription, now: datetime) -> Subscription | None:
    """End a subscription: the hub is told so, unless there is nothing to end."""
    return replace(one, wanted=False, due=now, failures=0) if is_live(one, now) else None


def asked(one: Subscription, now: datetime, habits: Habits) -> Subscription:
    """Count a question, before it is sent: a hub may confirm it before it answers."""
    wait = habits.scaled(min(HOUR * 2 ** min(one.failures, 10), DAY))
    return replace(one, asked=now, failures=one.failures + 1, due=now + wait, trouble="not confirmed yet")


def refused(one: Subscription, failed: Failed, now: datetime, habits: Habits) -> Subscription:
    """Note that a hub did not take a question; what it confirmed all the same holds."""
    if one.asked and one.confirmed and one.confirmed >= one.asked:
        return one
    due = max(one.due, now + habits.scaled(WEEK)) if failed.kind in _LASTING else one.due
    if failed.retry_after:
        due = max(due, failed.retry_after)
    return replace(one, due=due, trouble=f"{failed.kind}: {failed.detail}"[:LONGEST_REASON])


def is_over(one: Subscription, now: datetime) -> bool:
    """Say whether a subscription that is not wanted need not be told of any more."""
    return not one.wanted and (one.until is None or one.until <= now or one.failures >= GOODBYES)


def confirmed(one: Subscription, lease: str, now: datetime, spread: float, habits: Habits) -> Subscription:
    """Note that the hub confirmed a subscription for `lease` seconds.

    It is asked again when three fifths of that are over, or up to a tenth sooner by `spread` (0 to 1): whoever
    subscribes to many sources at once does not renew them all at once. Two fifths are left for hubs that are down.
    """
    said = timedelta(seconds=int(lease)) if lease.isascii() and lease.isdigit() and len(lease) < 10 else ASKED_FOR
    length = min(said, LONGEST)
    is_short = length < habits.scaled(LEAST)
    wait = habits.scaled(DAY) if is_short else max(length * (0.6 - 0.1 * spread), habits.scaled(OFTEN))
    trouble = f"a lease of {in_words(length)} is too short to be kept up" if is_short else ""
    return replace(one, confirmed=now, until=now + length, due=now + wait, failures=0, trouble=trouble)


def denied(one: Subscription, reason: str, now: datetime, habits: Habits) -> Subscription:
    """Note that the hub does not want to, now or any more (5.2)."""
    told = "".join(letter for letter in reason[:LONGEST_REASON] if letter.isprintable()).strip()
    trouble = f"denied by the hub: {told}" if told else "denied by the hub"
    return replace(
        one, asked=None, until=None, due=now + habits.scaled(AGAIN_AFTER_DENIAL), announces=False, trouble=trouble
    )


def may_confirm(one: Subscription, mode: str, topic: str) -> bool:
    """Say whether this is what we asked the hub for."""
    return one.asked is not None and topic == one.topic and mode == ("subscribe" if one.wanted else "unsubscribe")


def pushed(one: Subscription, now: datetime, *, signed: bool) -> Subscription:
    """Count what was pushed."""
    if not signed:
        return replace(one, ignored=one.ignored + 1)
    return replace(one, pushes=one.pushes + 1, last_push=now)


def is_signed(body: bytes, header: str, secret: str) -> bool:
    """Say whether `X-Hub-Signature` is that of a body, in constant time; without one it is not.

    >>> is_signed(b"x", "sha1=0", "secret"), is_signed(b"x", "", "secret")
    (False, False)
    """
    method, _, said = header.strip().partition("=")
    if method.lower() not in ALGORITHMS:
        return False
    right = hmac.new(secret.encode(), body, method.lower()).hexdigest()
    return hmac.compare_digest(right.encode(), said.strip().lower().encode())


def after_visit(one: Subscription, before: datetime | None, *, new: bool) -> Subscription:
    """Learn from a visit that found something new whether the hub had told of it since `before`, the visit before."""
    if not new:
        return one
    told = one.last_push is not None and (before is None or one.last_push >= before)
    return replace(one, announces=told)


def lease_of(one: Subscription, now: datetime) -> Lease | None:
    """Give the lease by which a source may be visited less often: a promise that was seen to be kept."""
    if one.until is None or not is_live(one, now) or not one.announces:
        return None
    return Lease(host_of(one), one.until)


def in_short(one: Subscription, now: datetime) -> str:
    """Say in a line how it stands with a hub."""
    parts = [f"lease until {one.until:%Y-%m-%d %H:%M} UTC"] if is_live(one, now) else []
    if one.trouble:
        parts.append(one.trouble)
    if one.pushes or one.ignored:
        parts.append(f"{one.pushes} pushed, {one.ignored} ignored")
    return f"{host_of(one)}: {'; '.join(parts) or 'not asked yet'}"


def host_of(one: Subscription) -> str:
    """Give the hub's host."""
    return urlsplit(one.hub).hostname or one.hub
