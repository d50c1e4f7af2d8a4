"""Secrets stand in the environment or in a file of their own; config.toml only says where."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from mediafeed.errors import ConfigError, Fault
from mediafeed.model.settings import Config

_LONGEST = 64 * 1024


def read_secret(reference: str) -> str:
    """Give the secret behind `env:NAME` or `file:PATH`, without the white space around it.

    Raises:
        ConfigError: It is not there, not readable or empty; the error never holds the secret.
    """
    value, what = _read(reference)
    if what:
        raise ConfigError(reference, (Fault("secret", what),))
    return value


def missing(reference: str) -> str:
    """Say why a secret cannot be used, or "" when it can."""
    return _read(reference)[1]


def _read(reference: str) -> tuple[str, str]:
    way, _, name = reference.partition(":")
    if way == "env":
        value = os.environ.get(name, "").strip()
        return value, "" if value else f"the environment has no {name}"
    if way != "file":
        return "", 'secrets are "env:NAME" or "file:PATH"'
    try:
        with Path(name).open(encoding="utf-8") as file:
            value = file.read(_LONGEST).strip()
    except OSError as error:
        return "", f"{name}: {(error.strerror or 'cannot be read').lower()}"
    except UnicodeDecodeError:
        return "", f"{name}: is no text in UTF-8"
    return value, "" if value else f"{name}: is empty"


def references(config: Config) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Walk every reference to a secret with the path of its key."""
    if config.serve.token:
        yield ("serve", "token"), config.serve.token
    for index, source in enumerate(config.sources):
        if source.auth:
            yield ("source", index, "auth"), source.auth


def is_readable_by_others(reference: str) -> bool:
    """Say whether anybody on this machine may read the file of a secret."""
    way, _, name = reference.partition(":")
    try:
        return way == "file" and bool(Path(name).stat().st_mode & stat.S_IROTH)
    except OSError:
        return False
