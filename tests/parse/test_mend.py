"""Mending XML byte by byte."""

import pytest

from mediafeed.parse.mend import mended, with_cdata_closed, with_entities


@pytest.mark.parametrize(
    "sound",
    [
        "<a b='1'>&amp;&lt;&gt;&quot;&apos;&#233;&#xE9;&#x1F600;</a>",
        "<![CDATA[a & b < c ]]>",
        "<!-- a & b -->",
        "<?php a ?>",
    ],
)
def test_what_is_sound_is_left_as_it_is(sound):
    assert mended(sound.encode()).decode() == sound


@pytest.mark.parametrize(
    ("broken", "sound"),
    [
        ("R&D", "R&amp;D"),
        ('<a href="x?a=1&b=2"/>', '<a href="x?a=1&amp;b=2"/>'),
        ("&unknown;", "&amp;unknown;"),
        ("&nbsp;&eacute;", "\xa0é"),
        ("1 < 2 <3", "1 &lt; 2 &lt;3"),
        ("&#xD83D;&#xDE00;", "\U0001f600"),
        ("&#xDE00;&#xD83D;", "\ufffd\ufffd"),
        ("&#1;&#65535;&#1114112;", "\ufffd\ufffd\ufffd"),
        ("&#;&#x;", "&amp;#;&amp;#x;"),
        ("&lt;&LT;&AMP;", "&lt;&lt;&amp;"),
    ],
)
def test_what_is_broken_is_mended_where_its_meaning_is_clear(broken, sound):
    assert mended(broken.encode()).decode() == sound


def test_declared_entities_are_resolved_outside_of_cdata_only():
    assert with_entities(b"&a;<![CDATA[&a;]]>", {"a": b"b"}) == b"b<![CDATA[&a;]]>"


def test_closed_cdata_is_left_as_it_is():
    assert with_cdata_closed(b"<a><![CDATA[x]]></a>") == b"<a><![CDATA[x]]></a>"
    assert with_cdata_closed(b"<a><![CDATA[x") == b"<a><![CDATA[x"
