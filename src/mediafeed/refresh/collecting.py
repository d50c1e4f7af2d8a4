"""Ask for transcripts and pictures, one after the other: which are wanted, and what becomes of what comes.

Transcripts are for pages and for search: no credit is ever read from one.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final, Protocol

import msgspec
import xxhash

from mediafeed.errors import ParseError
from mediafeed.model.episode import Person, Show
from mediafeed.model.files import FileKind, KeptFile, Picture, Transcript, Unread, WantedFile
from mediafeed.model.licences import is_free
from mediafeed.model.settings import Pictures, Site, Transcripts
from mediafeed.model.source import Failed, FailureKind, Fetched, FetchResult, NotModified, Validators
from mediafeed.normalize.identity import is_web_address
from mediafeed.parse import pictures, transcripts
from mediafeed.refresh.asking import AT_ONCE, Errand, Resting, again_after, taking_turns
from mediafeed.refresh.bounds import bounded
from mediafeed.refresh.resolving import MayRead
from mediafeed.refresh.workers import Workers
from mediafeed.store.store import Store

log = logging.getLogger(__name__)

CPU: Final = 5.0  # seconds, for one reading
MEMORY: Final = 300 * 1024 * 1024  # bytes, for one reading: a picture of 25 million points takes 100 MB, twice
PICTURE_AGAIN: Final = timedelta(days=30)  # covers are changed under one address; what was is asked with


class AsksFiles(Protocol):
    """A way to ask for a file."""

    def file(self, url: str, *, accept: str, most_bytes: int, validators: Validators, now: datetime) -> FetchResult:
        """Ask for what lies at an address."""


Found = Transcript | Picture
WantedFiles = Callable[[datetime], tuple[WantedFile, ...]]


@dataclass(frozen=True, slots=True)
class KindRules:
    """What is the same for all files of a kind. `lasts` is after how long one that was found is looked at again."""

    kind: FileKind
    accept: str
    most_bytes: int
    lasts: timedelta | None


TRANSCRIPT: Final = KindRules(
    FileKind.TRANSCRIPT,
    "text/vtt, application/json;q=0.9, application/x-subrip;q=0.9, text/html;q=0.8, text/plain;q=0.8, */*;q=0.1",
    transcripts.MOST_BYTES,
    None,
)
PICTURE: Final = KindRules(
    FileKind.PICTURE, "image/webp, image/jpeg, image/png, image/gif;q=0.8", pictures.MOST_BYTES, PICTURE_AGAIN
)


class Collecting:
    """Asks for the files of one kind."""

    def __init__(
        self,
        rules: KindRules,
        wanted: WantedFiles,
        store: Store,
        fetch: AsksFiles,
        workers: Workers,
        *,
        robots: MayRead,
        clock: Callable[[], datetime],
        resting: Resting,
    ) -> None:
        """Take the kind, what is wanted of it, who keeps, asks and reads, what sites say to robots, and who rests."""
        self._rules = rules
        self._wanted = wanted
        self._store = store
        self._fetch = fetch
        self._workers = workers
        self._robots = robots
        self._clock = clock
        self._resting = resting

    def errands(self) -> tuple[Errand, ...]:
        """Give the askings that are next, hosts in turn."""
        return tuple(partial(self.ask, one) for one in taking_turns(self._wanted(self._clock())))

    def ask(self, wanted: WantedFile) -> bool:
        """Ask for one, keep what came, and say whether it is another than before.

        Raises:
            StoppingError: It was broken off by us: nothing is remembered of it.
        """
        now = self._clock()
        held = self._store.files.kept(wanted.kind, wanted.url)
        before = held or KeptFile(kind=wanted.kind, url=wanted.url, at=now)
        if rests := self._resting.until(wanted.url, now):
            self._keep(replace(before, at=now, again=rests, reason=before.reason or "its host is left alone"))
            return False
        kept = self._asked(wanted, before, now)
        self._keep(kept)
        log.info(
            "collected",
            extra={"kind": kept.kind.value, "url": kept.url, "found": bool(kept.hash), "reason": kept.reason},
        )
        return kept.hash != before.hash

    def _asked(self, wanted: WantedFile, before: KeptFile, now: datetime) -> KeptFile:
        if barred := self._robots.why_not(wanted.url, now=now):
            # Whatever became of robots.txt says nothing for good of the file.
            self._resting.note(wanted.url, barred.kind, self._clock())
            return self._failed(before, FailureKind.ROBOTS, f"{barred.kind}: {barred.detail}")
        answer = self._fetch.file(
            wanted.url,
            accept=self._rules.accept,
            most_bytes=self._rules.most_bytes,
            validators=before.validators if before.hash and before.validators else Validators(),
            now=now,
        )
        match answer:
            case Fetched():
                found = self._read(answer)
                if isinstance(found, Unread):
                    return self._failed(before, None, f"{found.kind}: {found.detail}")
                kept = replace(before, found=found, hash=_hash_of(found), validators=answer.validators)
                return self._found(kept)
            case NotModified():
                return self._found(replace(before, validators=answer.validators))
            case Failed():
                self._resting.note(wanted.url, answer.kind, self._clock())
                return self._failed(before, answer.kind, f"{answer.kind}: {answer.detail}")

    def _read(self, answer: Fetched) -> Found | Unread:
        try:
            return self._workers.run(
                read_in_bounds, self._rules.kind, answer.body, content_type=answer.content_type, url=answer.url
            )
        except ParseError as error:
            return Unread(FailureKind(error.kind), error.detail)

    def _found(self, kept: KeptFile) -> KeptFile:
        now = self._clock()
        again = now + self._rules.lasts if self._rules.lasts else None
        return replace(kept, at=now, attempts=0, again=again, reason="")

    def _failed(self, before: KeptFile, failure: FailureKind | None, reason: str) -> KeptFile:
        """Give what is remembered of a failure: what was found once stays, whatever its server does."""
        now, attempts = self._clock(), before.attempts + 1
        again = again_after(failure, attempts, now)
        if before.hash and again is None and self._rules.lasts:
            again = now + self._rules.lasts
        return replace(before, at=now, attempts=attempts, again=again, reason=reason[:500])

    def _keep(self, kept: KeptFile) -> None:
        self._store.files.keep(kept)


def read_in_bounds(kind: FileKind, body: bytes, *, content_type: str, url: str) -> Found | Unread:
    """Read one file; the process dies of too much work, and fails at too much memory."""
    with bounded(cpu=CPU, memory=MEMORY):
        match kind:
            case FileKind.TRANSCRIPT:
                return transcripts.read_transcript(body, content_type=content_type, url=url)
            case FileKind.PICTURE:
                return pictures.read_picture(body)


def _hash_of(found: Found) -> str:
    return xxhash.xxh3_128_hexdigest(msgspec.json.encode(found))


def free_shows(shows: Iterable[Show], setting: Transcripts) -> Collection[str] | None:
    """Give the shows whose transcripts pages may show, where episodes say nothing of their own; None: of all."""
    if setting is Transcripts.ALL:
        return None
    return frozenset(show.id for show in shows if is_free(show.pushed))


def wanted_transcripts(store: Store, site: Site) -> WantedFiles:
    """Give what says which transcripts are to be asked for."""

    def wanted(now: datetime) -> tuple[WantedFile, ...]:
        if site.transcripts is Transcripts.LINK:
            return ()
        return store.files.transcripts_wanted(free_shows(store.shows(), site.transcripts), now, AT_ONCE)

    return wanted


def wanted_pictures(store: Store, site: Site, persons: Mapping[str, Person]) -> WantedFiles:
    """Give what says which pictures are to be asked for: those of open shows, and of persons by open shows' word."""

    def wanted(now: datetime) -> tuple[WantedFile, ...]:
        if site.pictures is not Pictures.COPY:
            return ()
        shows = store.shows()
        shown = portrayed(store.persons(), shows, store.files.portraits(), persons)
        urls = [show.image for show in shows if show.image and not show.locked and not show.blocked]
        urls += [person.image for person in shown if person.image and not person.hidden]
        named = [url for url in dict.fromkeys(urls) if is_web_address(url)]
        return store.files.wanted(FileKind.PICTURE, named, now, AT_ONCE)

    return wanted


def portrayed(
    people: Iterable[Person],
    shows: Iterable[Show],
    portraits: Iterable[tuple[str, str, str]],
    configured: Mapping[str, Person],
) -> tuple[Person, ...]:
    """Give everybody with a picture that may be shown: the operator's, else what a show that is not locked says.

    A locked show's pictures are its own, though the same person is heard elsewhere: `portraits` are (person, picture,
    show) of every credit that shows one, `configured` are the operator's persons by the keys of their names.
    """
    closed = {show.id for show in shows if show.locked}
    of: dict[str, list[str]] = {}
    for person, image, show in portraits:
        if show not in closed:
            of.setdefault(person, []).append(image)
    own = {person.id: person.image for person in configured.values()}
    return tuple(_with_picture(person, own.get(person.id), of.get(person.id, ())) for person in people)


def _with_picture(person: Person, own: str | None, open_: Collection[str]) -> Person:
    if own:
        image: str | None = own
    else:
        image = person.image if person.image in open_ else next(iter(open_), None)
    return person if image == person.image else replace(person, image=image)
