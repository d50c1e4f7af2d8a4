"""Read a page as a browser does, and say what in it could harm."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

ALLOWED_SCHEMES = ("http://", "https://", "mailto:")
# What hands our own feeds to podcast apps.
APPS = (
    "podcast://talks.example/",
    "overcast://x-callback-url/add?url=https%3a%2f%2ftalks.example%2f",
    "pktc://subscribe/talks.example/",
)
LOADING = {"script", "iframe", "object", "embed", "img", "svg", "math", "base", "video", "source", "style", "template"}
OURS = {"script": "application/ld+json"}


def nodes_in(text: str) -> Iterator[LexborNode]:
    root = LexborHTMLParser(text).root
    assert root is not None
    return root.traverse()


OUR_SCRIPT = re.compile(r"(?:\./|/|(?:\.\./)+)assets/[a-z-]+\.js")


def harm_in(page: bytes | str) -> Iterator[str]:
    """Name everything a page of ours must not have."""
    text = page.decode() if isinstance(page, bytes) else page
    for node in nodes_in(text):
        attributes = {name.lower(): value or "" for name, value in (node.attributes or {}).items()}
        if node.tag == "script" and OUR_SCRIPT.fullmatch(attributes.get("src", "")):
            continue
        if node.tag == "svg" and attributes.get("class") == "timeline":
            continue
        if node.tag in LOADING and attributes.get("type") != OURS.get(node.tag or ""):
            yield f"<{node.tag}>"
        if node.tag == "meta" and "http-equiv" in attributes:
            yield "meta http-equiv"
        for name, value in attributes.items():
            if name.startswith("on") or name in {"style", "srcdoc", "formaction", "background", "ping"}:
                yield f"{node.tag} {name}"
            if name in {"href", "src", "action"}:
                yield from _address_faults(str(node.tag), name, value)


def _address_faults(tag: str, name: str, value: str) -> Iterator[str]:
    # What a browser drops before it reads the scheme.
    read = "".join(sign for sign in value if sign > " ").lower()
    scheme = read.partition(":")[0] + ":" if ":" in read.partition("/")[0] else ""
    if scheme and not read.startswith((*ALLOWED_SCHEMES, *APPS)):
        yield f"{tag} {name}={value!r}"
    if read.startswith(("//", "\\", "/\\")):
        yield f"{tag} {name}={value!r}"


def tags_in(page: bytes | str) -> set[str]:
    text = page.decode() if isinstance(page, bytes) else page
    return {str(node.tag) for node in nodes_in(text)}
