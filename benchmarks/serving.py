"""Serving: a feed as gzip, and a 304, against nginx with gzip_static on the same tree, one core each."""

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import invented
from benchmarks.measuring import Cost, Stopwatch, row
from mediafeed.model.published import Document
from mediafeed.publish.write import Writer

TITLE, UNIT = "Serving", "for 1,000 requests"
NEEDED = ("nginx", "wrk", "taskset")
ITEMS = 20
CONNECTIONS = 32
SECONDS = 3
SERVERS_CORE, ASKING_CORE = "0", "1"

_CONFIG = '[site]\ntitle = "Invented"\nurl = "https://podcasts.example.org"\n'
_NGINX = """
daemon off; master_process off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; gzip_static on; gzip_vary on;
    open_file_cache max=1000;
    client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    types {{ application/rss+xml xml; text/html html; }}
    server {{ listen 127.0.0.1:{port}; root {tree}; }}
}}
"""


@dataclass(frozen=True, slots=True)
class Serving:
    """A server that answers: what it is called, its port, and the process that does the work."""

    name: str
    port: int
    pid: int


def measure(repeats: int) -> dict[str, Any]:
    """Ask both in turn; the one that goes first changes with every repeat.

    Raises:
        RuntimeError: A tool is not there, or a server answers otherwise than it should.
    """
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        return {"title": TITLE, "unit": UNIT, "rows": [], "left_out": f"{', '.join(missing)} not installed"}
    watch = Stopwatch()
    with tempfile.TemporaryDirectory() as work, ExitStack() as running:
        folder = Path(work)
        publish(folder / "feeds")
        servers = [running.enter_context(start(folder)) for start in (ours, nginx)]
        for repeat in range(repeats):
            for serving in servers[:: -1 if repeat % 2 else 1]:
                for what, headers in questions(serving).items():
                    watch.add(f"{serving.name}, {what}", asked(serving, headers))
    rows = [row(watch, f"mediafeed, {what}", f"nginx, {what}") for what in ("gzip", "304")]
    rows += [row(watch, f"nginx, {what}") for what in ("gzip", "304")]
    return {"title": TITLE, "unit": UNIT, "rows": rows}


def publish(tree: Path) -> None:
    """Write a feed as publishing does, with its compressed forms."""
    Writer(tree).write(
        [
            Document("feed.xml", "1", partial(invented.feed, 0, ITEMS)),
            Document("index.html", "1", partial(bytes, b"<!doctype html>")),
        ],
        {},
    )


@contextmanager
def ours(folder: Path) -> Iterator[Serving]:
    """Serve with mediafeed, as the command does it."""
    (folder / "config.toml").write_text(_CONFIG)
    port = free_port()
    command = [sys.executable, "-m", "mediafeed", "--config", str(folder / "config.toml"), "serve", "--port", str(port)]
    with _running("mediafeed", command, port) as serving:
        yield serving


@contextmanager
def nginx(folder: Path) -> Iterator[Serving]:
    """Serve with nginx."""
    port = free_port()
    (folder / "nginx.conf").write_text(_NGINX.format(folder=folder, port=port, tree=folder / "feeds"))
    with _running("nginx", ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")], port) as serving:
        yield serving


@contextmanager
def _running(name: str, command: list[str], port: int) -> Iterator[Serving]:
    running = subprocess.Popen(["taskset", "-c", SERVERS_CORE, *command], stdout=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while not _is_there(port):
            if running.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"{name} does not serve")
            time.sleep(0.05)
        yield Serving(name, port, running.pid)
    finally:
        running.terminate()
        running.wait()


def _is_there(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return int(chosen.getsockname()[1])


def questions(serving: Serving) -> dict[str, Mapping[str, str]]:
    """Give what to ask, after having looked that it is answered as it should be."""
    accepts = {"Accept-Encoding": "gzip", "User-Agent": "SomePodcastApp/1.0"}
    status, coding, etag = _answer(serving, accepts)
    held = {**accepts, "If-None-Match": etag}
    if (status, coding, _answer(serving, held)[0]) != (200, "gzip", 304):
        raise RuntimeError(f"{serving.name} answers otherwise")
    return {"gzip": accepts, "304": held}


def _answer(serving: Serving, headers: Mapping[str, str]) -> tuple[int, str, str]:
    line = http.client.HTTPConnection("127.0.0.1", serving.port, timeout=10)
    line.request("GET", "/feed.xml", headers=dict(headers))
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer.status, answer.getheader("Content-Encoding", ""), answer.getheader("ETag", "")


def asked(serving: Serving, headers: Mapping[str, str]) -> Cost:
    """Ask for some seconds, and give what a thousand requests cost."""
    words = [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
    load = ["-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", *words, f"http://127.0.0.1:{serving.port}/feed.xml"]
    before = _cpu(serving.pid)
    done = subprocess.run(["taskset", "-c", ASKING_CORE, "wrk", *load], capture_output=True, text=True, check=True)
    cpu = _cpu(serving.pid) - before
    told = re.search(r"(\d+) requests in", done.stdout)
    rate = re.search(r"Requests/sec:\s*([\d.]+)", done.stdout)
    if not (told and rate) or "Non-2xx" in done.stdout or "Socket errors" in done.stdout:
        raise RuntimeError(f"{serving.name}: {done.stdout}")
    return Cost(wall=1000 / float(rate[1]), cpu=1000 * cpu / int(told[1]))


def _cpu(pid: int) -> float:
    """Give the seconds of CPU that a process has had."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
