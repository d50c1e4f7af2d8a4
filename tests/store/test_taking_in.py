from dataclasses import replace
from datetime import timedelta

import pytest

from mediafeed.errors import StoreError
from mediafeed.model.episode import Person
from mediafeed.model.held import HeldItem
from mediafeed.model.source import Outcome
from mediafeed.store.store import Store
from tests.store.samples import (
    GEO,
    HOUR,
    NEIL,
    NOW,
    PHILIP,
    RUSI,
    SHOW,
    episode,
    heard,
    item,
    record,
    take,
    take_in,
    visit,
)


def test_what_was_written_is_found_again_by_every_question(store):
    take(store, take_in(1, 2))

    with store.taking_in() as held:
        first = HeldItem(
            source="rusi",
            key="guid-1",
            hash=item(1).hash,
            fingerprint="telling-1-About Japan.",
            audio="audio.example/1.mp3",
            episode="e0001",
            first_heard=NOW,
        )
        assert held.items("rusi", ["guid-1", "guid-9"]) == {"guid-1": first}
        assert held.items("geo", ["guid-1"]) == {}
        assert held.items_by_audio("rusi", ["audio.example/1.mp3", ""]) == {"audio.example/1.mp3": (first,)}
        assert held.candidates(["guid:guid-2", "title:japan", "guid:guid-9"]) == {
            "guid:guid-2": ("e0002",),
            "title:japan": ("e0001", "e0002"),
        }
        assert held.episodes(["e0002", "e0009"]) == {"e0002": episode(2)}
        assert held.guids(["guid-1", "guid-9"]) == {"guid-1": "e0001"}
        assert held.paths(["briefing/episode-1", "briefing/episode-9"]) == {"briefing/episode-1": "e0001"}
        assert held.persons(["neil melvin", "nobody"]) == {"neil melvin": NEIL}
        assert [held.is_person(id_) for id_ in ("philip-shetler-jones", "nobody")] == [True, False]
        assert held.show_owners(["briefing", "other"]) == {"briefing": "rusi"}
        [telling] = held.tellings(["e0001"])["e0001"]
        assert (telling.item, telling.telling) == (item(1), heard(1).telling)


def test_more_keys_may_be_asked_for_than_one_statement_takes(store):
    take(store, take_in(*range(1200)))

    with store.taking_in() as held:
        keys = [f"guid-{number}" for number in range(70_000)]
        assert len(held.items("rusi", keys)) == 1200
        assert len(held.candidates([f"guid:{key}" for key in keys])) == 1200


def test_a_block_that_raises_leaves_no_trace(store):
    def write_half() -> None:
        with store.taking_in() as held:
            held.write(take_in(1, 2))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_half()

    assert store.index() == ()
    assert store.persons() == ()
    assert store.head("rusi") is None


def test_questions_inside_the_block_see_what_it_wrote_and_others_do_not(store):
    with store.taking_in() as held:
        held.write(take_in(1))

        assert held.episodes(["e0001"]) == {"e0001": episode(1)}
        assert list(store.episodes(["e0001"])) == []


def test_writing_by_the_store_inside_the_block_is_refused_instead_of_waiting_for_itself(store):
    with store.taking_in(), pytest.raises(StoreError, match="while this thread is taking in"):
        store.note_visit(visit())


def test_an_episode_changed_at_the_time_its_fingerprint_did(store):
    take(store, take_in(1))
    take(store, replace(take_in(1), at=NOW + HOUR))
    same = store.index()[0].changed_at
    take(store, replace(take_in(1), at=NOW + 2 * HOUR, episodes=(record(1, fingerprint="other"),)))

    assert same == NOW
    assert store.index()[0].changed_at == NOW + 2 * HOUR


def test_credits_and_match_keys_of_an_episode_are_those_of_its_last_writing(store):
    take(store, take_in(3))
    alone = replace(record(3), episode=replace(episode(3), credits=()), match_keys=frozenset({"title:other"}))

    take(store, replace(take_in(3), episodes=(alone,)))

    assert store.index()[0].appearances == ()
    assert store.list_people() == ((NEIL, {}), (PHILIP, {}))
    with store.taking_in() as held:
        assert held.candidates(["title:japan", "title:other"]) == {"title:other": ("e0003",)}


def test_other_words_under_the_same_key_become_history(store):
    take(store, take_in(1))
    store.note_visit(visit(at=NOW + HOUR))
    later = NOW + 2 * HOUR

    take(store, replace(take_in(1), at=later, items=(heard(1, description="About Japan and the UK."),)))

    [old] = store.history("e0001")
    assert (old.item, old.telling, old.fingerprint) == (item(1), heard(1).telling, "telling-1-About Japan.")
    assert (old.first_heard, old.last_heard, old.episode) == (NOW, NOW + HOUR, "e0001")
    [new] = store.tellings("e0001")
    assert new.item == item(1, "About Japan and the UK.")
    assert new.first_heard == NOW


def test_other_bytes_that_say_the_same_are_no_history(store):
    take(store, take_in(1))
    respaced = replace(heard(1), item=replace(item(1), hash="other bytes"))

    take(store, replace(take_in(1), items=(respaced,)))

    assert store.history("e0001") == ()
    assert store.known_hashes("rusi") == {"other bytes"}


def test_the_same_words_understood_anew_are_no_history(store):
    take(store, take_in(1))
    anew = replace(heard(1), telling=replace(heard(1).telling, number=77), fingerprint="better")

    take(store, replace(take_in(1), items=(anew,)))

    assert store.history("e0001") == ()
    assert store.tellings("e0001")[0].telling.number == 77


def test_an_item_that_changes_for_ever_keeps_its_first_words_and_its_newest(store):
    take(store, take_in(1))
    for turn in range(70):
        words = replace(take_in(1), at=NOW + turn * HOUR, items=(heard(1, description=f"Turn {turn}"),))
        take(store, words)

    said = [old.telling.summary for old in store.history("e0001")]

    assert said[0] == "About Japan."
    assert said[-1] == "Turn 68"
    assert len(said) == 51


def test_a_changed_guid_keeps_the_item_its_words_and_its_history(store):
    take(store, take_in(1))
    take(store, replace(take_in(1), items=(heard(1, description="New"),)))

    moved = replace(heard(1, description="Newer"), key="new-guid")
    take(store, replace(take_in(1), items=(moved,), rekeyed=(("guid-1", "new-guid"),)))

    assert [one.key for one in store.tellings("e0001")] == ["new-guid"]
    assert [old.telling.summary for old in store.history("e0001")] == ["About Japan.", "New"]


def test_a_new_key_that_is_held_already_takes_nothing_away(store):
    take(store, take_in(1, 2))

    take(store, replace(take_in(), rekeyed=(("guid-1", "guid-2"),)))

    assert [one.key for one in store.all_tellings()] == ["guid-1", "guid-2"]


def test_an_item_no_longer_listed_stays_and_says_when_it_was_last_heard(store):
    take(store, take_in(1, 2))
    store.note_visit(visit(at=NOW))
    store.note_visit(visit(at=NOW + HOUR, outcome=Outcome.NOT_MODIFIED))
    take(store, take_in(2, at=NOW + 2 * HOUR))
    store.note_visit(visit(at=NOW + 2 * HOUR, outcome=Outcome.NEW))

    assert len(store.index()) == 2
    assert store.tellings("e0001")[0].last_heard == NOW + HOUR
    assert store.tellings("e0002")[0].last_heard == NOW + 2 * HOUR


def test_an_item_that_is_listed_again_is_heard_again(store):
    take(store, take_in(1, 2))
    store.note_visit(visit(at=NOW))
    take(store, take_in(2))
    take(store, take_in(1, 2))
    store.note_visit(visit(at=NOW + 5 * HOUR))

    assert store.tellings("e0001")[0].last_heard == NOW + 5 * HOUR


def test_understanding_an_item_anew_is_not_hearing_it(store):
    take(store, take_in(1, 2))
    store.note_visit(visit(at=NOW))
    take(store, take_in(2))
    take(store, take_in(1, listed=()))
    store.note_visit(visit(at=NOW + 5 * HOUR))

    assert store.tellings("e0001")[0].last_heard == NOW


def test_nothing_is_concluded_from_a_document_that_does_not_say_what_it_lists(store):
    take(store, take_in(1, 2))
    store.note_visit(visit(at=NOW))
    take(store, take_in(3, listed=()))
    store.note_visit(visit(at=NOW + HOUR))

    assert store.tellings("e0001")[0].last_heard == NOW + HOUR


def test_two_sources_may_tell_of_one_episode(store):
    take(store, take_in(1))
    again = replace(take_in(1, source="geo"), items=(replace(heard(1, "geo"), first_heard=NOW + HOUR),), shows=())
    take(store, again)

    assert [one.source for one in store.tellings("e0001")] == ["rusi", "geo"]
    assert [one.episodes for one in store.states()] == [1, 1]


def test_of_several_items_with_one_audio_the_first_heard_is_given_first(store):
    second = replace(heard(2), audio="audio.example/1.mp3", first_heard=NOW - timedelta(days=1))
    take(store, replace(take_in(1, 2), items=(heard(1), second)))

    with store.taking_in() as held:
        assert held.items_by_audio("rusi", ["audio.example/1.mp3"])["audio.example/1.mp3"][0].key == "guid-2"


def test_two_episodes_under_one_address_or_one_guid_are_refused_and_nothing_is_written(store):
    same_path = replace(record(2), episode=replace(episode(2), path="briefing/episode-1"))
    same_guid = replace(record(2), episode=replace(episode(2), published_guid="guid-1"))

    for wrong in (same_path, same_guid):
        with pytest.raises(StoreError, match="UNIQUE"):
            take(store, replace(take_in(1, 2), episodes=(record(1), wrong)))

    assert store.index() == ()


def test_an_episode_of_an_unknown_show_is_refused(store):
    with pytest.raises(StoreError, match="FOREIGN KEY"):
        take(store, replace(take_in(1), shows=()))


def test_keys_with_a_lone_surrogate_cost_no_other_item_anything(store):
    broken = replace(heard(2), key="guid-2\ud800", audio="\ud800")
    odd = replace(episode(2), published_guid="\ud800", guid="\ud800", page="\ud800", title="\ud800")

    take(store, replace(take_in(1, 2), items=(heard(1), broken), episodes=(record(1), replace(record(2), episode=odd))))

    assert len(store.index()) == 2
    with store.taking_in() as held:
        assert held.items("rusi", ["guid-2\ud800"]).keys() == {"guid-2\ufffd"}
        assert held.persons(["\ud800"]) == {}
        assert held.candidates(["\ud800"]) == {}


def test_persons_and_shows_are_brought_up_to_date(store):
    take(store, take_in(1))
    known_as = Person(id=NEIL.id, key=NEIL.key, name=NEIL.name, aliases=("N. Melvin",))

    take(store, replace(take_in(1), persons=(known_as,), shows=(replace(SHOW, title="Briefing"),)))

    assert store.persons() == (known_as, PHILIP)
    assert store.shows() == (replace(SHOW, title="Briefing"),)


def test_writing_for_a_source_that_config_no_longer_names_still_counts(store):
    store.register([GEO])

    take(store, take_in(1))

    assert [one.id for one in store.sources()] == [GEO.id, RUSI.id]
    assert len(store.index()) == 1


def test_shows_are_read_once_until_one_is_written_by_whatever_store(store):
    take(store, take_in(1))
    first = store.shows()
    again = store.shows()
    with Store(store._path) as other:
        take(other, replace(take_in(), shows=(replace(SHOW, title="Briefing"),)))

    assert again is first
    assert store.shows() == (replace(SHOW, title="Briefing"),)


def test_a_show_whose_writing_was_undone_is_not_given(store):
    def write_half() -> None:
        with store.taking_in() as held:
            held.write(take_in(1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_half()

    assert store.shows() == ()
