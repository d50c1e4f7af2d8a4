"""JSON-LD: what a page says, for search engines."""

from collections.abc import Mapping
from typing import Any

import orjson
from markupsafe import Markup

from mediafeed.model.episode import Credit, Episode, Person, Role, Show
from mediafeed.model.settings import Site
from mediafeed.publish.organisations import belongs_to
from mediafeed.publish.podcast_namespace import is_hidden
from mediafeed.publish.safe_links import safe_link
from mediafeed.publish.wording import machine_date
from mediafeed.publish.xml_text import legal

Facts = dict[str, Any]

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def script(*facts: Facts) -> Markup:
    r"""Give facts as text for a script element, which nothing in them can end; several stand side by side.

    >>> script({"name": "</script>"})
    Markup('{"@context":"https://schema.org","@graph":[{"name":"\\u003c/script\\u003e"}]}')
    """
    text = orjson.dumps({"@context": "https://schema.org", "@graph": _legal(facts)}).decode()
    for sign, escaped in _ESCAPES.items():
        text = text.replace(sign, escaped)
    return Markup(text)  # noqa: S704 - nothing is left in it that HTML could read


def breadcrumb(site: Site, *trail: tuple[str, str]) -> Facts:
    """Say where a page stands: (name, path from the root) of each step from the first page, which is not named."""
    steps = ((site.title, ""), *trail)
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": f"{site.url}/{path}"}
            for place, (name, path) in enumerate(steps, 1)
        ],
    }


def site_facts(site: Site) -> Facts:
    """Describe the whole site."""
    return _said(
        {
            "@type": "WebSite",
            "@id": f"{site.url}/",
            "url": f"{site.url}/",
            "name": site.title,
            "description": site.description or None,
            "inLanguage": site.language,
        }
    )


def episode_facts(episode: Episode, show: Show, site: Site, people: Mapping[str, Person]) -> Facts:
    """Describe an episode as a schema.org PodcastEpisode.

    schema.org knows no guest: everybody heard is an actor in a PerformanceRole that names the role, and hosts are its
    authors besides.
    """
    ours = f"{site.url}/episodes/{episode.path}/"
    shown = [credit for credit in episode.credits if not is_hidden(credit, people)]
    facts: Facts = {
        "@type": "PodcastEpisode",
        "@id": ours,
        "url": safe_link(episode.page) or ours,
        "mainEntityOfPage": ours,
        "name": episode.title,
        "description": episode.summary[:500] or None,
        "datePublished": machine_date(episode) if episode.published else None,
        "episodeNumber": episode.number,
        "inLanguage": show.language,
        "duration": f"PT{episode.duration.seconds}S" if episode.duration else None,
        "partOfSeries": {"@type": "PodcastSeries", "name": show.title, "url": f"{site.url}/shows/{show.id}/"},
        "author": [_named(credit, site) for credit in shown if credit.role is Role.HOST] or None,
        "actor": [
            {"@type": "PerformanceRole", "roleName": credit.role.value, "actor": _named(credit, site)}
            for credit in shown
        ]
        or None,
    }
    if (audio := episode.enclosure) and (address := safe_link(audio.url)):
        facts["associatedMedia"] = _said(
            {
                "@type": "AudioObject",
                "contentUrl": address,
                "encodingFormat": audio.media_type or None,
                "contentSize": str(audio.length) if audio.length else None,
                "duration": facts["duration"],
            }
        )
    return _said(facts)


def show_facts(show: Show, site: Site) -> Facts:
    """Describe a show as a schema.org PodcastSeries."""
    ours = f"{site.url}/shows/{show.id}/"
    return _said(
        {
            "@type": "PodcastSeries",
            "@id": ours,
            "url": safe_link(show.link) or ours,
            "name": show.title,
            "description": show.summary[:500] or None,
            "webFeed": safe_link(show.feed_url) or f"{ours}feed.xml",
            "inLanguage": show.language,
            "author": {"@type": "Organization", "name": show.author} if show.author else None,
        }
    )


def person_facts(person: Person, site: Site) -> Facts:
    """Describe a person as a schema.org Person."""
    return _said(
        {
            "@type": "Person",
            "@id": f"{site.url}/people/{person.id}/",
            "url": f"{site.url}/people/{person.id}/",
            "name": person.name,
            "alternateName": list(person.aliases) or None,
            "sameAs": safe_link(person.href),
        }
    )


def _named(credit: Credit, site: Site) -> Facts:
    same = {"url": f"{site.url}/people/{credit.person}/"} if credit.person else {}
    return {"@type": "Person", "name": credit.name} | same | _belonging(credit)


def _belonging(credit: Credit) -> Facts:
    """Say where somebody belongs, if the affiliation names an organisation; the rest of it is for people to read."""
    belongs = belongs_to(credit.affiliation or "")
    if belongs is None:
        return {}
    return _said(
        {"jobTitle": belongs.title, "affiliation": {"@type": "Organization", "name": belongs.organisation}},
    )


def _said(facts: Facts) -> Facts:
    return {name: value for name, value in facts.items() if value is not None}


def _legal(value: Any) -> Any:
    """Put U+FFFD for what no text may hold, however deep it stands."""
    match value:
        case dict():
            return {name: _legal(inner) for name, inner in value.items()}
        case list() | tuple():
            return [_legal(inner) for inner in value]
        case _:
            return legal(value)
