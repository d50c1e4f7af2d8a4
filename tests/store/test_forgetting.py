from dataclasses import replace

import pytest

from mediafeed.errors import UsageError
from mediafeed.model.audio import Measurement
from mediafeed.model.held import KeptMeasurement
from mediafeed.model.published import Fragments
from mediafeed.model.source import Validators
from tests.store.samples import GEO, NEIL, NOW, PHILIP, heard, record, take, take_in, visit


@pytest.fixture
def told(store):
    """Rusi tells of 1, 2 and 3, geo of 3 as well; 1 has fragments, a part and a history."""
    take(store, take_in(1, 2, 3))
    take(store, replace(take_in(1), listed=(), items=(heard(1, description="New"),)))
    take(store, replace(take_in(3, source="geo"), shows=()))
    store.save_fragments([Fragments(episode="e0001", key="k", rss=b"r", json=b"j", row=b"w", views=())])
    store.save_parts("feed", {"e0001": 1, "e0003": 1})
    store.note_visit(visit(), validators=Validators("1"), body_hash="b", head_hash="h")
    return store


def test_episodes_nobody_else_told_of_go_and_the_others_stay(told):
    assert told.forget("rusi") == ("e0001", "e0002")

    assert [row.id for row in told.index()] == ["e0003"]
    assert [one.source for one in told.tellings("e0003")] == ["geo"]
    assert told.known_hashes("rusi") == frozenset()


def test_nothing_of_an_episode_that_went_is_left_behind(told):
    told.forget("rusi")

    assert told.parts("feed") == {"e0003": 1}
    assert list(told.fragments(["e0001"], "rss")) == []
    assert told.history("e0001") == ()
    assert told.list_episodes(text="japan") == ("e0003",)
    assert told.list_people() == ((NEIL, {"host": 1}), (PHILIP, {"guest": 1}))
    with told.taking_in() as held:
        assert held.candidates(["guid:guid-1", "guid:guid-3"]) == {"guid:guid-3": ("e0003",)}


def test_what_the_audio_said_goes_with_its_episode(store):
    mine, both = (replace(record(number), audio=f"audio-{number}") for number in (1, 3))
    take(store, replace(take_in(1, 3), episodes=(mine, both)))
    take(store, replace(take_in(3, source="geo"), shows=(), episodes=()))
    with store.taking_in() as transaction:
        for audio in ("audio-1", "audio-3"):
            found = Measurement(seconds=2880.0)
            transaction.keep_measurement(
                KeptMeasurement(audio=audio, found=found, at=NOW, attempts=0, again=None, told="")
            )

    store.forget("rusi")

    assert store.measurements.of_audio("audio-1") is None
    kept = store.measurements.of_audio("audio-3")
    assert kept is not None
    assert kept.found.seconds == 2880.0


def test_a_show_that_still_has_episodes_stays_and_an_empty_one_goes(told):
    told.forget("rusi")
    still = told.shows()
    told.forget("geo")

    assert [(show.id, show.source) for show in still] == [("briefing", "rusi")]
    assert told.index() == ()


def test_a_source_that_is_still_configured_is_read_whole_again(told):
    told.forget("rusi")

    state = told.state("rusi")
    assert (state.validators, state.body_hash, state.head_hash, state.episodes) == (Validators(), "", "", 0)
    assert told.head("rusi") is None


def test_a_source_that_config_no_longer_names_goes_altogether(told):
    told.register([GEO])

    told.forget("rusi")

    assert told.sources() == (GEO,)
    with pytest.raises(UsageError, match="no source 'rusi'"):
        told.forget("rusi")
