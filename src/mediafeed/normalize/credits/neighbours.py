"""Who stands next to whom: in one list, or in one sentence."""

from itertools import pairwise

from mediafeed.normalize.credits.candidates import Candidate
from mediafeed.normalize.credits.tokens import Tokens, in_one_list


def neighbours(candidates: tuple[Candidate, ...], fields: tuple[Tokens, ...]) -> list[list[tuple[str, int]]]:
    """Give for each candidate pairs of how ("L>" the next in a list, "S<" the one before in the sentence) and whom."""
    found: list[list[tuple[str, int]]] = [[] for _ in candidates]
    for which_field, tokens in enumerate(fields):
        order = sorted(
            (tokens.at[number], which)
            for which, candidate in enumerate(candidates)
            for number in (candidate.text if which_field else candidate.title)
            if number in tokens.at
        )
        for (first, one), (second, other) in pairwise(order):
            if one == other:
                continue
            kind = _relation(tokens, first, second)
            if kind:
                found[one].append((f"{kind}>", other))
                found[other].append((f"{kind}<", one))
    return found


def _relation(tokens: Tokens, first: int, second: int) -> str:
    if in_one_list(tokens.classes[first + 1 : second]):
        return "L"
    return "S" if tokens.sentence_of[first] == tokens.sentence_of[second] else ""
