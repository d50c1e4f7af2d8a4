import io
import json
import sys
import tomllib

from mediafeed.parse.opml import read_opml
from tests.cli.test_sources import ids

LIST = (
    "<opml version='2.0'><head/><body>"
    "<outline type='rss' text='Tides' xmlUrl='http://127.0.0.1/tides'/>"
    "<outline type='rss' text='Bad' xmlUrl='ftp://127.0.0.1/rss'/>"
    "<outline type='rss' text='Tides' xmlUrl='http://127.0.0.1/tides2'/>"
    "</body></opml>"
)


def test_the_shows_are_exported_and_can_be_read(do, home, tmp_path):
    said = do("export", "opml", tmp_path / "shows.opml")

    assert (said.code, said.lines) == (0, [f"{tmp_path / 'shows.opml'}: 6 shows written"])
    assert "Long Wavelength" in {outline.title for outline in read_opml((tmp_path / "shows.opml").read_bytes())}


def test_a_hyphen_exports_to_stdout_and_nothing_else_stands_there(look):
    assert "Long Wavelength" in {outline.title for outline in read_opml(look("export", "opml", "-").out.encode())}


def test_a_file_that_cannot_be_written_is_told_in_a_line(look, tmp_path):
    said = look("export", "opml", tmp_path / "none" / "shows.opml")

    assert (said.code, said.err) == (2, f"mediafeed: {tmp_path / 'none' / 'shows.opml'}: No such file or directory\n")


def test_listed_feeds_are_imported_and_what_cannot_be_polled_is_told(ask, bare, tmp_path):
    (tmp_path / "list.opml").write_text(LIST)

    said = ask("--config", bare, "import", "opml", tmp_path / "list.opml", "--json")

    assert said.code == 1
    assert [source["id"] for source in json.loads(said.out)["added"]] == ["tides", "tides-2"]
    assert said.err.startswith("ftp://127.0.0.1/rss: not added: ")
    assert ids(bare) == ["tides", "tides-2"]


def test_importing_again_adds_nothing(ask, bare, tmp_path):
    (tmp_path / "list.opml").write_text(LIST.replace("ftp:", "http:"))
    ask("--config", bare, "import", "opml", tmp_path / "list.opml")
    before = bare.read_text()

    said = ask("--config", bare, "import", "opml", tmp_path / "list.opml")

    assert (said.code, said.lines) == (0, ["0 sources added; the next refresh visits them"])
    assert bare.read_text() == before


def test_a_list_is_read_from_stdin(ask, bare, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LIST.replace("ftp:", "http:").encode())))

    said = ask("--config", bare, "import", "opml", "-")

    assert said.code == 0
    assert ids(bare) == ["tides", "bad", "tides-2"]


def test_what_is_no_opml_is_refused(ask, bare, tmp_path):
    (tmp_path / "page.html").write_text("<html></html>")

    for name in ("page.html", "missing.opml"):
        said = ask("--config", bare, "import", "opml", tmp_path / name)

        assert (said.code, said.err.count("\n")) == (2, 1)
        assert str(tmp_path / name) in said.err


def test_a_long_list_is_imported_in_reasonable_time(ask, bare, tmp_path):
    rows = "".join(f"<outline text='Show {n}' xmlUrl='http://127.0.0.1/{n}'/>" for n in range(500))
    (tmp_path / "long.opml").write_text(f"<opml version='2.0'><body>{rows}</body></opml>")

    said = ask("--config", bare, "import", "opml", tmp_path / "long.opml")

    assert said.code == 0
    assert len(tomllib.loads(bare.read_text())["source"]) == 500
