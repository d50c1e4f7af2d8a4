"""What an episode is known by, decided once: guid, path, and the audio that no other one is listed with. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec
import xxhash

from mediafeed.model.episode import NEVER, Episode
from mediafeed.model.held import EpisodeRecord
from mediafeed.model.licences import is_free
from mediafeed.normalize.believing import setting_for, told_of_audio
from mediafeed.normalize.identity import audio_key, collided_guid, slug
from mediafeed.normalize.transcripts import chosen_transcript
from mediafeed.refresh.keying import keys_of_tellings


def fingerprint(episode: Episode) -> str:
    """Give the hash of everything an episode claims; when it was first heard of is no claim."""
    return xxhash.xxh3_128_hexdigest(msgspec.json.encode(replace(episode, first_heard=NEVER)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What an episode is known by already, to be kept for ever."""

    path: str
    published_guid: str
    first_heard: datetime


@dataclass(frozen=True, slots=True)
class Names:
    """Guids, paths and audio keys with the id of the episode that has each; they grow while names are given."""

    guids: dict[str, str]
    paths: dict[str, str]
    audios: dict[str, str]
    shows: Mapping[str, str]  # show id -> its podcast:guid


def named(identity: str, united: Episode, known: Known | None, names: Names) -> Episode:
    """Give the united episode what it is known by: what it was known by before, or what is free."""
    if known is None:
        known = Known(
            path=_path(identity, united, names),
            published_guid=_published_guid(identity, united, names),
            first_heard=united.first_heard,
        )
    episode = replace(
        united,
        id=identity,
        path=known.path,
        published_guid=known.published_guid,
        first_heard=min(known.first_heard, united.first_heard),
    )
    return _with_own_audio(episode, names)


def _published_guid(identity: str, episode: Episode, names: Names) -> str:
    """Keep the publisher's guid while it is unique among all sources; decide once."""
    show = names.shows.get(episode.show, episode.show)
    wanted = episode.guid or collided_guid(show, identity)
    if names.guids.get(wanted, identity) != identity:
        wanted = collided_guid(show, wanted)
        if names.guids.get(wanted, identity) != identity:
            # The show itself gave one guid to two recordings: its guid alone cannot part them.
            wanted = collided_guid(show, f"{episode.guid}\n{identity}")
    names.guids[wanted] = identity
    return wanted


def _path(identity: str, episode: Episode, names: Names) -> str:
    words = slug(episode.title, fallback=identity)
    if names.paths.get(f"{episode.show}/{words}", identity) != identity:
        words = f"{words[:67]}-{identity}"
    path = f"{episode.show}/{words}"
    names.paths[path] = identity
    return path


def _with_own_audio(episode: Episode, names: Names) -> Episode:
    """List no audio twice: an episode that only repeats another's has a page, and waits for audio of its own."""
    audio = published_audio(episode)
    owner = names.audios.get(audio, episode.id) if audio else episode.id
    if owner != episode.id:
        return replace(episode, enclosure=None, audio_of=owner)
    if audio:
        names.audios[audio] = episode.id
    return episode


def published_audio(episode: Episode) -> str:
    """Give the key of the audio that an episode is listed with, "" without any."""
    return audio_key(episode.enclosure.url) if episode.enclosure else ""


def record_of(episode: Episode, tellings: Sequence[Episode], *, told: Episode) -> EpisodeRecord:
    """Give an episode as it is remembered, with the keys under which all of its tellings are found.

    `told` is the same episode with nothing measured in it.
    """
    further = tellings if len(tellings) > 1 else ()  # of one telling the episode says the same
    return EpisodeRecord(
        episode=episode,
        fingerprint=fingerprint(episode),
        match_keys=keys_of_tellings((episode, *further)),
        audio=published_audio(episode),
        measure=setting_for(told),
        told=told_of_audio(told),
        transcript=chosen_transcript(episode),
        free=is_free(episode.elements),
    )


def guids_wanted(tellings: Sequence[Episode], show_guids: Mapping[str, str]) -> set[str]:
    """Give every guid that may be asked for by episodes made of these."""
    guids = {telling.guid for telling in tellings if telling.guid}
    return guids | {
        collided_guid(show_guids.get(telling.show, telling.show), telling.guid) for telling in tellings if telling.guid
    }


def paths_wanted(tellings: Iterable[Episode]) -> set[str]:
    """Give every path that may be asked for by episodes made of these."""
    return {f"{telling.show}/{slug(telling.title, fallback='episode')}" for telling in tellings}


def audios_wanted(tellings: Iterable[Episode]) -> set[str]:
    """Give every audio that episodes made of these may be listed with."""
    return {published_audio(telling) for telling in tellings} - {""}
