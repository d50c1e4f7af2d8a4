"""How pages look: a folder of templates and a style sheet. Another theme is another folder."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from mediafeed.publish.signing import signature


@dataclass(frozen=True, slots=True)
class Theme:
    """Templates, style sheet, icon, and the key of them all: other words in them make other pages."""

    environment: Environment
    style: bytes
    icon: bytes
    key: str


@lru_cache(maxsize=1)
def default_theme() -> Theme:
    """Give the theme that mediafeed brings along."""
    loader = PackageLoader("mediafeed.publish", "templates")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    assets = files("mediafeed.publish") / "assets"
    style, icon = (assets / "style.css").read_bytes(), (assets / "icon.svg").read_bytes()
    sources = [loader.get_source(environment, name)[0] for name in sorted(loader.list_templates())]
    return Theme(environment, style, icon, signature(*sources, style.decode(), icon.decode()))
