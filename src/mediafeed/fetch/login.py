"""A source's secret as a header. It is never logged and stands in no detail."""

import base64
import re
from typing import Final

from mediafeed.fetch.failure import NoAnswerError
from mediafeed.model.source import FailureKind

# "X-Key: value" has a blank after its colon; a user name with a password starting with a blank is not worth a syntax.
_HEADER: Final = re.compile(r"([A-Za-z][A-Za-z0-9-]*):[ \t]+(.+)")


def login_of(secret: str | None) -> dict[str, str]:
    """Give the header for `user:password` or `Header: value`.

    >>> login_of("reader:open sesame")
    {'Authorization': 'Basic cmVhZGVyOm9wZW4gc2VzYW1l'}
    >>> login_of("X-Api-Key: 33")
    {'X-Api-Key': '33'}

    Raises:
        NoAnswerError: INTERNAL, if the secret is neither.
    """
    if secret is None:
        return {}
    plain = secret.strip()
    if ":" not in plain or not plain.isprintable():
        raise NoAnswerError(FailureKind.INTERNAL, "auth is neither user:password nor Header: value")
    if header := _HEADER.fullmatch(plain):
        return {header[1]: header[2].encode().decode("latin-1")}
    return {"Authorization": f"Basic {base64.b64encode(plain.encode()).decode('ascii')}"}
