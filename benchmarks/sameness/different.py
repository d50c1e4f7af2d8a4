"""Pairs that only look like one recording: invented shows, invented people."""

from collections.abc import Iterator

from benchmarks.sameness.telling import Pair, told
from mediafeed.model.episode import Episode

T = "How the Strait Shapes Trade"
LONG = "Rethinking Deterrence in the Northern Seas"
MP3, OTHER = "cdn.example.org/straits/033.mp3", "media.example.net/x/9981.mp3"
JANE = ("Jane Doe",)


def _generic() -> Iterator[tuple[str, Episode, Episode]]:
    for title in (
        "Trailer", "Introduction", "Welcome", "Coming Soon", "Season 2 Trailer", "Bonus", "Bonus Episode", "Preview",
        "Episode 1", "Pilot", "Q&A", "Mailbag", "Update", "Happy New Year", "Merry Christmas", "Special Announcement",
        "The Best of 2022", "Weekly News Roundup", "Monday", "September", "21 September 2022", "Part 1", "S1 E1",
        "#1", "1", "", "🎙",
    ):  # fmt: skip
        yield f"“{title}” of two shows", told(title, audio=MP3), told(title, "b", show="quay", audio=OTHER)
    for title in ("Trailer", "Welcome to the show", "Episode 1", "Bonus", "Announcement", "Weekly briefing"):
        yield f"“{title}” of two shows, one page only", told(title, audio=MP3), told(title, "b", show="quay")
        yield (
            f"“{title}” of one show, two files",
            told(title, audio=MP3),
            told(title, "b", audio=OTHER, on="2022-09-21T09:00"),
        )
    yield (
        "two trailers with the same host",
        told("Trailer", audio=MP3, hosts=JANE),
        told("Trailer", "b", show="quay", audio=OTHER, hosts=JANE),
    )
    yield (
        "two trailers with the same guest and length",
        told("Trailer", audio=MP3, guests=JANE, minutes=2),
        told("Trailer", "b", show="quay", audio=OTHER, guests=JANE, minutes=2),
    )
    yield (
        "the same number of two shows",
        told("Episode 33: Oman", audio=MP3, number=33),
        told("Episode 33: Qatar", "b", show="quay", number=33),
    )


def _series() -> Iterator[tuple[str, Episode, Episode]]:
    yield "part 1 and part 2", told(f"{T}, Part 1", audio=MP3), told(f"{T}, Part 2", "b", audio=OTHER)
    yield "part 1 and part 2, a page", told(f"{T}, Part 1", audio=MP3), told(f"{T}, Part 2", "site", on="2022-09-22")
    yield "part one and part two", told(f"{T}, Part One", audio=MP3), told(f"{T}, Part Two", "site")
    yield "part I and part II", told(f"{T} (Part I)", audio=MP3), told(f"{T} (Part II)", "site")
    yield "1/2 and 2/2", told(f"{T} 1/2", audio=MP3), told(f"{T} 2/2", "site")
    yield "part 1 and the whole", told(f"{T}, Part 1", audio=MP3, minutes=30), told(T, "b", audio=OTHER, minutes=62)
    yield (
        "one number a season apart",
        told("2: Oman Today", audio=MP3, number=2, season=1),
        told("2: Qatar Today", "site", number=2, season=2),
    )
    yield (
        "one number, one title, a year apart",
        told("2: Oman Today", audio=MP3, number=2),
        told("2: Oman Today", "site", number=2, on="2021-09-21"),
    )
    yield (
        "numbers that contradict",
        told("Questions from Our Listeners Answered", audio=MP3, number=33),
        told("Questions from Our Listeners Answered", "site", number=34, on="2022-09-22"),
    )
    yield (
        "seasons that contradict",
        told("What the Harbour Master Saw", audio=MP3, season=1),
        told("What the Harbour Master Saw", "b", season=2),
    )
    yield (
        "daily news of two days",
        told("Shipping news in five minutes", audio=MP3),
        told("Shipping news in five minutes", "b", audio=OTHER, on="2022-09-24T06:00"),
    )
    yield (
        "daily news, morning and evening",
        told("Morning shipping news in five minutes", audio=MP3),
        told("Evening shipping news in five minutes", "b", audio=OTHER, on="2022-09-21T18:00"),
    )
    yield (
        "two chapters of a book",
        told("Chapter 3: The Lighthouse Keeper's Wife", audio=MP3),
        told("Chapter 4: The Lighthouse Keeper's Wife", "b"),
    )
    yield (
        "lessons of a course",
        told("Lesson 3: Navigation for Beginners Today", audio=MP3, number=3),
        told("Lesson 4: Navigation for Beginners Today", "site", number=4),
    )
    yield (
        "days of a race",
        told("Round the Island Race Day 1 Report", audio=MP3),
        told("Round the Island Race Day 2 Report", "site", on="2022-09-22"),
    )
    yield (
        "years of a review",
        told("Ports of the North Reviewed 2021", audio=MP3, on=None),
        told("Ports of the North Reviewed 2022", "site", on=None),
    )


def _versions() -> Iterator[tuple[str, Episode, Episode]]:
    yield "a rerun a month later", told(T, audio=MP3), told(T, "b", audio=OTHER, on="2022-10-24T06:00")
    yield "an encore that says so", told(T, audio=MP3), told(f"Encore: {T}", audio=OTHER, on="2023-06-01T06:00")
    yield "a repeat in one feed", told(T, guid="1", audio=MP3), told(T, guid="2", audio=OTHER)
    yield (
        "a remaster years later",
        told(T, audio=MP3),
        told(f"{T} (Remastered)", "b", audio=OTHER, on="2025-09-21T06:00"),
    )
    yield "a cut of ten minutes", told(T, audio=MP3, minutes=60), told(T, "b", audio=OTHER, minutes=10)
    yield (
        "a cut in a feed of clips",
        told(LONG, audio=MP3, minutes=60, guests=JANE),
        told(LONG, "clips", show="clips", audio=OTHER, minutes=8, guests=JANE),
    )
    yield "the bonus cut", told(T, audio=MP3), told(f"Bonus: {T}", "b", audio=OTHER, kind="bonus")
    yield "the trailer of it", told(T, audio=MP3), told(T, "b", audio=OTHER, kind="trailer")
    yield (
        "the extended cut",
        told(LONG, audio=MP3, minutes=40, guests=JANE),
        told(f"{LONG} (Extended)", "b", show="plus", audio=OTHER, minutes=75, guests=JANE),
    )
    yield "live and edited", told(f"{T} (Live)", audio=MP3, minutes=90), told(T, "b", audio=OTHER, minutes=48)
    yield (
        "after the show",
        told(f"{LONG}: the after-show", audio=MP3, minutes=20, guests=JANE),
        told(LONG, "b", audio=OTHER, minutes=50, guests=JANE),
    )
    yield (
        "in another language, dubbed",
        told("Wie die Meerenge den Handel prägt", audio=MP3, guests=JANE),
        told(T, "b", show="straits-en", audio=OTHER, guests=JANE),
    )


def _people() -> Iterator[tuple[str, Episode, Episode]]:
    yield (
        "one guest on two shows in a week",
        told("Jane Doe on Trade Routes", audio=MP3, guests=JANE, minutes=40),
        told("Trade Routes with Jane Doe", "b", show="quay", audio=OTHER, guests=JANE, minutes=41),
    )
    yield (
        "one guest, one title, two shows, no lengths",
        told(T, audio=MP3, guests=JANE),
        told(T, "b", show="quay", audio=OTHER, guests=JANE),
    )
    yield (
        "one guest, one title, two shows, two lengths",
        told(T, audio=MP3, guests=JANE, minutes=31),
        told(T, "b", show="quay", audio=OTHER, guests=JANE, minutes=44),
    )
    yield (
        "one book, two shows, nobody in common",
        told("The Sea and Its Sovereigns", audio=MP3, guests=JANE),
        told("The Sea and Its Sovereigns", "b", show="quay", guests=("John Roe",)),
    )
    yield "one title, one host, two shows", told(T, audio=MP3, hosts=JANE), told(T, "b", show="quay", hosts=JANE)
    yield (
        "one title, one host, two shows, two files of one length",
        told(T, audio=MP3, hosts=JANE, minutes=30),
        told(T, "b", show="quay", audio=OTHER, hosts=JANE, minutes=30),
    )
    yield (
        "one guest twice in a week on one show",
        told("Oman After the Vote", audio=MP3, guests=JANE),
        told("Qatar Before the Vote", "site", guests=JANE, on="2022-09-22"),
    )
    yield (
        "a blog about another appearance",
        told(LONG, audio=MP3, guests=JANE),
        told("On the air about northern seas", "blog", show="blog", guests=JANE, on="2022-09-22"),
    )
    yield (
        "one guest, one title, months apart",
        told(LONG, audio=MP3, guests=JANE),
        told(LONG, "blog", show="blog", guests=JANE, on="2022-12-01"),
    )
    yield (
        "a lecture held twice",
        told(LONG, audio=MP3, guests=JANE, minutes=61),
        told(LONG, "b", show="quay", audio=OTHER, guests=JANE, minutes=61, on="2022-10-19T18:00"),
    )
    yield (
        "one series, another guest each day",
        told(f"{LONG} with Jane Doe", audio=MP3, guests=JANE),
        told(f"{LONG} with Bo Ek", "site", guests=("Bo Ek",), on="2022-09-22"),
    )
    yield (
        "a series of interviews, one page",
        told("In Conversation with Jane Doe", audio=MP3, guests=JANE),
        told("In Conversation with Bo Ek", "site", guests=("Bo Ek",)),
    )
    yield (
        "a title with a guest more, two shows, two files",
        told(LONG, audio=MP3, guests=JANE, minutes=30),
        told(f"{LONG} with Jane Doe", "b", show="quay", audio=OTHER, guests=JANE, minutes=55),
    )


def _keys() -> Iterator[tuple[str, Episode, Episode]]:
    home = "https://example.org/podcast"
    for guid in ("1", "33", "episode-1", "https://example.org/?p=33"):
        yield (
            f"guid “{guid}” of two shows",
            told("Oman", audio=MP3, guid=guid),
            told("Qatar", "b", show="quay", audio=OTHER, guid=guid),
        )
    yield (
        "a guid of two shows, one a page only",
        told("Oman", audio=MP3, guid="33"),
        told("Qatar", "b", show="quay", guid="33"),
    )
    yield "a guid given twice by one source", told(T, audio=MP3, guid="1"), told("Ships", audio=OTHER, guid="1")
    yield (
        "a guid counted anew each season",
        told("Oman Then", audio=MP3, guid="1"),
        told("Oman Now", "b", audio=OTHER, guid="1", on="2023-09-21T06:00"),
    )
    yield (
        "the show's page as every page",
        told("Oman Today", audio=MP3, page=home),
        told("Qatar Today", "site", page=home, on="2022-10-01"),
    )
    yield (
        "the show's page, two files of a day",
        told("Oman Today", audio=MP3, page=home),
        told("Qatar Today", "b", audio=OTHER, page=home),
    )
    yield (
        "a bare home page",
        told("Oman", audio=MP3, page="https://example.org/"),
        told("Qatar", "b", page="http://www.example.org"),
    )
    yield (
        "one script, two files",
        told("A", audio="example.org/get.php?file=1"),
        told("B", "b", audio="example.org/get.php?file=2"),
    )
    yield (
        "one script, two ids",
        told("A", audio="example.org/play?id=1&sig=x"),
        told("B", "b", audio="example.org/play?id=2&sig=x"),
    )
    yield (
        "one file name on two hosts",
        told("Oman", audio="a.example/audio.mp3"),
        told("Qatar", "b", show="quay", audio="b.example/audio.mp3"),
    )
    yield (
        "one path, two cases",
        told("Oman", audio="a.example/AbC.mp3"),
        told("Qatar", "b", audio="a.example/aBc.mp3", on="2022-10-01"),
    )
    yield (
        "a guid, title and date in two feeds, two files: a guid proves nothing against the audio",
        told(T, audio=MP3, guid="3f1c9a52-33"),
        told(T, "b", show="network", audio="net.example/a.mp3", guid="3f1c9a52-33"),
    )
    soon = "cdn.example.org/coming-soon.mp3"
    yield (
        "one stand-in for two episodes",
        told("33: Oman", guid="33", audio=soon, number=33),
        told("34: Qatar", guid="34", audio=soon, number=34, on="2022-09-28T06:00"),
    )
    yield (
        "one stand-in for members",
        told("The Law of the Sea", guid="x", audio=soon),
        told("Pilots at Night", guid="y", audio=soon, on="2022-10-28T06:00"),
    )
    yield (
        "one stand-in, undated",
        told("The Law of the Sea", guid="x", audio=soon, on=None),
        told("Pilots at Night", guid="y", audio=soon, on=None),
    )
    yield (
        "a wrong address copied",
        told("Race Day Part 1", guid="x", audio=MP3),
        told("Race Day Part 2", guid="y", audio=MP3, on="2022-09-21T06:30"),
    )


def pairs() -> list[Pair]:
    """Give them all."""
    every = (_generic(), _series(), _versions(), _people(), _keys())
    return [Pair(what, False, a, b) for some in every for what, a, b in some]
