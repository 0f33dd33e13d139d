"""The unseen questions: no book is in two parts, each quote stands in its book, rows are shares."""

import pytest

from tests.benchmarks import unseen
from tests.benchmarks.book_questions import book_file, reading_questions
from tests.benchmarks.corpus import corpus_folder
from tests.benchmarks.unseen import Mark


@pytest.mark.slow
def test_quotes_stand_in_their_books_and_no_book_is_in_two_parts() -> None:
    corpus = corpus_folder()
    books: dict[str, set[str]] = {}
    for part in ("learn", "calibrate", "report"):
        questions = list(reading_questions(corpus, part))
        books[part] = {question.book for question in questions}
        for name in books[part]:
            text = " ".join(book_file(corpus, name).read_text(encoding="utf-8").split())
            quotes = [
                q for row in questions if row.book == name for q in (*row.evidence, *row.near)
            ]
            assert [quote for quote in quotes if quote not in text] == []
        assert 0.25 < sum(not question.evidence for question in questions) / len(questions) < 0.4
    assert books["learn"] | books["calibrate"] | books["report"] == set().union(*books.values())
    assert sum(map(len, books.values())) == len(set().union(*books.values()))


def test_rows_are_shares_of_those_that_can_be_answered() -> None:
    right = Mark("tales", answerable=True, silent=False, first=True, five=True, sure=True)
    wrong = Mark("tales", answerable=True, silent=False, first=False, five=True, sure=True)
    silent = Mark("tales", answerable=True, silent=True, first=False, five=False, sure=False)
    strange = Mark("practical", answerable=False, silent=True, first=False, five=False, sure=False)
    rows = {row.name: row.value for row in unseen.rows([right, wrong, silent, silent, strange])}
    assert rows["tales_first_right"] == 25.0
    assert rows["tales_among_five"] == 50.0
    assert rows["tales_sure_and_wrong"] == 25.0
    assert rows["tales_wrongly_silent"] == 50.0
    assert "tales_rightly_silent" not in rows
