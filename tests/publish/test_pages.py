"""Pages as a browser reads them."""

from dataclasses import replace
from typing import Any

import orjson
import pytest
from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser, LexborNode

from mediafeed.model.episode import DatePrecision, Duration, DurationOrigin, Enclosure, Episode, Hearing, Role
from mediafeed.model.parsed import Element
from mediafeed.model.settings import Pictures
from mediafeed.publish import pages
from mediafeed.publish.company import Belonging
from mediafeed.publish.episode_pages import Around, episode_page
from mediafeed.publish.html import notes_fragment
from mediafeed.publish.pictures import Pictured
from mediafeed.publish.rendering import Entry, Letter, Nearby, Section, joined
from mediafeed.publish.theme import default_theme
from tests.publish.pages_read import harm_in
from tests.publish.shelf import INES, JAPAN, OLUMIDE, SITE, TIDES, credit, episode

PEOPLE = {OLUMIDE.id: OLUMIDE, INES.id: INES}
THEME = default_theme()
EVIL = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'</title></script>"


def page(one: Episode) -> LexborHTMLParser:
    return LexborHTMLParser(raw(one).decode())


def raw(one: Episode) -> bytes:
    notes = Markup(notes_fragment(one).decode())
    return episode_page(one, TIDES, SITE, PEOPLE, THEME, around=Around(notes=notes))


def first(made: LexborHTMLParser, selector: str) -> LexborNode:
    found = made.css_first(selector)
    assert found is not None, selector
    return found


def told(made: LexborHTMLParser) -> dict[str, Any]:
    """Give the JSON-LD that describes what the page is about."""
    facts: dict[str, Any] = orjson.loads(first(made, "script:not([src])").text())["@graph"][0]
    return facts


def hrefs(made: LexborHTMLParser) -> list[str]:
    return [node.attributes.get("href") or "" for node in made.css("main a")]


def test_the_publishers_page_is_linked_before_any_audio():
    made = page(episode(33))

    links = [href for href in hrefs(made) if href.startswith("http")]
    assert links[0] == "https://tides.example/episodes/33"
    assert first(made, "audio").attributes["preload"] == "none"
    assert first(made, "audio").attributes["src"] == "https://cdn.example/tides/33.mp3"


def test_the_page_says_who_speaks_and_shows_the_evidence():
    made = page(episode(33))

    said = first(made, "dl.credits").text()
    assert "Dr" in said
    assert "Olumide Vance" in said
    assert "Harbour College" in said
    assert "../../../people/olumide-vance/" in hrefs(made)
    assert [node.text() for node in made.css("q")] == ["Inês Carrow asks", "asks Olumide Vance"]


def test_a_length_and_a_date_come_with_their_witness():
    one = episode(33, duration=Duration(2880, DurationOrigin.STATED, 30), date_precision=DatePrecision.DAY)
    evidence = first(page(one), "dl.evidence").text()

    assert "stated in words by the publisher, right to within 30 s" in evidence
    assert "no time of day is given" in evidence
    assert first(page(one), "time").attributes["datetime"] == "2022-10-24"


def test_the_page_of_an_undated_episode_says_that_the_date_is_ours_and_quotes_what_was_no_date():
    said = (Element("pubDate", "in spring"),)
    made = page(episode(33, published=None, date_precision=DatePrecision.NONE, extras=said))

    assert 'no usable date is given ("in spring"): the day we first heard of it' in first(made, "dl.evidence").text()
    assert "datePublished" not in (made.html or "")


def test_other_sources_are_named_and_linked():
    heard = (
        *episode(1).hearings,
        Hearing(source="blog", key="b", guid=None, page="https://b.example/p", enclosure=None),
    )

    assert "https://b.example/p" in hrefs(page(episode(1, hearings=heard)))


def test_an_episode_without_audio_says_so():
    made = page(episode(1, enclosure=None, duration=None))

    assert made.css_first("audio") is None
    assert "No source says where the audio is" in first(made, "main").text()


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:audio/mpeg,x", "//a.example/1.mp3", "file:///a.mp3", "a.mp3"]
)
def test_audio_and_pages_that_are_no_web_addresses_are_not_linked(url: str):
    one = episode(
        1,
        enclosure=Enclosure(url, "audio/mpeg", 1),
        page=url,
        transcripts=(url,),
        extras=(),
        hearings=(Hearing(source="s", key="k", guid=None, page=url, enclosure=url),),
    )

    assert list(harm_in(raw(one))) == []
    assert url.encode() not in raw(one)


def evil_episode() -> Episode:
    bad = replace(credit(OLUMIDE, Role.GUEST, EVIL), name=EVIL, affiliation=EVIL, honorific=EVIL)
    chapters = Element(
        "psc:chapters", children=(Element("psc:chapter", attributes=(("start", EVIL), ("title", EVIL))),)
    )
    return episode(
        1, title=EVIL, summary=EVIL, notes=EVIL, credits=(bad,), flags=(EVIL,), keywords=(EVIL,), extras=(chapters,)
    )


def test_hostile_words_stay_words_on_every_page():
    one, show, person = (
        evil_episode(),
        replace(TIDES, title=EVIL, author=EVIL, summary=EVIL),
        replace(OLUMIDE, name=EVIL),
    )
    people = {person.id: person}
    rows = joined([pages.row(one, show, SITE, people)], "../../")
    sections = [Section(heading=EVIL, years=[("2022", rows)])]
    entries = [Entry(path="people/x/", name=EVIL, about=EVIL)]
    letters = [Letter(name="a", entries=entries, path="people/letter/a/")]
    belongs = [Belonging(words=EVIL, first="2021", last="2022", count=2)]
    nearby = Nearby(older="page/1/")
    site = replace(SITE, title=EVIL, description=EVIL)
    view = replace(JAPAN, title=EVIL, description=EVIL)
    listed: dict[str, Any] = {"sections": sections, "nearby": nearby}
    made = [
        episode_page(one, show, site, people, THEME, around=Around(older=rows, newer=rows, elsewhere=[(person, rows)])),
        pages.show_page(show, site, THEME, count=1, **listed),
        pages.person_page(person, site, THEME, about=EVIL, belongs=belongs, companions=[(person, 2)], **listed),
        pages.view_page(view, site, THEME, count=1, **listed),
        pages.latest_page(site, THEME, count=1, **listed),
        pages.shows_page(entries, site, THEME),
        pages.people_page(site, THEME, count=1, most_heard=entries, letters=letters),
        pages.letter_page(letters[0], site, THEME, letters=letters, number=1, nearby=nearby),
        pages.older_page(
            EVIL, site, THEME, here="shows/x/page/1/", back="shows/x/", number=1, years=[("2022", rows)], nearby=nearby
        ),
        pages.home_page(site, THEME, count=1, newest=rows, shows=entries, people=entries, views=entries),
        pages.missing_page(site, THEME),
    ]

    for one_page in made:
        assert list(harm_in(one_page)) == []


def test_json_ld_cannot_be_ended_by_what_it_says():
    made = page(episode(1, title="</script><script>alert(1)</script> \u2028 &"))

    scripts = made.css("script:not([src])")
    assert len(scripts) == 1
    assert orjson.loads(scripts[0].text())["@graph"][0]["name"] == "</script><script>alert(1)</script> \u2028 &"


def test_json_ld_names_people_with_their_roles():
    facts = told(page(episode(33)))

    assert facts["@type"] == "PodcastEpisode"
    assert facts["duration"] == "PT2913S"
    assert [(one["roleName"], one["actor"]["name"]) for one in facts["actor"]] == [
        ("host", "Inês Carrow"),
        ("guest", "Olumide Vance"),
    ]


def test_hidden_people_are_on_no_page():
    people = {OLUMIDE.id: replace(OLUMIDE, hidden=True), INES.id: INES}
    one = episode(1, notes="", summary="")
    made = episode_page(one, TIDES, SITE, people, THEME, around=Around())

    assert b"Vance" not in made
    assert b"vance" not in pages.row(one, TIDES, SITE, people)


def test_names_are_isolated_and_titles_find_their_direction():
    made = page(episode(1, title="العربية \u202eabc"))

    assert first(made, "h1").attributes["dir"] == "auto"
    assert len(made.css("dl.credits a > bdi")) == len(made.css("dl.credits a")) == 2


def test_template_signs_of_strangers_stay_as_they_are():
    assert "{{ 7*7 }}" in first(page(episode(1, title="{{ 7*7 }} {% x %}")), "h1").text()


def test_a_lone_surrogate_costs_a_question_mark_and_not_the_page():
    assert "How ? ports" in first(page(episode(1, title="How \ud800 ports")), "h1").text()


def test_a_row_fits_into_pages_of_any_depth():
    row = pages.row(episode(1, title='="~/x"'), TIDES, SITE, PEOPLE)
    made = LexborHTMLParser(f"<ol>{joined([row], '../../')}</ol>")

    assert first(made, "a.title").attributes["href"] == "../../episodes/tides/how-ports-change-1/"
    assert first(made, "a.title").text() == '="~/x"'


def test_the_404_page_links_from_the_root_of_the_host():
    made = LexborHTMLParser(pages.missing_page(replace(SITE, url="https://a.example/pods"), THEME).decode())

    assert first(made, "link").attributes["href"] == "/pods/assets/style.css"


def test_words_that_tell_of_two_people_are_quoted_once():
    said = "Ines Duarte speaks to Olumide."
    two = (credit(INES, Role.HOST, quote=said), credit(OLUMIDE, Role.GUEST, quote=said))
    made = page(replace(episode(33), credits=two))

    assert [node.text() for node in made.css("dl.evidence q")] == [said]
    assert [node.text() for node in first(made, "dl.evidence div").css("dt")] == [
        f"{INES.name}, host",
        f"{OLUMIDE.name}, guest",
    ]


def test_pictures_of_a_locked_show_are_linked_nowhere():
    linked = Pictured(Pictures.LINK)
    person = replace(OLUMIDE, image="https://tides.example/olumide.jpg")
    for locked in (False, True):
        show = replace(TIDES, image="https://tides.example/cover.jpg", locked=locked)
        people = {person.id: person, INES.id: INES}
        made = (
            episode_page(episode(33), show, SITE, people, THEME, around=Around(pictures=linked)),
            pages.show_page(show, SITE, THEME, count=1, sections=(), nearby=Nearby(), pictures=linked),
        )
        assert [len(LexborHTMLParser(one.decode()).css("img")) for one in made] == ([0, 0] if locked else [2, 1])


def test_those_whom_tags_alone_name_stand_together_and_a_crowd_is_not_offered_one_by_one():
    tagged = [
        replace(credit(OLUMIDE, Role.GUEST, f"Guest {place}"), name=f"Guest {place}", person=f"guest-{place}")
        for place in range(12)
    ]
    made = page(episode(33, credits=tuple(tagged)))

    (known,) = made.css(".evidence > div:first-child")
    assert (len(known.css("dt")), len(known.css("dd")), len(known.css("q"))) == (12, 1, 0)
    offered = [one.text() for one in made.css("section[aria-labelledby=subscribe] li")]
    assert len(offered) == 10
    assert offered[-1] == "and of 4 others, on the page of each"
