"""Who cannot have come: the dead, and anybody where it is said that nobody visits."""

import pytest

from mediafeed.normalize.credits.absent import kinds_told
from mediafeed.normalize.credits.extract import Facts, Habits, ShowFacts, credits_of, habits_of, profile_of, read
from mediafeed.normalize.credits.showing import persons_among, shown_by
from mediafeed.normalize.credits.sketch import sketch
from mediafeed.normalize.credits.spoken_of import renown
from mediafeed.normalize.credits.tokens import tokens_of


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("No guest this week, only the two of us and a kettle.", ["alone"]),
        ("Twelve minutes without any studio guests.", ["alone"]),
        ("A solo episode about rope.", ["alone"]),
        ("From the archive: our guest is Ada Quill.", ["again"]),
        ("Our guest this week is Ada Quill. There is no charge.", []),
    ],
)
def test_an_episode_tells_that_nobody_visits_or_that_it_was_heard_before(text, kinds):
    assert kinds_told((tokens_of(sketch(text, "description")),)) == kinds


def test_people_of_history_are_known_and_namesakes_of_many_are_not():
    assert [renown(key) for key in ("edward gibbon", "hannah arendt", "vladimir putin", "john smith", "tom varga")] == [
        "dead",
        "dead",
        "power",
        "",
        "",
    ]


def test_what_stands_beside_an_institution_is_a_person_only_by_a_known_first_name():
    assert persons_among(("Institute for Rope", "Addis Ababa")) == ()
    assert persons_among(("Institute for Rope", "Helen Quill")) == ("Helen Quill",)


def test_a_town_behind_a_comma_hosts_nothing():
    shown = shown_by(ShowFacts(title="Rope", author="Institute for African Rope, Addis Ababa"))

    assert shown == ()


def test_where_somebody_is_a_partner_is_no_person():
    tokens = tokens_of(sketch("Ada Quill, a partner at Crowther Lyle, joins us.", "description"))

    assert [tokens.sketch.names[number].name for number in tokens.nested] == ["Crowther Lyle"]


@pytest.mark.parametrize(("author", "hosts"), [(None, set()), ("Robert Walpole", {"Robert Walpole"})])
def test_the_dead_of_a_drama_host_nothing_but_their_namesakes_do(author, hosts):
    show = ShowFacts(
        title="The First", author=author, description="Join Robert Walpole each week as he tells his story."
    )
    words = [
        read(Facts(title=f"Part {number}", description=text), show)
        for number, text in enumerate(("Robert Walpole talks of Norfolk.", "Robert Walpole counts the votes.", "Tea."))
    ]
    profile = profile_of(Habits.total(map(habits_of, words)), show)

    assert {credit.name for credit in credits_of(words[1], profile)} == hosts
