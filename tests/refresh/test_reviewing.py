"""What a person is asked about persons: with witnesses for it and against it, and in one order."""

from dataclasses import replace
from typing import Any

from mediafeed.model.episode import Credit, CreditOrigin, Episode, Person, Role, Show
from mediafeed.model.held import StoredTelling
from mediafeed.model.parsed import ParsedItem
from mediafeed.model.settings import Override
from mediafeed.normalize.persons import person_key
from mediafeed.refresh.reviewing import doubtful_credits, grouped, may_be_one, may_be_two, seen_in
from tests.normalize.making import NOW, guest, telling


def credited(name: str, **more: Any) -> Credit:
    return guest(name, person=person_key(name).replace(" ", "-"), **more)


def episode(id_: str, *credits_: Credit, show: str = "straits") -> Episode:
    return telling(f"On {id_}", id=id_, show=show, credits=credits_)


def persons_on(*episodes: Episode) -> list[Person]:
    by_id = {credit.person: credit.name for one in episodes for credit in one.credits}
    return [Person(id=id_, key=person_key(name), name=name) for id_, name in by_id.items()]


def told(one: Episode, *tellings: tuple[Credit, ...]) -> dict[str, list[StoredTelling]]:
    return {
        one.id: [
            StoredTelling(
                source=f"s{number}",
                key="k",
                item=ParsedItem((), ""),
                telling=telling("t", credits=credits_),
                fingerprint="",
                episode=one.id,
                first_heard=NOW,
                last_heard=NOW,
            )
            for number, credits_ in enumerate(tellings)
        ]
    }


def pairs(*episodes: Episode, settled: tuple[str, ...] = (), shows: tuple[Show, ...] = (), tellings: Any = None) -> Any:
    seen = seen_in(episodes, persons_on(*episodes))
    return may_be_one(seen, settled, shows, lambda id_: (tellings or {}).get(id_, ()))


def test_what_the_operator_said_is_not_doubtful_and_a_hidden_person_not_asked_about():
    one = episode(
        "e1",
        credited("Ada Quill", confidence=0.5),
        credited("Tom Varga", confidence=0.3),
        credited("Iris Bello", confidence=0.2, origin=CreditOrigin.CONFIG),
        credited("Nils Orre", confidence=0.1),
        credited("Gus Hale", confidence=0.9),
    )

    found = doubtful_credits([one], {"nils-orre"}, 0.9)

    assert [doubt.surest.credit.name for doubt in found] == ["Tom Varga", "Ada Quill"]


def test_what_an_override_will_change_is_not_asked_again_by_whatever_it_calls_the_episode():
    told = [episode(each, credited("Ada Quill", confidence=0.5)) for each in ("e1", "e2", "e3")]
    by_guid = replace(told[1], guid="g2")
    overrides = [
        Override(episode="e1", name="Dr Ada Quill", role="none"),
        Override(episode="g2", name="Ada Quill", role="host"),
    ]

    (found,) = doubtful_credits([told[0], by_guid, told[2]], (), 0.9, overrides)

    assert [one.episode.id for one in found.mentions] == ["e3"]


def test_a_person_in_one_role_on_one_show_is_one_doubt_the_surest_episode_first():
    ada = [
        episode("e1", credited("Ada Quill", confidence=0.7)),
        episode("e2", replace(credited("A. Quill", confidence=0.8), person="ada-quill")),
        episode("e3", credited("Ada Quill", confidence=0.95)),
        episode("e4", replace(credited("Ada Quill", confidence=0.6), role=Role.HOST)),
        episode("e5", credited("Ada Quill", confidence=0.65), show="narrows"),
    ]

    found = doubtful_credits(ada, (), 0.9)

    assert [[one.episode.id for one in doubt.mentions] for doubt in found] == [["e4"], ["e5"], ["e2", "e1"]]
    assert [doubt.surely for doubt in found] == [0, 0, 1]
    assert [each.weakest.episode.id for each in found[2].one_by_one()] == ["e1", "e2"]


def test_of_doubts_that_are_as_unsure_the_one_of_most_episodes_is_first():
    told = [
        episode("e1", credited("Tom Varga", confidence=0.6)),
        episode("e2", credited("Ada Quill", confidence=0.6)),
        episode("e3", credited("Ada Quill", confidence=0.6)),
    ]

    found = doubtful_credits(told, (), 0.9)

    assert [doubt.surest.credit.name for doubt in found] == ["Ada Quill", "Tom Varga"]


def test_the_same_address_speaks_for_one_person_unless_it_is_the_shows_or_everybodys():
    home, own = "https://straits.example/", "https://who.example/ada"
    both = [credited("Ada Quill", href=own), credited("A. Quill", href=own)]
    at_home = [credited("Ada Quill", href=home), credited("A. Quill", href=f"{home}?utm_source=x")]
    everybodys = [*both, credited("Tom Varga", href=own)]
    show = Show(id="straits", source="s", title="Straits", link=home)

    def witnesses(credits_: list[Credit]) -> list[tuple[str, ...]]:
        episodes = [episode(f"e{number}", credit) for number, credit in enumerate(credits_)]
        return [pair.witnesses for pair in pairs(*episodes, shows=(show,))]

    assert witnesses(both) == [(f"same address: {own}",)]
    assert witnesses(at_home) == [()]
    assert witnesses(everybodys) == [()]


def test_the_same_house_speaks_for_one_person_and_the_same_office_does_not():
    def witnesses(one: str, other: str) -> tuple[str, ...]:
        first = episode("e1", credited("Ada Quill", affiliation=one))
        (pair,) = pairs(first, episode("e2", credited("A. Quill", affiliation=other)))
        found: tuple[str, ...] = pair.witnesses
        return found

    assert witnesses("director of the Kelp Institute", "Senior Fellow, Kelp Institute") == ("same affiliation: kelp",)
    assert witnesses("Professor of History", "Professor of Law at the University") == ()


def test_two_names_that_one_source_gives_side_by_side_are_against_it():
    one = episode("e1", credited("Ada Quill"), credited("A. Quill"))

    (pair,) = pairs(one)

    assert (pair.witnesses, pair.against) == ((), ("heard together: e1",))


def test_one_recording_in_which_each_source_names_one_of_them_speaks_for_it():
    one = episode("e1", credited("Ada Quill"), credited("A. Quill"))
    apart = told(one, (credited("Ada Quill"),), (credited("A. Quill"),))
    together = told(one, (credited("Ada Quill"), credited("A. Quill")), (credited("A. Quill"),))

    assert pairs(one, tellings=apart)[0].witnesses == ("same recording: e1, each named by another source",)
    assert pairs(one, tellings=together)[0].against == ("heard together: e1",)


def test_pairs_with_witnesses_come_first_and_the_order_is_one():
    first, second = episode("e1", credited("Ada Quill")), episode("e2", credited("A. Quill"))
    third = episode("e3", credited("Tom Varga", affiliation="Kelp Institute"))
    fourth = episode("e4", credited("Thomas Varga", affiliation="Kelp Institute"))

    found = pairs(first, second, third, fourth)

    assert [pair.one.person.id for pair in found] == ["thomas-varga", "a-quill"]
    assert [pair.one.person.id for pair in pairs(fourth, third, second, first)] == ["thomas-varga", "a-quill"]


def test_two_who_both_stand_in_the_config_are_two():
    episodes = episode("e1", credited("Ada Quill")), episode("e2", credited("A. Quill"))

    assert pairs(*episodes, settled=("ada-quill",))
    assert not pairs(*episodes, settled=("ada-quill", "a-quill"))


def test_three_spellings_are_one_group():
    found = pairs(
        episode("e1", credited("Ada Quill")), episode("e2", credited("A. Quill")), episode("e3", credited("Quill Ada")),
        episode("e4", credited("Tom Varga")), episode("e5", credited("Thomas Varga")),
    )  # fmt: skip

    sizes = [
        len({id_ for pair in group for id_ in (pair.one.person.id, pair.other.person.id)}) for group in grouped(found)
    ]
    assert sorted(sizes) == [2, 3]


def test_a_person_of_two_houses_on_two_shows_may_be_two():
    fellow = episode("e1", credited("Ada Quill", affiliation="fellow at the Kelp Institute"))
    striker = episode("e2", credited("Ada Quill", affiliation="striker of Harbour FC"), show="goals")
    moved = episode("e3", credited("Ada Quill", affiliation="once Kelp Institute, now Harbour FC"), show="goals")

    def found(*episodes: Episode, settled: tuple[str, ...] = ()) -> list[list[str]]:
        doubts = may_be_two(seen_in(episodes, persons_on(*episodes)), settled)
        return [sorted(group[0].episode.id for group in doubt.groups) for doubt in doubts]

    assert found(fellow, striker) == [["e1", "e2"]]
    assert found(fellow, striker, settled=("ada-quill",)) == []
    assert found(fellow, striker, moved) == []
    assert found(fellow, episode("e2", credited("Ada Quill", affiliation="striker of Harbour FC"))) == []


def test_a_person_with_two_addresses_on_one_site_may_be_two():
    one = episode("e1", credited("Ada Quill", href="https://who.example/ada-1"))
    other = episode("e2", credited("Ada Quill", href="https://who.example/ada-2"), show="goals")
    same = episode("e3", credited("Ada Quill", href="http://www.who.example/Ada-1/"), show="goals")

    (doubt,) = may_be_two(seen_in([one, other], persons_on(one, other)), ())

    assert doubt.why == "publishers give several addresses on who.example"
    assert not may_be_two(seen_in([one, same], persons_on(one, same)), ())


def test_roles_do_not_part_a_person():
    host, as_guest = episode("e1", credited("Ada Quill", role=Role.HOST)), episode("e2", credited("Ada Quill"))

    assert list(seen_in([host, as_guest], persons_on(host))) == ["ada-quill"]


def test_who_was_said_to_be_the_same_on_three_episodes_of_a_show_is_not_asked_about_on_its_others():
    doubted = [episode(f"e{number}", credited("Ada Quill", confidence=0.7)) for number in range(1, 6)]
    elsewhere = episode("e9", credited("Ada Quill", confidence=0.7), show="goals")

    def asked(*roles: str) -> list[str]:
        said = [Override(episode=f"e{number}", name="Ada Quill", role=role) for number, role in enumerate(roles, 1)]
        doubts = doubtful_credits([*doubted, elsewhere], (), 0.9, said)
        return sorted(one.episode.id for doubt in doubts for one in doubt.mentions)

    assert asked("guest", "guest", "guest") == ["e9"]
    assert asked("guest", "guest") == ["e3", "e4", "e5", "e9"]
    assert asked("guest", "guest", "guest", "none") == ["e5", "e9"]
    assert asked("host", "host", "host") == ["e4", "e5", "e9"]
