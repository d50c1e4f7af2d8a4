"""A home as the demo leaves it, copied for each test, and a way to type commands there."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from mediafeed.cli.root import run
from mediafeed.demo.origin import Origin
from mediafeed.demo.run import Demo


@dataclass(frozen=True, slots=True)
class Said:
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Ask = Callable[..., Said]


@pytest.fixture(scope="session")
def origin() -> Iterator[Origin]:
    with Origin(0) as serving:
        yield serving


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, origin: Origin) -> Path:
    folder = tmp_path_factory.mktemp("made")
    Demo(str(folder)).run(lambda *_: None, origin)
    return folder


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    """A copy to be changed."""
    return Path(shutil.copytree(made, tmp_path / "home"))


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Type a command as it stands."""

    def asked(*words: object) -> Said:
        capsys.readouterr()
        code = run([str(word) for word in words])
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return asked


@pytest.fixture
def look(made: Path, ask: Ask) -> Ask:
    """Type a command that only looks, over what the demo made."""
    return lambda *words: ask("--config", made / "config.toml", *words)


@pytest.fixture
def do(home: Path, ask: Ask) -> Ask:
    """Type a command that changes things, in a home of the test's own."""
    return lambda *words: ask("--config", home / "config.toml", *words)


class Web(ThreadingHTTPServer):
    """A web server whose pages a test sets."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Page)
        self.pages: dict[str, bytes] = {}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Page(BaseHTTPRequestHandler):
    server: Web
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = self.server.pages.get(self.path)
        self.send_response(200 if body is not None else 404)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def web() -> Iterator[Web]:
    server = Web()
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def bare(tmp_path: Path, web: Web) -> Path:
    """A config without sources, whose directory is the test's own web."""
    path = tmp_path / "bare" / "config.toml"
    path.parent.mkdir()
    path.write_text(
        "# mine\n"
        '[site]\ntitle = "T"\nurl = "https://podcasts.example.org"\n'
        '[poll]\nminimum = "0s"\n'
        f'[fetch]\nallow = ["127.0.0.0/8"]\ndirectory = "{web.address}"\n'
    )
    return path


def feed(title: str, *items: str, audio: str = "https://media.example/") -> bytes:
    """Write a feed whose items have these titles."""
    told = "".join(
        f"<item><title>{item}</title><guid isPermaLink='false'>{title}-{number}</guid>"
        f"<pubDate>Wed, 0{number} Jun 2022 09:00:00 GMT</pubDate>"
        f"<enclosure url='{audio}{title.lower().replace(' ', '-')}/{number}.mp3' length='9' type='audio/mpeg'/></item>"
        for number, item in enumerate(items, 1)
    )
    return f"<rss version='2.0'><channel><title>{title}</title><link>https://a.example/</link>{told}</channel></rss>".encode()
