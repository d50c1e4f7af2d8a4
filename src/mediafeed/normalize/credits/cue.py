"""What a cue is: words beside which names have a role. The cues of a language are its rule pack's."""

from dataclasses import dataclass
from enum import StrEnum


class CueKind(StrEnum):
    """What the names around a cue are."""

    ASKS = "asks"  # the ones before ask, the ones behind answer: "① speaks to ①"
    JOINS = "joins"  # the ones before are guests, the ones behind hosts: "① joins ①"
    GUEST = "guest"  # the ones behind are guests: "our guest is ①"
    HOST = "host"  # the ones behind are hosts: "hosted by ①"
    IS_GUEST = "is guest"  # the ones before are guests: "① is our guest"
    IS_HOST = "is host"  # the one before hosts: "① – Host"
    HOST_ASKS = "host asks"  # the last one before asks if known to host, whatever the verb: "① grills a panel with ①"
    EXPLAINS = "explains"  # the ones before speak: guests, where a sentence opens so and others are known to host


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One way of saying who is who."""

    rule: str
    kind: CueKind
    words: str
    then: str
    after: str = ""
    confidence: float = 0.9
    label: bool = False  # its names may stand on the lines below
    title_only: bool = False
    capitals: bool = False  # what it covers must hold a capital
