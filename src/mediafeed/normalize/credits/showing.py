"""Whom a show names, and how: its author and owner, its title and description, its config, its tags."""

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from mediafeed.model.episode import Credit
from mediafeed.normalize.credits.context import mention_features
from mediafeed.normalize.credits.facts import ShowFacts
from mediafeed.normalize.credits.known import show_text_hosts
from mediafeed.normalize.credits.sketch import Sketch, sketch
from mediafeed.normalize.credits.tokens import IN_PLACES, tokens_of
from mediafeed.normalize.credits.vocabulary import spelled
from mediafeed.normalize.names import looks_like_a_person, names_in
from mediafeed.normalize.persons import clean_name, person_key, split_names

_MOST_SHOWN = 12
_LONGEST_DESCRIPTION = 4_000
_LONGEST_TITLE = 500
KINDS = ("S:author", "S:owner", "S:told", "S:config", "S:pool", "S:title", "S:description")
HOSTING = frozenset(("S:author", "S:told", "S:config", "S:pool", "S:owner"))
_OF_PLACES = IN_PLACES | {"to", "at", "across"}  # a show's own words rarely say to whom somebody speaks


@dataclass(frozen=True, slots=True)
class Shown:
    """One person whom a show names. `field` and the offsets say where, `quote` with which words.

    `kinds` are those of the features that are `KINDS`: by what the show names the person.
    """

    key: str
    name: str
    honorific: str | None
    features: tuple[str, ...]
    field: str
    start: int
    end: int
    quote: str
    told: Credit | None = None
    kinds: tuple[str, ...] = ()


@lru_cache(maxsize=64)
def shown_by(show: ShowFacts) -> tuple[Shown, ...]:
    """Give the persons whom a show's own fields name, at most a dozen."""
    found: dict[str, Shown] = {}
    for field, words in (("author", show.author), ("owner", show.owner)):
        written = split_names(words or "")
        for name in persons_among(written):
            if clean_name(name)[0].casefold() != show.title.casefold():
                features = (f"S:{field}", f"S:{field}{min(len(written), 4)}")
                quote = (words or "").strip()[:300]
                _add(found, name, features, "author", span=(0, len(words or "")), quote=quote)
    for field, text in (
        ("title", show.title[:_LONGEST_TITLE]),
        ("description", show.description[:_LONGEST_DESCRIPTION]),
    ):
        _add_named(found, sketch(text, field, alone=field == "description"), field)
    for names, feature in ((show.hosts, "S:config"), (show.host_pool, "S:pool")):
        for name in names:
            _add(found, name, (feature,), "config", span=(0, len(name)), quote=name)
    for credit in show_text_hosts(show):
        features = ("S:told", f"S:told {credit.evidence.rule}")
        _add(found, credit.name, features, "channel", span=(0, 0), quote="", told=credit)
    return tuple(_settled(one) for one in islice(found.values(), _MOST_SHOWN))


def _settled(shown: Shown) -> Shown:
    features = tuple(dict.fromkeys(shown.features))
    return replace(shown, features=features, kinds=tuple(one for one in features if one in KINDS))


def persons_among(written: tuple[str, ...]) -> tuple[str, ...]:
    """Give what in an author field reads like a person: beside an institution, only what a known first name leads.

    >>> persons_among(("Ann Lee", "Zorvath Melk")), persons_among(("Institute for Rope", "Zorvath Melk", "Ann Lee"))
    (('Ann Lee', 'Zorvath Melk'), ('Ann Lee',))
    """
    found = tuple(name for name in written if looks_like_a_person(clean_name(name)[0]))
    if len(found) == len(written):
        return found
    return tuple(name for name in found if any(one.sure for one in names_in(name)))


def _add_named(found: dict[str, Shown], drawn: Sketch, field: str) -> None:
    tokens = tokens_of(drawn)
    find = spelled("S" if field == "description" else "ST")
    for number, name in enumerate(drawn.names):
        index = tokens.at.get(number)
        if (
            index is not None and not name.sure and tokens.before(index) in _OF_PLACES
        ):  # "from Tijuana to Tierra del Fuego"
            continue
        if not name.short or (field == "description" and name.honorific is None and _is_new(found, name.name)):
            seen = mention_features(tokens, index, find) if index is not None else []
            span = tokens.spans[tokens.sentence_of[index]] if index is not None and tokens.spans else (0, 0)
            quote = drawn.quote(*span)
            features = (f"S:{field}", *(one for one in seen if one))
            _add(found, name.name, features, "channel", span=(name.start, name.end), quote=quote)


def _is_new(found: dict[str, Shown], short: str) -> bool:
    """Say whether a first name is nobody's who was named in full."""
    return all(person_key(short) not in (key.split()[0], key.split()[-1]) for key in found)


def _add(
    found: dict[str, Shown],
    written: str,
    features: tuple[str, ...],
    field: str,
    *,
    span: tuple[int, int],
    quote: str,
    told: Credit | None = None,
) -> None:
    name, honorific = clean_name(written)
    key = person_key(name)
    if not key:
        return
    held = found.get(key)
    if held is None:
        found[key] = Shown(key, name, honorific, features, field, *span, quote, told)
        return
    better = held if held.field != "author" or field == "author" else None
    base = better or Shown(key, held.name, held.honorific, (), field, *span, quote)
    found[key] = Shown(
        key,
        base.name,
        held.honorific or honorific,
        (*held.features, *features),
        base.field,
        base.start,
        base.end,
        base.quote,
        held.told or told,
    )
