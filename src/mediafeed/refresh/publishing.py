"""Publish what changed: render stale fragments, plan the documents, write those that differ."""

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from mediafeed.model.episode import Episode, Person, Show
from mediafeed.model.published import Fragments, IndexRow, Published
from mediafeed.model.settings import PersonSetting, Site, Transcripts, View
from mediafeed.publish import html, jsonfeed, pages, rss
from mediafeed.publish.findable import findable
from mediafeed.publish.hiding import hidden_names, with_spellings, without_hidden, without_hidden_author
from mediafeed.publish.repaired_feeds import Listing
from mediafeed.publish.signing import signature
from mediafeed.publish.site import Extras, fragment_key, plan, site_key
from mediafeed.publish.source_pages import polled_sources
from mediafeed.publish.transcripts import words_of
from mediafeed.publish.views import matches
from mediafeed.publish.write import Writer
from mediafeed.refresh.collecting import free_shows, portrayed
from mediafeed.refresh.people import as_set, claimed_twice, configured_persons, key_everywhere, may_mean
from mediafeed.refresh.snapshot import Snapshot
from mediafeed.store.finding import nearest
from mediafeed.store.store import Store

log = logging.getLogger(__name__)

BATCH = 200
PER_PERSON = 4  # documents: page, card, two feeds
_WHOLE = "published whole"
_PERSON_FEED = re.compile(r"people/([^/]+)/feed\.xml")


Step = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Rendered:
    """What is to be published; `aside` are (episode id, reason) of what could not be rendered."""

    index: Sequence[IndexRow]
    shows: Sequence[Show]
    aside: tuple[tuple[str, str], ...]
    spoken: Mapping[str, str]  # hashes of the transcripts that pages show, by episode id


@dataclass(frozen=True, slots=True)
class Publisher:
    """Makes the published tree follow the store."""

    store: Store
    writer: Writer
    site: Site
    views: Sequence[View]
    persons: Sequence[PersonSetting]
    extras: Extras
    repaired: Sequence[str] = ()  # sources that are published alone as well
    every: timedelta = timedelta(minutes=60)  # how often sources are visited that say nothing else

    def render_ahead(self, on_step: Step | None = None) -> None:
        """Render what changed while others write, where that is much: little of it is left for `render` then.

        What is written meanwhile differs from what it was rendered of, by its key, and is rendered again.
        """
        self._render_stale(on_step or _no_step)

    def render(self, on_step: Step | None = None) -> Rendered:
        """Render what changed; `on_step` hears (step, done, of). Nobody may write meanwhile."""
        index, aside = self._render_stale(on_step or _no_step)
        return Rendered(index, self.store.shows(), aside, self._let_find_spoken())

    def write(self, rendered: Rendered, on_step: Step | None = None) -> Published:
        """Bring feeds/ up to date with what was rendered, from a store that stands as it did then.

        Only what changed is written, but every document that is kept is looked at, some 60 µs each.
        """
        step = on_step or _no_step
        index = rendered.index
        published = self.store.published()
        extras = replace(
            self.extras,
            former=self._former(index, published),
            repaired=self._listings(),
            moved=self.store.absorbed(),
            polled=polled_sources(self.store.sources(), self.store.states(), self.every),
        )
        people = self._people()
        library = Snapshot(self.store, index, rendered.shows, people, rendered.spoken)
        documents = plan(library, self.site, self.views, extras)
        about = max(len(published), len(index) + PER_PERSON * len(people))
        did = self.writer.write(documents, published, lambda done, of: step("write", done, of), expected=about)
        self.store.note_published(did.signatures, did.removed)
        if self.store.setting(_WHOLE) != self._where:
            self.store.set_setting(_WHOLE, self._where)
        result = Published(
            written=did.written,
            unchanged=did.unchanged,
            removed=did.removed,
            set_aside=(*rendered.aside, *did.set_aside),
        )
        log.info("published", extra={"written": len(result.written), "unchanged": result.unchanged})
        return result

    @property
    def _where(self) -> str:
        return f"{self.site.url} {self.site.output}"

    def is_whole(self) -> bool:
        """Say whether a publishing to this folder, for this address, came to its end once: the tree is whole since.

        Later ones put file after file into place, so that it stays so whenever one is broken off.
        """
        return self.store.setting(_WHOLE) == self._where and self.writer.holds("feed.xml")

    def doubts(self) -> Iterator[str]:
        """Give a line for each view that nothing matches, and what in a person's table cannot be meant."""
        shows = {show.id for show in self.store.shows()}
        for person in self.persons:
            for show in person.shows:
                if shows and show not in shows:
                    yield f"[[person]] {person.id}: no show {show!r}{nearest(show, shows)}"
        for later, name, first in claimed_twice(self.persons):
            yield f"[[person]] {later}: {name!r} means {first} already"
        rows = self.store.index()
        matched = {view for row in rows for view in row.views}
        for view in self.views:
            if rows and view.id not in matched:
                yield f"[[view]] {view.id}: no episode matches; are its values spelt as `mediafeed list` has them?"

    def _listings(self) -> tuple[Listing, ...]:
        return tuple(
            Listing(
                source=source,
                listed=self.store.listed(source),
                head=self.store.head(source) or (),
                tellings=partial(self.store.all_tellings, source, listed=True),
            )
            for source in self.repaired
        )

    def _people(self) -> tuple[Person, ...]:
        """Give everybody, hidden as the operator says at this time, with pictures that may be shown."""
        people = with_spellings(as_set(self.store.persons(), self.persons))
        portraits = self.store.files.portraits()
        return portrayed(people, self.store.shows(), portraits, configured_persons(self.persons))

    def _let_find_spoken(self) -> Mapping[str, str]:
        """Give the transcripts that pages show; what is said in them is found by search, and in no others."""
        if self.site.transcripts is Transcripts.LINK:
            shown: dict[str, str] = {}
        else:
            shown = self.store.files.transcripts_held(free_shows(self.store.shows(), self.site.transcripts))
        found = self.store.search.spoken()
        differ = [episode for episode, key in shown.items() if found.get(episode) != key]
        for batch in (differ[start : start + BATCH] for start in range(0, len(differ), BATCH)):
            held = self.store.files.transcripts(batch)
            self.store.files.let_find((one, shown[one], words_of(transcript)) for one, _, transcript in held)
        self.store.files.let_find((episode, "", "") for episode in found if episode not in shown)
        return shown

    def _former(self, index: Sequence[IndexRow], published: Iterable[str]) -> dict[str, str | None]:
        """Give the persons whose feed was published and who are on no episode now, with the id each goes by since.

        Subscribers must not lose an address because a source words it otherwise or the operator made two persons one.
        Who is only on episodes that are blocked goes with them.
        """
        heard = {person for row in index for person, _ in row.appearances}
        gone = {found[1] for path in published if (found := _PERSON_FEED.fullmatch(path))} - heard
        if not gone:
            return {}
        people = self._people()
        known = {person.key: person for person in people if person.id in heard} | configured_persons(self.persons)
        former: dict[str, str | None] = {}
        for person in people:
            if person.id in gone and not person.hidden:
                keys = (person.key, key_everywhere(person.key))
                now = next(
                    (one for key in keys if (one := known.get(key)) and may_mean(one, keys[1], person.name)), None
                )
                if now is None or not now.hidden:
                    former[person.id] = now.id if now and now.id != person.id else None
        return former

    def _render_stale(self, step: Step) -> tuple[Sequence[IndexRow], tuple[tuple[str, str], ...]]:
        """Render what is stale; give the index as it stands then, and (episode id, reason) of what was set aside."""
        people = {person.id: person for person in self._people()}
        hidden = {person.id: person for person in people.values() if person.hidden}
        names = hidden_names(hidden.values())
        shows = {show.id: without_hidden_author(show, names) for show in self.store.shows()}
        index = self.store.index()
        own = self._own_keys(index, shows, people)
        wanted = {row.id: own[row.id] + _learned(row, people) for row in index if row.id in own}
        differ = {row.id: row for row in index if row.id in wanted and row.fragment_key != wanted[row.id]}
        with self.store.asking() as asked:
            archived = asked.archived(differ)
        # What another episode taught of a person is no reason to change a document that never changes.
        stale = [i for i, row in differ.items() if i not in archived or not row.fragment_key.startswith(own[i])]
        aside: list[tuple[str, str]] = []
        done = 0
        for batch in (stale[start : start + BATCH] for start in range(0, len(stale), BATCH)):
            rendered = (
                self._rendered(episode, shows, hidden | _credited(episode, people), wanted[episode.id], aside)
                for episode in (without_hidden(episode, names) for episode in self.store.episodes(batch))
            )
            self.store.save_fragments(rendered)
            done += len(batch)
            step("render", done, len(stale))
        return self.store.index() if stale else index, tuple(aside)

    def _own_keys(
        self, index: Sequence[IndexRow], shows: Mapping[str, Show], people: Mapping[str, Person]
    ) -> dict[str, str]:
        """Give what each episode's fragments depend on beside what others taught of its persons.

        What the operator says of a person, or of a namesake, changes the episodes that credit them; of who is hidden
        none may tell at all.
        """
        said: dict[str, list[tuple[str, Person]]] = {}
        for key, person in configured_persons(self.persons).items():
            for name in {key_everywhere(key), person.id}:
                said.setdefault(name, []).append((key, person))
        everywhere = site_key(self.site, self.views, [one for one in self.persons if one.hidden], self.extras.theme)

        def own(row: IndexRow) -> str:
            credited = [people[person] for person, _ in row.appearances if person in people]
            names = [name for one in credited for name in (one.id, key_everywhere(one.key)) if name in said]
            key = signature(everywhere, repr([said[name] for name in names])) if names else everywhere
            return fragment_key(row.fingerprint, shows[row.show], key)

        return {row.id: own(row) for row in index if not row.blocked}

    def _rendered(
        self,
        episode: Episode,
        shows: Mapping[str, Show],
        people: dict[str, Person],
        key: str,
        aside: list[tuple[str, str]],
    ) -> Fragments:
        """Render one episode; what it cannot be rendered as is left out and told, all else stays."""
        show = shows[episode.show]
        all_shows = (show, *(shows[also] for also in episode.also_on if also in shows))

        def tried(render: Callable[..., bytes]) -> bytes:
            try:
                return render(episode, show, self.site, people)
            except Exception as error:  # one broken item never costs the others
                log.exception("item set aside", extra={"episode": episode.id})
                aside.append((episode.id, str(error)))
                return b""

        return Fragments(
            episode=episode.id,
            key=key,
            rss=tried(rss.item_fragment) if episode.enclosure else b"",
            json=tried(jsonfeed.item_fragment),
            row=tried(partial(pages.row, theme=self.extras.theme)),
            notes=tried(html.notes_fragment),
            findable=findable(episode, all_shows, people),
            views=tuple(view.id for view in self.views if matches(view, episode, *all_shows)),
        )


def _no_step(_step: str, _done: int, _of: int) -> None:
    pass


def _learned(row: IndexRow, people: Mapping[str, Person]) -> str:
    """Give what fragments show of the persons heard: an address or a face may be learned later than the episode."""
    heard = (people[person] for person, _ in row.appearances if person in people)
    told = "".join(repr((one.id, one.href, one.image)) for one in heard if one.href or one.image)
    return f" {signature(told)}" if told else ""


def _credited(episode: Episode, people: dict[str, Person]) -> dict[str, Person]:
    # Rendering looks through everybody it is given: thousands of persons for each of thousands of episodes.
    return {credit.person: people[credit.person] for credit in episode.credits if credit.person in people}
