"""Questions as patterns: a clause with a gap.

Questions have a grammar of their own: [preposition] [question phrase] auxiliary subject verb rest.
A stranded preposition is the gap; without an auxiliary the subject is. A question with an unused
word is no pattern.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from ingest.language.clauses import ClauseReader
from ingest.language.coreference import compared, resolved
from ingest.language.groups import may_begin, phrasal, remaining
from ingest.language.key_values import key_phrase
from ingest.language.lexical import is_unspaced
from ingest.language.normalization import resulting
from ingest.language.nouns import singular
from ingest.language.politeness import unprefaced
from ingest.language.question_clauses import QuestionReader
from ingest.language.records import Clause, Phrase, Tense, Token, with_role
from ingest.language.remainder import question_language
from ingest.language.tagging import tagged
from ingest.language.unasserted import Former, former
from ingest.language.verbs import past_participle
from ingest.language.word_lists import measures, words

#: Question words.
WH = ("who", "whom", "whose", "what", "which", "where", "when", "why", "how")
_AT_PRESENT = re.compile(
    r"\b(?:right now|at the moment|at present|these days|by now)\b", re.IGNORECASE
)
_NAME_QUESTION = re.compile(r"^what (is|are|was|were) (.+) (?:called|named)$", re.IGNORECASE)
_NAMING_VERB = re.compile(r"\b(is|are|was|were) (?:called|named) (?=[A-Z])")
#: Additional cost allowed for alternative readings.
_AS_LIKELY = 0.25
_US = ("i", "we")
#: “What is there still to do?”, “What are my open TODOs?”, “Which tasks are open?”
_TO_DO = re.compile(
    r"(?i)^(?:what(?: is|'s) (?:there |still |left )*to (?:do|be done)"
    r"|(?:what|which) (?:are|is) (?:my |the )?(?:open )?(?:to-?dos?|tasks)"
    r"|(?:what|which) (?:to-?dos|tasks) (?:are|is|do i have)(?: \w+)?"
    r"|what(?: is|'s) on my (?:to-?do )?list|what (?:still )?needs doing)$"
)
_SINCE_WHEN = re.compile(r"(?i)^since when (?=(?:is|are|was|were|am)\b)")
#: The restriction of a former value to the first one.
OLDEST = "first"
#: What question words ask for, whatever the clause is.
_HOLES = {
    "why": "reason",
    "how": "manner",
    "how often": "frequency",
    "how long": "duration",
    "how adjective": "amount",
    "how much": "price",
    "how many": "count",
    "whose": "owner",
    "whose noun": "owner",
}
_TIMES = ("time", "day", "date", "year", "month", "weekday")


@dataclass(frozen=True, slots=True)
class Question:
    """A question as a pattern: `hole` is the role of the gap, "" for yes or no.

    A hole is a role of a clause, a preposition after "to:", or one of place, time, reason, owner,
    count, amount, duration, frequency, deed. `noun` and `mods` restrict its sort (“which hall”),
    `wh` is the question word, `adjective` the quality measured or a restriction of time. `state` is
    the same question about the state that results from a passive.
    """

    text: str
    clause: Clause
    hole: str = ""
    wh: str = ""
    noun: str = ""
    mods: frozenset[str] = frozenset()
    adjective: str = ""
    state: Clause | None = None
    surely: bool = False
    former: bool = False


def question_of(text: str) -> Question | None:
    """The pattern of an English question; None if it cannot be analysed."""
    return next(iter(questions_of(text)), None)


@lru_cache(1000)
def questions_of(text: str) -> tuple[Question, ...]:
    """The patterns of an English question, likeliest first: “the cat eat dry food” has two."""
    plain = unprefaced(_plain(text))
    match = _NAME_QUESTION.match(plain)
    if match:
        plain = f"what {match[1]} the name of {match[2]}"
    plain = _NAMING_VERB.sub(lambda m: f"{m[1]} ", plain)
    former_question = former(plain)
    is_shorter = former_question is not None and former_question.text != plain
    earlier = _earlier(text, former_question) if former_question and is_shorter else ()
    if earlier and former_question and former_question.surely:
        return earlier
    tokens = tagged(plain)
    if not tokens or len(tokens) > 30:
        return ()
    verbless = _verbless(plain, tokens)
    is_verbless = verbless and tokens[0].low in WH and not _has_verb(tokens)
    readings = verbless if is_verbless else _read(QuestionReader(plain, tokens)) or verbless
    if readings and not readings[0].hole and any(token.low == "or" for token in tokens):
        # “tea or coffee?” asks which of them
        return ()
    patterns = [_finished(replace(reading, text=text)) for reading in readings]
    if former_question and not is_shorter:
        # “Who used to chair the club?”
        patterns = [replace(pattern, former=True) for pattern in patterns]
    paraphrasers = (_by_marriage, _as_location, _as_schedule, _as_price, _as_choice)
    paraphrases = (other(reading) for reading in patterns for other in paraphrasers)
    measured = (other for reading in patterns for other in _as_amount(reading))
    return (
        *patterns,
        *(reading for reading in paraphrases if reading is not None),
        *measured,
        *_since_it_is(text, plain),
        *earlier,
    )


def asks_of_past(text: str) -> bool:
    """Whether a question asks for what was, rather than for what is."""
    return any(
        pattern.former or pattern.clause.tense == "past" for pattern in questions_of(text)[:1]
    )


def _earlier(text: str, former_question: Former) -> tuple[Question, ...]:
    """The patterns of a question about a former value."""
    return tuple(
        replace(pattern, text=text, former=True, adjective=OLDEST if former_question.first else "")
        for pattern in questions_of(former_question.text)
    )


def _since_it_is(text: str, plain: str) -> Iterator[Question]:
    """Yield “Since when is my plan pro?” as the time of “Is my plan pro?”.

    What follows the verb could be one phrase, as in “Since when is my brown dog”.
    """
    since = _SINCE_WHEN.match(plain)
    for pattern in questions_of(plain[since.end() :]) if since is not None else ():
        subject, complement = pattern.clause.subject, pattern.clause.complement
        if pattern.clause.verb == "be" and complement is not None:
            inverted = replace(pattern.clause, subject=complement, complement=subject)
            for clause in (pattern.clause, inverted):
                yield replace(
                    pattern, text=text, clause=clause, hole="time", wh="when", adjective="since"
                )


def _has_verb(tokens: list[Token]) -> bool:
    """Whether a possible noun agrees as a verb: “which shops sell bread?”, “what Bo drives?”."""
    common = words("functional") | words("stative")
    for previous, token in pairwise(tokens[1:]):
        plural = "N" in previous.tags and singular(previous.low) != previous.low
        frequent = token.low in common and "B" in token.tags and token is not tokens[-1]
        if plural and (token.tags[0] == "B" or frequent):
            return True
        if tokens[0].low == "what" and previous.tags == "E" and "V" in token.tags:
            return True
    return False


def _verbless(text: str, tokens: list[Token]) -> list[Question]:
    """“Falun status”, “wifi password?”, “which version?”, “how many riders?”."""
    wh, first = tokens[0].low, 0
    language = question_language(text)
    if is_unspaced(text) or (language is not None and language[0] != "en"):
        return []
    if wh == "how" and len(tokens) > 2 and tokens[1].low in ("many", "much"):
        noun = ClauseReader(text, tokens).parser.phrase(2, len(tokens))
        if noun is None or noun.kind not in ("noun", "time") or noun.determiner or noun.owner:
            return []
        count = Question(text, Clause(""), "count", "how many", noun.head, noun.mods)
        return [count]
    if wh in ("what", "which", "why") and len(tokens) > 1:
        first = 1
        past = len(tokens) > 2 and "V" in tokens[1].tags and tokens[1].tags[0] != "N"
        if past and (tokens[2].tags[0] in "DSE" or tokens[2].low == "to"):
            # “what caused the floods”
            return []
    if any(token.tags[0] in "VMXHOWw" for token in tokens[first:]):
        return []
    key = key_phrase(text, tokens[first].start, tokens[-1].end)
    if key is None or (
        not first and key.kind == "name" and len(tokens) == 1 and key.text.istitle()
    ):
        # A name alone asks for nothing.
        return []
    if wh == "why":
        # “why Postgres?”
        return [Question(text, _decision(key), "reason", "why")]
    return [Question(text, Clause("be", replace(key, kind="noun")), "complement")]


def _as_choice(question: Question) -> Question | None:
    """“Why did we decide to use Postgres?” as “Why Postgres?”."""
    chosen = question.clause.object
    if question.hole != "reason" or question.clause.modality != "planned" or chosen is None:
        return None
    return replace(question, clause=_decision(chosen))


def _decision(about: Phrase) -> Clause:
    """A decision about something."""
    return Clause("decide", prepositions=(("about", about),), tense="past")


def _by_marriage(question: Question) -> Question | None:
    """“My mother-in-law” as the mother of my spouse."""
    subject = question.clause.subject
    if subject is None or not subject.head.endswith("-in-law") or subject.owner is None:
        return None
    spouse = replace(subject, head="spouse", mods=frozenset())
    kinship = replace(subject, head=subject.head.removesuffix("-in-law"), owner=spouse)
    return replace(question, clause=replace(question.clause, subject=kinship))


def _as_location(question: Question) -> Question | None:
    """“Where did I leave the car?” as its location."""
    clause = question.clause
    if question.hole != "place" or clause.verb not in words("put") or clause.object is None:
        return None
    if clause.subject is None or clause.subject.head not in ("i", "we") or clause.prepositions:
        return None
    return replace(question, clause=Clause("be", clause.object))


def _as_schedule(question: Question) -> Question | None:
    """“What time does the class start?” as its time."""
    clause = question.clause
    starts = question.hole == "time" and clause.verb in ("start", "begin")
    if not starts or clause.object is not None or question.adjective:
        return None
    return replace(question, clause=replace(clause, verb="be"))


def _as_amount(question: Question) -> Iterator[Question]:
    """“How much do I weigh?” as my weight."""
    clause = question.clause
    if question.hole != "price" or clause.object is not None or clause.complement is not None:
        return
    for adjective, measure in measures().items():
        if clause.verb in measure.verbs & words("measuring"):
            yield replace(question, hole="amount", adjective=adjective)


def _as_price(question: Question) -> Question | None:
    """“How much do we pay for the garage?” as its price."""
    clause = question.clause
    goods = clause.role("for")
    if question.hole not in ("price", "object") or clause.verb != "pay" or goods is None:
        return None
    if clause.object is not None or clause.subject is None or clause.subject.head not in _US:
        return None
    cost = with_role(replace(clause, verb="cost", subject=goods), "for", None)
    return replace(question, clause=cost, hole="price")


def _plain(text: str) -> str:
    plain = text.replace("’", "'").strip().rstrip(" ?!.")
    plain = re.sub(r"(?i)^(who|what|where|when|how|which)'?s\b", r"\1 is", plain)
    plain = re.sub(r"(?i)^(who|what|where|when|how)'re\b", r"\1 are", plain)
    plain = re.sub(
        r"(?i)^(?:can|could|would|will) you (?:please )?tell (?:me|us) (?=(?:the|my|our)\b)",
        "what is ",
        plain,
    )
    plain = re.sub(r"(?i)^what am i called$", "what is my name", plain)
    plain = _TO_DO.sub("what do I have to do", plain)
    plain = re.sub(r"(?i)\bcan't\b", "can not", re.sub(r"(?i)\bwon't\b", "will not", plain))
    plain = re.sub(r"(?i)\b(who|which \w+) is got\b", r"\1 has", plain)
    plain = re.sub(
        r"(?i)\b(has|have) (\w+) got\b",
        lambda m: f"{'does' if m[1].lower() == 'has' else 'do'} {m[2]} have",
        plain,
    )
    plain = re.sub(r"(?i)\b(has|have) got\b", r"\1", plain)
    plain = re.sub(
        r"(?i)\b(do|does|did|am|is|are|have|has) ((?:my |the |our )?\w+)"
        r" (?:need|have|supposed) to (\w+)",
        r"should \2 \3",
        plain,
    )
    plain = re.sub(
        r"(?i)^what (?:needs|has|have|is left|remains) to be done", "what should I do", plain
    )
    plain = re.sub(r"(?i)\bdo for (?:a living|work)$", "do", plain)
    return _AT_PRESENT.sub("now", plain)


def _read(reader: QuestionReader) -> list[Question]:
    """The likeliest readings of a question with a verb."""
    fronted = 1 if reader.tokens[0].may_be("IT") and reader.low(1) in WH else 0
    if reader.low(fronted) not in WH:
        embedded = reader.low(0) in ("if", "whether")
        clauses = reader.declarative(1) if embedded else reader.inverted(0)
        polar = [
            (cost, Question(reader.text, clause))
            for cost, clause, stranded in clauses
            if not stranded
        ]
        return _likeliest(polar)
    preposition = reader.low(0) if fronted else ""
    for focus, begin in _foci(reader, fronted):
        has = focus.wh == "how many" and reader.low(begin) in ("has", "have", "had")
        # “how many hens have stopped laying?” is answered by a number of hens
        participle = begin + 1 < reader.length and "L" in reader.tokens[begin + 1].tags
        clauses = reader.possession(begin) if has and not participle else reader.open(begin)
        readings: list[tuple[float, Question]] = []
        for cost, clause, stranded in clauses:
            question = _with_hole(replace(focus, clause=clause), preposition, stranded)
            if question is not None:
                readings.append((cost, question))
        if readings:
            return _likeliest(readings)
    return []


def _likeliest(readings: list[tuple[float, Question]]) -> list[Question]:
    """The cheapest reading of each verb, without much costlier ones."""
    readings.sort(key=lambda reading: reading[0])
    likely = [reading for cost, reading in readings if cost <= readings[0][0] + _AS_LIKELY]
    return list({reading.clause.verb: reading for reading in reversed(likely)}.values())[::-1]


def _foci(reader: QuestionReader, at: int) -> Iterator[tuple[Question, int]]:
    """The question word with its noun or adjective, and the start of the rest."""
    wh, following = reader.low(at), reader.low(at + 1)
    base = Question(reader.text, Clause(""), wh=wh)
    if wh == "how" and following in ("many", "much"):
        yield from _amounts(reader, at, base)
        return
    if wh == "how":
        if following in ("often", "long"):
            yield replace(base, wh=f"how {following}", adjective=following), at + 2
        elif (
            following
            and reader.tokens[at + 1].may_be("JR")
            and not may_begin(reader.tokens[at + 1])
        ):
            yield replace(base, wh="how adjective", adjective=following), at + 2
        yield base, at + 1
        return
    if wh in ("what", "which", "whose"):
        for begin in range(at + 2, min(reader.length + 1, at + 7)):
            noun = reader.clause_reader.parser.phrase(at + 1, begin)
            if noun is None or noun.kind not in ("noun", "name", "time") or noun.determiner:
                continue
            if noun.owner is not None and noun.owner.start > noun.start:
                # “which version of the driver”
                noun = replace(noun, owner=None, mods=noun.mods | noun.owner.words)
            if noun.owner is not None or (wh == "what" and noun.kind == "name"):
                # “what Bo drives” and “what Bo's sister likes” ask of her, and for no sort.
                continue
            if begin < reader.length and not may_begin(reader.tokens[begin]):
                continue
            yield (
                replace(base, wh=f"{wh} noun", noun=singular(noun.head), mods=noun.mods),
                begin,
            )
    yield base, at + 1


def _amounts(reader: QuestionReader, at: int, base: Question) -> Iterator[tuple[Question, int]]:
    """“how many apple trees”, “how much”."""
    # “how many of the chairs”
    of = reader.low(at + 2) == "of"
    # Preferably up to an auxiliary: “how many apple trees have …”.
    ends = range(at + 3, reader.length + 1)
    for begin in sorted(ends, key=lambda end: not reader.is_auxiliary(end)):
        noun = reader.clause_reader.parser.phrase(at + 2 + of, begin)
        if noun is None or noun.kind not in ("noun", "time"):
            continue
        if noun.head == "money":
            yield replace(base, wh="how much"), begin
        elif of or not noun.determiner:
            yield replace(base, wh="how many", noun=noun.head, mods=noun.mods), begin
    if reader.low(at + 1) == "much":
        yield replace(base, wh="how much"), at + 2


# -- the rest


def _with_hole(question: Question, pied: str, missing: str) -> Question | None:
    """The question with its gap; None if the clause has no open role."""
    clause, wh = question.clause, question.wh
    stranded = missing or pied
    if wh == "where" and stranded in ("up", "down", "out", "off", "away", "back"):
        # “Where did she grow up?”
        clause = replace(clause, adverbs=(*clause.adverbs, stranded))
        return replace(question, clause=clause, hole="place")
    if wh == "where":
        time = clause.complement
        if time is not None and time.kind == "time":
            # “Where was the fair last year?”
            timed = (*clause.prepositions, ("", time))
            question = replace(
                question, clause=replace(clause, complement=None, prepositions=timed)
            )
        return replace(question, hole=f"to:{stranded}" if stranded else "place")
    recipient = clause.object if clause.verb in words("give") and clause.second is None else None
    if recipient is not None and (
        wh == "how much" or (stranded == "for" and recipient.kind == "name")
    ):
        # “What do I owe Marco for?”
        clause = replace(clause, second=recipient, object=None)
        question = replace(question, clause=clause)
    times = wh in ("what noun", "which noun") and question.noun in _TIMES
    if wh == "when" or times:
        noun = question.noun if times else ""
        bound = stranded if stranded in ("until", "since", "till", "by", "from") else ""
        return replace(question, hole="time", adjective=bound, noun=noun)
    if wh in _HOLES:
        return replace(question, hole=_HOLES[wh])
    if stranded:
        return replace(question, hole=f"to:{stranded}")
    return _with_open_role(question, clause)


def _with_open_role(question: Question, clause: Clause) -> Question | None:
    """The question for the first open role of its clause."""
    wh = question.wh
    if (
        clause.verb == "do"
        and clause.object is None
        and clause.subject is not None
        and wh == "what"
    ):
        return replace(question, hole="deed")
    if clause.subject is None:
        return replace(question, hole="subject")
    if clause.verb == "be":
        if clause.complement is not None:
            return None
        return replace(question, hole="complement")
    if clause.object is None:
        return replace(question, hole="object")
    if clause.verb in words("give") and clause.second is None:
        if wh in ("who", "whom"):
            return replace(question, hole="second")
        swapped = replace(clause, second=clause.object, object=None)
        return replace(question, clause=swapped, hole="object")
    return None


def _finished(question: Question) -> Question:
    """The pattern in the active voice, with the restrictions of its adverbs."""
    clause = remaining(compared(resolved([question.clause], [])[0]))
    previous = any(a in words("before") for a in clause.adverbs)
    if clause.tense == "past" and "once" in clause.adverbs and not question.hole:
        # “Did Ann once sing?”
        previous = True
        clause = replace(clause, adverbs=tuple(a for a in clause.adverbs if a != "once"))
    surely = any(a in ("certainly", "definitely", "surely") for a in clause.adverbs)
    agent = clause.role("by")
    if clause.subject is not None and all(p for p, _ in clause.subject.inside):
        # “Does the office in Metz close at 5?”: the modifier may be anywhere in a fact.
        inside = clause.subject.inside
        base = replace(clause.subject, inside=())
        clause = replace(clause, subject=base, prepositions=(*inside, *clause.prepositions))
    question = replace(question, clause=clause, former=previous, surely=surely)
    subject, predicate = clause.subject, clause.object or clause.complement
    if clause.verb == "be" and subject is predicate is None and len(clause.prepositions) == 1:
        preposition, time = clause.prepositions[0]
        if not preposition:
            # “When is supper?”
            return replace(question, clause=replace(clause, subject=time, prepositions=()))
    if (
        clause.verb == "be"
        and subject is None
        and predicate is not None
        and predicate.head == "there"
    ):
        # “Which rooms are there?”
        return replace(question, clause=replace(clause, object=None, complement=None))
    if (
        clause.verb == "be"
        and subject is None
        and predicate is not None
        and predicate.kind != "adjective"
    ):
        clause = replace(clause, subject=predicate, object=None, complement=None)
        hole = "complement" if question.hole == "subject" else question.hole
        return replace(question, clause=clause, hole=hole)
    if subject is not None and subject.head == "there" and clause.verb == "be":
        clause = replace(clause, subject=predicate, object=None, complement=None)
        hole = "subject" if question.hole in ("complement",) else question.hole
        return replace(question, clause=clause, hole=hole)
    if phrasal(clause) is not clause:
        return replace(question, clause=phrasal(clause))
    if clause.verb == "become":
        hole = "complement" if question.hole == "object" else question.hole
        return replace(question, clause=resulting(clause), hole=hole)
    return _active(question, clause, agent) if clause.passive else replace(question, clause=clause)


def _active(question: Question, clause: Clause, agent: Phrase | None) -> Question:
    """The question of a passive clause in the active voice."""
    if clause.verb == "bear":
        return replace(question, clause=replace(clause, verb="born", passive=False))
    name = clause.complement or clause.object
    if clause.verb in words("passive_name") and name is not None and not question.hole:
        # “Is the boat called Marlin?”
        being = replace(clause, verb="be", passive=False, complement=name, object=None)
        return replace(question, clause=being)
    state = None
    if question.hole not in ("object", "second", "to:by") and not clause.progressive:
        participle = past_participle(clause.verb)
        adjective = Phrase(participle, participle, 0, 0, "adjective")
        state = replace(clause, verb="be", passive=False, complement=adjective, object=None)
    hole = question.hole
    if clause.verb == "marry":
        # Marriage is symmetric.
        whom = clause.role("to")
        tense: Tense = "perfect" if clause.tense == "present" else clause.tense
        clause = with_role(replace(clause, passive=False, object=whom, tense=tense), "to", None)
        if hole == "to:to":
            return replace(question, clause=clause, hole="object")
        return replace(question, clause=clause, hole=hole, state=state)
    hole = {"to:by": "subject", "subject": "object", "object": "second"}.get(hole, hole)
    active = replace(
        clause.without_argument(agent), passive=False, subject=agent, object=clause.subject
    )
    return replace(question, clause=active, hole=hole, state=state)
