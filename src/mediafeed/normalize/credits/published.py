"""Credits that somebody declared: the operator's config, podcast:person tags, author fields."""

from collections.abc import Iterable

from mediafeed.model.episode import Credit, CreditOrigin, Evidence, Role
from mediafeed.model.parsed import Element
from mediafeed.normalize.names import looks_like_a_person
from mediafeed.normalize.persons import clean_name, split_names

_MOST_PERSONS = 100
_MARKUP = frozenset("<>{}")  # no name has them: somebody's markup or template does
# The podcast taxonomy's group cast, with the spellings publishers use for it.
_ROLES = {
    "": Role.HOST,  # podcast namespace, person: "if role is missing, host is assumed"
    "host": Role.HOST,
    "hosts": Role.HOST,
    "co-host": Role.HOST,
    "cohost": Role.HOST,
    "co host": Role.HOST,
    "presenter": Role.HOST,
    "moderator": Role.HOST,
    "interviewer": Role.HOST,
    "guest": Role.GUEST,
    "guests": Role.GUEST,
    "special guest": Role.GUEST,
    "interviewee": Role.GUEST,
    "guest host": Role.GUEST_HOST,
    "guest-host": Role.GUEST_HOST,
    "guest co-host": Role.GUEST_HOST,
}


def config_credits(hosts: Iterable[str]) -> tuple[Credit, ...]:
    """Give a credit to each host that the operator's config names for every episode."""
    found = []
    for written in hosts:
        name, honorific = clean_name(written)
        if name:
            evidence = Evidence("configured host", "config", 0, len(written), written)
            found.append(
                Credit(name=name, role=Role.HOST, origin=CreditOrigin.CONFIG, evidence=evidence, honorific=honorific)
            )
    return tuple(found)


def person_credits(persons: Iterable[Element], origin: CreditOrigin) -> tuple[Credit, ...]:
    """Give the credits of podcast:person elements; a role that is neither host nor guest gives none.

    >>> tag = Element("podcast:person", "Neil Melvin", (("role", "Guest"),))
    >>> [(c.name, str(c.role)) for c in person_credits([tag], CreditOrigin.PUBLISHER)]
    [('Neil Melvin', 'guest')]
    """
    field = "podcast:person" if origin is CreditOrigin.PUBLISHER else "channel"
    confidence = 0.99 if origin is CreditOrigin.PUBLISHER else 0.9
    found = []
    for element in tuple(persons)[:_MOST_PERSONS]:
        role = _role_of(element)
        name, honorific = clean_name(element.text)
        if role and name and not name.isnumeric() and not _MARKUP.intersection(name):
            quote = " ".join(element.text.split())[:300]
            found.append(
                Credit(
                    name=name,
                    role=role,
                    origin=origin,
                    evidence=Evidence(f"podcast:person {role}", field, 0, len(element.text), quote),
                    confidence=confidence,
                    honorific=honorific,
                    href=element.get("href").strip() or None,
                    image=element.get("img").strip() or None,
                )
            )
    return tuple(found)


def author_credits(author: str | None, field: str, show_title: str) -> tuple[Credit, ...]:
    """Give low-confidence host credits to the persons an author field names, when every name in it looks like one.

    >>> [c.name for c in author_credits("Hahn, Marten;Seibert, Thomas", "author", "Forschung heute")]
    ['Marten Hahn', 'Thomas Seibert']
    >>> author_credits("Institute for Distant Affairs", "author", "Far Away")
    ()
    """
    names = split_names(author or "")
    if not names or not all(looks_like_a_person(name) for name in names) or len(names) > 4:
        return ()
    found = []
    for written in names:
        name, honorific = clean_name(written)
        if name.casefold() != show_title.strip().casefold():
            evidence = Evidence(
                "author field names a person", field, 0, len(author or ""), (author or "").strip()[:300]
            )
            found.append(
                Credit(
                    name=name,
                    role=Role.HOST,
                    origin=CreditOrigin.AUTHOR,
                    evidence=evidence,
                    confidence=0.6,
                    honorific=honorific,
                )
            )
    return tuple(found)


def _role_of(element: Element) -> Role | None:
    if element.get("group", "cast").strip().casefold() not in ("", "cast"):
        return None
    return _ROLES.get(" ".join(element.get("role").casefold().replace("_", " ").split()))
