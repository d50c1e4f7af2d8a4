from collections.abc import Iterator

import pytest

from tests.refresh.origin import Clock, Origin


@pytest.fixture
def origin() -> Iterator[Origin]:
    made = Origin()
    yield made
    made.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()
