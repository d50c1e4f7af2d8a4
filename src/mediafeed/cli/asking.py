"""Ask a person, on a terminal or through a pipe; each answer is written down before the next question."""

from collections.abc import Collection, Iterator, Mapping, Sequence

import click

from mediafeed.cli.configuring import ConfigFile
from mediafeed.cli.gold import Judged
from mediafeed.cli.layout import folded, say, terminal_width
from mediafeed.cli.questions import Question, told
from mediafeed.model.episode import Role
from mediafeed.model.settings import Override, PersonSetting
from mediafeed.refresh.people import free_id, made_one, parted, setting_of
from mediafeed.refresh.reviewing import DoubtfulCredit, MayBeOne, MayBeTwo, Mention, Seen

_CREDIT = {
    "y": "the role is right",
    "n": "no credit",
    "h": "host",
    "g": "guest",
    "guest host": "guest host",
    "s": "skip",
    "q": "quit",
}
_EPISODE = {key: meaning for key, meaning in _CREDIT.items() if key != "q"} | {"r": "skip the rest", "q": "quit"}
_ONE = {"y": "one person", "n": "two persons", "s": "skip", "q": "quit"}
_MANY = {"y": "one person", "n": "a person for each", "s": "skip", "q": "quit"}
_ONE_STILL = {"y": "one person", "s": "skip", "q": "quit"}
_ROLES = {"h": Role.HOST, "g": Role.GUEST, "guest host": Role.GUEST_HOST}
_ALSO = {
    "yes": "y",
    "all": "y",
    "no": "n",
    "none": "n",
    "host": "h",
    "guest": "g",
    "gh": "guest host",
    "one by one": "e",
    "skip": "s",
    "": "s",
    "rest": "r",
    "quit": "q",
}


class Review:
    """One sitting. `judged` are the episodes whose credits were decided, `decided` counts decisions of any kind."""

    def __init__(self, file: ConfigFile, questions: Sequence[Question], taken: Collection[str] = ()) -> None:
        """Take the config that decisions are written to, what is asked, and ids of persons that are not free."""
        self._file = file
        self._questions = questions
        self._taken = {*taken}
        self._judged: dict[str, Judged] = {}
        self.decided = 0

    @property
    def judged(self) -> tuple[Judged, ...]:
        """Give the judged episodes, in the order in which they were asked about."""
        return tuple(self._judged.values())

    def run(self) -> None:
        """Ask until everything is asked, a person quits, or the pipe ends."""
        for number, question in enumerate(self._questions, 1):
            place = f"{number}/{len(self._questions)}"
            answer = self._asked(place, question, _choices(question))
            if answer == "e" and isinstance(question, DoubtfulCredit):
                answer = self._one_by_one(place, question)
            if answer == "q":
                break

    def _one_by_one(self, place: str, doubt: DoubtfulCredit) -> str:
        """Ask of each episode by itself; give the last answer."""
        answer = ""
        each = doubt.one_by_one()
        for number, one in enumerate(each, 1):
            answer = self._asked(f"{place}, {number} of {len(each)}", one, _EPISODE)
            if answer in ("r", "q"):
                break
        return answer

    def _asked(self, place: str, question: Question, choices: Mapping[str, str]) -> str:
        """Ask, write down what was decided, give the answer."""
        say("")
        for line in told(question, terminal_width(), place):
            say(line)
        answer = _answer(choices)
        if answer not in ("e", "r", "s", "q"):
            self._decide(question, answer)
        return answer

    def _decide(self, question: Question, answer: str) -> None:
        match question:
            case DoubtfulCredit(mentions):
                self._decide_credit(mentions, answer)
            case MayBeOne(one, other):
                self._decide_pair(one, other, are_one=answer == "y")
            case MayBeTwo(seen) if answer == "y":
                self._keep(seen)
            case MayBeTwo():
                self._part(question)
        self.decided += 1

    def _decide_credit(self, mentions: Sequence[Mention], answer: str) -> None:
        right = None if answer == "n" else _ROLES.get(answer, mentions[0].credit.role)
        role = right.value if right else "none"
        by_date = sorted(mentions, key=lambda one: one.episode.dated)
        said = {Override(episode=one.episode.id, name=one.credit.name, role=role): one.episode.title for one in by_date}
        self._file.override(said)
        for one in mentions:
            self._judged.setdefault(one.episode.id, Judged(one.episode)).roles[one.credit.name] = right

    def _decide_pair(self, one: Seen, other: Seen, *, are_one: bool) -> None:
        if not are_one:  # two who both stand in the config are two
            self._keep(one)
            self._keep(other)
            return
        persons = self._file.persons()
        kept, gone = _by_standing(one, other, persons)
        ours, theirs = setting_of(kept.person, persons), setting_of(gone.person, persons)
        if ours.id != theirs.id:
            made = made_one(ours, theirs, gone.names, (*kept.shows, *gone.shows))
            self._file.person(made, [theirs.id] if theirs in persons else [])

    def _part(self, doubt: MayBeTwo) -> None:
        """Make a person of each group; that of most mentions keeps the id, and the shows of which nothing is told."""
        persons = self._file.persons()
        kept, others = setting_of(doubt.seen.person, persons), []
        self._taken.update(one.id for one in persons)
        _, *groups = sorted(doubt.groups, key=len, reverse=True)
        for group in groups:
            id_ = free_id(kept.name, self._taken)
            self._taken.add(id_)
            kept, other = parted(kept, id_, sorted({one.episode.show for one in group}))
            others.append(other)
        self._file.parted(kept, *others)

    def _keep(self, seen: Seen) -> None:
        self._file.person(setting_of(seen.person, self._file.persons()))


def _by_standing(one: Seen, other: Seen, persons: Sequence[PersonSetting]) -> tuple[Seen, Seen]:
    """Give who keeps the address first: who stands in the config, then who is heard more, then the fuller name."""
    known = {setting.id for setting in persons}

    def standing(seen: Seen) -> tuple[bool, int, int]:
        return seen.person.id in known, len(seen.episodes), len(seen.person.name)

    return (other, one) if standing(other) > standing(one) else (one, other)


def _choices(question: Question) -> Mapping[str, str]:
    match question:
        case DoubtfulCredit(mentions) if len(mentions) > 1:
            all_or_none = {"y": f"all {len(mentions)}", "n": "none", "h": "host", "g": "guest"}
            return all_or_none | {"guest host": "guest host", "e": "one by one", "s": "skip", "q": "quit"}
        case DoubtfulCredit():
            return _CREDIT
        case MayBeOne():
            return _ONE
        case MayBeTwo():
            return _MANY if question.shows_part_them else _ONE_STILL


def _answer(choices: Mapping[str, str]) -> str:
    """Read one of the choices; what is none of them is asked again, the end of a pipe is the end."""
    offered = ", ".join(f"{key} {meaning}" if key != meaning else key for key, meaning in choices.items())
    *lines, last = folded(f"{offered}:", terminal_width())
    for words in _lines("\n".join((*lines, f"{last} "))):
        answer = _ALSO.get(words, words)
        if answer in choices:
            return answer
        click.echo(f"{words!r} is none of these", err=True)
    return "q"


def _lines(prompt: str) -> Iterator[str]:
    while True:
        try:
            yield " ".join(input(prompt).casefold().split())
        except EOFError:
            click.echo()
            return
