"""JSON-LD: what a page says, for search engines."""

from collections.abc import Mapping
from typing import Any

import orjson
from markupsafe import Markup

from mediafeed.model.episode import Episode, Person, Show
from mediafeed.model.settings import Site
from mediafeed.publish.podcast_namespace import is_hidden
from mediafeed.publish.safe_links import safe_link
from mediafeed.publish.wording import machine_date
from mediafeed.publish.xml_text import legal

Facts = dict[str, Any]

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def script(facts: Facts) -> Markup:
    r"""Give facts as text for a script element, which nothing in them can end.

    >>> script({"name": "</script>"})
    Markup('{"name":"\\u003c/script\\u003e"}')
    """
    text = orjson.dumps(facts).decode()
    for sign, escaped in _ESCAPES.items():
        text = text.replace(sign, escaped)
    return Markup(text)  # noqa: S704 - nothing is left in it that HTML could read


def episode_facts(episode: Episode, show: Show, site: Site, people: Mapping[str, Person]) -> Facts:
    """Describe an episode as a schema.org PodcastEpisode; the role of a person is a PerformanceRole."""
    ours = f"{site.url}/episodes/{episode.path}/"
    facts: Facts = {
        "@context": "https://schema.org",
        "@type": "PodcastEpisode",
        "@id": ours,
        "url": safe_link(episode.page) or ours,
        "name": episode.title,
        "description": episode.summary[:500] or None,
        "datePublished": machine_date(episode) if episode.published else None,
        "episodeNumber": episode.number,
        "inLanguage": show.language,
        "duration": f"PT{episode.duration.seconds}S" if episode.duration else None,
        "partOfSeries": {"@type": "PodcastSeries", "name": show.title, "url": f"{site.url}/shows/{show.id}/"},
        "actor": [
            {
                "@type": "PerformanceRole",
                "roleName": credit.role.value,
                "actor": {"@type": "Person", "name": credit.name} | _address(credit.person, site),
            }
            for credit in episode.credits
            if not is_hidden(credit, people)
        ]
        or None,
    }
    if (audio := episode.enclosure) and (address := safe_link(audio.url)):
        facts["associatedMedia"] = {"@type": "AudioObject", "contentUrl": address, "encodingFormat": audio.media_type}
    return _said(facts)


def show_facts(show: Show, site: Site) -> Facts:
    """Describe a show as a schema.org PodcastSeries."""
    ours = f"{site.url}/shows/{show.id}/"
    return _said(
        {
            "@context": "https://schema.org",
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
            "@context": "https://schema.org",
            "@type": "Person",
            "@id": f"{site.url}/people/{person.id}/",
            "url": f"{site.url}/people/{person.id}/",
            "name": person.name,
            "alternateName": list(person.aliases) or None,
            "sameAs": safe_link(person.href),
        }
    )


def _address(person: str, site: Site) -> Facts:
    return {"url": f"{site.url}/people/{person}/"} if person else {}


def _said(facts: Facts) -> Facts:
    return {name: legal(value) for name, value in facts.items() if value is not None}
