"""A whole document, or the word that it is as it was."""

from typing import Final

from urllib3 import HTTPResponse

from mediafeed.fetch import answer
from mediafeed.fetch.body import PIECE, read_body
from mediafeed.fetch.hop import Clock, Hop, Question
from mediafeed.fetch.validators import freshness_of, validators_of
from mediafeed.model.source import Fetched, NotModified

FEEDS_AND_PAGES: Final = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.7, */*;q=0.1"
)


def document_of(
    raw: HTTPResponse, hop: Hop, question: Question, clock: Clock, *, most_bytes: int
) -> Fetched | NotModified:
    """Read an answer that is no redirect, its body never beyond `most_bytes`.

    Raises:
        NoAnswerError: Another status than 200 or a wanted 304, or a body that is not as its head says.
    """
    head = answer.head_of(raw.headers.items())
    if raw.status == 304 and question.validators:
        raw.read(decode_content=False)  # nothing comes, but only a read answer gives its connection back
        return NotModified(
            url=str(hop.address),
            validators=validators_of(head, held=question.validators),
            freshness=freshness_of(head, now=clock.now),
            at=clock.now,
            elapsed=clock.asking,
            moved_to=hop.moved_to,
        )
    if raw.status != 200:
        raise answer.failure_of(raw.status, head, now=clock.now, login=bool(question.login))
    answer.check_length(head, most_bytes)
    chunks = raw.stream(PIECE, decode_content=False)
    body = read_body(chunks, coding=head.get("content-encoding", ""), cap=most_bytes)
    return Fetched(
        url=str(hop.address),
        body=body,
        content_type=head.get("content-type", "").strip()[:200],
        validators=validators_of(head),
        freshness=freshness_of(head, now=clock.now),
        at=clock.now,
        elapsed=clock.asking,
        moved_to=hop.moved_to,
        hub=answer.linked(head.get("link", ""), "hub", hop.address),
        topic=answer.linked(head.get("link", ""), "self", hop.address),
        headers=answer.kept_headers(head),
    )
