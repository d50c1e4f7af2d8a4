"""All sources' words about one recording."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations

from mediafeed.model.episode import CreditOrigin, DatePrecision, Duration, DurationOrigin, EpisodeKind, Role
from mediafeed.normalize.merging import merged, united_credits
from tests.normalize.making import NOW, element, guest, telling

MP3 = "https://cdn.example.org/33.mp3"
STATED = Duration(2880, DurationOrigin.STATED, 30)
DECLARED = Duration(2872, DurationOrigin.DECLARED)
EARLIER = datetime(2022, 9, 1, tzinfo=UTC)


def test_one_telling_is_itself():
    one = telling("Oman", audio=MP3)

    assert merged([one]) is one


def test_the_telling_with_audio_leads_even_if_it_was_heard_last():
    podcast = telling("Episode 33: Oman", "podcast", audio=MP3, guid="g", summary="Whole words.")
    page = telling("Oman", "page", page="https://example.org/33", number=33, first_heard=EARLIER)

    episode = merged([page, podcast])

    assert (episode.title, episode.guid, episode.page) == ("Episode 33: Oman", "g", "https://example.org/33")
    assert (episode.number, episode.first_heard) == (33, EARLIER)
    assert [hearing.source for hearing in episode.hearings] == ["podcast", "page"]


def test_the_order_of_the_words_does_not_matter():
    tellings = [
        telling("A", "a", audio=MP3, duration=DECLARED, credits=(guest("Jane Doe"),), keywords=("x",)),
        telling("B", "b", audio=MP3 + "?2", notes="<p>B</p>", extras=(element("comments", "b"),), keywords=("y",)),
        telling("C", "c", duration=STATED, first_heard=EARLIER, extras=(element("comments", "c"),)),
    ]

    assert len({merged(order) for order in permutations(tellings)}) == 1


def test_whoever_was_heard_first_keeps_the_lead():
    first = telling("First", "z", audio=MP3, first_heard=EARLIER)
    later = telling("Later", "a", audio=MP3)

    assert merged([later, first]).title == "First"


def test_a_time_is_more_precise_than_a_day_of_the_same_date():
    day = telling("A", "a", audio=MP3, date_precision=DatePrecision.DAY)
    second = telling("A", "b", published=datetime(2022, 9, 21, 5, tzinfo=UTC))
    far = replace(second, published=datetime(2022, 9, 28, 5, tzinfo=UTC))

    assert merged([day, second]).published == second.published
    assert merged([day, second]).date_precision is DatePrecision.SECOND
    assert merged([day, far]).published == day.published


def test_a_date_is_filled_in_and_its_doubt_is_gone():
    undated = telling("A", "a", audio=MP3, day=None, flags=("no date, dated by first hearing", "something else"))

    episode = merged([undated, telling("A", "b")])

    assert (episode.published, episode.flags) == (datetime(2022, 9, 21, tzinfo=UTC), ("something else",))


def test_the_strongest_witness_tells_the_duration():
    measured = Duration(2869, DurationOrigin.MEASURED)
    told = [telling("A", "a", audio=MP3, duration=STATED), telling("A", "b", duration=DECLARED)]

    assert merged(told).duration == DECLARED
    assert merged([*told, telling("A", "c", duration=measured)]).duration == measured
    assert merged([telling("A", "a", audio=MP3), told[0]]).duration == STATED


def test_forty_eight_seconds_beside_forty_eight_minutes_were_minutes():
    bare = telling("A", "a", audio=MP3, duration=Duration(48, DurationOrigin.DECLARED))

    assert merged([bare, telling("A", "b", duration=STATED)]).duration == STATED


def test_notes_are_the_leading_telling_s_unless_another_says_plainly_more():
    lead = telling("A", "a", audio=MP3, notes="<p>Jane Doe speaks about Oman.</p>", summary="Jane.")
    more = telling(
        "A", "b", notes="<p>Jane Doe speaks about Oman, about Qatar and about ships at sea.</p>", summary="B."
    )
    same = telling("A", "b", notes="<p>Jane Doe speaks about Omans.</p>")

    assert merged([lead, more]).notes == more.notes
    assert merged([lead, more]).summary == "Jane."
    assert merged([lead, same]).notes == lead.notes


def test_what_others_say_is_kept_beside_what_the_leading_telling_says():
    lead = telling("A", "a", audio=MP3, extras=(element("podcast:person", "Ann"), element("category", "x")))
    other = telling(
        "A",
        "b",
        extras=(
            element("podcast:person", "Ann Lee"),
            element("category", "x"),
            element("podcast:location", "Oslo"),
            element("podcast:value", type="lightning"),
            element("description", "Other words."),
        ),
    )

    united = merged([lead, other])

    assert united.extras == lead.extras
    assert united.beside == ((element("podcast:person", "Ann Lee"), element("podcast:location", "Oslo")),)


def test_an_item_that_only_shares_its_audio_address_adds_nothing():
    lead = telling("A", "a", audio=MP3)
    later = replace(telling("The latest hour", "a", extras=(element("podcast:location", "Oslo"),)), guid=None)

    assert merged([lead, later]).beside == ()


def test_one_person_has_one_credit_by_the_best_evidence_completed_by_the_others():
    by_tag = guest("Jane Doe", origin=CreditOrigin.PUBLISHER, href="https://example.org/jane")
    by_text = guest("Dr Jane Doe", Role.HOST, honorific="Dr", affiliation="Example Institute")
    other = guest("Bo Roe", Role.HOST)

    united = united_credits([(by_text, other), (by_tag,)])

    assert [(credit.name, credit.role, credit.honorific, credit.affiliation) for credit in united] == [
        ("Jane Doe", Role.GUEST, "Dr", "Example Institute"),
        ("Bo Roe", Role.HOST, None, None),
    ]


def test_a_block_binds_the_words_of_who_says_it_and_no_others_feed():
    free = telling("A", "a", audio=MP3, guid="a")
    mirror = telling("Mirror", "b", audio=MP3, guid="b", blocked=True, first_heard=EARLIER, transcripts=("t",))

    assert merged([mirror, free]) == free
    assert merged([free, mirror]) == free


def test_what_all_who_have_it_in_a_feed_block_is_blocked():
    blocked = telling("A", "a", audio=MP3, guid="a", blocked=True)

    assert merged([blocked, telling("A", "page", page="https://example.org/33")]).blocked
    assert merged([blocked, telling("A", "b", audio=MP3, guid="b", blocked=True)]).blocked


def test_a_kind_comes_from_the_telling_with_audio():
    bonus = telling("A", "a", audio=MP3, kind=EpisodeKind.BONUS)

    assert merged([telling("A", "b"), bonus]).kind is EpisodeKind.BONUS


def test_a_merged_episode_can_be_merged_again_without_a_second_hearing():
    a, b = telling("A", "a", audio=MP3), telling("A", "b", first_heard=NOW)

    assert merged([merged([a, b]), b]).hearings == merged([a, b]).hearings
