"""Shows are read once, then only those that were written since, whichever process wrote them."""

from dataclasses import replace

from sqlalchemy import event

from mediafeed.model.episode import Show
from mediafeed.store.store import Store
from tests.store.samples import SHOW, take, take_in


def named(store: Store, *shows: Show) -> None:
    take(store, replace(take_in(), shows=shows))


def test_only_shows_written_since_are_read(store):
    named(store, *(replace(SHOW, id=f"show-{n}") for n in range(50)))
    store.shows()
    named(store, replace(SHOW, id="new"), replace(SHOW, id="show-7", title="Renamed"))
    fetched: list[str] = []
    real = store._codec.show

    def spying(facts: str) -> Show:
        fetched.append(real(facts).id)
        shown: Show = real(facts)
        return shown

    store._codec.show = spying
    shows = store.shows()

    assert sorted(fetched) == ["new", "show-7"]
    assert len(shows) == 51
    assert [show.title for show in shows if show.id == "show-7"] == ["Renamed"]


def test_asking_for_one_show_reads_none_of_the_others_again(store):
    named(store, *(replace(SHOW, id=f"show-{n}") for n in range(5)))
    store.shows_seen().get("show-1")
    asked: list[str] = []
    event.listen(store._engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    found = store.shows_seen().get("show-2")

    assert found
    assert found.id == "show-2"
    assert not any("FROM shows" in statement for statement in asked)


def test_what_was_seen_stays_as_it_was_seen(store):
    named(store, SHOW)
    seen = store.shows_seen()
    before = seen.get(SHOW.id), seen.get("later")

    named(store, replace(SHOW, title="Renamed"), replace(SHOW, id="later"))
    store.shows()

    assert (seen.get(SHOW.id), seen.get("later")) == before == (SHOW, None)
    assert seen.of_source(SHOW.source) == seen.all() == (SHOW,)
    assert len(store.shows_seen().of_source(SHOW.source)) == 2


def test_a_show_that_goes_to_another_source_is_that_ones(store):
    named(store, SHOW)
    store.shows()

    named(store, replace(SHOW, source="geo"))

    assert store.shows_seen().of_source(SHOW.source) == ()
    assert [show.id for show in store.shows_seen().of_source("geo")] == [SHOW.id]


def test_a_show_that_was_dropped_is_not_given(store):
    take(store, take_in(1))
    before = store.shows()

    store.forget("rusi")

    assert before == (SHOW,)
    assert store.shows() == store.shows_seen().all() == ()
