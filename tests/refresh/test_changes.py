"""Which episode is which, told as stories: what one document says after another."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from mediafeed.model.episode import DatePrecision, Episode, Role
from mediafeed.model.settings import Override, PersonSetting
from mediafeed.refresh.changes import MOVED
from mediafeed.refresh.keying import keys_for
from mediafeed.refresh.people import configured_persons
from tests.normalize.making import NOW, guest, telling
from tests.refresh.memory import Memory

HOUR = timedelta(hours=1)


def release(nth: int, source: str = "a", **more: Any) -> Episode:
    """One source's word about episode N: guid, page and audio of its own."""
    title = more.pop("title", f"Episode {nth}: Maritime strategy, lesson {chr(64 + nth)}")
    return telling(
        title,
        source,
        audio=more.pop("audio", f"https://cdn.example.org/{nth}.mp3"),
        day=more.pop("day", nth),
        guid=more.pop("guid", f"guid-{nth}"),
        key=more.pop("key", f"guid-{nth}"),
        number=more.pop("number", nth),
        **more,
    )


def other_recording(nth: int, source: str = "b", **more: Any) -> Episode:
    """Another show's episode that carries the guid of `release(nth)`."""
    given = {"audio": f"https://other.example/{nth}.mp3", "show": "harbour", "title": "Harbour news in brief"}
    return release(nth, source, **(given | more))


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    made = Memory(tmp_path)
    yield made
    made.close()


@pytest.fixture
def another(tmp_path: Path) -> Iterator[Memory]:
    made = Memory(tmp_path / "another")
    yield made
    made.close()


# One guid, twice (F1)


def test_a_guid_that_stands_twice_with_the_same_audio_is_one_episode(memory):
    settled = memory.hear(release(1), release(1, day=2, title="Episode 1, mended"))

    assert [episode.title for episode in memory.episodes] == ["Episode 1, mended"]
    assert len(settled.changes.new) == 1


def test_a_guid_that_stands_twice_with_other_audio_is_two_episodes_and_the_later_gets_a_guid_of_its_own(memory):
    first = release(1, guid="33", key="33", day=1)
    second = release(2, guid="33", key="33", day=2)

    memory.hear(second, first)

    guids = {episode.title: episode.published_guid for episode in memory.episodes}
    assert guids[first.title] == "33"
    assert UUID(guids[second.title]).version == 5


def test_two_recordings_of_one_guid_stay_what_they_are_however_often_they_are_heard_and_edited(memory):
    first = release(1, guid="33", key="33", day=1)
    second = release(2, guid="33", key="33", day=2)
    memory.hear(first, second)
    before = {episode.id: (episode.published_guid, episode.path, episode.enclosure) for episode in memory.episodes}

    memory.hear(second, first)
    memory.hear(replace(second, summary="More words."), replace(first, summary="Other words."))
    memory.hear(replace(second, summary="Even more."))
    memory.hear(first, second, anew=True)

    after = {episode.id: (episode.published_guid, episode.path, episode.enclosure) for episode in memory.episodes}
    assert after == before


def test_an_older_recording_that_turns_up_under_a_known_guid_does_not_push_the_known_one_out(memory):
    known = release(5, guid="33", key="33", day=5)
    memory.hear(known)
    before = memory.episodes[0]

    memory.hear(replace(known, summary="Edited meanwhile."), release(1, guid="33", key="33", day=1))

    kept = next(episode for episode in memory.episodes if episode.id == before.id)
    assert kept.enclosure == known.enclosure
    assert kept.summary == "Edited meanwhile."
    assert len(memory.episodes) == 2


def test_a_new_address_of_the_audio_under_the_same_guid_is_the_same_episode(memory):
    memory.hear(release(1))

    settled = memory.hear(release(1, audio="https://new-host.example/1.mp3"))

    assert len(memory.episodes) == 1
    assert settled.changes.modified == (memory.episodes[0].id,)
    assert memory.episodes[0].enclosure.url == "https://new-host.example/1.mp3"


def test_a_guid_that_is_given_again_after_its_first_episode_left_the_feed_takes_nothing_away(memory):
    memory.hear(release(1, guid="1", key="1"))
    before = memory.episodes[0]

    settled = memory.hear(release(9, guid="1", key="1"))
    memory.hear(release(9, guid="1", key="1", summary="Edited."))

    assert len(settled.changes.new) == 1
    assert memory.episodes[0] == before
    assert memory.episodes[1].summary == "Edited."
    assert UUID(memory.episodes[1].published_guid).version == 5


@pytest.mark.parametrize(
    "agreeing", [{"title": "Episode 9: Maritime strategy, lesson A"}, {"number": 1}, {"day": 1}, {"audio": None}]
)
def test_an_episode_that_is_put_up_anew_is_the_same_while_one_thing_agrees(memory, agreeing):
    memory.hear(release(1, guid="1", key="1"))

    memory.hear(release(9, guid="1", key="1", **agreeing))

    assert len(memory.episodes) == 1


def test_an_item_without_guid_is_known_by_its_key_alone(memory):
    memory.hear(release(1, guid=None, key="https://cdn.example.org/1.mp3"))

    settled = memory.hear(release(1, guid=None, key="https://cdn.example.org/1.mp3", summary="More."))

    assert len(memory.episodes) == 1
    assert settled.changes.modified
    assert UUID(memory.episodes[0].published_guid).version == 5


def _named(memory: Memory) -> dict[str, tuple[str, str, str]]:
    return {e.title: (e.id, e.published_guid, e.path) for e in memory.episodes}


def _story(title: str, guid: str, *, audio: str, day: int | None) -> Episode:
    return telling(title, "a", audio=f"https://cdn.example.org/{audio}.mp3", day=day, guid=guid, key=guid)


HARBOUR = _story("First words of the harbour", "R", audio="r1", day=1)
GARDENS = _story("Second words of the gardens", "R", audio="r2", day=9)
MUSIC = _story("Third words of the music", "R", audio="r3", day=19)


def elsewhere(told: Episode) -> Episode:
    """Put the audio of an item on another host."""
    assert told.enclosure
    address = told.enclosure.url.replace("cdn.", "media.")
    return replace(
        told,
        enclosure=replace(told.enclosure, url=address),
        hearings=(replace(told.hearings[0], enclosure=address),),
    )


def test_one_of_several_items_of_a_guid_whose_audio_moves_is_still_itself(memory):
    memory.hear(HARBOUR, GARDENS)
    before = _named(memory)

    memory.hear(HARBOUR, elsewhere(GARDENS))

    assert _named(memory) == before


def test_an_item_of_a_repeated_guid_that_moves_alone_takes_no_other_ones_place(memory):
    memory.hear(GARDENS)
    memory.hear(HARBOUR, GARDENS)
    memory.hear(MUSIC, GARDENS, HARBOUR)
    before = _named(memory)

    memory.hear(MUSIC)
    memory.hear(elsewhere(MUSIC))

    assert _named(memory) == before


def test_a_show_of_one_guid_that_moves_to_another_host_and_back_doubles_nothing(memory):
    document = (HARBOUR, GARDENS, MUSIC)
    memory.hear(*document)
    before = _named(memory)

    memory.hear(*map(elsewhere, document))
    moved = _named(memory)
    memory.hear(*document)

    assert moved == _named(memory) == before


@pytest.mark.parametrize("days", [(1, 2, 3, 4, 5), (1, 8, 15, 22, 29), (None,) * 5])
def test_guids_counted_from_the_newest_item_stay_with_the_recordings_they_were_published_with(memory, days):
    told = [(f"Story of the {name} harbour", name, day) for name, day in zip("abcde", days, strict=True)]
    ever: dict[str, tuple[str, str, str]] = {}
    for size in range(2, 6):
        listed = reversed(told[:size])
        memory.hear(*(_story(t, str(n), audio=name, day=day) for n, (t, name, day) in enumerate(listed)))

        now = _named(memory)
        assert len(now) == len(memory.episodes) == size
        assert now | ever == now
        assert {e.title[13]: e.enclosure.url[-5] for e in memory.episodes} == {name: name for _, name, _ in told[:size]}
        ever = now
    assert [ever[title][1] for title, *_ in told[:2]] == ["1", "0"]


def test_two_items_that_swap_their_guids_keep_the_ones_they_were_published_with(memory):
    memory.hear(_story("Harbours", "1", audio="h", day=1), _story("Gardens", "2", audio="g", day=2))
    before = _named(memory)

    memory.hear(_story("Harbours", "2", audio="h", day=1), _story("Gardens", "1", audio="g", day=2))

    assert _named(memory) == before


def test_a_guid_that_an_item_left_and_another_took_up_twice_makes_nobody_another(memory):
    silent = _story("Trailer", "4", audio="3", day=None)
    memory.hear(silent, telling("Trailer", "a", day=1, guid="4", key="4"), _story("Trailer", "3", audio="s", day=None))
    memory.hear(_story("Trade", "2", audio="s", day=2), _story("Ports", "1", audio="s", day=None))
    before = {e.id: (e.published_guid, e.path) for e in memory.episodes}

    memory.hear(_story("Straits", "4", audio="3", day=20), _story("Ports, part 2", "3", audio="3", day=2))

    after = {e.id: (e.published_guid, e.path) for e in memory.episodes}
    assert after | before == after


# Two sources (F2)


def test_one_guid_in_two_sources_with_other_audio_is_two_episodes_and_the_later_gets_a_uuid_decided_once(memory):
    memory.hear(release(1, guid="1", key="1"))
    memory.hear(other_recording(1, guid="1", key="1"))
    ours, theirs = memory.episodes

    memory.hear(other_recording(1, guid="1", key="1", summary="Edited."))
    memory.hear(release(1, guid="1", key="1", summary="Edited as well."))

    assert ours.published_guid == "1"
    assert UUID(theirs.published_guid).version == 5
    assert [episode.published_guid for episode in memory.episodes] == ["1", theirs.published_guid]


def test_the_guid_of_a_second_recording_does_not_depend_on_when_it_is_heard(memory, another):
    later = another
    memory.hear(release(1, guid="1", key="1"))
    later.hear(release(1, guid="1", key="1"))

    memory.hear(other_recording(1, guid="1", key="1"))
    later.hear(other_recording(1, guid="1", key="1"), now=NOW + 90 * HOUR)

    assert memory.episodes[1].published_guid == later.episodes[1].published_guid


def test_the_same_audio_in_two_sources_is_one_episode_that_knows_both(memory):
    memory.hear(release(1, "a"))

    settled = memory.hear(release(1, "b", guid="another", key="another", title="A network's own title for it"))

    assert settled.changes.modified == (memory.episodes[0].id,)
    assert len(memory.episodes) == 1
    assert {hearing.source for hearing in memory.episodes[0].hearings} == {"a", "b"}
    assert memory.episodes[0].published_guid == "guid-1"
    assert memory.episodes[0].title == release(1).title


def test_an_episode_heard_from_two_sources_keeps_the_words_of_both_when_one_edits_its_own(memory):
    memory.hear(release(1, "a", credits=(guest("Philip Shetler-Jones"),)))
    memory.hear(release(1, "b", credits=(guest("Neil Melvin", Role.HOST),)))

    memory.hear(release(1, "b", credits=(guest("Neil Melvin", Role.HOST),), summary="Edited."))

    assert {credit.name for credit in memory.episodes[0].credits} == {"Philip Shetler-Jones", "Neil Melvin"}
    assert len(memory.episodes[0].hearings) == 2


def test_two_trailers_are_two_episodes(memory):
    memory.hear(release(1, "a", title="Trailer", number=None))
    memory.hear(other_recording(1, "b", title="Trailer", number=None))

    assert len(memory.episodes) == 2


# A guid changes (F3)


def test_an_item_that_changes_its_guid_and_keeps_its_audio_is_the_same_episode_under_the_guid_it_was_published_with(
    memory,
):
    memory.hear(release(1))
    before = memory.episodes[0]

    settled = memory.hear(release(1, guid="new-guid", key="new-guid", title="Episode 1: A better title"))

    (after,) = memory.episodes
    assert settled.rekeyed == (("guid-1", "new-guid"),)
    assert (after.id, after.path, after.published_guid) == (before.id, before.path, "guid-1")
    assert after.title == "Episode 1: A better title"
    assert [hearing.guid for hearing in after.hearings] == ["new-guid"]


def test_an_item_that_changed_its_guid_is_still_first_heard_when_it_was(memory):
    memory.hear(release(1))

    settled = memory.hear(release(1, guid="new-guid", key="new-guid"), now=NOW + 5 * HOUR)

    assert settled.items[0].first_heard == NOW
    assert memory.episodes[0].first_heard == NOW


def test_a_whole_feed_that_changes_its_guids_doubles_nothing(memory):
    memory.hear(*(release(number) for number in range(1, 9)))
    paths = [episode.path for episode in memory.episodes]

    memory.hear(*(release(number, guid=f"https://x.example/{number}", key=f"x{number}") for number in range(1, 9)))

    assert [episode.path for episode in memory.episodes] == paths


def test_a_show_that_moves_to_another_host_doubles_nothing(memory):
    def at(host: str, nth: int) -> Episode:
        return release(nth, guid=f"{host}-{nth}", key=f"{host}-{nth}", audio=f"https://{host}.example/x/{nth}.mp3")

    memory.hear(at("old", 1), at("old", 2))
    before = [(episode.id, episode.published_guid, episode.path) for episode in memory.episodes]

    settled = memory.hear(at("new", 1), at("new", 2), at("new", 3))

    assert [(e.id, e.published_guid, e.path) for e in memory.episodes[:2]] == before
    assert len(settled.changes.new) == 1
    assert [hearing.guid for episode in memory.episodes for hearing in episode.hearings] == ["new-1", "new-2", "new-3"]


def test_a_title_that_stands_again_on_a_shows_home_page_is_another_episode(memory):
    def news(nth: int) -> Episode:
        told = release(nth, title="News", number=None, page="https://harbour.example/")
        return replace(told, published=None, date_precision=DatePrecision.NONE)

    memory.hear(news(1))

    memory.hear(news(2))

    assert len(memory.episodes) == 2


def test_a_title_that_stands_again_while_the_first_is_still_listed_is_another_episode(memory):
    first, second = release(1, title="News"), release(2, title="News", day=1, number=1)
    memory.hear(first)

    memory.hear(first, second)

    assert len(memory.episodes) == 2


def test_episodes_for_which_one_file_stands_in_are_several_and_one_of_them_is_listed_with_it(memory):
    for_members = "https://members.example/subscribe.mp3"
    told = [release(nth, audio=for_members, credits=(guest(name),)) for nth, name in ((1, "Ann Lee"), (2, "Bo Ek"))]

    memory.hear(*told)

    first, second = memory.episodes
    assert [credit.name for credit in first.credits] == ["Ann Lee"]
    assert [credit.name for credit in second.credits] == ["Bo Ek"]
    assert first.enclosure
    assert (second.enclosure, second.audio_of) == (None, first.id)


def test_an_item_listed_under_its_old_guid_and_a_new_one_is_one_episode(memory):
    memory.hear(release(1))

    settled = memory.hear(release(1), release(1, guid="new-guid", key="new-guid"))

    assert len(memory.episodes) == 1
    assert not settled.rekeyed


# Nothing changes (F9), words change (F11)


def test_hearing_the_same_in_another_order_changes_nothing(memory):
    document = [release(number) for number in range(1, 6)]
    memory.hear(*document)
    before = list(memory.episodes)

    settled = memory.hear(*reversed(document))
    again = memory.hear(*reversed(document), anew=True)

    assert not settled.changes
    assert not again.changes
    assert memory.episodes == before


def test_the_order_of_a_first_document_decides_neither_guids_nor_paths(memory, another):
    document = [release(number, title="The same title every week") for number in range(1, 6)]
    one, other = memory, another

    one.hear(*document)
    other.hear(*reversed(document))

    assert {e.id: (e.path, e.published_guid) for e in one.episodes} == {
        e.id: (e.path, e.published_guid) for e in other.episodes
    }


def test_an_edited_title_modifies_the_episode_and_neither_its_guid_nor_its_path(memory):
    memory.hear(release(1))
    before = memory.episodes[0]

    settled = memory.hear(release(1, title="Episode 1: Entirely other words"))

    assert settled.changes.modified == (before.id,)
    assert not settled.changes.new
    assert memory.episodes[0].title == "Episode 1: Entirely other words"
    assert (memory.episodes[0].published_guid, memory.episodes[0].path) == (before.published_guid, before.path)


def test_a_source_that_flips_between_two_wordings_has_one_episode_and_each_flip_is_one_change(memory):
    one, other = release(1, summary="Version A."), release(1, summary="Version B.")
    memory.hear(one)

    changes = [memory.hear(told).changes for told in (other, one, other, one)]

    assert all(len(change.modified) == 1 and not change.new for change in changes)
    assert len(memory.episodes) == 1


def test_an_episode_that_is_listed_no_more_stays(memory):
    memory.hear(*(release(number) for number in range(1, 10)))

    settled = memory.hear(release(9, summary="The only one left."))

    assert len(memory.episodes) == 9
    assert settled.changes.modified == (memory.episodes[8].id,)


# Dates (F12) and first hearing


def test_hearing_an_episode_again_does_not_change_when_it_was_first_heard(memory):
    memory.hear(release(1, day=None))

    memory.hear(release(1, day=None, summary="Edited."), now=NOW + 24 * HOUR)
    memory.hear(release(1, "b", day=None), now=NOW + 48 * HOUR)

    assert memory.episodes[0].first_heard == NOW
    assert memory.episodes[0].dated == NOW


def test_a_source_that_dates_everything_with_now_moves_no_episode(memory):
    memory.hear(release(1, published=NOW))

    for hours in range(1, 4):
        settled = memory.hear(release(1, published=NOW + hours * HOUR), now=NOW + hours * HOUR)

    assert memory.episodes[0].published == NOW
    assert MOVED in memory.episodes[0].flags
    assert not settled.changes


def test_an_undated_episode_is_not_dated_after_its_first_hearing(memory):
    memory.hear(release(1, day=None, flags=("no date, dated by first hearing",)))

    memory.hear(release(1, published=NOW + 10 * HOUR, date_precision=DatePrecision.SECOND), now=NOW + 11 * HOUR)

    assert memory.episodes[0].published is None
    assert memory.episodes[0].dated == NOW


def test_a_date_that_is_put_right_to_before_the_first_hearing_is_believed(memory):
    memory.hear(release(1, day=20))

    memory.hear(release(1, day=19), now=NOW + HOUR)

    assert memory.episodes[0].published == datetime(2022, 9, 19, tzinfo=UTC)
    assert not memory.episodes[0].flags


# Paths


def test_two_episodes_of_one_title_have_two_paths_for_ever(memory):
    memory.hear(release(1, title="Harbours", number=None))
    memory.hear(release(1, title="Harbours", number=None), release(2, title="Harbours", number=None))
    first, second = (episode.path for episode in memory.episodes)

    memory.hear(release(2, title="Harbours", number=None, summary="Edited."))

    assert first == "straits/harbours"
    assert second == f"straits/harbours-{memory.episodes[1].id}"
    assert [episode.path for episode in memory.episodes] == [first, second]


@pytest.mark.parametrize(
    "title", ["../../etc/passwd", "..\\..\\x", "/abs", "%2e%2e/", "CON", ".", "-rf", "x" * 100_000, "．．／", "🎙", ""]
)
def test_no_title_leads_out_of_its_folder(memory, title):
    memory.hear(release(1, title=title, number=None))

    show, _, name = memory.episodes[0].path.partition("/")
    assert show == "straits"
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,79}", name)


def test_titles_that_differ_only_in_case_have_paths_that_differ_in_more(memory):
    memory.hear(release(1, title="NATO", number=None), release(2, title="nato", number=None))

    assert len({episode.path.lower() for episode in memory.episodes}) == 2


# Credits


def test_the_operators_word_wins_over_every_other(memory):
    told = release(1, credits=(guest("Neil Melvin"), guest("Somebody Misread")))
    overrides = [
        Override(episode="guid-1", name="Neil Melvin", role="host"),
        Override(episode="guid-1", name="Dr Somebody Misread", role="none"),
    ]

    memory.hear(told, overrides=overrides)

    (credit,) = memory.episodes[0].credits
    assert (credit.name, credit.role, credit.person) == ("Neil Melvin", Role.HOST, "neil-melvin")


def test_an_override_speaks_of_its_own_episode_alone(memory):
    told = [release(number, credits=(guest("Neil Melvin"),)) for number in (1, 2)]

    memory.hear(*told, overrides=[Override(episode="guid-1", name="Neil Melvin", role="none")])

    assert [len(episode.credits) for episode in memory.episodes] == [0, 1]


def test_an_override_holds_when_the_source_edits_its_words(memory):
    overrides = [Override(episode="guid-1", name="Neil Melvin", role="host")]
    memory.hear(release(1, credits=(guest("Neil Melvin"),)), overrides=overrides)

    memory.hear(release(1, credits=(guest("Neil Melvin"),), summary="Edited."), overrides=overrides)

    assert memory.episodes[0].credits[0].role is Role.HOST


def test_changed_settings_change_only_the_episodes_they_concern(memory):
    told = [release(1, credits=(guest("Neil Melvin"),)), release(2)]
    memory.hear(*told)

    settled = memory.hear(*told, overrides=[Override(episode="guid-1", name="Neil Melvin", role="host")], anew=True)

    assert settled.changes.modified == (memory.episodes[0].id,)


def test_credits_name_the_persons_of_the_operator_by_any_name_they_go_by(memory):
    settings = [PersonSetting(id="psj", name="Philip Shetler-Jones", aliases=("Phil Jones",))]

    memory.hear(release(1, credits=(guest("Phil Jones"),)), configured=configured_persons(settings))

    assert memory.episodes[0].credits[0].person == "psj"


def test_no_two_items_of_one_document_have_one_key():
    assert len(set(keys_for("33", "a.example/33.mp3"))) == len(keys_for("33", "a.example/33.mp3"))
