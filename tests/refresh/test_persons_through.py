"""Persons on their whole way: what publisher and words say of them goes in, and comes out in every form."""

import json
import re
from dataclasses import replace
from pathlib import Path

from mediafeed.model.settings import PersonSetting
from mediafeed.model.source import Source
from tests.refresh.origin import Clock, House, Origin, assembled_at, config, feed, item

HEAD = (
    '<language>en</language><podcast:person role="host" href="https://who.example/ada" img="https://who.example/ada.jpg">'
    "Ada Quill</podcast:person>"
)
TAGGED = (
    '<podcast:person role="host">Ada Quill</podcast:person>'
    '<podcast:person role="guest" group="cast" href="https://who.example/bo">Bo Hale</podcast:person></item>'
)


def test_tags_and_words_are_credited_together_and_hosts_are_restated(tmp_path: Path, origin: Origin, clock: Clock):
    words = "Our guests are Bo Hale and Nils Orre, who has mapped kelp for twenty years."
    tagged = item(1, description=words).replace("</item>", TAGGED)
    untagged = item(2, description="On kelp. Our guest is Nils Orre.")
    source = Source(id="straits", url=origin.serve("/feed", feed(tagged, untagged, head=HEAD)))

    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        house.visit_and_publish()
        persons = {person.id: person for person in house.store.persons()}
        rss = house.published().split("<item")[1:]
        listed = {each["title"]: each for each in json.loads(house.published("feed.json"))["items"]}

    by_number = {re.search(r"Episode (\d)", one)[1]: one for one in rss}  # type: ignore[index]
    said = {number: re.findall(r"<podcast:person([^>]*)>([^<]*)<", one) for number, one in by_number.items()}
    assert {name for _, name in said["1"]} == {"Ada Quill", "Bo Hale", "Nils Orre"}
    assert {name for _, name in said["2"]} == {"Ada Quill", "Nils Orre"}
    ours = {name: attributes for attributes, name in said["1"]}["Nils Orre"]
    assert 'role="guest"' in ours
    assert 'group="cast"' in ours
    assert 'img="https://who.example/ada.jpg"' in {name: told for told, name in said["2"]}["Ada Quill"]
    assert (persons["bo-hale"].href, persons["ada-quill"].href) == ("https://who.example/bo", "https://who.example/ada")
    authors = {one["name"]: one for each in listed.values() for one in each["authors"]}
    assert authors["Bo Hale"]["url"] == "https://who.example/bo"
    assert authors["Nils Orre"]["url"] == "https://ours.example/people/nils-orre/"


def test_a_publishers_address_is_a_witness_for_who_is_who_and_joins_nobody_alone(
    tmp_path: Path, origin: Origin, clock: Clock
):
    def told(number: int, name: str) -> str:
        tag = f'<podcast:person role="guest" href="https://who.example/jc">{name}</podcast:person></item>'
        return item(number).replace("</item>", tag)

    source = Source(id="straits", url=origin.serve("/feed", feed(told(1, "Jennifer Cole"), told(2, "Jenny Cole"))))

    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        house.visit()
        persons = {person.id for person in house.store.persons()}

    assert {"jennifer-cole", "jenny-cole"} <= persons


def test_what_the_operator_says_of_a_person_renders_the_episodes_of_that_person_alone(
    tmp_path: Path, origin: Origin, clock: Clock
):
    first = item(1, description="On kelp. Our guest is Nils Orre.")
    second = item(2, description="On rope. Our guest is Bo Hale.")
    source = Source(id="straits", url=origin.serve("/feed", feed(first, second)))
    before = config(tmp_path, origin, source)
    nils = PersonSetting(id="nils-orre", name="Nils Orre", href="https://who.example/nils")
    ada = PersonSetting(id="ada-quill", name="Ada Quill", hidden=True)

    with assembled_at(clock, before) as house:
        house.visit_and_publish()
        keys = [_fragment_keys(house)]
    other = PersonSetting(id="bo-2", name="Bo Hale", shows=("another",))
    for persons in ((nils,), (nils, other), (nils, other, ada)):
        with assembled_at(clock, replace(before, persons=persons)) as house:
            house.mediafeed.understand_anew()
            house.mediafeed.publish()
            keys.append(_fragment_keys(house))
            feed_now = house.published()

    plain, with_nils, with_namesake, with_hidden = keys
    assert [title[:9] for title, key in with_nils.items() if plain[title] != key] == ["Episode 1"]
    assert [title[:9] for title, key in with_namesake.items() if with_nils[title] != key] == ["Episode 2"]
    assert not set(with_namesake.values()) & set(with_hidden.values()), "whoever is hidden may stand anywhere"
    assert 'href="https://who.example/nils"' in feed_now


def _fragment_keys(house: House) -> dict[str, str]:
    titles = {episode.id: episode.title for episode in house.store.episodes(house.store.list_episodes())}
    return {titles[row.id]: row.fragment_key for row in house.store.index()}
