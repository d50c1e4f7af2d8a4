import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mediafeed.model.episode import Credit, Duration, DurationOrigin, Episode, Role
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

    assert in_words(found) == (
        "Cy Orr: guest -> host, + guest Ole Brandt, - guest Bo Hale, other spelling of Dr Ada QUILL"
    )
    assert counts_of([found]) == Counts(episodes=1, added=1, removed=1, roles=1, others=(("spelling", 1),))


def test_other_evidence_for_the_same_credits_is_no_change():
    found = recredited(episode(guest("Ada Quill")), episode(guest("Ada Quill", confidence=0.3)))

    assert found.is_evidence_alone
    assert counts_of([found]) == Counts(episodes=0, evidence=1)


def test_what_else_differs_is_told_by_its_word_once():
    before = replace(episode(guest("Ada Quill"), guest("Bo Hale")), number=3)
    after = replace(
        episode(guest("Ada Quill", affiliation="Kelp Institute"), guest("Bo Hale", affiliation="Fog")),
        duration=Duration(60, DurationOrigin.STATED),
        lengths=(Duration(60, DurationOrigin.STATED),),
    )

    found = recredited(before, after)

    assert not found.is_evidence_alone
    assert (
        in_words(found) == "other number, other duration, other affiliation of Ada Quill, other affiliation of Bo Hale"
    )
    assert counts_of([found]).others == (("affiliation", 1), ("duration", 1), ("number", 1))


def test_an_episode_that_is_told_twice_is_one():
    evidence = recredited(episode(guest("Ada Quill")), episode(guest("Ada Quill", confidence=0.3)))
    credit = recredited(episode(), episode(guest("Ada Quill")))

    counts = counts_of([evidence, credit, credit, evidence])

    assert (counts.episodes, counts.evidence) == (1, 0)


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
