"""Passages that speak to a model rather than to a reader: they are never read out to one.

A list of wordings catches what is known of such texts and no more; what gets past it meets a model
without tools, and the check of every sentence against what it cites. Greshake et al., "Not what
you've signed up for" (2023), describe the attack.
"""

import re

_SAID = re.compile(
    r"""
    (?:ignor|disregard|forget|overrid|bypass|vergiss|vergessen|ignorier|ignore[zr]|oublie|olvid|
       игнорир|забудь|忽略|无视|忽視|تجاهل|انس)\w*.{0,60}
       (?:instruction|prompt|rule|order|direction|guideline|passage|source|evidence|above|previous|
          prior|anweisung|regel|vorherig|quelle|consigne|règle|précédent|instruccion|reglas|
          инструкц|правил|источник|指令|指示|规则|來源|来源|تعليمات|مصادر|القواعد)
    | \b(?:system|assistant|developer|admin(?:istrator)?)\s*(?:prompt|message|override|notice|note)?
      \s*[:>\]]
    | \byou\s+are\s+(?:now|no\s+longer|an?\s+(?:ai|assistant|language|llm|unrestricted))
    | \b(?:as|dear|attention|hey|note\s+to|message\s+(?:to|for)|for)\s+
      (?:an?\s+|the\s+|any\s+|all\s+)?
      (?:ai|a\.i\.|llm|language\s+models?|assistants?|chat\s?bots?|models?)\b
    | \b(?:ai|llm|language\s+model|assistant|chat\s?bot|model)s?\b.{0,40}
      \b(?:must|should|shall|will|has\s+to|have\s+to|is\s+(?:to|required)|are\s+(?:to|required))\b
    | \b(?:print|reveal|repeat|output|send|leak|show|post|upload|e-?mail|forward)\b.{0,50}
      \b(?:system\s+prompt|vault|secret|password|instructions|library|conversation|key)s?\b
    | \b(?:answer|respond|reply|say|state|write|claim|tell\s+(?:the\s+)?(?:user|reader))\b
      .{0,40}\b(?:only|instead|always|exactly|that\s+all|to\s+every|with\s+the\s+words?)\b
    | \bwhen(?:ever)?\s+(?:asked|you\s+(?:answer|summari[sz]e|read))
    | \bif\s+you\s+are\s+(?:an?\s+)?(?:ai|assistant|language|llm|model|summari)
    | \b(?:new|updated|real|hidden|secret|following)\s+instructions?\b
    | \b(?:do\s+not|don't|never)\s+(?:cite|quote|mention|use|trust|believe)\b.{0,40}
      (?:source|passage|evidence|other|document)
    | \b(?:cite|quote)\s+(?:only\s+)?this\s+(?:passage|document|source|text)
    | </?\s*(?:passage|system|instruction|user|assistant|s)\b | \[/?INST\] | <\|.{1,30}\|>
    | \#{2,}\s*(?:system|instruction|response|user)
    | \b(?:jailbreak|dan\s+mode|developer\s+mode|prompt\s+injection)
    | \b(?:call|invoke|execute|run|use)\s+(?:the\s+)?(?:tool|function|command|shell|plugin|browser)
    | (?:du|sie)\s+(?:bist|sind)\s+(?:jetzt|nun)\b | antworte\s+(?:nur|immer|stets)
    | (?:tu|vous)\s+(?:es|êtes)\s+(?:maintenant|désormais)
    | réponds?(?:ez)?\s+(?:seulement|toujours)
    | отвечай\s+(?:только|всегда) | ты\s+теперь
    | 你现在是 | 只(?:能)?回答 | 请回答
    | أجب\s+(?:فقط|دائما)
    | أنت\s+الآن
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)


def gives_orders(text: str) -> bool:
    """Whether a text seems to tell a language model what to do."""
    return _SAID.search(text) is not None
