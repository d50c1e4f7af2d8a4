import http.client
import json
import re
import signal
import subprocess
import sys

import pytest

from mediafeed.cli.pages import recredited_in_words
from mediafeed.model.episode import Changes
from mediafeed.publish.packing import ENDINGS
from mediafeed.refresh.recredited import Recredited


def test_publish_rebuilds_the_tree_from_the_store_without_any_request(do, home):
    before = {path: path.read_bytes() for path in (home / "feeds").rglob("*.xml")}
    for path in before:
        path.unlink()

    said = do("publish")

    assert said.code == 0
    assert re.fullmatch(r"\d+ files written, \d+ unchanged, 0 removed", said.lines[-1])
    assert {path: path.read_bytes() for path in (home / "feeds").rglob("*.xml")} == before


def test_publishing_again_writes_nothing(do):
    said = do("publish")

    assert re.fullmatch(r"0 files written, \d+ unchanged, 0 removed", said.lines[-1])


def test_recredit_understands_every_episode_anew_by_the_settings_of_now(do, home):
    config = home / "config.toml"
    config.write_text(
        config.read_text() + '\n[[override]]\nepisode = "bd76db4a5aa6"\nname = "Neil Melvin"\nrole = "none"\n'
    )
    episode = json.loads(do("list", "episodes", "--person", "philip-shetler-jones", "--json").out)["episodes"][0]
    config.write_text(config.read_text().replace("bd76db4a5aa6", episode["id"]))

    said = do("publish", "--recredit")

    told = json.loads(do("show", episode["id"], "--json").out)
    assert said.code == 0
    assert said.lines[0].endswith(f"({episode['id']}): - host Neil Melvin")
    assert said.lines[1] == "1 episode understood differently: 1 credit taken away"
    assert [credit["role"] for credit in told["credits"]] == ["guest"]


def test_what_was_understood_differently_is_told_in_json(do, home):
    config = home / "config.toml"
    episode = json.loads(do("list", "episodes", "--person", "philip-shetler-jones", "--json").out)["episodes"][0]
    override = f'\n[[override]]\nepisode = "{episode["id"]}"\nname = "Neil Melvin"\nrole = "guest"\n'
    config.write_text(config.read_text() + override)

    said = json.loads(do("publish", "--json").out)

    changes = [{"name": "Neil Melvin", "before": "host", "after": "guest"}]
    (told,) = said["recredited"]
    assert (told["id"], told["title"], told["changes"]) == (episode["id"], episode["title"], changes)
    assert said["modified"] == [episode["id"]]
    assert "feed.xml" in said["written"]
    assert said["set_aside"] == []


def test_where_the_evidence_alone_is_other_nothing_is_said_to_be_understood_differently(do, home):
    config = home / "config.toml"
    episode = json.loads(do("list", "episodes", "--person", "philip-shetler-jones", "--json").out)["episodes"][0]
    table = f'\n[[override]]\nepisode = "{episode["id"]}"\nname = "Neil Melvin"\nrole = "host"\n'
    config.write_text(config.read_text() + table)

    said = do("publish")
    config.write_text(config.read_text().replace(table, ""))
    facts = json.loads(do("publish", "--json").out)

    assert said.lines[0] == "no episode understood differently; only the evidence for the same is other on 1"
    assert len(said.lines) == 2
    assert (facts["recredited"], facts["modified"]) == ([], [episode["id"]])


def test_what_is_brought_together_otherwise_is_counted_by_itself():
    told = Recredited("e1", "straits", "Kelp", (), ("duration",))

    said = recredited_in_words([told], Changes(modified=("e1", "e2")))

    assert said == "2 episodes understood differently: other duration: 1; brought together otherwise: 1"


def test_where_nothing_came_of_it_that_is_said():
    assert recredited_in_words([], Changes()) == "no episode understood differently"


def test_check_is_content_with_what_the_demo_made(look, made):
    files = sum(path.is_file() and path.suffix not in ENDINGS for path in (made / "feeds").rglob("*"))

    said = look("check")

    assert (said.code, said.lines) == (0, [f"all good: config, {files} published files"])


def test_check_names_a_line_by_hand_that_means_nothing(ask, home):
    config = home / "config.toml"
    config.write_text(config.read_text() + '\n[[apart]]\nepisodes = ["nobody-s-guid", "bd76db4a5aa6"]\n')

    said = ask("--config", config, "check")

    assert "doubtful: [[apart]] 1: no episode is meant by 'nobody-s-guid'" in said.lines
    assert said.code == 0


def test_check_names_a_view_that_nothing_matches(do, ask, home):
    config = home / "config.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(
        f'{text}\n[[view]]\nid = "nobody"\ntitle = "Nobody"\nmatch = {{ person = "Nobdy" }}\n', encoding="utf-8"
    )
    do("publish")

    said = ask("--config", config, "check")

    assert "doubtful: [[view]] nobody: no episode matches" in said.out


@pytest.mark.parametrize(
    ("path", "body", "fault"),
    [
        ("feed.xml", b"<rss><channel>", "not well-formed"),
        ("feed.json", b"{", "no JSON"),
        ("index.html", b"", "empty"),
        ("index.html", b"<!doctype html><p>half", "breaks off"),
        ("people/index.html", None, "not there"),
    ],
)
def test_check_names_a_damaged_file(do, home, path, body, fault):
    (home / "feeds" / path).unlink()
    if body is not None:
        (home / "feeds" / path).write_bytes(body)

    said = do("check")

    assert said.code == 1
    assert said.lines[-1] == "1 fault"
    assert said.lines[0].startswith(f"{path}: ")
    assert fault in said.lines[0]
    assert len(json.loads(do("check", "--json").out)["faults"]) == 1


def test_check_names_every_fault_of_a_config(ask, tmp_path):
    path = tmp_path / "config.toml"
    path.write_text('[site]\ntitel = "T"\nurl = "nowhere"\n[[source]]\nid = "a"\nhost = ["B"]\n')

    said = ask("--config", path, "check")

    assert said.code == 2
    assert said.lines[-1] == f"{len(said.lines) - 1} faults"
    assert len(said.lines) >= 4
    assert all(line.startswith(f"{path}: ") for line in said.lines[:-1])
    assert "line 2: " in said.out
    assert "did you mean 'title'?" in said.out
    assert json.loads(ask("--config", path, "check", "--json").out)["faults"] == said.lines[:-1]


@pytest.mark.parametrize(
    ("command", "how"), [("serve", signal.SIGTERM), ("serve", signal.SIGINT), ("daemon", signal.SIGTERM)]
)
def test_the_server_answers_until_a_signal_ends_it(home, command, how):
    server = subprocess.Popen(
        [sys.executable, "-m", "mediafeed", "--config", home / "config.toml", command, "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    address = re.search(r"http://(127\.0\.0\.1:\d+)/", server.stdout.readline())
    assert address
    connection = http.client.HTTPConnection(address[1], timeout=5)
    connection.request("GET", "/feed.xml")
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    server.send_signal(how)
    _, complained = server.communicate(timeout=20)

    assert (answer.status, body) == (200, (home / "feeds" / "feed.xml").read_bytes())
    assert server.returncode == 0
    assert "Traceback" not in complained


def test_a_broken_template_of_a_theme_is_named_with_its_line_and_nothing_is_written(do, home):
    folder = home / "theme"
    folder.mkdir()
    (folder / "row.html").write_text("<li>\n{% if episode %}\n</li>\n{% endfor %}")
    config = home / "config.toml"
    config.write_text(config.read_text().replace("[site]\n", '[site]\ntheme = "theme"\n', 1))
    before = (home / "feeds" / "index.html").read_bytes()

    said = do("publish")

    assert said.code == 1
    assert said.err.startswith(f"mediafeed: {folder}/row.html, line 4: ")
    assert (home / "feeds" / "index.html").read_bytes() == before
