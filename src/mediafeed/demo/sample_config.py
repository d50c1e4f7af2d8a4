"""The config.toml of the demo: every kind of source, all of them on loopback."""

from pathlib import Path

_CONFIG = """\
# The demo of mediafeed: sample sources that only the demo itself serves, at {origin}
# Look around with
#     mediafeed --config {folder}/config.toml status
#     mediafeed --config {folder}/config.toml list people
# A config of your own begins with `mediafeed init`.

[site]
title = "mediafeed demo"
description = "Invented think-tank, interview and technology podcasts, and two real episodes, in one feed."
url = "{site}"
language = "en-gb"
categories = ["News > Politics", "Technology"]
output = "feeds"
data = "data"
transcripts = "licensed"    # shown where their publisher lets everybody publish them anew; all others are linked

[poll]
every = "60m"
minimum = "0s"              # allowed because every source is on a network of fetch.allow

[audio]
measure = "missing"         # where nobody says how long an episode is, or how large its file, the audio is asked

[fetch]
allow = ["127.0.0.0/8"]
directory = "{origin}"      # plays the podcast directory that `find` asks

# A feed in Libsyn's form that carries three shows at once.
[[source]]
id = "rusi-gsb"
title = "RUSI Global Security Briefing"
url = "{origin}/libsyn/global-security-briefing/rss"
hosts = ["Neil Melvin"]
shows = ["Bridging the Oceans", "Mind the Gulf"]
timezone = "Europe/London"
tags = ["uk"]

# No address is known: the podcast directory is asked. The feed is in Anchor's form.
[[source]]
id = "geostrategy360"
title = "Geostrategy360°"
find = "Geostrategy360 Council on Geostrategy"
hosts = ["Viktorija Starych-Samuolienė"]
tags = ["uk"]

# A web page: the podcast feed behind it is found. The feed is in Fireside's form, with podcast:person tags.
[[source]]
id = "long-wavelength"
title = "Long Wavelength"
url = "{origin}/fireside/long-wavelength"
tags = ["technology"]

# An institute's site feed: publications of all kinds, no audio. Its episodes are read from their pages.
[[source]]
id = "rusi-site"
title = "RUSI Publications"
kind = "site"
url = "{origin}/rusi/rss/latest-publications.xml"
shows = ["RUSI Global Security Briefing", "Bridging the Oceans", "Mind the Gulf"]
timezone = "Europe/London"

# One blog post about an episode that two other sources tell of as well: it is one episode with three sources.
[[source]]
id = "two-island-notebook"
title = "Two Island Notebook"
kind = "page"
url = "{origin}/notebook/2022/09/21/how-is-japan-rethinking-its-role-in-international-security/"
shows = ["RUSI Global Security Briefing"]
timezone = "Europe/London"

# A feed that is no well-formed XML and says the wrong encoding. Nothing of it is lost.
[[source]]
id = "salt-and-signal"
title = "Salt & Signal"
url = "{origin}/salt-and-signal/feed/podcast/"
tags = ["interviews"]

# Meant to fail: there is nothing at this address. The others are none the worse for it.
[[source]]
id = "closed-archive"
title = "The Closed Archive"
url = "{origin}/closed-archive/rss"

[[view]]
id = "japan"
title = "Japan"
description = "Every episode that speaks of Japan."
match = {{ text = "Japan" }}

[[person]]
id = "philip-shetler-jones"
name = "Philip Shetler-Jones"
aliases = ["Dr Philip Shetler-Jones"]
"""


def config_text(origin: str, folder: str | Path, site: str = "http://127.0.0.1:8000") -> str:
    """Write the demo's config.toml.

    Args:
        origin: Address the samples are served at, without a slash at the end.
        folder: Where the config will stand; named in its comments only.
        site: Address that what is published will be served at.
    """
    # A comment of TOML ends at a line break and may hold no control character; a folder's name may hold both.
    name = "".join(character if character.isprintable() else "?" for character in str(folder))
    return _CONFIG.format(origin=origin, folder=name, site=site)
