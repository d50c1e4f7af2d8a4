"""The config.toml that `init` writes, and that stands in the repository: the same text (a test holds them equal)."""

TEMPLATE = """\
# mediafeed: which podcasts are polled, and what is published.
# Only [site] title and url are needed, and for each [[source]] an id and either url or find.
# A line that begins with "#" is a comment; those that hold a key show how it looks.
# After a change: mediafeed check

[site]
title = "UK–Japan security podcasts"
# Where the folder feeds/ will be served. Feeds carry absolute addresses, so put your own address here.
url = "https://podcasts.example.org"
language = "en-gb"
categories = ["News > Politics", "Government"]
# image = "cover.jpg"               # 1400 to 3000 pixels square; without it a plain cover is drawn
# email = "podcasts@example.org"
listed = false                      # false: directories are asked not to list other people's shows as ours
output = "feeds"                    # what is published
data = "data"                       # what is remembered

[poll]
every = "60m"                       # how often each source is visited; never more often than "60m"
# contact = "https://podcasts.example.org/about"   # told to the servers that are visited

# [serve]                           # for `mediafeed serve` and `mediafeed daemon`
# host = "127.0.0.1"
# port = 8000


# --- What is polled ---------------------------------------------------------------------------------------------

# The address may be a feed or a web page: the feed behind a page is found. This is the show's page.
[[source]]
id = "rusi-gsb"
title = "RUSI Global Security Briefing"
url = "https://www.rusi.org/podcasts/global-security-briefing"
hosts = ["Neil Melvin"]             # hosts of every episode; host_pool = [...] for those only some episodes name
shows = ["Bridging the Oceans", "Mind the Gulf"]   # other shows that this source carries as well
timezone = "Europe/London"          # a date of exactly midnight there is a day without a time
tags = ["uk"]

# No address is known for this one. A podcast directory is asked for these words, and its answer is taken only
# if show and author fit; then the address is remembered.
[[source]]
id = "geostrategy360"
title = "Geostrategy360°"
find = "Geostrategy360 Council on Geostrategy"
hosts = ["Viktorija Starych-Samuolienė"]
tags = ["uk"]

# A site's feed of all its news, in which some items are podcast episodes without audio: their pages are read.
# [[source]]
# id = "a-site"
# kind = "site"                     # "podcast" is the usual kind; "page" is one web page about one episode
# url = "https://news.example.org/latest.xml"
# every = "6h"
# auth = "env:A_SITE_LOGIN"         # user:password, or a header


# --- Saved queries: each is published as a feed of its own ------------------------------------------------------

[[view]]
id = "japan"
title = "Japan"
match = { text = "Japan", role = "guest", since = "2022-01-01" }
# more keys: show, person, tag, until, min_duration = "10m", max_duration = "2h", not = { ... }


# --- What you know about people ---------------------------------------------------------------------------------

[[person]]
id = "philip-shetler-jones"         # the path of the person's page and feed
name = "Philip Shetler-Jones"
aliases = ["Dr Philip Shetler-Jones"]
# shows = ["harbours"]              # the names mean this person on these shows alone
# hidden = true                     # no page, no feed, no credit is published for this person

# The last word on one credit, for ever:
# [[override]]
# episode = "the episode's id or guid"  # or episodes = ["one", "another"]
# name = "Neil Melvin"
# role = "host"                     # "host", "guest", "guest host" or "none"

# What is one recording, and what is not, where the evidence misleads (`mediafeed show` says the words):
# [[apart]]
# episodes = ["0d8b4a32079b", "https://blog.example.org/straits-33"]
# [[together]]
# episodes = ["one guid", "another guid"]
"""
