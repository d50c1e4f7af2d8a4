"""Where ads are put into the audio for each listener: two who ask for one address hear two lengths.

Hosting companies that say of themselves that they do so, by the domain their audio lies at. That a file lies there is
no proof that it has ads; it is reason enough to believe the publisher's length, which is that of the recording.
"""

import re
from typing import Final

_DOMAINS: Final = (
    "acast.com", "pippa.io",
    "megaphone.fm",
    "simplecast.com", "simplecastaudio.com", "simplecastcdn.com",
    "art19.com",
    "audioboom.com",
    "omny.fm", "omnycontent.com", "omnystudio.com",
    "spreaker.com",
    "libsyn.com",
    "redcircle.com",
    "podbean.com",
    "captivate.fm",
    "buzzsprout.com",
    "transistor.fm",
    "ins.blubrry.com",
    "prxu.org", "prx.org",
    "ausha.co", "soundcast.fm",
    "tritondigital.com", "adswizz.com", "soundstack.com", "streamguys1.com",
    "sounder.fm",
    "anchor.fm", "spotifycdn.com", "podcasters.spotify.com",
    "whooshkaa.com",
    "podigee.io", "podigee-cdn.net",
    "backtracks.fm", "pod.space", "bcast.fm", "firstory.me", "podeo.co", "voxnest.com", "zencastr.com",
    "pod.npr.org",
)  # fmt: skip
# Wherever it stands in the address: tracking prefixes carry the audio's own host behind theirs.
_LIES_THERE: Final = re.compile(
    rf"(?:^|[/.@]|%2F)(?:{'|'.join(map(re.escape, _DOMAINS))})(?::\d+)?(?:[/?#]|%2F|$)", re.IGNORECASE
)


def has_dynamic_ads(url: str) -> bool:
    """Say whether audio lies at a host that puts ads in for each listener.

    >>> has_dynamic_ads("https://dts.podtrac.com/redirect.mp3/traffic.megaphone.fm/HSW33.mp3")
    True
    >>> has_dynamic_ads("https://media.example.org/33.mp3"), has_dynamic_ads("https://notacast.com/33.mp3")
    (False, False)
    """
    return _LIES_THERE.search(url[:4096]) is not None
