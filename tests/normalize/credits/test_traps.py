"""What misleads a reader of podcast descriptions. All texts are invented; all people are too, but for the seed's."""

import time
import tracemalloc

import pytest

from mediafeed.model.episode import Role
from mediafeed.normalize.credits.extract import Facts, ShowFacts, credits_for
from mediafeed.normalize.credits.showing import shown_by


def read(description: str, title: str = "", **show: object) -> tuple[set[str], set[str]]:
    """Give the hosts' names and the guests' names."""
    known = ShowFacts(title=str(show.pop("show", "")), **show)  # type: ignore[arg-type]
    found = credits_for(Facts(title=title, description=description), known)
    hosts = {credit.name for credit in found if credit.role is not Role.GUEST}
    return hosts, {credit.name for credit in found if credit.role is Role.GUEST}


CASES = [
    # (what it is, description, hosts, guests, known hosts)
    ("plain", "Ada Quill speaks to Tom Varga about bridges.", {"Ada Quill"}, {"Tom Varga"}, ()),
    ("host as object", "Tom Varga talks to Ada Quill about bridges.", {"Ada Quill"}, {"Tom Varga"}, ("Ada Quill",)),
    (
        "host last in the list",
        "Tom Varga and Nils Orre join Ada Quill to discuss tides.",
        {"Ada Quill"},
        {"Tom Varga", "Nils Orre"},
        (),
    ),
    (
        "host last among those joining",
        "This week we are joined by Tom Varga, Nils Orre and Ada Quill.",
        {"Ada Quill"},
        {"Tom Varga", "Nils Orre"},
        ("Ada Quill",),
    ),
    ("host by first name", "Ada speaks to Dr Tom Varga about bridges.", {"Ada Quill"}, {"Tom Varga"}, ("Ada Quill",)),
    ("first person", "Today I talk to historian Tom Varga about bridges.", set(), {"Tom Varga"}, ()),
    (
        "labels",
        "Guests: Tom Varga, Nils Orre\nPresenter: Ada Quill\nProducers: Gus Hale and Mia Stroud",
        {"Ada Quill"},
        {"Tom Varga", "Nils Orre"},
        (),
    ),
    (
        "special guest footer",
        "A talk about rope. Special Guest: Tom Varga. Links: rope.example",
        set(),
        {"Tom Varga"},
        (),
    ),
    (
        "special guests footer",
        "Rope again. Special Guests: Tom Varga and Nils Orre.",
        set(),
        {"Tom Varga", "Nils Orre"},
        (),
    ),
    (
        "appositives",
        "Ada Quill is joined by Tom Varga, Director of Rope, Nils Orre, a reporter at The Knot, and Iris Bello.",
        {"Ada Quill"},
        {"Tom Varga", "Nils Orre", "Iris Bello"},
        (),
    ),
    (
        "semicolons",
        "Ada Quill talks to Tom Varga, chair of the Rope Board; Iris Bello, a sailor; and Nils Orre.",
        {"Ada Quill"},
        {"Tom Varga", "Iris Bello", "Nils Orre"},
        (),
    ),
    (
        "respectively",
        "Ada Quill is joined by Tom Varga and Iris Bello, director and deputy of the Rope Institute respectively.",
        {"Ada Quill"},
        {"Tom Varga", "Iris Bello"},
        (),
    ),
    (
        "people discussed",
        "Ada Quill talks to Tom Varga about the life of Ernest Shackleton.",
        {"Ada Quill"},
        {"Tom Varga"},
        (),
    ),
    ("possessive", "Ada Quill talks to Tom Varga about Ernest Shackleton’s ship.", {"Ada Quill"}, {"Tom Varga"}, ()),
    ("credits", "Produced by Gus Hale. Theme tune by Mia Stroud. Edited by Rolf Tanner.", set(), set(), ()),
    ("reading list", "Reading list: The Long Rope by Gus Hale; Knots and Men by Mia Stroud.", set(), set(), ()),
    (
        "next season",
        "Our first guest of season two will be Tom Varga, who joins us to talk about rope.",
        set(),
        set(),
        (),
    ),
    ("next week", "Next week we talk to Tom Varga about tides.", set(), set(), ()),
    ("last week", "We were joined last week by Tom Varga.", set(), set(), ()),
    ("nobody", "This week Ada is joined by umm.. nobody. Tom Varga was ill.", set(), set(), ()),
    ("who hosts", "Our guest is Tom Varga, who hosts the Knot Hour with Mia Stroud.", set(), {"Tom Varga"}, ()),
    ("hosted elsewhere", "Tom Varga, a show hosted by him aside, joins us to discuss tides.", set(), {"Tom Varga"}, ()),
    ("another show's interview", "In an interview with Mia Stroud the minister denied it.", set(), set(), ()),
    ("past guests", "Past guests: Tom Varga, Nils Orre and Iris Bello.", set(), set(), ()),
    ("boilerplate", "Hosted on Pod Harbour. See podharbour.example/privacy for more.", set(), set(), ()),
    ("name inside a fellowship", "Tom Varga, the Henry Moll Associate Fellow, is our guest.", set(), {"Tom Varga"}, ()),
    ("law firm", "Ada Quill talks to Tom Varga of Peters & Peters about fines.", {"Ada Quill"}, {"Tom Varga"}, ()),
    ("drama cast", "A ghost story. Starring Tom Varga as the Captain and Iris Bello as the Widow.", set(), set(), ()),
    (
        "guest host and footer",
        "Iris Bello speaks to Tom Varga about tides.\nPresented by Ada Quill.",
        {"Iris Bello"},
        {"Tom Varga"},
        (),
    ),
    ("usual host as guest", "Guest: Ada Quill. Host: Iris Bello.", {"Iris Bello"}, {"Ada Quill"}, "told"),
    (
        "abbreviation",
        "Our guest is Tom Varga, Dir. of Analysis at Knot, and Iris Bello.",
        set(),
        {"Tom Varga", "Iris Bello"},
        (),
    ),
    ("name order", "Kanda Haruki joins us.\nGuest: Haruki Kanda", set(), {"Haruki Kanda"}, ()),
    ("short form", "Our guest is Jennifer Colby. Jenni Colby joins us to discuss kelp.", set(), {"Jennifer Colby"}, ()),
    (
        "two who join",
        "Professor Tom Varga and Dr Iris Bello join us to discuss tides.",
        set(),
        {"Tom Varga", "Iris Bello"},
        (),
    ),
    (
        "group",
        "Host Ada Quill is joined by two colleagues from the Tide Team, Tom Varga and Iris Bello.",
        {"Ada Quill"},
        {"Tom Varga", "Iris Bello"},
        (),
    ),
    (
        "inverted",
        "Joining Ada Quill this week are Tom Varga MP, chair of the Tide Board; and Iris Bello.",
        {"Ada Quill"},
        {"Tom Varga", "Iris Bello"},
        (),
    ),
    ("told of the past", "Ann Lee interviewed Mia Stroud on the evening news.", set(), set(), ()),
    (
        "another podcast's hosts",
        "Knot Podcast co-hosts Tom Varga and Iris Bello join us.",
        set(),
        {"Tom Varga", "Iris Bello"},
        (),
    ),
    (
        "panel beside the host",
        "Tom Varga joins host Ada Quill and panellists Gus Hale and Mia Stroud.",
        {"Ada Quill"},
        {"Tom Varga"},
        (),
    ),
    ("chat is a noun", "Helen Harbour Chat with Tom Varga", set(), {"Tom Varga"}, ()),
    ("not your host", "I'm not your host Tom Varga.", set(), set(), ()),
    ("expert discusses with host", "Dr Tom Varga discusses tides with Ada Quill.", {"Ada Quill"}, {"Tom Varga"}, ()),
    ("guest opens", "In this episode Tom Varga explains how tides work.", {"Ada Quill"}, {"Tom Varga"}, ("Ada Quill",)),
    ("host opens", "In this episode Ada Quill explains how tides work.", {"Ada Quill"}, set(), ("Ada Quill",)),
    ("subject of a biography", "Ernest Marlow explores the Arctic and is lost.", {"Ada Quill"}, set(), ("Ada Quill",)),
    (
        "known host, odd verb",
        "Ada Quill takes a deep dive with Tom Varga.",
        {"Ada Quill"},
        {"Tom Varga"},
        ("Ada Quill",),
    ),
    ("unknown host, odd verb", "Iris Bello takes a deep dive with Tom Varga.", set(), set(), ()),
    ("old interview", "Gus Hale recalls his 1990 interview with Mia Stroud.", set(), set(), ()),
    (
        "who is presented answers",
        "Tom Varga, Director of Rope, talks to Ada Quill about tides.",
        {"Ada Quill"},
        {"Tom Varga"},
        (),
    ),
    ("either may be the guest", "Dr Tom Varga talks to Ada Quill about tides.", set(), set(), ()),
    ("surname that is a noun", "Special Guest: Kwabena Mills.", set(), {"Kwabena Mills"}, ()),
    ("hyphen before a noun", "Special Guest: Kwabena Asante-Miller.", set(), {"Kwabena Asante-Miller"}, ()),
    ("hyphened adjective", "Special Guest: Tom Prize-Winning.", set(), set(), ()),
    (
        "institute for something",
        "Ada Quill is joined by Haruka Orito, Head of the Orito Institute for Tide Policy, and Bronwyn Parker.",
        {"Ada Quill"},
        {"Haruka Orito", "Bronwyn Parker"},
        (),
    ),
    (
        "clause inside a list",
        "Ada Quill speaks to Tatsuo Hane, a pilot who now advises the Rope Board, and Lin Pei-shan, a sailor.",
        {"Ada Quill"},
        {"Tatsuo Hane", "Lin Pei-shan"},
        (),
    ),
    (
        "clause, then another tale",
        "Ada Quill talks to Tom Varga, who likes rope, and Iris Bello sings.",
        {"Ada Quill"},
        {"Tom Varga"},
        (),
    ),
    (
        "of an institute, and another",
        "Aigerim Sult of the Aral Dialogue and Efraín Quint, who came by sea, join Ada Quill.",
        {"Ada Quill"},
        {"Aigerim Sult", "Efraín Quint"},
        (),
    ),
    (
        "whose adviser",
        "Ada Quill spoke with Mia Stroud adviser Tom Varga.",
        {"Ada Quill"},
        {"Tom Varga"},
        ("Ada Quill",),
    ),
    (
        "of whom is told before",
        "After a week of losses for Mia Stroud, Ada Quill is joined by Tom Varga.",
        {"Ada Quill"},
        {"Tom Varga"},
        (),
    ),
    ("our last guest", "According to our last guest, Tom Varga, fog is a choice.", set(), set(), ()),
    (
        "the crew behind a known host",
        "This episode was edited by Ada Quill, mixed by Tom Varga, with music by Gus Hale.",
        {"Ada Quill"},
        set(),
        ("Ada Quill",),
    ),
    ("a president on the news", "President Mia Stroud talks about putting tariffs on rope.", set(), set(), ()),
    ("a president discussed with certainty", "Ada Quill talks to Donald Trump of rope.", {"Ada Quill"}, set(), ()),
    ("a president as guest", "Our guest today is President Mia Stroud.", set(), {"Mia Stroud"}, ()),
    (
        "a newsletter called like a person",
        "Ada Quill talks to Tom Varga, editor of the forecasting newsletter Marge d'Erreur, and Iris Bello, a sailor.",
        {"Ada Quill"},
        {"Tom Varga", "Iris Bello"},
        (),
    ),
    (
        "who is presented is no host for being joined",
        "Tide Board Director Tom Varga joins Iris Bello, CEO of the Rope Office, to discuss fog.",
        set(),
        set(),
        (),
    ),
    (
        "sits in for",
        "Iris Bello sits in for Ada this week and talks to Tom Varga about fog.",
        {"Iris Bello"},
        {"Tom Varga"},
        "told",
    ),
    (
        "takes the microphone",
        "Iris Bello, our tide editor, takes over the microphone. She talks to Tom Varga about fog.",
        {"Iris Bello"},
        {"Tom Varga"},
        "told",
    ),
    (
        "a guest host among panellists",
        "Guest host Iris Bello and panellist Gus Hale talk to our guest, Tom Varga.",
        {"Iris Bello"},
        {"Tom Varga"},
        "told",
    ),
    (
        "sat in for a council",
        "Ada Quill talks to Tom Varga, who sat in for the Harbour Council in 2016.",
        {"Ada Quill"},
        {"Tom Varga"},
        (),
    ),
    (
        "nobody, said of something else",
        "Ada Quill talks to Tom Varga of the Tide Board, who counts wrecks where nobody else was counting.",
        {"Ada Quill"},
        {"Tom Varga"},
        (),
    ),
    (
        "director of an institute",
        "Ada Quill is joined by research director Tom Varga and Iris Bello, director of the Tide Board.",
        {"Ada Quill"},
        {"Tom Varga", "Iris Bello"},
        (),
    ),
    (
        "a couple with one surname",
        "We are joined by Annie and Michael Hedge.",
        set(),
        {"Annie Hedge", "Michael Hedge"},
        (),
    ),
    ("german", "Ada Quill spricht mit Tom Varga über die Gezeiten und das Meer. Guest: Tom Varga", set(), set(), ()),
]


@pytest.mark.parametrize(("description", "hosts", "guests", "known"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_trap_is_not_walked_into(description, hosts, guests, known):
    show = {"author": "Ada Quill"} if known == "told" else {"hosts": known}

    found = read(description, **show)

    assert found == (hosts, guests)


@pytest.mark.parametrize(
    ("title", "guests"),
    [
        ("Of rope and tide, with Tom Varga", {"Tom Varga"}),
        ("Of rope and tide w/ Tom Varga & Iris Bello", {"Tom Varga", "Iris Bello"}),
        ("A Conversation with Tom Varga", {"Tom Varga"}),
        ("Ernest Shackleton on Ice", set()),
        ("The Trouble with Harbour Dredging", set()),
        ("Living with Tom Varga’s Legacy", set()),
    ],
)
def test_a_title_names_a_guest_only_behind_a_word_that_says_so(title, guests):
    assert read("", title=title) == (set(), guests)


def test_a_presenter_who_asks_by_first_name_only_is_the_host_and_no_guest_host():
    words = (
        "Tides is a weekly podcast. Hosted by Ada Quill, it covers harbours.\n\nAda speaks to Dr Tom Varga about tides."
    )

    given = credits_for(Facts(title="Tides", description=words), ShowFacts(title=""))

    assert {(credit.name, credit.role) for credit in given} == {("Ada Quill", Role.HOST), ("Tom Varga", Role.GUEST)}


def test_a_show_called_after_its_host_does_not_make_the_host_a_guest():
    hosts, guests = read("", title="Rope, with Ada Quill and Tom Varga", show="Rope Hour with Ada Quill")

    assert hosts == {"Ada Quill"}
    assert guests == {"Tom Varga"}


@pytest.mark.parametrize(
    ("title", "description", "guests"),
    [
        (
            "12: Tom Varga / Far Rope",
            "Tom Varga, the founder of Far Rope (a club), joins Ada Quill to chat.",
            {"Tom Varga"},
        ),
        ("12: Tom Varga / Far Rope", "Tom Varga was a sailor of the last century. He spoke to them of ice.", set()),
        ("Tom Varga: a life at sea", "The story of Tom Varga, who joins the navy and is lost.", set()),
        ("Tom Varga: a life at sea", "We speak with him.", set()),
        (
            "Tom Varga: a life at sea",
            "Ada Quill speaks to Iris Bello about Tom Varga. We invite him on.",
            {"Iris Bello"},
        ),
        ("Old ropes (w/ Eddy Burlap)", "Eddy stays for tea. 00:00 Eddy Burlap!", {"Eddy Burlap"}),
        ("Old ropes (w/ Eddy Burlap)", "A rope of tea.", set()),
        ("Working with Eddy Burlap", "Eddy Burlap is a knot.", set()),
    ],
)
def test_a_title_that_is_a_name_is_a_guest_where_the_text_has_that_person_speak(title, description, guests):
    assert read(description, title=title)[1] == guests


@pytest.mark.parametrize(
    "away",
    [
        "Iris returns in a fortnight.",
        "Iris Bello will be back next week.",
        "Iris Bello is on parental leave.",
        "With Iris on leave, the tide waits.",
        "Gus Hale stands in for Iris.",
        "Gus Hale minds the desk while Iris mends her boat.",
        "No Iris today (a cold).",
        "Iris couldn’t make it.",
    ],
)
def test_a_host_who_is_named_as_away_hosts_nothing(away):
    show = ShowFacts(title="Rope", description="Hosted by Iris Bello and Ada Quill.")

    found = credits_for(Facts(title="", description=f"Ada Quill talks to Tom Varga about fog. {away}"), show)

    hosting = {credit.name for credit in found if credit.role is not Role.GUEST}
    assert "Ada Quill" in hosting
    assert "Iris Bello" not in hosting


@pytest.mark.parametrize("back", ["Iris Bello is back with a new series.", "Iris in the chair, and no fog."])
def test_a_host_who_is_back_or_in_the_chair_is_not_away(back):
    found = credits_for(Facts(title="", description=back), ShowFacts(title="Rope", description="Hosted by Iris Bello."))

    assert [credit.name for credit in found] == ["Iris Bello"]


def test_a_place_that_a_show_names_is_nobody():
    named = shown_by(ShowFacts(title="Rope", description="Tides from Tijuana to Tierra del Fuego, with Iris Bello."))

    assert [one.name for one in named] == ["Iris Bello"]


def test_what_a_guest_is_may_hold_for_and_ends_before_the_verb():
    found = credits_for(
        Facts(
            title="", description="Ada Quill is joined by Haruka Orito, Head of the Centre for Tide Policy, to talk."
        ),
        ShowFacts(title=""),
    )

    assert [(credit.name, credit.affiliation) for credit in found] == [
        ("Ada Quill", None),
        ("Haruka Orito", "Head of the Centre for Tide Policy"),
    ]


def _longest(text: str) -> float:
    """Give the seconds of this process that the fastest of three readings takes."""
    taken = []
    for _ in range(3):
        began = time.process_time()
        credits_for(Facts(title=text, description=text), ShowFacts(title="Rope", hosts=("Ada Quill",)))
        taken.append(time.process_time() - began)
    return min(taken)


@pytest.mark.parametrize(
    "words",
    [
        "Guest: Ada Quill, ",
        "Tom Varga, a director of tea, speaks to ",
        "Kwabena ",
        "Guest: Dr Varga and Tom Varga\n",
        "Ada Quill takes a deep dive with to by ",
        "Tom Varga joins Ada Quill ",
        "Dr. ",
    ],
)
def test_a_hostile_text_costs_no_more_than_a_long_one(words):
    # A reading takes some 15 ms; this leaves room for a busy machine, and none for what grows with the square.
    assert _longest((words * 20_000)[:20_000]) < 0.06


def test_long_words_and_author_fields_are_not_remembered():
    show = ShowFacts(title="Far Talks", language="en")

    def take_in(numbers: range) -> None:
        for number in numbers:
            credits_for(
                Facts(title="", description=f"Ada Quill {'б' * 2_500}{number}", author="é" * 9_000 + str(number)), show
            )

    take_in(range(3))
    tracemalloc.start()
    take_in(range(3, 103))
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert held < 200_000  # remembered, they are two million bytes


def test_a_turkish_capital_anywhere_hides_no_label():
    assert read("Guests: Tom Varga and Nils Orre. We met in İzmir.")[1] == {"Tom Varga", "Nils Orre"}


@pytest.mark.parametrize(
    "description",
    [
        "Tom Varga joins us in spirit. Ada Quill talks about a year of rope.",
        "Tom Varga joins us in spirit and Ada Quill reads his letters.",
        "Tom Varga joins us only in spirit this week. Ada Quill reads his letters.",
        "Tom Varga joins us in our thoughts as Ada Quill reads his letters.",
        "Tom Varga joined us from beyond the grave. Ada Quill reads his letters.",
        "Tom Varga joins the show of force in the Far Sea. Ada Quill explains.",
        "Tom Varga joins the show trial. Ada Quill explains.",
        "Tom Varga joins the team of negotiators. Ada Quill explains.",
        "Tom Varga returns to the show of strength. Ada Quill explains.",
    ],
)
def test_who_joins_what_is_not_on_air_is_no_guest(description):
    assert read(description, hosts=("Ada Quill",))[1] == set()


@pytest.mark.parametrize(
    "description",
    [
        "Tom Varga joins us in the studio.",
        "Tom Varga joins us in high spirits.",
        "Tom Varga joins us of course to talk about tides.",
        "Tom Varga joins the conversation on the show of force in the Far Sea.",
        "Tom Varga joins the programme of the Rope Institute.",
        "Tom Varga joins the discussion of tides and rope.",
        "Tom Varga joins the conversation of a lifetime.",
        "Tom Varga joins us of all people.",
        "Tom Varga joins the team of hosts to talk about rope.",
        "Tom Varga joins us in spirit and in person.",
    ],
)
def test_who_joins_what_is_on_air_is_a_guest(description):
    assert read(description, hosts=("Ada Quill",))[1] == {"Tom Varga"}
