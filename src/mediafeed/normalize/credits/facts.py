"""What credits are made from: the words of one episode, and what is known of its show."""

from dataclasses import dataclass

from mediafeed.model.parsed import Element


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What one episode says.

    `description` is plain text. `persons` are its podcast:person elements, `contributors` atom:contributor and
    dc:creator; `cards` are the names on a page's contributor cards. The latter two claim no role.
    """

    title: str
    description: str
    author: str | None = None
    persons: tuple[Element, ...] = ()
    contributors: tuple[Element, ...] = ()
    cards: tuple[str, ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowFacts:
    """What is known of an episode's show.

    `hosts` are configured hosts of every episode, `host_pool` of those that name them; `persons` are the channel's
    podcast:person elements. `description` is plain text.
    """

    title: str
    author: str | None = None
    owner: str | None = None
    description: str = ""
    hosts: tuple[str, ...] = ()
    host_pool: tuple[str, ...] = ()
    persons: tuple[Element, ...] = ()
    language: str | None = None
