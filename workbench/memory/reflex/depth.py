"""Chooses the depth of a recall from the wording of a question.

After NeuralMemory: what asks for reasons or feelings goes deep, what asks for habits goes for
patterns, how, comparisons and before or after go for context, all else is a lookup. Several signs
are weighed against each other by how much they say.
"""

import re
from enum import StrEnum, unique
from typing import NamedTuple

from ingest.patterns import later
from workbench.errors import UsageError


@unique
class Depth(StrEnum):
    """How far recall goes: 1 hop, 3, 4, or as many as the settings allow."""

    INSTANT = "instant"
    CONTEXT = "context"
    HABIT = "habit"
    DEEP = "deep"


#: What may be asked for; "auto" looks at the question.
DEPTHS = (*Depth, "auto")


class _Sign(NamedTuple):
    """A sign of a depth: how much it is worth, and the phrases that give it."""

    depth: Depth
    worth: float
    phrases: re.Pattern[str]


def _sign(depth: Depth, worth: float, spaced: str, dense: str) -> _Sign:
    """A sign of these phrases, one or more a line; `dense` are in scripts without spaces."""
    whole = "|".join(filter(None, spaced.split("\n")))
    return _Sign(depth, worth, later(rf"\b(?:{whole})\b|{dense}"))


_FEELING = r"""
how (?:did|do|does) (?:i|you|we|he|she|they) feel|feel about|feelings?|emotions?|mood
(?:i|you|we|he|she|they) felt
wie (?:ging es|geht es|fühlten?|fühlen?|fühlst)|gefühle?|stimmung
sentiments?|ressenti|ressens|émotions?|humeur|sentimientos?|emociones|sentimenti
sentimentos?|gevoelens?|cảm thấy|cảm xúc|tâm trạng|чувств\w*|настроение
"""
_REASON = r"""
why|how come|what for|what (?:made|makes|led|brought)|reasons?|causes?|caused|because
warum|wieso|weshalb|weswegen|gründe?|ursachen?|pourquoi|raisons?|à cause de
por qué|porqué|razón|razones|motivos?|perché|ragioni?|por que|porquê|razão|razões
waarom|reden(?:en)?|oorzaak|varför|hvorfor|dlaczego|proč|miksi|neden|niçin|γιατί|miért
tại sao|vì sao|lý do|почему|зачем|отчего|причин\w*|mengapa|kenapa|क्यों|لماذا|למה
"""
_HABIT = r"""
usual(?:ly)?|typical(?:ly)?|patterns?|often|always|habits?|habitual(?:ly)?|routines?
regularly|normally|generally|every (?:day|week|month|year|time)|each time|tend to|mostly
on (?:mon|tues|wednes|thurs|fri|satur|sun)days
normalerweise|gewöhnlich|üblicherweise|meistens|oft|immer|gewohnheit(?:en)?|jedes mal
d'habitude|habituellement|souvent|toujours|chaque fois|normalmente|suelo|sueles|suele
siempre|a menudo|cada vez|di solito|spesso|sempre|geralmente|costumo|costuma
meestal|vaak|altijd|gewoonlijk|vanligtvis|zazwyczaj|обычно|часто|всегда|привычк\w*
thường|luôn|mỗi khi
"""
_HOW = r"""
how (?:did|was|were|to|do|does|is|are|can|could|would|should|has|have|had|will)
in what way|by what means
wie (?!viel|alt\b|groß\b|hoch\b|lang\b|weit\b|heißt\b|spät\b)\w+
auf welche weise|comment|de quelle (?:façon|manière)|cómo|como se|hoe (?:kan|moet|doe|werk)\w*
come (?:si|mai|posso|fa|fare|funziona)|như thế nào|làm sao|thế nào|ra sao|hur gör|hvordan
как|каким образом
"""
_COMPARING = r"""
compared?|comparison|differences?|differ|versus|vs|better|worse|similar(?:ities)?
vergleich\w*|unterschied\w*|besser|schlechter|différences?|comparer|mieux|meilleure?
diferencias?|mejor|peor|differenz\w*|meglio|peggio|diferenças?|melhor|verschil\w*|beter
so sánh|khác nhau|giống nhau|сравни\w*|разниц\w*|отлича\w*|лучше|хуже
"""
_AROUND = r"""
before|after|afterwards|then|meanwhile|while|until|during
vor|nach|danach|davor|bevor|nachdem|während|avant|après|ensuite|pendant
antes|después|luego|mientras|durante|dopo|mentre|depois|enquanto
voordat|nadat|tijdens|trước|sau|rồi|до|после|затем|перед|во время
"""

_SIGNS = (
    _sign(Depth.DEEP, 1.5, _FEELING, "感觉|感受|心情|感情|気持ち|기분|느낌"),
    _sign(Depth.DEEP, 1.2, _REASON, "为什么|為什麼|为何|為何|原因|なぜ|どうして|理由|왜"),
    _sign(Depth.HABIT, 1.3, _HABIT, "通常|经常|總是|总是|习惯|習慣|いつも|たいてい|よく|보통|항상"),
    _sign(Depth.CONTEXT, 1.2, _HOW, "怎么|怎麼|如何|怎样|怎樣|どうやって|どのように|어떻게"),
    _sign(Depth.CONTEXT, 1.2, _COMPARING, "比较|比較|区别|區別|不同|違い|차이"),
    _sign(Depth.CONTEXT, 0.5, _AROUND, "之前|之后|之後|以前|以后|以後|前に|後に|あとで|전에|후에"),
)

#: Lookups that only sound like how: they want a number.
_NUMBERS = later(
    r"\bhow (?:many|much|old|tall|far|long|big|high|deep|heavy|wide|fast|large|late|soon)\b"
)

_TIMES_AND_NAMES = 2
_MANY_WORDS = 5


def depth_of(question: str, named: int = 0, keywords: int = 0) -> Depth:
    """The depth that a question wants.

    `named` is how many times, places and names it mentions, `keywords` how many other things that
    say something: where it has several of them they may only meet in the context.
    """
    text = " ".join(question.casefold().replace("’", "'").split())
    told = _NUMBERS.sub(" ", text)
    worth: dict[Depth, float] = {}
    for sign in _SIGNS:
        met = len({match[0] for match in sign.phrases.finditer(told)})
        if met:
            worth[sign.depth] = worth.get(sign.depth, 0.0) + met * sign.worth
    if worth:
        return max(worth, key=lambda each: worth[each])
    if named >= _TIMES_AND_NAMES or keywords >= _MANY_WORDS:
        return Depth.CONTEXT
    return Depth.INSTANT


def depth_named(name: str | None) -> Depth | None:
    """The depth of this name; None for None, "" and "auto". Raises `UsageError` for another."""
    if name is None or not name.strip() or name.strip().casefold() == "auto":
        return None
    try:
        return Depth(name.strip().casefold())
    except ValueError:
        raise UsageError(
            f"There is no depth called “{name}”.", f"Use one of {', '.join(Depth)}, or auto."
        ) from None


def hops(depth: Depth, most: int) -> int:
    """How many hops a depth may go where the settings allow `most`."""
    return {Depth.INSTANT: 1, Depth.CONTEXT: min(3, most), Depth.HABIT: max(4, most)}.get(
        depth, most
    )
