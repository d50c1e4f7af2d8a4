"""What is held in memory: each form with its own validators, followed on disk, within bounds."""

import gzip
import os
import threading
from functools import partial
from pathlib import Path

import brotli
import pytest

from mediafeed.model.published import Document
from mediafeed.publish.write import Writer
from mediafeed.serve import files
from mediafeed.serve.files import Files, Form

FEED = b"<rss>" + b"<item>Japan</item>" * 200 + b"</rss>"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    publish(tmp_path / "feeds", {"feed.xml": FEED, "people/index.html": b"<!doctype html>people"})
    return tmp_path / "feeds"


class Ticks:
    """A clock that goes on by more than a moment whenever it is asked."""

    now = 0.0

    def __call__(self) -> float:
        self.now += 1
        return self.now


def publish(out: Path, bodies: dict[str, bytes]) -> None:
    Writer(out).write([Document(path, body.hex(), partial(bytes, body)) for path, body in bodies.items()], {})


def found(held: Files, path: str, coding: str = "identity") -> Form:
    form = held.find(path, coding)
    assert isinstance(form, Form)
    return form


def test_each_form_has_its_own_bytes_and_etag_and_one_date(tree: Path):
    held = Files(tree)
    plain, zipped, brotlied = (found(held, "/feed.xml", coding) for coding in ("identity", "gzip", "br"))

    assert plain.body == gzip.decompress(zipped.body) == brotli.decompress(brotlied.body) == FEED
    assert len({plain.etag, zipped.etag, brotlied.etag}) == 3
    assert plain.last_modified == zipped.last_modified == brotlied.last_modified


def test_validators_are_the_same_after_a_restart(tree: Path):
    before, after = (found(Files(tree), "/feed.xml", "gzip") for _ in range(2))

    assert (before.etag, before.last_modified) == (after.etag, after.last_modified)


def test_what_is_held_is_not_read_again(tree: Path):
    held = Files(tree)

    assert found(held, "/feed.xml", "gzip") is found(held, "/feed.xml", "gzip")


@pytest.mark.parametrize("coding", ["identity", "gzip", "br"])
def test_what_is_published_anew_is_answered_at_once(tree: Path, coding: str):
    held = Files(tree, clock=Ticks())
    before = found(held, "/feed.xml", coding)
    publish(tree, {"feed.xml": FEED.replace(b"Japan", b"Korea")})
    after = found(held, "/feed.xml", coding)

    assert after.etag != before.etag
    assert after.last_modified != before.last_modified


def test_in_one_moment_a_file_is_not_looked_at_twice(tree: Path):
    held = Files(tree, clock=lambda: 1.0)
    before = found(held, "/feed.xml")
    publish(tree, {"feed.xml": b"<rss>new</rss>"})

    assert found(held, "/feed.xml") is before


def test_a_form_of_another_time_is_not_used(tree: Path):
    os.utime(tree / "feed.xml.gz", ns=(5, 5))

    assert found(Files(tree), "/feed.xml", "gzip").body == FEED


@pytest.mark.parametrize("name", ["a?b.xml", "a%41.xml", "a#b.xml"])
def test_a_name_that_an_address_writes_otherwise_is_found_and_never_by_the_address_as_it_stands(tree: Path, name: str):
    (tree / name).write_bytes(b"foreign")
    held = Files(tree)

    assert found(held, f"/{name}").body == b"foreign"
    assert held.held(f"/{name}", "identity") is None


def test_a_file_that_is_gone_is_not_answered_from_memory(tree: Path):
    held = Files(tree, clock=Ticks())
    found(held, "/feed.xml")
    (tree / "feed.xml").unlink()

    assert held.find("/feed.xml") is None


@pytest.mark.parametrize(
    "path",
    ["/../secret.txt", "/link.txt", "/linked/secret.txt", "/people/../../secret.txt", "/.hidden", "//", "//feed.xml",
     "/./feed.xml", "/people//index.html", "feed.xml", "", "/feed.xml/", "/feed.xml\0", "/a" * 600, "/pipe"],
)  # fmt: skip
def test_what_is_no_path_of_a_file_in_the_tree_is_not_found(tree: Path, path: str):
    (tree.parent / "secret.txt").write_bytes(b"secret")
    (tree / "link.txt").symlink_to(tree.parent / "secret.txt")
    (tree / "linked").symlink_to(tree.parent)
    (tree / ".hidden").write_bytes(b"secret")
    os.mkfifo(tree / "pipe")

    assert Files(tree).find(path) is None


def test_a_held_file_that_became_a_link_is_not_followed(tree: Path):
    held = Files(tree, clock=Ticks())
    found(held, "/people/")
    (tree.parent / "secret.txt").write_bytes(b"secret")
    (tree / "people/index.html").unlink()
    (tree / "people/index.html").symlink_to(tree.parent / "secret.txt")

    assert held.find("/people/") is None


def test_a_folder_without_its_slash_leads_to_itself_with_it(tree: Path):
    assert Files(tree).find("/people") == "/people/"
    assert found(Files(tree), "/people/").body == b"<!doctype html>people"


def test_a_storm_of_unknown_paths_is_not_remembered(tree: Path):
    held = Files(tree)
    for number in range(1000):
        assert held.find(f"/nothing-{number}", "gzip") is None

    assert not held._held


def test_memory_has_a_bound_and_who_was_not_asked_for_longest_goes(tree: Path, monkeypatch: pytest.MonkeyPatch):
    publish(tree, {f"{name}.txt": bytes(1000) for name in "abc"})
    monkeypatch.setattr(files, "HELD", 2000)
    held = Files(tree, clock=Ticks())
    for name in "abac":
        found(held, f"/{name}.txt")

    assert [path for path, _ in held._held] == ["/a.txt", "/c.txt"]
    assert held._bytes == 2000


def test_a_feed_names_itself_and_its_hubs(tree: Path):
    held = Files(tree, site="https://ours.example", hubs=("https://hub.example/",))

    assert (b"link", b'<https://ours.example/feed.xml>; rel="self", <https://hub.example/>; rel="hub"') in found(
        held, "/feed.xml"
    ).headers
    assert b"link" not in dict(found(held, "/people/").headers)


def test_a_304_says_again_what_a_cache_has_to_know(tree: Path):
    form = found(Files(tree, site="https://ours.example"), "/feed.xml", "gzip")
    names = {name for name, _ in form.held["headers"]}

    assert {b"etag", b"last-modified", b"cache-control", b"vary", b"access-control-allow-origin", b"link"} <= names
    assert not names & {b"content-length", b"content-encoding", b"content-type"}


def test_while_something_is_published_every_answer_is_one_whole_version(tree: Path):
    versions = [b"<rss>" + word * 400 + b"</rss>" for word in (b"old ", b"new! ")]
    held, over, opened = Files(tree, clock=Ticks()), threading.Event(), 0

    def publishing() -> None:
        for number in range(60):
            publish(tree, {"feed.xml": versions[number % 2]})
        over.set()

    publish(tree, {"feed.xml": versions[1]})
    at_work = threading.Thread(target=publishing)
    at_work.start()
    open_forms = {"identity": bytes, "gzip": gzip.decompress, "br": brotli.decompress}
    while not over.is_set():
        for coding, opens in open_forms.items():
            form = found(held, "/feed.xml", coding)
            said = dict(form.whole["headers"])
            body = opens(form.body) if b"content-encoding" in said else form.body
            opened += 1

            assert body in versions
            assert said[b"content-length"] == b"%d" % len(form.body)
    at_work.join()

    assert opened
