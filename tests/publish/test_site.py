"""The plan: what is published, in what order, and what stays as it is."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import orjson
import pytest
from lxml import etree

from mediafeed.model.episode import CreditOrigin, Person, Role
from mediafeed.model.namespaces import PREFIXES
from mediafeed.model.published import Document
from mediafeed.publish import archives, feeds, listings
from mediafeed.publish.podcast_namespace import podcast_guid
from mediafeed.publish.site import Extras, plan, site_key
from mediafeed.publish.write import Writer
from tests.publish.pages_read import APPS, harm_in
from tests.publish.shelf import INES, JAPAN, OLUMIDE, QUAYS, SITE, TAKUMI, TIDES, Shelf, credit, episode
from tests.publish.test_rss import attributes, one


def shelf(count: int = 5) -> Shelf:
    tides = [episode(number) for number in range(1, count + 1)]
    quays = [episode(1, QUAYS, credits=(credit(TAKUMI, Role.HOST), credit(OLUMIDE, Role.GUEST)))]
    return Shelf([*tides, *quays, episode(90, enclosure=None)])


def documents(held: Shelf, extras: Extras | None = None) -> dict[str, Document]:
    return {document.path: document for document in plan(held, held.site, held.views, extras)}


def signatures(held: Shelf) -> dict[str, str]:
    return {path: document.signature for path, document in documents(held).items()}


def channel(document: Document) -> etree._Element:
    return etree.fromstring(document.render())[0]


def guids(document: Document) -> list[str | None]:
    return [found.text for found in channel(document).iterfind("item/guid")]


def test_the_tree_holds_what_is_promised():
    assert set(documents(shelf(1))) == {
        "assets/icon.svg",
        "assets/style.css",
        "assets/page.js",
        "assets/cover.png",
        "assets/card.png",
        "assets/search.js",
        "search/index.html",
        "search/1.json",
        "sources/index.html",
        "about/index.html",
        "episodes/tides/how-ports-change-1/index.html",
        "episodes/tides/how-ports-change-90/index.html",
        "episodes/quays/how-ports-change-1/index.html",
        *(
            f"shows/{show}/{name}"
            for show in ("tides", "quays")
            for name in ("index.html", "feed.xml", "feed.json", "card.png")
        ),
        *(
            f"people/{person}/{name}"
            for person in ("olumide-vance", "ines-carrow", "takumi-hale")
            for name in ("index.html", "feed.xml", "feed.json", "card.png")
        ),
        "people/index.html",
        "shows/index.html",
        "latest/index.html",
        *(f"views/japan/{name}" for name in ("index.html", "feed.xml", "feed.json")),
        "feed.xml",
        "feed.json",
        "feed.opml",
        "list.xml",
        "sitemap.xml",
        "robots.txt",
        "404.html",
        "index.html",
    }


def test_pages_are_written_before_the_feeds_that_name_them_and_the_first_page_last():
    order = list(documents(shelf()))

    assert order.index("episodes/tides/how-ports-change-1/index.html") < order.index("people/ines-carrow/index.html")
    assert order.index("people/ines-carrow/index.html") < order.index("people/ines-carrow/feed.xml")
    assert order.index("feed.xml") < order.index("list.xml")
    assert order[-1] == "index.html"


def test_an_empty_library_is_published_too():
    made = documents(Shelf([], all_shows=[], people=[]))

    assert guids(made["feed.xml"]) == []
    assert b"No episodes yet" in made["index.html"].render()
    assert "views/japan/feed.xml" in made


def test_rss_has_every_episode_with_audio_newest_first_and_json_has_all():
    made = documents(shelf(3))

    assert guids(made["feed.xml"]) == ["tides-3", "tides-2", "tides-1", "quays-1"]
    items = orjson.loads(made["feed.json"].render())["items"]
    assert [item["id"] for item in items] == ["tides-90", "tides-3", "tides-2", "tides-1", "quays-1"]


def test_a_persons_feed_has_every_appearance_over_all_shows():
    made = documents(shelf(2))["people/olumide-vance/feed.xml"]

    assert channel(made).findtext("title") == "Olumide Vance: podcast appearances"
    assert guids(made) == ["tides-2", "tides-1", "quays-1"]
    address = "https://talks.example/people/olumide-vance/feed.xml"
    assert channel(made).findtext("podcast:guid", namespaces=PREFIXES) == podcast_guid(address)


def test_a_persons_page_sorts_appearances_by_role():
    held = shelf(2)
    held.held.append(episode(50, QUAYS, credits=(credit(OLUMIDE, Role.HOST),)))
    made = documents(held)["people/olumide-vance/index.html"].render().decode()

    assert made.index("As guest") < made.index("As host") < made.index("how-ports-change-50")


def test_what_is_blocked_or_hidden_is_nowhere():
    held = shelf(2)
    held.held[0] = replace(held.held[0], blocked=True)
    held.people[0] = replace(OLUMIDE, hidden=True)
    made = documents(held)

    assert "episodes/tides/how-ports-change-1/index.html" not in made
    assert "tides-1" not in guids(made["feed.xml"])
    assert not any(path.startswith("people/olumide-vance") for path in made)
    assert b"Olumide" not in made["people/index.html"].render()
    assert "Olumide Vance" not in [
        found.text for found in channel(made["feed.xml"]).iterfind("item/podcast:person", PREFIXES)
    ]


def test_a_blocked_show_is_nowhere():
    held = shelf(2)
    held.all_shows[1] = replace(QUAYS, blocked=True)

    assert not any("quays" in path for path in documents(held))


def test_persons_without_any_credit_have_no_page():
    held = shelf(1)
    held.people.append(Person(id="nobody", key="nobody", name="Nobody"))

    assert not any("nobody" in path for path in documents(held))


def test_unchanged_input_has_the_same_signatures_and_loads_nothing():
    held = shelf()
    before = signatures(held)
    held.loaded = 0

    assert signatures(held) == before
    assert held.loaded == 0


def test_a_new_episode_changes_only_what_shows_it():
    held = shelf()
    before = signatures(held)
    held.held.append(episode(6))
    after = signatures(held)

    changed = {path for path in after if before.get(path) != after[path]}
    assert "episodes/tides/how-ports-change-6/index.html" in changed
    assert "episodes/tides/how-ports-change-5/index.html" in changed  # its next one is new
    assert "episodes/tides/how-ports-change-4/index.html" in changed  # the guest of both is next heard on the new one
    assert not any(f"how-ports-change-{number}/" in path for number in (1, 2, 3) for path in changed)
    assert not any("quays" in path or "takumi" in path for path in changed)


def test_a_changed_show_changes_its_episodes():
    held = shelf()
    before = signatures(held)
    held.all_shows[0] = replace(TIDES, title="Tides")
    after = signatures(held)

    assert (
        before["episodes/tides/how-ports-change-1/index.html"] != after["episodes/tides/how-ports-change-1/index.html"]
    )
    assert before["shows/quays/feed.xml"] == after["shows/quays/feed.xml"]


def test_a_signature_tells_of_every_change_of_bytes():
    held = shelf()
    before = {path: (document.signature, document.render()) for path, document in documents(held).items()}
    changes: list[Callable[[], object]] = [
        lambda: held.held.append(episode(7)),
        lambda: held.held.__setitem__(0, replace(held.held[0], title="Another title")),
        lambda: held.held.__setitem__(1, replace(held.held[1], blocked=True)),
        lambda: held.all_shows.__setitem__(0, replace(TIDES, summary="Other words")),
        lambda: held.people.__setitem__(1, replace(INES, aliases=("I. Carrow",))),
        lambda: setattr(held, "site", replace(held.site, description="Other words")),
    ]
    for change in changes:
        change()
        after = {path: (document.signature, document.render()) for path, document in documents(held).items()}
        for path in before.keys() & after.keys():
            same_bytes = before[path][1] == after[path][1]
            assert same_bytes or before[path][0] != after[path][0], path
        before = after


def test_the_settings_of_persons_and_views_are_part_of_every_fragments_key():
    plain = site_key(SITE, (), ())

    assert site_key(SITE, (JAPAN,), ()) != plain
    assert site_key(replace(SITE, title_template="{show}: {title}"), (), ()) != plain


def test_the_stored_guid_stays_when_the_site_moves_and_says_where_to():
    first = documents(shelf(), Extras(guid=podcast_guid("https://old.example/feed.xml")))["feed.xml"]

    assert channel(first).findtext("podcast:guid", namespaces=PREFIXES) == podcast_guid("https://old.example/feed.xml")
    assert channel(first).findtext("itunes:new-feed-url", namespaces=PREFIXES) == "https://talks.example/feed.xml"
    assert channel(documents(shelf())["feed.xml"]).find("itunes:new-feed-url", PREFIXES) is None


def test_a_show_feed_has_the_shows_picture_unless_it_is_locked():
    held = shelf()
    assert attributes(one(channel(documents(held)["shows/tides/feed.xml"]), "itunes:image"))["href"] == TIDES.image

    held.all_shows[0] = replace(TIDES, locked=True)
    image = attributes(one(channel(documents(held)["shows/tides/feed.xml"]), "itunes:image"))["href"]
    assert image == "https://talks.example/assets/cover.png"


def test_an_operators_picture_is_published_as_it_is():
    made = documents(shelf(), Extras(cover=b"\xff\xd8\xff\xe0picture"))

    assert made["assets/cover.jpg"].render() == b"\xff\xd8\xff\xe0picture"
    assert b"/assets/cover.jpg" in made["feed.xml"].render()


def test_list_xml_refers_to_each_episode_in_its_own_feed():
    held = shelf(1)
    held.all_shows[1] = replace(QUAYS, guid="917393e3-1b1e-5cef-ace4-edaa54e1f810")
    made = channel(documents(held)["list.xml"])

    assert made.findtext("podcast:medium", namespaces=PREFIXES) == "podcastL"
    items = [dict(found.attrib) for found in made.iterfind("podcast:remoteItem", PREFIXES)]
    assert items[1]["feedGuid"] == podcast_guid("https://feeds.example/tides.xml")
    assert items[1]["itemGuid"] == "tides-1"
    assert items[2]["feedGuid"] == "917393e3-1b1e-5cef-ace4-edaa54e1f810"
    assert made.find("item") is None


def test_an_episode_that_no_feed_carries_is_not_in_the_list():
    held = shelf(1)
    held.held[0] = replace(held.held[0], guid=None)

    assert b"tides-1" not in documents(held)["list.xml"].render()


def test_opml_keeps_signs_that_mean_something_elsewhere():
    held = shelf(1)
    held.all_shows[0] = replace(TIDES, title='=cmd|" & <x>\x00', feed_url=None, link="javascript:alert(1)")
    outlines = etree.fromstring(documents(held)["feed.opml"].render()).findall("body/outline")

    made = next(outline for outline in outlines if "cmd" in attributes(outline)["text"])
    assert made.get("text") == '=cmd|" & <x>\ufffd'
    assert made.get("xmlUrl") == "https://talks.example/shows/tides/feed.xml"
    assert made.get("htmlUrl") == "https://talks.example/shows/tides/"


def test_the_sitemap_names_every_page_of_the_tree():
    made = documents(shelf())
    found = etree.fromstring(made["sitemap.xml"].render())
    addresses = {(loc.text or "").removeprefix("https://talks.example/") for loc in found.iter("{*}loc")}

    pages = {path.removesuffix("index.html") for path in made if path.endswith("index.html")}
    assert addresses == pages


@pytest.fixture
def small_archives(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = {"limit": 20_000, "target": 10_000}
    monkeypatch.setattr(feeds, "partition", lambda rows, held: archives.partition(rows, held, **limits))


@pytest.mark.usefixtures("small_archives")
def test_older_episodes_move_into_archives_that_never_change():
    held = shelf(30)
    first = documents(held)
    bodies = {path: first[path].render() for path in first if "archive/" in path}
    held.held += [episode(number) for number in range(31, 40)]
    later = documents(held)

    assert "archive/feed-1.xml" in bodies
    assert "archive/feed-1.json" in bodies
    for path, body in bodies.items():
        assert later[path].signature == first[path].signature
        assert later[path].render() == body


@pytest.mark.usefixtures("small_archives")
def test_a_feed_and_its_archives_hold_every_episode_once_and_lead_to_each_other():
    made = documents(shelf(30))
    seen = []
    path: str | None = "feed.xml"
    while path:
        here = channel(made[path])
        seen += guids(made[path])
        older = here.find("atom:link[@rel='prev-archive']", PREFIXES)
        following = here.find("atom:link[@rel='next']", PREFIXES)
        assert (older is None) == (following is None)
        path = attributes(older)["href"].removeprefix("https://talks.example/") if older is not None else None

    assert len(seen) == len(set(seen)) == 31
    oldest = channel(made["archive/feed-1.xml"])
    assert oldest.find("fh:archive", PREFIXES) is not None
    assert attributes(one(oldest, "atom:link[@rel='current']"))["href"] == "https://talks.example/feed.xml"


@pytest.mark.usefixtures("small_archives")
def test_json_archives_lead_to_each_other():
    made = documents(shelf(30))
    count = 0
    path: str | None = "feed.json"
    while path:
        body = orjson.loads(made[path].render())
        count += len(body["items"])
        path = body.get("next_url", "").removeprefix("https://talks.example/")

    assert count == 32


def test_pages_of_older_episodes_do_not_change_when_new_ones_come(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(listings, "PER_PAGE", 3)
    held = shelf(12)
    before = documents(held)
    held.held.append(episode(91))
    after = documents(held)

    path = "shows/tides/page/1/index.html"
    assert before[path].signature == after[path].signature
    assert before[path].render() == after[path].render()
    assert b"how-ports-change-3/" in before[path].render()


def test_a_long_list_shows_every_episode_once(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(listings, "PER_PAGE", 3)
    made = documents(shelf(13))
    pages = [
        body.render().decode() for path, body in made.items() if path.startswith("shows/tides/") and "html" in path
    ]

    for number in range(1, 14):
        assert sum(page.count(f"/how-ports-change-{number}/") for page in pages) == 1, number


def links_in(body: bytes) -> Iterator[str]:
    for element in etree.HTML(body.decode()).iter("a", "link"):
        href = element.get("href", "").partition("#")[0]
        if element.get("rel") != "canonical" and href and not href.lower().startswith(("http", "mailto:", *APPS)):
            yield href


def test_no_link_of_ours_leads_nowhere_and_no_page_does_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(listings, "PER_PAGE", 3)
    held = shelf(12)
    Writer(tmp_path).write(tuple(plan(held, held.site, held.views)), {})

    for page in tmp_path.rglob("*.html"):
        body = page.read_bytes()
        assert list(harm_in(body)) == [], page
        for href in links_in(body):
            base = tmp_path if href.startswith("/") else page.parent
            target = (base / href.lstrip("/")).resolve()
            assert (target / "index.html").is_file() or target.is_file(), f"{page}: {href}"


def test_everything_written_again_is_byte_for_byte_the_same(tmp_path: Path):
    held = shelf()
    first = Writer(tmp_path).write(tuple(plan(held, held.site, held.views)), {})
    again = Writer(tmp_path).write(tuple(plan(held, held.site, held.views)), {})

    assert again.written == ()
    assert again.signatures == first.signatures
    assert Writer(tmp_path).write(tuple(plan(held, held.site, held.views)), first.signatures).signatures == {}


def test_the_address_of_an_episode_that_is_part_of_another_leads_there():
    held = shelf(1)
    made = documents(
        held, Extras(moved=(("tides/told-by-another", "tides/how-ports-change-1"), ("tides/x", "tides/blocked")))
    )
    page = made["episodes/tides/told-by-another/index.html"].render()

    assert b'content="0; url=../../../episodes/tides/how-ports-change-1/"' in page
    assert list(harm_in(page)) == ["meta http-equiv"]
    assert "episodes/tides/x/index.html" not in made
    assert b"told-by-another" not in made["sitemap.xml"].render()


def test_an_operators_credit_reaches_every_document():
    held = shelf(1)
    decided = credit(TAKUMI, Role.GUEST, origin=CreditOrigin.CONFIG)
    held.held[0] = replace(held.held[0], credits=(decided,), first_heard=held.held[0].first_heard + timedelta(1))
    made = documents(held)

    assert "tides-1" in guids(made["people/takumi-hale/feed.xml"])
    assert b"said by whoever runs this site" in made["episodes/tides/how-ports-change-1/index.html"].render()


def test_names_are_listed_as_readers_look_for_them():
    held = shelf(1)
    held.people = [replace(OLUMIDE, name="Óscar Vance"), replace(INES, name="Oz Carrow"), TAKUMI]
    made = documents(held)["people/index.html"].render().decode()

    assert made.index("Óscar Vance") < made.index("Oz Carrow") < made.index("Takumi Hale")


def test_what_two_shows_published_stands_in_the_feeds_of_both_and_has_one_page() -> None:
    both = episode(1, also_on=("quays",))
    documents = {document.path: document for document in plan(Shelf(held=[both, episode(2)]), SITE)}

    assert b"tides-1<" in documents["shows/quays/feed.xml"].render()
    assert b"tides-1<" in documents["shows/tides/feed.xml"].render()
    assert [path for path in documents if path.endswith("how-ports-change-1/index.html")] == [
        "episodes/tides/how-ports-change-1/index.html"
    ]
