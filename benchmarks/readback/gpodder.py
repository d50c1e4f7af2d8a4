"""gPodder's command line subscribes to the demo's served feed, downloads an episode, and asks again."""

import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit
from urllib.request import urlopen
from xml.etree import ElementTree

PATIENCE = 60.0  # seconds for the demo to begin serving
_HOP_BY_HOP = frozenset({"connection", "keep-alive", "transfer-encoding", "proxy-connection"})


class _Watching(BaseHTTPRequestHandler):
    """A forward proxy that alters nothing and remembers what was asked and answered."""

    seen: list[tuple[str, int]] = []  # noqa: RUF012 - the whole state of this little proxy

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        there = http.client.HTTPConnection(asked.netloc, timeout=PATIENCE)
        there.request("GET", asked._replace(scheme="", netloc="").geturl(), headers=dict(self.headers))
        answer = there.getresponse()
        body = answer.read()
        self.seen.append((asked.path, answer.status))
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in _HOP_BY_HOP:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        there.close()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name http.server gives it
        pass


def report(work: Path) -> int:
    """Tell step by step what gPodder did; 1 when it did not do it."""
    gpo = shutil.which("gpo")
    if gpo is None:
        print("gpo is not there, so gPodder is not asked: apt-get install --no-install-recommends gpodder")
        return 0
    with _served(work / "demo") as address, _watched() as proxy:
        feed = f"{address}/feed.xml"
        said = {"GPODDER_HOME": str(work / "gpodder"), "http_proxy": proxy, "no_proxy": "", "LC_ALL": "C.UTF-8"}
        environment = os.environ | said

        def ask(*words: str) -> str:
            done = subprocess.run([gpo, *words], env=environment, capture_output=True, text=True, check=True)
            return done.stdout

        with urlopen(feed) as body:
            items = list(ElementTree.fromstring(body.read()).iter("item"))
        ask("subscribe", feed)
        listed = ask("episodes", "--guid", feed)
        wanted = {(item.findtext("guid") or "", item.findtext("title") or "") for item in items}
        missing = [title for guid, title in wanted if guid not in listed or title not in listed]
        chosen = items[len(items) // 2]
        ask("download", feed, chosen.findtext("guid") or "")
        same = _downloaded(work / "gpodder", chosen)
        ask("update", feed)
    asked = [status for path, status in _Watching.seen if path == "/feed.xml"]
    print("gPodder on the demo's feed.xml:")
    print(
        f"  subscribed; {len(wanted) - len(missing)} of {len(wanted)} episodes listed with guid and title {missing[:3]}"
    )
    print(f"  downloaded {chosen.findtext('title')!r}: {same}")
    print(f"  feed.xml was answered {asked}")
    return 0 if not missing and same.startswith("the same") and asked[0] == 200 and asked[-1] == 304 else 1


def _downloaded(home: Path, item: ElementTree.Element) -> str:
    enclosure = item.find("enclosure")
    assert enclosure is not None
    with urlopen(enclosure.get("url") or "") as answer:
        published = answer.read()
    files = [path.read_bytes() for path in (home / "Downloads").rglob("*") if path.is_file()]
    return f"the same {len(published)} bytes as published" if published in files else "not the file that is published"


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """Run `mediafeed demo FOLDER --serve` as a user would, until it answers; end it afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "mediafeed", "demo", str(folder), "--serve", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        ended = time.monotonic() + PATIENCE
        while time.monotonic() < ended and process.poll() is None:
            with socket.socket() as door:
                if door.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.2)
        else:
            raise RuntimeError("the demo does not serve")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


@contextmanager
def _watched() -> Iterator[str]:
    proxy = ThreadingHTTPServer(("127.0.0.1", 0), _Watching)
    Thread(target=proxy.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{proxy.server_port}"
    finally:
        proxy.shutdown()
        proxy.server_close()
