import json

import pytest

from tests.cli.conftest import feed
from tests.cli.test_listing import CREDIT, EPISODE

PATH = "rusi-global-security-briefing/episode-33-how-is-japan-rethinking-its-role-in-international-security"


@pytest.fixture
def seed(look):
    return json.loads(look("show", PATH, "--json").out)


def test_an_episode_in_json_is_the_episode_itself_with_its_history_and_every_evidence(seed):
    assert set(seed) == EPISODE | {
        "summary", "chapters", "marks", "marks_from", "lengths", "audio", "transcripts", "blocked", "flags", "audio_of",
        "history",
    }  # fmt: skip
    assert seed["history"] == []
    for credit in seed["credits"]:
        assert set(credit) == CREDIT
        assert set(credit["evidence"]) == {"rule", "field", "start", "end", "quote"}


def test_an_episode_is_found_by_id_guid_page_path_and_our_address(look, seed):
    for words in (seed["id"], seed["published_guid"], seed["guid"], seed["page"], seed["url"], f"{PATH}/"):
        assert json.loads(look("show", words, "--json").out)["id"] == seed["id"], words


def test_each_claim_stands_with_its_evidence(look, seed):
    said = look("show", PATH)
    guest = next(credit for credit in seed["credits"] if credit["role"] == "guest")

    assert said.lines[:2] == [seed["title"], "RUSI Global Security Briefing, number 33 (full)"]
    assert "guest      Philip Shetler-Jones" in said.out
    assert guest["evidence"]["quote"] in said.out
    assert "is our guest for this episode" in guest["evidence"]["quote"]
    assert "duration   48:00 (2880 s, declared)" in said.lines
    assert all(told["source"] in said.out for told in seed["sources"])


def test_an_episode_of_several_sources_says_why_it_is_one_and_which_line_takes_it_apart(look, ask, home, seed):
    said = look("show", PATH)
    start = next(number for number, line in enumerate(said.lines) if line.startswith("apart with"))
    table, episodes = said.lines[start].removeprefix("apart with").strip(), said.lines[start + 1].strip()
    config = home / "config.toml"
    config.write_text(f"{config.read_text()}\n{table}\n{episodes}\n")

    ask("--config", config, "publish")

    apart = json.loads(ask("--config", config, "show", seed["id"], "--json").out)
    assert len(seed["sources"]) > 1
    assert "of the same show" in said.out
    assert len(apart["sources"]) == 1
    assert apart["published_guid"] == seed["published_guid"]
    assert ask("--config", config, "check").lines[-1].startswith("all good")


def test_an_unknown_episode_is_told_in_a_line_with_the_nearest(look):
    said = look("show", "episode-33-how-is-japan-rethinking-its-role")

    assert (said.code, said.out) == (2, "")
    assert said.err.count("\n") == 1
    assert PATH in said.err


def test_an_undated_episode_says_so(look):
    assert "published  nobody says; first heard " in look("show", "salt-signal/6-a-letter-from-valparaiso").out


def test_history_tells_what_a_source_said_earlier(ask, bare, web):
    web.pages["/rss"] = feed("Harbours", "Tugs and Tides")
    ask("--config", bare, "add", f"{web.address}/rss")
    ask("--config", bare, "refresh")
    web.pages["/rss"] = feed("Harbours", "Tugs, Tides and Trade")
    ask("--config", bare, "refresh")

    episode = json.loads(ask("--config", bare, "list", "episodes", "--json").out)["episodes"][0]
    said = ask("--config", bare, "show", episode["id"], "--history")
    history = json.loads(ask("--config", bare, "show", episode["id"], "--json").out)["history"]

    assert episode["title"] == "Tugs, Tides and Trade"
    assert said.lines[-1].startswith("earlier    harbours, until ")
    assert said.lines[-1].endswith(" UTC: Tugs and Tides")
    assert [told["title"] for told in history] == ["Tugs and Tides"]
    assert set(history[0]) == {"source", "guid", "title", "summary", "enclosure", "first_heard", "last_heard"}


def test_without_earlier_words_history_says_so(look):
    assert look("show", PATH, "--history").lines[-1] == "earlier    no source has changed its words"
