"""The daemon's end."""

import subprocess
import sys

HELD = """
import re
from mediafeed.cli import daemon

daemon.LONGEST_END = 0.2
daemon._end_in_time()
re.match("(a+)+$", "a" * 60 + "b")  # never ends, and lets nothing else of Python happen
"""


def test_an_end_comes_though_somebody_holds_the_interpreter():
    ended = subprocess.run([sys.executable, "-c", HELD], timeout=60, check=False)

    assert ended.returncode == 1
