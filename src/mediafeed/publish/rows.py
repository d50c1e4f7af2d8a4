"""Rows of episodes on the page of somebody who is heard on all of them: there they need not be named each time."""

import re
from collections.abc import Iterable

from mediafeed.model.episode import Role
from mediafeed.publish.rendering import ROW_ROOT
from mediafeed.publish.wording import role_name

_PEOPLE = re.compile(rb'<p class="people">\n(.*?)</p>\n', re.DOTALL)
_GROUP = re.compile(rb'<span><span class="role">([^<]*)</span>(.*?)</span>\n', re.DOTALL)
_NAME = re.compile(rb'<a href="[^"]*"><bdi>.*?</bdi></a>|<bdi>.*?</bdi>', re.DOTALL)
_SINGULAR = {role_name(role, 2).encode(): role_name(role, 1).encode() for role in Role}


def without_person(rows: Iterable[bytes], person: str) -> list[bytes]:
    """Give rendered rows without this person among the people; rows of a theme that look otherwise stay as they are."""
    own = f'<a href="{ROW_ROOT}people/{person}/">'.encode()
    return [_PEOPLE.sub(lambda found: _others(found, own), row) for row in rows]


def _others(people: re.Match[bytes], own: bytes) -> bytes:
    groups = _GROUP.sub(lambda found: _group(found, own), people[1])
    return b'<p class="people">\n' + groups + b"</p>\n" if groups.strip() else b""


def _group(group: re.Match[bytes], own: bytes) -> bytes:
    names = [found[0] for found in _NAME.finditer(group[2])]
    others = [name for name in names if not name.startswith(own)]
    if len(others) == len(names):
        return group[0]
    rest = group[2].rpartition(b"</bdi>")[2].removeprefix(b"</a>").strip()
    if not others and not rest:
        return b""
    label = _SINGULAR.get(group[1], group[1]) if len(others) == 1 and not rest else group[1]
    tail = b" " + rest if rest else b""
    return b'<span><span class="role">' + label + b"</span> " + b", ".join(others) + tail + b"\n</span>\n"
