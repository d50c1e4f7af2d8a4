"""Notices to the operator, in words and as JSON: pure."""

from collections.abc import Sequence
from datetime import datetime

from mediafeed.model.notices import Trouble
from mediafeed.refresh.pacing import in_words


def words_of(trouble: Trouble, now: datetime) -> str:
    """Say in a line what is wrong with a source, or that it is well again."""
    name = trouble.source if trouble.title == trouble.source else f"{trouble.source} ({trouble.title})"
    if not trouble.is_broken:
        return f"{name}: well again since {trouble.since:%Y-%m-%d %H:%M} UTC"
    reason = f"{trouble.reason} ({trouble.detail})" if trouble.detail else trouble.reason
    again = f"next visit {trouble.next_visit:%Y-%m-%d %H:%M} UTC" if trouble.next_visit else "no further visit"
    return (
        f"{name}: broken for {in_words(now - trouble.since)}, since {trouble.since:%Y-%m-%d %H:%M} UTC: {reason}; "
        f"{trouble.failures} failures in a row; what was published stays; {again}"
    )


def text_of(troubles: Sequence[Trouble], now: datetime) -> str:
    """Say it of several, a line each."""
    return "".join(f"{words_of(one, now)}\n" for one in troubles)


def document_of(troubles: Sequence[Trouble], now: datetime) -> dict[str, object]:
    """Give the same for programs; `text` is what chat programs show of it."""
    return {
        "text": text_of(troubles, now).rstrip("\n"),
        "sources": [
            {
                "id": one.source,
                "title": one.title,
                "event": "broken" if one.is_broken else "well",
                "since": one.since,
                "failures": one.failures,
                "reason": one.reason if one.is_broken else None,
                "detail": one.detail if one.is_broken else None,
                "next_visit": one.next_visit,
            }
            for one in troubles
        ],
    }
