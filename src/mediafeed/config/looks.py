"""Files that config.toml names and that decide how things look: the cover, the folder of a theme."""

import logging
from pathlib import Path

from mediafeed.errors import PublishError

log = logging.getLogger(__name__)


def read_picture(path: str | None) -> bytes | None:
    """Give the operator's picture. Without it the plain cover is drawn: a missing file must not stop the news."""
    try:
        return Path(path).read_bytes() if path else None
    except OSError as error:
        log.warning("picture not read, a plain cover is drawn", extra={"image": path, "reason": error.strerror})
        return None


def read_theme(folder: str) -> dict[str, bytes]:
    """Give the files of a theme by name.

    Raises:
        PublishError: The folder or a file in it cannot be read.
    """
    try:
        return {file.name: file.read_bytes() for file in sorted(Path(folder).iterdir()) if file.is_file()}
    except OSError as error:
        raise PublishError(f"site.theme: {error.filename or folder}: {error.strerror}") from error
