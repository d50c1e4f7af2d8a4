"""Pages: facts in, HTML out. Links are relative, so that the tree works wherever it is put.

`root` is the way from a page to the root of the tree ("../../"). Rows are rendered once and stand on pages of
any depth: they carry "~/" instead, which `joined` replaces.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from mediafeed.model.episode import Credit, Episode, Person, Role, Show
from mediafeed.model.parsed import Element, named
from mediafeed.model.settings import Site, View
from mediafeed.publish import jsonld, wording
from mediafeed.publish.html import harmless
from mediafeed.publish.podcast_namespace import is_hidden
from mediafeed.publish.safe_links import host_shown, safe_link
from mediafeed.publish.theme import Theme, default_theme

ROW_ROOT = "~/"
_ROLES = (Role.GUEST, Role.GUEST_HOST, Role.HOST)


@dataclass(frozen=True, slots=True)
class Nearby:
    """Where a page of a long list stands: addresses of the pages with newer and older episodes."""

    newer: str | None = None
    older: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A headed part of a list of episodes. `rows` are rendered rows, root in place."""

    heading: str
    rows: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of a list of shows, views or persons: address relative to the root, name, what there is."""

    path: str
    name: str
    about: str


def row(episode: Episode, show: Show, site: Site, people: Mapping[str, Person], theme: Theme | None = None) -> bytes:
    """Render one episode as an `<li>` for the lists."""
    facts = {"episode": episode, "show": show, "credits": _by_role(episode, people), "root": ROW_ROOT}
    return _page("row.html", site, theme or default_theme(), facts)


def joined(rows: Iterable[bytes], root: str) -> Markup:
    """Put rows together for a page that deep in the tree."""
    # No text in a row can hold a bare quotation mark: only our own links match.
    text = b"\n".join(rows).replace(b'="' + ROW_ROOT.encode(), b'="' + root.encode())
    return Markup(text.decode())  # noqa: S704 - rendered by `row`


def episode_page(
    episode: Episode,
    show: Show,
    site: Site,
    people: Mapping[str, Person],
    theme: Theme,
    *,
    older: Markup,
    newer: Markup,
) -> bytes:
    """Render an episode's page: the publisher's own page first of all, then what we know and how."""
    audio = safe_link(episode.enclosure.url) if episode.enclosure else None
    facts = {
        "episode": episode,
        "show": show,
        "credits": _by_role(episode, people),
        "all_credits": _shown(episode, people),
        "page": safe_link(episode.page),
        "audio": audio,
        "notes": harmless(episode.notes or episode.summary),
        "chapters": _chapters(episode),
        "sources": _sources(episode),
        "transcripts": [link for link in map(safe_link, _transcripts(episode)) if link],
        "older": older,
        "newer": newer,
        "jsonld": jsonld.script(jsonld.episode_facts(episode, show, site, people)),
        "root": "../../../",
        "here": f"episodes/{episode.path}/",
    }
    return _page("episode.html", site, theme, facts)


def show_page(
    show: Show, site: Site, theme: Theme, *, count: int, sections: Sequence[Section], nearby: Nearby
) -> bytes:
    """Render a show's page."""
    facts = {
        "show": show,
        "summary": harmless(show.summary),
        "page": safe_link(show.link),
        "feed": safe_link(show.feed_url),
        "count": count,
        "sections": sections,
        "nearby": nearby,
        "jsonld": jsonld.script(jsonld.show_facts(show, site)),
        "root": "../../",
        "here": f"shows/{show.id}/",
    }
    return _page("show.html", site, theme, facts)


def person_page(
    person: Person,
    site: Site,
    theme: Theme,
    *,
    about: str,
    sections: Sequence[Section],
    nearby: Nearby,
) -> bytes:
    """Render a person's page: every appearance, by role, over all shows."""
    facts = {
        "person": person,
        "page": safe_link(person.href),
        "about": about,
        "sections": sections,
        "nearby": nearby,
        "jsonld": jsonld.script(jsonld.person_facts(person, site)),
        "root": "../../",
        "here": f"people/{person.id}/",
    }
    return _page("person.html", site, theme, facts)


def view_page(
    view: View, site: Site, theme: Theme, *, count: int, sections: Sequence[Section], nearby: Nearby
) -> bytes:
    """Render a view's page."""
    facts = {
        "view": view,
        "count": count,
        "sections": sections,
        "nearby": nearby,
        "root": "../../",
        "here": f"views/{view.id}/",
    }
    return _page("view.html", site, theme, facts)


def people_page(entries: Sequence[Entry], site: Site, theme: Theme) -> bytes:
    """Render the index of persons."""
    return _page("people.html", site, theme, {"entries": entries, "root": "../", "here": "people/"})


def older_page(
    title: str, site: Site, theme: Theme, *, here: str, back: str, number: int, rows: Markup, nearby: Nearby
) -> bytes:
    """Render a page of a long list that no longer changes. `here` and `back` are paths from the root."""
    facts = {
        "title": title,
        "number": number,
        "rows": rows,
        "nearby": nearby,
        "root": "../" * here.count("/"),
        "here": here,
        "back": back,
    }
    return _page("older.html", site, theme, facts)


def home_page(
    site: Site,
    theme: Theme,
    *,
    shows: Sequence[Entry],
    people: Sequence[Entry],
    views: Sequence[Entry],
    sections: Sequence[Section],
    nearby: Nearby,
) -> bytes:
    """Render the first page."""
    facts = {
        "shows": shows,
        "people": people,
        "views": views,
        "sections": sections,
        "nearby": nearby,
        "root": "./",
        "here": "",
    }
    return _page("home.html", site, theme, facts)


def missing_page(site: Site, theme: Theme) -> bytes:
    """Render what a visitor sees where there is nothing. It stands at any depth, so its links start at the host."""
    path = site.url.partition("://")[2].partition("/")[2].strip("/")
    return _page("404.html", site, theme, {"root": f"/{path}/" if path else "/", "here": ""})


def moved_page(now: str, site: Site, theme: Theme) -> bytes:
    """Render what stands at the address of an episode that is part of another now, three folders deep like all."""
    return _page("moved.html", site, theme, {"root": "../../../", "here": f"episodes/{now}/"})


def _page(template: str, site: Site, theme: Theme, facts: Mapping[str, Any]) -> bytes:
    page = theme.environment.get_template(template)
    # A lone surrogate cannot be written: a question mark stands for it.
    return page.render(site=site, wording=wording, host_shown=host_shown, **facts).encode("utf-8", "replace")


def _shown(episode: Episode, people: Mapping[str, Person]) -> tuple[Credit, ...]:
    return tuple(credit for credit in episode.credits if not is_hidden(credit, people))


def _by_role(episode: Episode, people: Mapping[str, Person]) -> list[tuple[Role, list[Credit]]]:
    shown = _shown(episode, people)
    groups = ((role, [credit for credit in shown if credit.role is role]) for role in _ROLES)
    return [(role, group) for role, group in groups if group]


def _chapters(episode: Episode) -> list[tuple[str, str, str | None]]:
    """Give (start, title, link) of the chapters that are meant to be listed."""
    return [
        (wording.clock(int(chapter.start)), chapter.title, safe_link(chapter.href))
        for chapter in episode.marks
        if chapter.listed and chapter.title
    ]


def _transcripts(episode: Episode) -> list[str]:
    held: tuple[Element, ...] = named(episode.elements, "podcast:transcript")
    return list(dict.fromkeys((*episode.transcripts, *(element.get("url") for element in held))))


def _sources(episode: Episode) -> list[tuple[str, str | None]]:
    """Give (source, its page if it is another than the one linked first) for every source that knows the episode."""
    first = safe_link(episode.page)
    return [
        (hearing.source, None if (link := safe_link(hearing.page)) == first else link) for hearing in episode.hearings
    ]
