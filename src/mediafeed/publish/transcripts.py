"""A transcript as a page shows it: what one says at a stretch is one passage, with the time where it begins."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from mediafeed.model.episode import Episode
from mediafeed.model.files import Cue, Transcript
from mediafeed.model.parsed import Element, named
from mediafeed.publish.hiding import Names, names_hidden
from mediafeed.publish.safe_links import safe_link

LONG: Final = 450  # characters: from there on a passage ends with its sentence
LONGEST: Final = 900  # characters: there it ends anyhow

_SENTENCE_ENDS: Final = re.compile(r"[.!?…。！？][\"'”’»)]*$")
_UNSPACED: Final = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]$")


@dataclass(frozen=True, slots=True)
class Passage:
    """What somebody says at a stretch. `speaker` is "" where it is the one before who goes on, or nobody is named."""

    start: float | None
    speaker: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A transcript to be shown: `form` is its media type, `address` where its publisher has it, `language` its own."""

    passages: tuple[Passage, ...]
    address: str | None
    form: str
    language: str
    cut: bool


def spoken_of(episode: Episode, transcript: Transcript, address: str, hidden: Names = ()) -> Spoken:
    """Give a transcript as the page of its episode shows it; nobody who is hidden is named as a speaker."""
    told: tuple[Element, ...] = named(episode.elements, "podcast:transcript")
    language = next((one.get("language") for one in told if one.get("url").strip() == address), "")
    cues = (replace(cue, speaker="") if names_hidden(cue.speaker, hidden) else cue for cue in transcript.cues)
    return Spoken(
        passages=tuple(passages(cues)),
        address=safe_link(address),
        form=transcript.form,
        language=language if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*", language) else "",
        cut=transcript.cut,
    )


def passages(cues: Iterable[Cue]) -> Iterator[Passage]:
    """Put cues together: captions break a sentence where a screen ends, and a reader needs it whole.

    >>> [one.text for one in passages([Cue(0.0, "Ann", "Who made"), Cue(1.0, "", "it?"), Cue(2.0, "Bo", "The tide.")])]
    ['Who made it?', 'The tide.']
    """
    speaker, now = "", Passage(None, "", "")
    for cue in cues:
        turned = bool(cue.speaker) and cue.speaker != speaker
        ended = len(now.text) > LONG and _SENTENCE_ENDS.search(now.text)
        if now.text and (turned or ended or len(now.text) > LONGEST):
            yield now
            now = Passage(None, "", "")
        if not now.text:
            now = Passage(cue.start, cue.speaker if turned else "", cue.text)
        else:
            gap = "" if _UNSPACED.search(now.text) else " "
            now = Passage(now.start, now.speaker, f"{now.text}{gap}{cue.text}")
        speaker = cue.speaker or speaker
    if now.text:
        yield now


def words_of(transcript: Transcript) -> str:
    """Give all that is said, for searching."""
    return " ".join(passage.text for passage in passages(transcript.cues))
