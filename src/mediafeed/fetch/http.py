"""Ask servers, politely and guarded: START READING HERE.

One question is: read the address, look its host up, let the guard judge every address of it, wait for the host's turn,
connect to one of those addresses, ask; and for each redirect all of it again. What servers do comes back as a value.
"""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from functools import partial
from http.client import HTTPException
from types import TracebackType
from typing import Final, Self, TypeVar

import requests
import urllib3

from mediafeed.errors import StoppingError
from mediafeed.fetch import answer, byterange
from mediafeed.fetch.address import Address, joined, read_address
from mediafeed.fetch.byterange import Span, window_of
from mediafeed.fetch.deadline import Alarm, Watch
from mediafeed.fetch.failure import NoAnswerError
from mediafeed.fetch.guard import Door, Guard
from mediafeed.fetch.hop import Clock, Hop, Question
from mediafeed.fetch.hosts import Hosts
from mediafeed.fetch.login import login_of
from mediafeed.fetch.mishaps import mishap
from mediafeed.fetch.names import Names, Resolve, system_resolve
from mediafeed.fetch.sending import Taken, taken
from mediafeed.fetch.validators import NOTHING_HELD, conditions
from mediafeed.fetch.whole import FEEDS_AND_PAGES, document_of
from mediafeed.fetch.wire import GuardedAdapter, GuardedRequest
from mediafeed.model.audio import Window
from mediafeed.model.settings import FetchSettings
from mediafeed.model.source import Failed, FailureKind, FetchResult, Validators

log = logging.getLogger(__name__)

T = TypeVar("T")
# Reads an answer that is no redirect, from the hop that gave it.
Understand = Callable[[urllib3.HTTPResponse, Hop, Question, Clock], T]

_NOT_IN_A_COMMENT: Final = re.compile(r"[^!-'*-:<-~]")  # parentheses, semicolons, blanks


def user_agent(version: str, contact: str | None, sources: int) -> str:
    """Say who asks, where its operator can be reached, and for how many sources.

    >>> user_agent("0.1.0", "https://podcasts.example.org/about", 12)
    'mediafeed/0.1 (+https://podcasts.example.org/about; 12 sources)'
    """
    short = ".".join(version.split(".")[:2])
    address = f"+{_NOT_IN_A_COMMENT.sub('', contact)}; " if contact else ""
    return f"mediafeed/{short} ({address}{sources} sources)"


class Fetcher:
    """Asks servers. Thread-safe; keeps connections and two kinds of threads until it is closed.

    Args:
        settings: How to ask; `allow` and `ports` widen the guard.
        user_agent: As made by `user_agent`.
        resolve: Looks a host's addresses up; raises OSError.
    """

    def __init__(self, settings: FetchSettings, *, user_agent: str, resolve: Resolve = system_resolve) -> None:
        self._hosts = Hosts(settings)
        self._set(settings, user_agent)
        self._names = Names(resolve)
        self._watch = Watch()
        self._adapter = GuardedAdapter()

    def change(self, settings: FetchSettings, *, user_agent: str) -> None:
        """Ask otherwise from the next hop on. Connections stay, and what hosts wished for and are owed."""
        self._hosts.change(settings)
        self._set(settings, user_agent)

    def _set(self, settings: FetchSettings, user_agent: str) -> None:
        self._deadline = settings.deadline.total_seconds()
        self._cap = settings.max_body
        self._user_agent = user_agent
        self._guard = Guard(settings.allow, settings.ports)

    def get(
        self,
        url: str,
        *,
        validators: Validators = NOTHING_HELD,
        secret: str | None = None,
        accept: str = FEEDS_AND_PAGES,
        now: datetime,
    ) -> FetchResult:
        """Ask for what stands behind an address, following redirects; never raises for what servers do.

        Args:
            url: An http or https address, as a person or a stranger wrote it.
            validators: Of the copy that is held: its 200 and nothing else, byte for byte.
            secret: `user:password` or `Header: value`, sent to the origin of `url` alone.
            accept: Media types, best first.
            now: The present; times in the result count from it.

        Raises:
            StoppingError: The fetcher is closed, or was meanwhile.
        """

        def asking(first: Address) -> Question:
            headers = {"Accept": accept, "Accept-Encoding": "gzip"} | conditions(validators)
            return Question(first=first, validators=validators, headers=headers, login=login_of(secret))

        return self._walked(url, asking, partial(document_of, most_bytes=self._cap), now)

    def file(
        self, url: str, *, accept: str, most_bytes: int, validators: Validators = NOTHING_HELD, now: datetime
    ) -> FetchResult:
        """Ask for a file that an episode or a show names, as `get` does; whoever polls the same host goes first.

        Args:
            url: An address out of a feed.
            accept: Media types, best first.
            most_bytes: Decoded; what is larger is refused.
            validators: As `get`.
            now: As `get`.
        """

        def asking(first: Address) -> Question:
            headers = {"Accept": accept, "Accept-Encoding": "gzip"} | conditions(validators)
            return Question(first=first, validators=validators, headers=headers, patient=True)

        return self._walked(url, asking, partial(document_of, most_bytes=most_bytes), now)

    def window(self, url: str, start: int, length: int, *, now: datetime) -> Window | Failed:
        """Ask for `length` bytes from `start` on, at the end of a file for fewer; never raises for what servers do.

        A server that sends the whole file instead is left after its first 64 KiB. Whoever
        polls the same host goes first.
        """
        span = Span(start, length)

        def asking(first: Address) -> Question:
            headers = {"Accept": "*/*", "Accept-Encoding": "identity", "Range": span.header}
            return Question(first=first, headers=headers, most_hops=byterange.MOST_HOPS, patient=True)

        def understood(raw: urllib3.HTTPResponse, hop: Hop, _: Question, clock: Clock) -> Window:
            return window_of(raw, span, hop, clock)

        return self._walked(url, asking, understood, now)

    def post(
        self, url: str, body: bytes, *, media_type: str, now: datetime, follow: frozenset[int] = frozenset()
    ) -> Taken | Failed:
        """Send something; never raises for what servers do.

        A redirect is not followed, being for who gave the address, unless its status stands in `follow`.

        Raises:
            StoppingError: As `get`.
        """

        def asking(first: Address) -> Question:
            headers = {"Accept": "*/*", "Content-Type": media_type, "Content-Length": str(len(body))}
            return Question(first=first, headers=headers, body=body, redirects=follow)

        return self._walked(url, asking, taken, now)

    def _walked(
        self, url: str, asking: Callable[[Address], Question], understand: Understand[T], now: datetime
    ) -> T | Failed:
        """Ask along the redirects until an answer is understood."""
        clock = Clock(now)
        hop: Hop | None = None
        try:
            question = asking(read_address(url))
            hop = Hop(address=question.first)
            while True:
                outcome = self._asked(hop, question, clock, understand)
                if not isinstance(outcome, Hop):
                    return outcome
                hop = outcome
        except NoAnswerError as failure:
            if hop and failure.retry_after:
                self.leave_alone(hop.address.host, failure.retry_after)
            return Failed(
                kind=failure.kind,
                detail=failure.detail,
                at=clock.now,
                elapsed=clock.asking,
                status=failure.status,
                retry_after=failure.retry_after,
                url=str(hop.address) if hop else "",
            )
        except StoppingError:
            raise
        except Exception as error:
            # Bytes of a stranger went through four libraries: what they stumble over costs this source alone.
            log.exception("fetch failed", extra={"host": hop.address.host if hop else ""})
            return Failed(kind=FailureKind.INTERNAL, detail=type(error).__name__, at=clock.now, elapsed=clock.asking)

    def leave_alone(self, host: str, until: datetime) -> None:
        """Ask a host for nothing before that time (P19): it said so, now or before we started."""
        self._hosts.leave_alone(host, until)

    def forgive(self, host: str) -> None:
        """Ask a host though it wants to be left alone: a person insists."""
        self._hosts.forgive(host)

    def close(self) -> None:
        """End everything at once; who is still asking gets a StoppingError."""
        self._hosts.close()
        self._watch.close()
        self._names.close()
        self._adapter.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _asked(self, hop: Hop, question: Question, clock: Clock, understand: Understand[T]) -> T | Hop:
        """Make one request; a redirect comes back as the next hop."""
        self._check_open()
        self._hosts.check_wait(hop.address.host, clock.now)
        door = self._door(hop, clock)
        with clock.paused():
            turn = self._hosts.turn(door.host, inside=door.inside, patient=question.patient)
        with turn, self._watch.alarm(self._deadline - clock.asking) as alarm, self._mishaps(alarm):
            headers = {"User-Agent": self._user_agent, **question.headers_for(hop)}
            with closing(self._adapter.ask(GuardedRequest(hop.address, door, alarm, headers, question.body))) as raw:
                if raw.status in question.redirects and "location" in raw.headers:
                    location = answer.head_of(raw.headers.items())["location"]
                    permanent = raw.status in answer.PERMANENT
                    return hop.next(joined(hop.address, location), door, permanent=permanent, most=question.most_hops)
                return understand(raw, hop, question, clock)

    def _door(self, hop: Hop, clock: Clock) -> Door:
        """Look the hop's host up and have every address of it judged."""
        address = hop.address
        literal = ":" in address.host or address.host.rpartition(".")[2].isdigit()
        found = (address.host,) if literal else self._names.addresses(address.host, self._deadline - clock.asking)
        door = self._guard.door(address.host, address.port, found)
        hop.check_way(door)
        return door

    @contextmanager
    def _mishaps(self, alarm: Alarm) -> Iterator[None]:
        """Turn whatever ends a request early into a NoAnswerError; a shut socket looks like many things."""
        failure: NoAnswerError | None = None
        try:
            yield
        except NoAnswerError as error:
            failure = error
        except (requests.RequestException, urllib3.exceptions.HTTPError, HTTPException, OSError, ValueError) as error:
            failure = mishap(error)
            failure.__cause__ = error
        self._check_open()
        if alarm.rung:
            raise NoAnswerError(FailureKind.TIMEOUT, f"not done within {self._deadline:g} s") from failure
        if failure is not None:
            raise failure

    def _check_open(self) -> None:
        if self._watch.closed:
            raise StoppingError("mediafeed is stopping")
