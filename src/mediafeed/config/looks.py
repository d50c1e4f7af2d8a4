"""Files that config.toml names and that decide how things look: the cover, the folder of a theme."""

import logging
from collections.abc import Callable
from pathlib import Path

from mediafeed.errors import PublishError

log = logging.getLogger(__name__)

# Where systems keep letters of many scripts: for names on cards that ours cannot write.
_FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf",
    "/usr/share/fonts/TTF/DejaVuSans.ttf",
    "/System/Library/Fonts/Supplemental/Arial Unicode.ttf",
)


def machine_fonts() -> dict[str, Callable[[], bytes]]:
    """Give the fonts of many scripts that this machine has, by a name that says which: how to read each."""
    found = (Path(name) for name in _FONTS if Path(name).is_file())
    return {f"{path.name} {path.stat().st_size}": path.read_bytes for path in found}


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
