"""The JSON that commands print: a contract (docs/json.md). Plain values only."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from mediafeed.model.audio import Chapter
from mediafeed.model.episode import Credit, Duration, Episode, Person, Role, Show
from mediafeed.model.held import StoredTelling
from mediafeed.model.source import Source, SourceState
from mediafeed.normalize.believing import witnesses
from mediafeed.publish.podcast_namespace import chapters_url


def episode_facts(episode: Episode, site: str) -> dict[str, object]:
    """Give an episode as `list episodes --json` prints it; one that its publisher blocks has no page of ours."""
    return {
        "id": episode.id,
        "show": episode.show,
        "also_on": list(episode.also_on),
        "guid": episode.guid,
        "published_guid": episode.published_guid,
        "title": episode.title,
        "number": episode.number,
        "season": episode.season,
        "kind": episode.kind,
        "sources": [
            {"source": h.source, "guid": h.guid, "page": h.page, "enclosure": h.enclosure} for h in episode.hearings
        ],
        "published": episode.published.isoformat() if episode.published else None,
        "date_precision": episode.date_precision,
        "first_heard": episode.first_heard.isoformat(),
        "page": episode.page,
        "url": None if episode.blocked else f"{site}/episodes/{episode.path}/",
        "duration": _duration(episode),
        "enclosure": _enclosure(episode),
        "credits": [credit_facts(credit) for credit in episode.credits],
    }


def with_block(episode: Episode, shows: Iterable[Show]) -> Episode:
    """Give the episode blocked if its whole show is."""
    return replace(episode, blocked=episode.blocked or any(one.blocked for one in shows if one.id == episode.show))


def episode_with_history(episode: Episode, earlier: Iterable[StoredTelling], site: str) -> dict[str, object]:
    """Give an episode as `show --json` prints it: all that is known, and what was said earlier."""
    return {
        **episode_facts(episode, site),
        "credits": [{**credit_facts(credit), "evidence": _whole_evidence(credit)} for credit in episode.credits],
        "summary": episode.summary,
        "chapters": chapters_url(episode, site),
        "marks": [chapter_facts(mark) for mark in episode.marks],
        "marks_from": episode.marks_from or None,
        "lengths": [_length(one) for one in witnesses(episode)],
        "audio": _audio(episode),
        "transcripts": episode.transcripts,
        "blocked": episode.blocked,
        "audio_of": episode.audio_of or None,
        "flags": episode.flags,
        "history": [telling_facts(told) for told in earlier],
    }


def _duration(episode: Episode) -> dict[str, object] | None:
    if episode.duration is None:
        return None
    return _length(episode.duration)


def _length(length: Duration) -> dict[str, object]:
    return {"seconds": length.seconds, "origin": length.origin, "tolerance": length.tolerance}


def chapter_facts(chapter: Chapter) -> dict[str, object]:
    """Give a chapter; times are seconds from the beginning."""
    return {"start": chapter.start, "end": chapter.end, "title": chapter.title, "href": chapter.href}


def _audio(episode: Episode) -> dict[str, object] | None:
    """Give what the audio said when it was measured."""
    audio = episode.audio
    if audio is None:
        return None
    return {
        "fit": audio.fit,
        "seconds": audio.seconds,
        "tolerance": audio.tolerance,
        "reason": audio.reason or None,
        "varies": audio.varies,
        "format": audio.format or None,
        "type": audio.media_type,
        "bitrate": audio.bitrate,
        "channels": audio.channels,
        "size": audio.size,
        "tags": dict(audio.tags),
        "number": audio.number,
        "people": [{"name": each.name, "tag": each.tag} for each in audio.people],
    }


def _enclosure(episode: Episode) -> dict[str, object] | None:
    if episode.enclosure is None:
        return None
    return {
        "url": episode.enclosure.url,
        "type": episode.enclosure.media_type,
        "length": episode.enclosure.length,
    }


def credit_facts(credit: Credit) -> dict[str, object]:
    """Give one credit with the words it stands on."""
    evidence = credit.evidence
    return {
        "name": credit.name,
        "role": credit.role,
        "person": credit.person,
        "honorific": credit.honorific,
        "affiliation": credit.affiliation,
        "confidence": round(credit.confidence, 4),
        "origin": credit.origin,
        "evidence": {"rule": evidence.rule, "field": evidence.field, "quote": evidence.quote},
    }


def _whole_evidence(credit: Credit) -> dict[str, object]:
    evidence = credit.evidence
    return {
        "rule": evidence.rule,
        "field": evidence.field,
        "start": evidence.start,
        "end": evidence.end,
        "quote": evidence.quote,
    }


def telling_facts(told: StoredTelling) -> dict[str, object]:
    """Give what a source said of an episode before it changed its words."""
    return {
        "source": told.source,
        "guid": told.telling.guid,
        "title": told.telling.title,
        "summary": told.telling.summary,
        "enclosure": told.telling.enclosure.url if told.telling.enclosure else None,
        "first_heard": told.first_heard.isoformat(),
        "last_heard": told.last_heard.isoformat(),
    }


def person_facts(person: Person, roles: Mapping[str, int]) -> dict[str, object]:
    """Give a person with the appearances by role."""
    return {
        "id": person.id,
        "name": person.name,
        "aliases": person.aliases,
        "href": person.href,
        "appearances": {role.value: roles.get(role, 0) for role in Role},
    }


def show_facts(show: Show, episodes: int) -> dict[str, object]:
    """Give a show."""
    return {
        "id": show.id,
        "title": show.title,
        "source": show.source,
        "author": show.author,
        "link": show.link,
        "feed": show.feed_url,
        "guid": show.guid,
        "language": show.language,
        "episodes": episodes,
    }


def source_facts(source: Source, state: SourceState) -> dict[str, object]:
    """Give a source as configured, and where its feed was found."""
    return {
        "id": source.id,
        "kind": source.kind,
        "url": source.url,
        "find": source.find,
        "title": source.title,
        "hosts": source.hosts,
        "shows": source.shows,
        "tags": source.tags,
        "address": state.address or source.url,
        "found_by": state.found_by or None,
        "detail": state.last_visit.detail or None if state.last_visit else None,
        "flags": state.last_visit.flags if state.last_visit else (),
    }
