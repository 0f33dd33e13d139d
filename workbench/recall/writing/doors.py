"""The door of written answers, as the library opens it to window, command line and notebooks."""

import time
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.models import ollama
from ingest.models.records import Model, Said, Server
from workbench.errors import Cancelled, InputError, NotFoundError
from workbench.jobs import Cancel
from workbench.models import choices, server
from workbench.recall.records import Answer

if TYPE_CHECKING:
    from workbench.recall.writing.prompting import Prompt
    from workbench.recall.writing.writing import OnDraft

_NOTHING_SHOWN = "No passage could be given to the model."


class WritingDoors:
    """What a library can have written; `Library` is one."""

    def writes(self) -> bool:
        """Whether a model is chosen that writes answers. Contacts nobody."""
        return bool(choices.load().dialogue)

    def write(
        self,
        answer: Answer,
        *,
        turns: Sequence[Answer] = (),
        on_draft: "OnDraft | None" = None,
        cancel: Cancel | None = None,
    ) -> Answer:
        """The answer in written sentences by the model chosen for dialogue, each one checked.

        `answer` is what `ask` gave; its quotes are the evidence. `turns` are the answers before it
        in a conversation: what those cited goes along where the question goes on from them, and
        may answer one that `ask` could not. `on_draft` is called on this thread with each piece.
        `cancel` keeps what is written so far. Whatever goes wrong with the model, the quotes come
        back with one sentence in `note`; where there is nothing to write from, nothing is asked.
        """
        # How answers are written and checked is loaded by the first that is, not to open a library.
        from workbench.recall.writing.injection import marked
        from workbench.recall.writing.prompting import prompt
        from workbench.recall.writing.turns import cited_only, going_on, with_earlier, writable
        from workbench.recall.writing.writing import STOPPED, unseen, written

        if not writable(answer, turns):
            return answer
        stop = cancel or Cancel()
        begun = time.perf_counter()
        try:
            there, model = server.chosen("dialogue", stop)
        except Cancelled:
            return replace(answer, note=STOPPED)
        except (InputError, NotFoundError) as error:
            return replace(answer, note=error.message, hint=error.hint)
        context = min(ollama.CONTEXT, model.context or ollama.CONTEXT)
        before = going_on(answer.question, turns)
        wider = marked(with_earlier(answer, before))
        asked = prompt(wider, before, context)
        if not asked.shown:
            return replace(answer, cut=asked.cut, note=_NOTHING_SHOWN)
        pieces = _pieces(there, model, asked, context, stop)
        with closing(pieces):
            made = written(
                wider, asked, pieces, model.name, on_draft=on_draft or unseen, begun=begun
            )
        if made.hint:
            # The server may have gone; the next answer looks for it anew.
            server.forget()
        if made.mode != "written":
            return replace(made, evidence=answer.evidence)
        return cited_only(replace(made, abstained=False))


def _pieces(
    there: Server, model: Model, asked: "Prompt", context: int, stop: Cancel
) -> Generator[str | Said, None, None]:
    from workbench.recall.writing.prompting import ANSWER_TOKENS

    with server.told():
        yield from ollama.chat(
            there,
            model,
            asked.messages,
            context=context,
            most=ANSWER_TOKENS,
            keep_alive=choices.load().keep_alive,
            check=stop.check,
        )
