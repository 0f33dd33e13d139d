"""The gap of a question: its open role, seen beside one claim that may fill it."""

from ingest.language.key_values import is_code
from ingest.language.questions import Question
from ingest.language.records import Phrase
from ingest.language.times import is_time
from ingest.language.word_lists import measures, words
from workbench.memory.claims.claim_set import ClaimSet, DatedClaim
from workbench.memory.claims.identity import same
from workbench.memory.claims.roles import Fit, fit_of, roles_fit

#: Letters of a noun that ends a compound by no chance.
_LONG = 5


def answer_text(phrase: Phrase | None) -> str:
    """The words of a phrase as they are said to the user: “you” for “I”."""
    if phrase is None:
        return ""
    return "you" if phrase.head == "i" and phrase.kind == "pronoun" else phrase.text


class Gap:
    """The open role of a question beside one claim."""

    def __init__(self, question: Question, dated: DatedClaim, claim_set: ClaimSet) -> None:
        self.question = question
        self.query = question.clause
        self.dated = dated
        self.text = dated.statement.text
        self.clause = dated.clause
        self.claim_set = claim_set
        self.identities = claim_set.identities
        #: Whether what is asked about stands only in what was told just before.
        self.contextual = False

    @property
    def times(self) -> list[tuple[str, Phrase]]:
        """The times of the claim with their prepositions."""
        return [(p, t) for p, t in self.clause.prepositions if is_time(t, p)]

    def roles_match(self, *but: str) -> bool:
        """Whether the claim has the roles that the question fills, but for some."""
        if roles_fit(self.query, self.clause, self.identities, *but):
            return True
        state = self.question.state
        return state is not None and roles_fit(state, self.clause, self.identities, *but)

    def same(self, query: Phrase | None, candidate: Phrase | None) -> bool:
        """Whether two phrases denote the same, by the identities of the claims."""
        return same(query, candidate, self.identities)

    def phrases_match(self) -> bool:
        """Whether the claim has each prepositional phrase of the question."""
        return all(self.fit(*adjunct) == "same" for adjunct in self.query.prepositions)

    def fit(self, preposition: str, phrase: Phrase) -> Fit:
        """How the claim fills a prepositional role of the question."""
        return fit_of(preposition, phrase, self.clause, self.identities)

    def has_sort(self, phrase: Phrase) -> bool:
        """Whether a thing is of the sort that is asked for: “which hall”: hall 7."""
        noun = self.question.noun
        if not noun or noun in phrase.words or any(noun in m.words for m in phrase.members):
            return self.question.mods <= phrase.words
        group = self.clause.role("of")
        if group is not None and phrase is self.clause.subject and noun == group.head:
            # “of the three ovens, Ida's is the best”
            return True
        if noun in ("sport", "game") and phrase.determiner == "the":
            # one plays the violin, but football
            return False
        if noun in words("code_noun"):
            return is_code(phrase.text)
        units = [measure.units for measure in measures().values() if noun in measure.nouns]
        if units and noun not in words("figure"):
            return phrase.kind == "number" or any(phrase.head in units_of for units_of in units)
        if noun in words("figure"):
            return phrase.kind == "number"
        if noun in words("generic"):
            return phrase.kind in ("name", "noun") and not phrase.number
        # a Fairphone is a phone, headphones are none
        compound = phrase.kind == "name" and len(noun) >= _LONG and phrase.head.endswith(noun)
        return compound or any(
            noun in left.words and self.same(right, phrase) for left, right in self.identities
        )
