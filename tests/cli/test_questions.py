"""How a doubt over many episodes is told: shortly, by the words that say most, and the least."""

from click import unstyle

from mediafeed.cli.questions import question_facts, told
from mediafeed.model.episode import Credit, CreditOrigin, Evidence, Person, Role
from mediafeed.refresh.reviewing import DoubtfulCredit, MayBeOne, Mention, Seen
from tests.normalize.making import telling


def mention(number: int, confidence: float, quote: str, rule: str = "speaks to") -> Mention:
    credit = Credit(
        name="Tom Varga",
        role=Role.GUEST,
        origin=CreditOrigin.TEXT,
        evidence=Evidence(rule, "description", 0, len(quote), quote),
        confidence=confidence,
        person="tom-varga",
    )
    return Mention(telling(f"Tides {number}", id=f"e{number}", show="straits", credits=(credit,)), credit)


MANY = (
    mention(1, 0.89, "We speak to Tom Varga about tides."),
    mention(2, 0.88, "We speak to Tom Varga about tides."),
    mention(3, 0.87, "We speak to Tom Varga about fog."),
    mention(4, 0.86, "We speak to Tom Varga about kelp."),
    mention(5, 0.61, "Tom Varga wrote to us about a boat.", "in context: “wrote” behind the name"),
)


def test_many_episodes_are_one_question_with_the_surest_words_and_the_least_sure():
    lines = list(told(DoubtfulCredit(MANY, surely=1), None))

    assert lines[0] == "\x1b[1mTom Varga: guest of 5 episodes of straits?\x1b[0m"
    assert lines[1:] == [
        "known by   0.61 to 0.89, by rule “speaks to” 4, “in context” 1",
        "besides    surely guest of 1 other episode of this show",
        "on         Tides 1 (e1)",
        "           “We speak to »Tom Varga« about tides.”",
        "on         Tides 3 (e3)",
        "           “We speak to »Tom Varga« about fog.”",
        "least sure Tides 5 (e5)",
        "           “»Tom Varga« wrote to us about a boat.”",
        "           and 2 more",
    ]


def test_words_that_are_the_same_everywhere_are_quoted_once():
    lines = list(told(DoubtfulCredit(MANY[:2]), None))

    assert [line for line in lines if "“We speak" in line] == ["           “We speak to »Tom Varga« about tides.”"]
    assert lines[-1] == "           and 1 more"


def test_one_episode_is_told_with_its_show_rule_and_field():
    lines = list(told(DoubtfulCredit(MANY[4:]), None))

    assert lines[1:3] == [
        "known by   0.61, text, rule “in context: “wrote” behind the name”, description",
        "on         straits: Tides 5 (e5)",
    ]


def test_a_program_gets_every_episode_of_a_question_the_surest_first_and_the_least_sure_by_itself():
    facts = question_facts(DoubtfulCredit(MANY, surely=1))

    assert [facts[key] for key in ("asks", "person", "show", "role", "surely")] == [
        "credit",
        "tom-varga",
        "straits",
        "guest",
        1,
    ]
    assert facts["episode"] == {"id": "e5", "show": "straits", "title": "Tides 5"}
    assert [one["episode"]["id"] for one in facts["mentions"]] == ["e1", "e2", "e3", "e4", "e5"]  # type: ignore[attr-defined]


def test_a_question_is_folded_and_two_persons_are_told_apart_by_their_ids():
    one, other = (Seen(Person(id=id_, key="tom varga", name="Tom\u202e Varga"), MANY[:2]) for id_ in ("tv", "tv-2"))

    lines = [unstyle(line) for line in told(MayBeOne(one, other, "one letter apart", (), ()), 40, "3/74")]

    assert lines[:2] == ["3/74 Tom Varga (tv) and Tom Varga", "(tv-2): one person?"]
    assert "one        Tom Varga (tv), 2 episodes of" in lines
    assert "other      Tom Varga (tv-2), 2 episodes" in lines
    assert all(len(line) <= 40 for line in lines)


def test_who_wants_no_colour_on_a_terminal_has_the_name_marked(monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    coloured = "\n".join(told(DoubtfulCredit(MANY), 80))
    monkeypatch.setenv("NO_COLOR", "1")
    plain = "\n".join(told(DoubtfulCredit(MANY), 80))

    assert ("»Tom Varga«" in coloured, "\x1b[7mTom Varga" in coloured) == (False, True)
    assert ("»Tom Varga«" in plain, "\x1b[7m" in plain) == (True, False)
