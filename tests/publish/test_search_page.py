from dataclasses import replace

import orjson

from mediafeed.model.episode import Role
from mediafeed.publish import search_page
from mediafeed.publish.findable import findable
from mediafeed.publish.site import plan
from tests.publish.shelf import INES, OLUMIDE, TIDES, Shelf, credit, episode


def parts_of(held: Shelf) -> dict[str, bytes]:
    documents = plan(held, held.site, held.views)
    return {one.path: one.render() for one in documents if one.path.startswith("search/")}


def test_the_index_says_each_title_day_show_and_name():
    part = orjson.loads(parts_of(Shelf([episode(1)]))["search/1.json"])

    assert part == {
        "shows": {"tides": "Tides & Treaties"},
        "people": {"ines-carrow": "Inês Carrow", "olumide-vance": "Olumide Vance"},
        "episodes": [
            ["tides/how-ports-change-1", "How ports change, part 1", "2022-09-22", "tides",
             ["ines-carrow", "olumide-vance"]]
        ],
    }  # fmt: skip


def test_a_name_that_is_nobody_known_is_said_too_and_who_is_hidden_is_not():
    cast = (replace(credit(INES, Role.HOST), person=""), credit(OLUMIDE, Role.GUEST))
    held = Shelf([episode(1, credits=cast)], people=[replace(OLUMIDE, hidden=True)])

    part = orjson.loads(parts_of(held)["search/1.json"])

    assert part["episodes"][0][4:] == [[], ["Inês Carrow"]]
    assert part["people"] == {}


def test_parts_that_are_full_stay_when_episodes_come(monkeypatch):
    monkeypatch.setattr(search_page, "PER_PART", 3)
    held = Shelf([episode(number) for number in range(1, 8)])
    before = parts_of(held)

    held.held.append(episode(8))
    after = parts_of(held)

    assert [len(orjson.loads(before[f"search/{number}.json"])["episodes"]) for number in (1, 2, 3)] == [3, 3, 1]
    changed = {path for path in before if before[path] != after[path]}
    assert changed == {"search/3.json"}


def test_nothing_that_is_blocked_is_in_the_index():
    held = Shelf([episode(1), episode(2, blocked=True)])

    assert len(orjson.loads(parts_of(held)["search/1.json"])["episodes"]) == 1


def test_the_page_of_a_static_host_says_how_many_parts_there_are_and_runs_our_script_alone():
    page = parts_of(Shelf([episode(1)]))["search/index.html"].decode()

    assert 'data-parts="1"' in page
    assert page.count('<script src="../assets/search.js" defer></script>') == 1
    assert "<noscript>" in page
    assert '<a href="../shows/">all shows</a>' in page


def test_an_episode_is_found_by_nobody_who_is_hidden():
    people = {OLUMIDE.id: replace(OLUMIDE, hidden=True), INES.id: INES}

    found = findable(episode(1), (TIDES,), people)

    assert found.people == ("Inês Carrow",)
    assert not any("Harbour College" in part for part in found.notes)
    assert found.shows == ("Tides & Treaties",)
