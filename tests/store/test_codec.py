from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from mediafeed.model.episode import (
    Credit,
    CreditOrigin,
    DatePrecision,
    Duration,
    DurationOrigin,
    Enclosure,
    Episode,
    EpisodeKind,
    Evidence,
    Hearing,
    Role,
)
from mediafeed.model.parsed import Element
from mediafeed.store.codec import Codec, Told, whole_text
from tests.store.samples import episode, item

_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_maybe = st.none() | _text
_offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
_times = st.datetimes(timezones=_offsets)
_elements = st.recursive(
    st.builds(Element, _text, _text, st.lists(st.tuples(_text, _text), max_size=3).map(tuple)),
    lambda inner: st.builds(Element, _text, _text, st.just(()), st.lists(inner, max_size=3).map(tuple)),
    max_leaves=6,
)
_credits = st.builds(
    Credit,
    name=_text,
    role=st.sampled_from(Role),
    origin=st.sampled_from(CreditOrigin),
    evidence=st.builds(Evidence, _text, _text, st.integers(), st.integers(), _text),
    confidence=st.floats(0, 1),
    honorific=_maybe,
    affiliation=_maybe,
    person=_text,
)
_episodes = st.builds(
    Episode,
    show=_text,
    title=_text,
    hearings=st.lists(
        st.builds(Hearing, source=_text, key=_text, guid=_maybe, page=_maybe, enclosure=_maybe), max_size=2
    ).map(tuple),
    id=_text,
    number=st.none() | st.integers(),
    kind=st.sampled_from(EpisodeKind),
    published=st.none() | _times,
    date_precision=st.sampled_from(DatePrecision),
    first_heard=_times,
    notes=_text,
    explicit=st.none() | st.booleans(),
    enclosure=st.none() | st.builds(Enclosure, _text, _text, st.none() | st.integers()),
    duration=st.none() | st.builds(Duration, st.integers(), st.sampled_from(DurationOrigin), st.integers()),
    credits=st.lists(_credits, max_size=2).map(tuple),
    extras=st.lists(_elements, max_size=2).map(tuple),
    flags=st.lists(_text, max_size=2).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(_episodes)
def test_an_episode_comes_back_as_it_went_in_offsets_and_first_hearing_included(one):
    codec = Codec()

    back = codec.episode(codec.pack(one))

    assert back == one
    assert back.first_heard == one.first_heard
    assert (back.published and back.published.utcoffset()) == (one.published and one.published.utcoffset())


@settings(max_examples=60, deadline=None)
@given(st.lists(_elements, max_size=4).map(tuple))
def test_what_was_said_comes_back_word_for_word(said):
    codec = Codec()

    assert codec.elements(codec.pack(said)) == said


def test_a_lone_surrogate_becomes_the_replacement_character_everywhere_in_a_value():
    codec = Codec()
    broken = Told((Element("title", "Geo\ud800", (("a\udfff", "b"),)),), replace(episode(1), flags=("\ud83d",)))

    back = codec.told(codec.pack(broken))

    assert back.said == (Element("title", "Geo\ufffd", (("a\ufffd", "b"),)),)
    assert back.telling == replace(episode(1), flags=("\ufffd",))


def test_a_surrogate_pair_becomes_the_character_it_stands_for():
    assert whole_text("\ud83d\ude00") == "\U0001f600"


def test_a_telling_of_an_older_version_without_a_newer_field_decodes_as_the_default():
    codec = Codec()
    old = b'{"show":"s","title":"t","hearings":[],"a_field_that_went":1}'

    assert codec.episode(codec.squeeze(old)) == Episode(show="s", title="t", hearings=())


def test_many_threads_may_use_one_codec():
    codec = Codec()
    told = [Told(item(number).elements, episode(number)) for number in range(200)]

    with ThreadPoolExecutor(8) as pool:
        back = list(pool.map(lambda one: codec.told(codec.pack(one)), told * 5))

    assert back == told * 5


def test_a_day_in_japan_keeps_its_offset():
    codec = Codec()
    tokyo = timezone(timedelta(hours=9))

    back = codec.episode(codec.pack(replace(episode(1), published=datetime(2022, 9, 21, tzinfo=tokyo))))

    assert back.published is not None
    assert back.published.isoformat() == "2022-09-21T00:00:00+09:00"
