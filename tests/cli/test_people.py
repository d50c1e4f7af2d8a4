"""What a person decides about people is written to the config, holds, and costs no page its address."""

import io
import json
import re
import tomllib
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from mediafeed.config.reading import read_config
from mediafeed.store.lock import DataLock
from tests.cli.conftest import Said, Web

# (title, [(name, role, address)], words)
EPISODES = [
    ("Tides", [("Ada Quill", "host", ""), ("Jennifer Cole", "guest", "https://who.example/jc")], "On tides."),
    ("Fog", [("Ada Quill", "host", ""), ("Jenny Cole", "guest", "https://who.example/jc")], "Fog, by Jenny Cole."),
    ("Kelp", [("A. Quill", "host", ""), ("Nils Orre", "guest", "")], "Nils Orre knows where kelp grows."),
]


def show(web: Web, *, title: str = "Harbours") -> None:
    items = ""
    for number, (name, persons, words) in enumerate(EPISODES, 1):
        tags = "".join(
            f"<podcast:person role='{role}'{href and f' href={href!r}'}>{who}</podcast:person>"
            for who, role, href in persons
        )
        items += (
            f"<item><title>{name}</title><guid isPermaLink='false'>h{number}</guid><description>{words}</description>"
            f"<pubDate>Wed, 0{number} Jun 2022 09:00:00 GMT</pubDate>{tags}"
            f"<enclosure url='https://media.example/{number}.mp3' length='9' type='audio/mpeg'/></item>"
        )
    web.pages["/rss"] = (
        "<rss version='2.0' xmlns:podcast='https://podcastindex.org/namespace/1.0'><channel>"
        f"<title>{title}</title><link>https://a.example/</link><language>en</language>{items}</channel></rss>"
    ).encode()


@pytest.fixture
def kept(bare: Path, web: Web, ask) -> Path:
    """A config whose one source was refreshed."""
    show(web)
    bare.write_text(f'{bare.read_text()}\n# the one\n[[source]]\nid = "harbours"\nurl = "{web.address}/rss"\n')
    assert ask("--config", bare, "refresh").code == 0
    return bare


@pytest.fixture
def type_in(kept: Path, ask, monkeypatch):
    def typed(*words: object, answers: str = "") -> Said:
        monkeypatch.setattr("sys.stdin", io.StringIO(answers))
        said: Said = ask("--config", kept, "people", *words)
        return said

    return typed


def config(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text())


def roles(ask, path: Path) -> dict[str, dict[str, str]]:
    listed = json.loads(ask("--config", path, "list", "episodes", "--json").out)["episodes"]
    return {e["title"]: {credit["name"]: credit["role"] for credit in e["credits"]} for e in listed}


def person_of(ask, path: Path, title: str, name: str) -> str:
    listed = json.loads(ask("--config", path, "list", "episodes", "--json").out)["episodes"]
    return next(str(c["person"]) for e in listed if e["title"] == title for c in e["credits"] if c["name"] == name)


def test_a_review_asks_of_credits_least_sure_first_then_of_persons(type_in):
    questions = json.loads(type_in("review", "--below", "1", "--json").out)["questions"]

    sure = [question["credit"]["confidence"] for question in questions if question["asks"] == "credit"]
    assert sure == sorted(sure)
    assert len(sure) == 5
    assert [question["asks"] for question in questions[5:]] == ["one person", "one person"]


def test_a_person_in_one_role_on_one_show_is_asked_about_once(type_in):
    ada = next(question for question in credits_asked(type_in) if question["person"] == "ada-quill")

    assert (ada["show"], ada["role"], ada["surely"]) == ("harbours", "host", 0)
    assert {mention["episode"]["title"] for mention in ada["mentions"]} == {"Tides", "Fog"}
    assert {mention["credit"]["name"] for mention in ada["mentions"]} == {"Ada Quill"}


@pytest.mark.parametrize(("answer", "role"), [("y", "host"), ("none", None), ("g", "guest")])
def test_one_answer_decides_all_episodes_of_a_question(type_in, kept, ask, tmp_path, answer, role):
    gold = tmp_path / "gold.jsonl"

    said = type_in("review", "--below", "1", "--gold", gold, answers=answers_for(type_in, "Ada Quill", answer))

    assert "Ada Quill: host of 2 episodes of harbours?" in said.out
    assert said.lines[-1].startswith(f"1 decision written to {kept}; ")
    assert [roles(ask, kept)[title].get("Ada Quill") for title in ("Tides", "Fog")] == [role, role]
    (override,) = config(kept)["override"]
    assert (override["role"], len(override["episodes"])) == (role or "none", 2)
    assert "Ada Quill" not in {question["credit"]["name"] for question in credits_asked(type_in)}
    rows = [json.loads(line) for line in gold.read_text().splitlines()]
    assert [("Ada Quill" in row["hosts"], "Ada Quill" in row["guests"]) for row in rows] == [
        (role == "host", role == "guest")
    ] * 2


def answers_for(type_in, name: str, answer: str) -> str:
    """Give the answers that say something of one name, and skip all else."""
    asked = [question["credit"]["name"] for question in credits_asked(type_in)]
    return "\n".join(answer if one == name else "s" for one in asked)


def test_a_question_may_be_answered_episode_by_episode(type_in, kept, ask):
    said = type_in("review", "--below", "1", answers=answers_for(type_in, "Ada Quill", "e\nn\nguest host"))

    assert ", 1 of 2  Ada Quill: host?" in said.out
    assert ", 2 of 2  Ada Quill: host?" in said.out
    assert said.lines[-1].startswith("2 decisions written")
    assert {roles(ask, kept)[title].get("Ada Quill") for title in ("Tides", "Fog")} == {None, "guest host"}


def test_the_rest_of_the_episodes_may_be_skipped(type_in):
    said = type_in("review", "--below", "1", answers=answers_for(type_in, "Ada Quill", "e\nr"))

    assert said.out.count("r skip the rest") == 1
    assert "5/7  " in said.out
    assert said.out.endswith("nothing was decided\n")


def test_quitting_between_two_episodes_ends_all_and_keeps_what_was_decided(type_in, kept):
    said = type_in("review", "--below", "1", answers=answers_for(type_in, "Ada Quill", "e\ny\nq\ny"))

    assert "q quit: 1 decision written to " in said.lines[-1]
    assert len(config(kept)["override"]) == 1


def test_a_review_in_json_asks_nothing_and_changes_nothing(type_in, kept):
    before = kept.read_bytes()

    assert type_in("review", "--json", answers="y\ny\n").code == 0
    assert kept.read_bytes() == before


def test_persons_who_share_an_address_are_asked_about_first(type_in):
    first, second = json.loads(type_in("review", "--json").out)["questions"]

    assert {person["id"] for person in first["persons"]} == {"jennifer-cole", "jenny-cole"}
    assert first["witnesses"] == ["same address: https://who.example/jc"]
    assert {person["id"] for person in second["persons"]} == {"a-quill", "ada-quill"}


def test_the_words_around_are_quoted_with_the_name_marked(type_in):
    said = type_in("review", "--below", "1", answers="q\n" * 9)
    every = [type_in("review", "--below", "1", answers="s\n" * 9).out]

    assert "knows where kelp grows" in every[0]
    assert "»Nils Orre« knows where kelp grows" in every[0]
    assert said.out.count("q quit") == 1


@pytest.mark.parametrize(
    ("answer", "role", "came"),
    [
        ("h", "host", "1 role changed"),
        ("g", "guest", "only the evidence for the same is other on 1"),
        ("guest host", "guest host", "1 role changed"),
        ("n", None, "1 credit taken away"),
        ("y", "guest", "only the evidence for the same is other on 1"),
    ],
)
def test_an_answer_fixes_the_role_for_ever_and_at_once(type_in, kept, ask, web, answer, role, came):
    before = kept.read_text()
    answers = [answer if q["credit"]["name"] == "Nils Orre" else "s" for q in credits_asked(type_in)]

    said = type_in("review", "--below", "1", answers="\n".join(answers))

    assert re.fullmatch(f"1 decision written to .*; (1|no) episode understood differently[:;] {came}", said.lines[-1])
    assert roles(ask, kept)["Kelp"].get("Nils Orre") == role
    assert kept.read_text().startswith(before.rstrip())
    (override,) = config(kept)["override"]
    assert (override["name"], override["role"]) == ("Nils Orre", role or "none")
    web.pages["/rss"] = web.pages["/rss"].replace(b"knows where", b"says where")
    assert ask("--config", kept, "refresh", "--force", "harbours").code in (0, 1)
    assert roles(ask, kept)["Kelp"].get("Nils Orre") == role


def credits_asked(type_in) -> list[dict[str, Any]]:
    questions = json.loads(type_in("review", "--below", "1", "--json").out)["questions"]
    return [question for question in questions if question["asks"] == "credit"]


def test_what_was_decided_is_not_asked_again(type_in):
    asked = len(credits_asked(type_in))

    type_in("review", "--below", "1", answers="y\nn\nq\n")

    assert len(credits_asked(type_in)) == asked - 2


def test_the_end_of_a_pipe_and_quitting_keep_what_was_decided(type_in, kept):
    type_in("review", "--below", "1", answers="y\n")
    type_in("review", "--below", "1", answers="y\nq\ny\n")

    assert len(config(kept)["override"]) == 2


def test_an_answer_that_is_none_is_asked_again(type_in, kept):
    said = type_in("review", "--below", "1", answers="maybe\ny\n")

    assert "'maybe' is none of these" in said.err
    assert len(config(kept)["override"]) == 1


def test_a_yes_makes_two_persons_one_and_a_no_parts_them_for_ever(type_in, kept, ask):
    type_in("review", answers="y\nn\n")

    persons = {person["id"]: person.get("aliases", []) for person in config(kept)["person"]}
    assert persons == {"jennifer-cole": ["Jenny Cole"], "ada-quill": [], "a-quill": []}
    assert person_of(ask, kept, "Fog", "Jenny Cole") == "jennifer-cole"
    assert json.loads(type_in("review", "--json").out) == {"questions": []}


def test_what_was_judged_is_appended_as_gold(type_in, tmp_path):
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"show": "held"}\n')
    names = [question["credit"]["name"] for question in credits_asked(type_in)]
    answers = {"Nils Orre": "y", "A. Quill": "y", "Jenny Cole": "n"}

    said = type_in("review", "--below", "1", "--gold", gold, answers="\n".join(answers.get(n, "s") for n in names))

    held, *rows = map(json.loads, gold.read_text().splitlines())
    by_title = {row["title"]: row for row in rows}
    assert held == {"show": "held"}
    assert f"{gold}: 2 rows appended" in said.lines
    kelp, fog = by_title["Kelp"], by_title["Fog"]
    assert (kelp["guests"], kelp["hosts"]) == (["Nils Orre"], ["A. Quill"])
    assert (kelp["show"], kelp["description"]) == ("Harbours", "Nils Orre knows where kelp grows.")
    assert (fog["guests"], fog["not_guests"], fog["optional"]) == ([], ["Jenny Cole"], ["Ada Quill"])
    assert (fog["hosts_labelled"], kelp["hosts_labelled"]) == (False, True)


def test_what_was_judged_before_a_review_is_broken_off_is_gold_as_well(type_in, monkeypatch, tmp_path):
    answers = Mock(side_effect=["y", KeyboardInterrupt])
    monkeypatch.setattr("builtins.input", answers)

    assert type_in("review", "--below", "1", "--gold", tmp_path / "gold.jsonl").code == 130
    assert '"hosts":["Ada Quill"]' in (tmp_path / "gold.jsonl").read_text()


def test_gold_that_cannot_be_written_is_told_before_anything_is_asked(type_in, kept, tmp_path):
    said = type_in("review", "--below", "1", "--gold", tmp_path / "nowhere" / "gold.jsonl", answers="y\n")

    assert (said.code, said.out) == (1, "")
    assert "No such file or directory" in said.err
    assert "override" not in config(kept)


def test_a_row_of_gold_is_one_the_benchmark_can_read(type_in, tmp_path):
    from benchmarks.credits import measure  # noqa: PLC0415 - benchmarks are no part of the program

    gold = tmp_path / "gold.jsonl"
    type_in("review", "--below", "1", "--gold", gold, answers="y\n" * 6)

    assert measure([json.loads(line) for line in gold.read_text().splitlines()]).episodes == 3


def test_merging_keeps_the_page_and_the_others_address_points_there(type_in, kept, ask):
    said = type_in("merge", "Jennifer Cole", "jenny cole")

    feeds = kept.parent / "feeds" / "people"
    assert said.lines[0] == "jenny-cole: is Jennifer Cole (jennifer-cole) from now on"
    assert said.lines[1:] == ["1 episode understood differently: other person: 1"]
    canonical = b'rel="canonical" href="https://podcasts.example.org/people/jennifer-cole/"'
    assert canonical in (feeds / "jenny-cole" / "index.html").read_bytes()
    moved = (feeds / "jenny-cole" / "feed.xml").read_bytes()
    assert b"<itunes:new-feed-url>https://podcasts.example.org/people/jennifer-cole/feed.xml" in moved
    assert moved.count(b"<item") == (feeds / "jennifer-cole" / "feed.xml").read_bytes().count(b"<item") == 2


def test_a_merge_that_is_taken_back_gives_both_their_addresses_again(type_in, kept, ask):
    before = kept.read_text()
    type_in("merge", "jennifer-cole", "jenny-cole")

    kept.write_text(before)
    assert ask("--config", kept, "publish").code == 0

    for name in ("jennifer-cole", "jenny-cole"):
        folder = kept.parent / "feeds" / "people" / name
        assert f"people/{name}/".encode() in (folder / "index.html").read_bytes()
        assert (folder / "feed.xml").read_bytes().count(b"<item") == 1
        assert b"new-feed-url" not in (folder / "feed.xml").read_bytes()
    assert person_of(ask, kept, "Fog", "Jenny Cole") == "jenny-cole"


def test_merging_takes_over_what_the_config_says_of_the_other(type_in, kept):
    kept.write_text(
        f'{kept.read_text()}\n[[person]]\nid = "jenny-cole"\nname = "Jenny Cole"\naliases = ["J. Cole"]\n'
        'href = "https://jenny.example/"\n\n# of somebody else\n[[person]]\nid = "nils"\nname = "Nils Orre"\n'
    )

    type_in("merge", "jennifer-cole", "jenny-cole")

    persons = {person["id"]: person for person in config(kept)["person"]}
    assert persons.keys() == {"nils", "jennifer-cole"}
    assert persons["jennifer-cole"]["aliases"] == ["Jenny Cole", "J. Cole"]
    assert persons["jennifer-cole"]["href"] == "https://jenny.example/"
    assert "# of somebody else" in kept.read_text()


def test_a_person_is_not_merged_with_themselves_nor_a_hidden_one_with_one_who_is_not(type_in, kept):
    type_in("merge", "jennifer-cole", "jenny-cole")
    again = type_in("merge", "jennifer-cole", "Jenny Cole")
    kept.write_text(f'{kept.read_text()}\n[[person]]\nid = "nils"\nname = "Nils Orre"\nhidden = true\n')
    hidden = type_in("merge", "jennifer-cole", "Nils Orre")

    assert (again.code, again.err.count("\n")) == (2, 1)
    assert "is Jennifer Cole (jennifer-cole) already" in again.err
    assert (hidden.code, "is hidden and the other is not" in hidden.err) == (2, True)


def test_rejecting_takes_a_credit_away_and_leaves_the_others(type_in, kept, ask):
    said = type_in("reject", "Nils Orre")

    assert said.out.endswith("taken off 1 episode; 1 episode understood differently: 1 credit taken away\n")
    assert roles(ask, kept)["Kelp"] == {"A. Quill": "host"}
    assert "\n# Kelp\n" in kept.read_text()


def test_rejecting_wants_to_know_which_episodes_are_meant(type_in, kept, ask):
    unsaid = type_in("reject", "Ada Quill")
    one = type_in("reject", "Ada Quill", "harbours/fog")

    assert (unsaid.code, one.code, "is on 2 episodes" in unsaid.err) == (2, 0, True)
    assert ["Ada Quill" in roles(ask, kept)[title] for title in ("Fog", "Tides")] == [False, True]
    assert type_in("reject", "ada-quill", "--all").code == 0
    assert "Ada Quill" not in roles(ask, kept)["Tides"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("merge", "Jennifer Coal", "Jenny Cole"), "Jennifer Cole"),
        (("merge", "jennifer-cole", "jenny-kole"), "jenny-cole"),
        (("merge", "jennifer-cole", "jenny-cole", "nils-ore"), "nils-orre"),
        (("merge", "jennifer-cole", "jenny-cole", "Jenny Cole"), "named twice"),
        (("reject", "Nils Ore"), "Nils Orre"),
        (("reject", "Nils Orre", "harbours/fog"), "harbours/kelp"),
        (("reject", "Nils Orre", "harbours/kelpp"), "harbours/kelp"),
        (("review", "--show", "harbor"), "harbours"),
        (("merge", "jennifer-cole"), "OTHER"),
    ],
)
def test_who_is_not_there_is_named_with_the_nearest(type_in, kept, words, told):
    before = kept.read_bytes()

    said = type_in(*words)

    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert told in said.err
    assert kept.read_bytes() == before


def test_while_another_mediafeed_works_decisions_are_written_and_it_is_said_when_they_hold(type_in, kept, ask):
    with DataLock(read_config(kept).site.data):
        said = type_in("review", "--below", "1", answers=answers_for(type_in, "Nils Orre", "n") + "\ny")
        left = json.loads(type_in("review", "--below", "1", "--json").out)["questions"]
        refused = type_in("merge", "ada-quill", "a-quill")

    assert (said.code, refused.code) == (75, 75)
    assert "holds from its next start" in said.err
    assert [question["asks"] for question in left] == ["credit"] * 4 + ["one person"]
    assert len(config(kept)["override"]) == 1
    assert [person["id"] for person in config(kept)["person"]] == ["jennifer-cole"]
    assert ask("--config", kept, "publish").lines[-2].startswith("2 episodes understood differently: ")


def test_ambiguous_people_are_listed_with_why_and_evidence(ask, kept):
    said = ask("--config", kept, "list", "people", "--ambiguous", "--json")

    facts = json.loads(said.out)
    first, second = facts["may_be_one"]
    assert [person["id"] for person in first["persons"]] == ["jennifer-cole", "jenny-cole"]
    assert first["reasons"] == [
        {
            "persons": ["jennifer-cole", "jenny-cole"],
            "why": "a short form of the first name",
            "witnesses": ["same address: https://who.example/jc"],
            "against": [],
        }
    ]
    assert [person["evidence"][0]["episode"]["title"] for person in second["persons"]] == ["Kelp", "Fog"]
    assert facts["may_be_two"] == []
    assert (
        "Jennifer Cole (jennifer-cole) and Jenny Cole (jenny-cole): one person?"
        in ask("--config", kept, "list", "people", "--ambiguous").lines
    )
