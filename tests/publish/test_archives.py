"""Archives."""

from hypothesis import given
from hypothesis import strategies as st

from mediafeed.publish.archives import partition

sizes = st.lists(st.integers(1, 40), max_size=120)


def rows(of: list[int]) -> list[tuple[str, int]]:
    return [(str(number), size) for number, size in enumerate(of)]


def test_nothing_is_closed_while_everything_fits():
    assert partition(rows([10] * 10), {}, limit=100, target=50) == {}


def test_the_oldest_go_first_and_numbers_go_on():
    assert partition(rows([10] * 6), {"0": 1, "1": 1}, limit=30, target=20) == {"2": 2, "3": 2}


@given(sizes)
def test_every_document_keeps_its_size(of: list[int]):
    closed = partition(rows(of), {}, limit=100, target=50)

    by_part: dict[int, int] = {}
    for number, size in enumerate(of):
        part = closed.get(str(number), 0)
        by_part[part] = by_part.get(part, 0) + size
    assert by_part.get(0, 0) <= 100
    assert all(size <= 50 for part, size in by_part.items() if part)
    assert set(by_part) - {0} == set(range(1, max(closed.values(), default=0) + 1))


@given(sizes, sizes)
def test_what_is_closed_never_changes_when_new_episodes_come(first: list[int], more: list[int]):
    held = partition(rows(first), {}, limit=100, target=50)
    later = partition(rows(first + more), held, limit=100, target=50)

    assert not set(later) & set(held)
    assert all(part > max(held.values(), default=0) for part in later.values())


def test_an_episode_larger_than_an_archive_gets_one_of_its_own():
    assert partition(rows([90, 90, 10]), {}, limit=100, target=50) == {"0": 1}
    assert partition(rows([90, 90, 90]), {}, limit=100, target=50) == {"0": 1, "1": 2}
