"""What is written about commands and their JSON is what they are."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from mediafeed.cli.root import mediafeed
from tests.cli.test_showing import PATH

DOCS = Path(__file__).parent.parent.parent / "docs"


def commands_below(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands_below(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


COMMANDS = dict(commands_below(mediafeed))


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_and_its_options_are_described(name):
    text = (DOCS / "commands.md").read_text()
    # `list episodes` stands under "list sources|shows|episodes|people".
    first, _, rest = name.partition(" ")
    section = re.search(rf"^### `{first}\b[^\n]*{rest}.*?(?=^##|\Z)", text, re.MULTILINE | re.DOTALL)

    assert section, name
    for parameter in COMMANDS[name].params:
        if isinstance(parameter, click.Option):
            assert parameter.opts[-1] in section[0], (name, parameter.opts)


def test_help_fits_a_terminal_and_breaks_no_sentence_off():
    with click.Context(mediafeed, info_name="mediafeed") as context:
        lines = mediafeed.get_help(context).splitlines()[1:]

    assert not [line for line in lines if line.endswith("...") or len(line) > 80]


def test_every_key_of_json_is_described(look):
    text = (DOCS / "json.md").read_text()
    documents = [
        json.loads(look(*words, "--json").out)
        for words in (("list", "episodes"), ("list", "people"), ("list", "shows"), ("list", "sources"), ("status",),
                      ("check",), ("show", PATH))
    ]  # fmt: skip

    assert {key for document in documents for key in keys_in(document)} <= set(re.findall(r"[a-z_]+", text))


def keys_in(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (key for key in value if " " not in key)
        yield from (key for each in value.values() for key in keys_in(each))
    elif isinstance(value, list):
        yield from (key for each in value for key in keys_in(each))
