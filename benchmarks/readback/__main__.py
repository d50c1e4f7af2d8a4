"""Read back what is published, with the readers people use, and tell what they say otherwise.

    python -m benchmarks.readback [FOLDER] [--keep DIR]   a folder of feeds, or the demo's where none is named
    python -m benchmarks.readback --gpodder               gPodder subscribes to the demo, downloads, asks again
    python -m benchmarks.readback --forms FOLDER          podcastparser's own test data, read by us

It ends with 1 when something is lost, or said otherwise for no reason that is known here. A reader that is not
installed is named, with what to type. What every reason means stands in docs/readback.md.
"""

import argparse
import logging
import sys
import tempfile
from pathlib import Path

from benchmarks.readback import feeds, forms, gpodder


def main() -> None:
    """Do what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, help="a folder of .xml feeds")
    parser.add_argument("--keep", type=Path, help="work and publish here, and leave it there")
    parser.add_argument("--gpodder", action="store_true")
    parser.add_argument("--forms", type=Path, metavar="FOLDER", help="tests/data of podcastparser's source archive")
    chosen = parser.parse_args()
    logging.disable(logging.WARNING)
    if chosen.forms:
        sys.exit(forms.report(chosen.forms))
    with tempfile.TemporaryDirectory() as temporary:
        work = chosen.keep or Path(temporary)
        sys.exit(gpodder.report(work) if chosen.gpodder else feeds.report(chosen.folder, work))


if __name__ == "__main__":
    main()
