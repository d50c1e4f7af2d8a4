"""Who is who: names on credits become persons, and the operator has the last word."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from mediafeed.model.audio import Measurement
from mediafeed.model.episode import Credit, CreditOrigin, Episode, Evidence, Person, Role
from mediafeed.model.settings import Override, PersonSetting
from mediafeed.normalize.believing import believed
from mediafeed.normalize.identity import slug
from mediafeed.normalize.persons import middle_initials, person_key, same_person


def configured_persons(settings: Iterable[PersonSetting]) -> dict[str, Person]:
    """Give the operator's persons under the keys of every name they go by.

    A name with middle initials has two keys: the operator may make one what initials part, or part what they do not.
    A person of some shows has these for each show, and goes by no name elsewhere.
    """
    persons: dict[str, Person] = {}
    for setting in settings:
        shows = setting.shows or ("",)
        person = Person(
            id=setting.id,
            key=key_on(shows[0], person_key(setting.name)),
            name=setting.name,
            aliases=setting.aliases,
            href=setting.href,
            image=setting.image,
            hidden=setting.hidden,
        )
        for show, name in product(shows, (setting.name, *setting.aliases)):
            plain, other = keys_of(name)
            persons.setdefault(key_on(show, plain), person)
            if middle_initials(name):
                persons.setdefault(key_on(show, other), person)
    return persons


def claimed_twice(settings: Iterable[PersonSetting]) -> Iterator[tuple[str, str, str]]:
    """Give (id, name, id) for each name that a person is to go by and that means one who stands before them already."""
    owners: dict[str, str] = {}
    for setting in settings:
        for show, name in product(setting.shows or ("",), (setting.name, *setting.aliases)):
            owner = owners.setdefault(key_on(show, keys_of(name)[1]), setting.id)
            if owner != setting.id:
                yield setting.id, name, owner


def as_set(persons: Iterable[Person], settings: Iterable[PersonSetting]) -> tuple[Person, ...]:
    """Give the persons hidden as the operator says now: who was hidden once is not, when nothing says so any more."""
    configured = configured_persons(settings)
    hidden = {person.id for person in configured.values() if person.hidden}
    keys = {key for key, person in configured.items() if person.hidden}
    return tuple(replace(one, hidden=one.id in hidden or one.key in keys) for one in persons)


def setting_of(person: Person, settings: Iterable[PersonSetting]) -> PersonSetting:
    """Give what the operator says of a person, by the id or any name; where nothing is said, what is known.

    >>> neil = Person(id="neil-melvin", key="neil melvin", name="Neil Melvin")
    >>> setting_of(neil, [PersonSetting(id="nm", name="N. Melvin", aliases=("Neil Melvin",))]).id
    'nm'
    """
    settings = tuple(settings)
    by_id = next((setting for setting in settings if setting.id == person.id), None)
    meant = configured_persons(settings).get(person.key)
    by_key = next((setting for setting in settings if meant and setting.id == meant.id), None)
    return by_id or by_key or PersonSetting(id=person.id, name=person.name, aliases=person.aliases)


def made_one(
    kept: PersonSetting, other: PersonSetting, names: Iterable[str] = (), heard: Iterable[str] = ()
) -> PersonSetting:
    """Give one person instead of two: the first with the other's names as aliases; `names` are further spellings.

    A spelling that is known by itself to be one of these names is not written down. `heard` are the shows on which
    they are.

    >>> made_one(PersonSetting(id="a", name="Jennifer Cole"), PersonSetting(id="b", name="Jen Cole")).aliases
    ('Jen Cole',)
    """
    aliases = list(dict.fromkeys((*kept.aliases, other.name, *other.aliases)))
    known = {key for name in (kept.name, *aliases) for key in keys_of(name)}
    for name in names:
        if person_key(name) not in known:
            aliases.append(name)
            known.update(keys_of(name))
    return replace(
        kept,
        aliases=tuple(name for name in aliases if name != kept.name),
        shows=_shows_of_both(kept, other, heard),
        href=kept.href or other.href,
        image=kept.image or other.image,
    )


def _shows_of_both(kept: PersonSetting, other: PersonSetting, heard: Iterable[str]) -> tuple[str, ...]:
    one, two = ({person_key(name) for name in (each.name, *each.aliases)} for each in (kept, other))
    if not kept.shows and not other.shows:
        return ()
    if kept.shows and other.shows:
        heard = ()
    elif one & two:
        return ()
    # Whoever goes by a name on some shows only must not, for another name, be taken for a namesake on the others.
    return tuple(dict.fromkeys((*kept.shows, *other.shows, *heard)))


def parted(kept: PersonSetting, id: str, shows: Collection[str]) -> tuple[PersonSetting, PersonSetting]:  # noqa: A002 - as PersonSetting
    """Give two persons of one name instead of one: who keeps the id, and who goes by the names on these shows.

    >>> [one.shows for one in parted(PersonSetting(id="a", name="Ann Lee"), "b", ["news"])]
    [(), ('news',)]
    """
    left = tuple(show for show in kept.shows if show not in shows)
    return replace(kept, shows=left), PersonSetting(id=id, name=kept.name, aliases=kept.aliases, shows=tuple(shows))


class Identities:
    """The persons one refresh may meet; it adds those nobody met before. Lives as long as one transaction."""

    def __init__(
        self,
        configured: Mapping[str, Person],
        known: Mapping[str, Person],
        is_taken: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """Take persons by key (the operator's first), and who knows whether an id must not be given again."""
        self._known = known
        self._configured = configured
        settled = {person.id for person in configured.values()}
        self._ids = {key: one.id for key, one in known.items() if one.id not in settled}
        self._ids |= {key: one.id for key, one in configured.items()}
        self._persons = {person.id: person for person in known.values()}
        self._is_taken = is_taken
        self._taken = {*self._ids.values(), *self._persons}
        self._fresh: dict[str, Person] = {}
        hidden = {person.id for person in configured.values() if person.hidden}
        for person in known.values():
            if person.hidden and person.id not in hidden:  # the operator does not say so any more
                self._keep(replace(person, hidden=False))
        for person in configured.values():
            held = self._persons.get(person.id)
            completed = _completed(person, held.href, held.image) if held else person
            if completed != held:
                self._keep(completed)

    def person(self, credit: Credit, show: str = "") -> Person | None:
        """Give the person behind a credit of a show, a new one if need be; None for a name without a letter in it."""
        key = self._key(credit.name, show)
        if not key:
            return None
        if key not in self._ids:
            self._ids[key] = self._new_id(credit.name)
            self._keep(Person(id=self._ids[key], key=key, name=credit.name))
        person = self._persons[self._ids[key]]
        # A publisher's own word about a face or an address is kept by the person it is about.
        completed = _completed(person, credit.href, credit.image)
        if completed != person:
            self._keep(completed)
        return completed

    def _key(self, name: str, show: str) -> str:
        """Give the key of a name on a show; where middle initials contradict a namesake's it is one of its own."""
        key, other = keys_of(name)
        for own in (key_on(show, key), key_on(show, other)):
            if show and own in self._configured and may_mean(self._configured[own], key, name):
                return own
        held = self._persons.get(self._ids.get(key, ""))
        if held is None or may_mean(held, key, name):
            return key
        before = self._known.get(key)  # who had the plain key until the operator gave it to the namesake
        if before and before.id != held.id and middle_initials(before.name) == middle_initials(name):
            self._ids.setdefault(other, before.id)
        return other

    def newcomers(self) -> tuple[Person, ...]:
        """Give the persons to remember: new ones, and those that more is known of now."""
        return tuple(self._fresh.values())

    def _keep(self, person: Person) -> None:
        self._persons[person.id] = self._fresh[person.id] = person

    def _new_id(self, name: str) -> str:
        while True:
            found = free_id(name, self._taken)
            self._taken.add(found)
            if not self._is_taken(found):
                return found


def may_mean(held: Person, key: str, name: str) -> bool:
    """Say whether a name means a person who is known by its key.

    A person of the operator's goes by names of other keys: initials speak only between two names of one key.
    """
    return person_key(held.name) != key or same_person(held.name, name)


def _completed(person: Person, href: str | None, image: str | None) -> Person:
    return replace(person, href=person.href or href, image=person.image or image)


def keys_of(name: str) -> tuple[str, str]:
    """Give the keys a name may be known under: the plain one, and the one beside a namesake of other initials.

    >>> keys_of("George H. W. Bush")
    ('george bush', 'george bush (hw)')
    """
    key = person_key(name)
    return key, f"{key} ({middle_initials(name)})" if key else ""


def key_on(show: str, key: str) -> str:
    """Give the key of a name that means somebody on one show only; the key itself for "", which is every show.

    >>> key_on("news", "ann lee"), key_on("", "ann lee")
    ('ann lee [news]', 'ann lee')
    """
    return f"{key} [{show}]" if show else key


def key_everywhere(key: str) -> str:
    """Give the key of the same name on every other show.

    >>> key_everywhere("ann lee [news]"), key_everywhere("ann lee")
    ('ann lee', 'ann lee')
    """
    return key.partition(" [")[0]


def free_id(name: str, taken: Collection[str]) -> str:
    """Give an id for a new person of this name.

    >>> free_id("Ann Lee", {"ann-lee"})
    'ann-lee-2'
    """
    base = slug(name, fallback="person")
    found, count = base, 1
    while found in taken:
        count += 1
        found = f"{base[:76]}-{count}"
    return found


def with_persons(episode: Episode, people: Identities) -> Episode:
    """Settle who each credit is about."""
    known = ((credit, people.person(credit, episode.show)) for credit in episode.credits)
    return replace(episode, credits=tuple(replace(credit, person=person.id) for credit, person in known if person))


def as_heard(told: Episode, found: Measurement | None, people: Identities, overrides: Sequence[Override]) -> Episode:
    """Add what the audio said to what the sources tell; whom its tags name is a person like any other."""
    heard = believed(told, found)
    if heard.credits == told.credits:
        return heard
    return with_persons(overridden(heard, overrides), people)


def overridden(episode: Episode, overrides: Sequence[Override]) -> Episode:
    """Let the operator's word about this episode win over every other."""
    names = names_of(episode)
    for override in overrides:
        if override.episode in names:
            episode = _with(episode, override)
    return episode


def names_of(episode: Episode) -> frozenset[str]:
    """Give the words by which an override may mean an episode."""
    return frozenset(filter(None, (episode.id, episode.guid, episode.published_guid)))


def _with(episode: Episode, override: Override) -> Episode:
    key = person_key(override.name)
    others = tuple(credit for credit in episode.credits if person_key(credit.name) != key)
    if override.role == "none":
        return replace(episode, credits=others)
    same = next((credit for credit in episode.credits if person_key(credit.name) == key), None)
    evidence = Evidence("override", "config", 0, len(override.name), f"{override.name}: {override.role}")
    credit = Credit(
        name=override.name,
        role=Role(override.role),
        origin=CreditOrigin.CONFIG,
        evidence=evidence,
        honorific=same.honorific if same else None,
        affiliation=same.affiliation if same else None,
        href=same.href if same else None,
        image=same.image if same else None,
    )
    return replace(episode, credits=(*others, credit))
