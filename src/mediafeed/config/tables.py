"""The tables of config.toml as pydantic models: names, types, bounds and defaults of every key.

Nothing of pydantic leaves this room: `settings.py` makes the frozen values of `model` from these.
"""

import re
from datetime import date, datetime, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from mediafeed.config.addresses import address, base_address, network
from mediafeed.config.faults import nearest
from mediafeed.config.spans import size, span

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")
_EMAIL = re.compile(r"[^@\s<>\"]{1,64}@[^@\s<>\"]{1,255}")
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.:-]{0,251}[a-z0-9_])?")
_SECRET = re.compile(r"env:[A-Za-z_][A-Za-z0-9_]{0,127}|file:[^\x00-\x1f]{1,1024}")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
# A control character can be written to no XML and may end a line of a log or a header.
_UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]")
_LONGEST_TEXT = 10_000


def _words(text: str) -> str:
    text = text.strip()
    if len(text) > _LONGEST_TEXT:
        raise ValueError(f"is longer than {_LONGEST_TEXT} characters")
    if _UNFIT.search(text):
        raise ValueError("holds a control character")
    return text


def _text(text: str) -> str:
    text = _words(text)
    if not text:
        raise ValueError("must not be empty")
    if "\n" in text or "\t" in text:
        raise ValueError("must stand in one line")
    return text


def _id(text: str) -> str:
    if not _ID.fullmatch(text):
        raise ValueError("must be made of a-z, 0-9 and -, begin with a letter or digit and have at most 80 characters")
    return text


def _language(text: str) -> str:
    if not _LANGUAGE.fullmatch(text):
        raise ValueError('is no language tag such as "en" or "en-gb"')
    return text


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise ValueError("is no e-mail address")
    return text


def _contact(text: str) -> str:
    return text.strip() if _EMAIL.fullmatch(text.strip()) else address(text)


def _host(text: str) -> str:
    text = text.strip().lower()
    if not _HOST.fullmatch(text):
        raise ValueError('is no host such as "feeds.example.org"')
    return text


def _secret(text: str) -> str:
    if not _SECRET.fullmatch(text):
        raise ValueError('secrets never stand in this file: write "env:NAME" or "file:PATH"')
    return text


def _timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # no such zone; not a zone's name; a folder of zones such as "Europe"
        near = nearest(name, available_timezones())
        raise ValueError("is no time zone such as " + f'"{near or "Europe/London"}"') from None
    return name


def _day(value: object) -> object:
    """Take 2022-01-01 with and without quotes."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str):
        try:
            return date.fromisoformat(value.strip()).isoformat()
        except ValueError:
            raise ValueError("is no day of the calendar such as 2022-01-01") from None
    raise ValueError("must be a day such as 2022-01-01")


def _span(value: object) -> object:
    if isinstance(value, str):
        return span(value)
    raise ValueError('must be a span of time in quotes, such as "60m"')


def _size(value: object) -> object:
    if isinstance(value, str):
        return size(value)
    raise ValueError('must be a size in quotes, such as "20MiB"')


def _some_time(value: timedelta) -> timedelta:
    if not value:
        raise ValueError("must be longer than nothing")
    return value


def _picture(text: str) -> str:
    if "://" in text:
        raise ValueError("must be a picture's file, not an address")
    return text


def _template(text: str) -> str:
    names = _PLACEHOLDER.findall(text)
    if "title" not in names or not set(names) <= {"title", "show", "number"}:
        raise ValueError('must hold "{title}" and may hold "{show}" and "{number}"')
    return text


Text = Annotated[str, AfterValidator(_text)]
Words = Annotated[str, AfterValidator(_words)]
Id = Annotated[str, AfterValidator(_id)]
Address = Annotated[str, AfterValidator(address)]
BaseAddress = Annotated[str, AfterValidator(base_address)]
Secret = Annotated[str, AfterValidator(_secret)]
Language = Annotated[str, AfterValidator(_language)]
Email = Annotated[str, AfterValidator(_email)]
Timezone = Annotated[str, AfterValidator(_timezone)]
Day = Annotated[str, BeforeValidator(_day)]
Network = Annotated[str, AfterValidator(network)]
Span = Annotated[timedelta, BeforeValidator(_span)]
SomeTime = Annotated[timedelta, BeforeValidator(_span), AfterValidator(_some_time)]
Size = Annotated[int, BeforeValidator(_size), Field(ge=1024)]
Host = Annotated[str, AfterValidator(_host)]
Port = Annotated[int, Field(ge=1, le=65535)]


class Table(BaseModel):
    """One table: no unknown key, no guessing between types."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def keys_of(kind: type[Table], path: tuple[str | int, ...] = ()) -> tuple[str, ...]:
    """Give the keys that may stand in a table, or beside the end of a path inside it, as they are written."""
    inner = MatchTable if "match" in path[:-1] else kind
    return tuple(field.alias or name for name, field in inner.model_fields.items())


class SiteTable(Table):
    """`[site]`."""

    title: Text
    url: BaseAddress
    description: Words = ""
    language: Language = "en"
    categories: Annotated[list[Text], Field(min_length=1, max_length=20)] = ["News"]
    image: Annotated[Text, AfterValidator(_picture)] | None = None
    email: Email | None = None
    author: Text | None = None
    listed: bool = False
    output: Text = "feeds"
    data: Text = "data"
    title_template: Annotated[Text, AfterValidator(_template)] | None = None
    hubs: Annotated[list[Address], Field(max_length=10)] = []
    theme: Text | None = None
    pictures: Literal["copy", "link", "none"] = "copy"
    transcripts: Literal["link", "licensed", "all"] = "link"


class PollTable(Table):
    """`[poll]`."""

    every: SomeTime | None = None
    minimum: Span = timedelta(minutes=60)
    keep_visits: SomeTime = timedelta(days=30)
    contact: Annotated[str, AfterValidator(_contact)] | None = None
    trusted: list[Host] = []


class FetchTable(Table):
    """`[fetch]`."""

    allow: list[Network] = []
    ports: list[Port] = []
    host_gap: Span | None = None
    per_host: Annotated[int, Field(ge=1, le=64)] | None = None
    deadline: SomeTime = timedelta(seconds=30)
    max_body: Size = 20 * 1024 * 1024
    max_items: Annotated[int, Field(ge=1, le=10_000_000)] = 50_000
    directory: BaseAddress = "https://itunes.apple.com"


class ServeTable(Table):
    """`[serve]`."""

    host: Text = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    token: Secret | None = None
    websub: bool = False


class AudioTable(Table):
    """`[audio]`."""

    measure: Literal["missing", "doubtful", "all", "never"] = "missing"


class NotifyTable(Table):
    """`[notify]`."""

    webhook: Address | None = None
    command: Annotated[list[Text], Field(min_length=1, max_length=100)] | None = None
    after: Span = timedelta(hours=24)


class SourceTable(Table):
    """`[[source]]`."""

    id: Id
    url: Address | None = None
    find: Text | None = None
    title: Text | None = None
    kind: Literal["podcast", "site", "page"] = "podcast"
    hosts: list[Text] = []
    host_pool: list[Text] = []
    shows: list[Text] = []
    tags: list[Text] = []
    timezone: Timezone | None = None
    language: Language | None = None
    every: SomeTime | None = None
    auth: Secret | None = None
    repaired: bool = False


class MatchTable(Table):
    """`match = { … }` of a view."""

    text: Text | None = None
    show: Text | None = None
    person: Text | None = None
    role: Literal["host", "guest", "guest host"] | None = None
    tag: Text | None = None
    since: Day | None = None
    until: Day | None = None
    min_duration: Span | None = None
    max_duration: Span | None = None
    none_of: "MatchTable | None" = Field(default=None, alias="not")

    @model_validator(mode="after")
    def _asks_something(self) -> "MatchTable":
        if not self.model_fields_set:
            raise ValueError("asks for nothing: give at least one key")
        if self.since and self.until and self.since > self.until:
            raise ValueError("`since` is later than `until`")
        if self.min_duration is not None and self.max_duration is not None and self.min_duration > self.max_duration:
            raise ValueError("`min_duration` is longer than `max_duration`")
        return self


class ViewTable(Table):
    """`[[view]]`."""

    id: Id
    title: Text | None = None
    description: Words = ""
    match: MatchTable


class PersonTable(Table):
    """`[[person]]`."""

    id: Id
    name: Text
    aliases: list[Text] = []
    shows: Annotated[list[Text], Field(min_length=1)] | None = None
    href: Address | None = None
    image: Address | None = None
    hidden: bool = False

    @model_validator(mode="after")
    def _hides_a_name_everywhere(self) -> "PersonTable":
        if self.hidden and self.shows:
            raise ValueError("has `hidden` and `shows`: a name is hidden wherever it stands")
        return self


class EpisodesTable(Table):
    """`[[apart]]` and `[[together]]`."""

    episodes: Annotated[list[Text], Field(min_length=2, max_length=100)]


class OverrideTable(Table):
    """`[[override]]`."""

    episode: Text | None = None
    episodes: Annotated[list[Text], Field(min_length=1)] | None = None
    name: Text
    role: Literal["host", "guest", "guest host", "none"]

    @model_validator(mode="after")
    def _means_episodes(self) -> "OverrideTable":
        if self.episode is None and self.episodes is None:
            raise ValueError("needs `episode` or `episodes`")
        if self.episode is not None and self.episodes is not None:
            raise ValueError("has `episode` and `episodes`: one of them is enough")
        return self
