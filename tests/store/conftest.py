from collections.abc import Iterator
from pathlib import Path

import pytest

from mediafeed.store.store import Store
from tests.store.samples import GEO, RUSI


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(str(tmp_path / "data" / "mediafeed.sqlite")) as opened:
        opened.register([RUSI, GEO])
        yield opened
