"""Separates the reasoning that a model prints from its answer.

Newer servers send it in a field of its own; with older ones, and some models, the answer begins
with `<think> … </think>`. A tag may come in pieces.
"""

_OPEN, _CLOSE = "<think>", "</think>"
#: Letters of thinking that are kept.
_LIMIT = 100_000


class Thoughts:
    """Hears an answer piece by piece; `text` is what was answered, `thinking` what was thought."""

    def __init__(self) -> None:
        self.text = ""
        self.thinking = ""
        #: Letters of both together.
        self.letters = 0
        self._held = ""
        self._state = "begin"
        self._parts: list[str] = []

    def hear(self, content: str, reasoning: str = "") -> str:
        """Take the next piece in; returns what of the answer can be shown now."""
        self.letters += len(content) + len(reasoning)
        self._record(reasoning)
        if self._state == "answer":
            return self._answer(content)
        self._held += content
        if self._state == "begin":
            started = self._held.lstrip()
            if not started or (_OPEN.startswith(started) and started != _OPEN):
                return ""
            if not started.startswith(_OPEN):
                return self._release()
            self._state, self._held = "thinking", started[len(_OPEN) :]
        inside, closed, after = self._held.partition(_CLOSE)
        if not closed:
            return ""
        self._record(inside)
        self._held = after.lstrip()
        return self._release()

    def end(self) -> str:
        """Nothing more comes; returns what was held back of the answer."""
        visible = ""
        if self._state == "begin":
            visible = self._release()
        elif self._state == "thinking":
            self._record(self._held)
        self.text = "".join(self._parts)
        return visible

    def _record(self, reasoning: str) -> None:
        if reasoning and len(self.thinking) < _LIMIT:
            self.thinking += reasoning

    def _release(self) -> str:
        pending, self._held, self._state = self._held, "", "answer"
        return self._answer(pending)

    def _answer(self, content: str) -> str:
        if content:
            self._parts.append(content)
        return content
