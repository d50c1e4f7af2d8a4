"""Two persons of one name are parted by show: each has a page and a feed, and no address is lost, nor when made one."""

import io
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Said, Web

FELLOW, STRIKER = "a fellow at the Kelp Institute", "a striker of Harbour Rovers"


def publish_show(web: Web, id_: str, *episodes: tuple[str, str]) -> None:
    """Have a show of these titles, with what is said of Ada Quill on each."""
    items = "".join(
        f"<item><title>{title}</title><guid isPermaLink='false'>{id_}{number}</guid><description>Our guest is {words}."
        f"</description><pubDate>Wed, 0{number} Jun 2022 09:00:00 GMT</pubDate>"
        f"<enclosure url='https://media.example/{id_}/{number}.mp3' length='9' type='audio/mpeg'/></item>"
        for number, (title, words) in enumerate(episodes, 1)
    )
    web.pages[f"/{id_}"] = (
        f"<rss version='2.0'><channel><title>{id_.title()}</title><link>https://{id_}.example/</link>"
        f"<language>en</language>{items}</channel></rss>"
    ).encode()


@pytest.fixture
def kept(bare: Path, web: Web, ask) -> Path:
    """A config of two shows that have a guest of one name."""
    publish_show(web, "tides", ("Kelp", f"Ada Quill, {FELLOW}"), ("Fog", f"Ada Quill, {FELLOW}"))
    publish_show(web, "goals", ("Penalties", f"Ada Quill, {STRIKER}"))
    sources = "".join(f'[[source]]\nid = "{one}"\nurl = "{web.address}/{one}"\n' for one in ("tides", "goals"))
    bare.write_text(f"{bare.read_text()}\n# two shows\n{sources}")
    assert ask("--config", bare, "refresh").code == 0
    return bare


@pytest.fixture
def type_in(kept: Path, ask, monkeypatch):
    def typed(*words: object, answers: str = "") -> Said:
        monkeypatch.setattr("sys.stdin", io.StringIO(answers))
        said: Said = ask("--config", kept, *words)
        return said

    return typed


def persons(path: Path) -> list[dict[str, Any]]:
    return list(tomllib.loads(path.read_text()).get("person", ()))


def who_is_on(type_in) -> dict[str, str]:
    listed = json.loads(type_in("list", "episodes", "--json").out)["episodes"]
    return {one["title"]: credit["person"] for one in listed for credit in one["credits"]}


def published(path: Path, person: str, name: str = "feed.xml") -> str:
    return (path.parent / "feeds" / "people" / person / name).read_text()


def test_a_split_gives_the_other_a_page_and_feed_and_leaves_the_rest(type_in, kept):
    said = type_in("people", "split", "Ada Quill", "goals")

    assert said.lines == [
        "ada-quill-2: is Ada Quill of goals from now on; 1 episode understood differently: other person: 1"
    ]
    assert who_is_on(type_in) == {"Kelp": "ada-quill", "Fog": "ada-quill", "Penalties": "ada-quill-2"}
    assert "Penalties" in published(kept, "ada-quill-2")
    assert "Penalties" not in published(kept, "ada-quill")
    assert FELLOW in published(kept, "ada-quill", "index.html")
    assert "# two shows" in kept.read_text()


def test_a_split_holds_for_episodes_to_come(type_in, kept, web):
    type_in("people", "split", "ada-quill", "Goals", "--id", "striker")
    publish_show(web, "goals", ("Penalties", f"Ada Quill, {STRIKER}"), ("Corners", f"Ada Quill, {STRIKER}"))
    publish_show(web, "tides", ("Kelp", f"Ada Quill, {FELLOW}"), ("Eels", f"Ada Quill, {FELLOW}"))

    type_in("refresh")

    on = who_is_on(type_in)
    assert (on["Corners"], on["Penalties"], on["Eels"], on["Kelp"]) == ("striker", "striker", "ada-quill", "ada-quill")


def test_who_was_parted_is_made_one_again_and_the_address_leads_there(type_in, kept):
    type_in("people", "split", "ada-quill", "goals")
    said = type_in("people", "merge", "ada-quill", "ada-quill-2")

    assert said.code == 0
    card = kept.parent / "feeds" / "people" / "ada-quill" / "card.png"
    assert (card.parent.parent / "ada-quill-2" / "card.png").read_bytes() == card.read_bytes()
    assert set(who_is_on(type_in).values()) == {"ada-quill"}
    assert [(one["id"], one.get("shows"), one.get("aliases")) for one in persons(kept)] == [("ada-quill", None, None)]
    assert 'rel="canonical" href="https://podcasts.example.org/people/ada-quill/"' in published(
        kept, "ada-quill-2", "index.html"
    )
    assert "new-feed-url>https://podcasts.example.org/people/ada-quill/feed.xml" in published(kept, "ada-quill-2")


@pytest.mark.parametrize("order", [("striker", "jenny-cole"), ("jenny-cole", "striker")])
def test_who_was_parted_stays_so_when_made_one_with_who_has_another_name(type_in, kept, web, order):
    publish_show(web, "goals", ("Penalties", f"Ada Quill, {STRIKER}"), ("Corners", f"Jenny Cole, {STRIKER}"))
    type_in("refresh")
    type_in("people", "split", "ada-quill", "goals", "--id", "striker")

    said = type_in("people", "merge", *order)

    assert said.code == 0
    assert who_is_on(type_in) == {
        "Kelp": "ada-quill", "Fog": "ada-quill", "Penalties": order[0], "Corners": order[0],
    }  # fmt: skip


def test_the_address_of_who_became_another_does_not_go_to_a_namesake_of_other_initials(type_in, kept, web):
    publish_show(web, "tides", ("Kelp", "George H. W. Brandt"), ("Fog", "George W. Brandt"))
    publish_show(web, "goals", ("Penalties", "George H. W. Brandt"), ("Corners", "George W. Brandt"))
    type_in("refresh")
    type_in("people", "split", "george-h-w-brandt", "goals", "--id", "elder")
    type_in("people", "merge", "george-h-w-brandt", "elder")

    said = type_in("people", "split", "george-w-brandt", "goals", "--id", "younger")

    assert said.code == 0
    assert "new-feed-url>https://podcasts.example.org/people/george-h-w-brandt/feed.xml" in published(kept, "elder")


def test_a_recording_in_common_does_not_take_the_other_show_along(type_in, kept, web):
    publish_show(web, "goals", ("Penalties", f"Ada Quill, {STRIKER}"), ("Fog", f"Ada Quill, {FELLOW}"))
    for old, new in ((b"media.example/goals/2", b"media.example/tides/2"), (b">goals2<", b">tides2<")):
        web.pages["/goals"] = web.pages["/goals"].replace(old, new)
    type_in("refresh")

    said = type_in("people", "split", "ada-quill", "goals")

    assert said.code == 0
    assert persons(kept)[1]["shows"] == ["goals"]
    assert who_is_on(type_in) == {"Kelp": "ada-quill", "Fog": "ada-quill", "Penalties": "ada-quill-2"}


def test_nobody_new_of_that_name_is_given_an_address_that_somebody_had(type_in, kept, web):
    type_in("people", "split", "ada-quill", "goals")
    type_in("people", "merge", "ada-quill", "ada-quill-2")
    ours = 'id = "ada-quill"\nname = "Ada Quill"\n'
    kept.write_text(kept.read_text().replace(ours, f'{ours}shows = ["tides", "goals"]\n'))
    publish_show(web, "laws", ("Courts", "Ada Quill, a judge at the High Court"))
    kept.write_text(f'{kept.read_text()}\n[[source]]\nid = "laws"\nurl = "{web.address}/laws"\n')

    type_in("refresh")

    assert who_is_on(type_in)["Courts"] == "ada-quill-3"
    assert "new-feed-url>https://podcasts.example.org/people/ada-quill/feed.xml" in published(kept, "ada-quill-2")


def test_a_table_taken_out_by_hand_makes_them_one_and_the_address_leads_there(type_in, kept):
    before = kept.read_text()
    type_in("people", "split", "ada-quill", "goals")
    kept.write_text(before)

    type_in("publish")

    assert set(who_is_on(type_in).values()) == {"ada-quill"}
    assert "new-feed-url>https://podcasts.example.org/people/ada-quill/feed.xml" in published(kept, "ada-quill-2")


def test_an_address_that_publishers_give_goes_with_whom_it_is_of(type_in, kept, web):
    striker = "<podcast:person role='guest' href='https://goals.example/ada'>Ada Quill</podcast:person>"
    page = web.pages["/goals"].replace(b"<rss ", b"<rss xmlns:podcast='https://podcastindex.org/namespace/1.0' ")
    web.pages["/goals"] = page.replace(b"</item>", f"{striker}</item>".encode())
    type_in("refresh")
    assert "https://goals.example/ada" in published(kept, "ada-quill", "index.html")

    type_in("people", "split", "ada-quill", "goals")

    assert "https://goals.example/ada" not in published(kept, "ada-quill", "index.html")
    assert "https://goals.example/ada" in published(kept, "ada-quill-2", "index.html")


def test_a_review_asks_whether_who_is_told_otherwise_is_one_and_parts_them(type_in, kept):
    (question,) = json.loads(type_in("people", "review", "--below", "0", "--json").out)["questions"]
    said = type_in("people", "review", "--below", "0", answers="n\n")

    assert question["asks"] == "two persons"
    assert "Ada Quill (ada-quill): one person?" in said.out
    assert "y one person, n a person for each" in said.out
    assert f"{STRIKER}: goals: Penalties" in said.out
    assert who_is_on(type_in) == {"Kelp": "ada-quill", "Fog": "ada-quill", "Penalties": "ada-quill-2"}
    assert json.loads(type_in("people", "review", "--below", "0", "--json").out)["questions"] == []


def test_a_review_that_finds_them_one_asks_no_more(type_in, kept):
    said = type_in("people", "review", "--below", "0", answers="y\n")

    assert "1/1  Ada Quill (ada-quill): one person?" in said.out
    assert set(who_is_on(type_in).values()) == {"ada-quill"}
    assert json.loads(type_in("people", "review", "--below", "0", "--json").out)["questions"] == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("Ada Quil", "goals"), "Ada Quill"),
        (("Ada Quill", "gaols"), "goals"),
        (("Ada Quill", "goals", "tides"), "on no other show"),
        (("Ada Quill", "goals", "--id", "ada-quill"), "ada-quill: is an id already"),
        (("Ada Quill", "goals", "--id", "Ada Quill!"), "id"),
        (("Ada Quill",), "SHOW"),
    ],
)
def test_what_cannot_be_parted_is_told_and_nothing_is_written(type_in, kept, words, told):
    before = kept.read_bytes()

    said = type_in("people", "split", *words)

    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert told in said.err
    assert kept.read_bytes() == before


def test_a_name_is_hidden_everywhere_or_not_at_all(type_in, kept):
    kept.write_text(f'{kept.read_text()}\n[[person]]\nid = "a"\nname = "Ada Quill"\nshows = ["goals"]\nhidden = true\n')

    said = type_in("publish")

    assert (said.code, "has `hidden` and `shows`" in said.err) == (2, True)


def test_a_show_that_there_is_not_is_doubted(type_in, kept):
    kept.write_text(f'{kept.read_text()}\n[[person]]\nid = "a"\nname = "Ada Quill"\nshows = ["gaols"]\n')

    said = type_in("check", "--json")

    assert any(
        "[[person]] a: no show 'gaols' (did you mean goals?)" in doubt for doubt in json.loads(said.out)["doubts"]
    )


def test_a_name_that_two_tables_claim_is_doubted(type_in, kept):
    table = '\n[[person]]\nid = "{}"\nname = "Ada Quill"\nshows = ["goals"]\n'
    kept.write_text(f"{kept.read_text()}{table.format('a')}{table.format('b')}")

    said = type_in("check", "--json")

    assert "[[person]] b: 'Ada Quill' means a already" in json.loads(said.out)["doubts"]


def test_an_answer_about_a_credit_changes_nobodys_address(type_in, kept, web):
    for show in ("tides", "goals"):  # told in this order, and the other way round by their ids
        tag = f"<podcast:person role='guest' href='https://{show}.example/ada'>Ada Quill</podcast:person></item>"
        page = web.pages[f"/{show}"].replace(b"<rss ", b"<rss xmlns:podcast='https://podcastindex.org/namespace/1.0' ")
        web.pages[f"/{show}"] = page.replace(b"</item>", tag.encode())
        type_in("refresh")
    assert "https://tides.example/ada" in published(kept, "ada-quill", "index.html")

    type_in("people", "reject", "ada-quill", "tides/fog")

    assert "https://tides.example/ada" in published(kept, "ada-quill", "index.html")
