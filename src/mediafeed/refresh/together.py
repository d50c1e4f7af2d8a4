"""One recording, one episode: which of all sources' episodes are one. Pure.

It is asked when every source of a refresh has been heard, and the episodes are gone through in an order that does not
depend on who was quicker: what has been published comes before what is new; then what has audio; then by date, for an
episode that came out earlier has had its guid for longer; then by source and key. Each may only become part of one
before it, so that nothing a subscriber knows changes its name.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from mediafeed.model.audio import Measurement
from mediafeed.model.episode import NEVER, Changes, Episode
from mediafeed.model.held import Absorbed, Brought, EpisodeRecord, StoredTelling
from mediafeed.model.settings import Override
from mediafeed.normalize.merging import in_order, merged
from mediafeed.normalize.same_episode import sameness, stand_ins_among, told_apart
from mediafeed.refresh.by_hand import ByHand, Lines
from mediafeed.refresh.changes import free_id
from mediafeed.refresh.keying import episode_id
from mediafeed.refresh.naming import Known, Names, named, published_audio, record_of
from mediafeed.refresh.people import Identities, as_heard, overridden, with_persons

_FAR_AWAY = datetime.max.replace(tzinfo=UTC)
_NO_LINES = Lines()
_DEMANDED = 9  # more than any evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What the store holds that bringing together may concern.

    `looked` are the episodes in question, and whether each is fresh: nobody was told of it yet. `listed_anew` are those
    of them that a line of the operator's has to do with, now or before: any evidence counts for these, as for fresh
    ones. For the others only one audio counts, and that two items of one source have two. `neighbours` may be the same.
    """

    looked: Mapping[str, bool]
    listed_anew: frozenset[str] = frozenset()
    neighbours: Mapping[str, frozenset[str]] = field(default_factory=dict)
    episodes: Mapping[str, Episode] = field(default_factory=dict)
    tellings: Mapping[str, tuple[StoredTelling, ...]] = field(default_factory=dict)
    absorbed: Mapping[str, Absorbed] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()  # ids that a telling may ask for and that others have
    guids: Mapping[str, str] = field(default_factory=dict)
    paths: Mapping[str, str] = field(default_factory=dict)
    audios: Mapping[str, str] = field(default_factory=dict)
    measured: Mapping[str, Measurement] = field(default_factory=dict)  # audio key -> what it said
    show_guids: Mapping[str, str] = field(default_factory=dict)


def brought_together(
    gathered: Gathered,
    people: Identities,
    *,
    lines: Lines = _NO_LINES,
    overrides: Sequence[Override] = (),
    now: datetime,
) -> tuple[Brought, Changes]:
    """Decide which episodes are one, give the new ones their names for ever, and say what that changes."""
    groups = _Groups(gathered, lines)
    for identity in sorted(gathered.looked):
        groups.part(identity)
    groups.rank()
    for identity in groups.asked():
        groups.join(identity)
    records = tuple(_records(groups, gathered, people, overrides))
    gone, absorbed = groups.joined_away()
    brought = Brought(
        at=now,
        moved=tuple(groups.moved()),
        episodes=records,
        persons=people.newcomers(),
        absorbed=absorbed,
        gone=gone,
        back=tuple(identity for identity in groups.tellings if identity in gathered.absorbed),
        settled=tuple(gathered.looked),
    )
    ids = [record.episode.id for record in records]
    modified = [i for i in ids if i in gathered.episodes and not gathered.looked.get(i, False)]
    new = tuple(identity for identity in ids if identity not in gathered.episodes)
    return brought, Changes(new=new, modified=(*modified, *(one.id for one in absorbed)))


class _Groups:
    """The tellings of each episode, while they are parted and joined."""

    def __init__(self, gathered: Gathered, lines: Lines) -> None:
        self._gathered = gathered
        self._by_hand = ByHand(lines, gathered.episodes)
        self.tellings: dict[str, tuple[StoredTelling, ...]] = {
            identity: told for identity, told in gathered.tellings.items() if told
        }
        self._united: dict[str, Episode] = {}
        self._into: dict[str, str] = {}
        self._parted: set[str] = set()
        self._ranks: dict[str, int] = {}
        self.touched: set[str] = set()
        self._stand_ins = stand_ins_among(
            told.telling for tellings in self.tellings.values() for told in sorted(tellings, key=_age)
        )

    def united(self, identity: str) -> Episode:
        """Give what all tellings of an episode say together."""
        if identity not in self._united:
            self._united[identity] = merged([told.telling for told in self.tellings[identity]])
        return self._united[identity]

    def rank(self) -> None:
        """Put the episodes in the order in which they come, for good."""
        ranked = sorted(self.tellings, key=self._rank_of)
        self._ranks = {identity: rank for rank, identity in enumerate(ranked)}

    def ranked(self, ids: Iterable[str]) -> list[str]:
        """Give ids in the order in which they come."""
        return sorted(ids, key=self._ranks.__getitem__)

    def _rank_of(self, identity: str) -> tuple[object, ...]:
        held = self._gathered.episodes.get(identity)
        fresh = held is None or self.is_fresh(identity)
        lead = in_order([told.telling for told in self.tellings[identity]])[0]
        return (
            fresh,
            NEVER if held is None or fresh else held.first_heard,
            lead.enclosure is None,
            lead.published or _FAR_AWAY,
            lead.hearings[0].source,
            lead.hearings[0].key,
        )

    def is_fresh(self, identity: str) -> bool:
        """Say whether nobody was told of an episode yet."""
        return self._gathered.looked.get(identity, False)

    def part(self, identity: str) -> None:
        """Part what one episode holds and what is not one: by a line, by two files of one source, by a line's end."""
        if len(self.tellings.get(identity, ())) < 2 or self.is_fresh(identity):
            return
        told = self._from_founder(identity)
        anew = identity in self._gathered.listed_anew
        clusters: list[list[StoredTelling]] = []
        for one in told:
            for cluster in clusters:
                if self._holds(one, cluster, anew=anew):
                    cluster.append(one)
                    break
            else:
                clusters.append([one])
        if len(clusters) > 1:
            self._change(identity, tuple(clusters[0]))
        for cluster in clusters[1:]:
            self._found(cluster)

    def _from_founder(self, identity: str) -> list[StoredTelling]:
        """Give an episode's tellings, the one first that it has its id and its guid from."""
        held = self._gathered.episodes.get(identity)
        guid = held.published_guid if held else ""

        def weight(told: StoredTelling) -> tuple[object, ...]:
            return (episode_id(told.source, told.key) != identity, told.telling.guid != guid, *_age(told))

        return sorted(self.tellings[identity], key=weight)

    def _holds(self, one: StoredTelling, cluster: Sequence[StoredTelling], *, anew: bool) -> bool:
        if self._by_hand.parted([one], cluster):
            return False
        if self._by_hand.demands([one]) & self._by_hand.demands(cluster):
            return True
        if any(_two_files(one, other) for other in cluster):
            return False
        if not anew:
            return True
        return sameness(one.telling, merged([told.telling for told in cluster]), self._stand_ins) is not None

    def _found(self, cluster: Sequence[StoredTelling]) -> None:
        """Make a cluster an episode of its own: the one that it was before, or a new one."""
        ids = [episode_id(told.source, told.key) for told in cluster]
        before = [identity for identity in ids if identity in self._gathered.absorbed]
        first = cluster[0]
        taken = {*self._gathered.episodes, *self._gathered.absorbed, *self._gathered.taken, *self.tellings}
        identity = before[0] if before and before[0] not in self.tellings else free_id(first.source, first.key, taken)
        self._parted.add(identity)
        self._change(identity, tuple(cluster))

    def asked(self) -> list[str]:
        """Give the episodes of which it is to be asked whether they are one with another, in their order.

        Where a known one has another audio, those that come after it and have the same are asked as well.
        """
        looked = set(self._gathered.looked)
        for identity in self._gathered.looked:
            if not self.is_fresh(identity):
                looked |= self._gathered.neighbours.get(identity, frozenset())
        return self.ranked({*looked, *self._parted} & self.tellings.keys())

    def join(self, identity: str) -> None:
        """Make an episode part of the one before it with which most agrees, if there is one."""
        best: tuple[int, str] | None = None
        for other in self.ranked(self._before(identity)):
            agree = self._agree(identity, other)
            if agree and (best is None or agree > best[0]):
                best = (agree, other)
        if best:
            self._into[identity] = best[1]
            self._change(best[1], (*self.tellings[best[1]], *self.tellings[identity]))
            self._change(identity, ())

    def _before(self, identity: str) -> set[str]:
        """Give the episodes that come before one and may be the same."""
        near = {self._whole(other) for other in self._gathered.neighbours.get(identity, ())}
        for line in self._by_hand.demands(self.tellings[identity]):
            near |= {i for i, told in self.tellings.items() if line in self._by_hand.demands(told)}
        rank = self._ranks[identity]
        return {other for other in near if other in self.tellings and self._ranks[other] < rank}

    def _whole(self, identity: str) -> str:
        while identity in self._into:
            identity = self._into[identity]
        return identity

    def _agree(self, identity: str, other: str) -> int:
        """Say how much speaks for two being one; 0: they are two."""
        ours, theirs = self.tellings[identity], self.tellings[other]
        if self._by_hand.parted(ours, theirs):
            return 0
        if self._by_hand.demands(ours) & self._by_hand.demands(theirs):
            return _DEMANDED
        found = sameness(self.united(identity), self.united(other), self._stand_ins)
        if found is None or (found.rule != "audio" and not self._any_evidence(identity)):
            return 0
        return 1 + found.agree

    def _any_evidence(self, identity: str) -> bool:
        return self.is_fresh(identity) or identity in self._gathered.listed_anew

    def _change(self, identity: str, tellings: tuple[StoredTelling, ...]) -> None:
        self._united.pop(identity, None)
        self.touched.add(identity)
        if tellings:
            self.tellings[identity] = tellings
        else:
            del self.tellings[identity]

    def moved(self) -> Iterable[tuple[str, str, str]]:
        """Give every item that belongs to another episode than before."""
        for identity, tellings in self.tellings.items():
            for told in tellings:
                if told.episode != identity:
                    yield told.source, told.key, identity

    def joined_away(self) -> tuple[tuple[str, ...], tuple[Absorbed, ...]]:
        """Give the episodes that are none any more: those that nobody knows, and those that were published."""
        gone, absorbed = [], []
        for identity, whole in self._into.items():
            held = self._gathered.episodes.get(identity)
            if held is None:
                continue
            if self.is_fresh(identity):
                gone.append(identity)
            else:
                absorbed.append(
                    Absorbed(
                        id=identity,
                        path=held.path,
                        published_guid=held.published_guid,
                        first_heard=held.first_heard,
                        episode=self._whole(whole),
                    )
                )
        return tuple(gone), tuple(absorbed)

    def known(self, identity: str) -> Known | None:
        """Give what an episode is known by: nothing where it is new."""
        if identity in self._gathered.absorbed:
            was = self._gathered.absorbed[identity]
            return Known(path=was.path, published_guid=was.published_guid, first_heard=was.first_heard)
        held = self._gathered.episodes.get(identity)
        if held is None or self.is_fresh(identity):
            return None
        return Known(path=held.path, published_guid=held.published_guid, first_heard=held.first_heard)

    def names(self) -> Names:
        """Give the names that are not to be given anew."""
        gathered = self._gathered
        fresh = {identity for identity in gathered.episodes if self.is_fresh(identity)}
        anew = {*gathered.looked, *self._into, *(i for i, held in gathered.episodes.items() if held.audio_of)}
        return Names(
            {guid: identity for guid, identity in gathered.guids.items() if identity not in fresh},
            {path: identity for path, identity in gathered.paths.items() if identity not in fresh},
            {audio: identity for audio, identity in gathered.audios.items() if identity not in anew},
            gathered.show_guids,
        )


def _records(
    groups: _Groups, gathered: Gathered, people: Identities, overrides: Sequence[Override]
) -> Iterable[EpisodeRecord]:
    """Name what was looked at or changed; give what is not as it was."""
    repeat = {identity for identity, held in gathered.episodes.items() if held.audio_of}
    names = groups.names()
    for identity in groups.ranked({*gathered.looked, *groups.touched, *repeat} & groups.tellings.keys()):
        episode = named(identity, groups.united(identity), groups.known(identity), names)
        told = with_persons(overridden(episode, overrides), people)
        episode = as_heard(told, gathered.measured.get(published_audio(told)), people, overrides)
        if identity in groups.touched or episode != gathered.episodes.get(identity):
            yield record_of(episode, [one.telling for one in groups.tellings[identity]], told=told)


def _two_files(one: StoredTelling, other: StoredTelling) -> bool:
    """Say whether one source gives two items a file each, and other titles or dates: it knows its episodes apart."""
    a, b = one.telling, other.telling
    if one.source != other.source or a.enclosure is None or b.enclosure is None:
        return False
    return not sameness(a, b) and told_apart(replace(a, guid=None), replace(b, guid=None))


def _age(told: StoredTelling) -> tuple[object, ...]:
    return (told.first_heard, told.source, told.key)
