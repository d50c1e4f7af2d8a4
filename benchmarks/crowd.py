"""Ten thousand sources, three in ten of them failing in every way: do they hold up those that answer?

    python -m benchmarks.crowd [--sources N] [--failing SHARE] [--deadline SECONDS]

All are due at once. The first round meets every server for the first time, the second knows who failed. Each server is
an address of loopback, all of one process of its own; some are a name that does not exist or a closed port.
"""

import argparse
import asyncio
import gzip
import logging
import multiprocessing
import resource
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import quantiles

from mediafeed.assemble import Mediafeed, assembled
from mediafeed.config.reading import read_config
from mediafeed.model.source import Source, Visit
from mediafeed.refresh.batch import Visiting

WAYS = (
    "404", "500", "429", "reset", "silent", "slow head", "slow body", "endless", "bomb", "short", "banner", "page",
    "broken", "closed", "no such name",
)  # fmt: skip

_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nConnection: close\r\n"
_AT_ONCE = {
    "bomb": _HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"\0" * 100_000_000),
    "short": _HEAD + b"Content-Length: 100000\r\n\r\n<rss>",
    "banner": b"220 mail.example ESMTP\r\n",
    "page": _HEAD + b"\r\n<!DOCTYPE html><html><body>Sold.</body></html>",
    "broken": _HEAD + b"\r\n<rss><channel><title>&nope;</wrong><item><<<",
}


def _feed(name: str, episodes: int) -> bytes:
    items = "".join(
        f"<item><guid>{name}-{n}</guid><title>Talk {n} of {name}</title>"
        f"<pubDate>Mon, {n + 1:02} Jan 2024 06:00:00 GMT</pubDate>"
        f'<enclosure url="https://cdn.example/{name}/{n}.mp3" length="1" type="audio/mpeg"/></item>'
        for n in range(episodes)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{name}</title>{items}</channel></rss>'.encode()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer a connection, well or in one of the bad ways."""
    with suppress(OSError, asyncio.IncompleteReadError):
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            way, _, name = head.split(b" ")[1].decode().strip("/").partition("/")
            if way not in {"good", "news"}:
                await _fail(way.replace("-", " "), writer)
                break
            episodes = 3 + int(time.monotonic() // 300) % 20 if way == "news" else 3
            etag = f'"{name}-{episodes}"'.encode()
            same = b"If-None-Match: " + etag in head
            body = b"" if same else _feed(name, episodes)
            status = b"304 Not Modified" if same else b"200 OK"
            keep = b"Connection: keep-alive\r\nContent-Type: application/rss+xml\r\n"
            writer.write(
                b"HTTP/1.1 %s\r\n%sETag: %s\r\nContent-Length: %d\r\n\r\n" % (status, keep, etag, len(body)) + body
            )
            await writer.drain()
    writer.close()


async def _fail(way: str, writer: asyncio.StreamWriter) -> None:
    match way:
        case "404" | "500" | "429" | "robots.txt":
            status = "404" if way == "robots.txt" else way
            writer.write(f"HTTP/1.1 {status} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
        case "reset":
            writer.transport.abort()
        case "silent":
            await asyncio.sleep(600)
        case "slow head" | "slow body":
            for byte in (b"HTTP/1.1 200 OK\r\nX: " if way == "slow head" else _HEAD + b"\r\n") + b" " * 600:
                writer.write(bytes([byte]))
                await writer.drain()
                await asyncio.sleep(0 if way == "slow body" and byte != 32 else 1)
        case "endless":
            writer.write(_HEAD + b"\r\n")
            while True:
                writer.write(b" " * 65_536)
                await writer.drain()
        case _:
            writer.write(_AT_ONCE[way])


def _serve(said: Connection) -> None:
    async def serve() -> None:
        server = await asyncio.start_server(_answer, "0.0.0.0", 0, backlog=4096)
        said.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    asyncio.run(serve())


@contextmanager
def origin() -> Iterator[int]:
    """Serve every way to fail from a process of its own; give its port."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        process.terminate()
        process.join()


@contextmanager
def _house(port: int, count: int, failing: int, deadline: int) -> Iterator[Mediafeed]:
    settings = '[site]\ntitle = "Crowd"\nurl = "https://podcasts.example.org"\n'
    settings += f'[fetch]\nallow = ["127.0.0.0/8"]\ndeadline = "{deadline}s"\n'
    rows = []
    for number in range(count):
        way = WAYS[number // 10 % len(WAYS)] if number % 10 < failing else "good"
        # A host of its own for each: towards one host we are polite, and that would be measured.
        host = f"127.1.{number // 250}.{number % 250 + 1}"
        url = f"http://{host}:{port}/{way.replace(' ', '-')}/{number}"
        url = f"http://n{number}.invalid/" if way == "no such name" else url
        url = f"http://{host}:9/" if way == "closed" else url
        rows.append(f'[[source]]\nid = "{"good" if way == "good" else "bad"}-{number}"\nurl = "{url}"\n')
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "config.toml"
        path.write_text(settings + "".join(rows))
        with assembled(read_config(str(path))) as house:
            yield house


class Round:
    """Sends everybody out at once, and notes when each came back."""

    def __init__(self, house: Mediafeed) -> None:
        """Take what to visit with."""
        self._visit = house.pipeline.visit
        self._clock = house.clock
        self._lanes = house.polling.lanes(house.config.sources)
        self.came: dict[str, float] = {}
        self.kinds: Counter[str] = Counter()
        self._healthy = threading.Event()
        self._left = sum(source.id.startswith("good") for _, source in self._lanes)

    def run(self, apart: dict[str, bool], *, to_the_end: bool) -> float:
        """Visit; give the seconds until all that answer have answered."""
        stop = threading.Event()
        visiting = Visiting(self._timed, on_visit=self._hear, clock=self._clock, stop=stop)
        self._began = time.monotonic()
        visiting.add(self._lanes, apart)
        self._healthy.wait()
        took = time.monotonic() - self._began
        if to_the_end:
            visiting.wait()
        stop.set()
        visiting.close()
        return took

    def _timed(self, source: Source) -> Visit:
        return self._visit(source)

    def _hear(self, visit: Visit) -> None:
        self.came[visit.source] = time.monotonic() - self._began
        self.kinds[str(visit.kind or visit.outcome)] += 1
        if visit.source.startswith("good"):
            self._left -= 1
            if self._left <= 0:
                self._healthy.set()


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=int, default=10_000)
    parser.add_argument("--failing", type=int, default=3, help="of ten")
    parser.add_argument("--deadline", type=int, default=30)
    chosen = parser.parse_args()
    logging.disable(logging.CRITICAL)
    with origin() as port, _house(port, chosen.sources, chosen.failing, chosen.deadline) as house:
        for name in ("met for the first time", "known", "known, once more"):
            states = house.store.states()
            apart = {state.id: bool(state.failures) or state.terms.slow for state in states}
            here = Round(house)
            cpu = time.process_time()
            took = here.run(apart, to_the_end=name == "met for the first time")
            cpu = time.process_time() - cpu
            good = [at for source, at in here.came.items() if source.startswith("good")]
            all_took = max(here.came.values())
            most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"{name}: {len(good)} that answer done in {took:.1f} s (half in {quantiles(good, n=2)[0]:.1f} s), "
                f"the last one heard of after {all_took:.1f} s; CPU {cpu:.1f} s; memory {most:.0f} MiB at most",
                flush=True,
            )
            print("  ", dict(here.kinds.most_common()), flush=True)


if __name__ == "__main__":
    main()
