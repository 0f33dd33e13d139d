"""The hand-marked sentences: what the file must be, and how many are cut right."""

from workbench.bench import cuts


def test_every_case_is_a_text_of_whole_sentences() -> None:
    seen = set()
    for case in cuts.cases():
        assert case.text not in seen, "the same text twice"
        seen.add(case.text)
        assert case.half in {cuts.DEVELOPMENT, cuts.HELD_OUT}
        assert case.text == case.text.strip()
        assert all(sentence.strip() for sentence in case.sentences)
    assert seen


def test_a_text_counts_only_when_all_its_cuts_are_right() -> None:
    right = cuts.Case("en", cuts.DEVELOPMENT, ("One is here. ", "Two is there."))
    assert cuts.is_right(right)
    assert not cuts.is_right(cuts.Case("en", cuts.DEVELOPMENT, (right.text,)))
    assert not cuts.is_right(
        cuts.Case("en", cuts.DEVELOPMENT, ("One is here. ", "Two ", "is there."))
    )


def test_most_texts_are_cut_right() -> None:
    right, total = cuts.measure()
    assert 0 < right <= total
