"""What the store holds of shows and episodes, in the words that readers are asked in."""

from collections.abc import Iterator, Mapping
from typing import Any

from mediafeed.assemble import Mediafeed
from mediafeed.model.episode import Episode, Person, Show
from mediafeed.model.parsed import Element, named
from mediafeed.model.settings import Site
from mediafeed.publish.hiding import name_words
from mediafeed.publish.podcast_namespace import chapters_url, is_hidden, persons, podcast_guid

Facts = dict[str, Any]


def episodes(house: Mediafeed) -> Iterator[Facts]:
    """Give the facts of every episode that belongs into the merged feed, newest first; "enclosure" None: JSON alone."""
    shows = {show.id: show for show in house.store.shows() if not show.blocked}
    people = {person.id: person for person in house.store.persons()}
    ids = [row.id for row in house.store.index() if not row.blocked and row.show in shows]
    for episode in house.store.episodes(ids):
        yield _facts(episode, shows[episode.show], people, house.config.site)


def subscriptions(house: Mediafeed) -> list[Facts]:
    """Give what the OPML tells of each show: its own feed, else ours."""
    site = house.config.site
    held = {row.show for row in house.store.index() if not row.blocked}
    shows = [show for show in house.store.shows() if show.id in held and not show.blocked]
    told: list[Facts] = []
    for show in sorted(shows, key=lambda show: show.link is None):
        own = show.feed_url if _is_web(show.feed_url) and show.feed_url not in {one["guid"] for one in told} else None
        told.append({"title": show.title, "guid": own or f"{site.url}/shows/{show.id}/feed.xml", "enclosure": None})
    return told


def references(house: Mediafeed) -> list[Facts]:
    """Give what list.xml should refer to, newest first: episodes that a feed carries."""
    shows = {show.id: show for show in house.store.shows() if not show.blocked}
    ids = [row.id for row in house.store.index() if not row.blocked and row.show in shows]
    return [
        {
            "feedGuid": shows[episode.show].guid or podcast_guid(shows[episode.show].feed_url or ""),
            "feedUrl": shows[episode.show].feed_url,
            "itemGuid": episode.guid,
        }
        for episode in house.store.episodes(ids)
        if episode.guid and (shows[episode.show].guid or shows[episode.show].feed_url)
    ]


def _is_web(address: str | None) -> bool:
    return address is not None and address.lower().startswith(("http://", "https://"))


def _facts(episode: Episode, show: Show, people: Mapping[str, Person], site: Site) -> Facts:
    audio = episode.enclosure if episode.enclosure and _is_web(episode.enclosure.url) else None
    told = named(episode.extras, "podcast:transcript")
    thumbnails = (*named(episode.extras, "media:thumbnail"), *_inside(episode.extras, "media:group", "media:thumbnail"))
    return {
        "title": episode.title,
        "guid": episode.published_guid,
        "link": episode.page if _is_web(episode.page) else f"{site.url}/episodes/{episode.path}/",
        "enclosure": audio.url if audio else None,
        "length": audio.length if audio else None,
        "type": audio.media_type if audio else None,
        "duration": episode.duration.seconds if episode.duration else None,
        "date": int(episode.dated.timestamp()),
        "number": episode.number or None,
        "season": episode.season or None,
        "kind": episode.kind.value,
        "explicit": bool(show.explicit if episode.explicit is None else episode.explicit),
        "image": None if show.locked else episode.image or show.image,
        "persons": [_person(element) for element in persons(episode, show, people)],
        "credits": [
            [sorted(name_words(credit.name)), credit.role.value]
            for credit in episode.credits
            if not is_hidden(credit, people)
        ],
        "transcripts": list(dict.fromkeys([*(one.get("url") for one in told), *episode.transcripts])),
        "chapters": next(
            (one.get("url") for one in named(episode.extras, "podcast:chapters")), chapters_url(episode, site.url)
        ),
        "thumbnails": [one.get("url") for one in thumbnails],
    }


def _inside(elements: tuple[Element, ...], outer: str, inner: str) -> Iterator[Element]:
    return (child for group in named(elements, outer) for child in group.all(inner))


def _person(element: Element) -> list[str | None]:
    # The namespace: host and cast, if nothing is said.
    role, group = (element.get(name, default) for name, default in (("role", "host"), ("group", "cast")))
    return [element.text, role, group, element.get("href") or None, element.get("img") or None]
