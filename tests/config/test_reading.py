from datetime import timedelta
from pathlib import Path

import pytest

from mediafeed.config.reading import parse_config, read_config
from mediafeed.config.template import TEMPLATE
from mediafeed.model.settings import Match, Measure
from mediafeed.model.source import SourceKind

REPOSITORY = Path(__file__).parents[2]
LEAST = '[site]\ntitle = "T"\nurl = "https://t.example/"\n'
ALL = """\
[site]
title = "All of it"
url = "https://all.example/sub/"
description = \"\"\"
Two
lines\"\"\"
language = "en-gb"
categories = ["News > Politics"]
image = "cover.jpg"
email = "a@all.example"
author = "Someone"
listed = true
output = "../out"
data = "/var/all"
title_template = "{show}: {title}"

[poll]
every = "2h"
minimum = "90m"
contact = "https://all.example/about"

[fetch]
allow = ["127.0.0.0/8", "::1"]
ports = [8443, 9000]
host_gap = "0s"
per_host = 4
deadline = "10s"
max_body = "5MiB"
max_items = 1000
directory = "https://directory.example/"

[serve]
host = "0.0.0.0"
port = 0
token = "env:ALL_TOKEN"

[audio]
measure = "never"

[notify]
command = ["notify-send", "podcasts"]
after = "2d"

[[source]]
id = "a"
url = "https://a.example/rss"
kind = "site"
timezone = "Europe/London"
every = "6h"
auth = "file:login.txt"
host_pool = ["Aya Demo"]

[[view]]
id = "v"
match = { text = "x", since = 2022-01-01, until = "2022-12-31", min_duration = "10m", not = { role = "host" } }

[[person]]
id = "p"
name = "P"
href = "https://p.example"

[[override]]
episode = "e"
name = "P"
role = "guest host"
"""


def test_the_least_config_has_a_default_for_everything_else():
    config = parse_config(LEAST, "/home/somebody/feeds/config.toml")

    assert config.sources == ()
    assert config.site.url == "https://t.example"
    assert (config.site.output, config.site.data) == ("/home/somebody/feeds/feeds", "/home/somebody/feeds/data")
    assert config.site.categories == ("News",)
    assert (config.poll.every, config.poll.minimum) == (timedelta(hours=1), timedelta(hours=1))
    assert config.fetch.directory == "https://itunes.apple.com"


def test_every_key_reaches_the_config():
    config = parse_config(ALL, "/etc/all/config.toml", missing=lambda _: "")

    assert config.site.description == "Two\nlines"
    assert (config.site.output, config.site.image) == ("/etc/out", "/etc/all/cover.jpg")
    assert config.poll.every == timedelta(hours=2)
    assert config.fetch.allow == ("127.0.0.0/8", "::1/128")
    assert (config.fetch.host_gap, config.fetch.max_body) == (timedelta(0), 5 * 1024 * 1024)
    assert config.fetch.directory == "https://directory.example"
    assert (config.serve.port, config.serve.token) == (0, "env:ALL_TOKEN")
    assert config.measure is Measure.NEVER
    assert config.notify.command == ("notify-send", "podcasts")
    assert config.sources[0].kind is SourceKind.SITE
    assert config.sources[0].auth == "file:/etc/all/login.txt"
    assert config.views[0].title == "v"
    assert config.views[0].match == Match(
        text="x",
        since="2022-01-01",
        until="2022-12-31",
        min_duration=timedelta(minutes=10),
        none_of=Match(role="host"),
    )
    assert config.overrides[0].role == "guest host"


def test_the_repository_s_config_is_what_init_writes():
    assert (REPOSITORY / "config.toml").read_text(encoding="utf-8") == TEMPLATE


def test_what_init_writes_can_be_used():
    config = read_config(REPOSITORY / "config.toml")

    assert [source.id for source in config.sources] == ["rusi-gsb", "geostrategy360"]
    assert config.sources[0].shows == ("Bridging the Oceans", "Mind the Gulf")
    assert config.sources[1].url is None


def test_a_relative_path_to_the_config_gives_absolute_folders(tmp_path, monkeypatch):
    (tmp_path / "config.toml").write_text(LEAST, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    config = read_config("config.toml")

    assert config.site.output == str(tmp_path / "feeds")
    assert config.site.theme is None
    assert config.path == str(tmp_path / "config.toml")


def test_a_theme_is_looked_for_beside_the_config_and_pictures_are_copies_unless_another_wish_is_told():
    table = '[site]\ntitle = "T"\nurl = "https://t.example"\n'
    config = parse_config(table + 'theme = "looks"\npictures = "link"\ntranscripts = "all"\n', "/x/config.toml")

    assert (config.site.theme, config.site.pictures, config.site.transcripts) == ("/x/looks", "link", "all")
    plain = parse_config(table, "/x/config.toml").site
    assert (plain.pictures, plain.transcripts) == ("copy", "link")


def test_a_byte_order_mark_is_no_fault(tmp_path):
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xef\xbb\xbf" + LEAST.encode())

    assert read_config(path).site.title == "T"


def test_a_longer_minimum_is_also_the_usual_time_between_visits():
    config = parse_config(LEAST + '[poll]\nminimum = "24h"\n', "/x/config.toml")

    assert config.poll.every == timedelta(hours=24)


@pytest.mark.parametrize("host", ["127.0.0.1:8737", "localhost:8000", "feeds.localhost", "[::1]:99"])
def test_the_minimum_may_be_lower_where_every_source_is_on_an_allowed_network(host):
    text = LEAST + (
        '[poll]\nevery = "3s"\nminimum = "0s"\n[fetch]\nallow = ["127.0.0.0/8", "::1/128"]\n'
        f'directory = "http://{host}"\n[[source]]\nid = "a"\nurl = "http://{host}/rss"\n'
        '[[source]]\nid = "b"\nfind = "B"\n'
    )

    config = parse_config(text, "/x/config.toml")

    assert config.poll.minimum == timedelta(0)


def test_the_minimum_may_be_lower_without_any_source():
    config = parse_config(LEAST + '[poll]\nminimum = "0s"\n', "/x/config.toml")

    assert config.poll.minimum == timedelta(0)


def test_a_secret_in_the_environment_is_found(monkeypatch):
    monkeypatch.setenv("T_LOGIN", "user:word")

    config = parse_config(LEAST + '[serve]\ntoken = "env:T_LOGIN"\n', "/x/config.toml")

    assert config.serve.token == "env:T_LOGIN"


def test_a_secret_in_a_file_beside_the_config_is_found(tmp_path):
    (tmp_path / "token").write_text(" word \n", encoding="utf-8")
    path = tmp_path / "config.toml"
    path.write_text(LEAST + '[serve]\ntoken = "file:token"\n', encoding="utf-8")

    assert read_config(path).serve.token == f"file:{tmp_path / 'token'}"
