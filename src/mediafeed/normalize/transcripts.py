"""Which of an episode's transcripts is the best."""

from typing import Final

from mediafeed.model.episode import Episode
from mediafeed.model.parsed import Element, named
from mediafeed.normalize.identity import is_web_address

# Times and speakers first; a web page holds much beside a transcript, and plain text tells neither.
_BEST: Final = ("vtt", "json", "srt", "html", "text")
_FORMS: Final = {
    "text/vtt": "vtt",
    "application/json": "json",
    "application/srt": "srt",
    "application/x-subrip": "srt",
    "text/srt": "srt",
    "text/html": "html",
    "text/plain": "text",
}
_ENDINGS: Final = {"vtt": "vtt", "json": "json", "srt": "srt", "html": "html", "htm": "html", "txt": "text"}


def chosen_transcript(episode: Episode) -> str:
    """Give the address of the transcript that says most of who speaks when; "" without any that can be asked for."""
    told = {one.get("url").strip(): one for one in named(episode.elements, "podcast:transcript")}
    addresses = [url for url in dict.fromkeys((*told, *episode.transcripts)) if is_web_address(url)]
    ranked = [(_rank(url, told.get(url)), place, url) for place, url in enumerate(addresses)]
    return min(ranked)[2] if ranked else ""


def _rank(url: str, told: Element | None) -> int:
    said = told.get("type").partition(";")[0].strip().lower() if told else ""
    ending = url.partition("?")[0].rpartition(".")[2].lower()
    return _BEST.index(_FORMS.get(said) or _ENDINGS.get(ending) or "text")
