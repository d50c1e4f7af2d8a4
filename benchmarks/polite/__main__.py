"""Count what is not polite, in a simulated world.

    python -m benchmarks.polite [--sources N] [--days N] [--daemon]

Without --daemon only the rooms that decide work, and the store only remembers; with it the whole daemon does, restarted
once a day. The checker sees requests and answers and shares no code with what it checks.
"""

import argparse
import logging
import time
from collections import Counter
from datetime import timedelta

from benchmarks.polite import daemon
from benchmarks.polite.checking import Exchange, crowded, hosts_violated, share_of_304, violations
from benchmarks.polite.simulating import World
from benchmarks.polite.world import START, servers


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=int, default=500)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--daemon", action="store_true")
    chosen = parser.parse_args()
    logging.disable(logging.CRITICAL)
    asked = servers(chosen.sources)
    began, late = time.monotonic(), 0
    if chosen.daemon:
        exchanges, late = daemon.run(asked, chosen.days)
    else:
        world = World(asked)
        world.run(chosen.days)
        exchanges = world.exchanges
    took = time.monotonic() - began
    by_source: dict[str, list[Exchange]] = {}
    for exchange in exchanges:
        by_source.setdefault(exchange[0].source, []).append(exchange)
    end = START + timedelta(days=chosen.days)
    found = [one for server in asked for one in violations(server, by_source.get(server.name, []), end)]
    found += [*hosts_violated(exchanges), *crowded(exchanges, timedelta(hours=1) / len(asked))]
    print(f"{len(asked)} sources, {chosen.days} days, {len(exchanges):,} requests in {took:.0f} s")
    print(f"violations: {len(found)} {dict(Counter(one.statement for one in found))}; late visits: {late}")
    print(f"304 where nothing changed and the server can say so: {share_of_304(asked, exchanges):.1%}")
    for one in found[:20]:
        print(" ", one)


if __name__ == "__main__":
    main()
