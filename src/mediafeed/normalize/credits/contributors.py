"""People named without a role: atom:contributor, dc:creator, the contributor cards of a page."""

from collections.abc import Iterator

from mediafeed.model.episode import Credit, CreditOrigin, Evidence, Role
from mediafeed.model.parsed import Element, words
from mediafeed.normalize.credits.facts import Facts
from mediafeed.normalize.credits.known import KnownHosts
from mediafeed.normalize.persons import clean_name


def contributor_credits(facts: Facts, hosts: KnownHosts) -> tuple[Credit, ...]:
    """Give a credit to each known host among those whom an episode names as taking part.

    Being named says that somebody takes part and not as what: it takes a host of the show, from whatever witness, to
    make a host of the name. Of anybody else nothing is claimed; the element itself is carried.
    """
    found = []
    for field, name, href in _named(facts):
        if hosts.find(name):
            evidence = Evidence("a known host takes part", field, 0, len(name), name[:300])
            written, honorific = clean_name(name)
            found.append(
                Credit(
                    name=written,
                    role=Role.HOST,
                    origin=CreditOrigin.PUBLISHER,
                    evidence=evidence,
                    confidence=0.9,
                    honorific=honorific,
                    href=href,
                )
            )
    return tuple(found)


def _named(facts: Facts) -> Iterator[tuple[str, str, str | None]]:
    for element in facts.contributors:
        yield element.name, _name_of(element), words(element.children, "atom:uri") or None
    for card in facts.cards:
        yield "page:person", card, None


def _name_of(element: Element) -> str:
    return words(element.children, "atom:name") or element.text.strip()
