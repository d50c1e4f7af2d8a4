from datetime import UTC, datetime, timedelta

import pytest
from rich.cells import cell_len

from mediafeed.cli.layout import Column, cut, labelled, plain, table
from mediafeed.cli.output import when

NOON = datetime(2022, 9, 21, 12, tzinfo=UTC)


def test_letters_of_two_cells_keep_columns_straight():
    lines = list(table((Column("a"), Column("b")), [("日本", "x"), ("UK", "y")], None))

    assert [cell_len(line) for line in lines] == [7, 7, 7]


def test_numbers_stand_on_the_right():
    assert list(table((Column("n", right=True),), [(5,), (25,)], None)) == [" n", " 5", "25"]


def test_only_columns_that_give_way_are_cut_the_widest_first():
    columns = (Column("id"), Column("a", gives_way=True), Column("b", gives_way=True))

    line = list(table(columns, [("i" * 20, "a" * 40, "b" * 15)], 60))[1]

    assert line == "i" * 20 + "  " + "a" * 20 + "…" + "  " + "b" * 15
    assert cell_len(line) == 60


def test_no_column_is_cut_to_nothing():
    lines = list(table((Column("id"), Column("a", gives_way=True)), [("i" * 30, "a" * 40)], 20))

    assert lines[1] == "i" * 30 + "  " + "a" * 11 + "…"


def test_a_wide_letter_is_not_cut_in_half():
    assert cell_len(cut("日本日本日本", 6)) <= 6


def test_a_table_without_rows_has_its_names():
    assert list(table((Column("id"), Column("title")), [], 80)) == ["id  title"]


@pytest.mark.parametrize("text", ["a\nb", "a\x1b[2Jb", "a\u202eb", "a\x9b31mb", "a\x00b"])
def test_a_text_is_one_line_without_commands_to_the_terminal(text):
    assert not set(plain(text)) & set("\n\x1b\u202e\x9b\x00")


@pytest.mark.parametrize(
    ("length", "indent"),
    [(49, 11), (50, 10), (59, 1), (60, 0), (200, 0)],
)
@pytest.mark.parametrize(("before", "behind"), [("", ""), ("see", ""), ("see", "and wait"), ("", "and wait")])
def test_an_address_is_never_broken_and_moves_to_the_left_to_fit(length: int, indent: int, before: str, behind: str):
    address = "https://podcasts.example.org/".ljust(length, "a")

    lines = list(labelled("page", f"{before} {address} {behind}".strip(), 60))

    (line,) = (line for line in lines if address in line)
    assert line.removeprefix("page       ").strip() == address
    assert len(line) - len(address) == indent
    assert lines[0].startswith("page")
    assert all(len(other) <= 60 for other in lines if other != line)


@pytest.mark.parametrize("text", ["日本の外交" * 20, "a" * 150, f"“{'日本' * 40}” stands where “{'外交' * 40}” was"])
def test_words_that_are_no_address_are_broken_to_fit_by_cells(text: str):
    lines = list(labelled("detail", text, 60))

    assert all(cell_len(line) <= 60 for line in lines)
    assert "".join("".join(lines).removeprefix("detail").split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (timedelta(0), "now"),
        (timedelta(seconds=59), "in 59 s"),
        (timedelta(seconds=119), "in 2 min"),
        (timedelta(seconds=-3599), "60 min ago"),
        (timedelta(days=-3), "3 d ago"),
    ],
)
def test_a_time_is_said_as_people_say_it(away, words):
    assert when(NOON + away, NOON) == words
