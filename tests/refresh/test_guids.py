"""The contract about guids, whatever sources do: told by stories nobody thought of."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mediafeed.model.episode import Episode
from mediafeed.normalize.identity import audio_key
from mediafeed.refresh.by_hand import Lines
from tests.normalize.making import NOW, guest, telling
from tests.refresh.memory import Memory, heard

EXAMPLES = int(os.environ.get("MEDIAFEED_EXAMPLES", "25"))
SOURCES = ("a", "b", "c")
SHOWS = {"a": "straits", "b": "straits", "c": "harbour"}
TITLES = (
    "Trailer",
    "How the Strait Shapes Trade",
    "How the Strait Shapes Trade (Corrected)",
    "News",
    "Ports, part 1",
    "Ports, part 2",
)
AUDIO = (None, *(f"https://cdn.example.org/{name}.mp3" for name in ("1", "2", "3", "soon")))


@dataclass(frozen=True)
class Item:
    """What a source lists."""

    guid: str | None
    audio: str | None
    title: str
    day: int | None
    guest: str


items = st.builds(
    Item,
    guid=st.sampled_from((None, "1", "2", "3", "4", "https://x.example/1")),
    audio=st.sampled_from(AUDIO),
    title=st.sampled_from(TITLES),
    day=st.sampled_from((None, 1, 2, 9, 20)),
    guest=st.sampled_from(("Ann Lee", "Bo Ek")),
)
documents = st.lists(items, min_size=1, max_size=4, unique=True)


@st.composite
def stories(draw: st.DrawFn) -> list[dict[str, list[Item]]]:
    """Give rounds of refreshes: in each, every source lists what it listed, edited, or something else."""
    listed = {source: draw(documents) for source in SOURCES[: draw(st.integers(1, 3))]}
    rounds = [listed]
    for _ in range(draw(st.integers(1, 3))):
        listed = {source: draw(_edited(items)) for source, items in listed.items()}
        rounds.append(listed)
    return rounds


@st.composite
def _edited(draw: st.DrawFn, listed: list[Item]) -> list[Item]:
    match draw(st.sampled_from(("nothing", "guids", "host", "one", "add", "drop", "all"))):
        case "guids":
            return [replace(item, guid=f"new-{item.guid}") for item in listed]
        case "host":
            return [replace(item, audio=item.audio and item.audio.replace("cdn.", "media.")) for item in listed]
        case "one":
            place = draw(st.integers(0, len(listed) - 1))
            return _different([*listed[:place], draw(items), *listed[place + 1 :]])
        case "add":
            return _different([draw(items), *listed])
        case "drop":
            return listed[:-1] or listed
        case "all":
            return draw(documents)
    return listed


def _different(listed: Sequence[Item]) -> list[Item]:
    return list(dict.fromkeys(listed))


def tellings(source: str, listed: Sequence[Item]) -> list[Episode]:
    """Give a document as it is understood."""
    return [
        telling(
            item.title,
            source,
            audio=item.audio,
            day=item.day,
            guid=item.guid,
            key=item.guid or item.audio or f"words:{item.title}{item.day}{item.guest}",
            show=SHOWS[source],
            credits=(guest(item.guest),),
        )
        for item in listed
    ]


Published = dict[str, tuple[str, str]]


def published(memory: Memory) -> Published:
    """Give path and guid of every episode by its id."""
    return {episode.id: (episode.path, episode.published_guid) for episode in memory.episodes}


def hear(memory: Memory, listed: dict[str, list[Item]], nth: int, order: Sequence[str]) -> None:
    """Let one refresh hear its sources in that order."""
    now = NOW + nth * timedelta(hours=1)
    for source in order:
        if source in listed:
            memory.take_in(*tellings(source, listed[source]), now=now)
    memory.bring_together(now=now)


def assert_published_well(memory: Memory, ever: Published) -> None:
    """Check what is published now against all that ever was; add to the latter."""
    episodes = memory.episodes
    now = published(memory)
    with memory.store.asking() as asked:
        gone = asked.absorbed(ever.keys() - now.keys())
        tellings_held = asked.tellings(now)
    assert {one.id: (one.path, one.published_guid) for one in gone.values()} | now == ever | now
    assert all(now[identity] == names for identity, names in ever.items() if identity in now)
    assert all(one.episode in now for one in gone.values())
    names = [*now.values(), *((one.path, one.published_guid) for one in gone.values())]
    assert len({path for path, _ in names}) == len({guid for _, guid in names}) == len(names)
    audios = [audio_key(episode.enclosure.url) for episode in episodes if episode.enclosure]
    assert len(set(audios)) == len(audios)
    for episode in episodes:
        heard = {(told.source, told.key) for told in tellings_held[episode.id]}
        assert {(hearing.source, hearing.key) for hearing in episode.hearings} == heard
    ever |= now


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stories())
def test_a_guid_stands_for_ever_for_one_episode_and_no_audio_is_listed_twice(rounds):
    memory = Memory()
    try:
        ever: Published = {}
        for nth, listed in enumerate(rounds):
            hear(memory, listed, nth, SOURCES)
            assert_published_well(memory, ever)
            for source, items in listed.items():
                told = {heard(one).item.hash for one in tellings(source, items)}
                assert told <= memory.store.known_hashes(source)
    finally:
        memory.close()


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stories(), st.permutations(SOURCES))
def test_the_order_in_which_sources_answer_changes_nothing(rounds, order):
    one, other = Memory(), Memory()
    try:
        for nth, listed in enumerate(rounds):
            hear(one, listed, nth, SOURCES)
            hear(other, listed, nth, order)
            assert _state(one) == _state(other)
    finally:
        one.close()
        other.close()


def _state(memory: Memory) -> dict[str, Episode]:
    return {episode.id: episode for episode in memory.episodes}


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stories())
def test_hearing_the_same_again_changes_nothing(rounds):
    memory = Memory()
    try:
        for nth, listed in enumerate(rounds):
            hear(memory, listed, nth, SOURCES)
        before = _state(memory)

        hear(memory, rounds[-1], len(rounds), SOURCES)

        assert _state(memory) == before
    finally:
        memory.close()


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stories(), st.data())
def test_lines_by_hand_come_and_go_and_every_name_stays(rounds, data):
    memory = Memory()
    try:
        ever: Published = {}
        for nth, listed in enumerate(rounds):
            words = [item.guid or item.audio or item.title for some in listed.values() for item in some]
            lines = st.lists(st.tuples(st.sampled_from(words), st.sampled_from(words)), max_size=1)
            memory.lines = Lines(apart=tuple(data.draw(lines)), together=tuple(data.draw(lines)))
            hear(memory, listed, nth, SOURCES)
            assert_published_well(memory, ever)
    finally:
        memory.close()
