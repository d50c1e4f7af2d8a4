"""Whom the tags of audio name, from the audio to the page."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mediafeed.model.episode import Credit, CreditOrigin, Episode
from mediafeed.model.settings import Measure, Override, PersonSetting
from mediafeed.model.source import Source
from tests.parse.audio_files import id3, mp3_frames, text, with_xing
from tests.refresh.origin import Clock, House, Origin, assembled_at, config, feed, item

POOL = ("Neil Melvin", "Ann Lee")


@contextmanager
def heard(folder: Path, origin: Origin, clock: Clock, artist: str, **more: Any) -> Iterator[House]:
    """Hear one episode of a show that two people host by turns, and its audio, whose tags name an artist."""
    origin.serve_parts("/1.mp3", id3(text(b"TPE1", artist)) + with_xing(mp3_frames(1_000), 1_000))
    origin.serve("/a", feed(item(1, audio=f"{origin.url}/1.mp3")))
    source = Source(id="a", url=origin.url + "/a", host_pool=POOL)
    with assembled_at(clock, replace(config(folder, origin, source), measure=Measure.ALL, **more)) as house:
        house.visit_and_publish()
        assert not episode_of(house).credits
        for one in house.mediafeed.listening.wanted():
            house.mediafeed.listening.ask(one)
        house.mediafeed.publish()
        yield house


def episode_of(house: House) -> Episode:
    (episode,) = house.store.episodes([house.store.index()[0].id])
    return episode


def known(house: House) -> list[tuple[str, str, CreditOrigin]]:
    return [(credit.name, credit.person, credit.origin) for credit in episode_of(house).credits]


def test_a_host_by_turns_whom_only_the_audio_names_is_a_person_with_a_page_and_stays(
    tmp_path: Path, origin: Origin, clock: Clock
):
    with heard(tmp_path, origin, clock, "ANN LEE") as house:
        first = known(house)
        page = (house.output / "episodes" / episode_of(house).path / "index.html").read_text()
        there = (house.output / "people" / "ann-lee" / "index.html").is_file()
        house.mediafeed.understand_anew(force=True)
        again = known(house)
        (one,) = house.mediafeed.listening.named([episode_of(house).id])
        third = house.mediafeed.listening.ask(one)

    assert first == again == [("Ann Lee", "ann-lee", CreditOrigin.AUDIO)]
    assert not third.modified
    assert there
    assert "named in the tags of the audio" in page


@pytest.mark.parametrize("artist", ["Straits Briefing", "Bo Alder", "Ann Lee Productions", "Various Artists"])
def test_an_artist_whom_the_show_does_not_know_makes_nobody_a_person(
    tmp_path: Path, origin: Origin, clock: Clock, artist
):
    with heard(tmp_path, origin, clock, artist) as house:
        assert known(house) == []


def test_the_operators_word_wins_over_the_tags(tmp_path: Path, origin: Origin, clock: Clock):
    with heard(
        tmp_path, origin, clock, "Ann Lee", overrides=(Override(episode="guid-1", name="Ann Lee", role="none"),)
    ) as house:
        assert known(house) == []


def test_a_hidden_person_is_named_nowhere_for_the_tags(tmp_path: Path, origin: Origin, clock: Clock):
    hidden = PersonSetting(id="ann-lee", name="Ann Lee", hidden=True)

    with heard(tmp_path, origin, clock, "Ann Lee", persons=(hidden,)) as house:
        texts = [path for path in house.output.rglob("*") if path.suffix in {".html", ".json", ".xml"}]

        assert len(texts) > 5
        assert not [path for path in texts if "Ann Lee" in path.read_text()]


def test_a_publishers_word_comes_in_the_place_of_the_tags(tmp_path: Path, origin: Origin, clock: Clock):
    said = "<podcast:person>Neil Melvin</podcast:person></item>"

    with heard(tmp_path, origin, clock, "Ann Lee") as house:
        origin.serve("/a", feed(item(1, audio=f"{origin.url}/1.mp3").replace("</item>", said)))
        house.visit_and_publish()
        credits_: tuple[Credit, ...] = episode_of(house).credits

    assert [(credit.name, credit.origin) for credit in credits_] == [("Neil Melvin", CreditOrigin.PUBLISHER)]
