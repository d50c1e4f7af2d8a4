"""A database that is restored while the daemon works."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

from mediafeed.cli.root import run
from tests.daemon.test_ending import feed_of, log_of, running, write_config
from tests.processes import wait_for
from tests.refresh.origin import Origin, feed, item


def test_a_daemon_goes_on_with_what_is_restored_and_asks_nobody_early(tmp_path: Path, origin: Origin):
    origin.serve("/a", feed(item(1)), 'ETag: "1"')
    config = str(write_config(tmp_path, origin, "a"))
    with running(tmp_path) as process:
        wait_for(lambda: "guid-1" in feed_of(tmp_path))
        assert run(["--config", config, "backup", str(tmp_path / "kept.zip")]) == 0
        with closing(sqlite3.connect(tmp_path / "data" / "mediafeed.db", timeout=30)) as store:
            store.execute("DELETE FROM episodes")
            store.commit()
        asked = len(origin.asked())
        code = run(["--config", config, "restore", str(tmp_path / "kept.zip")])
        wait_for(lambda: log_of(tmp_path).count("serving on") == 2)
        with closing(sqlite3.connect(tmp_path / "data" / "mediafeed.db", timeout=30)) as store:
            (episodes,) = store.execute("SELECT count(*) FROM episodes").fetchone()
        served = urlopen(re.findall(r"serving on (\S+)", log_of(tmp_path))[-1] + "feed.xml").read()
        process.terminate()
        ended = process.wait(timeout=15)

    assert (code, episodes, ended) == (0, 1, 0)
    assert b"guid-1" in served
    assert len(origin.asked()) == asked
    assert "Traceback" not in log_of(tmp_path)
