"""People named without a role."""

from mediafeed.model.episode import Role
from mediafeed.model.parsed import Element
from mediafeed.normalize.credits.extract import Facts, ShowFacts, credits_for


def contributor(name: str, uri: str = "") -> Element:
    children = (Element("atom:name", name), *((Element("atom:uri", uri),) if uri else ()))
    return Element("atom:contributor", children=children)


SHOW = ShowFacts(title="Harbour Hours", host_pool=("Ines Falk", "Odin Reyes"))


def test_a_contributor_who_is_known_to_host_the_show_hosts_the_episode():
    facts = Facts(title="Locks", description="", contributors=(contributor("Ines Falk", "https://ines.example"),))

    (credit,) = credits_for(facts, SHOW)

    assert (credit.name, credit.role, credit.href) == ("Ines Falk", Role.HOST, "https://ines.example")
    assert (credit.evidence.field, credit.evidence.quote) == ("atom:contributor", "Ines Falk")


def test_a_contributor_nobody_knows_has_no_role_and_no_credit():
    facts = Facts(title="Locks", description="", contributors=(contributor("Eleanor Whitfield"),))

    assert credits_for(facts, SHOW) == ()


def test_a_card_on_the_page_names_a_host_of_the_pool():
    facts = Facts(title="Locks", description="", cards=("Dr Odin Reyes",))

    assert [(c.name, c.honorific, c.role) for c in credits_for(facts, SHOW)] == [("Odin Reyes", "Dr", Role.HOST)]


def test_tags_of_the_item_say_more_than_its_contributors():
    guest = Element("podcast:person", "Ines Falk", (("role", "guest"),))
    facts = Facts(title="Locks", description="", persons=(guest,), contributors=(contributor("Ines Falk"),))

    assert [c.role for c in credits_for(facts, SHOW)] == [Role.GUEST]
