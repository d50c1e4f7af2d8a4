from itertools import permutations

import pytest

from mediafeed.model.episode import Credit, Person, Role
from mediafeed.model.settings import Override, PersonSetting
from mediafeed.refresh.people import (
    Identities,
    configured_persons,
    made_one,
    overridden,
    parted,
    with_persons,
)
from tests.normalize.making import guest, telling
from tests.normalize.test_likeness import APART, HARD

PHILIP = PersonSetting(id="psj", name="Philip Shetler-Jones", aliases=("Phil Jones",), href="https://psj.example/")


def known(*persons: Person) -> dict[str, Person]:
    return {person.key: person for person in persons}


def met(people: Identities, credit: Credit, show: str = "") -> Person:
    person = people.person(credit, show)
    assert person is not None
    return person


def test_two_spellings_of_a_name_are_one_person():
    people = Identities({}, {})

    one = met(people, guest("Dr. Viktorija STARYCH-Samuolienė"))
    other = met(people, guest("Viktorija Starych-Samuoliene"))

    assert one == other
    assert len(people.newcomers()) == 1


def test_a_name_in_another_alphabet_is_another_person():
    people = Identities({}, {})

    latin, mixed = met(people, guest("Neil Melvin")), met(people, guest("Neil Мelvin"))

    assert latin.id != mixed.id


@pytest.mark.parametrize(("one", "other"), [pair[:2] for pair in HARD] + APART)
def test_no_hard_pair_is_made_one_by_itself_in_whatever_order_not_even_by_one_address(one, other):
    for first, second in ((one, other), (other, one)):
        people = Identities({}, {})
        credits_ = [guest(name, href="https://who.example/1", affiliation="Kelp Institute") for name in (first, second)]

        assert len({met(people, credit).id for credit in credits_}) == 2


@pytest.mark.parametrize(("one", "other"), [pair[:2] for pair in HARD] + APART)
def test_a_line_in_the_config_makes_any_pair_one(one, other):
    people = Identities(configured_persons([PersonSetting(id="p", name=one, aliases=(other,))]), {})

    assert met(people, guest(one)).id == met(people, guest(other)).id == "p"


def test_a_name_with_other_affiliations_is_still_one_person():
    people = Identities({}, {})

    fellow, striker = guest("Ada Quill", affiliation="Kelp Institute"), guest("Ada Quill", affiliation="Harbour FC")
    assert met(people, fellow) == met(people, striker)


def test_who_is_who_does_not_depend_on_who_is_heard_first():
    names = ["Ada Quill", "Dr Ada QUILL", "A. Quill", "Ada Q. Quill", "Quill Ada", "Ada Quill FBA"]

    def partition(order: list[str]) -> set[frozenset[str]]:
        people = Identities({}, {})
        ids = {name: met(people, guest(name)).id for name in order}
        return {frozenset(name for name in names if ids[name] == id_) for id_ in ids.values()}

    for order in permutations(names):
        assert partition(list(order)) == {
            frozenset(("Ada Quill", "Dr Ada QUILL", "Ada Q. Quill", "Ada Quill FBA")), frozenset(("A. Quill",)),
            frozenset(("Quill Ada",)),
        }  # fmt: skip


def test_a_persons_id_is_a_path_and_never_given_twice():
    people = Identities({}, {}, {"neil-melvin", "neil-melvin-2"}.__contains__)

    assert met(people, guest("Neil Melvin")).id == "neil-melvin-3"
    assert met(people, guest("../../etc")).id == "etc"
    assert met(people, guest("Neil Мelvin")).id not in {"neil-melvin", "neil-melvin-2", "neil-melvin-3"}


def test_a_name_without_a_letter_is_nobody():
    people = Identities({}, {})
    episode = telling("Kyoto", credits=(guest("..."), guest("Neil Melvin")))

    assert [credit.name for credit in with_persons(episode, people).credits] == ["Neil Melvin"]


def test_a_known_person_is_not_news():
    neil = Person(id="neil-melvin", key="neil melvin", name="Neil Melvin")
    people = Identities({}, known(neil))

    assert met(people, guest("Neil Melvin")) == neil
    assert not people.newcomers()


def test_a_configured_person_is_meant_by_every_alias():
    people = Identities(configured_persons([PHILIP]), {})

    assert met(people, guest("Philip Shetler-Jones")).id == "psj"
    assert met(people, guest("Dr Phil Jones")).id == "psj"
    assert len(people.newcomers()) == 1


def test_a_configured_person_wins_over_one_met_before_under_that_name():
    before = Person(id="philip-shetler-jones", key="philip shetler jones", name="Philip Shetler-Jones")
    people = Identities(configured_persons([PHILIP]), known(before))

    assert met(people, guest("Philip Shetler-Jones")).id == "psj"


def test_a_hidden_person_is_remembered_as_hidden():
    hidden = PersonSetting(id="psj", name="Philip Shetler-Jones", hidden=True)
    people = Identities(configured_persons([hidden]), {})

    assert met(people, guest("Philip Shetler-Jones")).hidden
    assert people.newcomers()[0].hidden


def test_the_operator_may_make_one_what_initials_part():
    one = PersonSetting(id="gb", name="George W. Brandt", aliases=("George H. W. Brandt",))
    people = Identities(configured_persons([one]), {})

    assert met(people, guest("George H. W. Brandt")).id == met(people, guest("George W. Brandt")).id == "gb"


def test_the_operator_may_name_both_namesakes():
    father = PersonSetting(id="father", name="George H. W. Brandt")
    son = PersonSetting(id="son", name="George W. Brandt")

    for settings in ([father, son], [son, father]):
        people = Identities(configured_persons(settings), {})
        assert met(people, guest("George H. W. Brandt")).id == "father"
        assert met(people, guest("George W. Brandt")).id == "son"


def test_a_namesake_keeps_page_and_feed_when_the_operator_names_the_other_one():
    father = Person(id="george-h-w-brandt", key="george brandt", name="George H. W. Brandt")
    people = Identities(configured_persons([PersonSetting(id="son", name="George W. Brandt")]), known(father))

    assert met(people, guest("George H. W. Brandt")).id == "george-h-w-brandt"
    assert met(people, guest("George W. Brandt")).id == "son"


def test_what_the_operator_says_of_a_person_takes_the_place_of_what_was_known():
    before = next(iter(configured_persons([PHILIP]).values()))
    renamed = PersonSetting(id="psj", name="Philip Shetler-Jones", href="https://new.example/")
    people = Identities(configured_persons([renamed]), known(before))

    assert people.newcomers()[0].href == "https://new.example/"
    assert people.newcomers()[0].aliases == ()


def test_a_publishers_word_about_a_face_is_kept_and_changes_nothing_of_what_was_known():
    people = Identities(configured_persons([PHILIP]), {})
    credit = guest("Phil Jones", image="https://cdn.example.org/psj.jpg", href="https://other.example/")

    person = met(people, credit)

    assert (person.image, person.href) == ("https://cdn.example.org/psj.jpg", "https://psj.example/")
    assert people.newcomers() == (person,)


def test_a_configured_person_whose_face_a_publisher_showed_is_no_news_at_the_next_visit():
    first = Identities(configured_persons([PHILIP]), {})
    shown = met(first, guest("Phil Jones", image="https://cdn.example.org/psj.jpg"))

    people = Identities(configured_persons([PHILIP]), known(shown))

    assert not people.newcomers()
    assert met(people, guest("Philip Shetler-Jones")).image == "https://cdn.example.org/psj.jpg"


def test_what_is_learned_under_one_name_is_known_under_every_other():
    people = Identities(configured_persons([PersonSetting(id="psj", name="Philip Jones", aliases=("Phil Jones",))]), {})

    met(people, guest("Phil Jones", image="https://cdn.example.org/psj.jpg"))
    met(people, guest("Philip Jones", href="https://psj.example/"))

    (person,) = people.newcomers()
    assert (person.image, person.href) == ("https://cdn.example.org/psj.jpg", "https://psj.example/")


def test_an_override_adds_a_credit_that_nobody_gave():
    episode = telling("Kyoto", guid="33")

    (credit,) = overridden(episode, [Override(episode="33", name="Neil Melvin", role="guest host")]).credits

    assert credit.role is Role.GUEST_HOST
    assert (credit.evidence.field, credit.evidence.quote) == ("config", "Neil Melvin: guest host")


def test_an_override_keeps_what_the_source_said_of_the_person():
    episode = telling("Kyoto", guid="33", credits=(guest("Neil Melvin", honorific="Dr", affiliation="RUSI"),))

    (credit,) = overridden(episode, [Override(episode="33", name="Neil Melvin", role="host")]).credits

    assert (credit.honorific, credit.affiliation) == ("Dr", "RUSI")


def test_an_override_takes_a_credit_away_and_leaves_the_others():
    episode = telling("Kyoto", guid="33", credits=(guest("Neil Melvin"), guest("Ann Lee")))

    left = overridden(episode, [Override(episode="33", name="Dr Neil Melvin", role="none")]).credits

    assert [credit.name for credit in left] == ["Ann Lee"]


def test_an_override_means_an_episode_by_its_id_its_guid_or_the_guid_it_is_published_with():
    episode = telling("Kyoto", guid="33", id="abc", published_guid="uuid")

    for name in ("33", "abc", "uuid"):
        assert overridden(episode, [Override(episode=name, name="Neil Melvin", role="host")]).credits
    assert not overridden(episode, [Override(episode="34", name="Neil Melvin", role="host")]).credits


HISTORIAN = PersonSetting(id="ada-quill-2", name="Ada Quill", aliases=("A. Quill",), shows=("tides", "fog"))


def test_a_name_may_mean_somebody_else_on_some_shows():
    people = Identities(configured_persons([HISTORIAN]), {})

    for name in ("Ada Quill", "Dr Ada QUILL", "A. Quill"):
        assert {met(people, guest(name), show).id for show in ("tides", "fog")} == {"ada-quill-2"}
    assert met(people, guest("Ada Quill"), "goals").id == met(people, guest("Ada Quill")).id == "ada-quill"
    assert met(people, guest("A. Quill"), "goals").id == "a-quill"


def test_each_show_may_have_a_person_of_that_name():
    settings = [PersonSetting(id=show, name="Ada Quill", shows=(show,)) for show in ("tides", "goals")]

    for order in permutations(settings):
        people = Identities(configured_persons(order), {})
        assert [met(people, guest("Ada Quill"), show).id for show in ("tides", "goals")] == ["tides", "goals"]


def test_on_a_show_too_initials_that_contradict_part_namesakes():
    people = Identities(configured_persons([PersonSetting(id="son", name="George W. Brandt", shows=("tides",))]), {})

    assert met(people, guest("George Brandt"), "tides").id == "son"
    assert met(people, guest("George H. W. Brandt"), "tides").id == "george-h-w-brandt"


def test_who_goes_by_a_name_on_some_shows_only_is_no_longer_meant_on_others_whatever_was_known():
    before = Person(id="ada", key="ada quill", name="Ada Quill")
    people = Identities(
        configured_persons([PersonSetting(id="ada", name="Ada Quill", shows=("tides",))]), known(before)
    )

    assert met(people, guest("Ada Quill"), "goals").id == "ada-quill"
    assert met(people, guest("Ada Quill"), "tides").id == "ada"


def test_two_made_one_go_by_the_name_wherever_either_did():
    everywhere = PersonSetting(id="ada", name="Ada Quill")
    goals = PersonSetting(id="striker", name="Ada Quill", shows=("goals",))

    assert made_one(everywhere, HISTORIAN).shows == made_one(HISTORIAN, everywhere).shows == ()
    assert made_one(goals, HISTORIAN).shows == ("goals", "tides", "fog")


def test_who_has_a_namesake_on_other_shows_is_not_taken_for_them_when_made_one_with_another_name():
    other, heard = PersonSetting(id="aq", name="Adele Quill"), ("goals", "news")
    goals = PersonSetting(id="striker", name="Ada Quill", shows=("goals",))

    made = made_one(goals, other, heard=heard)

    assert (made.aliases, made.shows) == (("Adele Quill",), ("goals", "news"))
    assert made_one(other, goals, heard=heard).shows == ("goals", "news")


def test_a_person_of_some_shows_may_be_parted_again():
    kept, other = parted(HISTORIAN, "fogger", ["fog"])

    assert (kept.shows, other.shows, other.aliases) == (("tides",), ("fog",), ("A. Quill",))
