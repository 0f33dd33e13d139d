"""What a model reads of a library: how text is cut, and what stands before it."""

from workbench.space.embeddings.building import Statement, stretches

TOWN: list[Statement] = [(1, 7, 1, 1, "It lies  on a river."), (2, 7, 1, 1, "Its fair is old.")]


def _read(statements: list[Statement], title: str) -> list[str]:
    return [each.text for each in stretches(statements, {7: title})]


def test_what_a_record_says_is_read_under_its_title() -> None:
    assert _read(TOWN, "Ashford  Mill") == ["Ashford Mill. It lies on a river. Its fair is old."]


def test_a_title_that_the_words_say_themselves_is_not_said_twice() -> None:
    said: list[Statement] = [(1, 7, 1, 1, "ASHFORD MILL lies on a river.")]
    assert _read(said, "Ashford Mill") == ["ASHFORD MILL lies on a river."]


def test_the_first_words_of_a_text_without_a_title_are_none() -> None:
    assert _read(TOWN, "It lies on …") == ["It lies on a river. Its fair is old."]
    assert _read(TOWN, "") == ["It lies on a river. Its fair is old."]


def test_other_sources_are_read_as_they_are_and_all_are_cut_alike() -> None:
    long: list[Statement] = [
        (n, 7, 1, 1, f"Sentence {n} of a long report. " * 6) for n in range(1, 9)
    ]
    plain, under = list(stretches(long)), list(stretches(long, {7: "Ashford Mill"}))
    assert len(plain) > 1
    assert [(each.first, each.count) for each in plain] == [
        (each.first, each.count) for each in under
    ]
    assert [f"Ashford Mill. {each.text}" for each in plain] == [each.text for each in under]
    assert [each.text for each in stretches(TOWN, {8: "Ashford Mill"})] == [
        "It lies on a river. Its fair is old."
    ]
