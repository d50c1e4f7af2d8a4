"""Addresses of strangers that we put into pages and feeds."""

import re
from urllib.parse import urlsplit

# Controls and spaces, quotes and brackets that end an attribute, backslashes that browsers read as slashes,
# bidirectional marks that make an address look like another.
_UNSAFE = re.compile('[\x00-\x20\x7f-\xa0"<>\\\\`\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]')


def is_web_address(url: str) -> bool:
    """Say whether an address is absolute, http or https, names a host and carries no credentials.

    >>> [is_web_address(url) for url in ("https://a.example/1", "javascript:alert(1)", "//a.example/", "https://u:p@a/")]
    [True, False, False, False]
    """
    if not url[:8].lower().startswith(("http://", "https://")) or _UNSAFE.search(url):
        return False
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and "@" not in parts.netloc and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


# Addresses of these schemes run, show or read what they hold where they are opened. Others (ipfs:, lightning:, acct:)
# are the publisher's and stay.
_HARMFUL = ("javascript:", "vbscript:", "data:", "file:", "blob:", "about:", "view-source:")
_IGNORED = re.compile("[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def is_harmful(url: str) -> bool:
    r"""Say whether an address must not stand in anything of ours, however it is spelled.

    >>> is_harmful(" Java\tscript:alert(1)"), is_harmful("ipfs://bafy"), is_harmful("episode/1.vtt")
    (True, False, False)
    """
    # Most of what is asked about are words: only what has a colon early on can be an address at all.
    return ":" in url[:60] and _IGNORED.sub("", url[:200]).lower().startswith(_HARMFUL)


def safe_link(url: str | None) -> str | None:
    """Give the address as a page may link to it, else None. Spaces, which real feeds have, are escaped.

    >>> safe_link(" https://a.example/one two.mp3"), safe_link("data:text/html,x")
    ('https://a.example/one%20two.mp3', None)
    """
    escaped = url.strip().replace(" ", "%20") if url else ""
    return escaped if is_web_address(escaped) else None


def host_shown(url: str) -> str:
    """Give the host of an address as a person should see it: without www, in punycode where it is not plain ASCII.

    >>> host_shown("https://www.rusi.org/podcasts"), host_shown("https://ruѕi.org/")
    ('rusi.org', 'xn--rui-ghd.org')
    """
    try:
        host = urlsplit(url).hostname or ""
        shown = host if host.isascii() else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return ""
    return shown.removeprefix("www.")
