"""Sample files that others made and measured."""

import json
from pathlib import Path

import pytest

from tests.parse.audio_files import measured

AUDIO = Path(__file__).parents[4] / "shared" / "corpus" / "audio"
PREFIX = "parser__media__src__test__resources__"

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not AUDIO.is_dir(), reason="no sample audio beside the repository"),
]


def samples() -> list[dict[str, object]]:
    path = AUDIO / "index.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: str(sample["file"]).rpartition("__")[2])
def test_a_sample_is_as_long_as_others_say(sample):
    found, asked = measured((AUDIO / sample["file"]).read_bytes())

    lengths = [length for length in (sample["expected_duration"], sample["mutagen"]) if length]
    if lengths:
        # Some count what the encoder put around the sound, some do not; of three that were cut they count all.
        there = found.tolerance if "there are" in found.reason else 0.0
        assert min(abs(found.seconds - length) for length in lengths) <= 0.06 + there
    else:
        assert found.seconds is None
    assert asked.bytes <= 65_536


FOUR = ["Chapter 1 - ❤️😊", "Chapter 2 - ßöÄ", "Chapter 3 - 爱", "Chapter 4"]
HREF = "https://example.com"


@pytest.mark.parametrize(
    ("file", "starts", "titles", "hrefs"),
    [
        ("auphonic.mp3", [0, 3, 6, 9], FOUR, [HREF] * 4),
        ("auphonic.ogg", [0, 3, 6, 9], FOUR, [HREF] * 4),
        ("auphonic.opus", [0, 3, 6, 9], FOUR, [HREF] * 4),
        ("auphonic.m4a", [0, 3, 6, 9], FOUR, [None] * 4),
        ("hindenburg-journalist-pro.mp3", [0, 5.006], ["Chapter Marker 1", "Chapter Marker 2"],
         [f"{HREF}/chapter1url", f"{HREF}/chapter2url"]),
        ("hindenburg-journalist-pro.m4a", [0, 5.005], ["Chapter Marker 1", "Chapter Marker 2"], [None] * 2),
        ("mp3chaps-py.mp3", [0, 7, 9, 11], ["Start", "Chapter 1", "Chapter 2", "Chapter 3"], [None] * 4),
        ("ep7.m4b", [0], ["Chapter 1"], [None]),
        ("ep9.m4b", [0], ["Chapter 1"], [None]),
    ],
)  # fmt: skip
def test_its_chapters_are_as_stated(file, starts, titles, hrefs):
    path = AUDIO / (file if (AUDIO / file).exists() else PREFIX + file)

    found, _ = measured(path.read_bytes())

    assert [chapter.start for chapter in found.chapters] == starts
    assert [chapter.title for chapter in found.chapters] == titles
    assert [chapter.href for chapter in found.chapters] == hrefs
