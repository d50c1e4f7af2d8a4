"""Words for people, the feed's field, the audio itself: who is believed."""

from dataclasses import replace
from typing import Any

import pytest

from mediafeed.model.audio import Chapter, Fit, Measurement
from mediafeed.model.episode import CreditOrigin, Duration, DurationOrigin, Enclosure, Episode, EpisodeKind, Role
from mediafeed.model.settings import Measure
from mediafeed.normalize.believing import believed, setting_for, told_of_audio
from mediafeed.normalize.dynamic_ads import has_dynamic_ads
from mediafeed.normalize.merging import merged
from tests.normalize.making import audio as enclosure
from tests.normalize.making import told

ADS = "https://www.podtrac.com/pts/redirect.mp3/traffic.megaphone.fm/HSW33.mp3"
PLAIN = "https://cdn.example.org/33.mp3"


def declared(seconds: int, tolerance: int = 0) -> Duration:
    return Duration(seconds, DurationOrigin.DECLARED, tolerance)


def stated(seconds: int) -> Duration:
    return Duration(seconds, DurationOrigin.STATED, 30)


def episode(said: Duration | None, url: str = PLAIN, length: int | None = 46_080_000, **more: Any) -> Episode:
    return Episode(
        show="straits", title="33", hearings=(), enclosure=Enclosure(url, "audio/mpeg", length), duration=said, **more
    )


def found(seconds: float | None, tolerance: float = 0.001, **more: Any) -> Measurement:
    return Measurement(seconds=seconds, tolerance=tolerance, requests=1, **more)


@pytest.mark.parametrize(
    ("said", "heard", "tolerance", "published", "fit"),
    [
        (declared(2880), 2880.4, 0.001, (2880, "measured"), Fit.AGREES),
        (declared(2880), 2882.4, 0.001, (2882, "measured"), Fit.AGREES),
        (declared(2892), 2643.2, 0.05, (2643, "measured"), Fit.DIFFERS),
        (stated(2880), 2900.1, 0.05, (2900, "measured"), Fit.AGREES),
        (stated(2880), 2960.0, 0.05, (2960, "measured"), Fit.DIFFERS),
        (None, 2196.0, 0.05, (2196, "measured"), Fit.ALONE),
        (declared(48), 2880.0, 0.05, (2880, "measured"), Fit.DIFFERS),
        # No better than a guess: the declared one stays, unless it cannot be.
        (declared(2880), 2700.0, 150.0, (2880, "declared"), Fit.DIFFERS),
        (declared(2880), 2800.0, 150.0, (2880, "declared"), Fit.AGREES),
        (declared(48), 2800.0, 150.0, (2800, "measured"), Fit.DIFFERS),
        (None, 2800.0, 150.0, (2800, "measured"), Fit.ALONE),
    ],
)
def test_the_better_witness_is_believed(said, heard, tolerance, published, fit):
    told_now = believed(episode(said), found(heard, tolerance))

    assert told_now.duration is not None
    assert told_now.audio is not None
    assert (told_now.duration.seconds, told_now.duration.origin.value) == published
    assert told_now.audio.fit is fit


@pytest.mark.parametrize(
    ("said", "heard", "published"),
    [
        (declared(2892), 2643.0, 2892),  # fewer ads than when it was declared
        (declared(2892), 3200.0, 2892),
        (stated(2880), 3100.0, 2880),
        (stated(2880), 2892.2, 2892),  # said for people, and the audio agrees
        (declared(30), 150.0, 30),  # a trailer between ads
        (declared(48), 2880.0, 2880),  # absurd
        (declared(86_399), 2880.0, 2880),
        (None, 2880.0, 2880),
    ],
)
def test_where_ads_are_put_in_the_publishers_length_stays_unless_it_is_absurd(said, heard, published):
    told_now = believed(episode(said, ADS), found(heard))

    assert told_now.duration is not None
    assert told_now.duration.seconds == published
    assert told_now.audio is not None
    assert told_now.audio.varies


def test_ads_are_known_by_where_redirects_led_as_well():
    heard = found(2643.0, url="https://dts-api.simplecastaudio.com/x/33.mp3")

    told_now = believed(episode(declared(2892)), heard)

    assert told_now.duration == declared(2892)


def test_all_witnesses_are_kept_the_strongest_first():
    united = merged(
        [told(enclosure(), itunes_duration="48:12", guid="33"), told(page_listen="44 Minute Listen", guid="33")]
    )

    told_now = believed(united, found(2643.0))

    assert [(one.origin.value, one.seconds) for one in told_now.lengths] == [
        ("measured", 2643), ("declared", 2892), ("stated", 2640),
    ]  # fmt: skip


def test_what_the_audio_does_not_say_is_unknown_with_its_reason_and_changes_nothing_else():
    before = episode(declared(2892), length=None)

    told_now = believed(before, found(None, reason="text, no audio", size=229))

    assert told_now.audio is not None
    assert (told_now.audio.fit, told_now.audio.reason) == (Fit.UNKNOWN, "text, no audio")
    assert replace(told_now, audio=None) == before


def test_a_size_that_nobody_says_is_filled_in_and_a_stated_one_stays():
    unknown = believed(episode(declared(2880), length=None), found(2880.0, size=46_000_000)).enclosure
    stated_one = believed(episode(declared(2880)), found(2880.0, size=46_000_000)).enclosure

    assert unknown is not None
    assert unknown.length == 46_000_000
    assert stated_one is not None
    assert stated_one.length == 46_080_000


def test_a_media_type_is_the_publishers_word_whatever_the_bytes_are():
    told_now = believed(episode(declared(2880)), found(2880.0, media_type="audio/aac"))

    assert told_now.enclosure is not None
    assert told_now.enclosure.media_type == "audio/mpeg"
    assert told_now.audio is not None
    assert told_now.audio.media_type == "audio/aac"


def test_chapters_of_the_audio_come_before_times_in_notes_and_after_chapters_of_the_feed():
    heard = found(2880.0, chapters=(Chapter(start=0, title="One"), Chapter(start=60, title="Two")))
    notes = (Chapter(start=0, title="From notes"), Chapter(start=9, title="Later"))

    over_notes = believed(episode(None, marks=notes, marks_from="notes"), heard)
    over_none = believed(episode(None), heard)
    under_feed = believed(episode(None, marks=notes, marks_from="psc:chapters"), heard)

    assert over_notes.marks == over_none.marks == (Chapter(start=0, title="One"), Chapter(start=60, title="Two"))
    assert over_notes.marks_from == "audio"
    assert (under_feed.marks, under_feed.marks_from) == (notes, "psc:chapters")


def test_one_chapter_divides_nothing():
    told_now = believed(episode(None), found(2880.0, chapters=(Chapter(start=0, title="All"),)))

    assert (told_now.marks, told_now.marks_from) == ((), "")


@pytest.mark.parametrize(("tolerance", "kept"), [(0.001, ["One", "Two"]), (900.0, ["One", "Two", "Late"])])
def test_chapters_of_the_audio_that_begin_behind_its_end_are_left_out(tolerance: float, kept: list[str]):
    chapters = tuple(Chapter(start=at, title=title) for at, title in [(0, "One"), (2_880, "Two"), (3_600, "Late")])

    told_now = believed(episode(None), found(2_880.0, tolerance, chapters=chapters))

    assert [mark.title for mark in told_now.marks] == kept


def test_nothing_measured_leaves_an_episode_as_it_is():
    before = episode(declared(2880))

    assert believed(before, None) is before


def test_an_episode_without_audio_has_nothing_measured():
    silent = replace(episode(stated(2880)), enclosure=None)

    assert believed(silent, found(2880.0)) is silent


@pytest.mark.parametrize(
    ("said", "length", "more", "setting"),
    [
        (None, 46_080_000, {}, Measure.MISSING),
        (stated(2880), 46_080_000, {}, Measure.MISSING),
        (declared(2880), None, {}, Measure.MISSING),
        (declared(48), 46_080_000, {}, Measure.DOUBTFUL),
        (declared(2880, 59), 46_080_000, {}, Measure.DOUBTFUL),
        (declared(30), 480_000, {}, Measure.DOUBTFUL),
        (declared(30), 480_000, {"kind": EpisodeKind.TRAILER}, Measure.ALL),
        (declared(2880), 46_080_000, {"lengths": (declared(2880), stated(2400))}, Measure.DOUBTFUL),
        (declared(2880), 46_080_000, {"lengths": (declared(2880), stated(2900))}, Measure.ALL),
        (declared(2880), 46_080_000, {}, Measure.ALL),
    ],
)
def test_what_a_setting_wants_measured(said, length, more, setting):
    assert setting_for(episode(said, length=length, **more)) is setting


def test_without_audio_nothing_is_ever_measured():
    assert setting_for(replace(episode(None), enclosure=None)) is Measure.NEVER


def test_another_size_or_length_is_told_of_another_file():
    told_before = told_of_audio(episode(declared(2880)))

    assert told_of_audio(episode(declared(2880), length=46_080_001)) != told_before
    assert told_of_audio(episode(declared(2881))) != told_before
    assert told_of_audio(episode(declared(2880), "https://cdn.example.org/33.mp3?again")) == told_before


@pytest.mark.parametrize(
    ("url", "there"),
    [
        (ADS, True),
        ("https://chrt.fm/track/1/https%3A%2F%2Ftraffic.omny.fm%2Fd%2Fclips%2F33.mp3", True),
        ("https://sphinx.acast.com/p/open/s/1/e/33/media.mp3", True),
        ("https://acast.com.example.org/33.mp3", False),
        ("https://media.example.org/megaphone.fm.mp3", False),
        ("https://media.example.org/33.mp3?from=acast.com", False),
    ],
)
def test_hosts_of_dynamic_ads_are_known_behind_tracking_prefixes(url, there):
    assert has_dynamic_ads(url) is there


@pytest.mark.parametrize(
    ("title", "tagged", "number"),
    [
        ("The Gulf", "Episode 33: The Gulf", 33),
        ("The Gulf", "#33 – The Gulf", 33),
        ("The Gulf", "Episode 32: Tokyo", None),  # the last episode's, as it was left
        ("The Gulf", "The Gulf Stream", None),
        ("The Gulf", "", None),
        ("", "Episode 33", None),
    ],
)
def test_a_number_in_the_tags_counts_where_the_title_stands_there_too(title, tagged, number):
    told_now = believed(replace(episode(declared(2880)), title=title), found(2880.0, tags=(("title", tagged),)))

    assert told_now.audio is not None
    assert (told_now.number, told_now.audio.number) == (number, number)


def test_a_number_in_the_tags_never_takes_the_place_of_a_sources():
    told_now = believed(episode(declared(2880), number=7), found(2880.0, tags=(("title", "Episode 8: 33"),)))

    assert told_now.audio is not None
    assert (told_now.number, told_now.audio.number) == (7, None)


def test_nobody_is_credited_by_the_artist_in_the_tags_alone():
    told_now = believed(episode(declared(2880)), found(2880.0, tags=(("artist", "Neil Melvin"),)))

    assert told_now.credits == ()


def test_a_host_of_the_show_is_credited_by_the_artist_in_the_tags():
    told_now = believed(
        episode(declared(2880), may_host=("Neil Melvin",)), found(2880.0, tags=(("artist", "Neil Melvin"),))
    )

    assert [(credit.name, credit.role, credit.origin) for credit in told_now.credits] == [
        ("Neil Melvin", Role.HOST, CreditOrigin.AUDIO)
    ]


@pytest.mark.parametrize(
    ("url", "heard", "kept"),
    [
        (PLAIN, found(60.0), False),
        (PLAIN, found(1900.0), True),
        (PLAIN, found(60.0, 2000.0), True),
        (ADS, found(60.0), True),
    ],
)
def test_times_in_notes_behind_the_end_of_the_audio_are_no_chapters(url: str, heard: Measurement, kept: bool):
    notes = (Chapter(start=0, title="Welcome"), Chapter(start=750, title="Tokyo"), Chapter(start=1865, title="Kyoto"))

    told_now = believed(episode(declared(2880), url, marks=notes, marks_from="notes"), heard)

    assert told_now.marks == (notes if kept else ())
    assert told_now.marks_from == ("notes" if kept else "")
