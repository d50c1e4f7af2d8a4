"""What comes of something that was sent."""

from dataclasses import dataclass

from urllib3 import HTTPResponse

from mediafeed.fetch import answer
from mediafeed.fetch.hop import Clock, Hop, Question

LONGEST_ANSWER = 64 * 1024  # bytes that are read of an answer, so that its connection can be used again


@dataclass(frozen=True, slots=True)
class Taken:
    """Whoever it was sent to took it (2xx)."""

    status: int


def taken(raw: HTTPResponse, _hop: Hop, question: Question, clock: Clock) -> Taken:
    """Read an answer.

    Raises:
        NoAnswerError: Any other status than 2xx.
    """
    head = answer.head_of(raw.headers.items())
    if not 200 <= raw.status < 300:
        raise answer.failure_of(raw.status, head, now=clock.now, login=bool(question.login))
    raw.read(LONGEST_ANSWER, decode_content=False)
    return Taken(raw.status)
