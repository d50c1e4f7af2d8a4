"""Writing: nothing torn, nothing foreign touched, nothing followed out of the folder."""

import errno
import gzip
import os
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import brotli
import pytest

from mediafeed.errors import PublishError, StoppingError
from mediafeed.model.published import Document
from mediafeed.publish import write
from mediafeed.publish.write import Writer, check_output


def document(path: str, body: bytes = b"words", signature: str = "1") -> Document:
    return Document(path, signature, lambda: body)


def broken(path: str, error: Exception, signature: str = "1") -> Document:
    def render() -> bytes:
        raise error

    return Document(path, signature, render)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "feeds"


def test_documents_are_written_where_they_are_planned(out: Path):
    did = Writer(out).write([document("episodes/a/b/index.html"), document("feed.xml", b"<a/>")], {})

    assert files(out) == {"episodes/a/b/index.html": b"words", "feed.xml": b"<a/>"}
    assert did.written == ("episodes/a/b/index.html", "feed.xml")
    assert did.signatures == {"episodes/a/b/index.html": "1 5", "feed.xml": "1 4"}


def test_a_document_with_the_same_signature_is_not_rendered(out: Path):
    first = Writer(out).write([document("a.txt")], {})
    again = Writer(out).write([broken("a.txt", AssertionError())], first.signatures)

    assert again.unchanged == 1
    assert again.written == ()


def test_a_document_whose_file_is_missing_is_written_again(out: Path):
    first = Writer(out).write([document("a.txt")], {})
    (out / "a.txt").unlink()

    assert Writer(out).write([document("a.txt")], first.signatures).written == ("a.txt",)


def test_the_same_bytes_leave_the_file_untouched(out: Path):
    Writer(out).write([document("a.txt")], {})
    os.utime(out / "a.txt", ns=(5, 5))
    did = Writer(out).write([document("a.txt", signature="2")], {"a.txt": "1"})

    assert (out / "a.txt").stat().st_mtime_ns == 5
    assert did.signatures == {"a.txt": "2 5"}
    assert did.unchanged == 1


def test_a_damaged_file_is_put_right_though_nothing_is_new(out: Path):
    first = Writer(out).write([document("a.txt")], {})
    (out / "a.txt").write_bytes(b"wor")

    did = Writer(out).write([document("a.txt")], first.signatures)

    assert did.written == ("a.txt",)
    assert files(out) == {"a.txt": b"words"}


def test_what_is_no_longer_planned_goes_with_its_empty_folders(out: Path):
    first = Writer(out).write([document("people/a/index.html"), document("people/index.html")], {})
    did = Writer(out).write([document("people/index.html")], first.signatures)

    assert did.removed == ("people/a/index.html",)
    assert files(out) == {"people/index.html": b"words"}
    assert not (out / "people/a").exists()


def test_foreign_files_stay(out: Path):
    first = Writer(out).write([document("people/a/index.html")], {})
    (out / "people/a/notes.txt").write_bytes(b"mine")
    (out / "README.md").write_bytes(b"mine")
    Writer(out).write([], first.signatures)

    assert files(out) == {"people/a/notes.txt": b"mine", "README.md": b"mine"}


def test_one_document_that_cannot_be_rendered_is_set_aside_and_its_old_file_stays(out: Path):
    first = Writer(out).write([document("a.txt"), document("b.txt")], {})
    did = Writer(out).write(
        [broken("a.txt", PublishError("no"), "2"), document("b.txt", b"new", "2")], first.signatures
    )

    assert did.set_aside == (("a.txt", "a.txt: no"),)
    assert files(out) == {"a.txt": b"words", "b.txt": b"new"}


@pytest.mark.parametrize(("path", "body"), [("feed.xml", b"<a><b></a>"), ("feed.opml", b""), ("feed.json", b'{"a":')])
def test_what_readers_could_not_read_does_not_go_live(out: Path, path: str, body: bytes):
    did = Writer(out).write([document(path, body), document("index.html")], {})

    assert [aside for aside, _ in did.set_aside] == [path]
    assert list(files(out)) == ["index.html"]


@pytest.mark.parametrize(
    "path", ["../a.txt", "/etc/a.txt", "a//b.txt", "A.txt", "a/../b.txt", ".a.txt", "a", "a\0.txt"]
)
def test_a_path_that_is_not_ours_is_refused(out: Path, path: str):
    with pytest.raises(PublishError, match="not a path"):
        Writer(out).write([document(path)], {})


def test_a_symbolic_link_inside_the_output_is_not_followed(out: Path, tmp_path: Path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    out.mkdir()
    (out / "shows").symlink_to(elsewhere)

    with pytest.raises(PublishError):
        Writer(out).write([document("shows/index.html")], {})
    assert files(elsewhere) == {}


def test_a_link_in_the_place_of_a_file_is_replaced_and_not_written_through(out: Path, tmp_path: Path):
    secret = tmp_path / "secret"
    secret.write_bytes(b"mine")
    out.mkdir()
    (out / "a.txt").symlink_to(secret)
    Writer(out).write([document("a.txt")], {"a.txt": "1"})

    assert secret.read_bytes() == b"mine"
    assert (out / "a.txt").read_bytes() == b"words"
    assert not (out / "a.txt").is_symlink()


def test_removing_does_not_follow_a_link_either(out: Path, tmp_path: Path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "index.html").write_bytes(b"mine")
    out.mkdir()
    (out / "shows").symlink_to(elsewhere)
    did = Writer(out).write([], {"shows/index.html": "1"})

    assert files(elsewhere) == {"index.html": b"mine"}
    assert did.removed == ()
    assert did.set_aside[0][0] == "shows/index.html"


def test_an_output_folder_that_is_a_link_is_refused(tmp_path: Path):
    (tmp_path / "real").mkdir()
    (tmp_path / "feeds").symlink_to(tmp_path / "real")

    with pytest.raises(PublishError, match="symbolic link"):
        Writer(tmp_path / "feeds").write([document("a.txt")], {})


def test_files_can_be_read_by_others_whatever_the_umask(out: Path):
    before = os.umask(0o077)
    try:
        Writer(out).write([document("shows/a/index.html")], {})
    finally:
        os.umask(before)

    assert stat.S_IMODE((out / "shows/a/index.html").stat().st_mode) == 0o644
    assert stat.S_IMODE((out / "shows/a").stat().st_mode) == 0o755


def test_remains_of_a_run_that_was_killed_are_taken_away(out: Path):
    out.mkdir()
    (out / ".mediafeed-0123456789abcdef.tmp").write_bytes(b"half")
    (out / ".other.tmp").write_bytes(b"mine")
    Writer(out).write([document("a.txt")], {})

    assert files(out) == {"a.txt": b"words", ".other.tmp": b"mine"}


def failing(monkeypatch: pytest.MonkeyPatch, name: str, after: int, number: int) -> None:
    """Let a call of the system fail once, at its so-manyth call."""
    real: Callable[..., object] = getattr(os, name)
    calls = 0

    def call(*args: object, **options: object) -> object:
        nonlocal calls
        calls += 1
        if calls == after + 1:
            raise OSError(number, os.strerror(number))
        return real(*args, **options)

    monkeypatch.setattr(os, name, call)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("fdopen", errno.ENOSPC),
        ("fsync", errno.ENOSPC),
        ("fchmod", errno.EIO),
        ("open", errno.EMFILE),
        ("open", errno.EACCES),
        ("open", errno.EROFS),
    ],
)
def test_when_the_disk_is_full_every_old_file_still_stands(
    out: Path, monkeypatch: pytest.MonkeyPatch, name: str, number: int
):
    plan = [f"pages/{page}/index.html" for page in range(1, 11)]
    first = Writer(out).write([document(path) for path in plan], {})
    with monkeypatch.context() as patch:
        failing(patch, name, 7, number)
        with pytest.raises(PublishError, match=os.strerror(number)):
            Writer(out).write([document(path, b"new", "2") for path in plan], first.signatures)

    assert files(out) == dict.fromkeys(plan, b"words")
    Writer(out).write([document(path, b"new", "2") for path in plan], first.signatures)
    assert files(out) == dict.fromkeys(plan, b"new")


def test_files_are_put_in_place_in_the_order_of_the_plan(out: Path, monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as patch:
        failing(patch, "rename", 2, errno.EIO)
        with pytest.raises(PublishError):
            Writer(out).write([document("b.txt"), document("a.txt"), document("index.html")], {})

    assert set(files(out)) == {"b.txt", "a.txt"}


def test_a_folder_that_cannot_be_written_is_an_error_that_names_it(out: Path):
    out.parent.joinpath("file").write_bytes(b"")

    with pytest.raises(PublishError, match="file"):
        Writer(out.parent / "file" / "feeds").write([document("a.txt")], {})


def test_many_files_are_made_durable_in_one_pass(out: Path, monkeypatch: pytest.MonkeyPatch):
    passes = []
    monkeypatch.setattr(os, "sync", lambda: passes.append(1))
    monkeypatch.setattr(os, "fsync", lambda _: pytest.fail("one by one"))
    Writer(out).write([document(f"p/{page}/index.html") for page in range(write.FEW + 1)], {})

    assert len(passes) == 2


def test_whoever_waits_hears_how_far_it_is(out: Path):
    heard: list[tuple[int, int]] = []
    Writer(out).write([document("a.txt"), document("b.txt")], {}, lambda done, of: heard.append((done, of)), expected=2)

    assert heard == [(1, 2), (2, 2)]


def test_documents_are_put_in_place_as_they_come_and_none_is_kept(out: Path, monkeypatch):
    monkeypatch.setattr(write, "AT_ONCE", 2)
    there: list[list[str]] = []

    def documents() -> Iterator[Document]:
        for name in "abcde":
            there.append(sorted(path.name for path in out.glob("*.txt")))
            yield document(f"{name}.txt")

    did = Writer(out).write(documents(), {"gone.txt": "x"})

    assert there == [[], [], ["a.txt", "b.txt"], ["a.txt", "b.txt"], ["a.txt", "b.txt", "c.txt", "d.txt"]]
    assert did.written == ("a.txt", "b.txt", "c.txt", "d.txt", "e.txt")
    assert did.removed == ("gone.txt",)


def test_an_output_folder_must_be_a_folder_of_its_own(tmp_path: Path):
    data = tmp_path / "data"
    data.mkdir()
    (tmp_path / "link").symlink_to(data)
    for output in (Path("/"), Path.home(), data, tmp_path, tmp_path / "link"):
        with pytest.raises(PublishError):
            check_output(output, data)

    check_output(tmp_path / "feeds", data)
    check_output(data / "feeds", data)


def test_who_has_no_home_may_publish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A container may run as any number, of which nobody knows a home: that ended in a traceback."""

    def unknown() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", unknown)

    check_output(tmp_path / "feeds", tmp_path / "data")


LONG = b"<p>a guest of this episode</p>" * 100


def times(folder: Path) -> dict[str, int]:
    return {str(path.relative_to(folder)): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def test_a_long_document_of_words_has_compressed_forms_beside_it_that_carry_its_time(out: Path):
    did = Writer(out).write([document("shows/a/index.html", LONG), document("assets/cover.png", LONG)], {})

    held = files(out)
    assert did.written == ("shows/a/index.html", "assets/cover.png")
    assert gzip.decompress(held["shows/a/index.html.gz"]) == LONG
    assert brotli.decompress(held["shows/a/index.html.br"]) == LONG
    assert len({times(out)[name] for name in held if name.startswith("shows/")}) == 1
    assert [name for name in held if name.startswith("assets/")] == ["assets/cover.png"]


def test_compressed_forms_of_what_did_not_change_are_not_touched(out: Path):
    first = Writer(out).write([document("a.html", LONG)], {})
    before = {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in out.iterdir()}

    assert Writer(out).write([broken("a.html", AssertionError())], first.signatures).unchanged == 1
    assert Writer(out).write([document("a.html", LONG, "2")], first.signatures).written == ()
    assert {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in out.iterdir()} == before


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: os.utime(path, ns=(5, 5))])
def test_a_form_that_is_lost_or_of_another_time_is_made_again_and_its_document_stays(
    out: Path, harm: Callable[[Path], None]
):
    first = Writer(out).write([document("a.html", LONG)], {})
    before = times(out)
    harm(out / "a.html.gz")

    did = Writer(out).write([document("a.html", LONG)], first.signatures)

    assert (did.written, did.unchanged) == ((), 1)
    assert times(out) == before
    assert gzip.decompress(files(out)["a.html.gz"]) == LONG


def test_a_document_that_became_short_loses_its_forms(out: Path):
    first = Writer(out).write([document("a.html", LONG)], {})
    Writer(out).write([document("a.html", b"short", "2")], first.signatures)

    assert files(out) == {"a.html": b"short"}


def test_forms_go_with_their_document(out: Path):
    first = Writer(out).write([document("people/a/index.html", LONG)], {})
    Writer(out).write([], first.signatures)

    assert not list(out.iterdir())


def test_forms_are_in_place_before_their_document(out: Path, monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as patch:
        failing(patch, "rename", 2, errno.EIO)
        with pytest.raises(PublishError):
            Writer(out).write([document("a.html", LONG)], {})

    assert set(files(out)) == {"a.html.gz", "a.html.br"}
    Writer(out).write([document("a.html", LONG)], {})
    assert len(set(times(out).values())) == 1


def test_two_changes_never_carry_one_second(out: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(time, "time_ns", lambda: 1_700_000_000_300_000_000)
    seconds = []
    for change in range(3):
        Writer(out).write([document("a.txt", b"%d" % change, str(change))], {})
        seconds.append(times(out)["a.txt"] // 10**9 - 1_700_000_000)

    assert seconds == [0, 1, 2]


def test_a_file_from_a_time_that_is_far_ahead_drags_nothing_along(out: Path, monkeypatch: pytest.MonkeyPatch):
    Writer(out).write([document("a.txt")], {})
    os.utime(out / "a.txt", (4_000_000_000, 4_000_000_000))
    monkeypatch.setattr(time, "time_ns", lambda: 1_700_000_000_300_000_000)
    Writer(out).write([document("a.txt", b"new", "2")], {})

    assert times(out)["a.txt"] == 1_700_000_000_300_000_000


def test_what_is_broken_off_is_not_tidied_up_for_long_and_the_next_run_sweeps_it(out: Path):
    """A publishing of thousands was broken off by SIGTERM, and took more than the seconds there are to tidy up."""
    documents = [document("a.html", LONG), document("b.html", LONG)]

    def stop(done: int, _of: int) -> None:
        if done == 2:
            raise StoppingError("stopped")

    with pytest.raises(StoppingError):
        Writer(out).write(documents, {}, stop)
    left = sorted(path.name for path in out.iterdir())
    Writer(out).write(documents, {})

    assert left
    assert all(name.startswith(".mediafeed-") for name in left)
    assert sorted(path.name for path in out.iterdir()) == [
        "a.html",
        "a.html.br",
        "a.html.gz",
        "b.html",
        "b.html.br",
        "b.html.gz",
    ]
