"""Which words of an affiliation name an organisation. All of them are invented."""

import time

import pytest

from mediafeed.publish.organisations import Belongs, belongs_to


@pytest.mark.parametrize(
    ("affiliation", "organisation", "title"),
    [
        ("senior fellow at the Institute for Kelp and author of “Tides”", "Institute for Kelp", "senior fellow"),
        ("a professor at the School of Peace and Rope Studies", None, None),
        ("a reporter at Harbour", "Harbour", "reporter"),
        ("a reporter at Harbour and Quay", None, None),
        ("a national correspondent for The Far Times based in Fogtown", "The Far Times", "national correspondent"),
        ("a correspondent for the Far East", None, None),
        ("president of the Kelp Alliance", "Kelp Alliance", "president"),
        ("president of Kelpland", None, None),
        ("Senior Fellow, Kelp Institute", "Kelp Institute", "Senior Fellow"),
        ("Director of the Fog Center at the University of Rope", "Fog Center", "Director"),
        ("a dean at the Rope School of Peace and War", None, None),
        ("a Far Times reporter", "Far Times", None),
        ("Harbour College, Bristol", "Harbour College", None),
        ("the University of Rope", "University of Rope", None),
        ("chair of the council", None, None),
        ("a member of the Council", None, None),
        ("a member of the Far Times’s board", None, None),
        ("a designer at Channel 9 News", None, None),
        ("critic at Large", None, None),
        ("former director of the Kelp Institute", None, None),
        ("Former Far Times reporter", None, None),
        ("keynote speaker at Ropecon", None, None),
        ("a graduate of the Kelp Academy", None, None),
        ("a Kelp Academy graduate and reporter", None, None),
        ("a Far Times reporter and Kelp Academy graduate", "Far Times", None),
        ("a Rope Party candidate", None, None),
        ("an applicant at Rope University", None, None),
        ("previously director of the Kelp Institute", None, None),
        ("director of the Kelp Institute (2001-2009)", None, None),
        ("director of the Kelp Institute from 2001 to 2009", None, None),
        ("director of the Kelp Institute since 2009", "Kelp Institute", "director"),
        ("Director of the Institute and President of the Foundation", None, None),
        ("Director-designate of the Kelp Institute", None, None),
        ("a visitor at the Museum of Kelp", None, None),
        ("the first defendant at the Harbour Tribunal", None, None),
        ("author of The Fog Club", None, None),
        ("who was 17 when the Kelp Institute burned", None, None),
        ("R-Maine", None, None),
        ("Part 1", None, None),
        ("أستاذ في جامعة الميناء", None, None),
        ("", None, None),
    ],
)
def test_an_organisation_is_told_only_where_grammar_tells_it(affiliation, organisation, title):
    assert belongs_to(affiliation) == (Belongs(organisation, title) if organisation else None)


def test_a_name_that_may_be_cut_off_is_none():
    assert belongs_to("a reporter for The Far Times" + " of Kelp" * 30) is None


@pytest.mark.parametrize("words", ["A " * 5000, "the " * 5000, "Aa of " * 3000, "reporter at " * 2000, "Aa-" * 9000])
def test_long_affiliations_take_no_long_time(words):
    began = time.process_time()

    belongs_to(words)

    assert time.process_time() - began < 1
