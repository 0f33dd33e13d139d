"""The hand-marked sentences: what the file must be, and how many are cut right."""

from collections import Counter, defaultdict

from ingest.segment import detect_language
from tests.benchmarks import intake


def test_every_case_is_a_text_of_whole_sentences() -> None:
    seen = set()
    for case in intake.cases():
        assert case.text not in seen, "the same text twice"
        seen.add(case.text)
        assert case.half in {"development", intake.HELD_OUT}
        assert case.text == case.text.strip()
        assert all(sentence.strip() for sentence in case.sentences)
    assert seen


def test_a_text_counts_only_when_all_its_cuts_are_right() -> None:
    right = intake.Case("en", "development", "first", ("One is here. ", "Two is there."))
    assert intake.is_right(right)
    assert not intake.is_right(intake.Case("en", "development", "first", (right.text,)))
    assert not intake.is_right(
        intake.Case("en", "development", "first", ("One is here. ", "Two ", "is there."))
    )


def test_there_are_thirty_five_texts_in_each_of_twenty_languages_fifteen_held_out() -> None:
    counted = Counter((case.language, case.set, case.half) for case in intake.cases())
    assert len(counted) == 80
    sizes = {kind: {n for key, n in counted.items() if key[1:] == kind} for kind in _KINDS}
    assert sizes == _KINDS


_KINDS = {
    ("first", "development"): {10},
    ("first", intake.HELD_OUT): {10},
    ("second", "development"): {10},
    ("second", intake.HELD_OUT): {5},
}


def test_98_percent_of_the_hand_marked_texts_are_cut_right() -> None:
    right, total = intake.measure()
    assert total == 700
    assert right >= 0.98 * total
    first = [case for case in intake.cases() if case.set == "first"]
    assert sum(map(intake.is_right, first)) >= 0.98 * len(first)


def test_the_held_out_texts_are_counted_apart() -> None:
    right, total = intake.measure(intake.HELD_OUT)
    assert total == 300
    assert right >= 0.96 * total
    assert intake.measure("development")[1] == 400


def test_no_language_is_left_behind() -> None:
    wrong = Counter(case.language for case in intake.cases() if not intake.is_right(case))
    assert all(count <= 3 for count in wrong.values()), wrong


def test_the_language_need_not_be_declared() -> None:
    texts = defaultdict(list)
    for case in intake.cases():
        texts[case.language].append(case.text)
    assert {name: detect_language("\n\n".join(parts)) for name, parts in texts.items()} == {
        name: name for name in texts
    }
