import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from mediafeed.model.episode import Credit, Episode, Role
from mediafeed.refresh import rules
from mediafeed.refresh.recredited import Counts, counts_of, in_words, recredited
from mediafeed.refresh.rules import rules_key
from tests.normalize.making import guest, telling


def episode(*credits_: Credit) -> Episode:
    return telling("Kelp", id="e1", credits=credits_)


def test_every_change_of_a_credit_is_told():
    before = episode(guest("Ada Quill"), guest("Bo Hale"), guest("Cy Orr"))
    after = episode(guest("Cy Orr", role=Role.HOST), guest("Dr Ada QUILL", confidence=0.2), guest("Ole Brandt"))

    found = recredited(before, after)

    assert found is not None
    assert in_words(found) == "Cy Orr: guest -> host, + guest Ole Brandt, - guest Bo Hale"
    assert counts_of([found, found]) == Counts(episodes=2, added=2, removed=2, roles=2)


def test_other_evidence_for_the_same_credits_is_no_change():
    assert recredited(episode(guest("Ada Quill")), episode(guest("Ada Quill", confidence=0.3, affiliation="x"))) is None


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The rules in a folder of the test's own."""
    folder = tmp_path / "normalize"
    shutil.copytree(Path(rules.__file__).parent.parent / "normalize", folder)
    monkeypatch.setattr(rules, "files", lambda _: folder)
    rules_key.cache_clear()
    yield folder
    rules_key.cache_clear()


def key() -> str:
    rules_key.cache_clear()
    return rules_key()


def test_any_rule_word_or_weight_that_changes_changes_the_key(copied):
    first = key()
    changed = []
    for path in ("persons.py", "credits/english.py", "credits/weights.json"):
        with (copied / path).open("ab") as file:
            file.write(b" ")
        changed.append(key())

    assert len({first, *changed}) == 4


def test_what_python_keeps_for_itself_changes_nothing(copied):
    first = key()
    (copied / "credits" / "__pycache__").mkdir(exist_ok=True)
    (copied / "credits" / "__pycache__" / "x.pyc").write_bytes(b"compiled")

    assert key() == first
