"""Read a transcript in one of the forms that podcasts use: WebVTT, SRT, JSON, HTML, plain text.

Whatever the bytes are, the answer is a transcript or the reason why they are none. The form is told by the bytes
first: half of the addresses that promise one form send another.
"""

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, dropwhile, islice
from typing import Final

from lxml import etree

from mediafeed.errors import ParseError
from mediafeed.model.files import Cue, Transcript, Unread
from mediafeed.model.source import FailureKind
from mediafeed.parse.encoding import stray_bytes_as_windows_1252, to_utf8
from mediafeed.parse.page_blocks import is_silent
from mediafeed.parse.page_tree import page_from
from mediafeed.parse.page_words import BREAKS

MOST_BYTES: Final = 1024 * 1024
MOST_CUES: Final = 20_000
LONGEST_CUE: Final = 10_000  # characters
LONGEST_SPEAKER: Final = 80
_MOST_CHARACTERS: Final = 1024 * 1024

VTT, SRT, JSON, HTML, PLAIN = "text/vtt", "application/x-subrip", "application/json", "text/html", "text/plain"

_CLOCK: Final = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?"
_TIMES: Final = re.compile(rf"[ \t]*{_CLOCK}[ \t]*-->[ \t]*{_CLOCK}")
_MARK: Final = re.compile(rf"[\[(]?{_CLOCK}[\])]?(?=\s|$)")  # "[00:12]" before or after a name
_VOICE: Final = re.compile(r"<v(?:\.[^\s>]{0,80})?[ \t]([^>]{1,200})>")
_TAG: Final = re.compile(r"</?[a-zA-Z0-9.][^<>]{0,400}>")
# "Veikko Lammi:" before what he says. Four words at most, no end of a sentence in it.
_SPEAKER: Final = re.compile(r"((?:[^\W\d_]|\d)[^\n:.!?;\u201c\u201d\"]{0,60}):(?!//)\s+(?=\S)")
_NUMBERED: Final = re.compile(r"(?:speaker|host|guest|interviewer|interviewee|narrator)[ _]?\w{0,3}", re.IGNORECASE)
_SENTENCE_END: Final = re.compile(r"[.!?\u2026](?= )|[\u3002\uff01\uff1f]")
_NUMBER: Final = re.compile(r"\d{1,7}(?:\.\d{1,9})?", re.ASCII)
_BLANK: Final = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")


def read_transcript(body: bytes, *, content_type: str = "", url: str = "") -> Transcript | Unread:
    """Read what is said.

    Args:
        body: As it came.
        content_type: What the server or the feed calls it.
        url: Where it lies: its ending tells the form where nothing else does.
    """
    if len(body) > MOST_BYTES:
        return Unread(FailureKind.TOO_LARGE, f"a transcript of over {MOST_BYTES} bytes")
    try:
        text = _text_of(body, content_type)
        form = _form_of(text, content_type, url)
        read = _READERS[form]
        cues = list(islice(_fit(read(text)), MOST_CUES + 1))
    except ParseError as error:
        return Unread(FailureKind(error.kind), error.detail)
    except (ValueError, ArithmeticError, RecursionError, etree.LxmlError) as error:
        return Unread(FailureKind.MALFORMED, f"no transcript: {type(error).__name__}")
    kept, cut = _within(cues)
    if not kept:
        return Unread(FailureKind.EMPTY, f"nothing is said in it ({form})")
    return Transcript(cues=tuple(kept), form=form, cut=cut)


def _text_of(body: bytes, content_type: str) -> str:
    decoded = stray_bytes_as_windows_1252(to_utf8(body, content_type).body)
    text = decoded.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text[:1000]:
        raise ParseError(FailureKind.MALFORMED, "no text")
    return text.lstrip("\ufeff \n\t")


def _form_of(text: str, content_type: str, url: str) -> str:
    """Tell the form by what the text begins with, then by what it is called, then by its address."""
    head = text[:4_000]
    if head.startswith("WEBVTT"):
        return VTT
    if re.match(r"\{|\[\s*\{", head):
        return JSON
    if re.match(r"<(?:!doctype|html|head|body|div|p|cite|time|article|section|main|span|h\d)\b", head, re.IGNORECASE):
        return HTML
    if _TIMES.search(head):
        return SRT
    said = f"{content_type.partition(';')[0]} {url.partition('?')[0].rpartition('.')[2]}".lower()
    return HTML if "html" in said and "<" in head else PLAIN


def _from_vtt(text: str) -> Iterator[Cue]:
    head, *blocks = _BLANK.split(text)
    # Not every file has the blank line that should part the head from the first cue.
    first = "\n".join(dropwhile(lambda line: not _TIMES.match(line), head.split("\n")))
    for block in (first, *blocks):
        if not block.startswith(("NOTE", "STYLE", "REGION")):
            yield from _timed(block)


def _from_srt(text: str) -> Iterator[Cue]:
    for block in _BLANK.split(text):
        yield from _timed(block)


def _timed(block: str) -> Iterator[Cue]:
    """Read one block: an optional name, a line of times, what is said."""
    lines = block.split("\n")
    for place, line in enumerate(lines[:2]):
        if found := _TIMES.match(line):
            start = _seconds(found.groups()[:4])
            yield from _voices(start, " ".join(lines[place + 1 :]))
            return


def _voices(start: float, said: str) -> Iterator[Cue]:
    """Part what several say in one cue: `<v Name>` of WebVTT, else "Name: " in front."""
    parts = _VOICE.split(said)
    if len(parts) > 1:
        if parts[0].strip():
            yield Cue(start, "", _untagged(parts[0]))
        for speaker, words in zip(parts[1::2], parts[2::2], strict=True):
            yield Cue(start, _untagged(speaker), _untagged(words))
        return
    yield _with_speaker(start, _untagged(said))


def _untagged(text: str) -> str:
    return html.unescape(_TAG.sub("", text))


def _with_speaker(start: float | None, said: str) -> Cue:
    found = _SPEAKER.match(said)
    if found and _is_name(found[1]):
        return Cue(start, found[1].strip(" -\u2013>"), said[found.end() :])
    return Cue(start, "", said)


def _is_name(words: str) -> bool:
    """Say whether words before a colon are somebody's: each begins with a capital, or they number a speaker."""
    parts = words.split()
    capital = all(not part[0].islower() for part in parts if part not in {"van", "von", "de", "der", "da", "di", "of"})
    return bool(_NUMBERED.fullmatch(words)) or (len(parts) <= 4 and capital)


def _from_json(text: str) -> Iterator[Cue]:
    read = json.loads(text)
    segments = read.get("segments", read.get("cues")) if isinstance(read, dict) else read
    for one in segments if isinstance(segments, list) else ():
        if isinstance(one, dict):
            said = one.get("body", one.get("text", ""))
            start = one.get("startTime", one.get("start"))
            speaker = one.get("speaker", "")
            yield Cue(
                _moment(start), speaker if isinstance(speaker, str) else "", said if isinstance(said, str) else ""
            )


def _moment(start: object) -> float | None:
    """Read seconds, as a number or its digits, or a clock's time; None for what is no time."""
    if isinstance(start, str):
        found = _MARK.fullmatch(start.strip())
        if found:
            return _seconds(found.groups())
        start = float(start) if _NUMBER.fullmatch(start.strip()) else None
    return float(start) if isinstance(start, int | float) and 0 <= start < 1e7 else None


def _from_html(text: str) -> Iterator[Cue]:
    """Read paragraphs; the namespace's form names speakers in `<cite>` and times in `<time>`."""
    whole = text if "<html" in text[:2_000].lower() else f"<html><body>{text}</body></html>"
    root = page_from(whole.encode(), content_type="text/html; charset=utf-8").root
    within = next((found for name in ("article", "main", "body") for found in root.iter(name)), root)
    speaker, start, said = "", None, list[str]()
    walk = etree.iterwalk(within, events=("start", "end"))
    for event, element in walk:
        if (element.tag == "cite" or element.tag in BREAKS) and (words := _clean("".join(said))):
            yield Cue(start, speaker, words) if speaker else _plain(words, start)
            start, said = None, []
        if event == "end":
            said.append((element.tail or "") if element is not within else "")
        elif element.tag == "cite":
            speaker, start = _clean("".join(element.itertext())).rstrip(":"), None
            walk.skip_subtree()
        elif element.tag == "time":
            start = _clock("".join(element.itertext()))
            walk.skip_subtree()
        elif is_silent(element):
            walk.skip_subtree()
        else:
            said.append(element.text or "")


def _from_plain(text: str) -> Iterator[Cue]:
    """Read paragraphs. A line that is a name and a time alone heads what follows it."""
    speaker, start = "", None
    for block in _paragraphs(text):
        head, _, rest = block.partition("\n")
        if rest and (found := _heading(head)):
            speaker, start = found
            yield Cue(start, speaker, rest)
            start = None
        elif found := _heading(block):
            speaker, start = found
        else:
            cue = _plain(block, start)
            yield cue if cue.speaker else Cue(cue.start, speaker, cue.text)
            start = None


def _paragraphs(text: str) -> Iterator[str]:
    """Part a text at blank lines; a block in which two lines or more name who speaks or when, at these too."""
    for block in _BLANK.split(text):
        lines = block.split("\n")
        begun = (place for place, line in enumerate(lines) if _begins(line))
        two = list(islice(begun, 2))
        if len(two) < 2:
            yield block
            continue
        last = 0
        for place in chain(two, begun):
            if place > last:
                yield "\n".join(lines[last:place])
                last = place
        yield "\n".join(lines[last:])


def _begins(line: str) -> bool:
    """Say whether a line begins what somebody else says, or what is said at another time."""
    if ":" not in line:
        return False
    return bool(_MARK.match(line) or _with_speaker(None, line).speaker or _heading(line))


def _heading(line: str) -> tuple[str, float | None] | None:
    """Read "Veikko Lammi 00:12", "[00:12] Veikko Lammi:", "Veikko Lammi:"; None for what is no heading."""
    found = _MARK.search(line) if len(line) < 100 else None
    name = (line[: found.start()] + line[found.end() :] if found else line).strip(" \t-\u2013\u2014()[]")
    named = name.endswith(":")
    name = name.rstrip(":").strip()
    if (
        not (found or named)
        or len(name) > LONGEST_SPEAKER
        or ": " in name
        or "\n" in line
        or (name and not _is_name(name))
    ):
        return None
    return (name, _seconds(found.groups()) if found else None) if name or found else None


def _plain(block: str, start: float | None = None) -> Cue:
    """Read "[00:12] Veikko Lammi: What is said."; `start` is what was told before."""
    if found := _MARK.match(block):
        return _with_speaker(_seconds(found.groups()), block[found.end() :].lstrip(" -\u2013"))
    return _with_speaker(start, block)


def _clock(text: str) -> float | None:
    found = _MARK.search(text[:100])
    return _seconds(found.groups()) if found else None


def _seconds(parts: Iterable[str | None]) -> float:
    hours, minutes, seconds, fraction = parts
    thousandths = int((fraction or "0").ljust(3, "0"))
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0) + thousandths / 1000


def _fit(cues: Iterable[Cue]) -> Iterator[Cue]:
    """Give the cues as a page can carry them; one in which nothing is said is left out."""
    for cue in cues:
        speaker = _clean(cue.speaker[: 4 * LONGEST_SPEAKER])[:LONGEST_SPEAKER]
        start = cue.start
        for piece in _pieces(_clean(cue.text)):
            yield Cue(start, speaker, piece)
            start = None  # when the rest is said, nobody tells


def _pieces(text: str) -> Iterator[str]:
    """Part what is too long for one cue: at the end of a sentence, else at a space, else anywhere."""
    while len(text) > LONGEST_CUE:
        half = LONGEST_CUE // 2
        ends = [found.end() for found in _SENTENCE_END.finditer(text, half, LONGEST_CUE)]
        end = ends[-1] if ends else text.rfind(" ", half, LONGEST_CUE + 1)
        end = end if end > 0 else LONGEST_CUE
        yield text[:end]
        text = text[end:].lstrip()
    if text:
        yield text


def _clean(text: str) -> str:
    return " ".join(_UNFIT.sub(" ", text).split())


def _within(cues: list[Cue]) -> tuple[list[Cue], bool]:
    """Give as many of the cues as are kept, and whether some are left out."""
    left, kept = _MOST_CHARACTERS, list[Cue]()
    for cue in cues[:MOST_CUES]:
        left -= len(cue.text)
        if left < 0:
            return kept, True
        kept.append(cue)
    return kept, len(cues) > MOST_CUES


_READERS: Final[dict[str, Callable[[str], Iterable[Cue]]]] = {
    VTT: _from_vtt,
    SRT: _from_srt,
    JSON: _from_json,
    HTML: _from_html,
    PLAIN: _from_plain,
}
