import tomllib
from datetime import timedelta

import pytest

from mediafeed.config.editing import add_source, remove_person, remove_source, set_overrides, set_person
from mediafeed.config.reading import parse_config
from mediafeed.config.template import TEMPLATE
from mediafeed.errors import UsageError
from mediafeed.model.settings import Override, PersonSetting
from mediafeed.model.source import Source, SourceKind

NEW = Source(
    id="new",
    url="https://news.example/feed.xml",
    title='The "New" \\ Show ü',
    kind=SourceKind.SITE,
    hosts=("Aya Demo",),
    every=timedelta(hours=6),
    auth="env:NEW_LOGIN",
)
SMALL = """\
[site]  # ours
title = "Small"
url = "https://s.example"

# the first
[[source]]
id = "a"   # kept small
url = "https://a.example/rss"
# a's own last words

# the second,
# and a second line on it
[[source]]
id = "b"
find = "Bee"
[[source]]
id = "c"
url = "https://c.example/rss"
# the end
"""


def sources_in(text: str) -> tuple[Source, ...]:
    return parse_config(text, "/somewhere/config.toml", missing=lambda _: "").sources


def lines_lost(before: str, after: str) -> list[str]:
    kept = after.split("\n")
    return [line for line in before.split("\n") if line not in kept]


@pytest.mark.parametrize("text", [TEMPLATE, SMALL, TEMPLATE.replace("\n", "\r\n"), SMALL.rstrip()])
def test_an_added_source_is_read_back_as_it_was_given_and_no_line_is_lost(text):
    edited = add_source(text, NEW)

    assert sources_in(edited) == (*sources_in(text), NEW)
    assert lines_lost(text, edited) == []


def test_an_added_source_stands_behind_the_others_and_before_what_follows_them():
    edited = add_source(TEMPLATE, NEW)

    assert edited.index('id = "geostrategy360"') < edited.index('id = "new"') < edited.index("[[view]]")


def test_a_source_can_be_added_where_none_was():
    edited = add_source('[site]\ntitle = "T"\nurl = "https://t.example"', NEW)

    assert sources_in(edited) == (NEW,)


def test_windows_line_ends_stay_windows_line_ends():
    edited = add_source(SMALL.replace("\n", "\r\n"), NEW)

    assert "\n" not in edited.replace("\r\n", "")


def test_a_source_whose_id_is_taken_is_not_added():
    with pytest.raises(UsageError):
        add_source(SMALL, Source(id="b", url="https://other.example/rss"))


@pytest.mark.parametrize("id_", ["a", "b", "c"])
def test_a_removed_source_is_gone_and_the_others_stay(id_):
    edited = remove_source(SMALL, id_)

    assert [source.id for source in sources_in(edited)] == [each for each in "abc" if each != id_]


@pytest.mark.parametrize("id_", ["a", "b", "c"])
def test_removing_a_source_leaves_every_comment_outside_of_it(id_):
    edited = remove_source(SMALL, id_)

    for comment in ("# ours", "# the first", "# the second,", "# and a second line on it"):
        assert comment in edited


def test_adding_and_removing_a_source_gives_the_text_from_before():
    assert remove_source(add_source(TEMPLATE, NEW), "new") == TEMPLATE


def test_removing_a_source_that_is_not_there_is_refused():
    with pytest.raises(UsageError):
        remove_source(SMALL, "nobody")


def test_sources_written_as_one_array_can_be_edited_too():
    text = (
        '# list\nsource = [{ id = "a", url = "https://a.example" }]\n[site]\ntitle = "T"\nurl = "https://t.example"\n'
    )

    added = add_source(text, NEW)
    removed = remove_source(added, "a")

    assert sources_in(added)[1] == NEW
    assert sources_in(removed) == (NEW,)
    assert "# list" in removed


def test_a_person_is_added_once_and_then_changed():
    first = set_person(SMALL, PersonSetting(id="p", name="P. Person", aliases=("Dr Person",)))

    second = set_person(
        first, PersonSetting(id="p", name="P. Person", aliases=("Dr Person", "Pat Person"), hidden=True)
    )

    persons = parse_config(second, "/x/config.toml").persons
    assert persons == (PersonSetting(id="p", name="P. Person", aliases=("Dr Person", "Pat Person"), hidden=True),)
    assert lines_lost(SMALL, second) == []


def test_a_new_key_of_a_person_stands_before_the_comments_that_follow():
    held = PersonSetting(id="philip-shetler-jones", name="Philip Shetler-Jones", aliases=("Dr Philip Shetler-Jones",))

    edited = set_person(TEMPLATE, PersonSetting(id=held.id, name=held.name, aliases=held.aliases, hidden=True))

    assert lines_lost(TEMPLATE, edited) == []
    assert 'aliases = ["Dr Philip Shetler-Jones"]\nhidden = true\n' in edited


def said(*episodes: str, role: str = "host", note: str = "") -> dict[Override, str]:
    return {Override(episode=one, name="Neil Melvin", role=role): note for one in episodes}


def test_the_last_word_on_a_credit_replaces_the_one_before():
    first = set_overrides(TEMPLATE, said("e1"))
    second = set_overrides(first, said("e2"))

    third = set_overrides(second, said("e1", role="none"))

    roles = [(each.episode, each.role) for each in parse_config(third, "/x/config.toml").overrides]
    assert roles == [("e1", "none"), ("e2", "host")]
    assert lines_lost(TEMPLATE, third) == []


def test_one_word_on_several_episodes_stands_in_one_table_with_a_line_for_each():
    edited = set_overrides(SMALL, said("e1", "e2", note='Kyoto # "more"'))

    assert edited.endswith(
        '\n[[override]]\nname = "Neil Melvin"\nrole = "host"\n'
        'episodes = [\n    "e1", # Kyoto # "more"\n    "e2", # Kyoto # "more"\n]\n'
    )
    assert parse_config(edited, "/x/config.toml").overrides == (*said("e1", "e2"),)


@pytest.mark.parametrize(
    ("anew", "roles"),
    [
        (("e2",), [("e1", "host"), ("e3", "host"), ("e2", "none")]),
        (("e1", "e3"), [("e2", "host"), ("e1", "none"), ("e3", "none")]),
        (("e1", "e2", "e3"), [("e1", "none"), ("e2", "none"), ("e3", "none")]),
    ],
)
def test_a_later_word_takes_its_episodes_out_of_the_table_of_several(anew, roles):
    first = set_overrides(TEMPLATE, said("e1", "e2", "e3", note="Kyoto"))

    second = set_overrides(first, said(*anew, role="none"))

    assert [(each.episode, each.role) for each in parse_config(second, "/x/config.toml").overrides] == roles
    assert lines_lost(TEMPLATE, second) == []
    assert second.count("# Kyoto") == 3 - len(anew)


def test_words_on_several_stand_in_an_inline_list_as_well():
    inline = 'override = [{ episodes = ["e1", "e2"], name = "Neil Melvin", role = "host" }]\n' + SMALL

    edited = set_overrides(inline, said("e2", "e3", role="none", note="Kyoto"))

    roles = [(each.episode, each.role) for each in parse_config(edited, "/x/config.toml").overrides]
    assert roles == [("e1", "host"), ("e2", "none"), ("e3", "none")]


def test_a_word_holds_over_a_table_of_several_that_stands_further_down_by_hand():
    first = set_overrides(SMALL, said("e1", role="guest"))
    by_hand = first + '\n[[override]]\nepisodes = ["e1", "e2"]  # both\nname = "Neil Melvin"\nrole = "host"\n'

    edited = set_overrides(by_hand, said("e1", role="none"))

    roles = [(each.episode, each.role) for each in parse_config(edited, "/x/config.toml").overrides]
    assert roles == [("e1", "none"), ("e2", "host")]
    assert 'episodes = ["e2"]  # both\n' in edited


@pytest.mark.parametrize("held", ["", '{ episodes = ["e1"], name = "Neil Melvin", role = "host" }'])
def test_a_word_can_be_written_where_an_inline_list_is_left_empty(held):
    edited = set_overrides(f"override = [{held}]\n{SMALL}", said("e1", role="none"))

    assert parse_config(edited, "/x/config.toml").overrides == (*said("e1", role="none"),)


def test_a_word_on_several_changes_the_table_that_is_about_one_of_them_and_leaves_other_names():
    first = set_overrides(SMALL, said("e1") | {Override(episode="e2", name="Ada Quill", role="guest"): ""})

    second = set_overrides(first, said("e1", "e2", "e3", role="none"))

    found = [(each.name, each.episode, each.role) for each in parse_config(second, "/x/config.toml").overrides]
    assert found == [
        ("Neil Melvin", "e1", "none"),
        ("Ada Quill", "e2", "guest"),
        ("Neil Melvin", "e2", "none"),
        ("Neil Melvin", "e3", "none"),
    ]


def test_a_removed_person_is_gone_and_no_other_line_is_lost():
    person = PersonSetting(id="p", name="P. Person")

    assert remove_person(set_person(TEMPLATE, person), "p") == TEMPLATE
    with pytest.raises(UsageError):
        remove_person(TEMPLATE, "p")


def test_a_note_says_in_the_file_which_episode_an_override_means():
    edited = set_overrides(SMALL, said("e1", role="none", note="Kyoto # and “more”"))

    assert '[[override]]\n# Kyoto # and “more”\nepisode = "e1"\n' in edited
    assert parse_config(edited, "/x/config.toml").overrides == (
        Override(episode="e1", name="Neil Melvin", role="none"),
    )


def test_brackets_and_headers_inside_long_strings_are_no_headers():
    text = SMALL + '\n[[view]]\nid = "v"\ndescription = """\n[[source]]\nid = "z"\n"""\nmatch = {\ntext = "x" }\n'
    one_line = text.replace("{\ntext", "{ text")

    edited = add_source(one_line, NEW)

    assert [source.id for source in sources_in(edited)] == ["a", "b", "c", "new"]
    assert tomllib.loads(edited)["view"] == tomllib.loads(one_line)["view"]
