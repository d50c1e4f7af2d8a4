"""What is asked about people, and how it is told: to a person in lines, to a program as JSON (docs/json.md)."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import click

from mediafeed.assemble import Mediafeed
from mediafeed.cli.facts import credit_facts
from mediafeed.cli.layout import folded, is_coloured, labelled, plain
from mediafeed.model.episode import Person
from mediafeed.refresh.people import configured_persons
from mediafeed.refresh.reviewing import (
    DoubtfulCredit,
    MayBeOne,
    MayBeTwo,
    Mention,
    Seen,
    doubtful_credits,
    grouped,
    may_be_one,
    may_be_two,
    seen_in,
)

MARK = "»{}«"  # around the name, where nothing can be coloured
FEW = 12  # letters beside the name: a tag with a title in it
AROUND = 120  # letters before and behind a name
EXAMPLES = 2  # mentions told of each person
STRONGEST = 2  # mentions told of a doubtful credit, beside the least sure

Question = DoubtfulCredit | MayBeOne | MayBeTwo


@dataclass(frozen=True, slots=True)
class Doubts:
    """Everything that may be asked: credits, persons who may be one, persons who may be two."""

    credits_: Sequence[DoubtfulCredit]
    one: Sequence[MayBeOne]
    two: Sequence[MayBeTwo]

    def questions(self, limit: int | None = None) -> tuple[Question, ...]:
        """Give what is asked, in that order: credits, the least sure first, then persons."""
        every: tuple[Question, ...] = (*self.credits_, *self.one, *self.two)
        return every[:limit]


def doubts_of(house: Mediafeed, show: str | None = None, below: float = 0.0) -> Doubts:
    """Look through the episodes, of one show or all; with `below` 0 no credit is doubted.

    Raises:
        UsageError: No such show; the nearest is named.
    """
    episodes = tuple(house.store.episodes(house.store.list_episodes(show=show)))
    persons = house.store.persons()
    seen = seen_in(episodes, persons)
    settled = {setting.id for setting in house.config.persons}
    hidden = {person.id for person in persons if person.hidden}
    meant = {key: person.id for key, person in configured_persons(house.config.persons).items()}
    pairs = may_be_one(seen, settled, house.store.shows(), house.store.tellings)
    return Doubts(
        doubtful_credits(episodes, hidden, below, house.config.overrides),
        [pair for pair in pairs if not _is_made_one(pair, meant)],
        may_be_two(seen, settled),
    )


def _is_made_one(pair: MayBeOne, meant: Mapping[str, str]) -> bool:
    """Say whether the config makes them one already; the store learns it when the config is applied."""
    one, other = (meant.get(each.person.key) for each in (pair.one, pair.other))
    return one is not None and one == other


def question_facts(question: Question) -> dict[str, object]:
    """Give a question as `people review --json` prints it."""
    match question:
        case DoubtfulCredit():
            return {"asks": "credit", **doubt_facts(question)}
        case MayBeOne():
            return {"asks": "one person", **pair_facts(question)}
        case MayBeTwo():
            return {"asks": "two persons", **two_facts(question)}


def doubt_facts(doubt: DoubtfulCredit) -> dict[str, object]:
    """Give a doubtful credit: the mention that is the least sure, and all of them, the surest first."""
    credit = doubt.surest.credit
    return {
        **_mention_facts(doubt.weakest),
        "person": credit.person or None,
        "show": doubt.surest.episode.show,
        "role": credit.role.value,
        "surely": doubt.surely,
        "mentions": [_mention_facts(one) for one in doubt.mentions],
    }


def _mention_facts(mention: Mention) -> dict[str, object]:
    episode = mention.episode
    return {
        "episode": {"id": episode.id, "show": episode.show, "title": episode.title},
        "credit": credit_facts(mention.credit),
    }


def pair_facts(pair: MayBeOne) -> dict[str, object]:
    """Give two persons who may be one."""
    return {
        "why": pair.why,
        "witnesses": pair.witnesses,
        "against": pair.against,
        "persons": [seen_facts(pair.one), seen_facts(pair.other)],
    }


def two_facts(doubt: MayBeTwo) -> dict[str, object]:
    """Give a person who may be two, with one mention of each."""
    groups = [[_mention_facts(one) for one in group[:EXAMPLES]] for group in doubt.groups]
    return {"why": doubt.why, "person": seen_facts(doubt.seen), "groups": groups}


def seen_facts(seen: Seen) -> dict[str, object]:
    """Give a person as the episodes tell of them."""
    return {
        "id": seen.person.id,
        "names": seen.names,
        "episodes": len(seen.episodes),
        "shows": seen.shows,
        "affiliations": seen.affiliations,
        "evidence": [_mention_facts(one) for one in seen.mentions[:EXAMPLES]],
    }


def group_facts(pairs: Iterable[MayBeOne]) -> list[dict[str, object]]:
    """Give the groups of persons who may be one, each person once."""
    found = []
    for group in grouped(pairs):
        seen = {each.person.id: each for pair in group for each in (pair.one, pair.other)}
        reasons = [
            {
                "persons": [pair.one.person.id, pair.other.person.id],
                "why": pair.why,
                "witnesses": pair.witnesses,
                "against": pair.against,
            }
            for pair in group
        ]
        found.append({"persons": [seen_facts(seen[id_]) for id_ in sorted(seen)], "reasons": reasons})
    return found


def told(question: Question, width: int | None, place: str = "") -> Iterator[str]:
    """Put a question in lines, with the words it is about; `place` stands in front of it."""
    for line in folded(f"{place}  {_asked(question)}" if place else _asked(question), width):
        yield click.style(line, bold=True)
    match question:
        case DoubtfulCredit():
            yield from _doubt(question, width)
        case MayBeOne(one, other, why, witnesses, against):
            yield from labelled("why", "; ".join((why, *witnesses)), width)
            if against:
                yield from labelled("against it", "; ".join(against), width)
            yield from _evidence("one", one, width)
            yield from _evidence("other", other, width)
        case MayBeTwo(_, why, groups):
            yield from labelled("why", why, width)
            for group in groups:
                first, *_ = group
                about = first.credit.affiliation or first.credit.href
                on = f"{first.episode.show}: {first.episode.title}"
                yield from labelled("", f"{about}: {on}" if about else on, width)
                yield from _quoted(first, width)


def _asked(question: Question) -> str:
    match question:
        case DoubtfulCredit():
            count, credit = len(question.mentions), question.surest.credit
            several = f" of {count} episodes of {question.surest.episode.show}" if count > 1 else ""
            return f"{plain(credit.name)}: {credit.role}{several}?"
        case MayBeOne(one, other):
            return f"{_called(one.person)} and {_called(other.person)}: one person?"
        case MayBeTwo(seen):
            return f"{_called(seen.person)}: one person?"


def _doubt(doubt: DoubtfulCredit, width: int | None) -> Iterator[str]:
    count, credit, show = len(doubt.mentions), doubt.surest.credit, doubt.surest.episode.show
    yield from labelled("known by", _known_by(doubt), width)
    if doubt.surely:
        others = f"{doubt.surely} other episode{'' if doubt.surely == 1 else 's'}"
        yield from labelled("besides", f"surely {credit.role} of {others} of this show", width)
    shown = _telling(doubt.mentions)
    for mention in shown:
        label = "least sure" if mention is doubt.weakest and count > 1 else "on"
        on = f"{mention.episode.title} ({mention.episode.id})"
        yield from labelled(label, on if count > 1 else f"{show}: {on}", width)
        yield from _quoted(mention, width)
    if count > len(shown):
        yield from labelled("", f"and {count - len(shown)} more", width)


def _telling(mentions: Sequence[Mention]) -> list[Mention]:
    """Choose the two surest mentions of other words each, and the least sure if it has others again."""
    by_words: dict[str, Mention] = {}
    for mention in mentions:
        by_words.setdefault(mention.credit.evidence.quote, mention)
    surest, weakest = [*by_words.values()][:STRONGEST], mentions[-1]
    is_told = any(weakest.credit.evidence.quote == one.credit.evidence.quote for one in surest)
    return surest if is_told else [*surest, weakest]


def _known_by(doubt: DoubtfulCredit) -> str:
    credit = doubt.surest.credit
    if len(doubt.mentions) == 1:
        return f"{credit.confidence:.2f}, {credit.origin}, rule “{credit.evidence.rule}”, {credit.evidence.field}"
    rules = Counter(one.credit.evidence.rule.partition(": ")[0] for one in doubt.mentions)
    told = ", ".join(f"“{rule}” {times}" for rule, times in rules.most_common())
    least, most = doubt.weakest.credit.confidence, credit.confidence
    sure = f"{least:.2f}" if f"{least:.2f}" == f"{most:.2f}" else f"{least:.2f} to {most:.2f}"
    return f"{sure}, by rule {told}"


def _called(person: Person) -> str:
    return f"{plain(person.name)} ({person.id})"


def _evidence(label: str, seen: Seen, width: int | None) -> Iterator[str]:
    times = f"{len(seen.episodes)} episode{'' if len(seen.episodes) == 1 else 's'} of {', '.join(seen.shows)}"
    yield from labelled(label, f"{_called(seen.person)}, {times}", width)
    yield from _quoted(seen.mentions[0], width, "; ".join(seen.affiliations[:EXAMPLES]))


def _quoted(mention: Mention, width: int | None, about: str = "") -> Iterator[str]:
    if about:
        yield from labelled("", f"{about}: {mention.episode.show}: {mention.episode.title}", width)
    quote, name = words_around(mention), mention.credit.name
    if not is_coloured():
        yield from labelled("", f"“{marked(plain(quote), name)}”", width)
        return
    for line in labelled("", f"“{quote}”", width):  # a colour takes no room, and is no text that may be folded
        yield marked(line, name, coloured=True)


def words_around(mention: Mention) -> str:
    """Give the quoted words; where they are no more than the name (a tag), the words in which the episode has it."""
    quote, name = mention.credit.evidence.quote, mention.credit.name
    if len(quote) > len(name) + FEW:
        return quote
    for text in (mention.episode.summary, mention.episode.title):
        at = text.casefold().find(name.casefold())
        if at >= 0:
            start, end = max(at - AROUND, 0), at + len(name) + AROUND
            return f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}"
    return quote


def marked(text: str, name: str, *, coloured: bool = False) -> str:
    """Mark a name in a text, wherever it stands.

    >>> marked("Neil Melvin is our guest", "Neil Melvin")
    '»Neil Melvin« is our guest'
    """
    if not name:
        return text
    pattern = re.compile(re.escape(plain(name)), re.IGNORECASE)
    return pattern.sub(lambda found: click.style(found[0], reverse=True) if coloured else MARK.format(found[0]), text)
