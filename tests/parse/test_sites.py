"""What single sites' addresses mean."""

import pytest

from mediafeed.parse.sites import is_episode_page, is_person_page, show_slug, site_of


@pytest.mark.parametrize(
    "url",
    [
        "https://www.rusi.org/podcasts/global-security-briefing/episode-33-how-japan-rethinking",
        "https://rusi.org/podcasts/mind-the-gulf/episode-2-oman/",
        "https://other.example/podcast/a-show/one?utm_source=x#listen",
    ],
)
def test_a_page_below_a_show_is_an_episode_s(url):
    assert is_episode_page(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.rusi.org/podcasts",
        "https://www.rusi.org/podcasts/global-security-briefing",
        "https://www.rusi.org/podcasts/global-security-briefing/feed",
        "https://www.rusi.org/podcasts/a/b/c",
        "https://www.rusi.org/explore-our-research/publications/commentary/podcasts-are-good",
        "/podcasts/a/b",
        "javascript:/podcasts/a/b",
        "https://[broken/podcasts/a/b",
        "",
    ],
)
def test_any_other_page_is_not_an_episode_s(url):
    assert not is_episode_page(url)


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        ("https://www.rusi.org/podcasts/Mind-the-Gulf/episode-2-oman", "mind-the-gulf"),
        ("https://www.rusi.org/podcasts/mind-the-gulf/", "mind-the-gulf"),
        ("https://www.rusi.org/podcasts/feed", None),
        ("https://www.rusi.org/news/mind-the-gulf", None),
        ("not an address", None),
    ],
)
def test_a_show_is_named_by_its_path(url, slug):
    assert show_slug(url) == slug


def test_a_profile_is_told_from_the_list_of_people():
    assert is_person_page("https://www.rusi.org/people/neil-melvin")
    assert is_person_page("https://x.example/about/our-people/aya-demo/")
    assert not is_person_page("https://www.rusi.org/people")
    assert not is_person_page("https://www.rusi.org/people/neil-melvin/publications")


def test_a_site_is_the_same_with_and_without_www():
    assert site_of("https://www.rusi.org/x") == site_of("http://RUSI.org") == "rusi.org"
    assert site_of("http://[broken") == ""
