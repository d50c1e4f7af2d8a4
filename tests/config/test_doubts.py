import pytest

from mediafeed.config.doubts import doubts_about
from mediafeed.config.reading import parse_config
from mediafeed.config.secrets import read_secret
from mediafeed.config.template import TEMPLATE
from mediafeed.errors import ConfigError

SITE = '[site]\ntitle = "T"\nurl = "https://t.example"\n'


def doubts_in(text: str, path: str = "/x/config.toml") -> tuple[str, ...]:
    return doubts_about(parse_config(text, path, missing=lambda _: ""))


def test_what_init_writes_is_beyond_doubt():
    assert doubts_in(TEMPLATE) == ()


@pytest.mark.parametrize(("mode", "count"), [(0o600, 0), (0o640, 0), (0o644, 1)])
def test_a_secret_that_everybody_may_read_is_told(tmp_path, mode, count):
    (tmp_path / "token").write_text("word", encoding="utf-8")
    (tmp_path / "token").chmod(mode)

    doubts = doubts_in(SITE + '[serve]\ntoken = "file:token"\n', str(tmp_path / "config.toml"))

    assert len(doubts) == count
    assert "word" not in "".join(doubts)


def test_a_login_over_plain_http_is_told_but_not_on_loopback():
    sources = '[[source]]\nid = "{}"\nurl = "http://{}/rss"\nauth = "env:A"\n'

    doubts = doubts_in(SITE + sources.format("a", "a.example") + sources.format("b", "127.0.0.1:8000"))

    assert [doubt.partition(":")[0] for doubt in doubts] == ["[[source]] 1"]


def test_an_address_that_stands_twice_is_told_of_the_later_source():
    sources = (
        '[[source]]\nid = "a"\nurl = "http://a.example/rss"\n[[source]]\nid = "b"\nurl = "https://a.example/rss/"\n'
    )

    (doubt,) = doubts_in(SITE + sources)

    assert doubt == "[[source]] 2: url: also the address of [[source]] 1"


def test_a_picture_that_is_not_there_is_told():
    (doubt,) = doubts_in(SITE + 'image = "cover.jpg"\n')

    assert "/x/cover.jpg" in doubt


def test_a_secret_is_read_without_the_white_space_around_it(tmp_path, monkeypatch):
    (tmp_path / "token").write_text(" word \n", encoding="utf-8")
    monkeypatch.setenv("T_TOKEN", "other ")

    assert read_secret(f"file:{tmp_path / 'token'}") == "word"
    assert read_secret("env:T_TOKEN") == "other"


@pytest.mark.parametrize("reference", ["env:NO_SUCH_TOKEN_ANYWHERE", "file:/no/such/file", "file:/", "plain words"])
def test_a_secret_that_is_not_there_is_a_config_error(reference):
    with pytest.raises(ConfigError) as caught:
        read_secret(reference)

    assert caught.value.faults[0].where == "secret"


@pytest.mark.parametrize(
    ("url", "count"), [("http://127.0.0.1:8000", 1), ("http://localhost/pods", 1), ("https://t.example", 0)]
)
def test_hubs_that_are_asked_to_push_to_this_machine_alone_are_told(url, count):
    doubts = doubts_in(f'[site]\ntitle = "T"\nurl = "{url}"\n[serve]\nwebsub = true\n')

    assert [doubt.partition(":")[0] for doubt in doubts] == ["serve.websub"] * count
