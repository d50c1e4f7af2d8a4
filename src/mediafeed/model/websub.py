"""Hubs (W3C WebSub): who tells us of a source's news, and whom we tell of ours."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Offer:
    """Where a source says that its news is told: the hub, and the name that the source goes by there."""

    hub: str
    topic: str


@dataclass(frozen=True, slots=True)
class Lease:
    """A hub that tells of a source's news, until then; it was seen to do so."""

    hub: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """What is agreed with a hub about one source.

    `token` is the end of `callback`, which only the hub and we know; `secret` signs what is pushed. `due` is when the
    hub is to be asked next. `failures` counts questions since it last confirmed one. `trouble` says in words why
    nothing came of the last one. `pushes` were signed rightly, `ignored` were not. `announces`: the last new episode
    that a visit found had been pushed before. Without `wanted` the hub is to be told that it is over.
    """

    token: str = field(repr=False)
    secret: str = field(repr=False)
    callback: str = field(repr=False)
    source: str
    hub: str
    topic: str
    due: datetime
    wanted: bool = True
    asked: datetime | None = None
    confirmed: datetime | None = None
    until: datetime | None = None
    failures: int = 0
    trouble: str = ""
    pushes: int = 0
    ignored: int = 0
    last_push: datetime | None = None
    announces: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ping:
    """A published file that changed, and a hub of ours that is to be told. `noted` is when it changed last."""

    hub: str
    path: str
    noted: datetime
    failures: int = 0
