"""An episode in an archive document keeps its words when others come; its own words change it, and new rules do."""

from pathlib import Path

import pytest

from mediafeed.model.episode import Credit
from mediafeed.model.source import Source
from mediafeed.normalize import episode as claiming
from mediafeed.normalize.credits.extract import Habits, Profile, Read, ShowFacts
from mediafeed.refresh import learning
from tests.normalize.making import guest
from tests.refresh.origin import Clock, House, Origin, assembled_at, config, feed, item

FACE = 'href="https://straits.example/mira" img="https://straits.example/mira.jpg"'


@pytest.fixture
def touchy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules by which every credit tells from how many episodes was learned."""

    def credits_(words: Read, profile: Profile) -> tuple[Credit, ...]:
        return (guest(f"{words.facts.description} {profile.hosts[0] if profile.hosts else 'None'} taught"),)

    def profile(habits: Habits, _: ShowFacts) -> Profile:
        return Profile(hosts=(f"{'I' * habits.episodes}",))

    monkeypatch.setattr(learning, "habits_of", lambda *_: Habits(episodes=1))
    monkeypatch.setattr(learning, "profile_of", profile)
    monkeypatch.setattr(claiming, "credits_of", credits_)


def episodes(count: int, **edited: str) -> bytes:
    return feed(*(item(n, description=edited.get(f"n{n}", f"Words {n}")) for n in range(1, count + 1)))


def archived(house: House, *guids: str) -> None:
    """Put these episodes into the first archive of the merged feed."""
    ids = {episode.guid: episode.id for episode in house.store.episodes([row.id for row in house.store.index()])}
    house.store.save_parts("feed", {ids[guid]: 1 for guid in guids})
    house.mediafeed.publish()


def credited(house: House) -> dict[str, str]:
    found = house.store.episodes([row.id for row in house.store.index()])
    return {str(episode.guid): episode.credits[0].name for episode in found}


def test_a_show_that_grows_is_credited_anew_but_for_what_stands_in_an_archive(
    touchy: None, tmp_path: Path, origin: Origin, clock: Clock
):
    source = Source(id="straits", url=origin.serve("/straits", episodes(4)))
    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        house.mediafeed.understand_anew()
        house.visit_and_publish()
        archived(house, "guid-1", "guid-2")
        before = house.published("archive/feed-1.xml"), house.published("archive/feed-1.json")

        origin.serve("/straits", episodes(6))
        house.visit_and_publish()

        assert credited(house)["guid-1"] == "Words 1 IIII taught"
        assert credited(house)["guid-3"] == "Words 3 IIIIII taught"
        assert (house.published("archive/feed-1.xml"), house.published("archive/feed-1.json")) == before
        assert not house.mediafeed.understand_anew()


def test_an_edit_changes_the_archived_episode_itself_and_no_other_one(
    touchy: None, tmp_path: Path, origin: Origin, clock: Clock
):
    source = Source(id="straits", url=origin.serve("/straits", episodes(6)))
    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        house.visit_and_publish()
        archived(house, "guid-1", "guid-2")
        before = credited(house)

        origin.serve("/straits", episodes(6, n2="Mended"))
        house.visit_and_publish()

        assert credited(house) == before | {"guid-2": "Mended IIIIII taught"}
        assert "Mended" in house.published("archive/feed-1.xml")


def test_other_rules_credit_archived_episodes_too(
    touchy: None, tmp_path: Path, origin: Origin, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    source = Source(id="straits", url=origin.serve("/straits", episodes(4)))
    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        house.visit_and_publish()
        archived(house, "guid-1")
        monkeypatch.setattr(claiming, "credits_of", lambda *_: (guest("Ann Lee"),))

        house.mediafeed.understand_anew(force=True)
        house.mediafeed.publish()

        assert set(credited(house).values()) == {"Ann Lee"}
        assert "Ann Lee" in house.published("archive/feed-1.xml")


def test_a_face_learned_from_a_new_episode_changes_no_archive(tmp_path: Path, origin: Origin, clock: Clock):
    said = [item(n, description="Mira Sand speaks of lessons.") for n in (1, 2)]
    host = f'<podcast:person role="host" {FACE}>Mira Sand</podcast:person></item>'
    other = item(3, guid="quays-3", audio="https://cdn.quays.example/3.mp3").replace("</item>", host)
    sources = (
        Source(id="straits", url=origin.serve("/straits", feed(*said)), hosts=("Mira Sand",)),
        Source(id="quays", url=origin.serve("/quays", feed(other, title="Quays"))),
    )
    with assembled_at(clock, config(tmp_path, origin, *sources)) as house:
        house.visit_and_publish("straits")
        archived(house, "guid-1")
        before = house.published("archive/feed-1.xml")

        house.visit_and_publish("quays")

        assert "Mira Sand" in before
        assert house.published("archive/feed-1.xml") == before
        assert house.published().count(FACE) == 2
