from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from mediafeed.store.store import Store
from tests.store.samples import GEO, RUSI


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(str(tmp_path / "data" / "mediafeed.sqlite")) as opened:
        opened.register([RUSI, GEO])
        yield opened


def due(store: Store, now: datetime) -> tuple[str, ...]:
    """Give whose time has come, the longest waiting first."""
    return tuple(call.source for call in store.schedule.calls(now))
