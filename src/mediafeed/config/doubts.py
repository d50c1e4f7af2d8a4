"""What may stand in a config and is still worth a word: for `check` and for the start of the daemon."""

from collections.abc import Iterator
from pathlib import Path

from mediafeed.config.addresses import host_of, is_inside
from mediafeed.config.faults import place
from mediafeed.config.secrets import is_readable_by_others, references
from mediafeed.model.settings import Config

_LOOPBACK = ("127.0.0.0/8", "::1/128")


def doubts_about(config: Config) -> tuple[str, ...]:
    """Give a line for each thing that a careful person would look at again; none of them stops anything."""
    return (
        *_open_secrets(config),
        *_open_logins(config),
        *_doubled_addresses(config),
        *_picture(config),
        *_callbacks(config),
    )


def _open_secrets(config: Config) -> Iterator[str]:
    for at, reference in references(config):
        if is_readable_by_others(reference):
            yield f"{place(at)}: everybody on this machine may read {reference.partition(':')[2]}"


def _open_logins(config: Config) -> Iterator[str]:
    for index, source in enumerate(config.sources):
        url = source.url or ""
        if source.auth and url.lower().startswith("http:") and not is_inside(host_of(url), _LOOPBACK):
            yield f"{place(('source', index, 'auth'))}: the login is sent without encryption, to an http: address"


def _doubled_addresses(config: Config) -> Iterator[str]:
    seen: dict[str, int] = {}
    for index, source in enumerate(config.sources):
        if source.url is None:
            continue
        address = source.url.partition("://")[2].rstrip("/")
        if address in seen:
            yield f"{place(('source', index, 'url'))}: also the address of {place(('source', seen[address]))}"
        seen.setdefault(address, index)


def _picture(config: Config) -> Iterator[str]:
    if config.site.image and not Path(config.site.image).is_file():
        yield f"site.image: {config.site.image} is not there; a plain cover is drawn"


def _callbacks(config: Config) -> Iterator[str]:
    if config.serve.websub and is_inside(host_of(config.site.url), _LOOPBACK):
        yield f"serve.websub: hubs elsewhere cannot push to {config.site.url}"
