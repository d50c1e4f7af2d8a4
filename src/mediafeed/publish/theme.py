"""How pages look: a folder of templates, a style sheet, a script, an icon. Another theme is another folder."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Final

from jinja2 import Environment, FunctionLoader, PackageLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2.meta import find_referenced_templates

from mediafeed.errors import PublishError
from mediafeed.publish.signing import signature

OURS: Final = "mediafeed/"  # a theme's own base.html begins with {% extends "mediafeed/base.html" %}
_ASSETS: Final = ("style.css", "page.js", "icon.svg")

_Source = tuple[str, str | None, Callable[[], bool] | None]


@dataclass(frozen=True, slots=True)
class Theme:
    """Templates, style sheet, script, icon, and the key of them all: other words in them make other pages.

    `places` are the names under which the files of its templates are known, by what Jinja calls them.
    """

    environment: Environment
    style: bytes
    script: bytes
    icon: bytes
    key: str
    places: Mapping[str, str] = field(default_factory=dict)

    def place_of(self, error: BaseException, template: str) -> str:
        """Say in which template, and on which line of it, rendering failed."""
        found = template
        at = error.__traceback__
        while at:
            name = at.tb_frame.f_code.co_filename
            if name in self.places:
                found = f"{self.places[name]}, line {at.tb_lineno}"
            at = at.tb_next
        return found


@lru_cache(maxsize=1)
def default_theme() -> Theme:
    """Give the theme that mediafeed brings along."""
    return theme_of({})


def theme_of(own: Mapping[str, bytes], folder: str = "") -> Theme:
    """Make a theme of the files of a folder, by name; whatever is not among them is ours.

    Raises:
        PublishError: A template cannot be read or names another that is not there: file and line, and why.
    """
    package = PackageLoader("mediafeed.publish", "templates")
    texts = {name: _text(body, folder, name) for name, body in own.items() if name.endswith(".html")}
    places: dict[str, str] = {}

    def load(name: str) -> _Source:
        if name in texts:
            places[f"{folder}/{name}"] = f"{folder}/{name}"
            return texts[name], f"{folder}/{name}", None
        text, path, _ = package.get_source(environment, name.removeprefix(OURS))
        places[path or name] = f"mediafeed's own {name.removeprefix(OURS)}"
        return text, path, None

    environment = Environment(
        loader=FunctionLoader(load), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    _check(environment, texts, folder)
    assets = files("mediafeed.publish") / "assets"
    style, script, icon = (own[name] if name in own else (assets / name).read_bytes() for name in _ASSETS)
    sources = [load(name)[0] for name in sorted({*package.list_templates(), *texts})]
    key = signature(*sources, *(asset.decode("utf-8", "replace") for asset in (style, script, icon)))
    return Theme(environment, style, script, icon, key, places)


def _text(body: bytes, folder: str, name: str) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        line = body[: error.start].count(b"\n") + 1
        raise PublishError(f"{folder}/{name}, line {line}: not UTF-8") from error


def _check(environment: Environment, texts: Mapping[str, str], folder: str) -> None:
    """Compile a theme's own templates, and look for whatever they name."""
    for name, text in sorted(texts.items()):
        try:
            environment.get_template(name)
            named = [one for one in find_referenced_templates(environment.parse(text)) if one]
            for one in named:
                environment.get_template(one)
        except TemplateSyntaxError as error:
            place = f"{folder}/{name}" if error.name in {None, name} else error.filename
            raise PublishError(f"{place}, line {error.lineno}: {error.message}") from error
        except TemplateNotFound as error:
            line = next((at for at, words in enumerate(text.splitlines(), 1) if f"{error.name}" in words), 1)
            raise PublishError(f"{folder}/{name}, line {line}: there is no template {error.name!r}") from error
