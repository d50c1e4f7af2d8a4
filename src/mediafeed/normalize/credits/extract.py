"""From the words of an episode and its show to credits: the one way in."""

from mediafeed.model.episode import Credit, CreditOrigin
from mediafeed.normalize.credits.facts import Facts, ShowFacts
from mediafeed.normalize.credits.published import author_credits, config_credits, person_credits

__all__ = ["Facts", "ShowFacts", "credits_for"]


def credits_for(facts: Facts, show: ShowFacts) -> tuple[Credit, ...]:
    """Give one credit for each person that the evidence puts on the episode."""
    return (
        *config_credits(show.hosts),
        *person_credits(facts.persons, CreditOrigin.PUBLISHER),
        *(() if facts.persons else person_credits(show.persons, CreditOrigin.CHANNEL)),
    ) or author_credits(facts.author or show.author, "author", show.title)
