from collections.abc import Iterable
from dataclasses import replace

import pytest

from mediafeed.model.published import Findable, Fragments
from mediafeed.store.search import by_likeness, phrases
from mediafeed.store.store import Store
from tests.store.samples import NEIL, PHILIP, SHOW, episode, record, take, take_in

STRAITS = Findable(
    title="Straits and treaties",
    people=("Viktorija Starych-Samuolienė",),
    shows=("Global Security Briefing",),
    notes=("What the law of the sea means for Japan.",),
)


def hold(store: Store, findable: Iterable[Findable]) -> None:
    """Hold an episode for each, a day apart, the last the newest, and publish them."""
    held = list(findable)
    take(store, take_in(*range(1, len(held) + 1)))
    store.save_fragments(
        Fragments(episode=f"e{number:04}", key="k", rss=b"", json=b"", row=b"", views=(), findable=one)
        for number, one in enumerate(held, 1)
    )


def found(store: Store, question: str) -> list[str]:
    return list(store.search.find(question).episodes)


@pytest.mark.parametrize(
    "question",
    ["straits", "STRAITS treaties", "strai", "samuoliene", "Samuolienė", '"starych samuoliene"', "security briefing",
     "law japan", "sea: Japan?"],
)  # fmt: skip
def test_an_episode_is_found_by_its_title_people_show_and_notes(store, question):
    hold(store, [STRAITS, Findable(title="Ports")])

    assert found(store, question) == ["e0001"]


def test_words_that_must_stand_together_do(store):
    hold(store, [STRAITS])

    assert found(store, '"law of the sea"') == ["e0001"]
    assert found(store, '"sea of the law"') == []


def test_words_without_spaces_between_them_are_found_inside_others(store):
    hold(store, [Findable(title="今日の日本外交について"), Findable(title="日曜の本")])

    assert found(store, "日本") == ["e0001"]


def test_a_title_comes_before_notes_and_of_equals_the_newest(store):
    hold(
        store,
        [
            Findable(title="Ports and piers", notes=("Ships.",)),
            Findable(title="Ships", notes=("Nothing of the kind, but ports.",)),
            Findable(title="Ports and quays", notes=("Ships.",)),
        ],
    )

    assert found(store, "ports") == ["e0003", "e0001", "e0002"]


def test_a_whole_word_comes_before_one_that_goes_on(store):
    hold(store, [Findable(title="The art of peace"), Findable(title="Articles of peace")])

    assert found(store, "art") == ["e0001", "e0002"]


def test_where_no_episode_has_every_word_those_with_some_are_given_and_it_is_said(store):
    hold(store, [STRAITS, Findable(title="Ports")])

    both = store.search.find("straits ports")

    assert set(both.episodes) == {"e0001", "e0002"}
    assert not both.every
    assert store.search.find("straits").every


def test_a_page_of_many_is_given_with_how_many_there_are(store):
    hold(store, [Findable(title="Ports")] * 7)

    page = store.search.find("ports", start=4, limit=2)

    assert (page.total, page.episodes) == (7, ("e0003", "e0002"))
    assert store.search.find("ports", start=40).total == 7


@pytest.mark.parametrize(
    "question",
    ["", "  ", '"', '""', "'", "a'b", '"a', "*", "ports*", "NOT", "AND OR", "NEAR(a b)", "title:ports", "a -b", "(",
     "^a", "\0", "a\0b", "%", "_", "\\", ";--", "{a b}: c",
     "\ud800", "x" * 10_000, "a " * 5_000, '"' * 10_000, "日" * 10_000,
     "ß", "İ", "ﬁ", "\u0301"],
)  # fmt: skip
def test_whatever_is_typed_is_answered(store, question):
    hold(store, [STRAITS])

    assert store.search.find(question).total in {0, 1}


def test_an_operator_is_a_word_like_any_other(store):
    hold(store, [Findable(title="Neither ports nor piers"), Findable(title="Near and not far")])

    assert found(store, "near not") == ["e0002"]
    assert found(store, "title:ports") == []


def test_what_is_blocked_is_not_found(store):
    hold(store, [STRAITS, STRAITS])
    take(store, replace(take_in(2), episodes=(replace(record(2), episode=replace(episode(2), blocked=True)),)))

    assert found(store, "straits") == ["e0001"]

    take(store, replace(take_in(), shows=(replace(SHOW, blocked=True),)))

    assert found(store, "straits") == []
    assert store.search.find("briefing").shows == ()


def test_what_is_said_anew_is_found_by_its_new_words_alone(store):
    hold(store, [STRAITS])
    hold(store, [Findable(title="Canals")])

    assert found(store, "straits") == []
    assert found(store, "canals") == ["e0001"]


def test_what_is_forgotten_is_not_found(store):
    hold(store, [STRAITS])

    store.forget("rusi")

    assert found(store, "straits") == []


def test_persons_are_found_by_name_if_they_have_a_page_and_shows_by_title(store):
    hold(store, [Findable()] * 3)
    store.note_published({f"people/{NEIL.id}/index.html": "s", f"shows/{SHOW.id}/index.html": "s"})

    assert store.search.find("neil").people == ((NEIL.id, NEIL.name),)
    assert store.search.find(PHILIP.name).people == ()
    assert store.search.find("secur brief").shows == ((SHOW.id, SHOW.title),)


@pytest.mark.parametrize(("question", "expected"), [("ports", ["e0002", "e0001"]), ("law of", ["e0001"]), ("x%", [])])
def test_without_fts5_the_same_is_found_by_likeness(store, question, expected):
    hold(store, [Findable(title="Law", notes=("of ports",)), Findable(title="Ports")])

    with store._reading() as connection:
        rows = connection.execute(by_likeness(phrases(question), every=True)).all()

    assert [row.id for row in rows] == expected


def test_what_is_said_is_found_last_and_no_longer_once_it_is_taken_back(store):
    hold(store, [Findable(title="Ports"), Findable(title="Ships", notes=("A lagoon.",))])
    store.files.let_find([("e0001", "hash", "We came by the lagoon, Samuolienė.")])

    assert found(store, "lagoon") == ["e0002", "e0001"]
    assert found(store, "lagoon samuoliene") == ["e0001"]
    assert store.search.spoken() == {"e0001": "hash"}
    store.files.let_find([("e0001", "", "")])
    assert (found(store, "lagoon"), store.search.spoken()) == (["e0002"], {})


def test_an_episode_that_is_published_anew_is_still_found_by_what_is_said(store):
    hold(store, [Findable(title="Ports")])
    store.files.let_find([("e0001", "hash", "We came by the lagoon.")])
    hold(store, [Findable(title="Harbours")])

    assert (found(store, "lagoon"), found(store, "harbours"), found(store, "ports")) == (["e0001"], ["e0001"], [])
