"""Labels by offsets: they give the names back where the feed is at hand, and nothing where its words are others."""

import json
from pathlib import Path

from benchmarks.corpus_gold import LABELS, REAL, fields_of, real_rows, text_key
from benchmarks.credits_speed import episodes_of

FEED = """<rss version="2.0"><channel><title>Rope Hour</title><description>With Ada Quill.</description>
<item><title>Of fog</title><guid>1</guid><description>Tom Varga and Ada.</description>
<enclosure url="https://example.org/1.mp3" type="audio/mpeg" length="1"/></item></channel></rss>"""


def labelled(folder: Path, **changes: object) -> Path:
    (folder / "rope.xml").write_text(FEED, encoding="utf-8")
    (facts, show) = next(iter(episodes_of(folder / "rope.xml")))
    host = fields_of(facts, show)["show_description"].index("Ada")
    row = {
        "feed": "rope.xml",
        "item": 0,
        "text": text_key(facts),
        "hosts": [[["show_description", host, host + 9]]],
        "guests": [[["description", 0, 9]]],
        "optional": [],
        "not_guests": [],
    }
    path = folder / "real.jsonl"
    path.write_text(json.dumps(row | changes) + "\n", encoding="utf-8")
    return path


def test_offsets_give_names_and_the_row_that_other_gold_has(tmp_path):
    (row,) = real_rows(tmp_path, labelled(tmp_path))

    assert (row["show"], row["title"], row["hosts"], row["guests"]) == (
        "Rope Hour",
        "Of fog",
        ["Ada Quill"],
        ["Tom Varga"],
    )


def test_an_episode_whose_words_changed_is_left_out_and_told(tmp_path, capsys):
    assert list(real_rows(tmp_path, labelled(tmp_path, text="other"))) == []
    assert "1 episodes left out" in capsys.readouterr().err


def test_an_episode_that_is_no_longer_in_the_feed_is_left_out_and_told(tmp_path, capsys):
    assert list(real_rows(tmp_path, labelled(tmp_path, item=7))) == []
    assert list(real_rows(tmp_path, labelled(tmp_path, optional=[[["7:description", 0, 9]]]))) == []
    assert capsys.readouterr().err.count("1 episodes left out") == 2


def test_published_labels_hold_numbers_and_names_of_fields_alone():
    rows = [json.loads(line) for line in REAL.read_text(encoding="utf-8").splitlines()]
    fields = {"title", "author", "description", "show", "show_author", "show_description"}

    pieces = [piece for row in rows for kind in LABELS for name in row[kind] for piece in name]

    assert len(rows) > 1000
    assert {where.rpartition(":")[2] for where, _, _ in pieces} <= fields
    assert all(isinstance(number, int) for _, *span in pieces for number in span)
