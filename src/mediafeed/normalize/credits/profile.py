"""What a show is known to do: a few frozen decisions, drawn from its habits.

Credits are a function of an episode, its show and this, so they do not depend on the order in which the episodes came,
and a show needs to be understood anew only when its profile is another one than before (`==`). Numbers are steps, not
shares: one more episode rarely makes another profile.
"""

from dataclasses import dataclass, field

from mediafeed.normalize.credits.facts import ShowFacts
from mediafeed.normalize.credits.habits import Habits
from mediafeed.normalize.persons import person_key

_FEWEST_EPISODES = 3
_SURE_HOST = 0.8


@dataclass(frozen=True, slots=True)
class Profile:
    """Decisions about a show. `hosts` are names learned from the episodes, as written."""

    hosts: tuple[str, ...] = ()
    names: dict[str, int] = field(default_factory=dict)
    slots: dict[str, int] = field(default_factory=dict)


NOTHING_LEARNED = Profile()


def profile_of(habits: Habits, show: ShowFacts) -> Profile:  # noqa: ARG001
    """Draw a show's profile from the sum of its episodes' habits; pure, and the same whatever order they came in."""
    if habits.episodes < _FEWEST_EPISODES:
        return NOTHING_LEARNED
    hosts: dict[str, str] = {}
    for name, (episodes, host, _) in sorted(habits.names.items()):
        if episodes * 4 >= habits.episodes and episodes > 1 and host >= 100 * _SURE_HOST * episodes:
            hosts.setdefault(person_key(name), name)
    return Profile(hosts=tuple(hosts.values()))
