"""TOML, and the ways in which a text can fail to be it."""

import re
import tomllib

from mediafeed.errors import ConfigError, Fault

_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def raw_tables(text: str, path: str) -> dict[str, object]:
    """Read TOML.

    Raises:
        ConfigError: With line and column; nothing else is raised, whatever the text is.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        at = _AT.search(message)
        line = int(at[1]) if at and at[1] else text.count("\n") + 1
        column = f" (column {at[2]})" if at and at[2] else " (at the end of the file)"
        what = _AT.sub("", message)
        raise ConfigError(path, (Fault("TOML", what[:1].lower() + what[1:] + column, line),)) from error
    except RecursionError as error:
        raise ConfigError(path, (Fault("TOML", "is nested too deep"),)) from error
    except ValueError as error:  # Python's own limit on the digits of a number
        raise ConfigError(path, (Fault("TOML", "holds a number that is too long"),)) from error
