"""What an episode is found by: what its page says, without anybody who is hidden."""

from collections.abc import Mapping, Sequence

from mediafeed.model.episode import Episode, Person, Show
from mediafeed.model.published import Findable
from mediafeed.publish.podcast_namespace import is_hidden


def findable(episode: Episode, shows: Sequence[Show], people: Mapping[str, Person]) -> Findable:
    """Give the words of an episode that these shows published."""
    credits_ = [credit for credit in episode.credits if not is_hidden(credit, people)]
    known = (people[credit.person].name for credit in credits_ if credit.person in people)
    return Findable(
        title=episode.title,
        people=tuple(dict.fromkeys((*(credit.name for credit in credits_), *known))),
        shows=tuple(show.title for show in shows if not show.blocked),
        notes=(
            episode.summary,
            episode.notes,
            " / ".join(credit.affiliation for credit in credits_ if credit.affiliation),
            " / ".join(episode.keywords),
        ),
    )
