"""From the words of an episode and its show to credits: the one way in.

What is declared comes from `published`, what the words say from `cues` and `roles`, and `combine` makes one credit of
each person. A feed's learned habits will be a further group of claims beside those of `roles`.
"""

from mediafeed.model.episode import Credit, CreditOrigin, Role
from mediafeed.normalize.credits.combine import text_credits, united
from mediafeed.normalize.credits.facts import Facts, ShowFacts
from mediafeed.normalize.credits.known import KnownHosts, first_names, known_hosts, show_text_hosts
from mediafeed.normalize.credits.published import author_credits, config_credits, person_credits
from mediafeed.normalize.credits.roles import claims_in
from mediafeed.normalize.credits.sketch import sketch

__all__ = ["Facts", "ShowFacts", "credits_for"]

_LONGEST_DESCRIPTION = 20_000


def credits_for(facts: Facts, show: ShowFacts) -> tuple[Credit, ...]:
    """Give one credit for each person that the evidence puts on the episode.

    Authority: the operator's config, podcast:person of the item, the words of title and description, what the show
    says of itself, author fields. A tag is not the whole truth (publishers forget guests): words may add guests.
    """
    configured = config_credits(show.hosts)
    tagged = person_credits(facts.persons, CreditOrigin.PUBLISHER)
    channel = person_credits(show.persons, CreditOrigin.CHANNEL)
    english = _is_english(facts.language or show.language)
    told = show_text_hosts(show) if english else ()
    by_author = author_credits(facts.author, "author", show.title) or author_credits(show.author, "author", show.title)
    hosts = _hosts(configured, tagged, channel, told, by_author, show.host_pool)
    said = _said(facts, hosts) if english else ()
    if any(credit.role is Role.HOST for credit in tagged):
        said = tuple(credit for credit in said if credit.role is Role.GUEST)
    usual = () if facts.persons else channel
    found = united(configured, tagged, said, usual)
    for weaker in (told, by_author):
        if not any(credit.role is not Role.GUEST for credit in found):
            found = united(found, weaker)
    return found


def _hosts(*groups: object) -> KnownHosts:
    names: list[str] = []
    for group in groups:
        assert isinstance(group, tuple)
        names += [
            one if isinstance(one, str) else one.name for one in group if isinstance(one, str) or one.role is Role.HOST
        ]
    return known_hosts(names)


def _said(facts: Facts, hosts: KnownHosts) -> tuple[Credit, ...]:
    also = first_names(hosts)
    title = sketch(facts.title, "title", also=also)
    description = sketch(facts.description[:_LONGEST_DESCRIPTION], "description", also=also)
    return text_credits(claims_in((title, description), hosts), hosts)


def _is_english(language: str | None) -> bool:
    return not language or language.strip().lower().startswith("en")
