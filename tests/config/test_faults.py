"""Every way a config can be wrong."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediafeed.config.reading import parse_config, read_config
from mediafeed.config.template import TEMPLATE
from mediafeed.errors import ConfigError, Fault

SITE = '[site]\ntitle = "T"\nurl = "https://t.example"\n'
SOURCE = '[[source]]\nid = "a"\nurl = "https://a.example/rss"\n'


def faults_of(text: str, path: str = "/x/config.toml") -> tuple[Fault, ...]:
    with pytest.raises(ConfigError) as caught:
        parse_config(text, path)
    return caught.value.faults


def only_fault_of(text: str) -> Fault:
    faults = faults_of(text)
    assert len(faults) == 1, faults
    return faults[0]


def test_a_syntax_error_names_line_and_column():
    fault = only_fault_of('[site]\ntitle = "T\nurl = 3\n')

    assert fault.line == 2
    assert re.search(r"column \d+", fault.what)


def test_a_syntax_error_at_the_end_names_the_last_line():
    assert only_fault_of('[site]\ntitle = """T').line == 2


@pytest.mark.parametrize(
    ("text", "where", "line", "hint"),
    [
        (SITE + "[pol]\n", "pol", 4, "poll"),
        ('titel = "x"\n' + SITE, "titel", 1, ""),
        (SITE + 'titel = "x"\n', "site.titel", 4, "title"),
        (SITE + 'contact = "https://c.example"\n', "site.contact", 4, "poll.contact"),
        (SITE + SOURCE + 'host = ["A"]\n', "[[source]] 1: host", 7, "hosts"),
        (SITE + SOURCE + SOURCE.replace('"a"', '"b"') + "evry = 3\n", "[[source]] 2: evry", 10, "every"),
        (SITE + '[[view]]\nid = "v"\nmatch = { rol = "host" }\n', "[[view]] 1: match.rol", 6, "role"),
    ],
)
def test_an_unknown_key_is_named_with_its_line_and_the_nearest_right_name(text, where, line, hint):
    fault = only_fault_of(text)

    assert (fault.where, fault.line) == (where, line)
    assert "unknown" in fault.what
    assert fault.hint == hint


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("site = 3\n", "site"),
        ("[[site]]\n", "site"),
        (SITE + "listed = 1\n", "site.listed"),
        (SITE + 'listed = "yes"\n', "site.listed"),
        (SITE + 'categories = "News"\n', "site.categories"),
        (SITE + "categories = []\n", "site.categories"),
        (SITE + "categories = [1]\n", "site.categories[1]"),
        (SITE + "[source]\n", "source"),
        ("source = [3]\n" + SITE, "[[source]] 1"),
        (SITE + "[poll]\nevery = 60\n", "poll.every"),
        (SITE + "[fetch]\nmax_body = 20\n", "fetch.max_body"),
        (SITE + "[fetch]\nmax_items = 1.5\n", "fetch.max_items"),
        (SITE + "[serve]\nport = true\n", "serve.port"),
        (SITE + SOURCE + "hosts = { a = 1 }\n", "[[source]] 1: hosts"),
        (SITE + SOURCE + "title = 2022-01-01\n", "[[source]] 1: title"),
        (SITE + '[[view]]\nid = "v"\nmatch = 3\n', "[[view]] 1: match"),
    ],
)
def test_a_wrong_type_is_a_fault(text, where):
    assert where in [fault.where for fault in faults_of(text)]


@pytest.mark.parametrize(
    "key",
    [
        '[poll]\nevery = "-5m"',
        '[poll]\nevery = "0s"',
        '[poll]\nminimum = "-1s"',
        '[poll]\nevery = "30m"',
        '[poll]\nevery = "99999999w"',
        '[poll]\ncontact = "somewhere\\nX-Evil: 1"',
        '[fetch]\nallow = ["127.0.0.1/8"]',
        '[fetch]\nallow = ["everything"]',
        '[fetch]\nallow = ["300.0.0.0/8"]',
        "[fetch]\nports = [0]",
        "[fetch]\nports = [70000]",
        "[fetch]\nper_host = 0",
        '[fetch]\ndeadline = "0s"',
        '[fetch]\nmax_body = "1B"',
        '[fetch]\nmax_body = "9999999GiB"',
        "[fetch]\nmax_items = 99999999999999999999999999999999",
        '[fetch]\ndirectory = "ftp://d.example"',
        "[serve]\nport = -1",
        "[serve]\nport = 100000000000000000000000",
        '[audio]\nmeasure = "sometimes"',
        '[notify]\nwebhook = "javascript:alert(1)"',
        "[notify]\ncommand = []",
        '[notify]\nafter = "soon"',
        SOURCE + 'every = "0s"',
        SOURCE + 'every = "-6h"',
        SOURCE + 'every = "5m"',
        SOURCE + 'kind = "postcast"',
        SOURCE + 'timezone = "Europe"',
        SOURCE + 'timezone = "Mars/Olympus"',
        SOURCE + 'timezone = "../../etc/passwd"',
        SOURCE + 'language = "english, mostly"',
        SOURCE + 'hosts = [""]',
        SOURCE + 'title = "\\u0000"',
        SOURCE + 'find = "A"',
        '[[source]]\nid = "a"',
        '[[source]]\nurl = "https://a.example"',
        '[[source]]\nid = "b"\nfind = " "',
        '[[source]]\nid = "b"\nfind = "B"\nkind = "site"',
        '[[view]]\nid = "v"',
        '[[view]]\nid = "v"\nmatch = {}',
        '[[view]]\nid = "v"\nmatch = { role = "boss" }',
        '[[view]]\nid = "v"\nmatch = { since = "2022-02-30" }',
        '[[view]]\nid = "v"\nmatch = { since = 2022-01-01T00:00:00Z }',
        '[[view]]\nid = "v"\nmatch = { since = 2022 }',
        '[[view]]\nid = "v"\nmatch = { since = "2023-01-01", until = "2022-01-01" }',
        '[[view]]\nid = "v"\nmatch = { min_duration = "2h", max_duration = "1h" }',
        '[[view]]\nid = "v"\nmatch = { text = "a", not = {} }',
        '[[person]]\nid = "p"',
        '[[person]]\nid = "P!"\nname = "P"',
        '[[person]]\nid = "p"\nname = "P"\nhref = "/p"',
        '[[override]]\nepisode = "e"\nname = "N"\nrole = "chair"',
        '[[override]]\nname = "N"\nrole = "host"',
        '[[override]]\nname = "N"\nrole = "host"\nepisodes = []',
        '[[override]]\nname = "N"\nrole = "host"\nepisode = "a"\nepisodes = ["b"]',
    ],
)
def test_one_wrong_value_is_one_fault_with_a_line(key):
    fault = only_fault_of(SITE + key + "\n")

    assert fault.line is not None
    assert fault.line > 3
    assert fault.what


@pytest.mark.parametrize(
    "key",
    [
        'url = ""',
        'url = "t.example"',
        'url = "//t.example"',
        'url = "/feeds"',
        'url = "ftp://t.example"',
        'url = "https://"',
        'url = "https://t.example/?a=1"',
        'url = "https://t.example/ a"',
        'url = "https://t.example:99999/"',
        'url = "https://[::1/"',
        'url = "https://t.example\\\\@u.example"',
        'url = "https://t.example"\nlanguage = ""',
        'url = "https://t.example"\nemail = "nobody"',
        'url = "https://t.example"\nimage = "https://t.example/cover.jpg"',
        'url = "https://t.example"\ntitle_template = "{show}"',
        'url = "https://t.example"\ntitle_template = "{title.__class__}"',
        'url = "https://t.example"\noutput = ""',
    ],
)
def test_a_site_that_cannot_be_is_a_fault(key):
    only_fault_of(f'[site]\ntitle = "T"\n{key}\n')


def test_what_is_required_is_missed_at_once():
    assert [(fault.where, fault.what) for fault in faults_of("")] == [
        ("site.title", "is missing"),
        ("site.url", "is missing"),
    ]


@pytest.mark.parametrize(
    "id_",
    ["", "A", "-a", "a_b", "a b", "ä", "a/b", "..", "../../etc/passwd", "a" * 81, "con.", "a\\n"],
)
def test_an_id_is_a_path_of_ours_and_nothing_else(id_):
    fault = only_fault_of(SITE + f'[[source]]\nid = "{id_}"\nurl = "https://a.example/rss"\n')

    assert fault.where == "[[source]] 1: id"


@pytest.mark.parametrize("table", ["source", "view", "person"])
def test_a_doubled_id_is_a_fault_of_the_later_one(table):
    body = {
        "source": 'url = "https://a.example/rss"',
        "view": 'match = { text = "x" }',
        "person": 'name = "A"',
    }[table]
    one = f'[[{table}]]\nid = "same"\n{body}\n'

    fault = only_fault_of(SITE + one + one)

    assert fault.where == f"[[{table}]] 2: id"
    assert fault.line == 8


@pytest.mark.parametrize(
    ("together", "said"),
    [
        ([["g1", "g2"]], "[[together]] 1"),
        ([["x", "y"], ["g2", "z", "g1"]], "[[together]] 2"),
        ([["g1", "z"], ["z", "g2"]], "[[together]] 2"),
    ],
)
def test_a_line_that_takes_apart_what_another_takes_together_is_a_fault_that_names_both(together, said):
    lines = "".join(f"[[together]]\nepisodes = {line}\n" for line in together)
    fault = only_fault_of(SITE + lines + '[[apart]]\nepisodes = ["other", "g1", "g2"]\n')

    assert fault.where == "[[apart]] 1: episodes"
    assert said in fault.what
    assert '"g1"' in fault.what
    assert '"g2"' in fault.what


def test_lines_about_other_episodes_contradict_nothing():
    together, apart = '[[together]]\nepisodes = ["g1", "g2"]\n', '[[apart]]\nepisodes = ["{}", "{}"]\n'
    lines = together + apart.format("g1", "g3") + apart.format("g2", "g4")

    assert parse_config(SITE + lines, "/x/config.toml").apart == (("g1", "g3"), ("g2", "g4"))


def test_a_password_in_an_address_is_refused_with_a_word_about_auth_and_never_shown():
    fault = only_fault_of(SITE + '[[source]]\nid = "a"\nurl = "https://me:hunter2@a.example/rss"\n')

    assert "auth" in fault.what
    assert "hunter2" not in str(fault)


@pytest.mark.parametrize("table", ['[serve]\ntoken = "hunter2"', SOURCE + 'auth = "hunter2"', SOURCE + 'auth = "env:"'])
def test_a_plain_secret_is_refused_and_never_shown(table):
    fault = only_fault_of(SITE + table + "\n")

    assert "env:NAME" in fault.what
    assert "hunter2" not in str(fault)


def test_a_secret_that_the_environment_lacks_is_a_fault(monkeypatch):
    monkeypatch.delenv("NO_SUCH_LOGIN", raising=False)

    fault = only_fault_of(SITE + SOURCE + 'auth = "env:NO_SUCH_LOGIN"\n')

    assert fault.where == "[[source]] 1: auth"
    assert "NO_SUCH_LOGIN" in fault.what


def test_a_secret_s_file_that_is_missing_or_empty_is_a_fault(tmp_path):
    (tmp_path / "empty").write_text("\n", encoding="utf-8")

    for name in ("nowhere", "empty", "."):
        faults = faults_of(SITE + f'[serve]\ntoken = "file:{name}"\n', str(tmp_path / "config.toml"))

        assert [fault.where for fault in faults] == ["serve.token"]


def test_a_found_address_is_sent_no_login(monkeypatch):
    monkeypatch.setenv("A_LOGIN", "me:word")

    fault = only_fault_of(SITE + '[[source]]\nid = "a"\nfind = "A"\nauth = "env:A_LOGIN"\n')

    assert fault.where == "[[source]] 1: auth"


@pytest.mark.parametrize(
    "source",
    [
        'url = "https://a.example/rss"',
        'url = "http://10.0.0.1/rss"',
        'url = "http://127.0.0.1.a.example/rss"',
        'url = "http://2130706433/rss"',
        'find = "A"',
    ],
)
def test_a_pace_below_an_hour_is_refused_while_one_source_is_elsewhere(source):
    text = SITE + (
        '[poll]\nminimum = "59m"\n[fetch]\nallow = ["127.0.0.0/8"]\n'
        '[[source]]\nid = "near"\nurl = "http://127.0.0.1:8000/rss"\n'
        f'[[source]]\nid = "far"\n{source}\n'
    )

    fault = only_fault_of(text)

    assert fault.where == "poll.minimum"
    assert "far" in fault.what
    assert "near" not in fault.what


@pytest.mark.parametrize(
    "folders",
    [
        'output = "x"\ndata = "x"',
        'output = "x"\ndata = "./y/../x/"',
        'output = "/"',
        'output = "~"',
        'output = "."',
        'output = ".."',
        'output = "x"\ndata = "x/data"',
        'data = "/"',
    ],
)
def test_folders_that_would_publish_what_is_not_ours_are_refused(folders):
    assert {fault.where for fault in faults_of(SITE + folders + "\n")} <= {"site.output", "site.data"}


def test_an_output_folder_that_is_a_link_to_the_home_folder_is_refused(tmp_path, monkeypatch):
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    (tmp_path / "feeds").symlink_to(home)

    faults = faults_of(SITE, str(tmp_path / "config.toml"))

    assert [fault.where for fault in faults] == ["site.output"]


def test_every_fault_comes_in_one_go_in_the_order_of_the_lines():
    text = (
        '[site]\ntitel = "T"\nurl = "t.example"\n'
        '[poll]\nevery = "0s"\nminimum = "5m"\n'
        "[serv]\n"
        '[[source]]\nid = "a"\nhosts = "B"\n'
        '[[source]]\nid = "a"\nurl = "https://b.example/rss"\nauth = "plain"\n'
        '[[view]]\nid = "v"\nmatch = { rol = "host" }\n'
    )

    faults = faults_of(text)

    assert [(fault.line, fault.where) for fault in faults] == [
        (1, "site.title"),
        (2, "site.titel"),
        (3, "site.url"),
        (5, "poll.every"),
        (7, "serv"),
        (8, "[[source]] 1"),
        (10, "[[source]] 1: hosts"),
        (12, "[[source]] 2: id"),
        (14, "[[source]] 2: auth"),
        (17, "[[view]] 1: match.rol"),
    ]


def test_a_fault_is_one_line_that_can_be_mended_from():
    assert str(only_fault_of(SITE + SOURCE + 'host = ["A"]\n')) == (
        "line 7: [[source]] 1: host: unknown key (did you mean 'hosts'?)"
    )


def test_a_missing_file_is_a_config_error(tmp_path):
    with pytest.raises(ConfigError, match="mediafeed init"):
        read_config(tmp_path / "config.toml")


@pytest.mark.parametrize("path", [Path("/"), "~nobody-at-all/config.toml", "\0", "x" * 5000])
def test_a_path_that_is_no_file_is_a_config_error(path):
    with pytest.raises(ConfigError):
        read_config(path)


def test_bytes_that_are_not_utf_8_are_a_config_error_with_a_line(tmp_path):
    path = tmp_path / "config.toml"
    path.write_bytes(b'[site]\ntitle = "caf\xe9"\n')

    with pytest.raises(ConfigError) as caught:
        read_config(path)

    assert caught.value.faults[0].line == 2


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "9" * 5000,
        "x = " + "[" * 100_000,
        "x = " + "{a=" * 100_000,
        "[site]\n[site]\n",
        "x = 1\nx = 2",
        "x = 99-99-99",
    ],
)
def test_what_toml_will_not_have_is_a_config_error(text):
    assert only_fault_of(text).where == "TOML"


def test_a_file_of_many_megabytes_is_refused(tmp_path):
    path = tmp_path / "config.toml"
    path.write_bytes(b"#" * (9 * 1024 * 1024))

    with pytest.raises(ConfigError, match="too large"):
        read_config(path)


@given(st.data())
def test_no_damage_to_a_config_raises_anything_else(data):
    at = data.draw(st.integers(0, len(TEMPLATE)))
    length = data.draw(st.integers(0, 40))
    put = data.draw(st.text(max_size=10))
    damaged = TEMPLATE[:at] + put + TEMPLATE[at + length :]

    try:
        parse_config(damaged, "/x/config.toml")
    except ConfigError as error:
        heard = str(error)
    else:
        heard = "all good"

    assert heard
