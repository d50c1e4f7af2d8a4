from dataclasses import replace
from datetime import UTC, datetime

from mediafeed.model.episode import Role
from mediafeed.model.published import Fragments, IndexRow
from tests.store.samples import NOW, episode, record, take, take_in


def rendered(number: int) -> Fragments:
    return Fragments(
        episode=f"e{number:04}",
        key="key-1",
        rss=f"<item>{number} – ü</item>".encode(),
        json=f'{{"id":{number}}}'.encode(),
        row=b"",
        views=("japan", "uk"),
    )


def test_the_index_tells_of_every_episode_newest_first(store):
    take(store, take_in(1, 3))

    newest, oldest = store.index()

    assert newest == IndexRow(
        id="e0003",
        show="briefing",
        path="briefing/episode-3",
        dated=datetime(2022, 1, 3, 23, tzinfo=UTC),
        day="2022-01-04",
        changed_at=NOW,
        blocked=False,
        fingerprint="as first heard",
        fragment_key="",
        rss_length=0,
        views=(),
        appearances=(("neil-melvin", "host"), ("philip-shetler-jones", "guest")),
    )
    assert oldest.id == "e0001"


def test_episodes_of_one_moment_stand_in_the_order_of_their_ids(store):
    moment = episode(1).published
    same = [replace(record(number), episode=replace(episode(number), published=moment)) for number in (3, 1, 2)]

    take(store, replace(take_in(3, 1, 2), episodes=tuple(same)))

    assert [row.id for row in store.index()] == ["e0001", "e0002", "e0003"]


def test_an_undated_episode_is_dated_by_its_first_hearing(store):
    undated = replace(record(1), episode=replace(episode(1), published=None))

    take(store, replace(take_in(1), episodes=(undated,)))

    assert store.index()[0].dated == NOW


def test_somebody_credited_twice_in_one_role_appears_once_and_a_name_without_a_person_not_at_all(store):
    host, _ = episode(3).credits
    cast = (host, replace(host, name="Dr Neil Melvin"), replace(host, role=Role.GUEST), replace(host, person=""))

    take(store, replace(take_in(3), episodes=(replace(record(3), episode=replace(episode(3), credits=cast)),)))

    assert store.index()[0].appearances == (("neil-melvin", "host"), ("neil-melvin", "guest"))


def test_fragments_come_back_in_the_order_asked_and_mark_the_index(store):
    take(store, take_in(1, 2, 3))
    store.save_fragments([rendered(1), rendered(3)])

    assert list(store.fragments(["e0003", "e0002", "e0009", "e0001"], "rss")) == [
        ("e0003", "<item>3 – ü</item>".encode()),
        ("e0001", "<item>1 – ü</item>".encode()),
    ]
    assert list(store.fragments(["e0001"], "json")) == [("e0001", b'{"id":1}')]
    assert list(store.fragments(["e0001"], "row")) == [("e0001", b"")]
    row = store.index()[0]
    assert (row.fragment_key, row.rss_length, row.views) == ("key-1", len(rendered(3).rss), ("japan", "uk"))


def test_fragments_of_an_episode_that_went_meanwhile_are_dropped(store):
    store.save_fragments([rendered(1)])

    assert list(store.fragments(["e0001"], "rss")) == []


def test_taking_an_episode_in_again_leaves_its_fragments_to_publishing(store):
    take(store, take_in(1))
    store.save_fragments([rendered(1)])

    take(store, take_in(1))

    assert store.index()[0].fragment_key == "key-1"
    assert list(store.fragments(["e0001"], "rss")) == [("e0001", rendered(1).rss)]


def test_thousands_of_fragments_are_saved_and_read_in_order(store):
    take(store, take_in(*range(1300)))
    store.save_fragments(rendered(number) for number in range(1300))

    ids = [row.id for row in store.index()]

    assert [id_ for id_, _ in store.fragments(ids, "rss")] == ids
    assert [one.id for one in store.episodes(ids)] == ids


def test_documents_are_remembered_as_written_until_they_are_taken_away(store):
    store.note_published({"feed.xml": "1", "index.html": "1"})
    store.note_published({"feed.xml": "2"}, removed=["index.html", "never-there.html"])

    assert store.published() == {"feed.xml": "2"}


def test_an_episodes_part_of_a_feed_is_remembered_for_each_feed(store):
    take(store, take_in(1, 2))
    store.save_parts("feed", {"e0001": 1, "e0002": 1, "e0009": 4})
    store.save_parts("feed", {"e0002": 2})
    store.save_parts("people/neil-melvin/feed", {"e0001": 7})

    assert store.parts("feed") == {"e0001": 1, "e0002": 2}
    assert store.parts("people/neil-melvin/feed") == {"e0001": 7}
    assert store.parts("shows/none/feed") == {}
    assert store.all_parts() == {"feed": {"e0001": 1, "e0002": 2}, "people/neil-melvin/feed": {"e0001": 7}}


def test_a_setting_is_remembered_by_its_name(store):
    store.set_setting("site guid", "1")
    store.set_setting("site guid", "2")

    assert store.setting("site guid") == "2"
    assert store.setting("another") is None


def test_every_telling_is_walked_by_source_and_key_in_batches_of_any_size(store):
    take(store, take_in(*range(25)))
    take(store, replace(take_in(3, source="geo"), shows=()))

    walks = [[(one.source, one.key) for one in store.all_tellings(batch=batch)] for batch in (1, 7, 26, 1000)]

    assert walks[0] == sorted(walks[0])
    assert len(walks[0]) == 26
    assert walks[0] == walks[1] == walks[2] == walks[3]
    assert [one.key for one in store.all_tellings("geo")] == ["guid-3"]


def test_where_somebody_belongs_is_told_by_day_the_oldest_first_and_not_of_blocked_episodes(store):
    def said(number: int, affiliation: str | None, *, blocked: bool = False):
        one = episode(number)
        host = replace(one.credits[0], affiliation=affiliation)
        return replace(record(number), episode=replace(one, credits=(host,), blocked=blocked))

    told = (said(4, "RUSI"), said(2, "King's College"), said(3, None), said(5, "Chatham House", blocked=True))
    take(store, replace(take_in(2, 3, 4, 5), episodes=told))

    assert store.affiliations("neil-melvin") == (("2022-01-03", "King's College"), ("2022-01-05", "RUSI"))
    assert store.affiliations("philip-shetler-jones") == ()
