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


def test_agreement_conflict_and_what_is_unknown_are_told_with_what_the_audio_is(look):
    agrees = look("show", "salt-signal/9-the-woman-who-listens-to-glaciers").lines
    differs = look("show", "salt-signal/8-tea-tax-telegraphs").lines
    unknown = look("show", "salt-signal/7-bread-and-harbours").lines

    assert "measured   declared 35:24, measured 35:24: they agree" in agrees
    assert "           mp3, 16 kbit/s, mono" in agrees
    assert "tagged     title: The Woman Who Listens to Glaciers" in agrees
    assert "from audio 0:00 The summer the river turned" in agrees
    assert "measured   declared 33:00, measured 30:42: the audio is of another length" in differs
    assert "measured   declared 37:48, not measured: text, no audio" in unknown
    assert "           its source says audio/mpeg, the bytes are text/html" in unknown


def test_what_the_audio_says_in_json(look):
    told = json.loads(look("show", "salt-signal/8-tea-tax-telegraphs", "--json").out)

    assert [(one["origin"], one["seconds"]) for one in told["lengths"]] == [("measured", 1842), ("declared", 1980)]
    assert {key: told["audio"][key] for key in ("fit", "seconds", "format", "type", "channels", "varies")} == {
        "fit": "differs", "seconds": 1842.012, "format": "mp3", "type": "audio/mpeg", "channels": 1, "varies": False,
    }  # fmt: skip
    assert told["enclosure"]["length"] == 3_684_024
