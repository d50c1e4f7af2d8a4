"""Ask a person, on a terminal or through a pipe; each answer is written down before the next question."""

from collections.abc import Iterator, Sequence

import click

from mediafeed.cli.configuring import ConfigFile
from mediafeed.cli.gold import Judged
from mediafeed.cli.layout import say, terminal_width
from mediafeed.cli.questions import Question, told
from mediafeed.model.episode import Role
from mediafeed.model.settings import Override, PersonSetting
from mediafeed.refresh.people import made_one, setting_of
from mediafeed.refresh.reviewing import DoubtfulCredit, MayBeOne, MayBeTwo, Seen

_CREDIT = {
    "y": "the role is right",
    "n": "no credit",
    "h": "host",
    "g": "guest",
    "guest host": "guest host",
    "s": "skip",
    "q": "quit",
}
_ONE = {"y": "one person", "n": "two persons", "s": "skip", "q": "quit"}
_TWO = {"y": "one person after all", "s": "skip", "q": "quit"}
_ROLES = {"h": Role.HOST, "g": Role.GUEST, "guest host": Role.GUEST_HOST}
_ALSO = {"yes": "y", "no": "n", "host": "h", "guest": "g", "gh": "guest host", "skip": "s", "": "s", "quit": "q"}


class Review:
    """One sitting. `judged` are the episodes whose credits were decided, `decided` counts decisions of any kind."""

    def __init__(self, file: ConfigFile, questions: Sequence[Question]) -> None:
        """Take the config that decisions are written to, and what is asked."""
        self._file = file
        self._questions = questions
        self._judged: dict[str, Judged] = {}
        self.decided = 0

    @property
    def judged(self) -> tuple[Judged, ...]:
        """Give the judged episodes, in the order in which they were asked about."""
        return tuple(self._judged.values())

    def run(self) -> "Review":
        """Ask until everything is asked, a person quits, or the pipe ends."""
        width = terminal_width()
        for number, question in enumerate(self._questions, 1):
            say("")
            for place, line in enumerate(told(question, width)):
                say(line if place else f"{number}/{len(self._questions)}  {line}")
            answer = _answer(_choices(question))
            if answer == "q":
                break
            if answer != "s":
                self._decide(question, answer)
        return self

    def _decide(self, question: Question, answer: str) -> None:
        match question:
            case DoubtfulCredit(episode, credit):
                role = None if answer == "n" else _ROLES.get(answer, credit.role)
                override = Override(episode=episode.id, name=credit.name, role=role.value if role else "none")
                self._file.override(override, episode.title)
                self._judged.setdefault(episode.id, Judged(episode)).roles[credit.name] = role
            case MayBeOne(one, other):
                self._decide_pair(one, other, are_one=answer == "y")
            case MayBeTwo(seen):
                self._keep(seen)
        self.decided += 1

    def _decide_pair(self, one: Seen, other: Seen, *, are_one: bool) -> None:
        if not are_one:  # two who both stand in the config are two
            self._keep(one)
            self._keep(other)
            return
        persons = self._file.persons()
        kept, gone = _by_standing(one, other, persons)
        ours, theirs = setting_of(kept.person, persons), setting_of(gone.person, persons)
        if ours.id != theirs.id:
            self._file.person(made_one(ours, theirs, gone.names), [theirs.id] if theirs in persons else [])

    def _keep(self, seen: Seen) -> None:
        self._file.person(setting_of(seen.person, self._file.persons()))


def _by_standing(one: Seen, other: Seen, persons: Sequence[PersonSetting]) -> tuple[Seen, Seen]:
    """Give who keeps the address first: who stands in the config, then who is heard more, then the fuller name."""
    known = {setting.id for setting in persons}

    def standing(seen: Seen) -> tuple[bool, int, int]:
        return seen.person.id in known, len(seen.episodes), len(seen.person.name)

    return (other, one) if standing(other) > standing(one) else (one, other)


def _choices(question: Question) -> dict[str, str]:
    match question:
        case DoubtfulCredit():
            return _CREDIT
        case MayBeOne():
            return _ONE
        case MayBeTwo():
            return _TWO


def _answer(choices: dict[str, str]) -> str:
    """Read one of the choices; what is none of them is asked again, the end of a pipe is the end."""
    offered = ", ".join(f"{key} {meaning}" if key != meaning else key for key, meaning in choices.items())
    for words in _lines(f"{offered}: "):
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
