"""Chapters as podcast apps read them: podcast:chapters, JSON 1.2."""

from collections.abc import Sequence
from typing import Any, Final

import orjson

from mediafeed.model.audio import Chapter
from mediafeed.publish.safe_links import safe_link
from mediafeed.publish.xml_text import legal, upright

MEDIA_TYPE: Final = "application/json+chapters"
VERSION: Final = "1.2.0"


def render_chapters(chapters: Sequence[Chapter]) -> bytes:
    """Write an episode's chapters, in order of their beginnings."""
    told = [_told(chapter) for chapter in chapters]
    told.sort(key=lambda chapter: float(chapter["startTime"]))
    return orjson.dumps({"version": VERSION, "chapters": told}, option=orjson.OPT_INDENT_2) + b"\n"


def _told(chapter: Chapter) -> dict[str, Any]:
    told: dict[str, Any] = {"startTime": _time(chapter.start)}
    if chapter.title:
        told["title"] = upright(legal(chapter.title))
    if chapter.end is not None:
        told["endTime"] = _time(chapter.end)
    if image := safe_link(chapter.image):
        told["img"] = image
    if href := safe_link(chapter.href):
        told["url"] = href
    if not chapter.listed:
        told["toc"] = False
    return told


def _time(seconds: float) -> float | int:
    return int(seconds) if seconds == int(seconds) else round(seconds, 3)
