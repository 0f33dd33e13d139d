"""How far a language model has read a library."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ModelReadingState:
    """How far a model with one version of its prompt has read this library.

    `done` engrams of `total`; `refused` triples were about nothing that was read. `trouble` says
    in one sentence why it cannot read now, `warning` why what it gave is less than it should be.
    """

    model: str
    prompt: int
    done: int
    total: int
    sentences: int
    triples: int
    refused: int
    unread: int
    trouble: str = ""
    warning: str = ""
