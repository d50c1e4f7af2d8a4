"""The whole job, from `mediafeed demo` to every file it publishes, held against what must come of the samples."""

import json
import re
import shutil
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from lxml import etree

from mediafeed.cli.root import mediafeed as commands
from mediafeed.cli.root import run as ask
from mediafeed.demo.expected import (
    APPEARANCES_AS_GUEST,
    DURATION_UNKNOWN,
    EPISODES,
    EPISODES_BY_SHOW,
    EPISODES_BY_SOURCE,
    EXPECTED_FAILURES,
    HIS_EPISODES,
    HOSTS,
    MEASURED,
    MERGED,
    PEOPLE,
    SEEDS,
    UNDATED,
    WITHOUT_AUDIO,
    WITHOUT_GUEST,
    ExpectedEpisode,
)
from mediafeed.demo.origin import Origin
from mediafeed.demo.run import Demo as OneDemo
from mediafeed.demo.sample_config import config_text
from mediafeed.publish.packing import ENDINGS

ROOT = Path(__file__).parent.parent
JUDGE = ROOT.parent / "shared" / "judges" / "feed_spec.py"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
# The judge looks at one feed and exits; a process for each of the many feeds would take far longer than judging.
JUDGE_ALL = """
import runpy, sys
judge, *feeds = sys.argv[1:]
for feed in feeds:
    sys.argv = [judge, "--carried", feed]
    try:
        runpy.run_path(judge)
    except SystemExit:
        pass
"""
SEED_PERSON = "philip-shetler-jones"


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the command: what it said, and every file with its time and bytes afterwards."""

    code: int
    said: str
    complained: str
    files: dict[str, tuple[int, bytes]]


@dataclass(frozen=True, slots=True)
class Demo:
    folder: Path
    first: Run
    second: Run

    @property
    def feeds(self) -> Path:
        return self.folder / "feeds"

    def json(self, *words: str) -> Any:
        done = CliRunner().invoke(commands, ["--config", str(self.folder / "config.toml"), *words, "--json"])
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)


def free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return int(chosen.getsockname()[1])


def documents(files: Iterable[str]) -> list[str]:
    """Give the files that are documents, not compressed forms of one."""
    return [path for path in files if not path.endswith(ENDINGS)]


def run(folder: Path) -> Run:
    command = [sys.executable, "-m", "mediafeed", "demo", str(folder)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    tree = folder / "feeds"
    files = {
        path.relative_to(tree).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(tree.rglob("*"))
        if path.is_file()
    }
    return Run(done.returncode, done.stdout, done.stderr, files)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("demo")
    # A config that the demo wrote before names the origin's port: so each worker has its own, and keeps it.
    (folder / "config.toml").write_text(config_text(f"http://127.0.0.1:{free_port()}", folder), encoding="utf-8")
    return Demo(folder, run(folder), run(folder))


@pytest.fixture(scope="session")
def episodes(demo: Demo) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = demo.json("list", "episodes")["episodes"]
    return listed


@pytest.fixture(scope="session")
def titles(demo: Demo) -> dict[str, str]:
    return {show["id"]: show["title"] for show in demo.json("list", "shows")["shows"]}


@pytest.fixture(scope="session")
def feeds(demo: Demo) -> dict[str, etree._Element]:
    return {
        path: etree.fromstring(body)
        for path, (_, body) in demo.first.files.items()
        if path.endswith(".xml") and path != "sitemap.xml"
    }


def names_of(episode: dict[str, Any], role: str) -> list[str]:
    return sorted(credit["name"] for credit in episode["credits"] if credit["role"] == role)


def test_the_demo_ends_well_and_says_where_to_look(demo: Demo):
    assert (demo.first.code, demo.first.complained) == (0, "")
    assert all(f"  {source} " in demo.first.said for source, _ in EPISODES_BY_SOURCE)
    assert f"{EPISODES} episodes of {len(EPISODES_BY_SHOW)} shows" in demo.first.said
    assert str(demo.feeds / "people" / SEED_PERSON / "feed.xml") in demo.first.said
    assert max(len(line) for line in demo.first.said.splitlines() if str(demo.folder) not in line) <= 80


def test_the_folder_holds_config_data_and_feeds_and_no_sample(demo: Demo):
    assert {path.name for path in demo.folder.iterdir()} == {"config.toml", "data", "feeds"}


def test_exactly_the_sources_that_are_meant_to_fail_failed(demo: Demo):
    status = demo.json("status")["sources"]

    assert {source["id"] for source in status if source["outcome"] == "failed"} == EXPECTED_FAILURES
    assert {source["id"]: source["episodes"] for source in status} == dict(EPISODES_BY_SOURCE)


def test_a_second_run_is_told_not_modified_and_writes_no_file(demo: Demo):
    unvisited = [
        line
        for line in demo.second.said.partition("\n\n")[0].splitlines()[1:]
        if not line.endswith("not modified") and "meant to" not in line
    ]

    assert (demo.second.code, unvisited) == (0, [])
    assert "0 files written" in demo.second.said
    assert demo.second.files == demo.first.files


def test_every_show_has_its_episodes_once(episodes: list[dict[str, Any]], titles: dict[str, str]):
    counts = Counter(titles[episode["show"]] for episode in episodes)

    assert counts == dict(EPISODES_BY_SHOW)
    assert len(episodes) == EPISODES


def test_one_recording_in_several_sources_is_one_episode_that_knows_them_all(
    episodes: list[dict[str, Any]], titles: dict[str, str]
):
    merged = {
        (titles[episode["show"]], episode["number"]): frozenset(told["source"] for told in episode["sources"])
        for episode in episodes
        if len({told["source"] for told in episode["sources"]}) > 1
    }

    assert merged == dict(MERGED)


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: f"{seed.number}")
def test_a_real_episode_is_told_exactly(seed: ExpectedEpisode, episodes: list[dict[str, Any]], titles: dict[str, str]):
    told = next(episode for episode in episodes if episode["title"] == seed.title)

    assert titles[told["show"]] == seed.show
    assert told["number"] == seed.number
    assert datetime.fromisoformat(told["published"]).date() == seed.published
    assert told["duration"]["seconds"] == seed.seconds
    assert names_of(told, "host") == sorted(seed.hosts)
    assert names_of(told, "guest") == sorted(seed.guests)
    assert names_of(told, "guest host") == []


def test_guests_appear_as_often_as_they_do_and_nobody_else_is_one(
    episodes: list[dict[str, Any]], titles: dict[str, str]
):
    appearances = Counter(name for episode in episodes for name in names_of(episode, "guest"))
    alone = {
        (titles[episode["show"]], episode["title"])
        for episode in episodes
        if not names_of(episode, "guest") and (titles[episode["show"]], episode["title"]) not in WITHOUT_AUDIO
    }

    assert {name: appearances[name] for name, _ in APPEARANCES_AS_GUEST} == dict(APPEARANCES_AS_GUEST)
    assert alone == set(WITHOUT_GUEST)


def test_each_show_has_its_own_hosts_and_nobody_else_is_a_person(
    episodes: list[dict[str, Any]], titles: dict[str, str]
):
    hosts: dict[str, set[str]] = {}
    for episode in episodes:
        hosts.setdefault(titles[episode["show"]], set()).update(names_of(episode, "host"))

    assert hosts == dict(HOSTS)
    assert len({credit["person"] for episode in episodes for credit in episode["credits"]}) == PEOPLE


def test_every_credit_shows_the_words_it_stands_on(episodes: list[dict[str, Any]]):
    credits_ = [credit for episode in episodes for credit in episode["credits"]]

    assert all(credit["evidence"]["rule"] and credit["evidence"]["quote"] for credit in credits_)
    assert all(0 < credit["confidence"] <= 1 and credit["person"] for credit in credits_)


def test_what_nobody_says_is_not_made_up(episodes: list[dict[str, Any]], titles: dict[str, str]):
    def lacking(key: str) -> set[tuple[str, str]]:
        return {(titles[episode["show"]], episode["title"]) for episode in episodes if episode[key] is None}

    assert lacking("published") == set(UNDATED)
    assert lacking("enclosure") == set(WITHOUT_AUDIO)
    assert lacking("duration") <= set(WITHOUT_AUDIO)


def test_where_the_feed_does_not_say_enough_the_audio_is_asked(episodes: list[dict[str, Any]]):
    known = {episode["title"]: episode["duration"] for episode in episodes}
    by_audio = {title for title, length in known.items() if length and length["origin"] == "measured"}

    assert {title: known[title]["seconds"] for title, _, _ in MEASURED} == {title: s for title, _, s in MEASURED}
    assert by_audio == {title for title, fit, _ in MEASURED if fit != "unknown"}
    assert dict.fromkeys(title for _, title in DURATION_UNKNOWN) == {"#3 – The Interpreter": None}


def test_agreement_conflict_and_what_is_unknown_stand_on_the_pages(demo: Demo, episodes: list[dict[str, Any]]):
    paths = {episode["title"]: "episodes/" + episode["url"].partition("/episodes/")[2] for episode in episodes}
    pages = {title: (demo.feeds / paths[title] / "index.html").read_text() for title, _, _ in MEASURED}

    assert "declared 35:24, measured 35:24: they agree" in pages["#9 – The Woman Who Listens to Glaciers"]
    assert "declared 33:00, measured 30:42: the audio is of another length" in pages["#8 – Tea, Tax & Telegraphs"]
    assert "declared 37:48, not measured: text, no audio" in pages["#7 – Bread and Harbours"]


def test_the_merged_feed_has_every_episode_with_audio_newest_first(
    feeds: dict[str, etree._Element], episodes: list[dict[str, Any]]
):
    told = [item.findtext("guid") for item in feeds["feed.xml"].iter("item")]

    assert told == [episode["published_guid"] for episode in episodes if episode["enclosure"]]


def test_his_feed_holds_exactly_his_appearances_and_his_page_the_words_behind_them(
    demo: Demo, feeds: dict[str, etree._Element], episodes: list[dict[str, Any]]
):
    his = [item.findtext("title") or "" for item in feeds[f"people/{SEED_PERSON}/feed.xml"].iter("item")]
    page = demo.first.files[f"people/{SEED_PERSON}/index.html"][1].decode()
    credits_ = [c for episode in episodes for c in episode["credits"] if c["person"] == SEED_PERSON]

    assert sorted(his) == sorted(HIS_EPISODES)
    assert len({episode["show"] for episode in episodes if episode["title"] in his}) == 3
    assert all("Philip Shetler-Jones" in credit["evidence"]["quote"] for credit in credits_)
    assert all(title in page for title in his)
    for item in feeds[f"people/{SEED_PERSON}/feed.xml"].iter("item"):
        persons = {(person.get("role"), person.text) for person in item.findall(f"{PODCAST}person")}
        assert ("guest", "Philip Shetler-Jones") in {(str(role).lower(), name) for role, name in persons}


def test_every_feed_parses_and_says_nothing_twice(demo: Demo, feeds: dict[str, etree._Element]):
    for path, root in feeds.items():
        guids = [item.findtext("guid") for item in root.iter("item")]
        audio = [enclosure.get("url") for enclosure in root.iter("enclosure")]

        assert len(set(guids)) == len(guids), path
        assert len(set(audio)) == len(audio) == len(guids), path
    for path, (_, body) in demo.first.files.items():
        if path.endswith(".json"):
            json.loads(body)


def test_paths_are_plain(demo: Demo):
    assert [path for path in demo.first.files if not re.fullmatch(r"[a-z0-9./-]+", path)] == []


def test_the_published_tree_is_what_is_promised(demo: Demo):
    files = set(demo.first.files)
    promised = {"feed.xml", "feed.json", "feed.opml", "list.xml", "index.html", "people/index.html", "sitemap.xml",
                "robots.txt"}  # fmt: skip

    assert promised <= files
    for folder in ("shows/geostrategy360", f"people/{SEED_PERSON}", "views/japan"):
        assert {f"{folder}/{name}" for name in ("index.html", "feed.xml", "feed.json")} <= files
    assert sum(path.startswith("episodes/") and path.endswith("/index.html") for path in files) == EPISODES


def test_check_finds_nothing_wrong(demo: Demo):
    assert demo.json("check") == {"faults": [], "doubts": [], "files": len(documents(demo.first.files))}


def test_episodes_are_not_doubled_when_the_origin_moves_to_another_port(demo: Demo, tmp_path: Path):
    """Enclosures change their addresses then; guids and pages do not."""
    folder = shutil.copytree(demo.folder, tmp_path / "demo")

    with Origin(0) as origin:
        result = OneDemo(str(folder)).run(lambda *_: None, origin)

    assert result.as_expected
    assert not any("new" in line and " 0 new" not in line for line in result.lines)
    assert f"{EPISODES} episodes" in "\n".join(result.lines)


def test_a_folder_with_a_config_of_ones_own_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "config.toml").write_text("[site]\n")

    code = ask(["demo", str(tmp_path)])

    complained = capsys.readouterr().err
    assert code == 2
    assert complained.count("\n") == 1
    assert str(tmp_path / "config.toml") in complained
    assert [path.name for path in tmp_path.iterdir()] == ["config.toml"]


@pytest.mark.corpus
@pytest.mark.skipif(not JUDGE.exists(), reason="no ../shared/judges/feed_spec.py here")
def test_the_judge_of_feeds_finds_no_error(demo: Demo, feeds: dict[str, etree._Element]):
    command = [sys.executable, "-I", "-c", JUDGE_ALL, str(JUDGE), *(str(demo.feeds / path) for path in feeds)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)

    judged = dict(zip(feeds, map(json.loads, done.stdout.splitlines()), strict=True))

    assert {path: found["errors"] for path, found in judged.items() if found["errors"]} == {}
    # Where the feed says 0 and the audio cannot be asked, nobody knows the length: 0 is what RSS has for that.
    forced = {line.split(": ", 1)[0] for found in judged.values() for line in found["carried"]}
    assert {line.split(" item ", 1)[1] for line in forced} == {f"'{t}'" for t, fit, _ in MEASURED if fit == "unknown"}


def test_one_transcript_is_shown_and_found_and_the_other_is_linked(demo: Demo):
    pages = {path: path.read_text() for path in demo.feeds.rglob("episodes/long-wavelength/*/index.html")}
    shown = [path.parent.name for path, page in pages.items() if '<details class="spoken">' in page]
    linked = [path.parent.name for path, page in pages.items() if 'id="transcript"' in page]

    assert shown == ["11-power-grids-are-choirs"]
    assert len(linked) == 2


def test_every_show_has_a_cover_of_ours(demo: Demo):
    shows = [path.parent for path in demo.feeds.glob("shows/*/index.html")]

    assert shows
    assert all((show / "picture.webp").read_bytes()[8:12] == b"WEBP" for show in shows)
