"""Audio that is wanted: who is asked, when again, and what becomes of the episode."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from mediafeed.errors import StoppingError
from mediafeed.model.audio import Fit, Measurement
from mediafeed.model.settings import Measure
from mediafeed.model.source import FailureKind, Source
from mediafeed.refresh.listening import Answer, again_at
from tests.parse.audio_files import chap, ctoc, id3, mp3_frames, text, with_xing
from tests.refresh.origin import Clock, House, Origin, assembled_at, config, feed, item

HOUR = timedelta(hours=1)
SOUND = with_xing(mp3_frames(1_000), 1_000)  # 26.1 s
LONGER = with_xing(mp3_frames(4_000), 4_000)  # 104.5 s
CHAPTERS = id3(
    ctoc("toc", "a", "b"),
    chap("a", 0, 5_000, text(b"TIT2", "Welcome")),
    chap("b", 5_000, 26_000, text(b"TIT2", "Deepening")),
)
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"


def duration(clock: str) -> str:
    return f"<itunes:duration>{clock}</itunes:duration>"


def items_of(origin: Origin, **said: str) -> str:
    """Write an item for each number; `said` are its further elements."""
    made = []
    for number, words in said.items():
        one = item(int(number[1:]), audio=f"{origin.url}/{number[1:]}.mp3")
        made.append(one.replace("</item>", f"{words}</item>"))
    return "".join(made)


@pytest.fixture
def home(tmp_path: Path, origin: Origin, clock: Clock) -> Iterator["Home"]:
    made = Home(tmp_path, origin, clock)
    yield made
    made.close()


class Home:
    """A mediafeed of one source whose audio lies on the same server."""

    def __init__(self, folder: Path, origin: Origin, clock: Clock) -> None:
        self._folder, self._origin, self._clock = folder, origin, clock
        self._context: Any = None

    def open(self, measure: Measure = Measure.ALL, **said: str) -> House:
        """Open it as a first start or a restart does; with items, they are heard and published."""
        self.close()
        source = Source(id="a", url=self._origin.url + "/a")
        settings = config(self._folder, self._origin, source, measure=measure)
        self._context = assembled_at(self._clock, settings)
        house: House = self._context.__enter__()
        if said:
            self.say(house, **said)
        return house

    def say(self, house: House, **said: str) -> None:
        self._origin.serve("/a", feed(items_of(self._origin, **said)))
        house.visit_and_publish()

    def close(self) -> None:
        if self._context is not None:
            self._context.__exit__(None, None, None)
            self._context = None


def asked(house: House) -> list[Answer]:
    """Ask all that is wanted now."""
    return [house.mediafeed.listening.ask(one) for one in house.mediafeed.listening.wanted()]


def files_of(house: House) -> list[Path]:
    """Give all that is published, but for the packed copies beside it."""
    return [path for path in house.output.rglob("*") if path.is_file() and path.suffix not in {".gz", ".br"}]


def wanted(house: House) -> int:
    assert len(house.mediafeed.listening.wanted()) == house.mediafeed.listening.count()
    return house.mediafeed.listening.count()


def published_item(house: House, place: int = 0) -> Any:
    return etree.fromstring(house.published().encode()).findall(".//item")[place]


def test_a_measured_length_is_published_as_an_edit_of_the_same_episode(home: Home, origin: Origin):
    origin.serve_parts("/1.mp3", SOUND)
    house = home.open(n1=duration("40"), n2="")
    before, other = published_item(house, 1), etree.tostring(published_item(house, 0))
    stamps = {path: path.stat().st_mtime_ns for path in files_of(house)}

    answers = asked(house)
    did = house.mediafeed.publish()

    after = published_item(house, 1)
    assert [answer.modified for answer in answers] == [True, True]
    assert (before.findtext(f"{ITUNES}duration"), after.findtext(f"{ITUNES}duration")) == ("40", "26")
    for name in ("guid", "title", "pubDate", "link", "description"):
        assert after.findtext(name) == before.findtext(name)
    assert etree.tostring(published_item(house, 0)) == other  # its audio is not there
    touched = {
        str(path.relative_to(house.output)) for path in files_of(house) if path.stat().st_mtime_ns != stamps.get(path)
    }
    assert touched == set(did.written)
    assert {path for path in touched if path.startswith("people")} == set()


def test_what_was_measured_is_not_asked_again(home: Home, origin: Origin, clock: Clock):
    origin.serve_parts("/1.mp3", SOUND)
    house = home.open(n1=duration("26"))
    asked(house)
    requests = len(origin.asked("/1.mp3"))
    clock.move(days=400)

    again = asked(house)

    assert not again
    assert len(origin.asked("/1.mp3")) == requests == 1


@pytest.mark.parametrize(
    ("setting", "numbers"),
    [(Measure.ALL, 4), (Measure.DOUBTFUL, 3), (Measure.MISSING, 2), (Measure.NEVER, 0)],
)
def test_the_setting_says_what_is_wanted(home: Home, setting, numbers):
    house = home.open(setting, n1=duration("48:12"), n2=duration("48"), n3="", n4=duration("48 min"))

    assert wanted(house) == numbers


def test_another_setting_needs_no_visit(home: Home):
    home.open(Measure.NEVER, n1=duration("48:12"))

    assert wanted(home.open(Measure.ALL)) == 1


def test_who_is_interrupted_goes_on_with_the_rest(home: Home, origin: Origin):
    for number in (1, 2, 3):
        origin.serve_parts(f"/{number}.mp3", SOUND)
    house = home.open(n1="", n2="", n3="")
    house.mediafeed.listening.ask(house.mediafeed.listening.wanted()[0])

    again = asked(home.open())

    assert len(again) == 2
    assert sorted(origin.asked()) == ["/1.mp3", "/2.mp3", "/3.mp3", "/a"]


def test_what_was_stopped_in_between_counts_for_nothing(home: Home, origin: Origin):
    house = home.open(n1="")
    (one,) = house.mediafeed.listening.wanted()
    house.mediafeed.break_off()

    with pytest.raises(StoppingError):
        house.mediafeed.listening.ask(one)

    assert wanted(house) == 1


def test_a_failure_is_unknown_with_its_reason_and_is_tried_five_times_more_at_most(
    home: Home, origin: Origin, clock: Clock
):
    house = home.open(n1=duration("48:12"))
    came = []
    for _ in range(20):
        came += asked(house)
        clock.move(days=30)

    (episode,) = house.store.episodes([house.store.index()[0].id])
    assert episode.audio is not None
    assert (episode.audio.fit, episode.audio.reason) == (Fit.UNKNOWN, "not there: 404 Not Found")
    assert episode.duration is not None
    assert episode.duration.seconds == 2892
    assert len(came) == len(origin.asked("/1.mp3")) == 6
    assert not wanted(house)


def test_a_busy_host_is_left_alone_for_all_of_its_audio(home: Home, origin: Origin, clock: Clock):
    for number in (1, 2, 3):
        origin.fail(f"/{number}.mp3", "503 Service Unavailable")
    house = home.open(n1="", n2="", n3="")

    asked(house)
    asked(house)
    first = len(origin.asked()) - 1
    clock.move(hours=2)
    for number in (1, 2, 3):
        origin.serve_parts(f"/{number}.mp3", SOUND)
    answers = asked(house)

    assert first == 1
    assert [answer.found.seconds is not None for answer in answers] == [True] * 3


def test_a_length_that_is_known_stays_known_while_the_server_is_away(home: Home, origin: Origin, clock: Clock):
    origin.serve_parts("/1.mp3", SOUND)
    house = home.open(n1=duration("40"))
    asked(house)
    origin.fail("/1.mp3", "503 Service Unavailable")

    (one,) = house.mediafeed.listening.named([house.store.index()[0].id])
    house.mediafeed.listening.ask(one)

    (episode,) = house.store.episodes([one.episode])
    assert episode.audio is not None
    assert episode.audio.fit is Fit.DIFFERS


def test_another_file_under_the_same_address_is_asked_after_a_week(home: Home, origin: Origin, clock: Clock):
    origin.serve_parts("/1.mp3", SOUND)
    house = home.open(n1=duration("26"))
    asked(house)
    origin.serve_parts("/1.mp3", LONGER)
    home.say(house, n1=duration("1:44"))
    at_once = wanted(house)
    clock.move(days=8)

    (answer,) = asked(house)

    assert not at_once
    assert answer.episode is not None
    assert answer.episode.duration is not None
    assert answer.episode.duration.seconds == 104


def test_what_is_measured_stays_when_the_publisher_changes_words(home: Home, origin: Origin):
    origin.serve_parts("/1.mp3", SOUND)
    house = home.open(n1=duration("40"))
    asked(house)

    home.say(house, n1=duration("40") + "<itunes:season>2</itunes:season>")

    assert published_item(house).findtext(f"{ITUNES}season") == "2"
    assert published_item(house).findtext(f"{ITUNES}duration") == "26"


def test_understanding_anew_keeps_what_was_measured(home: Home, origin: Origin):
    origin.serve_parts("/1.mp3", SOUND)
    house = home.open(n1=duration("40"))
    asked(house)
    (before,) = house.store.episodes([house.store.index()[0].id])

    house.mediafeed.understand_anew(force=True)

    assert list(house.store.episodes([before.id])) == [before]


def test_other_audio_forgets_what_the_old_one_said(home: Home, origin: Origin):
    origin.serve_parts("/1.mp3", SOUND)
    house = home.open(n1=duration("40"))
    asked(house)

    origin.serve("/a", feed(item(1, audio=f"{origin.url}/other.mp3").replace("</item>", duration("40") + "</item>")))
    house.visit_and_publish()

    (episode,) = house.store.episodes([house.store.index()[0].id])
    assert episode.audio is None
    assert published_item(house).findtext(f"{ITUNES}duration") == "40"
    assert wanted(house) == 1


def test_a_number_that_only_the_audio_says_is_published_and_goes_with_it(home: Home, origin: Origin):
    unnumbered = item(1, audio=f"{origin.url}/1.mp3").replace("Episode 1: Maritime", "Maritime")
    origin.serve_parts("/1.mp3", id3(text(b"TIT2", "#33 – Maritime strategy, lesson A")) + SOUND)
    house = home.open(n1=duration("26"))
    origin.serve("/a", feed(unnumbered))
    house.visit_and_publish()
    asked(house)
    house.mediafeed.publish()

    assert published_item(house).findtext(f"{ITUNES}episode") == "33"

    origin.serve("/a", feed(unnumbered.replace("/1.mp3", "/other.mp3")))
    house.visit_and_publish()

    assert published_item(house).findtext(f"{ITUNES}episode") is None


def test_chapters_of_the_audio_are_published_beside_the_page_and_linked_from_the_item(home: Home, origin: Origin):
    origin.serve_parts("/1.mp3", CHAPTERS + SOUND)
    house = home.open(n1="")
    asked(house)
    house.mediafeed.publish()

    (episode,) = house.store.episodes([house.store.index()[0].id])
    link = published_item(house).find(f"{PODCAST}chapters")
    assert dict(link.attrib) == {
        "url": f"https://ours.example/episodes/{episode.path}/chapters.json",
        "type": "application/json+chapters",
    }
    assert house.published(f"episodes/{episode.path}/chapters.json") == (
        '{\n  "version": "1.2.0",\n  "chapters": [\n'
        '    {\n      "startTime": 0,\n      "title": "Welcome",\n      "endTime": 5\n    },\n'
        '    {\n      "startTime": 5,\n      "title": "Deepening",\n      "endTime": 26\n    }\n  ]\n}\n'
    )
    assert "<bdi>Deepening</bdi>" in house.published(f"episodes/{episode.path}/index.html")


def test_chapters_of_the_publishers_own_are_linked_and_ours_are_not_published(home: Home, origin: Origin):
    origin.serve_parts("/1.mp3", CHAPTERS + SOUND)
    own = '<podcast:chapters url="https://straits.example/33.json" type="application/json+chapters"/>'
    house = home.open(n1=own)
    asked(house)
    house.mediafeed.publish()

    links = published_item(house).findall(f"{PODCAST}chapters")
    assert [link.get("url") for link in links] == ["https://straits.example/33.json"]
    assert not list(house.output.rglob("chapters.json"))


NOW = datetime(2022, 9, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    ("found", "attempts", "hours"),
    [
        (Measurement(seconds=1.0), 0, None),
        (Measurement(failure=FailureKind.TIMEOUT), 1, 1),
        (Measurement(failure=FailureKind.TIMEOUT), 5, 168),
        (Measurement(failure=FailureKind.TIMEOUT), 6, None),
        (Measurement(failure=FailureKind.BUSY), 0, 1),
        (Measurement(failure=FailureKind.REFUSED), 1, None),
        (Measurement(failure=FailureKind.GONE), 1, None),
        (Measurement(reason="text, no audio"), 1, 24),
        (Measurement(reason="text, no audio"), 2, None),
    ],
)
def test_when_audio_that_did_not_say_is_asked_again(found, attempts, hours):
    assert again_at(found, attempts, NOW) == (None if hours is None else NOW + hours * HOUR)
