"""Whether a document is still of the show that its source stands for (F50)."""

from mediafeed.model.parsed import Element, ParsedFeed, ParsedItem, named, words
from mediafeed.model.source import Source
from mediafeed.normalize.enclosures import chosen_enclosure
from mediafeed.normalize.identity import audio_key, item_key
from mediafeed.normalize.text import folded
from mediafeed.store.store import Store


def knows_an_episode(store: Store, source: Source, feed: ParsedFeed) -> bool:
    """Say whether an item of a document was heard from this source before: by its bytes, guid, audio or title."""
    if not store.known_hashes(source.id).isdisjoint(feed.order):
        return True
    keys = {item_key(item) for item in feed.items}
    audios = {audio for item in feed.items if (audio := _audio(item))}
    with store.asking() as held:
        if held.items(source.id, keys) or held.items_by_audio(source.id, audios):
            return True
    titles = {folded(words(item.elements, "title")) for item in feed.items} - {""}
    return any(folded(told.telling.title) in titles for told in store.all_tellings(source.id))


def is_another_show(store: Store, source: Source, feed: ParsedFeed) -> str:
    """Give the title that a show had before another took its place at its address, "" if none did.

    Its title is another, and no episode is known: a publisher may rename a show, and may give all of its episodes new
    guids, and a list of few may have turned over since the last visit; not all of that at once.
    """
    held = store.head(source.id)
    if feed.head is None or not held or not feed.items:
        return ""
    before, now = words(held, "title"), words(feed.head, "title")
    if not before or folded(before) == folded(now) or _guid(held) == _guid(feed.head) != "":
        return ""
    return "" if knows_an_episode(store, source, feed) else before


def _guid(head: tuple[Element, ...]) -> str:
    return words(head, "podcast:guid").lower()


def _audio(item: ParsedItem) -> str:
    chosen, _ = chosen_enclosure(named(item.elements, "enclosure"), named(item.elements, "media:content"))
    return audio_key(chosen.url) if chosen else ""
