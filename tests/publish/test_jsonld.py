from dataclasses import replace

from mediafeed.model.episode import Role
from mediafeed.publish.jsonld import episode_facts, person_facts
from tests.publish.shelf import INES, OLUMIDE, SITE, TIDES, credit, episode

PEOPLE = {INES.id: INES, OLUMIDE.id: OLUMIDE}


def test_who_is_heard_is_told_to_search_engines_with_role_and_our_page():
    told = episode(1, credits=(credit(INES, Role.HOST), credit(OLUMIDE, Role.GUEST_HOST)))

    actors = episode_facts(told, TIDES, SITE, PEOPLE)["actor"]

    assert [(one["roleName"], one["actor"]["name"]) for one in actors] == [
        ("host", INES.name),
        ("guest host", OLUMIDE.name),
    ]
    assert actors[0]["actor"]["url"] == f"{SITE.url}/people/{INES.id}/"


def test_hidden_people_are_not_told_and_an_episode_without_anybody_has_no_actors():
    told = episode(1, credits=(credit(INES, Role.HOST),))
    hidden = {INES.id: replace(INES, hidden=True)}

    assert "actor" not in episode_facts(told, TIDES, SITE, hidden)
    assert "actor" not in episode_facts(episode(1, credits=()), TIDES, SITE, PEOPLE)


def test_a_person_is_told_with_other_names_and_the_publishers_address():
    facts = person_facts(replace(OLUMIDE, aliases=("O. Vance",)), SITE)

    assert (facts["alternateName"], facts["sameAs"]) == (["O. Vance"], OLUMIDE.href)


def test_a_persons_organisation_is_told_and_what_else_they_are_is_not_called_one():
    said = [
        replace(credit(INES, Role.GUEST), affiliation=words)
        for words in ("senior fellow at the Institute for Kelp and author of “Tides”", "author of “Tides”")
    ]

    first, second = (
        episode_facts(episode(1, credits=(one,)), TIDES, SITE, PEOPLE)["actor"][0]["actor"] for one in said
    )

    assert first["affiliation"] == {"@type": "Organization", "name": "Institute for Kelp"}
    assert first["jobTitle"] == "senior fellow"
    assert not {"affiliation", "jobTitle"} & second.keys()
