import re

import pytest

SUMS = re.compile(r"\d+ new, \d+ modified, \d+ unchanged, \d+ not modified, \d+ failed")


def test_a_refresh_ends_with_the_sums_and_fails_when_a_source_did(do):
    said = do("refresh")

    assert said.code == 1
    assert said.lines[-1] == "0 new, 0 modified, 0 unchanged, 6 not modified, 1 failed"
    assert said.lines[0].startswith("closed-archive: failed: not there (404 Not Found); what was published stays; next")


def test_named_sources_alone_are_visited(do):
    said = do("refresh", "rusi-gsb", "geostrategy360")

    assert (said.code, said.lines) == (0, ["0 new, 0 modified, 0 unchanged, 2 not modified, 0 failed"])


def test_an_unknown_source_is_refused_with_the_nearest_and_nothing_is_visited(do):
    said = do("refresh", "rusi-gsb", "geostrategy-360")

    assert (said.code, said.out) == (2, "")
    assert said.err == "mediafeed: geostrategy-360: no such source in the config (did you mean 'geostrategy360'?)\n"


def test_a_visit_that_comes_too_early_is_put_off_unless_forced(do, home):
    do("refresh")  # just now, however long ago the home was made
    config = home / "config.toml"
    config.write_text(config.read_text().replace('minimum = "0s"', 'minimum = "30s"'))

    early = do("refresh", "rusi-gsb")
    forced = do("refresh", "--force", "rusi-gsb")

    assert (early.code, len(early.lines)) == (0, 2)
    assert early.lines[0].startswith("rusi-gsb: not visited: visited ")
    assert early.lines[1] == "0 new, 0 modified, 0 unchanged, 0 not modified, 0 failed"
    assert SUMS.fullmatch(forced.lines[-1])


def test_when_nothing_is_due_it_is_said_when_something_will_be(do, home):
    config = home / "config.toml"
    config.write_text(config.read_text().replace('minimum = "0s"', 'minimum = "50m"'))
    do("refresh")

    said = do("refresh")

    assert len(said.lines) == 2
    assert re.fullmatch(r"nothing is due before \d{4}-\d\d-\d\d \d\d:\d\d UTC", said.lines[0])
    assert said.lines[1] == "0 new, 0 modified, 0 unchanged, 0 not modified, 0 failed"


def test_forced_all_sources_are_visited(do):
    said = do("refresh", "--force")

    assert said.lines[-1] == "0 new, 0 modified, 0 unchanged, 6 not modified, 1 failed"


def test_what_a_damaged_feeds_folder_lost_is_published_again(do, home):
    (home / "feeds" / "feed.xml").unlink()

    do("refresh", "rusi-gsb")

    assert (home / "feeds" / "feed.xml").is_file()


@pytest.mark.parametrize("option", ["--quiet", "-v"])
def test_logs_go_to_stderr_alone(do, home, ask, option):
    said = ask(option, "--config", home / "config.toml", "refresh", "rusi-gsb")

    assert said.lines == ["0 new, 0 modified, 0 unchanged, 1 not modified, 0 failed"]
    assert bool(said.err) == (option == "-v")
