"""The table of facts."""

from pathlib import Path

from mediafeed.publish.buckets import CHANNEL, ITEM, table

DOCS = Path(__file__).parents[2] / "docs" / "facts.md"


def test_docs_tell_what_the_code_does():
    text = DOCS.read_text("utf-8")

    assert table(ITEM) in text
    assert table(CHANNEL) in text
