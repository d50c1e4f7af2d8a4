"""Templates and facts become pages: what all pages know."""

from collections.abc import Mapping
from typing import Any

from mediafeed.model.settings import Site
from mediafeed.publish import wording
from mediafeed.publish.safe_links import host_shown
from mediafeed.publish.theme import Theme


def rendered(template: str, site: Site, theme: Theme, facts: Mapping[str, Any]) -> bytes:
    """Render a page. A lone surrogate cannot be written: a question mark stands for it."""
    page = theme.environment.get_template(template)
    return page.render(site=site, wording=wording, host_shown=host_shown, **facts).encode("utf-8", "replace")
