"""The package `reader` over the same feeds, in a process and an environment of its own.

    python with_reader.py DATABASE URL…

Imports nothing of ours. Every line on stdin is one update of all feeds; the answer is one line of JSON: what it cost.
"""

import json
import sys
import time

from reader import make_reader


def main() -> None:
    """Add the feeds, then update them whenever a line comes."""
    database, *urls = sys.argv[1:]
    reader = make_reader(database)
    for url in urls:
        reader.add_feed(url)
    for _ in sys.stdin:
        wall, cpu = time.perf_counter(), time.process_time()
        reader.update_feeds(scheduled=False)  # by itself it would leave alone what it saw within the hour
        cost = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
        print(json.dumps(cost | {"episodes": reader.get_entry_counts().total}), flush=True)


if __name__ == "__main__":
    main()
