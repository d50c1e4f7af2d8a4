"""The made-up pairs of benchmarks/sameness: figures that a change of the rules must not make worse."""

from benchmarks.sameness.__main__ import all_pairs, scored


def test_there_are_pairs_enough_of_both_kinds_and_each_is_another():
    pairs = all_pairs()

    assert len(pairs) >= 150
    assert min(sum(pair.same for pair in pairs), sum(not pair.same for pair in pairs)) >= 70
    assert len({pair.what for pair in pairs}) == len(pairs)


def test_no_two_recordings_are_taken_for_one_and_hardly_one_for_two():
    score = scored()

    assert score.wrong == []
    assert score.recall >= 0.97
