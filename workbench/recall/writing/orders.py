"""Passages that speak to a model rather than to a reader: they are never read out to one.

A list of wordings catches what is known of such texts and no more; what gets past it meets a model
without tools, and the check of every sentence against what it cites. Greshake et al., "Not what
you've signed up for" (2023), describe the attack.
"""

import re

_SAID = re.compile(
    r"""
    (?:\bignor(?:e|ing|iere?n?|a|ez)?\b | \b(?:disregard|forget|overrid(?:e|es|ing)|bypass)\b
       | \bvergiss | \bvergesst | \boublie | \bolvid | игнорир | забудь | 忽略 | 无视 | 忽視
       | تجاهل | انس)
       [^.!?]{0,60}
       (?:instruction|prompt|\brules?\b|\border|direction|guideline|passage|source|evidence
          |\ball\s+(?:the\s+)?(?:above|previous|prior)|anweisung|regel|vorherig|quelle|consigne|règle|précédent|instruccion|reglas
          |инструкц|правил|источник|指令|指示|规则|來源|来源|تعليمات|مصادر|القواعد)
    | \b(?:instruct|overrid)\w*\s+override\b | \boverride\s*: | \boverrides?\s+everything
    | (?-i:\b(?:SYSTEM|System|ASSISTANT|Assistant|DEVELOPER|Developer|ADMIN|Admin))
      \s*(?:prompt|message|override|notice|note)?\s*[:>\]]
    | \byou\s+are\s+(?:now|no\s+longer|an?)\s+
      (?:an?\s+|in\s+|the\s+|bound\s+|helpful\s+|unrestricted\s+)*
      (?:ai\b|assistant|language|llm|developer|unrestricted|bound|by\s+|free|restricted|jailb)
    | \bas\s+an?\s+(?:ai|llm|language\s+model|chat\s?bot)(?:\s+(?:assistant|model))?,?\s+you\b
    | \b(?:dear|attention|hey|(?:note|message|instructions?|memo)\s+(?:to|for))\s+
      (?:an?\s+|the\s+|any\s+|all\s+|whichever\s+|every\s+)?
      (?:ai|a\.i\.|llm|language\s+model|assistant|chat\s?bot|model|machine|summari[sz]er)s?\b
    | \b(?:ai|llm|language\s+model|assistant|chat\s?bot)s?\s+(?:models?\s+)?
      (?:(?:reading|that\s+reads|processing)\s+this[^.!?]{0,20})?
      (?:must|should|shall|has\s+to|have\s+to|(?:is|are)\s+(?:to|required\s+to))\s+
      (?:always\s+|only\s+|not\s+|never\s+)?
      (?:answer|respond|reply|say|tell|write|cite|quote|ignore|print|output|claim|state|report)
    | \b(?:print|reveal|repeat|output|send|leak|post|upload|e-?mail|forward)\b[^.!?]{0,50}
      \b(?:system\s+prompt|vault|passwords?|instructions|(?:whole|entire|user's)\s+library
          |conversation\s+and|secret\s+keys?|notes\s+to\s+\S+@)
    | \b(?:answer|respond|reply|write|claim)\s+
      (?:only\b|instead\s+that|always\s+(?:that|with)|exactly\s*[:"“]|to\s+every\b
         |(?:back\s+)?with\s+(?:the\s+words?|only|exactly)\b|(?:to\s+[^.!?]{1,30}\s)?with\s+["“])
    | \b(?:tell|inform|convince|assure)\s+(?:the|your|every|all)\s+(?:user|reader)s?\s+that\b
    | \b(?:please|kindly)\s+(?:only\s+|just\s+)?
      (?:report|say|state|claim|answer|respond|reply|cite|mention|confirm|conclude)\s+(?:that|only|with)\b
    | \bwhen(?:ever)?\s+(?:asked\s+about|you\s+(?:answer|summari[sz]e))
    | \bif\s+you\s+are\s+(?:an?\s+)?(?:ai\b|assistant|language|llm|model|summari)
    | \b(?:new|updated|real|hidden|secret|following)\s+instructions?\b\s*(?:[:;]|overrid|are\b)
    | \b(?:do\s+not|don't|never)\s+(?:cite|quote|use|trust)\b[^.!?]{0,30}
      \b(?:other|these|those|any)\s+(?:sources?|passages?|evidence|documents?)
    | \b(?:cite|quote)\s+(?:only\s+)?this\s+(?:passage|document|source|text)\b
    | \b(?:all|any|every|each|the)\s+other\s+(?:passage|source|document|text|book|quote)s?
      (?:\s+(?:here|above|below|given|shown))*\s+(?:(?:is|are|was|were)\s+(?:an?\s+)?(?:forg|fak|fals|wrong|lie|lying|outdated|untrue|invent)|must\b|should\b)
    | \b(?:report|write|say|state)\s+so\b(?=\s*[.!;]|\s*$)
    | </?\s*(?:passage|system|instruction|user|assistant|s)\b | \[/?INST\] | <\|.{1,30}\|>
    | \#{2,}\s*(?:system|instruction|response|user)
    | \b(?:jailbreak|dan\s+mode|developer\s+mode|prompt\s+injection)
    | \b(?:call|invoke)\s+the\s+(?:tool|function)\s+\w+_\w+
    | \b(?:run|execute)\s+(?:the|this)\s+(?:shell|command|script|tool)
    | (?:du|sie)\s+(?:bist|sind)\s+(?:jetzt|nun)\s+ein | antworte\s+(?:nur|immer|stets)
    | (?:tu|vous)\s+(?:es|êtes)\s+(?:maintenant|désormais)\s+une?
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
