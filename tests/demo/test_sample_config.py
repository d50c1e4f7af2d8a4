"""The demo's config is one that mediafeed itself accepts."""

import tomllib

from mediafeed.config.reading import parse_config
from mediafeed.demo.expected import EPISODES_BY_SOURCE, EXPECTED_FAILURES
from mediafeed.demo.sample_config import config_text
from mediafeed.model.source import SourceKind

ORIGIN = "http://127.0.0.1:8737"


def test_the_config_has_no_fault(tmp_path):
    config = parse_config(config_text(ORIGIN, tmp_path), str(tmp_path / "config.toml"))

    assert config.poll.minimum.total_seconds() == 0
    assert config.fetch.directory == ORIGIN
    assert {source.kind for source in config.sources} == set(SourceKind)


def test_its_sources_are_those_that_something_is_expected_of(tmp_path):
    sources = tomllib.loads(config_text(ORIGIN, tmp_path))["source"]

    assert [source["id"] for source in sources] == [name for name, _ in EPISODES_BY_SOURCE]
    assert {source["id"] for source in sources} >= EXPECTED_FAILURES


def test_every_address_to_poll_is_at_the_origin(tmp_path):
    sources = tomllib.loads(config_text(ORIGIN, tmp_path))["source"]

    assert all(source.get("url", ORIGIN).startswith(ORIGIN) for source in sources)


def test_the_site_is_where_the_tree_will_be_served():
    config = parse_config(config_text(ORIGIN, "demo", "http://127.0.0.1:9000"), "config.toml")

    assert config.site.url == "http://127.0.0.1:9000"


def test_a_folder_with_a_line_break_in_its_name_breaks_nothing():
    assert tomllib.loads(config_text(ORIGIN, 'de\nmo = "\x00'))["site"]["title"] == "mediafeed demo"
