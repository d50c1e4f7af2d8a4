"""Who sits in for a host, and who is stood in for. All texts and people are invented."""

from collections.abc import Iterable

import pytest

from mediafeed.model.episode import Credit, Role
from mediafeed.normalize.credits.extract import Facts, ShowFacts, credits_for


def hosts_and_guests(found: Iterable[Credit]) -> tuple[set[str], set[str]]:
    """Give the names of both."""
    by_role = [(credit.name, credit.role is Role.GUEST) for credit in found]
    return {name for name, visits in by_role if not visits}, {name for name, visits in by_role if visits}


def told(words: str) -> tuple[set[str], set[str]]:
    """Give hosts and guests of an episode of a show that two people host."""
    known = ShowFacts(title="Far Talks", description="Far Talks is hosted by Ada Quill and Rosa Lind.")
    return hosts_and_guests(credits_for(Facts(title="", description=words), known))


@pytest.mark.parametrize(
    "description",
    [
        "Tom Varga takes the chair of the Rope Committee. Ada Quill asks him why.",
        "Senator Tom Varga took over the chair of the Rope Committee in May. Ada Quill talks to him about rope.",
        "Tom Varga took the microphone at the Rope Hall and sang. Ada Quill listens.",
        "Tom Varga takes over as host of the Rope Prize. Ada Quill talks to him.",
        "Tom Varga minds the shop on Rope Street. Ada Quill talks to him.",
        "Tom Varga stands in for the Green Party, and Ada Quill talks to him about the vote.",
        "Tom Varga steps in while the city burns. Ada Quill reports.",
        "Tom Varga deputises for the Foreign Secretary, and Ada Quill asks him about it.",
        "Tom Varga subs for the Rope United. Ada Quill talks to him about a season on the bench.",
        "Ada Quill talks to Tom Varga, who is the deputy presenter of Rope Live.",
        "Detective Tom Varga asks the questions nobody dares to ask. Ada Quill listens.",
        "Tom Varga chairs a panel at the UN. Ada Quill talks about it.",
        "Tom Varga chairs a panel at the UN and Ada Quill talks to him about it.",
        "Tom Varga moderates a debate in Congress. Ada Quill explains.",
        "Tom Varga chairs the session of the Rope Committee. Ada Quill explains.",
        "Tom Varga moderates the presidential debate on Tuesday. Ada Quill explains.",
    ],
)
def test_a_chair_that_is_not_the_shows_makes_nobody_its_host(description):
    hosts, _ = told(description)

    assert "Tom Varga" not in hosts


@pytest.mark.parametrize(
    "description",
    [
        "Tom Varga sits in for Ada Quill and talks to Nils Orre about rope.",
        "Tom Varga sits in for the honeymooning Ada Quill. Guest: Nils Orre",
        "Tom Varga sits in for our usual host Ada Quill. Guest: Nils Orre",
        "Tom Varga takes the chair of the show. Guest: Nils Orre",
        "Tom Varga holds the fort at Far Talks today. Guest: Nils Orre",
        "My friend Tom Varga took my chair. Guest: Nils Orre",
        "Tom Varga takes the chair at short notice. Guest: Nils Orre",
        "Tom Varga fills in while Ada Quill is away. Guest: Nils Orre",
        "In the chair today is Tom Varga, who talks to Nils Orre.",
        "Ada Quill is away. In her chair is Tom Varga, who talks to Nils Orre.",
    ],
)
def test_who_sits_in_the_shows_chair_hosts_and_the_other_is_the_guest(description):
    hosts, guests = told(description)

    assert "Tom Varga" in hosts
    assert guests == {"Nils Orre"}


@pytest.mark.parametrize(
    "description",
    [
        "Tom Varga chairs a panel at the UN with Nils Orre and Mia Stroud.",
        "Tom Varga moderates a discussion at the Rope Hall between Nils Orre and Mia Stroud.",
        "Tom Varga chairs a panel in front of an audience that knows rope.",
        "Tom Varga moderates a debate in this episode.",
        "Tom Varga moderates the discussion at the Rope Hall.",
        "Tom Varga chairs a panel of experts on rope.",
        "Tom Varga chairs a panel of EU experts on rope.",
        "Tom Varga chairs a panel of UN Council members on rope.",
        "Tom Varga chairs a discussion of the Rope Committee’s report.",
        "Tom Varga chairs our discussion of the Rope Committee.",
        "Tom Varga moderates a debate in the studio.",
        "Tom Varga moderates a discussion in which Nils Orre and Mia Stroud argue.",
        "Tom Varga moderates our presidential debate between Nils Orre and Mia Stroud.",
    ],
)
def test_who_chairs_what_is_heard_hosts(description):
    hosts, _ = told(description)

    assert "Tom Varga" in hosts


@pytest.mark.parametrize(
    ("description", "there"),
    [
        ("Ada Quill and Rosa Lind talk to Nils Orre as Tom Varga fills in for Iris Bello.", {"Ada Quill", "Rosa Lind"}),
        ("Guest host Tom Varga and Ada Quill are joined by Nils Orre.", {"Ada Quill"}),
        ("Ada Quill is joined by Tom Varga, filling in for Rosa Lind, and guest Nils Orre.", {"Ada Quill"}),
    ],
)
def test_a_host_who_is_there_keeps_the_chair_when_another_is_stood_in_for(description, there):
    hosts, guests = told(description)

    assert hosts == there | {"Tom Varga"}
    assert guests == {"Nils Orre"}


def test_a_host_named_beside_who_is_stood_in_for_keeps_the_chair():
    hosts, _ = told("Tom Varga sits in for Iris Bello, beside Ada Quill and Rosa Lind. Nils Orre is our guest.")

    assert "Rosa Lind" in hosts


def test_both_of_two_who_are_stood_in_for_are_no_hosts():
    hosts, _ = told("Tom Varga sits in for Ada Quill and Rosa Lind and talks to Nils Orre about rope.")

    assert hosts == {"Tom Varga"}
