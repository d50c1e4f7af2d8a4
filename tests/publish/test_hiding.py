"""Hidden persons: no element, author or quote names them, however their name is written."""

from dataclasses import replace

import pytest

from mediafeed.model.audio import Audio, Fit, TagName
from mediafeed.model.episode import Credit, CreditOrigin, Evidence, Person, Role
from mediafeed.model.parsed import Element
from mediafeed.publish.hiding import carried, hidden_names, with_spellings, without_hidden, without_hidden_author
from mediafeed.publish.rss import item_fragment
from tests.publish.shelf import SITE, TIDES, episode

CLEO = Person(id="cleo-marsh", key="cleo marsh", name="Cleo Marsh", hidden=True)
NAMES = hidden_names([CLEO])
BO = Element("podcast:person", "Bo Alder")


@pytest.mark.parametrize("written", ["Dr Cleo Marsh", "Cleo Marsh, Oxford", "MARSH, Cleo", "Prof. Cléo J. Marsh OBE"])
def test_a_publishers_tag_names_no_hidden_person_with_titles_either(written: str):
    told = episode(1, credits=(), extras=(Element("podcast:person", written), BO))

    made = item_fragment(told, TIDES, SITE, {CLEO.id: CLEO}).decode()

    assert "Marsh" not in made
    assert ">Bo Alder</podcast:person>" in made


@pytest.mark.parametrize("written", ["Cleo Marsh Smith", "Cleo Marsh-Smith", "CLEO MARSH SMITH", "Dr Cleo Marsh Smith"])
def test_somebody_whose_name_goes_on_is_not_hidden(written: str):
    namesake = Person(id="cleo-marsh-smith", key="cleo marsh smith", name=written)
    told = episode(1, credits=(), author=f"{written}, Bo Alder", extras=(Element("podcast:person", written),))

    assert f">{written}</podcast:person>" in item_fragment(told, TIDES, SITE, {CLEO.id: CLEO}).decode()
    assert without_hidden(told, NAMES).author == f"{written}, Bo Alder"
    assert with_spellings([CLEO, namesake]) == (CLEO, namesake)
    assert without_hidden(replace(told, author=f"{written} and Cleo Marsh"), NAMES).author == written


@pytest.mark.parametrize(
    "written", ["Cleo Marsh PhD", "CLEO MARSH MP, OXFORD", "Cleo Marsh (Oxford)", "Cleo Marsh Media"]
)
def test_what_is_no_surname_behind_a_name_hides_it_as_well(written: str):
    assert with_spellings([CLEO, Person(id="other", key="x", name=written)])[1].hidden


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Dr. Cleo Marsh", None),
        ("Cleo Marsh, Bo Alder", "Bo Alder"),
        ("Prof Cleo Marsh & Bo Alder", "Bo Alder"),
        ("Marsh, Cleo", None),
        ("c.marsh@x.example (Cleo Marsh)", None),
        ("Cleo Alder, Bo Marsh-Hale", "Cleo Alder, Bo Marsh-Hale"),
    ],
)
def test_of_a_list_of_authors_the_others_are_left(said: str, left: str | None):
    assert without_hidden(episode(1, author=said), NAMES).author == left
    assert without_hidden_author(replace(TIDES, author=said), NAMES).author == left
    element = Element("dc:creator", said)
    assert carried((element,), NAMES) == ((replace(element, text=left),) if left else ())


def test_elements_are_looked_through_at_every_depth():
    credit = Element("media:credit", "Cleo Marsh")
    person = Element("podcast:person", "Cleo Marsh")
    group = Element("media:group", children=(credit, Element("media:rating", "nonadult")))
    live = Element("podcast:liveItem", children=(Element("title", "Live"), person, BO))
    deep = Element("media:content", children=(Element("media:group", children=(credit,)),))

    left = carried((person, group, live, deep, Element("comments", "Cleo Marsh")), NAMES)

    assert left == (
        replace(group, children=group.children[1:]),
        replace(live, children=(Element("title", "Live"), BO)),
        Element("media:content", children=(Element("media:group"),)),
        Element("comments", "Cleo Marsh"),  # the publisher's words
    )


def test_anothers_credit_quotes_no_hidden_author_and_still_quotes_the_notes():
    quote = "Prof Cleo Marsh & Bo Alder"
    quoting = tuple(
        Credit(name="Bo Alder", role=Role.HOST, origin=CreditOrigin.AUTHOR, evidence=Evidence("r", field, 0, 1, quote))
        for field in ("author", "podcast:person", "channel", "title", "description")
    )

    told = without_hidden(episode(1, credits=quoting), NAMES)

    assert [credit.evidence.quote for credit in told.credits] == ["", "", "", quote, quote]


def test_what_the_tags_of_the_audio_name_tells_of_no_hidden_person():
    audio = Audio(fit=Fit.ALONE, people=(TagName("artist", "Cleo Marsh"), TagName("title", "Bo Alder")))

    told = without_hidden(episode(1, audio=audio), NAMES)

    assert told.audio == replace(audio, people=(TagName("title", "Bo Alder"),))


def test_a_person_whose_name_holds_a_hidden_one_is_hidden_and_a_namesake_is_not():
    others = [
        Person(id=name, key=name.casefold(), name=name) for name in ("Cleo Marsh, Oxford", "Cleo Marshall", "Cleo")
    ]
    bush = Person(id="bush", key="george bush", name="George W. Bush", hidden=True)
    other = Person(id="other", key="george bush (h)", name="George H. Bush")

    people = with_spellings([CLEO, *others, bush, other])

    assert [person.hidden for person in people] == [True, True, False, False, True, False]


def test_a_hidden_name_of_one_word_hides_nobodys_first_name():
    names = hidden_names([Person(id="cleo", key="cleo", name="Cleo", hidden=True)])

    assert without_hidden(episode(1, author="Cleo Marsh"), names).author == "Cleo Marsh"
    assert without_hidden(episode(1, author="Cleo & Bo Alder"), names).author == "Bo Alder"
