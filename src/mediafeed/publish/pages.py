"""Pages with lists: facts in, HTML out. Links are relative, so that the tree works wherever it is put."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from mediafeed.model.episode import Episode, Person, Show
from mediafeed.model.settings import Site, View
from mediafeed.publish import jsonld
from mediafeed.publish.company import Belonging
from mediafeed.publish.html import harmless
from mediafeed.publish.pictures import Pictured
from mediafeed.publish.rendering import (
    ROW_ROOT,
    Entry,
    Letter,
    Nearby,
    Section,
    credits_by_role,
    rendered,
    shown_credits,
)
from mediafeed.publish.safe_links import safe_link
from mediafeed.publish.theme import Theme, default_theme
from mediafeed.publish.timeline import Timeline

NOT_PICTURED = Pictured()
COMPANIONS = 24  # people somebody spoke with, as many as a page names


def row(episode: Episode, show: Show, site: Site, people: Mapping[str, Person], theme: Theme | None = None) -> bytes:
    """Render one episode as an `<li>` for the lists."""
    credits_ = credits_by_role(shown_credits(episode, people))
    facts = {"episode": episode, "show": show, "credits": credits_, "root": ROW_ROOT}
    return rendered("row.html", site, theme or default_theme(), facts)


def show_page(
    show: Show,
    site: Site,
    theme: Theme,
    *,
    count: int,
    sections: Sequence[Section],
    nearby: Nearby,
    drawn: Timeline | None = None,
    pictures: Pictured = NOT_PICTURED,
) -> bytes:
    """Render a show's page; `drawn` is when it published."""
    trail = (("Shows", "shows/"), (show.title, f"shows/{show.id}/"))
    facts = {
        "show": show,
        "summary": harmless(show.summary),
        "page": safe_link(show.link),
        "feed": safe_link(show.feed_url),
        "image": pictures.of_show(show, "../../"),
        "count": count,
        "drawn": drawn,
        "sections": sections,
        "nearby": nearby,
        "jsonld": jsonld.script(jsonld.show_facts(show, site), jsonld.breadcrumb(site, *trail)),
        "root": "../../",
        "here": f"shows/{show.id}/",
    }
    return rendered("show.html", site, theme, facts)


def person_page(
    person: Person,
    site: Site,
    theme: Theme,
    *,
    about: str,
    sections: Sequence[Section],
    nearby: Nearby,
    belongs: Sequence[Belonging] = (),
    companions: Sequence[tuple[Person, int]] = (),
    drawn: Timeline | None = None,
    pictures: Pictured = NOT_PICTURED,
) -> bytes:
    """Render a person's page: every appearance, by role and year, over all shows; where they belong; with whom."""
    trail = (("People", "people/"), (person.name, f"people/{person.id}/"))
    facts = {
        "person": person,
        "page": safe_link(person.href),
        "image": pictures.of_person(person, "../../"),
        "about": about,
        "belongs": belongs,
        "companions": companions[:COMPANIONS],
        "others": len(companions[COMPANIONS:]),
        "drawn": drawn,
        "sections": sections,
        "nearby": nearby,
        "jsonld": jsonld.script(jsonld.person_facts(person, site), jsonld.breadcrumb(site, *trail)),
        "root": "../../",
        "here": f"people/{person.id}/",
    }
    return rendered("person.html", site, theme, facts)


def view_page(
    view: View, site: Site, theme: Theme, *, count: int, sections: Sequence[Section], nearby: Nearby
) -> bytes:
    """Render a view's page."""
    facts = {
        "view": view,
        "count": count,
        "sections": sections,
        "nearby": nearby,
        "jsonld": jsonld.script(jsonld.breadcrumb(site, (view.title, f"views/{view.id}/"))),
        "root": "../../",
        "here": f"views/{view.id}/",
    }
    return rendered("view.html", site, theme, facts)


def latest_page(site: Site, theme: Theme, *, count: int, sections: Sequence[Section], nearby: Nearby) -> bytes:
    """Render the list of all episodes, the newest of them."""
    facts = {
        "count": count,
        "sections": sections,
        "nearby": nearby,
        "jsonld": jsonld.script(jsonld.breadcrumb(site, ("Episodes", "latest/"))),
        "root": "../",
        "here": "latest/",
    }
    return rendered("latest.html", site, theme, facts)


def people_page(
    site: Site, theme: Theme, *, count: int, most_heard: Sequence[Entry], letters: Sequence[Letter]
) -> bytes:
    """Render the index of persons. Letters that have pages of their own are linked, others stand here."""
    facts = {
        "count": count,
        "most_heard": most_heard,
        "letters": letters,
        "jsonld": jsonld.script(jsonld.breadcrumb(site, ("People", "people/"))),
        "root": "../",
        "here": "people/",
    }
    return rendered("people.html", site, theme, facts)


def letter_page(
    letter: Letter, site: Site, theme: Theme, *, letters: Sequence[Letter], number: int, nearby: Nearby
) -> bytes:
    """Render the persons of one letter, or a part of them."""
    facts = {
        "letter": letter,
        "letters": letters,
        "number": number,
        "nearby": nearby,
        "root": "../" * letter.path.count("/"),
        "here": letter.path,
    }
    return rendered("letter.html", site, theme, facts)


def shows_page(entries: Sequence[Entry], site: Site, theme: Theme) -> bytes:
    """Render the index of shows."""
    facts = {
        "entries": entries,
        "jsonld": jsonld.script(jsonld.breadcrumb(site, ("Shows", "shows/"))),
        "root": "../",
        "here": "shows/",
    }
    return rendered("shows.html", site, theme, facts)


def older_page(
    title: str,
    site: Site,
    theme: Theme,
    *,
    here: str,
    back: str,
    number: int,
    years: Sequence[tuple[str, Markup]],
    nearby: Nearby,
) -> bytes:
    """Render a page of a long list that no longer changes. `here` and `back` are paths from the root."""
    facts = {
        "title": title,
        "number": number,
        "sections": [Section(heading="Episodes", years=years)],
        "nearby": nearby,
        "root": "../" * here.count("/"),
        "here": here,
        "back": back,
    }
    return rendered("older.html", site, theme, facts)


def home_page(
    site: Site,
    theme: Theme,
    *,
    count: int,
    newest: Markup,
    shows: Sequence[Entry],
    people: Sequence[Entry],
    views: Sequence[Entry],
) -> bytes:
    """Render the first page: the newest episodes, the shows heard last, the people heard most."""
    facts = {
        "count": count,
        "newest": newest,
        "shows": shows,
        "people": people,
        "views": views,
        "jsonld": jsonld.script(jsonld.site_facts(site)),
        "root": "./",
        "here": "",
    }
    return rendered("home.html", site, theme, facts)


def missing_page(site: Site, theme: Theme) -> bytes:
    """Render what a visitor sees where there is nothing. It stands at any depth, so its links start at the host."""
    path = site.url.partition("://")[2].partition("/")[2].strip("/")
    return rendered("404.html", site, theme, {"root": f"/{path}/" if path else "/", "here": ""})


def moved_page(now: str, site: Site, theme: Theme) -> bytes:
    """Render what stands at the address of an episode that is part of another now, three folders deep like all."""
    return rendered("moved.html", site, theme, {"root": "../../../", "here": f"episodes/{now}/"})
