"""Use mediafeed as a stranger would: sources on a server, a config, its commands, and a folder of files afterwards."""

import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from benchmarks.survival.invented import FIRST, Source

_CONFIG = """[site]
title = "Everything said"
url = "https://merged.example"
email = "desk@merged.example"

[poll]
minimum = "0s"

[fetch]
allow = ["127.0.0.0/8"]

[audio]
measure = "never"
"""


@contextmanager
def served(sources: Sequence[Source]) -> Iterator[str]:
    """Serve the sources on loopback; give the address they are under."""
    held: Mapping[str, Source] = {f"/{source.id}": source for source in sources}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            source = held.get(self.path)
            self.send_response(200 if source else 404)
            self.send_header("Content-Type", source.media_type if source else "text/plain")
            self.send_header("Content-Length", str(len(source.body) if source else 0))
            self.end_headers()
            if source:
                self.wfile.write(source.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name http.server gives it
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def published(sources: Sequence[Source], origin: str, folder: Path) -> Path:
    """Refresh, publish, and give the folder of what is published.

    Raises:
        subprocess.CalledProcessError: A command failed.
    """
    config = folder / "config.toml"
    tables = "".join(f'\n[[source]]\nid = "{source.id}"\nurl = "{origin}/{source.id}"\n' for source in sources)
    config.write_text(_CONFIG + tables, "utf-8")
    for command in (("refresh", FIRST), ("refresh",), ("publish",), ("check",)):
        subprocess.run(
            [sys.executable, "-m", "mediafeed", "--config", str(config), "--quiet", *command],
            check=True,
            capture_output=True,
            text=True,
        )
    return folder / "feeds"
