"""Addresses that were given out stay; names that are hidden and addresses that do harm never get out."""

from dataclasses import replace
from pathlib import Path

import pytest

from mediafeed.model.settings import PersonSetting
from mediafeed.model.source import Source
from mediafeed.publish.packing import ENDINGS
from tests.refresh.origin import Clock, Origin, assembled_at, config, feed, item

MERGED = PersonSetting(id="rob-smith", name="Rob Smith", aliases=("Robert Smith", "Bob Smith"))


def speaking(number: int, guest: str) -> str:
    return item(number, description=f"Our guest is {guest}.")


@pytest.fixture
def source(origin: Origin) -> Source:
    return Source(id="straits", url=origin.serve("/feed", feed(speaking(1, "Robert Smith"), speaking(2, "Bob Smith"))))


def test_persons_who_are_made_one_keep_the_addresses_they_had(
    tmp_path: Path, origin: Origin, clock: Clock, source: Source
):
    settings = config(tmp_path, origin, source)
    with assembled_at(clock, settings) as house:
        house.visit_and_publish()
        assert house.published("people/bob-smith/feed.xml").count("<item>") == 1

    with assembled_at(clock, replace(settings, persons=(MERGED,))) as house:
        house.mediafeed.understand_anew()
        house.mediafeed.publish()

        for old in ("robert-smith", "bob-smith"):
            told = house.published(f"people/{old}/feed.xml")
            assert told.count("<item>") == 2
            assert "<itunes:new-feed-url>https://ours.example/people/rob-smith/feed.xml<" in told
            page = house.published(f"people/{old}/index.html")
            assert '<link rel="canonical" href="https://ours.example/people/rob-smith/">' in page
        assert "bob-smith" not in house.published("people/index.html")
        assert "bob-smith" not in house.published("sitemap.xml")
        assert "new-feed-url" not in house.published("people/rob-smith/feed.xml")


def test_a_person_whom_the_source_names_no_longer_keeps_an_empty_feed(
    tmp_path: Path, origin: Origin, clock: Clock, source: Source
):
    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        house.visit_and_publish()
        origin.serve("/feed", feed(speaking(1, "Robert Smith"), speaking(2, "Ana Prior")))

        house.visit_and_publish()

        assert "<item>" not in house.published("people/bob-smith/feed.xml")
        assert "No appearance that we know of" in house.published("people/bob-smith/index.html")
        assert house.published("people/ana-prior/feed.xml").count("<item>") == 1


def test_two_persons_whose_middle_initials_contradict_stay_two(tmp_path: Path, origin: Origin, clock: Clock):
    names = ("George W. Bush", "George H. W. Bush", "George Bush")
    told = (f"<podcast:person role='guest'>{name}</podcast:person>" for name in names)
    items = (item(nth).replace("</item>", f"{tag}</item>") for nth, tag in enumerate(told, 1))
    source = Source(id="straits", url=origin.serve("/feed", feed(*items)))

    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        house.visit()
        house.mediafeed.understand_anew(force=True)

        assert [person.name for person in house.store.persons()] == ["George H. W. Bush", "George W. Bush"]


def test_a_person_who_is_hidden_later_goes(tmp_path: Path, origin: Origin, clock: Clock, source: Source):
    settings = config(tmp_path, origin, source)
    with assembled_at(clock, settings) as house:
        house.visit_and_publish()
    hidden = PersonSetting(id="bob-smith", name="Bob Smith", hidden=True)

    with assembled_at(clock, replace(settings, persons=(hidden,))) as house:
        house.mediafeed.understand_anew()
        house.mediafeed.publish()

        assert not (house.output / "people/bob-smith").exists()


def test_what_is_forgotten_takes_its_persons_with_it(tmp_path: Path, origin: Origin, clock: Clock, source: Source):
    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        house.visit_and_publish()

        house.store.forget("straits")
        house.mediafeed.understand_anew(force=True)
        house.mediafeed.publish()

        assert not house.store.persons()
        assert not list((house.output / "people").glob("*/feed.xml"))


def test_a_hidden_person_is_not_named_as_the_author_either(tmp_path: Path, origin: Origin, clock: Clock):
    author = "<itunes:author>Cleo Marsh</itunes:author>"
    told = item(1, **{"itunes:author": "Cleo Marsh", "description": "Words.", "author": "c@x.example (Cleo Marsh)"})
    source = Source(id="straits", url=origin.serve("/feed", feed(told, head=author)))
    hidden = PersonSetting(id="cleo-marsh", name="Cleo Marsh", hidden=True)

    with assembled_at(clock, config(tmp_path, origin, source, persons=(hidden,))) as house:
        house.visit_and_publish()

        files = [path for path in house.output.rglob("*") if path.is_file() and path.suffix not in {".png", *ENDINGS}]
        assert not [path for path in files if "Cleo" in path.read_text(encoding="utf-8")]
        assert "<itunes:author>Straits Briefing</itunes:author>" in house.published()


def test_an_address_that_does_harm_reaches_no_feed(tmp_path: Path, origin: Origin, clock: Clock):
    evil = (
        '<podcast:person role="guest" href="javascript:alert(1)" img="data:image/svg+xml,x">Ana Prior</podcast:person>'
        '<podcast:transcript url=" JavaScript:alert(1)" type="text/vtt"/><podcast:chapters url="file:///etc/passwd" '
        'type="application/json+chapters"/><comments>javascript:alert(1)</comments><podcast:images srcset="data:x,y"/>'
        '<podcast:socialInteract uri="acct:ana@a.example" protocol="x"/>'
    )
    told = item(1).replace("</item>", f"{evil}<itunes:subtitle>Data: what we know</itunes:subtitle></item>")
    source = Source(id="straits", url=origin.serve("/feed", feed(told)))

    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        house.visit_and_publish()

        for path in ("feed.xml", "feed.json", "people/ana-prior/feed.xml", "people/ana-prior/feed.json"):
            words = house.published(path).lower()
            assert not [scheme for scheme in ("javascript:", "data:image", "data:x", "file:") if scheme in words]
        assert ">Ana Prior</podcast:person>" in house.published()
        assert 'uri="acct:ana@a.example"' in house.published()
        assert "<itunes:subtitle>Data: what we know</itunes:subtitle>" in house.published()


def test_a_site_that_moves_keeps_the_guids_of_all_its_feeds(
    tmp_path: Path, origin: Origin, clock: Clock, source: Source
):
    settings = config(tmp_path, origin, source)
    with assembled_at(clock, settings) as house:
        house.visit_and_publish()
        before = house.published("people/bob-smith/feed.xml")
    guid = before.partition("<podcast:guid>")[2].partition("<")[0]

    with assembled_at(clock, replace(settings, site=replace(settings.site, url="https://new.example"))) as house:
        house.mediafeed.publish()

        after = house.published("people/bob-smith/feed.xml")
        assert f"<podcast:guid>{guid}</podcast:guid>" in after
        assert "<itunes:new-feed-url>https://new.example/people/bob-smith/feed.xml<" in after


def test_a_name_cannot_be_turned_round_and_markup_is_none(tmp_path: Path, origin: Origin, clock: Clock):
    evil = (
        "<podcast:person>Ana \u202eroirP</podcast:person><podcast:person>&lt;a href=x&gt;Bo&lt;/a&gt;</podcast:person>"
    )
    source = Source(id="straits", url=origin.serve("/feed", feed(item(1).replace("</item>", f"{evil}</item>"))))

    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        house.visit_and_publish()

        assert "\u202e" not in house.published() + house.published("feed.json")
        assert [person.name for person in house.store.persons()] == ["Ana roirP"]


def test_a_hidden_person_is_back_as_soon_as_nothing_hides_them(
    tmp_path: Path, origin: Origin, clock: Clock, source: Source
):
    settings = config(tmp_path, origin, source)
    hidden = PersonSetting(id="bob-smith", name="Bob Smith", hidden=True)
    with assembled_at(clock, replace(settings, persons=(hidden,))) as house:
        house.visit_and_publish()
        assert not (house.output / "people/bob-smith").exists()

    with assembled_at(clock, settings) as house:
        house.mediafeed.publish()
        assert (house.output / "people/bob-smith/feed.xml").exists()

        house.mediafeed.understand_anew(force=True)
        assert not [person for person in house.store.persons() if person.hidden]


def test_no_spelling_of_a_hidden_name_is_published(tmp_path: Path, origin: Origin, clock: Clock):
    tags = '<podcast:person role="guest">Cleo Marsh, Oxford</podcast:person><podcast:person>Bo Alder</podcast:person>'
    told = (
        item(1).replace("</item>", f"{tags}</item>"),
        item(2, **{"itunes:author": "Dr. Cleo Marsh"}),
        item(3, **{"itunes:author": "Cleo Marsh, Bo Alder"}),
    )
    head = "<itunes:author>Prof Cleo Marsh &amp; Bo Alder</itunes:author>"
    source = Source(id="straits", url=origin.serve("/feed", feed(*told, head=head)))
    hidden = PersonSetting(id="cleo-marsh", name="Cleo Marsh", hidden=True)

    with assembled_at(clock, config(tmp_path, origin, source, persons=(hidden,))) as house:
        house.visit_and_publish()

        files = [path for path in house.output.rglob("*") if path.is_file() and path.suffix not in {".png", *ENDINGS}]
        assert not [path for path in files if "cleo" in f"{path.name} {path.read_text(encoding='utf-8')}".casefold()]
        assert (house.output / "people/bo-alder/feed.xml").exists()
