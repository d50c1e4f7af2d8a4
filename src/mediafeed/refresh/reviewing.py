"""What a person may be asked to look at: credits that are not sure, persons who may be one, one who may be two. Pure.

Nothing here decides: a decision is a person's, and stands in config.toml.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from mediafeed.model.episode import Credit, CreditOrigin, Episode, Person, Role, Show
from mediafeed.model.held import StoredTelling
from mediafeed.model.settings import Override
from mediafeed.normalize.affiliations import groups_of, houses_in
from mediafeed.normalize.identity import page_key
from mediafeed.normalize.likeness import alike
from mediafeed.normalize.persons import person_key
from mediafeed.refresh.people import names_of

ENOUGH = 3  # answers that hold for a show's further episodes
MANY = 3  # an address that so many persons are given is their show's, not theirs

Tellings = Callable[[str], Sequence[StoredTelling]]


@dataclass(frozen=True, slots=True)
class Mention:
    """A person as one episode tells of them."""

    episode: Episode
    credit: Credit


@dataclass(frozen=True, slots=True)
class DoubtfulCredit:
    """One person in one role on one show, where it is not sure: the mentions, the surest first.

    `surely` counts the other episodes of the show on which the same is sure.
    """

    mentions: tuple[Mention, ...]
    surely: int = 0

    @property
    def surest(self) -> Mention:
        """Give the mention that is nearest to being sure."""
        return self.mentions[0]

    @property
    def weakest(self) -> Mention:
        """Give the mention that is the least sure."""
        return self.mentions[-1]

    def one_by_one(self) -> tuple["DoubtfulCredit", ...]:
        """Give a doubt for each episode, the least sure first."""
        return tuple(DoubtfulCredit((one,)) for one in reversed(self.mentions))


@dataclass(frozen=True, slots=True)
class Seen:
    """A person as all episodes tell of them, newest episode first."""

    person: Person
    mentions: tuple[Mention, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Give every way in which the name is written."""
        written = (self.person.name, *self.person.aliases, *(one.credit.name for one in self.mentions))
        return tuple(dict.fromkeys(written))

    @property
    def episodes(self) -> frozenset[str]:
        """Give the ids of the episodes."""
        return frozenset(one.episode.id for one in self.mentions)

    @property
    def shows(self) -> tuple[str, ...]:
        """Give the ids of the shows."""
        return tuple(sorted({one.episode.show for one in self.mentions}))

    @property
    def affiliations(self) -> tuple[str, ...]:
        """Give what is said of who they are, each once."""
        return tuple(dict.fromkeys(one.credit.affiliation for one in self.mentions if one.credit.affiliation))

    @property
    def addresses(self) -> Mapping[str, str]:
        """Give the addresses that publishers give, as printed, under what tells them apart."""
        return {page_key(href): href for one in self.mentions if (href := one.credit.href)}


@dataclass(frozen=True, slots=True)
class MayBeOne:
    """Two persons who may be one: what in their names suggests it, what else speaks for it, what against it."""

    one: Seen
    other: Seen
    why: str
    witnesses: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MayBeTwo:
    """A person who may be several: why, and what is told of the one and of the other."""

    seen: Seen
    why: str
    groups: tuple[tuple[Mention, ...], ...]

    @property
    def shows_part_them(self) -> bool:
        """Say whether no show tells of two of them, so that shows can tell who is meant."""
        return _are_apart(self.groups)


def doubtful_credits(
    episodes: Iterable[Episode], hidden: Collection[str], below: float, overrides: Iterable[Override] = ()
) -> list[DoubtfulCredit]:
    """Give the credits of less confidence than that, a person's in one role on one show together.

    The least sure first, of equals those of most episodes. What the operator said is sure, and of what `overrides` will
    change when they are applied nobody is asked; nor again of who was said to be the same on some episodes of a show.
    """
    episodes, overrides = tuple(episodes), tuple(overrides)
    decided = {(override.episode, person_key(override.name)) for override in overrides}
    always = _always(episodes, overrides)
    doubtful: dict[tuple[str, str, Role], list[Mention]] = defaultdict(list)
    surely: Counter[tuple[str, str, Role]] = Counter()
    for episode in episodes:
        for credit in episode.credits:
            key = credit.person or person_key(credit.name), episode.show, credit.role
            known = always.get((episode.show, person_key(credit.name))) == credit.role
            if known or credit.confidence >= below or credit.origin is CreditOrigin.CONFIG:
                surely[key] += 1
            elif credit.person not in hidden and not _is_decided(episode, credit, decided):
                doubtful[key].append(Mention(episode, credit))
    found = [DoubtfulCredit(tuple(sorted(told, key=_surest_first)), surely[key]) for key, told in doubtful.items()]
    return sorted(found, key=_least_sure_first)


def _always(episodes: Iterable[Episode], overrides: Iterable[Override]) -> dict[tuple[str, str], str]:
    """Give the role of a name on a show where the operator said the same of enough episodes and nothing else."""
    by_episode: dict[str, list[Override]] = defaultdict(list)
    for override in overrides:
        by_episode[override.episode].append(override)
    said: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for episode in episodes if by_episode else ():
        for called in names_of(episode):
            for override in by_episode.get(called, ()):
                said[episode.show, person_key(override.name)][override.role] += 1
    return {who: role for who, roles in said.items() if len(roles) == 1 for role in roles if roles[role] >= ENOUGH}


def _is_decided(episode: Episode, credit: Credit, decided: Collection[tuple[str, str]]) -> bool:
    if not decided:
        return False
    key = person_key(credit.name)
    return any((called, key) in decided for called in names_of(episode))


def _surest_first(mention: Mention) -> tuple[float, datetime, str]:
    return -mention.credit.confidence, mention.episode.dated, mention.episode.id


def _least_sure_first(doubt: DoubtfulCredit) -> tuple[float, int, str, str]:
    weakest = doubt.weakest
    return weakest.credit.confidence, -len(doubt.mentions), weakest.episode.id, weakest.credit.name


def seen_in(episodes: Iterable[Episode], persons: Iterable[Person]) -> dict[str, Seen]:
    """Give every person who is on an episode and not hidden, by id."""
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for episode in episodes:
        for credit in episode.credits:
            mentions[credit.person].append(Mention(episode, credit))
    known = {person.id: person for person in persons if not person.hidden}
    newest = {
        id_: sorted(heard, key=lambda one: (one.episode.dated, one.episode.id), reverse=True)
        for id_, heard in mentions.items()
        if id_ in known
    }
    return {id_: Seen(known[id_], tuple(newest[id_])) for id_ in sorted(newest)}


def may_be_one(
    seen: Mapping[str, Seen], settled: Collection[str], shows: Iterable[Show], tellings: Tellings
) -> list[MayBeOne]:
    """Give the persons who may be one, those with most witnesses first.

    Two who are both `settled` (each stands in the config) were decided to be two. `tellings` gives what each source
    says of an episode.
    """
    common = _common_addresses(seen.values(), shows)
    found = [
        MayBeOne(seen[one], seen[other], why, *_witnesses(seen[one], seen[other], common, tellings))
        for one, other, why in alike({id_: each.names for id_, each in seen.items()})
        if one not in settled or other not in settled
    ]
    return sorted(
        found,
        key=lambda pair: (len(pair.against) - len(pair.witnesses), pair.one.person.id, pair.other.person.id),
    )


def may_be_two(seen: Mapping[str, Seen], settled: Collection[str]) -> list[MayBeTwo]:
    """Give the persons of whom different shows tell different things; those who stand in the config are decided."""
    return [doubt for id_, each in seen.items() if id_ not in settled for doubt in _two(each)]


def grouped(pairs: Iterable[MayBeOne]) -> list[list[MayBeOne]]:
    """Put pairs that share a person together."""
    groups: list[list[MayBeOne]] = []
    for pair in pairs:
        ids = {pair.one.person.id, pair.other.person.id}
        near = [group for group in groups if any(ids & {one.one.person.id, one.other.person.id} for one in group)]
        groups = [group for group in groups if group not in near] + [[*(one for group in near for one in group), pair]]
    return groups


def _common_addresses(seen: Iterable[Seen], shows: Iterable[Show]) -> frozenset[str]:
    """Give the addresses that are nobody's own: a show's home page, and what publishers give to many persons."""
    users: dict[str, int] = defaultdict(int, {page_key(show.link): MANY for show in shows if show.link})
    for each in seen:
        for address in each.addresses:
            users[address] += 1
    return frozenset(address for address, count in users.items() if count >= MANY)


def _witnesses(
    one: Seen, other: Seen, common: Collection[str], tellings: Tellings
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give what beside the names speaks for two persons being one, and what against it."""
    for_it = [
        f"same address: {one.addresses[address]}"
        for address in sorted(one.addresses.keys() & other.addresses.keys() - common)
    ]
    houses = frozenset().union(*map(houses_in, one.affiliations)) & frozenset().union(
        *map(houses_in, other.affiliations)
    )
    if houses:
        for_it.append(f"same affiliation: {', '.join(sorted(houses))}")
    against = []
    for episode in sorted(one.episodes & other.episodes):
        if _is_told_apart(tellings(episode), one, other):
            for_it.append(f"same recording: {episode}, each named by another source")
        else:
            against.append(f"heard together: {episode}")
    return tuple(for_it[:3]), tuple(against[:3])


def _is_told_apart(told: Sequence[StoredTelling], one: Seen, other: Seen) -> bool:
    """Say whether each source of a recording names only one of the two."""
    names = [{credit.name for credit in telling.telling.credits} for telling in told]
    return len(told) > 1 and not any(said & {*one.names} and said & {*other.names} for said in names)


def _are_apart(groups: Iterable[Iterable[Mention]]) -> bool:
    shows = [{one.episode.show for one in group} for group in groups]
    return not any(a & b for a, b in combinations(shows, 2))


def _two(seen: Seen) -> Iterator[MayBeTwo]:
    if len(seen.shows) > 1 and " " not in person_key(seen.person.name):
        parts = [tuple(one for one in seen.mentions if one.episode.show == show) for show in seen.shows]
        yield MayBeTwo(seen, "a name of one word, on several shows", tuple(parts))
        return
    told = [one for one in seen.mentions if one.credit.affiliation]
    parts = [tuple(told[at] for at in group) for group in groups_of([one.credit.affiliation or "" for one in told])]
    if len(parts) > 1 and _are_apart(parts):
        yield MayBeTwo(seen, "different shows give different affiliations", tuple(parts))
        return
    by_site: dict[str, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    for one in seen.mentions:
        if one.credit.href:
            address = page_key(one.credit.href).casefold()
            by_site[address.partition("/")[0]][address].append(one)
    for site, pages in sorted(by_site.items()):
        if len(pages) > 1:
            yield MayBeTwo(seen, f"publishers give several addresses on {site}", tuple(map(tuple, pages.values())))
            return
