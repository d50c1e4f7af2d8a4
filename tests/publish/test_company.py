"""Who is heard with whom, and where else."""

from dataclasses import replace

from mediafeed.model.episode import Person, Role
from mediafeed.model.published import IndexRow
from mediafeed.publish.catalogue import catalogue_of
from mediafeed.publish.company import MOST, Company, spoken_with
from tests.publish.shelf import INES, OLUMIDE, QUAYS, TAKUMI, Shelf, credit, episode

GUEST, HOST = (credit(OLUMIDE, Role.GUEST),), (credit(INES, Role.HOST),)


def company_of(held: Shelf) -> tuple[Company, dict[str, IndexRow]]:
    catalogue = catalogue_of(held.index(), held.shows(), held.persons(), ())
    return Company(catalogue), {row.id: row for row in catalogue.rows}


def elsewhere(held: Shelf, episode_id: str) -> list[tuple[str, list[str]]]:
    company, rows = company_of(held)
    return [(one.person.id, [row.id for row in one.rows]) for one in company.elsewhere(rows[episode_id])]


def test_a_guests_other_appearances_are_those_nearest_in_time_newest_first():
    held = Shelf([episode(number, credits=GUEST) for number in range(1, 9)])

    assert elsewhere(held, "tides4") == [(OLUMIDE.id, ["tides6", "tides5", "tides3", "tides2"])]
    assert elsewhere(held, "tides8") == [(OLUMIDE.id, ["tides7", "tides6"])]


def test_a_host_is_not_heard_elsewhere_on_the_own_show():
    own = [episode(number, credits=HOST) for number in (1, 2, 3)]
    other = episode(2, QUAYS, credits=(credit(INES, Role.GUEST),))

    assert elsewhere(Shelf([*own, other]), "tides1") == [(INES.id, ["quays2"])]
    assert elsewhere(Shelf(own), "tides1") == []


def test_a_hosts_appearances_elsewhere_are_found_beyond_any_stretch_of_the_own_show():
    own = [episode(number, credits=HOST) for number in (1, 2, 3, 5, 6, 7)]
    others = [episode(number, QUAYS, credits=HOST) for number in (0, 4, 8, 9)]
    held = Shelf([*own, *others])

    assert elsewhere(held, "tides2") == [(INES.id, ["quays8", "quays4", "quays0"])]
    assert elsewhere(held, "tides7") == [(INES.id, ["quays9", "quays8", "quays4", "quays0"])]
    assert elsewhere(held, "quays4") == [(INES.id, ["tides6", "tides5", "tides3", "tides2"])]


def test_a_new_appearance_changes_the_pages_of_its_neighbours_in_time_only():
    many = [episode(number, credits=GUEST) for number in range(1, 9)]
    before = {one.id: elsewhere(Shelf(many), one.id) for one in many}
    after = {one.id: elsewhere(Shelf([*many, episode(9, credits=GUEST)]), one.id) for one in many}

    assert [one for one in before if before[one] != after[one]] == ["tides7", "tides8"]


def test_forty_guests_do_not_make_a_page_of_their_other_appearances():
    crowd = [Person(id=f"guest-{number}", key=f"guest {number}", name=f"Guest {number}") for number in range(40)]
    cast = tuple(credit(person, Role.GUEST) for person in crowd)
    held = Shelf([episode(number, credits=cast) for number in range(1, 20)], people=crowd)

    found = [row for _, rows in elsewhere(held, "tides9") for row in rows]

    assert len(found) == len(set(found)) <= MOST


def test_hidden_people_are_heard_nowhere_and_with_nobody():
    held = Shelf([episode(1), episode(2)], people=[replace(OLUMIDE, hidden=True), INES, TAKUMI])
    people = {person.id: person for person in held.persons()}

    assert elsewhere(held, "tides1") == []
    assert spoken_with(INES.id, held.index(), people) == ()


def test_those_heard_together_most_often_come_first():
    both = episode(1, credits=(*HOST, *GUEST, credit(TAKUMI, Role.GUEST)))
    twice = episode(2, credits=(*HOST, credit(TAKUMI, Role.GUEST), credit(TAKUMI, Role.GUEST_HOST)))
    people = {person.id: person for person in (INES, OLUMIDE, TAKUMI)}

    assert spoken_with(INES.id, Shelf([both, twice]).index(), people) == ((TAKUMI, 2), (OLUMIDE, 1))
