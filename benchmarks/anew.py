"""A daemon that understands a large store anew: does a visit come late meanwhile, and how long is nothing published?

    python -m benchmarks.anew DIR [--sources 200] [--episodes 500] [--minutes M] [--minimum SECONDS]

The first call fills a store in DIR and publishes it, which takes a while; every call changes something in the settings
of every source, so that all its words are understood anew, starts the daemon, and looks at every visit it made. One in
ten sources has a new episode every half minute.
"""

import argparse
import asyncio
import multiprocessing
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks import invented
from benchmarks.soak import held_by, judge
from mediafeed.assemble import assembled
from mediafeed.config.reading import read_config

NEWS = 30.0  # seconds until a source that has news has one more episode
_NEWSY = 10  # one in so many sources has them


def feed(show: int, episodes: int) -> bytes:
    """Give a feed whose items say who speaks, in a kilobyte each."""
    items = []
    for number in range(episodes, 0, -1):
        one = invented.facts(show, number)
        items.append(
            f'<item><guid isPermaLink="false">{one.guid}</guid><title>{one.title}</title><link>{one.link}</link>'
            f"<pubDate>{format_datetime(one.published)}</pubDate><description><![CDATA[{one.notes[:700]}</p>]]>"
            f'</description><enclosure url="{one.audio}" length="{one.length}" type="audio/mpeg"/></item>'
        )
    head = f"<title>Invented show {show}</title><link>https://show{show}.example.org</link><language>en-gb</language>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{"".join(items)}</channel></rss>'.encode()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError, asyncio.IncompleteReadError):
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            show, episodes = map(int, head.split(b" ")[1].decode().strip("/").split("/"))
            if show % _NEWSY == 0:
                episodes += int((time.time() - _EPOCH) // NEWS)
            etag = f'"{show}-{episodes}"'.encode()
            same = b"If-None-Match: " + etag in head
            body = b"" if same else feed(show, episodes)
            status = b"304 Not Modified" if same else b"200 OK"
            about = b"ETag: %s\r\nContent-Type: application/rss+xml\r\nConnection: keep-alive" % etag
            writer.write(b"HTTP/1.1 %s\r\n%s\r\nContent-Length: %d\r\n\r\n" % (status, about, len(body)) + body)
            await writer.drain()
    writer.close()


_EPOCH = 0.0


def _serve(said: Connection, epoch: float, port: int) -> None:
    async def serve() -> None:
        server = await asyncio.start_server(_answer, "0.0.0.0", port, backlog=1024)
        said.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    globals()["_EPOCH"] = epoch
    asyncio.run(serve())


@contextmanager
def origin(epoch: float, port: int) -> Iterator[int]:
    """Run the servers, at a port of their own or at one that is known already; gives it."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs, epoch, port), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        process.terminate()
        process.join()


def config_text(port: int, sources: int, episodes: int, minimum: int, hosts: str) -> str:
    """Write a config; other `hosts` are other settings of every source."""
    head = (
        '[site]\ntitle = "Anew"\nurl = "https://podcasts.example.org"\n'
        f'[poll]\nevery = "{minimum}s"\nminimum = "{minimum}s"\n[audio]\nmeasure = "never"\n'
        '[fetch]\nallow = ["127.0.0.0/8"]\ndeadline = "20s"\n'
    )
    rows = (
        f'[[source]]\nid = "show-{n}"\nurl = "http://127.1.{n // 250}.{n % 250 + 1}:{port}/{n}/{episodes}"\n'
        f'hosts = ["{hosts}"]\n'
        for n in range(sources)
    )
    return head + "".join(rows)


def fill(path: Path) -> None:
    """Visit every source and publish."""
    with assembled(read_config(path)) as house:
        house.understand_anew()
        began = time.monotonic()
        house.refresh(house.config.sources)
        print(f"filled in {time.monotonic() - began:.0f} s", flush=True)
        began = time.monotonic()
        did = house.publish()
        print(f"published {len(did.written)} files in {time.monotonic() - began:.0f} s", flush=True)


def watch(folder: Path, minutes: float, minimum: int) -> None:
    """Run the daemon for a while, and look at what it did."""
    command = [sys.executable, "-m", "mediafeed", "-v", "--config", str(folder / "config.toml"), "daemon", "--port=0"]
    log = folder / "log"
    with log.open("wb") as told:
        process = subprocess.Popen(command, stdout=told, stderr=told)
    began, start = datetime.now(UTC), time.monotonic()
    try:
        while time.monotonic() - start < minutes * 60:
            time.sleep(min(20, minutes * 10))
            print(f"{(time.monotonic() - start) / 60:5.1f} min: {held_by(process.pid)}", flush=True)
        end = datetime.now(UTC)
        process.send_signal(signal.SIGTERM)
        stopping = time.monotonic()
        print(f"SIGTERM: exit code {process.wait(30)} after {time.monotonic() - stopping:.1f} s")
    finally:
        process.kill()
        process.wait()
    for line in re.findall(r"^.*(?:understood|published written|Traceback| error ).*$", log.read_text(), re.MULTILINE):
        print("  ", line)
    judge(folder, timedelta(seconds=minimum), began, end)


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sources", type=int, default=200)
    parser.add_argument("--episodes", type=int, default=500, help="of each source")
    parser.add_argument("--minutes", type=float, default=8)
    parser.add_argument("--same", action="store_true", help="change no settings: go on where an earlier call ended")
    parser.add_argument("--minimum", type=int, default=60, help="seconds between two visits to a source")
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    path = chosen.folder / "config.toml"
    known = re.search(r":(\d+)/0/", path.read_text()) if path.exists() else None
    with origin(time.time(), int(known[1]) if known else 0) as port:
        counts = (port, chosen.sources, chosen.episodes, chosen.minimum)
        if not path.exists():
            path.write_text(config_text(*counts, "Jana Kovar"))
            fill(path)
        before, other = (
            ("Tana Kovar", "Jana Kovar") if "Tana Kovar" in path.read_text() else ("Jana Kovar", "Tana Kovar")
        )
        hosts = before if chosen.same else other
        path.write_text(config_text(*counts, hosts))
        watch(chosen.folder, chosen.minutes, chosen.minimum)


if __name__ == "__main__":
    main()
