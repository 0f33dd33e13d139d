"""How the reader that ships in `resources/reader` is made, and the weights that belong to it.

From the root of the repository, with the evaluation data that `WORKBENCH_CORPUS` names:

    export PYTHONPATH=packaging
    uv run python -m reader.training ONE …          train one (its card names the options)
    uv run python -m reader.export ONE OTHER FOLDER  write two as the program reads them
    uv run python -m reader.judging [FOLDER]         judge one, by default the one that ships
    uv run python -m reader.reranker_training …      train and write the reranker
    uv run python -m reader.answerability --write    how likely an answer is right
    uv run python -m reader.statement_weights --write  how likely a statement answers
    uv run python -m reader.revisions FOLDER         teach and write what judges revisions

Training needs torch; the program imports nothing of it.
"""

from pathlib import Path

#: Questions of our own that the reader learns from beside those of the evaluation data.
OWN_QUESTIONS = Path(__file__).with_name("questions.jsonl.gz")
#: Questions of our own about whole books.
BOOK_QUESTIONS = Path(__file__).with_name("book_questions.jsonl.gz")
#: Pairs of statements of which the newer ends, replaces or leaves the older, written by hand.
REVISIONS = Path(__file__).with_name("revisions.jsonl.gz")
#: Statements with questions about them, most written by one who had seen none of the program.
STATEMENTS = Path(__file__).with_name("told_statements.jsonl")
