"""What is said of an episode's audio."""

import pytest

from mediafeed.model.audio import Audio, Fit
from mediafeed.model.episode import Duration, DurationOrigin, Episode
from mediafeed.publish.wording import audio_witnesses

TOLD = Duration(48, DurationOrigin.DECLARED)
MEASURED = Duration(2_880, DurationOrigin.MEASURED)


@pytest.mark.parametrize(
    ("published", "varies", "words"),
    [
        (MEASURED, True, "too far apart for dynamic ads, the audio is believed"),
        (TOLD, True, "the rendition differs, dynamic ads"),
        (MEASURED, False, "the audio is of another length"),
    ],
)
def test_ads_are_no_reason_for_lengths_that_no_ads_could_make(published, varies, words):
    heard = Audio(fit=Fit.DIFFERS, seconds=2_880.0, varies=varies)
    episode = Episode(show="a", title="A", hearings=(), duration=published, lengths=(MEASURED, TOLD), audio=heard)

    assert audio_witnesses(episode)[0] == f"declared 0:48, measured 48:00: {words}"
