"""A plain nginx with the block of docs/serving.md answers as we do, over the whole tree of the demo."""

import http.client
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin

import pytest

from mediafeed.cli.serving import Listening, web_app, web_server
from mediafeed.config.reading import read_config
from mediafeed.publish.packing import ENDINGS

DOCS = Path(__file__).parent.parent.parent / "docs"
SITE = "https://podcasts.example.org"
ANYWHERE = Listening(host="127.0.0.1", port=0, uds=None, root_path=None, forwarded_allow_ips="")
# What is said of a file, whoever says it; an etag is each server's own.
SAID = (
    "content-type", "content-encoding", "content-range", "vary", "cache-control", "last-modified", "link", "location",
    "access-control-allow-origin", "content-security-policy", "referrer-policy", "x-content-type-options",
)  # fmt: skip

Said = tuple[int, dict[str, str], bytes]


class Asking:
    """Asks one server."""

    def __init__(self, port: int) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)

    def __call__(self, path: str, method: str = "GET", headers: Mapping[str, str] = {}) -> Said:
        self.line.request(method, path, headers=dict(headers))
        answer = self.line.getresponse()
        body = answer.read()
        self.line.close()  # each may have its own mind on how many requests a line is good for
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def compared(said: Said, path: str) -> dict[str, str]:
    """Give what both must say alike, in one spelling."""
    told = {name: said[1][name] for name in SAID if name in said[1]}
    if "location" in told:
        told["location"] = urljoin(path, told["location"])
    return {name: value.lower() if name in {"vary", "content-type"} else value for name, value in told.items()}


def free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return int(chosen.getsockname()[1])


@pytest.fixture(scope="module")
def tree(made: Path) -> Path:
    return made / "feeds"


@pytest.fixture(scope="module")
def ours(made: Path) -> Iterator[Asking]:
    config = read_config(made / "config.toml")
    config = replace(config, site=replace(config.site, url=SITE))
    server = web_server(web_app(config, ANYWHERE), config, ANYWHERE)
    server.start()
    asking = Asking(int(server.address.rsplit(":", 1)[1]))
    yield asking
    asking.line.close()
    server.stop()


@pytest.fixture(scope="module")
def nginx(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        pytest.skip("nginx is not there: apt-get install nginx")
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    found = re.search(r"```nginx\n(.*?)```", (DOCS / "serving.md").read_text(), re.DOTALL)
    assert found
    block = found[1].replace("127.0.0.1:8080", f"127.0.0.1:{port}").replace("/srv/mediafeed/feeds", str(tree))
    places = "".join(
        f"{name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;\n"
        f"events {{ }}\nhttp {{\naccess_log off;\n{places}{block}\n}}\n"
    )
    with (folder / "told").open("wb") as told:
        running = subprocess.Popen([program, "-p", folder, "-c", folder / "nginx.conf"], stdout=told, stderr=told)
    try:
        until = time.monotonic() + 10
        while running.poll() is None and time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.02)
        assert running.poll() is None, (folder / "told").read_text()
        asking = Asking(port)
        yield asking
        asking.line.close()
    finally:
        running.terminate()
        running.wait()


def paths_of(tree: Path) -> list[str]:
    files = [f"/{path.relative_to(tree)}" for path in tree.rglob("*") if path.is_file() and path.suffix not in ENDINGS]
    return sorted([*files, *(path.removesuffix("index.html") for path in files if path.endswith("/index.html"))])


@pytest.mark.parametrize("accepted", ["", "gzip"])
def test_every_file_is_answered_alike(tree: Path, ours: Asking, nginx: Asking, accepted: str):
    different = {}
    for path in paths_of(tree):
        theirs, own = (asking(path, headers={"Accept-Encoding": accepted}) for asking in (nginx, ours))
        if (theirs[0], theirs[2], compared(theirs, path)) != (own[0], own[2], compared(own, path)):
            different[path] = (theirs[0], compared(theirs, path), own[0], compared(own, path))

    assert not different


@pytest.mark.parametrize("path", ["/feed.xml", "/feed.json", "/people/", "/assets/style.css", "/assets/cover.png"])
def test_what_is_held_is_not_sent_again_by_either(ours: Asking, nginx: Asking, path: str):
    for asking in (nginx, ours):
        accepts = {"Accept-Encoding": "gzip"}
        _, first, _ = asking(path, headers=accepts)
        by_etag = asking(path, headers={**accepts, "If-None-Match": first["etag"]})
        by_date = asking(path, headers={**accepts, "If-Modified-Since": first["last-modified"]})

        assert (by_etag[0], by_date[0]) == (304, 304)
        assert by_etag[1]["etag"] == by_date[1]["etag"] == first["etag"]
        assert not first["etag"].startswith("W/")


@pytest.mark.parametrize(
    ("path", "method", "headers"),
    [
        ("/people", "GET", {}),
        ("/nothing", "GET", {}),
        ("/nothing/at/all.xml", "GET", {}),
        ("/.hidden", "GET", {}),
        ("/feed.xml", "HEAD", {}),
        ("/feed.xml", "GET", {"Range": "bytes=0-99"}),
        ("/feed.xml", "GET", {"Range": "bytes=-5"}),
        ("/feed.xml", "GET", {"Range": "bytes=99999999-"}),
        ("/feed.xml", "GET", {"Range": "bytes=0-9", "If-Range": '"other"'}),
        ("/feed.xml", "GET", {"If-Match": '"other"'}),
        ("/feed.xml", "GET", {"If-None-Match": '"other"'}),
        ("/feed.xml", "POST", {}),
        ("/feed.xml", "OPTIONS", {"Origin": "https://app.example"}),
    ],
)
def test_other_requests_come_to_the_same(ours: Asking, nginx: Asking, path: str, method: str, headers: dict[str, str]):
    theirs, own = (asking(path, method, headers) for asking in (nginx, ours))

    assert own[0] == theirs[0]
    for name in ("location", "content-range", "access-control-allow-origin") if own[0] < 400 else ():
        assert compared(own, path).get(name) == compared(theirs, path).get(name)
    if own[0] in {200, 206}:
        assert own[2] == theirs[2]


@pytest.mark.parametrize(
    ("url", "root_path", "expected"),
    [
        ("https://a.example", None, ""),
        ("https://a.example/podcasts", None, "/podcasts"),
        ("https://a.example/podcasts", "", ""),
        ("https://a.example/podcasts", "/", ""),
        ("https://a.example", "shows/", "/shows"),
    ],
)
def test_the_base_path_is_that_of_the_address_unless_another_is_said(
    made: Path, url: str, root_path: str | None, expected: str
):
    config = read_config(made / "config.toml")
    app = web_app(replace(config, site=replace(config.site, url=url)), replace(ANYWHERE, root_path=root_path))

    assert app._base == expected
