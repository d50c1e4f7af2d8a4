"""Whatever the bytes, the readers give a feed or say why not."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mediafeed.errors import ParseError
from mediafeed.parse import feed, tolerant
from tests.parse.feeds import ITEM, item, rss
from tests.parse.test_atom import ATOM, RDF

SEEDS = (rss(ITEM, item(2)), ATOM.encode(), RDF.encode())
SPLINTERS = st.sampled_from(
    [b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?", b"?>", b"</item>", b"<item>", b"<entry", b'"',
     b"\0", b"\xff", b"&#xD800;", b"<!DOCTYPE rss [", b"xmlns:a='", b"</channel>", b"</rss>", b"<a:b",
     b"", b"\xed\xa0\x80"]
)  # fmt: skip
QUICKLY = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@st.composite
def broken_feeds(draw):
    body = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(body)))
        body = body[:at] + draw(SPLINTERS) + body[at + draw(st.integers(0, 40)) :]
    return body


@QUICKLY
@given(st.one_of(broken_feeds(), st.binary(max_size=300), st.binary(max_size=60).map(lambda tail: b"<rss>" + tail)))
def test_nothing_but_a_parse_error_escapes(body):
    for read in (feed.read, tolerant.read):
        try:
            found = read(body)
        except ParseError:
            continue
        assert found.head is not None
        assert {each.hash for each in found.items} <= set(found.order)
        assert read(body, known=found.order).items == ()
