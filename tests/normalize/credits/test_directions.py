"""Who asks and who answers, where the words around two names tell. All texts and people are invented."""

import pytest

from mediafeed.model.episode import Credit
from mediafeed.normalize.credits.extract import Facts, ShowFacts, credits_for
from tests.normalize.credits.test_chair import hosts_and_guests


def credited(description: str) -> tuple[Credit, ...]:
    return credits_for(Facts(title="", description=description), ShowFacts(title="Far Talks"))


def told(description: str) -> tuple[set[str], set[str]]:
    """Give the hosts' names and the guests' names."""
    return hosts_and_guests(credited(description))


@pytest.mark.parametrize(
    "description",
    [
        "Filling in is Ada Quill, who talks to Tom Varga about rope.",
        "This week’s presenter is Ada Quill, who speaks to Tom Varga about rope.",
        "We hear of rope from Ada Quill, who speaks to Tom Varga.",
    ],
)
def test_who_is_named_before_a_clause_is_not_described_by_it(description):
    hosts, guests = told(description)

    assert "Ada Quill" not in guests
    assert "Tom Varga" not in hosts
    assert "who" not in {credit.affiliation for credit in credited(description)}


@pytest.mark.parametrize(
    "description",
    [
        "Hosted by Ada Quill, with Tom Varga and Iris Bello.",
        "Chaired by Ada Quill, with Tom Varga, Director of Rope, and Iris Bello.",
        "Moderated by Ada Quill, alongside panellists Tom Varga and Iris Bello.",
        "Presented by Ada Quill, with guests Tom Varga and Iris Bello.",
    ],
)
def test_who_is_with_the_host_hosts_not(description):
    hosts, _ = told(description)

    assert hosts == {"Ada Quill"}


def test_a_host_beside_the_host_hosts_too():
    hosts, _ = told("Hosted by Ada Quill, with co-host Tom Varga and Iris Bello.")

    assert hosts >= {"Ada Quill", "Tom Varga"}


@pytest.mark.parametrize(
    "description",
    [
        "With guest Tom Varga and host Ada Quill.",
        "With guests Tom Varga and Iris Bello, and host Ada Quill.",
        "Guests: Tom Varga, Iris Bello, host Ada Quill",
        "This week’s panel: Ada Quill (host), Tom Varga, Iris Bello.",
        "Ada Quill drops in on an old sailor. Guest: Tom Varga",
        "My co-host Ada Quill joins me. Guest: Tom Varga",
        "Our usual host Ada Quill joins us from the sea. Guest: Tom Varga",
    ],
)
def test_who_is_called_a_host_among_guests_is_none(description):
    _, guests = told(description)

    assert "Ada Quill" not in guests
    assert "Tom Varga" in guests


@pytest.mark.parametrize(
    "description",
    [
        "Our guests are the actor Iris Bello and TV host Tom Varga.",
        "Joining us are Iris Bello and podcast host Tom Varga.",
        "Podcast host Tom Varga joins us.",
    ],
)
def test_a_guest_who_hosts_elsewhere_is_a_guest(description):
    assert "Tom Varga" in told(description)[1]


@pytest.mark.parametrize(
    "description",
    [
        "The novelist Tom Varga talks to Ada Quill about rope.",
        "Actor Tom Varga talks to Ada Quill about rope.",
        "Former minister Tom Varga speaks to Ada Quill about rope.",
        "Tom Varga MP talks to Ada Quill.",
        "The Labour MP Tom Varga talks to Ada Quill about rope.",
        "The chief of the Rope Board, Tom Varga, speaks to Ada Quill.",
        "Author and sailor Tom Varga talks with RopeTalk’s Ada Quill about tides.",
        "Chancellor Tom Varga speaks to our political editor Ada Quill.",
        "Conductor Tom Varga discusses the music of ropes with Tide FM’s Ada Quill.",
    ],
)
def test_who_is_presented_is_not_taken_for_the_host(description):
    hosts, guests = told(description)

    assert "Tom Varga" not in hosts
    assert "Ada Quill" not in guests


@pytest.mark.parametrize(
    "description",
    [
        "Journalist Ada Quill talks to Tom Varga.",
        "Our correspondent Ada Quill talks to Tom Varga.",
        "The Rope Review’s editor, Ada Quill, talks to Tom Varga.",
        "Sailor Ada Quill talks to the novelist Tom Varga.",
        "Our host, Ada Quill, speaks to Tom Varga.",
    ],
)
def test_who_is_of_the_show_asks(description):
    assert told(description) == ({"Ada Quill"}, {"Tom Varga"})


@pytest.mark.parametrize(
    "description",
    [
        "Have you heard our interview with Tom Varga? Ada Quill reads letters.",
        "If you enjoyed this, listen to our conversation with Tom Varga.",
        "We had hoped to be joined by Tom Varga, but he is ill.",
        "Ada Quill welcomes Nils Orre, who hosts Near Talks with Tom Varga.",
        "Tom Varga joins me to interview Nils Orre.",
    ],
)
def test_who_is_not_on_this_episode_as_such_is_no_guest(description):
    hosts, guests = told(description)

    assert "Tom Varga" not in guests
    if "Near Talks" in description:
        assert "Tom Varga" not in hosts


@pytest.mark.parametrize(
    "description",
    [
        "Vladimir Putin speaks to Tom Varga. Nils Orre and Iris Bello react.",
        "Donald Trump is joined by Tom Varga on stage.",
        "President Ivar Bello talks to Tom Varga.",
    ],
)
def test_whom_a_ruler_speaks_to_is_no_guest_of_the_show(description):
    assert "Tom Varga" not in told(description)[1]


@pytest.mark.parametrize(
    "description",
    [
        "Presenter: Ada Quill, in for Tom Varga",
        "Ada Quill hosts a barbecue for Tom Varga.",
        "Ada Quill speaks to sailors over Tom Varga.",
    ],
)
def test_a_word_that_ends_like_a_trade_is_none(description):
    assert "Tom Varga" not in {credit.name for credit in credited(description)}


def test_whom_somebody_hosts_is_a_guest():
    assert told("This week Ada Quill hosts Tom Varga to talk about rope.") == ({"Ada Quill"}, {"Tom Varga"})


@pytest.mark.parametrize(
    "description",
    ["Senator Ada Quill joins Tom Varga in calling for an election.", "Ada Quill joins Tom Varga on stage in Oslo."],
)
def test_who_joins_somebody_elsewhere_is_not_here(description):
    assert told(description) == (set(), set())


def test_who_joins_somebody_to_talk_is_a_guest():
    assert told("Ada Quill joins Tom Varga in discussing rope.") == ({"Tom Varga"}, {"Ada Quill"})
