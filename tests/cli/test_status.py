import json
import re

KEYS = {"id", "url", "last_visit", "outcome", "reason", "next_visit", "why", "failures", "episodes"}


def test_each_source_in_json_has_exactly_the_keys_of_the_contract(look):
    said = look("status", "--json")
    sources = {source["id"]: source for source in json.loads(said.out)["sources"]}

    assert (said.code, said.err) == (0, "")
    assert all(set(source) == KEYS for source in sources.values())
    assert sources["closed-archive"]["outcome"] == "failed"
    assert (sources["closed-archive"]["reason"], sources["closed-archive"]["failures"]) == ("not there", 1)
    assert (sources["rusi-gsb"]["outcome"], sources["rusi-gsb"]["reason"]) == ("new", None)
    assert all(source["next_visit"] and source["why"] for source in sources.values())


def test_people_are_told_when_the_next_visit_is_and_why_then(look):
    said = look("status")

    assert re.search(r"^rusi-gsb +\d+ (s|min) ago +new +due +25$", said.out, re.MULTILINE)
    assert re.search(r"^closed-archive +\d+ (s|min) ago +not there +due +1 +0$", said.out, re.MULTILINE)
    assert said.out.count("  why then   ") == 7


def test_many_doubts_over_one_feed_are_few_words(look):
    assert "items 1-2, 4-5, 7-10: mended" in look("status").out


def test_a_removed_source_is_told_as_long_as_its_episodes_stay(do):
    do("remove", "salt-and-signal")

    said = do("status")
    facts = json.loads(do("status", "--json").out)["sources"]

    assert re.search(r"^salt-and-signal .* removed +10$", said.out, re.MULTILINE)
    assert [(s["next_visit"], s["why"]) for s in facts if s["id"] == "salt-and-signal"] == [
        (None, "removed from the config")
    ]


def test_without_a_source_the_way_to_add_one_is_told(ask, tmp_path):
    (tmp_path / "config.toml").write_text('[site]\ntitle = "T"\nurl = "https://podcasts.example.org"\n')

    said = ask("--config", tmp_path / "config.toml", "status")

    assert (said.code, said.lines) == (0, ["no source configured: mediafeed add URL"])
    assert json.loads(ask("--config", tmp_path / "config.toml", "status", "--json").out) == {"sources": []}
