"""What is polled, and what a visit brought back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mediafeed.model.terms import NO_TERMS, Freshness, Terms


class SourceKind(StrEnum):
    """What stands behind a source's address."""

    PODCAST = "podcast"  # a podcast feed, or a page that a podcast feed stands behind
    SITE = "site"  # a site's feed: an item without audio that looks like an episode is read from its page
    PAGE = "page"  # one web page about one episode (a blog post)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An address we poll, as configured. Exactly one of `url` and `find` is needed.

    `hosts` are hosts of every episode, `host_pool` only of those that name them; `shows` are titles of other shows
    that this source carries beside its own. `timezone` is an IANA name; a date of exactly midnight there is a day.
    `auth` is `env:NAME` or `file:PATH`, never the secret itself.
    """

    id: str
    url: str | None = None
    find: str | None = None
    title: str | None = None
    kind: SourceKind = SourceKind.PODCAST
    hosts: tuple[str, ...] = ()
    host_pool: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    timezone: str | None = None
    language: str | None = None
    every: timedelta | None = None
    auth: str | None = None
    repaired: bool = False  # published alone as well, with what it lacks repaired


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask again with. RFC 9110, 8.8: both go back byte for byte."""

    etag: str | None = None
    last_modified: str | None = None

    def __bool__(self) -> bool:
        """Say whether there is anything to ask with."""
        return self.etag is not None or self.last_modified is not None


class FailureKind(StrEnum):
    """Why a visit brought nothing. The value is what `status` prints and JSON carries."""

    REFUSED = "refused"  # our guard said no to the address
    BAD_ADDRESS = "bad address"
    DNS = "name not found"
    CONNECT = "cannot connect"
    TLS = "certificate or TLS error"
    TIMEOUT = "too slow"
    TOO_LARGE = "too large"
    BAD_RESPONSE = "broken response"
    REDIRECTS = "too many redirects"
    BLOCKED = "blocked"  # 401, 403, 451
    MISSING = "not there"  # 404
    GONE = "gone"  # 410
    BUSY = "asked to wait"  # 429, 503
    SERVER = "server error"  # 5xx
    STATUS = "unexpected status"
    NOT_A_FEED = "not a feed"
    EMPTY = "empty"
    MALFORMED = "malformed"
    HOSTILE = "hostile document"  # entity bombs, depth, attributes, sizes
    ENCODING = "unknown encoding"
    OURSELVES = "our own feed"
    OTHER_SHOW = "another show"  # title and every episode are others: held until the operator says which it is
    ROBOTS = "closed to robots"  # robots.txt keeps programs from a page (never asked of a feed's own address)
    NOT_FOUND = "no feed found"  # behind a page, or in the directory
    INTERNAL = "internal error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A 200. `body` is decoded (gzip undone) and never larger than the cap; `url` is where it came from in the end.

    `moved_to` is set when every hop of the redirect chain was permanent (301, 308).
    """

    url: str
    body: bytes
    content_type: str
    validators: Validators
    freshness: Freshness
    at: datetime
    elapsed: float
    moved_to: str | None = None
    hub: str | None = None  # the first rel=hub of its Link headers
    topic: str | None = None  # their rel=self
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """A 304. `validators` are those to ask with from now on; `moved_to` as in `Fetched`."""

    url: str
    validators: Validators
    freshness: Freshness
    at: datetime
    elapsed: float
    moved_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """No answer to use. `retry_after` is the time before which the server (its whole host) wants no request.

    `url` is the address that was asked last, after redirects: its host is the one that wants to be left alone.
    """

    kind: FailureKind
    detail: str
    at: datetime
    elapsed: float = 0.0
    status: int | None = None
    retry_after: datetime | None = None
    url: str = ""


FetchResult = Fetched | NotModified | Failed


class Outcome(StrEnum):
    """What a visit came to."""

    NEW = "new"  # an episode was new
    MODIFIED = "modified"  # an episode or the show itself was modified, none was new
    UNCHANGED = "unchanged"  # a 200 that said nothing new
    NOT_MODIFIED = "not modified"  # a 304
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One poll of one source, as remembered. `next_visit` and `why` are what pacing chose."""

    source: str
    at: datetime
    outcome: Outcome
    next_visit: datetime | None  # None: never again by itself (410)
    why: str
    kind: FailureKind | None = None
    detail: str = ""
    status: int | None = None
    elapsed: float = 0.0
    length: int = 0
    new: int = 0
    modified: int = 0
    unchanged: int = 0
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What is remembered of a source beside its episodes.

    `address` is the feed found behind `Source.url` or for `Source.find` (None until one is found, or when the
    configured address is the feed itself); validators belong to `address or Source.url` and to one `reader` version.
    """

    id: str
    address: str | None = None
    found_by: str = ""  # in words: "link rel=alternate on https://…", "directory: Geostrategy360 by Council on …"
    validators: Validators = Validators()
    body_hash: str = ""
    head_hash: str = ""
    reader: str = ""
    last_visit: Visit | None = None
    last_success: datetime | None = None
    next_visit: datetime | None = None
    asked: datetime | None = None  # when the last visit began, whether it ended or not
    why: str = ""
    failures: int = 0
    failing_since: datetime | None = None
    retry_after: datetime | None = None
    stopped: bool = False
    configured: bool = True
    episodes: int = 0
    terms: Terms = NO_TERMS


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A source whose time has come: since when, and whether it is better visited apart (it failed, or was slow)."""

    source: str
    address: str | None  # where its feed was found
    since: datetime | None  # None: never visited
    apart: bool
