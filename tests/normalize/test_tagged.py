"""Tags inside of audio are weak evidence: they support what others say, and credit nobody who is unknown."""

from typing import Any

import pytest

from mediafeed.model.episode import Credit, CreditOrigin, Episode, Evidence, Role
from mediafeed.normalize.tagged import credits_by_tags, people_in_tags

ANN = "Ann Lee"
HOSTS = ("Neil Melvin", "Dr Zoë O’Hara-Bright", ANN)


def credited(name: str, role: Role = Role.GUEST) -> Credit:
    return Credit(name=name, role=role, origin=CreditOrigin.TEXT, evidence=Evidence("cue", "title", 0, 1, name))


def episode(
    *credits_: Credit, may_host: tuple[str, ...] = HOSTS, show: str = "straits-briefing", **more: Any
) -> Episode:
    return Episode(show=show, title="The Gulf", hearings=(), credits=credits_, may_host=may_host, **more)


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("artist", "Ann Lee"),
        ("artist", "ANN LEE"),
        ("artist", "Lee, Ann"),
        ("artist", "Neil Melvin & Ann Lee"),
        ("album artist", "Dr Ann Lee"),
        ("composer", "Ann Lee"),
        ("title", "33: Ann Lee on Tokyo"),
        ("title", "Tokyo (with Ann Lee)"),
    ],
)
def test_a_tag_supports_who_is_credited_and_stands_in_it(tag, words):
    people = people_in_tags(episode(credited(ANN)), [(tag, words)])

    assert [(each.name, each.tag) for each in people] == [(ANN, tag)]


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("artist", "Annabel Lee"),
        ("artist", "Ann"),
        ("artist", "Lee"),
        ("artist", "Joann Leeds"),
        ("artist", "Various Artists"),
        ("artist", "Institute for Distant Affairs"),
        ("artist", "The Ann Lee Show"),  # what the album is called as well
        ("title", "The Ann Lee Show"),
        ("album", "Ann Lee"),
        ("comment", "Ann Lee"),
        ("artist", ""),
    ],
)
def test_a_tag_supports_nobody_else(tag, words):
    assert people_in_tags(episode(credited(ANN)), [(tag, words), ("album", "The Ann Lee Show")]) == ()


def test_a_show_called_by_a_name_supports_nobody_by_that():
    assert people_in_tags(episode(credited(ANN), show="ann-lee"), [("artist", "Ann Lee")]) == ()


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Neil Melvin", ["Neil Melvin"]),
        ("NEIL MELVIN", ["Neil Melvin"]),
        ("Melvin, Neil", ["Neil Melvin"]),
        ("Zoe O'Hara Bright", ["Zoë O’Hara-Bright"]),
        ("Neil Melvin, Ann Lee", ["Neil Melvin", "Ann Lee"]),
        ("Neil Melvin and Ann Lee", ["Neil Melvin", "Ann Lee"]),
    ],
)
def test_an_artist_who_is_known_to_host_the_show_hosts_what_nobody_else_does(words, names):
    found = credits_by_tags(episode(), [("artist", words)])

    assert [credit.name for credit in found] == names
    assert {(credit.role, credit.origin, credit.evidence.quote) for credit in found} == {
        (Role.HOST, CreditOrigin.AUDIO, words)
    }
    assert all(credit.confidence <= 0.5 for credit in found)


@pytest.mark.parametrize(
    "words",
    [
        "Bo Alder",  # a name that the show does not know
        "Neil Melvin and Bo Alder",
        "Neil Melvin, Institute for Distant Affairs",
        "Neil Melvin presents",
        "Neil",
        "Straits Briefing",
        "Various Artists",
        "VARIOUS ARTISTS",
        "Unknown Artist",
        "Fallow Media",
        "BBC",
        "https://example.org",
        "neil@example.org",
        "",
    ],
)
def test_any_other_artist_credits_nobody(words):
    assert credits_by_tags(episode(), [("artist", words)]) == ()


def test_a_name_that_is_the_shows_own_credits_nobody():
    assert credits_by_tags(episode(show="neil-melvin"), [("artist", "Neil Melvin")]) == ()
    assert credits_by_tags(episode(), [("artist", "Neil Melvin"), ("album", "Neil Melvin")]) == ()


@pytest.mark.parametrize("tag", ["title", "album", "composer"])
def test_a_tag_that_is_no_artist_credits_nobody(tag):
    assert credits_by_tags(episode(), [(tag, "Neil Melvin")]) == ()


@pytest.mark.parametrize("role", [Role.HOST, Role.GUEST_HOST])
def test_where_somebody_is_known_to_host_the_artist_hosts_nothing(role):
    assert credits_by_tags(episode(credited("Bo Alder", role)), [("artist", "Neil Melvin")]) == ()


def test_an_artist_who_is_a_guest_is_no_host():
    assert credits_by_tags(episode(credited("Neil Melvin")), [("artist", "Neil Melvin")]) == ()


def test_beside_a_guest_the_artist_hosts():
    assert [each.name for each in credits_by_tags(episode(credited("Bo Alder")), [("artist", ANN)])] == [ANN]
