"""Certificates made for the test: only the right name under a trusted authority is spoken to."""

import shutil
import socket
import ssl
import subprocess
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest

from mediafeed.fetch.http import Fetcher
from mediafeed.model.settings import FetchSettings
from mediafeed.model.source import Failed, FailureKind, Fetched, NotModified, Validators
from tests.fetch.conftest import AGENT, NOW, moved, ok

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="no openssl: as root, make test installs it")

NAMES = {"podcast.example": ("127.0.0.1",), "other.example": ("127.0.0.1",)}


@pytest.fixture(scope="module")
def certificates(tmp_path_factory) -> Path:
    folder: Path = tmp_path_factory.mktemp("tls")
    for name, days in (("good", "2"), ("expired", "-1"), ("stranger", "2")):
        request = (
            "openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes "
            f"-subj /CN={name} -addext subjectAltName=DNS:podcast.example,IP:127.0.0.1 "
            f"-keyout {folder}/{name}.key -out {folder}/{name}.req"
        )
        sign = (
            f"openssl x509 -req -in {folder}/{name}.req -key {folder}/{name}.key -copy_extensions copy "
            f"-days {days} -out {folder}/{name}.pem"
        )
        for command in (request, sign):
            subprocess.run(command.split(), check=True, capture_output=True)
    trusted = (folder / "good.pem").read_bytes() + (folder / "expired.pem").read_bytes()
    (folder / "trusted.pem").write_bytes(trusted)
    return folder


@pytest.fixture
def trusting(certificates, monkeypatch):
    """Trusts the good and the expired certificate, as an operator makes OpenSSL trust an authority."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates / "trusted.pem"))
    settings = FetchSettings(allow=("127.0.0.0/8",), deadline=timedelta(seconds=2))
    with Fetcher(settings, user_agent=AGENT, resolve=NAMES.__getitem__) as fetcher:
        yield fetcher


def context(certificates: Path, name: str) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(certificates / f"{name}.pem", certificates / f"{name}.key")
    return made


def test_a_trusted_name_is_asked_and_its_connection_kept(serve, trusting, certificates):
    names = []
    tls = context(certificates, "good")
    tls.sni_callback = lambda _socket, name, _context: names.append(name)
    server = serve(
        lambda _, head: (
            b"HTTP/1.1 304 Same\r\nConnection: keep-alive\r\n\r\n"
            if b"If-None" in head
            else ok(b"<rss/>" * 99_999, "Connection: keep-alive")
        ),
        tls=tls,
    )
    url = f"https://podcast.example:{server.port}/feed"

    first = trusting.get(url, now=NOW)
    second = trusting.get(url, validators=Validators("a"), now=NOW)

    assert isinstance(first, Fetched)
    assert first.body == b"<rss/>" * 99_999
    assert isinstance(second, NotModified)
    assert (server.connections, names) == (1, ["podcast.example"])


def test_an_ip_address_may_stand_in_a_certificate(serve, trusting, certificates):
    server = serve(ok(), tls=context(certificates, "good"))

    assert isinstance(trusting.get(server.url, now=NOW), Fetched)


@pytest.mark.parametrize(
    ("name", "host", "words"),
    [
        ("stranger", "podcast.example", "self-signed certificate"),
        ("expired", "podcast.example", "certificate has expired"),
        ("good", "other.example", "other.example"),
    ],
)
def test_a_wrong_certificate_is_refused_before_anything_is_asked(serve, trusting, certificates, name, host, words):
    server = serve(ok(), tls=context(certificates, name))

    result = trusting.get(f"https://{host}:{server.port}/", secret="neil:sesame", now=NOW)

    assert isinstance(result, Failed)
    assert result.kind is FailureKind.TLS
    assert words in result.detail
    assert not server.requests


@pytest.mark.parametrize("banner", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"220 mail.example ESMTP\r\n", b""])
def test_what_does_not_speak_tls_is_no_tls_server(trusting, banner):
    def greet(listening: socket.socket) -> None:
        connection, _ = listening.accept()
        with connection:
            connection.recv(65_536)
            connection.sendall(banner)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=greet, args=(listening,))
        thread.start()
        result = trusting.get(f"https://podcast.example:{listening.getsockname()[1]}/", now=NOW)
        thread.join()

    assert isinstance(result, Failed)
    assert result.kind is FailureKind.TLS


def test_a_silent_tls_server_is_left_at_the_deadline():
    silent = socket.create_server(("127.0.0.1", 0))
    settings = FetchSettings(allow=("127.0.0.0/8",), deadline=timedelta(seconds=0.3))
    began = time.monotonic()

    with silent, Fetcher(settings, user_agent=AGENT) as fetcher:
        result = fetcher.get(f"https://127.0.0.1:{silent.getsockname()[1]}/", now=NOW)

    assert isinstance(result, Failed)
    assert result.kind is FailureKind.TIMEOUT
    assert time.monotonic() - began < 1.3


def test_a_dripping_body_under_tls_is_left_at_the_deadline(serve, certificates, monkeypatch):
    def drip(connection: socket.socket, _: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            time.sleep(0.02)
            connection.sendall(b"<")

    monkeypatch.setenv("SSL_CERT_FILE", str(certificates / "trusted.pem"))
    server = serve(drip, tls=context(certificates, "good"))
    settings = FetchSettings(allow=("127.0.0.0/8",), deadline=timedelta(seconds=0.3))
    began = time.monotonic()

    with Fetcher(settings, user_agent=AGENT) as fetcher:
        result = fetcher.get(server.url, now=NOW)

    assert isinstance(result, Failed)
    assert (result.kind, result.detail) == (FailureKind.TIMEOUT, "not done within 0.3 s")
    assert time.monotonic() - began < 1.3


def test_a_redirect_from_https_to_http_is_followed_within_the_allow_list(serve, trusting, certificates):
    plain = serve(ok())
    server = serve(moved(f"{plain.url}/feed"), tls=context(certificates, "good"))

    result = trusting.get(server.url, now=NOW)

    assert isinstance(result, Fetched)
    assert result.url == f"{plain.url}/feed"
