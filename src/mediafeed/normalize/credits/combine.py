"""Many claims, few credits: one for each person, by the strongest witness."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from mediafeed.model.episode import Credit, CreditOrigin, Evidence, Role
from mediafeed.normalize.credits.known import KnownHosts
from mediafeed.normalize.credits.roles import Claim
from mediafeed.normalize.persons import clean_name, person_key

_LONGEST_AFFILIATION = 160


def text_credits(claims: Sequence[Claim], hosts: KnownHosts) -> tuple[Credit, ...]:
    """Give one credit for each person that claims from the text speak of.

    Rules that overlap are no independent witnesses: the best one alone gives the confidence. Where claims about one
    person contradict each other the stronger one stands, and at equal strength the host.
    """
    best: dict[str, tuple[float, int, Credit]] = {}
    fullest: dict[str, str] = {}
    full_names = _full_names(claims)
    for order, claim in enumerate(claims):
        credit = _credit(claim, full_names, hosts)
        if credit is None:
            continue
        key = _key_among(best, credit.name)
        if len(credit.name) > len(fullest.get(key, "")):
            fullest[key] = credit.name
        strength = credit.confidence + (0.005 if credit.role is Role.HOST else 0)
        if key not in best or strength > best[key][0]:
            held = best.get(key)
            if held and not credit.affiliation and held[2].affiliation:
                credit = replace(credit, affiliation=held[2].affiliation)
            best[key] = (strength, best[key][1] if key in best else order, credit)
        elif credit.affiliation and not best[key][2].affiliation:
            held_strength, place, known = best[key]
            best[key] = (held_strength, place, replace(known, affiliation=credit.affiliation))
    return tuple(
        replace(credit, name=fullest[key]) if len(fullest[key]) > len(credit.name) else credit
        for key, (_, _, credit) in sorted(best.items(), key=lambda entry: entry[1][1])
    )


def united(*groups: Iterable[Credit]) -> tuple[Credit, ...]:
    """Put groups of credits together, stronger groups first: a later word about the same person adds nothing."""
    found: dict[str, Credit] = {}
    for group in groups:
        for credit in group:
            found.setdefault(_key_among(found, credit.name), credit)
    return tuple(found.values())


def _credit(claim: Claim, full_names: Mapping[str, str], hosts: KnownHosts) -> Credit | None:
    found = claim.sketch.names[claim.listed.number]
    name, honorific = found.name, found.honorific
    if host := hosts.find(name):
        name = clean_name(host)[0] if found.short else name
    elif found.short:
        full = full_names.get(person_key(name))
        if full is None:
            return None
        name = full
    description = claim.listed.description
    return Credit(
        name=name,
        role=claim.role,
        origin=CreditOrigin.TEXT,
        evidence=Evidence(
            claim.rule,
            claim.sketch.field,
            claim.sketch.offset(claim.start),
            claim.sketch.offset(claim.end),
            claim.sketch.quote(*claim.sentence),
        ),
        confidence=claim.confidence,
        honorific=honorific,
        affiliation=description[:_LONGEST_AFFILIATION] if description else None,
    )


def _full_names(claims: Sequence[Claim]) -> dict[str, str]:
    """Give the one full name of the episode's texts that a surname (or first name) alone belongs to."""
    found: dict[str, dict[str, str]] = {}
    if any(claim.sketch.names[claim.listed.number].short for claim in claims):
        for drawn in {id(claim.sketch): claim.sketch for claim in claims}.values():
            for name in drawn.names:
                if not name.short:
                    key = person_key(name.name)
                    for word in key.split():
                        found.setdefault(word, {})[key] = name.name
    return {word: next(iter(names.values())) for word, names in found.items() if len(names) == 1}


def _key_among(held: Iterable[str], name: str) -> str:
    """Give the key of a person, or the key under which the same episode already knows the person by a variant."""
    key = person_key(name)
    words = key.split()
    for other in held:
        if other == key:
            return key
        theirs = other.split()
        if [word for word in words if len(word) > 1] == [word for word in theirs if len(word) > 1]:  # "M. Ann Lee"
            return other
        if sorted(words) == sorted(theirs):  # family name first: "Kanehara Nobukatsu"
            return other
        if (
            len(words) > 1
            and len(theirs) > 1
            and words[-1] == theirs[-1]
            and min(len(words[0]), len(theirs[0])) >= 3
            and (words[0].startswith(theirs[0]) or theirs[0].startswith(words[0]))
        ):  # "Jennifer Cole" and "Jenny Cole" share three letters only: "Jen Cole"
            return other
    return key
