import pytest
from lxml import etree

from mediafeed.publish import sitemap
from mediafeed.publish.site import plan
from tests.publish.shelf import Shelf, episode


def sitemaps(held: Shelf) -> dict[str, list[str]]:
    """Give the addresses in each."""
    made = {one.path: one for one in plan(held, held.site, held.views) if one.path.startswith("sitemap")}
    return {
        path: [loc.text or "" for loc in etree.fromstring(one.render()).iter("{*}loc")] for path, one in made.items()
    }


def test_more_addresses_than_one_sitemap_may_have_stand_in_parts_and_none_is_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = Shelf([episode(number) for number in range(1, 8)])
    (whole,) = sitemaps(held).values()
    monkeypatch.setattr(sitemap, "MOST", len(whole))
    assert sitemaps(held) == {"sitemap.xml": whole}

    monkeypatch.setattr(sitemap, "MOST", 5)
    made = sitemaps(held)
    named = [address.removeprefix("https://talks.example/") for address in made.pop("sitemap.xml")]

    assert named == list(made)
    assert max(map(len, made.values())) == 5
    assert sorted(address for part in made.values() for address in part) == sorted(whole)


def test_a_part_that_is_full_stays_when_an_episode_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MOST", 5)
    held = Shelf([episode(number) for number in range(1, 8)])
    before = sitemaps(held)

    held.held.append(episode(8))
    after = sitemaps(held)

    assert after["sitemap-1.xml"] == before["sitemap-1.xml"]
    assert after["sitemap-2.xml"] != before["sitemap-2.xml"]
