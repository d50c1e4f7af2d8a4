"""Real feeds and real values: what share of them is understood. Figures may rise, never fall."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mediafeed.errors import ParseError
from mediafeed.model.episode import Episode
from mediafeed.model.source import Source
from mediafeed.normalize.dates import published
from mediafeed.normalize.durations import declared_duration
from mediafeed.normalize.episode import episode_from
from mediafeed.normalize.numbers import declared_number, episode_number
from mediafeed.normalize.same_episode import sameness
from mediafeed.normalize.shows import show_from, show_of
from mediafeed.parse import feed

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
NOW = datetime(2026, 8, 1, tzinfo=UTC)

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real feeds is not there"),
]


def lines(name: str) -> list[str]:
    return [line for line in (CORPUS / "values" / name).read_text("utf-8", "replace").splitlines() if line.strip()]


@pytest.fixture(scope="module")
def told() -> list[tuple[str, str, Episode]]:
    """Every tenth feed's episodes: (feed, itunes:episode, telling)."""
    found = []
    for path in sorted((CORPUS / "feeds").iterdir())[::10]:
        try:
            parsed = feed.read(path.read_bytes(), url="https://feeds.example.org/x")
        except ParseError:
            continue
        source = Source(id="x", url="https://feeds.example.org/x")
        show = show_from(parsed.head or (), source, feed_url="https://feeds.example.org/x")
        for item in parsed.items:
            number = next((element.text for element in item.elements if element.name == "itunes:episode"), "")
            found.append((path.name, number, episode_from(item, show_of(item, show, source), source, now=NOW)))
    return found


def test_nine_of_ten_dates_that_other_readers_gave_up_on_are_read():
    dates = lines("mdewilde_problemdates.txt")

    read = [published(text, timezone=None, now=NOW) for text in dates]

    assert sum(dated.when is not None for dated in read) / len(dates) > 0.89


def test_nearly_all_durations_are_read():
    durations = lines("mdewilde_durations.txt")

    read = sum(declared_duration(text) is not None for text in durations)

    assert read / len(durations) > 0.97


def test_nearly_every_item_of_real_feeds_has_its_date_title_and_audio(told):
    episodes = [episode for _, _, episode in told]

    assert len(episodes) > 500
    assert sum(episode.published is not None for episode in episodes) / len(episodes) > 0.99
    assert sum(episode.enclosure is not None for episode in episodes) / len(episodes) > 0.97
    assert all(episode.title for episode in episodes)


def test_numbers_from_titles_agree_with_what_publishers_declare(told):
    pairs = [(episode_number(episode.title), declared_number(number)) for _, number, episode in told]
    both = [(found, declared) for found, declared in pairs if found is not None and declared is not None]

    assert not both or sum(found == declared for found, declared in both) / len(both) > 0.95


def test_no_two_items_of_one_real_feed_are_one_recording_but_by_their_audio(told):
    by_title: dict[tuple[str, str], list[Episode]] = {}
    for name, _, episode in told:
        by_title.setdefault((name, episode.title), []).append(episode)

    found = [
        same
        for episodes in by_title.values()
        for position, episode in enumerate(episodes)
        for other in episodes[:position]
        if (same := sameness(episode, other)) and same.rule != "audio"
    ]

    assert found == []
