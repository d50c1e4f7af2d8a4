import json
from collections import Counter
from datetime import date, datetime
from typing import Any

import pytest

from mediafeed.demo.expected import EPISODES, EPISODES_BY_SHOW, HIS_EPISODES, SEEDS
from tests.cli.conftest import Said

EPISODE = {"id", "show", "also_on", "guid", "published_guid", "title", "number", "season", "kind", "sources",
           "published", "date_precision", "first_heard", "page", "url", "duration", "enclosure", "credits"}  # fmt: skip
CREDIT = {"name", "role", "person", "honorific", "affiliation", "confidence", "origin", "evidence"}
SEED_PERSON = "philip-shetler-jones"


def episodes(said: Said) -> list[dict[str, Any]]:
    assert (said.code, said.err) == (0, "")
    listed: list[dict[str, Any]] = json.loads(said.out)["episodes"]
    return listed


def test_an_episode_in_json_has_exactly_the_keys_of_the_contract(look):
    for episode in episodes(look("list", "episodes", "--json")):
        assert set(episode) == EPISODE
        assert all(set(told) == {"source", "guid", "page", "enclosure"} for told in episode["sources"])
        assert all(set(credit) == CREDIT for credit in episode["credits"])
        assert all(set(credit["evidence"]) == {"rule", "field", "quote"} for credit in episode["credits"])
        assert set(episode["duration"] or ()) <= {"seconds", "origin", "tolerance"}
        assert set(episode["enclosure"] or ()) <= {"url", "type", "length"}
        assert datetime.fromisoformat(episode["first_heard"]).tzinfo


def test_episodes_are_all_listed_newest_first(look):
    listed = episodes(look("list", "episodes", "--json"))
    dated = [datetime.fromisoformat(episode["published"] or episode["first_heard"]) for episode in listed]

    assert len(listed) == EPISODES
    assert dated == sorted(dated, reverse=True)


@pytest.mark.parametrize(
    "words", [SEED_PERSON, "Philip Shetler-Jones", "Dr Philip Shetler-Jones", "philip shetler jones"]
)
def test_episodes_with_a_person_are_found_by_any_way_of_writing_the_name(look, words):
    found = episodes(look("list", "episodes", "--person", words, "--json"))

    assert {episode["title"] for episode in found} == set(HIS_EPISODES)


def test_a_role_narrows_the_appearances_of_a_person(look):
    assert len(episodes(look("list", "episodes", "--person", SEED_PERSON, "--role", "guest", "--json"))) == len(
        HIS_EPISODES
    )
    assert episodes(look("list", "episodes", "--person", SEED_PERSON, "--role", "host", "--json")) == []


@pytest.mark.parametrize("words", ["geostrategy360", "Geostrategy360°"])
def test_episodes_of_a_show_are_found_by_its_id_or_title(look, words):
    found = episodes(look("list", "episodes", "--show", words, "--json"))

    assert {episode["show"] for episode in found} == {"geostrategy360"}
    assert len(found) == dict(EPISODES_BY_SHOW)["Geostrategy360°"]


def test_since_and_until_are_whole_days_and_both_count(look):
    day = SEEDS[0].published.isoformat()

    found = episodes(look("list", "episodes", "--since", day, "--until", day, "--json"))

    assert [episode["title"] for episode in found] == [SEEDS[0].title]


def test_since_leaves_out_what_is_older(look):
    found = episodes(look("list", "episodes", "--since", "2022-09-21", "--json"))
    days = [datetime.fromisoformat(e["published"] or e["first_heard"]).date() for e in found]

    assert 0 < len(found) < EPISODES
    assert min(days) >= date(2022, 9, 21)


def test_text_is_found_without_regard_to_case_and_accents(look):
    found = episodes(look("list", "episodes", "--text", "VALPARAISO", "--json"))

    assert [episode["title"] for episode in found] == ["#6 – A Letter From Valparaíso"]


def test_a_limit_takes_the_newest(look):
    every = episodes(look("list", "episodes", "--json"))

    assert episodes(look("list", "episodes", "--limit", "3", "--json")) == every[:3]


def test_nothing_found_is_an_empty_list(look):
    assert episodes(look("list", "episodes", "--until", "1999-01-01", "--json")) == []
    assert look("list", "episodes", "--until", "1999-01-01").code == 0


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        (("--person", "Philip Shelter-Jones"), "Philip Shetler-Jones"),
        (("--show", "geostrategy630"), "geostrategy360"),
        (("--since", "yesterday"), "--since"),
        (("--role", "boss"), "--role"),
        (("--limit", "0"), "--limit"),
    ],
)
def test_a_filter_that_cannot_be_meant_is_told_in_a_line(look, words, subject):
    said = look("list", "episodes", *words)

    assert (said.code, said.out) == (2, "")
    assert said.err.count("\n") == 1
    assert subject in said.err


def test_people_come_with_their_appearances_by_role_most_heard_first(look):
    people = json.loads(look("list", "people", "--json").out)["people"]
    sums = [sum(person["appearances"].values()) for person in people]
    him = next(person for person in people if person["id"] == SEED_PERSON)

    assert all(set(person) == {"id", "name", "aliases", "href", "appearances"} for person in people)
    assert sums == sorted(sums, reverse=True)
    assert him["appearances"] == {"host": 0, "guest": len(HIS_EPISODES), "guest host": 0}


def test_shows_come_with_their_episodes(look):
    shows = json.loads(look("list", "shows", "--json").out)["shows"]

    assert {show["title"]: show["episodes"] for show in shows} == dict(EPISODES_BY_SHOW)


def test_sources_come_in_the_order_of_the_config_with_the_feed_that_was_found(look, origin):
    sources = json.loads(look("list", "sources", "--json").out)["sources"]

    assert [source["id"] for source in sources][:2] == ["rusi-gsb", "geostrategy360"]
    assert sources[1]["find"] == "Geostrategy360 Council on Geostrategy"
    assert sources[1]["address"] == f"{origin.address}/anchor/s/5c1d3e90/podcast/rss"


@pytest.mark.parametrize("what", ["sources", "shows", "episodes", "people"])
def test_a_pipe_gets_a_row_a_line_uncut_and_uncoloured(look, what):
    said = look("list", what)
    counts = Counter(line == line.rstrip() and "\x1b" not in line and "…" not in line for line in said.lines)

    assert (said.code, said.err) == (0, "")
    assert counts == {True: len(json.loads(look("list", what, "--json").out)[what]) + 1}
