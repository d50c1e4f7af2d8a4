from datetime import UTC, datetime, timedelta

from mediafeed.model.source import Outcome, Visit
from mediafeed.model.wishes import Answer
from mediafeed.store.store import Store

NOON = datetime(2022, 9, 21, 12, tzinfo=UTC)
VISIT = Visit(source="rusi-gsb", at=NOON, outcome=Outcome.NEW, next_visit=None, why="", new=2)


def test_a_wish_waits_until_it_is_answered(store: Store):
    number = store.wishes.ask(["rusi-gsb"], force=True, now=NOON)
    other = store.wishes.ask([], force=False, now=NOON)
    (first, second) = store.wishes.unanswered()
    before = store.wishes.answer(number)

    store.wishes.answered(number, Answer(visits=(VISIT,), skipped=(("b", "too early"),)))

    assert (first.number, first.sources, first.force, first.asked) == (number, ("rusi-gsb",), True, NOON)
    assert (second.number, second.sources, second.force) == (other, (), False)
    assert before is None
    assert store.wishes.answer(number) == Answer(visits=(VISIT,), skipped=(("b", "too early"),))
    assert (store.wishes.count(), store.wishes.unanswered()) == (1, (second,))


def test_a_wish_for_audio_names_episodes_or_means_all(store: Store):
    store.wishes.ask(["a"], force=False, now=NOON)
    store.wishes.ask_audio(["e1", "e2"], now=NOON)
    store.wishes.ask_audio([], now=NOON)

    assert [(wish.sources, wish.episodes) for wish in store.wishes.unanswered()] == [
        (("a",), None),
        ((), ("e1", "e2")),
        ((), ()),
    ]


def test_a_wish_can_be_taken_back_until_it_is_answered_and_its_number_is_given_to_nobody_else(store: Store):
    first = store.wishes.ask([], force=False, now=NOON)
    second = store.wishes.ask([], force=False, now=NOON)
    store.wishes.answered(first, Answer())

    assert (store.wishes.withdraw(first), store.wishes.withdraw(second)) == (False, True)
    assert store.wishes.ask([], force=False, now=NOON) not in (first, second)


def test_an_answer_is_given_once(store: Store):
    number = store.wishes.ask([], force=False, now=NOON)

    store.wishes.answered(number, Answer(fault="first"))
    store.wishes.answered(number, Answer(fault="second"))

    assert store.wishes.answer(number) == Answer(fault="first")


def test_answers_are_kept_for_an_hour_and_wishes_until_they_are_answered(store: Store):
    answered = store.wishes.ask([], force=False, now=NOON)
    open_ = store.wishes.ask([], force=False, now=NOON)
    store.wishes.answered(answered, Answer())

    store.wishes.ask([], force=False, now=NOON + timedelta(minutes=59))
    kept = store.wishes.answer(answered)
    store.wishes.ask([], force=False, now=NOON + timedelta(minutes=61))

    assert kept is not None
    assert store.wishes.answer(answered) is None
    assert open_ in [wish.number for wish in store.wishes.unanswered()]
