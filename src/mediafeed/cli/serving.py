"""What `serve` and `daemon` share: where to listen, and the web server that does."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import click

from mediafeed.model.settings import Config, Pictures
from mediafeed.serve.app import App
from mediafeed.serve.files import Files
from mediafeed.serve.server import Server

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """The options of the call; None leaves it to the config."""

    host: str | None
    port: int | None
    uds: Path | None
    root_path: str | None
    forwarded_allow_ips: str


def listening(command: Command) -> Command:
    """Give a command the options that say where to listen."""
    for option in (
        click.option("--forwarded-allow-ips", default="", metavar="IPS", help="Proxies that say who asks; '*': all."),
        click.option("--root-path", metavar="PATH", help="Path that a proxy hands on.  [default: that of site.url]"),
        click.option("--uds", type=click.Path(path_type=Path), metavar="PATH", help="Listen on this Unix socket."),
        click.option("--port", type=click.IntRange(0, 65535), help="Listen on this port.  [default: serve.port]"),
        click.option("--host", help="Listen on this address.  [default: serve.host of the config]"),
    ):
        command = option(command)
    return command


def web_app(config: Config, where: Listening) -> App:
    """Make the application over the published tree, without any route."""
    return App(web_files(config), base=web_base(config, where))


def web_files(config: Config) -> Files:
    """Give the published tree, as it is to be served."""
    site = config.site
    return Files(Path(site.output), site=site.url, hubs=site.hubs, pictures=site.pictures is Pictures.LINK)


def web_base(config: Config, where: Listening) -> str:
    """Give the path below which a proxy may hand requests on, without its last slash."""
    base = (urlsplit(config.site.url).path if where.root_path is None else where.root_path).strip("/")
    return f"/{base}" if base else ""


def web_server(app: App, config: Config, where: Listening) -> Server:
    """Make the server; it listens, and does not answer yet.

    Raises:
        UsageError: The address is taken or not ours.
    """
    port = where.port if where.port is not None else config.serve.port
    return Server(app, where.host or config.serve.host, port, uds=where.uds, forwarded=where.forwarded_allow_ips)
