"""Transcripts and pictures: which are asked for, when again, and what pages show of them."""

import io
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from mediafeed.errors import StoppingError
from mediafeed.model.episode import Person, Show
from mediafeed.model.files import FileKind
from mediafeed.model.settings import Pictures, Site, Transcripts
from mediafeed.model.source import Source
from mediafeed.refresh.collecting import Collecting, portrayed
from tests.refresh.origin import Clock, House, Origin, assembled_at, config, feed, item

VTT = b"WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ada Quill>We came by the lagoon.\n"
FREE = '<podcast:license url="https://creativecommons.org/licenses/by/4.0/">cc-by-4.0</podcast:license>'
CLOSED = "<podcast:license>all-rights-reserved</podcast:license>"


def png(colour: str = "red", side: int = 400) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(out, "PNG")
    return out.getvalue()


def spoken(origin: Origin, number: int, *said: str) -> str:
    """Write an item with a transcript."""
    tag = f'<podcast:transcript url="{origin.url}/{number}.vtt" type="text/vtt"/>'
    return item(number).replace("</item>", f"{tag}{''.join(said)}</item>")


class Home:
    """A mediafeed of one source, opened as a first start or a restart does."""

    def __init__(self, folder: Path, origin: Origin, clock: Clock) -> None:
        self._folder, self._origin, self._clock = folder, origin, clock
        self._opened = ExitStack()

    def open(self, *items: str, head: str = "", **site: Any) -> House:
        self.close()
        source = Source(id="a", url=self._origin.url + "/a")
        settings = config(self._folder, self._origin, source)
        settings = replace(settings, site=replace(settings.site, **site))
        house = self._opened.enter_context(assembled_at(self._clock, settings))
        if items:
            self._origin.serve("/a", feed(*items, head=head))
            house.visit_and_publish()
        return house

    def close(self) -> None:
        self._opened.close()


@pytest.fixture
def home(tmp_path: Path, origin: Origin, clock: Clock) -> Iterator[Home]:
    made = Home(tmp_path, origin, clock)
    yield made
    made.close()


def collected(collecting: Collecting) -> list[bool]:
    return [errand() for errand in collecting.errands()]


def page(house: House, place: int = 0) -> str:
    return house.published(f"episodes/{house.store.index()[place].path}/index.html")


def test_a_licensed_transcript_is_asked_for_once_shown_and_found(home: Home, origin: Origin):
    origin.serve("/1.vtt", VTT)
    house = home.open(spoken(origin, 1, FREE), transcripts=Transcripts.LICENSED)
    feed_before = (house.output / "feed.xml").stat().st_mtime_ns

    assert collected(house.mediafeed.transcripts) == [True]
    house.mediafeed.publish()
    assert collected(house.mediafeed.transcripts) == []

    assert origin.asked() == ["/a", "/robots.txt", "/1.vtt"]
    assert "We came by the lagoon." in page(house)
    assert house.store.search.find("lagoon").episodes == (house.store.index()[0].id,)
    assert (house.output / "feed.xml").stat().st_mtime_ns == feed_before
    assert (origin.header("User-Agent", "/1.vtt") or "").startswith("mediafeed/")


@pytest.mark.parametrize(
    ("setting", "item_says", "show_says", "asked"),
    [
        (Transcripts.LINK, FREE, FREE, False),
        (Transcripts.LICENSED, "", FREE, True),
        (Transcripts.LICENSED, CLOSED, FREE, False),
        (Transcripts.LICENSED, FREE, CLOSED, True),
        (Transcripts.LICENSED, "", "", False),
        (Transcripts.ALL, CLOSED, CLOSED, True),
    ],
)
def test_whose_transcripts_are_asked_for(home: Home, origin: Origin, setting, item_says, show_says, asked):
    origin.serve("/1.vtt", VTT)
    house = home.open(spoken(origin, 1, item_says), head=show_says, transcripts=setting)

    assert bool(collected(house.mediafeed.transcripts)) is asked
    assert ("/1.vtt" in origin.asked()) is asked


def test_a_transcript_that_may_no_longer_be_shown_is_neither_shown_nor_found(home: Home, origin: Origin):
    origin.serve("/1.vtt", VTT)
    house = home.open(spoken(origin, 1), transcripts=Transcripts.ALL)
    collected(house.mediafeed.transcripts)
    house.mediafeed.publish()
    house = home.open(transcripts=Transcripts.LINK)
    house.mediafeed.publish()

    assert "lagoon" not in page(house)
    assert house.store.search.find("lagoon").total == 0


def test_a_new_address_is_asked_and_its_words_take_the_place_of_the_old(home: Home, origin: Origin):
    origin.serve("/1.vtt", VTT)
    house = home.open(spoken(origin, 1), transcripts=Transcripts.ALL)
    collected(house.mediafeed.transcripts)
    house.mediafeed.publish()
    origin.serve("/2.vtt", VTT.replace(b"lagoon", b"strait"))
    origin.serve("/a", feed(spoken(origin, 1).replace("/1.vtt", "/2.vtt")))
    house.visit_and_publish()

    assert "lagoon" not in page(house)
    assert collected(house.mediafeed.transcripts) == [True]
    house.mediafeed.publish()
    assert "strait" in page(house)
    assert (house.store.search.find("lagoon").total, house.store.search.find("strait").total) == (0, 1)


def test_transcripts_teach_no_credit(home: Home, origin: Origin):
    origin.serve("/1.vtt", VTT)
    house = home.open(spoken(origin, 1), transcripts=Transcripts.ALL)
    collected(house.mediafeed.transcripts)
    house.mediafeed.understand_anew(force=True)
    house.mediafeed.publish()

    assert house.store.persons() == ()
    assert "Ada Quill" in page(house)


def test_what_is_not_there_is_asked_again_later_and_a_person_never_hears_an_error(
    home: Home, origin: Origin, clock: Clock
):
    house = home.open(spoken(origin, 1), transcripts=Transcripts.ALL)

    assert collected(house.mediafeed.transcripts) == [False]
    kept = house.store.files.kept(FileKind.TRANSCRIPT, origin.url + "/1.vtt")
    assert kept is not None
    assert (kept.hash, kept.reason) == ("", "not there: 404 Not Found")
    assert collected(house.mediafeed.transcripts) == []
    clock.move(hours=2)
    origin.serve("/1.vtt", VTT)
    assert collected(house.mediafeed.transcripts) == [True]


def test_bytes_that_are_no_transcript_are_told_with_their_reason_and_asked_once_more(
    home: Home, origin: Origin, clock: Clock
):
    origin.serve("/1.vtt", b'{"segments":' + b"[" * 100_000)
    house = home.open(spoken(origin, 1), transcripts=Transcripts.ALL)
    collected(house.mediafeed.transcripts)
    kept = house.store.files.kept(FileKind.TRANSCRIPT, origin.url + "/1.vtt")

    assert kept is not None
    assert kept.reason.startswith("malformed: no transcript")
    clock.move(days=2)
    assert collected(house.mediafeed.transcripts) == [False]
    clock.move(days=20)
    assert collected(house.mediafeed.transcripts) == []


def test_what_robots_may_not_read_is_not_asked_for(home: Home, origin: Origin):
    origin.serve("/robots.txt", "User-agent: *\nDisallow: /1.vtt\n")
    house = home.open(spoken(origin, 1), transcripts=Transcripts.ALL)

    assert collected(house.mediafeed.transcripts) == [False]
    assert "/1.vtt" not in origin.asked()


def test_of_a_host_whose_robots_txt_cannot_be_read_no_file_is_asked_and_the_host_rests(home: Home, origin: Origin):
    origin.serve("/1.vtt", VTT)
    origin.fail("/robots.txt", "500 Internal Server Error")
    house = home.open(spoken(origin, 1), spoken(origin, 2), transcripts=Transcripts.ALL)

    collected(house.mediafeed.transcripts)

    kept = house.store.files.kept(FileKind.TRANSCRIPT, f"{origin.url}/2.vtt")
    assert origin.asked() == ["/a", "/robots.txt"]
    assert kept is not None
    assert kept.reason == "server error: robots.txt could not be read: 500 Internal Server Error"
    assert kept.again == house.mediafeed.clock() + timedelta(hours=1)


def test_an_address_that_is_none_keeps_nobody_from_the_others(home: Home, origin: Origin):
    origin.serve("/1.vtt", VTT)
    # ℀ in a host is a/c to those who read it: urllib raises.
    odd = spoken(origin, 2).replace(f"{origin.url}/2.vtt", "https://ex\u2100.example/2.vtt")
    house = home.open(spoken(origin, 1), odd, transcripts=Transcripts.ALL)

    assert collected(house.mediafeed.transcripts) == [False, True]
    assert collected(house.mediafeed.transcripts) == []


def test_a_host_that_does_not_answer_is_left_alone_by_all_of_them(home: Home, origin: Origin):
    origin.fail("/1.vtt", "500 Internal Server Error")
    cover = f'<itunes:image href="{origin.url}/cover.png"/>'
    house = home.open(spoken(origin, 1), spoken(origin, 2), head=cover, transcripts=Transcripts.ALL)
    origin.fail("/2.vtt", "500 Internal Server Error")

    assert collected(house.mediafeed.transcripts) == [False, False]
    assert collected(house.mediafeed.pictures) == [False]
    assert [path for path in origin.asked() if path != "/robots.txt"] == ["/a", "/2.vtt"]


def test_who_is_broken_off_has_asked_nothing(home: Home, origin: Origin):
    house = home.open(spoken(origin, 1), transcripts=Transcripts.ALL)
    (errand,) = house.mediafeed.transcripts.errands()
    house.mediafeed.break_off()

    with pytest.raises(StoppingError):
        errand()
    assert house.store.files.kept(FileKind.TRANSCRIPT, origin.url + "/1.vtt") is None


def test_a_cover_is_copied_once_and_asked_again_by_its_etag(home: Home, origin: Origin, clock: Clock):
    origin.serve_politely("/cover.png", png(), '"1"')
    house = home.open(item(1), head=f'<itunes:image href="{origin.url}/cover.png"/>')

    assert collected(house.mediafeed.pictures) == [True]
    house.mediafeed.publish()
    (copy,) = house.output.glob("shows/*/picture.webp")
    assert Image.open(io.BytesIO(copy.read_bytes())).size == (320, 320)
    assert 'src="../../../shows/' in page(house)
    clock.move(days=31)
    assert collected(house.mediafeed.pictures) == [False]
    assert origin.header("If-None-Match", "/cover.png") == '"1"'
    assert house.mediafeed.publish().written == ()
    origin.serve("/cover.png", png("blue"))
    clock.move(days=31)
    assert collected(house.mediafeed.pictures) == [True]
    assert [path for path in house.mediafeed.publish().written if "picture" not in path] == []


def test_a_copy_stays_while_its_server_is_away(home: Home, origin: Origin, clock: Clock):
    origin.serve("/cover.png", png())
    house = home.open(item(1), head=f'<itunes:image href="{origin.url}/cover.png"/>')
    collected(house.mediafeed.pictures)
    house.mediafeed.publish()
    origin.fail("/cover.png", "404 Not Found")
    clock.move(days=31)

    assert collected(house.mediafeed.pictures) == [False]
    house.mediafeed.publish()
    assert list(house.output.glob("shows/*/picture.webp"))


@pytest.mark.parametrize("head", ["<podcast:locked>yes</podcast:locked>", "<itunes:block>yes</itunes:block>"])
def test_the_picture_of_a_locked_or_blocked_show_is_not_asked_for(home: Home, origin: Origin, head):
    origin.serve("/cover.png", png())
    house = home.open(item(1), head=f'{head}<itunes:image href="{origin.url}/cover.png"/>')

    assert collected(house.mediafeed.pictures) == []


def test_a_copy_goes_when_its_show_is_locked(home: Home, origin: Origin):
    origin.serve("/cover.png", png())
    cover = f'<itunes:image href="{origin.url}/cover.png"/>'
    house = home.open(item(1), head=cover)
    collected(house.mediafeed.pictures)
    house.mediafeed.publish()
    origin.serve("/a", feed(item(1), head=f"{cover}<podcast:locked>yes</podcast:locked>"))
    house.visit_and_publish()

    assert not list(house.output.rglob("*.webp"))
    assert "<img" not in page(house)


@pytest.mark.parametrize("pictures", [Pictures.LINK, Pictures.NONE])
def test_without_a_wish_for_copies_nobody_is_asked(home: Home, origin: Origin, pictures):
    house = home.open(item(1), head=f'<itunes:image href="{origin.url}/cover.png"/>', pictures=pictures)

    assert collected(house.mediafeed.pictures) == []


def test_a_portrait_comes_by_an_open_shows_word_alone():
    open_, locked = Show(id="open", source="a", title="A"), Show(id="locked", source="b", title="B", locked=True)
    ada = Person(id="ada", key="ada quill", name="Ada Quill", image="https://b.example/ada.png")
    shows, by_locked = (open_, locked), ("ada", "https://b.example/ada.png", "locked")

    def image(*portraits: tuple[str, str, str], own: str | None = None) -> str | None:
        configured = {"ada quill": replace(ada, image=own)} if own else {}
        (one,) = portrayed([ada], shows, portraits, configured)
        return one.image

    assert image(by_locked) is None
    assert image(by_locked, ("ada", "https://a.example/ada.png", "open")) == "https://a.example/ada.png"
    assert image(by_locked, ("ada", "https://b.example/ada.png", "open")) == "https://b.example/ada.png"
    assert image(by_locked, own="https://ours.example/ada.png") == "https://ours.example/ada.png"


def test_forgetting_a_source_forgets_its_files(home: Home, origin: Origin):
    origin.serve("/1.vtt", VTT)
    origin.serve("/cover.png", png())
    cover = f'<itunes:image href="{origin.url}/cover.png"/>'
    house = home.open(spoken(origin, 1), head=cover, transcripts=Transcripts.ALL)
    collected(house.mediafeed.transcripts)
    collected(house.mediafeed.pictures)
    assert house.store.files.pictures_held()
    house.store.forget("a")

    assert house.store.files.kept(FileKind.TRANSCRIPT, origin.url + "/1.vtt") is None
    assert house.store.files.pictures_held() == {}


def test_what_is_wanted_is_looked_up_a_few_at_a_time_hosts_in_turn(home: Home, origin: Origin):
    other = origin.url.replace("127.0.0.1", "127.0.0.2")
    items = [spoken(origin, number) for number in (1, 2)] + [spoken(origin, 3).replace(origin.url, other)]
    house = home.open(*items, transcripts=Transcripts.ALL)
    wanted = house.store.files.transcripts_wanted(None, house.mediafeed.clock() + timedelta(days=1), 2)

    assert [one.url for one in wanted] == [f"{other}/3.vtt", f"{origin.url}/2.vtt"]
    assert Site(title="", url="").transcripts is Transcripts.LINK
