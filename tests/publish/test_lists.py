"""list.xml refers to every episode: the newest itself, the older ones in archives that stay."""

from dataclasses import replace

import pytest
from lxml import etree

from mediafeed.model.namespaces import PREFIXES
from mediafeed.publish import lists
from tests.publish.shelf import QUAYS, episode
from tests.publish.test_site import channel, documents, shelf


@pytest.fixture
def short_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "MOST", 5)
    monkeypatch.setattr(lists, "IN_ARCHIVE", 3)


def references(document: etree._Element) -> list[dict[str, str]]:
    return [
        {str(n): str(v) for n, v in one.attrib.items()} for one in document.iterfind("podcast:remoteItem", PREFIXES)
    ]


def links(document: etree._Element) -> dict[str, str]:
    return {one.get("rel", ""): one.get("href", "") for one in document.iterfind("atom:link", PREFIXES)}


def test_older_references_stand_in_archives_and_none_is_lost(short_lists: None):
    held = shelf(10)
    made = documents(held)
    names = [name for name in made if name.startswith(("list.xml", "archive/list-"))]

    said = [[one["itemGuid"] for one in references(channel(made[name]))] for name in names]

    assert names == ["archive/list-1.xml", "archive/list-2.xml", "archive/list-3.xml", "list.xml"]
    assert [len(guids) for guids in said] == [3, 3, 3, 3]
    assert sorted(guid for guids in said for guid in guids) == sorted(str(one.guid) for one in held.held)


def test_archives_of_references_are_linked_as_those_of_episodes(short_lists: None):
    made = documents(shelf(10))
    newest, oldest = links(channel(made["list.xml"])), links(channel(made["archive/list-1.xml"]))

    assert newest["prev-archive"] == newest["next"] == "https://talks.example/archive/list-3.xml"
    assert links(channel(made["archive/list-3.xml"]))["prev-archive"] == "https://talks.example/archive/list-2.xml"
    assert (oldest["current"], oldest.get("prev-archive")) == ("https://talks.example/list.xml", None)
    assert channel(made["archive/list-1.xml"]).find("fh:archive", PREFIXES) is not None


def test_an_archive_of_references_stays_when_episodes_and_shows_come(short_lists: None):
    held = shelf(10)
    before = documents(held)["archive/list-1.xml"]

    held.held.append(episode(99))
    held.all_shows.append(replace(QUAYS, id="new", explicit=True))

    after = documents(held)["archive/list-1.xml"]
    assert (after.signature, after.render()) == (before.signature, before.render())


def test_a_reference_that_would_be_longer_than_others_says_less():
    held = shelf(1)
    held.held[0] = replace(held.held[0], title='"' * 3000)

    said = {one["itemGuid"]: one for one in references(channel(documents(held)["list.xml"]))}

    assert "title" not in said[str(held.held[0].guid)]
    assert sum("title" in one for one in said.values()) == 2
