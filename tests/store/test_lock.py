import os
import subprocess
import sys
from pathlib import Path

import pytest

from mediafeed.errors import LockedError
from mediafeed.store.lock import DataLock, holder


def test_who_comes_second_is_told_who_holds_it_since_when_and_what_for(tmp_path: Path):
    with DataLock(str(tmp_path), "mediafeed daemon"), pytest.raises(LockedError) as told, DataLock(str(tmp_path)):
        pass

    assert str(told.value).startswith(f"{tmp_path}/lock: held by mediafeed daemon (process {os.getpid()}, since 20"), (
        told.value
    )
    assert str(told.value).endswith(" UTC)")
    assert told.value.command == "mediafeed daemon"


def test_a_holder_that_ended_holds_nothing_however_it_ended(tmp_path: Path):
    code = (
        "import os, signal, sys; from mediafeed.store.lock import DataLock\n"
        "DataLock(sys.argv[1]).__enter__(); os.kill(os.getpid(), signal.SIGKILL)"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)

    with DataLock(str(tmp_path)):
        held = holder(str(tmp_path))

    assert ended.returncode < 0
    assert held is not None
    assert held.process == str(os.getpid())
    assert holder(str(tmp_path)) is None


def test_nobody_holds_a_folder_that_is_not_there(tmp_path: Path):
    assert holder(str(tmp_path / "nowhere")) is None
