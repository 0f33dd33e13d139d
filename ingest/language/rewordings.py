"""Paraphrases of questions: nouns by verbs, words by synonyms.

One reports to one's manager (frames); the keeper of a lighthouse keeps it; a decision that was made
was decided; “which plan do I have” asks for my plan; a tier is a plan (aliases). Only words that
occur in statements are tried, so that most questions have no paraphrase.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain

from ingest.language.questions import Question
from ingest.language.records import Clause, Phrase, with_role
from ingest.language.verbs import is_verb
from ingest.language.word_lists import Frame, aliases, doers, frames, kinship, nominals, words
from ingest.triples.lexicon import lexicon

#: Whether a word occurs in the statements.
Vocabulary = Callable[[str], bool]
_ROLES = ("subject", "object", "second", "complement")
_SELECTING = ("what noun", "which noun")


def rewordings(question: Question, contains: Vocabulary) -> Iterator[Question]:
    """Yield paraphrases of the question whose words occur in the statements."""
    direct = list(_by_construction(question, contains))
    yield from direct
    for pattern in (question, *direct):
        for other in _with_aliases(pattern, contains):
            yield other
            yield from _by_construction(other, contains)


def _by_construction(question: Question, contains: Vocabulary) -> Iterator[Question]:
    constructions = (
        _by_possession,
        _by_frame,
        _by_agent,
        _by_nominal,
        _unlabelled,
        _secret,
        _occurred,
        _of_event,
        _by_content,
        _by_number,
    )
    return chain.from_iterable(construction(question, contains) for construction in constructions)


def _by_possession(question: Question, contains: Vocabulary) -> Iterator[Question]:
    """“What plan am I on?”, “which editor do I use?” as what my plan or editor is."""
    clause = question.clause
    if question.wh not in _SELECTING or not question.noun or clause.verb not in words("hold_of"):
        return
    if clause.subject is None or clause.object is not None or clause.complement is not None:
        return
    owner = None if clause.subject.head in ("it", "there") else clause.subject
    noun = Phrase(question.noun, question.noun, 0, 0, "noun", question.mods, owner)
    pattern = Clause("be", noun, tense=clause.tense, prepositions=clause.prepositions)
    yield replace(question, clause=pattern, hole="complement", noun="", mods=frozenset())


def parts(entity: Phrase | None) -> Iterator[tuple[Frame, Phrase]]:
    """The frames in which a noun names a role, with its possessor."""
    if entity is None or not (matching := [f for f in frames() if entity.head in f.nouns]):
        return
    owner = _possessor(entity)
    if owner is not None:
        yield from ((frame, owner) for frame in matching)


def _possessor(entity: Phrase) -> Phrase | None:
    """The possessor of something: “the keeper of the lighthouse”, “the lighthouse keeper”."""
    if entity.owner is not None or not entity.mods:
        return entity.owner
    modifiers = [word for word in entity.text.split() if word.lower().rstrip("s") != entity.head]
    modifiers = (
        modifiers[1:] if modifiers and modifiers[0].lower() == entity.determiner else modifiers
    )
    if not modifiers or {word.lower() for word in modifiers} - entity.mods:
        return None
    matching = all(word[:1].isupper() for word in modifiers)
    kind = "name" if matching else "noun"
    text, mods = " ".join(modifiers), frozenset(word.lower() for word in modifiers[:-1])
    return Phrase(modifiers[-1].lower(), text, 0, 0, kind, mods)  # type: ignore[arg-type]


def _by_frame(question: Question, contains: Vocabulary) -> Iterator[Question]:
    """“Who is Bo's manager?” as whom Bo reports to, “what city is Bo in?” as where Bo lives."""
    clause, hole = question.clause, question.hole
    if hole == "to:from" and clause.verb == "be" and not question.noun and contains("come"):
        # “Where is Bo from?”
        yield replace(question, clause=replace(clause, verb="come"))
    if hole.startswith("to:") and question.noun:
        for frame in frames():
            part = frame.role == hole[3:]
            fits = frame.verb == clause.verb or (clause.verb == "be" and part)
            if question.noun in frame.nouns and fits and frame.holder == "subject":
                role = _hole_of(frame)
                if contains(frame.verb) and (role, frame.verb) != (hole, clause.verb):
                    yield replace(question, clause=replace(clause, verb=frame.verb), hole=role)
        return
    if clause.verb != "be" or hole not in ("complement", "time", "place", ""):
        return
    for noun_phrase, other in (
        (clause.subject, clause.complement),
        (clause.complement, clause.subject),
    ):
        for frame, owner in parts(noun_phrase):
            if not contains(frame.verb) or (hole == "" and other is None):
                continue
            pattern = replace(clause, verb=frame.verb, subject=None, complement=None)
            recast = with_role(_of_work(pattern), frame.holder, owner)
            if hole == "":
                yield replace(question, clause=with_role(recast, frame.role, other))
            elif other is None:
                role = _hole_of(frame) if hole == "complement" else hole
                yield replace(question, clause=recast, hole=role, noun="")


def _of_work(clause: Clause) -> Clause:
    """The author of a book wrote it: what was made lasts."""
    return replace(clause, tense="perfect") if clause.verb in words("create") else clause


def _hole_of(frame: Frame) -> str:
    if frame.role == "on":
        return "time"
    return frame.role if frame.role in _ROLES else f"to:{frame.role}"


def _by_agent(question: Question, contains: Vocabulary) -> Iterator[Question]:
    """“Who is the keeper of the lighthouse?” as who keeps it."""
    clause, hole = question.clause, question.hole
    if clause.verb != "be" or hole not in ("complement", ""):
        return
    for noun_phrase, other in (
        (clause.subject, clause.complement),
        (clause.complement, clause.subject),
    ):
        verb = verb_of_agent(noun_phrase.head) if noun_phrase is not None else ""
        entity = (
            _possessor(noun_phrase) if noun_phrase is not None and verb and contains(verb) else None
        )
        if entity is None or (hole == "") != (other is not None):
            continue
        event = _of_work(replace(clause, verb=verb, subject=other, complement=None, object=entity))
        yield replace(question, clause=event, hole="subject" if hole else "")


def verb_of_agent(noun: str) -> str:
    """The verb of an agent noun; "" if it is none."""
    if noun in doers():
        return doers()[noun]
    if noun in kinship() or not noun.endswith(("er", "or")):
        return ""
    stem = noun[:-2]
    undoubled = stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else ""
    bases = (base for base in (stem, stem + "e", undoubled) if base in lexicon())
    return next(filter(is_verb, bases), "")


def _by_nominal(question: Question, contains: Vocabulary) -> Iterator[Question]:
    """“What decision was made?” as what was decided, “when was the payment?” as when one paid."""
    clause = question.clause
    verb = nominals().get(question.noun, "")
    if verb and clause.verb in words("make_of") and question.hole in ("object", "subject"):
        topic = tuple(("about", Phrase(word, word, 0, 0)) for word in sorted(question.mods))
        phrases = (*topic, *clause.prepositions)
        event = Clause(verb, clause.subject, tense=clause.tense, prepositions=phrases)
        yield replace(question, clause=event, hole="object", noun="", mods=frozenset(), state=None)
    nominal = clause.subject if clause.verb == "be" else clause.object
    verb = nominals().get(nominal.head, "") if nominal is not None else ""
    takes_place = clause.verb == "be" and clause.complement is None
    takes_place |= clause.verb in words("make_of") and clause.subject is None
    if nominal is None or not (verb and takes_place and contains(verb)):
        return
    if question.hole != "time":
        return
    event = Clause(verb, tense=clause.tense, prepositions=clause.prepositions)
    entity = _possessor(nominal)
    if entity is None:
        yield replace(question, clause=event, state=None)
        return
    for role in ("object", "subject"):
        yield replace(question, clause=with_role(event, role, entity), state=None)


def _unlabelled(question: Question, contains: Vocabulary) -> Iterator[Question]:
    """“What is my passport number?” as what my passport is, where that is a code."""
    entity = question.clause.subject
    if question.hole != "complement" or entity is None or question.clause.verb != "be":
        return
    if entity.head not in words("code_noun") | {"address"} or not entity.mods:
        return
    modifiers = [word.lower() for word in entity.text.split() if word.lower() in entity.mods]
    if not modifiers or not contains(modifiers[-1]):
        return
    unlabelled = replace(entity, head=modifiers[-1], mods=entity.mods - {modifiers[-1]})
    pattern = replace(question.clause, subject=unlabelled)
    yield replace(question, clause=pattern, noun=entity.head)


def _secret(question: Question, contains: Vocabulary) -> Iterator[Question]:
    """“Which digits do I need for the lift?” as what the code, the pin … of the lift is."""
    clause, entity = question.clause, question.clause.role("for")
    if entity is None or question.hole != "object" or clause.verb not in words("enter"):
        return
    if question.noun and question.noun not in words("figures"):
        return
    for secret in sorted(words("secret"), key=lambda word: word != question.noun):
        if contains(secret):
            key = Phrase(secret, secret, 0, 0, "noun", entity.words, determiner="the")
            yield replace(question, clause=Clause("be", key), hole="complement", noun="", wh="")


def _occurred(question: Question, contains: Vocabulary) -> Iterator[Question]:
    """“What error occurred?” as what the error is."""
    if question.hole == "subject" and question.noun and question.clause.verb in words("occur"):
        noun = Phrase(question.noun, question.noun, 0, 0, "noun", question.mods)
        pattern = replace(question.clause, verb="be", subject=noun)
        yield replace(question, clause=pattern, hole="complement", noun="", mods=frozenset())


def _of_event(question: Question, contains: Vocabulary) -> Iterator[Question]:
    """“When did I open my shop?” as a shop, “get the car” as buy it, “trade in the car”."""
    clause = question.clause
    thing, subject = clause.object, clause.subject
    if clause.tense not in ("past", "perfect") or subject is None:
        return
    if thing is not None and thing.owner is not None and thing.owner.words == subject.words:
        new = replace(thing, owner=None, determiner="a")
        yield replace(question, clause=replace(clause, object=new))
    if thing is not None and clause.verb == "get":
        for verb in sorted(filter(contains, words("acquire"))):
            yield replace(question, clause=replace(clause, verb=verb))
    for at, (particle, phrase) in enumerate(clause.prepositions):
        if thing is None and particle in words("particle") and phrase.kind != "clause":
            others = (*clause.prepositions[:at], *clause.prepositions[at + 1 :])
            adverbs = (*clause.adverbs, particle)
            moved = replace(clause, object=phrase, prepositions=others, adverbs=adverbs)
            yield replace(question, clause=moved)


def _by_content(question: Question, contains: Vocabulary) -> Iterator[Question]:
    """“What is in the box?” as what it holds or contains."""
    clause = question.clause
    container = clause.role("in") or clause.role("inside")
    open_subject = question.wh.startswith(("what", "which")) and question.hole == "subject"
    if not open_subject or clause.verb != "be" or container is None or len(clause.prepositions) > 1:
        return
    for verb in ("hold", "contain"):
        if clause.complement is None and contains(verb):
            containment = Clause(verb, container, tense=clause.tense)
            yield replace(question, clause=containment, hole="object")


def _by_number(question: Question, contains: Vocabulary) -> Iterator[Question]:
    """“What is the number of my phone?” as what my phone is, where that is a number."""
    entity = question.clause.subject
    if question.hole != "complement" or question.clause.verb != "be" or entity is None:
        return
    owner = entity.owner
    if entity.head not in words("code_noun") or owner is None or owner.kind != "noun":
        return
    if contains(owner.head):
        yield replace(question, clause=replace(question.clause, subject=owner), noun=entity.head)


def _with_aliases(question: Question, contains: Vocabulary) -> Iterator[Question]:
    """The question with a noun replaced by a synonym."""
    for other in _synonyms(question.noun, contains):
        mods = question.mods - aliases()[other]
        yield replace(question, noun=other, mods=mods)
    clause = question.clause
    for role in _ROLES:
        for entity in _paraphrases(clause.role(role), contains):
            yield replace(question, clause=with_role(clause, role, entity))
    for at, (preposition, matching) in enumerate(clause.prepositions):
        for entity in _paraphrases(matching, contains):
            phrases = list(clause.prepositions)
            phrases[at] = (preposition, entity)
            yield replace(question, clause=replace(clause, prepositions=tuple(phrases)))


def _paraphrases(entity: Phrase | None, contains: Vocabulary) -> Iterator[Phrase]:
    """A phrase with its head, a modifier or its owner replaced."""
    if entity is None or entity.kind in ("pronoun", "name"):
        return
    for other in _synonyms(entity.head, contains):
        mods = entity.mods - aliases()[other]
        text = entity.text.replace(entity.head, other)
        yield replace(entity, head=other, mods=mods, text=text)
    for word in sorted(entity.mods):
        for other in _synonyms(word, contains):
            text = entity.text.replace(word, other)
            yield replace(entity, mods=entity.mods - {word} | {other}, text=text)
    for owner in _paraphrases(entity.owner, contains):
        yield replace(entity, owner=owner)


def _synonyms(noun: str, contains: Vocabulary) -> list[str]:
    return [other for other in sorted(aliases().get(noun, ())) if contains(other)]
