"""Transcripts on pages: passages with who speaks and when, the licence, and nobody who is hidden."""

from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from mediafeed.model.files import Cue, Transcript
from mediafeed.model.parsed import Element
from mediafeed.publish.site import plan
from mediafeed.publish.transcripts import LONG, LONGEST, passages, words_of
from tests.publish.shelf import OLUMIDE, Shelf, episode

ADDRESS = "https://tides.example/episodes/1.vtt"
SAID = Transcript(
    cues=(
        Cue(0.0, "Inês Carrow", "Who made"),
        Cue(2.5, "", "this <harbour>?"),
        Cue(65.0, "Olumide Vance", "The tide."),
    ),
    form="text/vtt",
)
PAGE = "episodes/tides/how-ports-change-1/index.html"
LICENCE = Element("podcast:license", "cc-by-4.0", (("url", "https://creativecommons.org/licenses/by/4.0/"),))


def page(held: Shelf) -> LexborHTMLParser:
    made = {document.path: document for document in plan(held, held.site, held.views)}
    return LexborHTMLParser(made[PAGE].render().decode())


def shelf(said: Transcript = SAID) -> Shelf:
    one = episode(1)
    return Shelf([replace(one, extras=(*one.extras, LICENCE))], spoken={"tides1": (ADDRESS, said)})


def test_a_transcript_is_folded_away_on_the_page_with_who_speaks_and_times_that_lead_into_the_audio():
    made = page(shelf())

    (details,) = made.css("details.spoken")
    assert "open" not in details.attributes
    assert [" ".join(one.text().split()) for one in details.css("p")] == [
        "0:00 Inês Carrow Who made this <harbour>?",
        "1:05 Olumide Vance The tide.",
    ]
    assert [(one.attributes["href"], one.attributes["data-seek"]) for one in details.css("a")] == [
        ("https://cdn.example/tides/1.mp3#t=0", "0.0"),
        ("https://cdn.example/tides/1.mp3#t=65", "65.0"),
    ]


def test_its_licence_is_named_and_the_publishers_own_files_are_linked_as_before():
    made = page(shelf())

    (licence,) = made.css('a[rel~="license"]')
    assert (licence.text(), licence.attributes["href"]) == ("cc-by-4.0", "https://creativecommons.org/licenses/by/4.0/")
    links = [one.attributes["href"] for one in made.css("section[aria-labelledby=transcript] li a")]
    assert links == ["https://tides.example/episodes/1.vtt", "https://tides.example/episodes/1.srt"]


def test_without_audio_times_are_words():
    held = shelf()
    held.held[0] = replace(held.held[0], enclosure=None)

    assert not page(held).css("details a")


def test_a_transcript_that_is_not_to_be_shown_is_linked_alone():
    held = replace(shelf(), spoken={})

    assert not page(held).css("details")
    assert page(held).css("section[aria-labelledby=transcript] li a")


def test_nobody_who_is_hidden_is_named_as_a_speaker():
    held = shelf()
    held.people[0] = replace(OLUMIDE, hidden=True)

    assert [one.text() for one in page(held).css("details b")] == ["Inês Carrow"]


def test_only_its_own_page_changes_when_a_transcript_comes():
    held = shelf()
    before = {one.path: one.signature for one in plan(replace(held, spoken={}), held.site, held.views)}
    after = {one.path: one.signature for one in plan(held, held.site, held.views)}

    assert [path for path in after if after[path] != before[path]] == [PAGE]


def test_a_transcript_that_was_cut_says_so():
    assert "goes on at the publisher" in page(shelf(replace(SAID, cut=True))).text()


def test_a_passage_ends_with_its_sentence_once_it_is_long_and_anyhow_at_last():
    short = [Cue(float(place), "", "Ten words of one sentence that goes on and on.") for place in range(30)]
    endless = [Cue(float(place), "", "and on and on") for place in range(200)]

    assert all(LONG < len(one.text) <= LONG + 60 and one.text.endswith(".") for one in list(passages(short))[:-1])
    assert all(len(one.text) <= LONGEST + 20 for one in passages(endless))
    assert [one.start for one in passages(endless)][:1] == [0.0]


def test_a_sentence_in_a_script_without_spaces_is_put_together_without_any():
    cues = (Cue(0.0, "", "港は誰が"), Cue(1.0, "", "作ったのか。"))

    assert words_of(Transcript(cues=cues, form="text/vtt")) == "港は誰が作ったのか。"
