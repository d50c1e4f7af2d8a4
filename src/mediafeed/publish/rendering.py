"""From facts to bytes: what all pages share.

`root` is the way from a page to the root of the tree ("../../"). Rows are rendered once and stand on pages of
any depth: they carry "~/" instead, which `joined` replaces.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from jinja2 import TemplateError
from markupsafe import Markup

from mediafeed.errors import PublishError
from mediafeed.model.episode import Credit, Episode, Person, Role
from mediafeed.model.settings import Site
from mediafeed.publish import wording
from mediafeed.publish.podcast_namespace import is_hidden
from mediafeed.publish.safe_links import host_shown, safe_link
from mediafeed.publish.subscribing import handovers
from mediafeed.publish.theme import Theme

ROW_ROOT: Final = "~/"
_ROLES: Final = (Role.GUEST, Role.GUEST_HOST, Role.HOST)


@dataclass(frozen=True, slots=True)
class Nearby:
    """Where a page of a long list stands: addresses of the pages with newer and older episodes."""

    newer: str | None = None
    older: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A headed part of a list of episodes. `years` are (year, rendered rows with the root in place)."""

    heading: str
    years: Sequence[tuple[str, Markup]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of a list of shows, views or persons: address relative to the root, name, what there is, a picture."""

    path: str
    name: str
    about: str
    picture: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A part of an alphabetical list. `path` is that of its own page from the root, "" where it has none."""

    name: str
    entries: Sequence[Entry] = field(default=())
    path: str = ""


def joined(rows: Iterable[bytes], root: str) -> Markup:
    """Put rows together for a page that deep in the tree."""
    # No text in a row can hold a bare quotation mark: only our own links match.
    text = b"\n".join(rows).replace(b'="' + ROW_ROOT.encode(), b'="' + root.encode())
    return Markup(text.decode())  # noqa: S704 - rendered by `row`


def rendered(template: str, site: Site, theme: Theme, facts: Mapping[str, Any]) -> bytes:
    """Render one page.

    Raises:
        PublishError: The template cannot be rendered: file and line, and why.
    """
    page = theme.environment.get_template(template)
    given = {"wording": wording, "host_shown": host_shown, "safe_link": safe_link, "handovers": handovers}
    try:
        text = page.render(site=site, **given, **facts)
    except (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise PublishError(f"{theme.place_of(error, template)}: {error}") from error
    # A lone surrogate cannot be written: a question mark stands for it.
    return text.encode("utf-8", "replace")


def shown_credits(episode: Episode, people: Mapping[str, Person]) -> tuple[Credit, ...]:
    """Give the credits of those who are not hidden."""
    return tuple(credit for credit in episode.credits if not is_hidden(credit, people))


def credits_by_role(shown: Sequence[Credit]) -> list[tuple[Role, list[Credit]]]:
    """Give credits under their roles, guests first; roles nobody has are left out."""
    groups = ((role, [credit for credit in shown if credit.role is role]) for role in _ROLES)
    return [(role, group) for role, group in groups if group]
