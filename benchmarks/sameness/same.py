"""Pairs that are one recording, as hard as they come: invented shows, invented people."""

from collections.abc import Iterator

from benchmarks.sameness.telling import Pair, told
from mediafeed.model.episode import Episode

T = "How the Strait Shapes Trade"
LONG = "Rethinking Deterrence in the Northern Seas"
MP3 = "cdn.example.org/straits/033.mp3"
JANE = ("Jane Doe",)
TWO = ("Jane Doe", "Kofi Asante")


def _audio() -> Iterator[tuple[str, Episode, Episode]]:
    prefixes = {
        "podtrac": "https://www.podtrac.com/pts/redirect.mp3/",
        "podtrac dts": "https://dts.podtrac.com/redirect.mp3/",
        "chartable": "https://chtbl.com/track/12345/",
        "podsights": "https://pdst.fm/e/",
        "op3": "https://op3.dev/e/",
        "op3 with a guid": "https://op3.dev/e,pg=9b024349-ccf0-5f69-a609-6b82873eab3c/",
        "blubrry": "https://media.blubrry.com/straits/",
        "podscribe": "https://pscrb.fm/rss/p/",
        "claritas": "https://claritaspod.com/measure/",
        "magellan": "https://mgln.ai/e/42/",
        "artwork tracker": "https://arttrk.com/p/AB12C/",
        "podcorn": "https://pdcn.co/e/",
        "three in a chain": "https://pdst.fm/e/chtbl.com/track/9/media.blubrry.com/x/",
        "a chain with schemes": "https://op3.dev/e/https://pdst.fm/e/https://",
    }
    for name, prefix in prefixes.items():
        yield f"behind {name}", told(T, audio=MP3), told("Trade", "b", audio=f"{prefix}{MP3}", show="network")
    queries = {
        "a campaign": "?utm_source=rss",
        "a signature": "?Expires=1663754400&Signature=ab~c&Key-Pair-Id=K1",
        "an S3 signature": "?X-Amz-Signature=ff&X-Amz-Date=20220921T060000Z",
        "a feed's id": "?aid=rss_feed&feed=Ab12",
        "a cache breaker": "?_=1663754400",
        "a listener": "?awCollectionId=1&awEpisodeId=2",
    }
    for name, query in queries.items():
        yield f"with {name}", told(T, audio=MP3), told(T, "b", audio=MP3 + query, show="network", on="2022-09-29")
    yield "http and https", told(T, audio=f"http://{MP3}"), told("Trade", "b", audio=MP3)
    yield "www or not", told(T, audio="www.example.org/33.mp3"), told("Trade", "b", audio="example.org/33.mp3")
    yield "a port", told(T, audio="example.org:443/33.mp3"), told("Trade", "b", audio="example.org/33.mp3")
    yield "a fragment", told(T, audio=MP3), told("Trade", "b", audio=MP3 + "#t=0")
    yield "a translated title", told(T, audio=MP3), told("Wie die Meerenge den Handel prägt", "b", audio=MP3)
    yield (
        "a crossover under a title of its own",
        told(T, audio=MP3),
        told("Bonus: our friends", "b", show="quay", audio=MP3, on="2022-10-30"),
    )
    yield "a trailer that two feeds carry", told("Trailer", audio=MP3), told("Trailer", "b", show="network", audio=MP3)
    yield (
        "a repost with its title mended",
        told(T, guid="1", audio=MP3),
        told(f"{T} (Corrected)", guid="2", audio=MP3, on="2022-09-24T06:00"),
    )
    yield "a repost under its title", told(T, guid="1", audio=MP3), told(T, guid="2", audio=MP3, on="2022-12-24T06:00")
    yield (
        "announced twice in a day",
        told("SB-33-2022-09-21", guid="1", audio=MP3),
        told("Straits of Trouble", guid="2", audio=MP3, on="2022-09-21T14:00"),
    )
    yield (
        "a number misread in one feed",
        told("33: Trade", audio=MP3, number=33),
        told("34: Trade", "b", audio=MP3, number=34),
    )
    yield (
        "a podcaster's own host and a mirror",
        told(T, audio="anchor.fm/s/ab12/podcast/play/99/https%3A%2F%2Fx.example%2Fa.mp3"),
        told(T, "b", show="m", audio="podcasters.spotify.com/s/ab12/podcast/play/99/https%3A%2F%2Fy.example%2Fb.mp3"),
    )


def _pages() -> Iterator[tuple[str, Episode, Episode]]:
    page = "https://www.example.org/podcasts/straits/033-trade"
    feed = told(T, audio=MP3, page=page, guid="g33", number=33)
    yield (
        "the page itself",
        feed,
        told("33: Trade", "site", page="http://example.org/podcasts/straits/033-trade/", on="2022-09-21"),
    )
    yield "a page found by a campaign", feed, told("Trade", "site", page=page + "?utm_medium=mail", on="2022-09-20")
    yield "an undated page", feed, told("Trade at sea", "site", page=page, on=None)
    yield (
        "its page with a site's name in the title",
        feed,
        told(f"{T} | Example Institute", "site", page=page, on="2022-09-22"),
    )
    yield (
        "a new title on the page, same number",
        feed,
        told("What Trade Wants", "site", page=page, number=33, on="2022-11-01"),
    )
    yield "two hosts' feeds with one page", feed, told(T, "b", audio="other.example/9.mp3", page=page)
    yield (
        "a blog that links the page",
        feed,
        told("We were on the radio", "blog", show="straits-briefing", page=page, on="2022-09-22"),
    )


def _words() -> Iterator[tuple[str, Episode, Episode]]:
    yield "a site's page a day off", told(T, audio=MP3), told(T, "site", on="2022-09-20")
    yield "a time zone east of it", told(T, audio=MP3, on="2022-09-20T23:30"), told(T, "site", on="2022-09-21")
    yield "a time zone west of it", told(T, audio=MP3, on="2022-09-21T04:00"), told(T, "site", on="2022-09-20")
    yield "capitals", told(T, audio=MP3), told(T.upper(), "site")
    yield "accents", told("Où va le détroit de Malacca", audio=MP3), told("Ou va le detroit de Malacca", "site")
    yield "curly quotes", told("“Nobody” Owns the Open Sea", audio=MP3), told('"Nobody" Owns the Open Sea', "site")
    yield (
        "an ampersand and a dash",
        told("Ports – Pilots & Politics", audio=MP3),
        told("Ports - Pilots & Politics", "site"),
    )
    yield "its number in front in one", told(f"33: {T}", audio=MP3, number=33), told(T, "site")
    yield (
        "Episode N in front in one",
        told(f"Episode 33: {T}", audio=MP3, number=33),
        told(T, "site", number=33, on="2022-09-22"),
    )
    yield (
        "a season and number in front",
        told(f"S2E5 {T}", audio=MP3, number=5, season=2),
        told(T, "site", on="2022-09-22"),
    )
    yield "undated", told(T, audio=MP3), told(T, "site", on=None)
    yield "both undated", told(T, audio=MP3, on=None), told(T, "site", on=None)
    yield (
        "two addresses of one file, number and date agree",
        told(T, audio=MP3, number=33),
        told(T, "b", audio="m.example/x.mp3", number=33),
    )
    yield (
        "two addresses of one file, lengths agree",
        told(T, audio=MP3, minutes=48),
        told(T, "b", audio="m.example/x.mp3", minutes=48.2),
    )
    yield (
        "advertisements make it longer",
        told(T, audio=MP3, minutes=48),
        told(T, "b", audio="m.example/x.mp3", minutes=51),
    )
    yield (
        "an ad-free file for members",
        told(T, audio=MP3, minutes=50),
        told(T, "members", audio="members.example/x.mp3", minutes=47),
    )
    yield (
        "a video of it in a feed of its own",
        told(T, audio=MP3, minutes=48),
        told(T, "video", audio="cdn.example.org/straits/033.mp4", minutes=48),
    )
    yield (
        "a move to another host, listed by both for a while",
        told(T, guid="old-33", audio=MP3),
        told(T, "b", guid="new-33", audio="newhost.example/ep/33.mp3"),
    )
    yield (
        "the first mirror is an hour late",
        told(LONG, audio=MP3),
        told(LONG, "b", audio="mirror.example/33", on="2022-09-21T07:05"),
    )


def _people() -> Iterator[tuple[str, Episode, Episode]]:
    yield (
        "a guest's blog with the title",
        told(T, audio=MP3, guests=JANE),
        told(T, "blog", show="blog", guests=("Dr Jane Doe",), on="2022-09-22"),
    )
    yield "a guest's blog, undated", told(T, audio=MP3, guests=JANE), told(T, "blog", show="blog", guests=JANE, on=None)
    yield (
        "a page with the number and a guest",
        told("33: Trade", audio=MP3, number=33, guests=JANE),
        told("Jane Doe on trade", "site", number=33, guests=JANE, on="2022-09-30"),
    )
    yield (
        "a page with the number, a day off",
        told("33: Trade", audio=MP3, number=33),
        told("Straits Briefing Episode 33", "blog", number=33, on="2022-09-22"),
    )
    yield (
        "a crossover, one title, guest and length",
        told(LONG, audio=MP3, guests=JANE, minutes=61),
        told(LONG, "b", show="quay", audio="quay.example/8.mp3", guests=JANE, minutes=61.2),
    )
    yield (
        "a crossover a day later",
        told(LONG, audio=MP3, guests=TWO, minutes=40),
        told(LONG, "b", show="quay", audio="quay.example/8.mp3", guests=TWO, minutes=40.4, on="2022-09-22T09:00"),
    )
    yield (
        "a crossover, its host the other's guest",
        told(LONG, audio=MP3, hosts=("Ann Lee",), guests=("Bo Ek",), minutes=52),
        told(LONG, "b", show="quay", audio="quay.example/8.mp3", hosts=("Bo Ek",), guests=("Ann Lee",), minutes=52),
    )
    yield (
        "a crossover that says whose it is",
        told(LONG, audio=MP3, guests=JANE, minutes=61),
        told(
            f"{LONG} (from Straits Briefing)", "b", show="quay", audio="quay.example/8.mp3", guests=JANE, minutes=61.2
        ),
    )
    yield (
        "a page that shortens the title",
        told(f"{LONG} with Jane Doe", audio=MP3, guests=JANE),
        told(LONG, "site", guests=JANE),
    )
    yield (
        "a page that adds the show's name",
        told(LONG, audio=MP3, guests=JANE),
        told(f"{LONG} | Straits Briefing", "site", guests=JANE, on="2022-09-22"),
    )
    yield (
        "a page with a word spelt otherwise",
        told("Rethinking Defence in the Northern Seas", audio=MP3, guests=JANE),
        told("Rethinking Defense in the Northern Seas", "site", guests=JANE),
    )


def _guids() -> Iterator[tuple[str, Episode, Episode]]:
    yield (
        "a guid in two feeds of a show, one without audio",
        told(T, audio=MP3, guid="g33"),
        told("Trade", "b", guid="g33", on="2022-09-29"),
    )
    yield (
        "a guid and title in two shows, one without audio",
        told(T, audio=MP3, guid="g33"),
        told(T, "b", show="network", guid="g33", on=None),
    )
    yield (
        "a tag uri kept over a move",
        told(T, audio=MP3, guid="tag:example.org,2022:33"),
        told("Trade, again", "b", guid="tag:example.org,2022:33", on="2022-09-21"),
    )


def pairs() -> list[Pair]:
    """Give them all."""
    return [
        Pair(what, True, a, b) for some in (_audio(), _pages(), _words(), _people(), _guids()) for what, a, b in some
    ]
