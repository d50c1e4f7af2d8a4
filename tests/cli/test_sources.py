import json
import tomllib
from pathlib import Path

import pytest

from mediafeed.config.template import TEMPLATE
from tests.cli.conftest import Web, feed


def ids(path: Path) -> list[str]:
    return [source["id"] for source in tomllib.loads(path.read_text()).get("source", [])]


def test_init_writes_a_config_that_can_be_used_at_once(ask, tmp_path):
    said = ask("init", tmp_path / "new")

    path = tmp_path / "new" / "config.toml"
    assert said.code == 0
    assert path.read_text() == TEMPLATE
    assert f"mediafeed --config {path} refresh" in said.out
    assert ask("--config", path, "check").lines == ["all good: config, 0 published files"]


def test_init_leaves_a_config_that_is_there(ask, tmp_path):
    (tmp_path / "config.toml").write_text("mine")

    said = ask("init", tmp_path)

    assert (said.code, said.err.count("\n")) == (2, 1)
    assert str(tmp_path / "config.toml") in said.err
    assert (tmp_path / "config.toml").read_text() == "mine"


def test_a_feed_is_added_and_comments_stay(ask, bare, web):
    web.pages["/rss"] = feed("Harbours", "Tugs")

    said = ask("--config", bare, "add", f"{web.address}/rss")

    assert (said.code, said.lines) == (0, [f"harbours: added: Harbours ({web.address}/rss)"])
    assert bare.read_text().startswith("# mine\n")
    assert ids(bare) == ["harbours"]
    assert ask("--config", bare, "refresh").lines[-1] == "1 new, 0 modified, 0 unchanged, 0 not modified, 0 failed"


def test_the_feed_behind_a_page_is_added(ask, bare, web):
    web.pages["/rss"] = feed("Harbours", "Tugs")
    web.pages["/"] = (
        b"<!doctype html><html><head><link rel='alternate' type='application/rss+xml' href='/rss'></head></html>"
    )

    said = ask("--config", bare, "add", f"{web.address}/")

    assert said.lines == [f"harbours: added: Harbours ({web.address}/rss)"]


def test_two_shows_of_one_name_become_two_sources(ask, bare, web):
    web.pages |= {"/a": feed("Harbours", "Tugs"), "/b": feed("Harbours", "Tides")}

    said = ask("--config", bare, "add", f"{web.address}/a", f"{web.address}/b")

    assert said.code == 0
    assert ids(bare) == ["harbours", "harbours-2"]


def test_what_is_a_source_already_is_not_added_again(ask, bare, web):
    web.pages["/rss"] = feed("Harbours", "Tugs")

    said = ask("--config", bare, "add", f"{web.address}/rss", f"{web.address}/rss")

    assert said.code == 1
    assert said.err == f"{web.address}/rss: not added: it is the source 'harbours' already\n"
    assert ids(bare) == ["harbours"]


def test_a_feed_that_was_found_behind_a_source_is_one_already(do, home, origin):
    said = do("add", f"{origin.address}/fireside/long-wavelength/rss")

    assert said.code == 1
    assert "it is the source 'long-wavelength' already" in said.err


def test_one_address_that_fails_does_not_cost_the_others(ask, bare, web):
    web.pages["/rss"] = feed("Harbours", "Tugs")

    said = ask("--config", bare, "add", f"{web.address}/nothing", f"{web.address}/rss")

    assert said.code == 1
    assert said.err == f"{web.address}/nothing: not added: not there: 404 Not Found\n"
    assert ids(bare) == ["harbours"]


@pytest.mark.parametrize("name", ["podcasts.example.org/rss", "missing.opml"])
def test_what_is_neither_a_file_nor_an_address_is_refused_before_anything_is_done(ask, bare, web, name):
    web.pages["/rss"] = feed("Harbours", "Tugs")

    said = ask("--config", bare, "add", f"{web.address}/rss", name)

    assert (said.code, said.out) == (2, "")
    assert said.err == f"mediafeed: {name}: no such file, and no address (those begin with https://)\n"
    assert ids(bare) == []


def test_an_opml_file_is_added(ask, bare, tmp_path):
    listed = tmp_path / "apps.opml"
    listed.write_text(
        "<opml version='2.0'><body><outline text='Ports'><outline type='rss' text='Tides' xmlUrl='http://127.0.0.1/t'/>"
        "<outline type='rss' text='Quays' xmlUrl='http://127.0.0.1/q'/></outline></body></opml>"
    )

    said = ask("--config", bare, "add", listed)

    assert said.code == 0
    assert ids(bare) == ["tides", "quays"]


def answer(web: Web, *shows: str) -> bytes:
    results = [
        {
            "kind": "podcast",
            "wrapperType": "track",
            "collectionName": show,
            "trackName": show,
            "artistName": "Quay Council",
            "feedUrl": f"{web.address}/{show.lower()}",
        }
        for show in shows
    ]
    return json.dumps({"resultCount": len(results), "results": results}).encode()


@pytest.fixture
def directory(web):
    """Let the directory answer any words with these shows."""

    class Pages(dict[str, bytes]):
        def get(self, path, default=None):
            return super().get(path.partition("?")[0], default)

    web.pages = Pages(web.pages)

    def answers(*shows):
        web.pages["/search"] = answer(web, *shows)
        web.pages |= {f"/{show.lower()}": feed(show, "Tugs") for show in shows}

    return answers


def test_the_only_answer_of_the_directory_is_taken(ask, bare, web, directory):
    directory("Harbours")

    said = ask("--config", bare, "add", "--find", "harbours quay council")

    assert said.code == 0
    assert said.lines[0] == "  1  Harbours by Quay Council"
    assert ids(bare) == ["harbours"]


def test_among_several_answers_only_a_person_picks(ask, bare, directory):
    directory("Harbours", "Lighthouses")

    said = ask("--config", bare, "add", "--find", "quay council")

    assert said.code == 2
    assert [line[:3].strip() for line in said.lines] == ["1", "", "2", ""]
    assert said.err == "mediafeed: quay council: several answers: add the one that is meant by its address\n"
    assert ids(bare) == []


def test_a_directory_that_knows_nothing_or_fails_is_told(ask, bare, directory, web):
    directory()
    nothing = ask("--config", bare, "add", "--find", "quay council")
    del web.pages["/search"]
    failed = ask("--config", bare, "add", "--find", "quay council")

    assert (nothing.code, failed.code) == (1, 1)
    assert nothing.err == "mediafeed: quay council: the directory knows nothing for these words\n"
    assert failed.err == "mediafeed: quay council: not there: podcast directory: 404 Not Found\n"


def test_add_without_anything_to_add_is_a_usage_error(ask, bare):
    said = ask("--config", bare, "add")

    assert (said.code, said.err.count("\n")) == (2, 1)


def test_an_address_with_a_password_is_not_written(ask, bare, web):
    web.pages["/rss"] = feed("Harbours", "Tugs")

    said = ask("--config", bare, "add", web.address.replace("//", "//user:secret@") + "/rss")

    assert said.code in {1, 2}
    assert "secret" not in bare.read_text()
    assert said.err.count("\n") == 1


def test_remove_stops_polling_and_what_was_published_stays(do, home):
    before = {path for path in (home / "feeds").rglob("*") if path.is_file()}

    said = do("remove", "long-wavelength")
    after = do("publish")

    assert (said.code, said.lines) == (0, ["long-wavelength: no longer polled; its episodes stay"])
    assert "long-wavelength" not in ids(home / "config.toml")
    assert after.code == 0
    assert {path for path in (home / "feeds").rglob("*") if path.is_file()} == before


def test_remove_and_forget_takes_away_what_no_other_source_tells_of(do, home):
    said = do("remove", "--forget", "long-wavelength")

    shows = [show["id"] for show in json.loads(do("list", "shows", "--json").out)["shows"]]
    assert (said.code, said.lines) == (0, ["long-wavelength: no longer polled; 15 episodes forgotten"])
    assert "long-wavelength" not in shows
    assert not (home / "feeds" / "shows" / "long-wavelength").exists()
    assert b"Long Wavelength" not in (home / "feeds" / "feed.xml").read_bytes()
    assert do("check").code == 0
    assert "long-wavelength" not in do("status").out


def test_an_episode_that_others_tell_of_survives_its_forgotten_source(do):
    do("remove", "--forget", "rusi-gsb")

    told = json.loads(do("list", "episodes", "--person", "philip-shetler-jones", "--json").out)["episodes"]
    seed = next(episode for episode in told if episode["number"] == 33)
    assert [source["source"] for source in seed["sources"]] == ["rusi-site", "two-island-notebook"]
    assert seed["enclosure"] is None
    assert do("check").code == 0


def test_a_removed_source_can_still_be_forgotten(do):
    do("remove", "long-wavelength")

    assert do("remove", "--forget", "long-wavelength").lines == [
        "long-wavelength: no longer polled; 15 episodes forgotten"
    ]


def test_an_unknown_source_is_not_removed_and_the_nearest_named(do, home):
    before = (home / "config.toml").read_text()

    said = do("remove", "long-wavelenght")

    assert said.code == 2
    assert said.err.endswith("no such source in {} (did you mean 'long-wavelength'?)\n".format(home / "config.toml"))
    assert (home / "config.toml").read_text() == before
