"""The fields of an answer for scripts."""

from workbench.cli.output import plain
from workbench.memory.facts.records import Fact, Value
from workbench.recall.answered.saved import Answered
from workbench.recall.records import Answer, AnswerSentence, Evidence


def _fields(record: object, names: str) -> dict[str, object]:
    return {name: plain(getattr(record, name)) for name in names.split()}


def answer_record(answer: Answer) -> dict[str, object]:
    """The fields of `ask --json`, in their fixed order."""
    quoted = [value for value in (answer.told, *answer.also_told) if value is not None]
    return {
        **_fields(answer, "question mode abstained"),
        "confidence": round(answer.confidence, 4),
        "value": answer.value,
        "sentences": [
            # Quoted statements are sentences without a citation.
            *(
                {"text": value.fact.text, "citations": [], "supported": True}
                for value in quoted
                if value.value is None
            ),
            *map(_sentence_record, answer.sentences),
        ],
        "evidence": [_evidence_record(evidence) for evidence in answer.evidence],
        "coverage": plain(answer.coverage),
        "milliseconds": round(answer.milliseconds, 2),
        **_fields(answer, "suggestion about asked_as others"),
        "told": None if answer.told is None else _value_record(answer.told),
        **({"also_told": list(map(_value_record, answer.also_told))} if answer.also_told else {}),
        "near": [_fact_record(fact) for fact in answer.near],
        **(_fields(answer, "model prompt cut note hint") if answer.model or answer.note else {}),
        **(_fields(answer, "differs") if answer.differs else {}),
        **(_fields(answer, "brought") if answer.thought else {}),
        **(_fields(answer, "depth recalled") if answer.depth else {}),
    }


def saved_record(saved: Answered) -> dict[str, object]:
    """The fields of a saved answer."""
    return {
        **_fields(saved, "id asked redacted"),
        **answer_record(saved.written or saved.answer),
    }


def _sentence_record(sentence: AnswerSentence) -> dict[str, object]:
    """The fields of a sentence; only a study has headings."""
    return _fields(sentence, f"text citations supported{' heading' * bool(sentence.heading)}")


def _value_record(value: Value) -> dict[str, object]:
    return {**_fact_record(value.fact), "confidence": round(value.confidence, 4)}


def _fact_record(fact: Fact) -> dict[str, object]:
    return {"engram": fact.id, **_fields(fact, "text collection sources at")}


def _evidence_record(evidence: Evidence) -> dict[str, object]:
    optional = [name for name in ("reasons", "via", "path") if getattr(evidence, name)]
    optional += ["places", "elsewhere"] if evidence.places else []
    return {
        **_fields(evidence, "n engram quote"),
        "score": round(evidence.score, 4),
        "tags": list(evidence.tags),
        "tiers": {tier: round(share, 4) for tier, share in evidence.tiers.items()},
        "source": _fields(evidence.source, "id key title path"),
        "locator": _fields(evidence.locator, "page page_label chapter start end seconds box"),
        **_fields(evidence, " ".join(optional)),
    }
