"""What is published: the light index of episodes, rendered fragments, documents."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mediafeed.model.parsed import Element


@dataclass(frozen=True, slots=True)
class IndexRow:
    """What publishing must know of an episode without loading it.

    `dated` orders; `day` is that moment's day in its publisher's calendar ("2022-09-21"); `changed_at` is when its
    content last changed; `fingerprint` is that of its facts; `fragment_key` is the key its stored fragments were
    rendered under ("" when none are); `views` those it matched then; `rss_length` is the bytes of its RSS fragment (0:
    it has none, for want of audio or because it was set aside).
    `appearances` are (person id, role) pairs, `also_on` the other shows that published it.
    `chaptered`: its chapters are published beside its page.
    """

    id: str
    show: str
    path: str
    dated: datetime
    day: str
    changed_at: datetime
    blocked: bool
    fingerprint: str
    fragment_key: str
    rss_length: int
    views: tuple[str, ...]
    appearances: tuple[tuple[str, str], ...]
    also_on: tuple[str, ...] = ()
    chaptered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Findable:
    """What an episode is found by, as its page says it: nobody hidden is in `people`. `notes` may be HTML."""

    title: str = ""
    people: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came to: how many episodes there are, the ids of those asked for, the best first.

    `every` says that they have every word that was asked for; else no episode has, and these have some. `words` are
    the words as they were looked for, folded; `people` and `shows` are (id, name) of those whose name has all of them.
    """

    words: tuple[str, ...] = ()
    total: int = 0
    episodes: tuple[str, ...] = ()
    every: bool = True
    people: tuple[tuple[str, str], ...] = ()
    shows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragments:
    """An episode rendered once per change: `rss` an <item> or b"" without audio, `json` an item, `row` an <li>.

    `notes` are its notes as HTML that is harmless.
    """

    episode: str
    key: str
    rss: bytes
    json: bytes
    row: bytes
    views: tuple[str, ...]
    notes: bytes = b""
    findable: Findable = Findable()


@dataclass(frozen=True, slots=True)
class Document:
    """One file to publish. The same `signature`, the same bytes: `render` is called only when it differs.

    `path` is relative to the output folder, with slashes.
    """

    path: str
    signature: str
    render: Callable[[], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHead:
    """A channel of ours. Addresses are absolute; `changed_at` is the time of the last change of any member.

    `archive` are (rel, address) pairs of RFC 5005; `elements` are publishers' own, said word for word beside ours.
    """

    title: str
    link: str
    self_url: str
    description: str
    language: str
    image: str
    author: str
    email: str | None
    categories: tuple[str, ...]
    explicit: bool
    guid: str
    listed: bool
    changed_at: datetime
    json_url: str | None = None
    copyright: str | None = None
    medium: str = "podcast"
    kind: str = "episodic"  # itunes:type
    is_archive: bool = False
    moved_to: str | None = None  # the feed that has taken this one's place
    archive: tuple[tuple[str, str], ...] = ()
    hubs: tuple[str, ...] = ()  # that tell of its changes
    elements: tuple[Element, ...] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did. `set_aside` are (episode id, reason) pairs of items that could not be rendered."""

    written: tuple[str, ...] = ()
    unchanged: int = 0
    removed: tuple[str, ...] = ()
    set_aside: tuple[tuple[str, str], ...] = ()
