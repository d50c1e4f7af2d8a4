"""What commands say in JSON of an episode that nobody sees published."""

from dataclasses import replace
from datetime import UTC, datetime

from mediafeed.cli.facts import episode_facts, with_block
from mediafeed.model.episode import Episode, Hearing, Show

HEARD = Hearing(source="a", key="1", guid="1", page=None, enclosure=None)
TOLD = Episode(show="a", title="T", hearings=(HEARD,), path="a/t", first_heard=datetime(2022, 9, 1, tzinfo=UTC))
SHOW = Show(id="a", source="a", title="A")


def test_an_episode_of_a_blocked_show_has_no_page_of_ours():
    blocked = with_block(TOLD, [replace(SHOW, blocked=True)])

    assert episode_facts(blocked, "https://our.example")["url"] is None


def test_a_blocked_show_takes_no_page_from_anothers_episode():
    free = with_block(TOLD, [SHOW, replace(SHOW, id="b", blocked=True)])

    assert episode_facts(free, "https://our.example")["url"] == "https://our.example/episodes/a/t/"
