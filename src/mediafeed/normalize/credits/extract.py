"""From the words of an episode and its show to credits: the one way in.

What is declared comes from `published`, what the words say from `cues` and `roles`, and `combine` makes one credit of
each person. A feed's learned habits will be a further group of claims beside those of `roles`.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

from mediafeed.model.episode import Credit, CreditOrigin, Role
from mediafeed.normalize.credits.combine import text_credits, united
from mediafeed.normalize.credits.contributors import contributor_credits
from mediafeed.normalize.credits.english import ENGLISH_WORDS, OTHER_WORDS
from mediafeed.normalize.credits.facts import Facts, ShowFacts
from mediafeed.normalize.credits.habits import Habits
from mediafeed.normalize.credits.known import KnownHosts, first_names, known_hosts, show_text_hosts
from mediafeed.normalize.credits.profile import NOTHING_LEARNED, Profile, profile_of
from mediafeed.normalize.credits.published import author_credits, config_credits, person_credits
from mediafeed.normalize.credits.roles import claims_in
from mediafeed.normalize.credits.sketch import sketch
from mediafeed.normalize.credits.title_slot import slot_claims

__all__ = ["NOTHING_LEARNED", "Facts", "Habits", "Profile", "ShowFacts", "credits_for", "habits_of", "profile_of"]

# Who speaks is said early; what is longer is a transcript, or meant to keep us busy.
_LONGEST_DESCRIPTION = 10_000
_LONGEST_TITLE = 500
_ENOUGH_TO_TELL = 600


def credits_for(facts: Facts, show: ShowFacts, profile: Profile = NOTHING_LEARNED) -> tuple[Credit, ...]:
    """Give one credit for each person that the evidence puts on the episode.

    Pure, and independent of every other episode but for what `profile` says of them: the decisions that `profile_of`
    draws from the sum of `habits_of` over a show's episodes. Without a profile the words speak for themselves.

    Authority: the operator's config, podcast:person of the item, the words of title and description, what the show
    says of itself, author fields. A tag is not the whole truth (publishers forget guests): words may add guests.
    """
    english = _is_english(facts, show)
    tagged = person_credits(facts.persons, CreditOrigin.PUBLISHER)
    usual = _usual(show, english=english)
    by_author = author_credits(facts.author, "author", show.title) or usual.by_author
    tagged_hosts = [credit.name for credit in tagged if credit.role is Role.HOST]
    known = (*usual.names, *profile.hosts, *tagged_hosts, *(credit.name for credit in by_author))
    hosts = known_hosts(known)
    said = _said(facts, hosts) if english else ()
    taking_part = () if facts.persons else contributor_credits(facts, hosts)
    if tagged_hosts:
        said = tuple(credit for credit in said if credit.role is Role.GUEST)
    found = united(
        usual.configured, tagged, _guest_hosts(said, usual), taking_part, () if facts.persons else usual.channel
    )
    for weaker in (usual.told, by_author):
        if all(credit.role is Role.GUEST for credit in found):
            found = united(found, weaker)
    return found


def habits_of(facts: Facts, show: ShowFacts) -> Habits:
    """Count what one episode contributes to its show's habits, read without any profile."""
    names: dict[str, tuple[int, ...]] = {
        credit.name: (1, 100, 0) if credit.role is Role.HOST else (1, 0, 100)
        for credit in credits_for(facts, show)
        if credit.evidence.field in ("title", "description", "author", "podcast:person")
    }
    return Habits(1, names)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Usual:
    """What a show says of every one of its episodes. `names` are all who may host one."""

    configured: tuple[Credit, ...]
    channel: tuple[Credit, ...]
    told: tuple[Credit, ...]
    by_author: tuple[Credit, ...]
    names: tuple[str, ...]


@lru_cache(maxsize=64)
def _usual(show: ShowFacts, *, english: bool) -> _Usual:
    configured = config_credits(show.hosts)
    channel = person_credits(show.persons, CreditOrigin.CHANNEL)
    told = show_text_hosts(show) if english else ()
    by_author = author_credits(show.author, "author", show.title) or author_credits(show.owner, "author", show.title)
    hosts = [credit.name for credit in (*configured, *channel, *told, *by_author) if credit.role is Role.HOST]
    return _Usual(
        configured=configured, channel=channel, told=told, by_author=by_author, names=(*hosts, *show.host_pool)
    )


def _guest_hosts(said: tuple[Credit, ...], usual: _Usual) -> tuple[Credit, ...]:
    """Make a host whom the words name a guest host, where it is declared that somebody else hosts."""
    if not any(credit.role is Role.HOST for credit in (*usual.configured, *usual.channel)):
        return said
    known = known_hosts(usual.names)
    return tuple(
        replace(credit, role=Role.GUEST_HOST) if credit.role is Role.HOST and not known.find(credit.name) else credit
        for credit in said
    )


def _said(facts: Facts, hosts: KnownHosts) -> tuple[Credit, ...]:
    also = first_names(hosts)
    title = sketch(facts.title[:_LONGEST_TITLE], "title", also=also)
    description = sketch(facts.description[:_LONGEST_DESCRIPTION], "description", also=also)
    claims = claims_in((title, description), hosts)
    if not any(claim.role is Role.GUEST for claim in claims):
        claims += slot_claims(title, description, hosts)
    return text_credits(claims, hosts)


def _is_english(facts: Facts, show: ShowFacts) -> bool:
    language = facts.language or show.language
    if language:
        return language.strip().lower().startswith("en")
    words = facts.description[:_ENOUGH_TO_TELL].lower().split()
    return sum(word in ENGLISH_WORDS for word in words) >= sum(word in OTHER_WORDS for word in words)
