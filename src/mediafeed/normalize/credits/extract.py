"""From the words of an episode and its show to credits: the one way in.

What is declared comes from `published`, what the words say from `speaking`, and `combine` makes one credit of each
person. An episode is `read` once; `habits_of` and `profile_of` are how a show's episodes learn from each other:

    words = [read(facts, show) for facts in episodes]
    profile = profile_of(Habits.total(map(habits_of, words)), show)
    credits = [credits_of(one, profile) for one in words]
"""

from dataclasses import dataclass, replace
from functools import lru_cache

from mediafeed.model.episode import Credit, CreditOrigin, Role
from mediafeed.normalize.credits.combine import united
from mediafeed.normalize.credits.contributors import contributor_credits
from mediafeed.normalize.credits.facts import Facts, ShowFacts
from mediafeed.normalize.credits.habits import Habits
from mediafeed.normalize.credits.known import known_hosts
from mediafeed.normalize.credits.profile import NOTHING_LEARNED, Profile, profile_of
from mediafeed.normalize.credits.published import author_credits, config_credits, person_credits
from mediafeed.normalize.credits.speaking import Read, habits_of, read, spoken

__all__ = [
    "NOTHING_LEARNED",
    "Facts",
    "Habits",
    "Profile",
    "Read",
    "ShowFacts",
    "credits_for",
    "credits_of",
    "habits_of",
    "profile_of",
    "read",
    "who_may_host",
]


def credits_for(facts: Facts, show: ShowFacts, profile: Profile = NOTHING_LEARNED) -> tuple[Credit, ...]:
    """Give one credit for each person that the evidence puts on the episode: `credits_of` it, read."""
    return credits_of(read(facts, show), profile)


def credits_of(words: Read, profile: Profile = NOTHING_LEARNED) -> tuple[Credit, ...]:
    """Give one credit for each person that the evidence puts on the episode.

    Pure, and independent of every other episode but for what `profile` says of them: the decisions that `profile_of`
    draws from the sum of `habits_of` over a show's episodes. Without a profile the words speak for themselves.

    Authority: the operator's config, podcast:person of the item, the words of title and description, what the show
    says of itself, author fields. A tag is not the whole truth (publishers forget guests): words may add guests.
    """
    facts, show = words.facts, words.show
    tagged = person_credits(facts.persons, CreditOrigin.PUBLISHER)
    usual = _usual(show)
    said = spoken(words, profile)
    by_author: tuple[Credit, ...] = ()
    if words.reading is None:  # not English
        by_author = author_credits(facts.author, "author", show.title) or usual.by_author
    tagged_hosts = [credit.name for credit in tagged if credit.role is Role.HOST]
    hosts = known_hosts((*usual.names, *profile.hosts, *tagged_hosts, *_hosts(said), *_hosts(by_author)))
    if tagged_hosts:
        said = tuple(credit for credit in said if credit.role is Role.GUEST)
    in_text = tuple(credit for credit in said if credit.origin is CreditOrigin.TEXT)
    taking_part = () if facts.persons else contributor_credits(facts, hosts)
    channel = () if facts.persons else usual.channel
    found = united(usual.configured, tagged, _guest_hosts(in_text, usual), taking_part, channel)
    declared = usual.configured or tagged or taking_part or channel
    for weaker in (tuple(credit for credit in said if credit.origin is not CreditOrigin.TEXT), by_author):
        if not declared or all(credit.role is Role.GUEST for credit in found):
            found = united(found, weaker)
    return found


def who_may_host(words: Read, profile: Profile = NOTHING_LEARNED) -> tuple[str, ...]:
    """Give everybody who is known to host the show, as written: by the config, by its feed, by its habits."""
    return tuple(dict.fromkeys((*_usual(words.show).names, *profile.hosts)))


def _hosts(given: tuple[Credit, ...]) -> list[str]:
    return [credit.name for credit in given if credit.role is Role.HOST]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Usual:
    """What a show says of every one of its episodes. `names` are all who may host one."""

    configured: tuple[Credit, ...]
    channel: tuple[Credit, ...]
    by_author: tuple[Credit, ...]
    names: tuple[str, ...]


@lru_cache(maxsize=64)
def _usual(show: ShowFacts) -> _Usual:
    configured = config_credits(show.hosts)
    channel = person_credits(show.persons, CreditOrigin.CHANNEL)
    by_author = author_credits(show.author, "author", show.title) or author_credits(show.owner, "author", show.title)
    names = (*_hosts(configured), *_hosts(channel), *_hosts(by_author), *show.host_pool)
    return _Usual(configured=configured, channel=channel, by_author=by_author, names=names)


def _guest_hosts(said: tuple[Credit, ...], usual: _Usual) -> tuple[Credit, ...]:
    """Make a host whom the words name a guest host, where it is declared that somebody else hosts."""
    if not any(credit.role is Role.HOST for credit in (*usual.configured, *usual.channel)):
        return said
    known = known_hosts(usual.names)
    return tuple(
        replace(credit, role=Role.GUEST_HOST) if credit.role is Role.HOST and not known.find(credit.name) else credit
        for credit in said
    )
