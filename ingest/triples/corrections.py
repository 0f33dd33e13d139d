"""Corrects part-of-speech tags by context, in one pass from left to right.

Most errors of a unigram lexicon are between two tags: past tense or participle, plural noun or
third person. Whether the clause already has a finite verb decides most of them, so the pass tracks
that.
"""

from collections.abc import Collection, Sequence

from ingest.triples import words
from ingest.triples.lexicon import lemma, verbable, word_tag
from ingest.triples.words import CLASSES

_IS_AFTER = CLASSES["before_is"]
_SAME_AS_PARTICIPLE = CLASSES["same_as_participle"]
_NAMING = CLASSES["naming_participle"]
_SMALL = frozenset(("by", "last", "next"))
_LETTING = CLASSES["letting"]
_HUNDREDS = frozenset(("hundred", "thousand", "million"))
#: Quantifiers that may follow their subject.
_FLOATING = frozenset(("all", "both", "each"))
_SINGLE = CLASSES["stands_alone"]


#: Tags that depend on context for any word.
_BY_NEIGHBOURS = frozenset("BVLNGJWTDIEPM&")
#: Words whose tag depends on context.
_BY_WORD = _SMALL | {"not", "'s", "'d", "'", "her", "best", "well", "better"}


def tags(line: Sequence[str], titles: Collection[int] = ()) -> str:
    """The tags of the words of a sentence, one character each; `titles` are spans of names."""
    return _Pass(line, titles).run()


class _Pass:
    """The state of one pass: the tags so far, and the parts of the clause seen.

    Words and tags are padded by two on both sides.
    """

    __slots__ = ("finite", "low", "relative", "tag", "word")

    def __init__(self, line: Sequence[str], titles: Collection[int]) -> None:
        self.word = line
        self.low = [*map(str.lower, line), "", ""]
        self.tag: list[str] = []
        start = True
        for at, word in enumerate(line):
            name = at in titles
            tag = "E" if name else word_tag(word, start)
            self.tag.append(tag)
            start = not name and (tag in '".' or (start and tag in ";("))
        self.tag += ".."
        self.finite = self.relative = False

    def run(self) -> str:
        tag, low = self.tag, self.low
        self._adverbials()
        for i, word in enumerate(low[:-2]):
            if tag[i] == '"':
                self._currency(i)
            kind, left, right = tag[i], tag[i - 1], tag[i + 1]
            if kind in '.;A"':
                self.finite = False
            if (left == "E" or word == "later") and self._name(i, left, right):
                continue
            if kind in _BY_NEIGHBOURS or word in _BY_WORD or word.endswith("ly"):
                self._correct(i, left, right)
            if left in "XH" and word in ("first", "later", "last", "long") and right in "LVB":
                tag[i] = "R"
            elif word == "times" and left == "C" and right == "J":
                # "fifty times better" measures the adjective
                tag[i - 1] = tag[i] = "R"
            kind = tag[i]
            if kind in "VXHMO":
                self.finite = True
            elif kind == "W":
                self.finite = False
            elif kind == "," and self.relative and self.finite:
                self.finite = self.relative = False
        return "".join(tag[:-2])

    def _adverbials(self) -> None:
        tag, low, first = self.tag, self.low, words.ADVERBIAL_FIRST
        for i in range(len(self.word)):
            if low[i] not in first or (low[i], low[i + 1]) not in words.ADVERBIAL:
                continue
            if low[i + 1] != "more" or tag[i + 2] not in "NJEI":
                # but "no more money", "no more than"
                tag[i] = tag[i + 1] = "R"

    def _currency(self, i: int) -> None:
        if self.word[i] in words.CLASSES["currency"] and self.tag[i + 1] in "CY":
            self.tag[i] = "J"
            self.tag[i + 1] = "C"

    def _name(self, i: int, left: str, right: str) -> bool:
        """Tag tokens of a name, or before a verb."""
        tag, word, low = self.tag, self.word, self.low
        if word[i] == "I" and right in "I.,)&W":
            tag[i] = "E"
            return True
        between = left == "E" and right == "E"
        if between and (word[i] == "&" or low[i] in words.CLASSES["name_particle"]):
            tag[i] = "E"
            return True
        if low[i] == "later" and right in "VXBL" and left in "W,&PNE":
            tag[i] = "R"
            return True
        return False

    def _correct(self, i: int, left: str, right: str) -> None:
        tag, low = self.tag, self.low
        preceding = low[i - 1]
        kind = tag[i] = self._merged(i, left, right)
        if self._clitic(i, left, right):
            pass
        elif (kind == "I" and low[i] in ("over", "about", "around") and right == "C") or (
            low[i] in ("best", "well", "better") and left in "XR" and right in "LV"
        ):
            tag[i] = "R"
        elif kind == "W":
            tag[i] = self._relative(i, left, right)
            if tag[i] == "W":
                self.relative = left == ","
        elif kind == "T":
            self._to(i, right)
        elif kind == "D":
            self._determiner(i, left, right)
        elif kind == "I" and right == "P" and low[i + 1] in words.SUBJECT_PRONOUN:
            if low[i] in ("after", "before", "since", "until", "till", "as"):
                tag[i] = "A"
        elif kind in "BVLNGJ":
            self._verbal(i, left, right, preceding)
        if low[i].endswith("ly"):
            self._adverb(i, left, right)
        elif low[i] in _SMALL:
            self._phrase(i, left)

    def _merged(self, i: int, left: str, right: str) -> str:
        """The tag of a possessive pronoun as a noun, of “and” within a number as a number."""
        low, kind = self.low, self.tag[i]
        if kind == "P" and low[i].endswith(("one", "body")) and low[i + 1] == "'s":
            return "N"
        # "five hundred and sixty pearls" is one number
        return "C" if kind == "&" and left == right == "C" and low[i - 1] in _HUNDREDS else kind

    def _clitic(self, i: int, left: str, right: str) -> bool:
        """Tag clitics and “her”; returns whether the word is one."""
        tag, word = self.tag, self.low[i]
        if word == "'s":
            tag[i] = self._s(left, right, self.low[i - 1])
        elif word == "'d":
            tag[i] = "M"
        elif word == "'":
            owns = left in "NE" and self.low[i - 1].endswith("s") and right in "NJEC"
            tag[i] = "p" if owns else '"' if right in '".' or left in '".' else "'"
        elif word == "her":
            owns = right in "NJCEGLwBV"
            if self._lets(i, right):
                owns, tag[i + 1] = False, "B"
            tag[i] = "S" if owns else "P"
        else:
            return False
        return True

    def _determiner(self, i: int, left: str, right: str) -> None:
        word = self.low[i]
        if (word in ("most", "more", "least", "less") and right in "JR") or (
            # "were all fixed", "they all went": it counts whom the subject names
            word in _FLOATING and left in "XP" and right in "LGJIRVXHM"
        ):
            self.tag[i] = "R"
        elif word in _SINGLE and right in "XVHMOI.,;RAW&":
            self.tag[i] = "P"

    def _adverb(self, i: int, left: str, right: str) -> None:
        tag = self.tag
        if left in "DSJ" and right in "LGV" and tag[i + 2] in "NEJ":
            # "an internationally co-produced film": the participle is an adjective there
            tag[i], tag[i + 1] = "R", "J"

    def _phrase(self, i: int, left: str) -> None:
        """ "Through the park last Sunday", "was by no means rare"."""
        if self.low[i : i + 3] == ["by", "no", "means"]:
            self.tag[i : i + 3] = "nRR"

    def _lets(self, i: int, right: str) -> bool:
        """ "Made her turn to him": the word after "her" is what she does."""
        return (
            i > 0
            and right in "NBV"
            and lemma(self.low[i - 1]) in _LETTING
            and verbable(self.low[i + 1])
            and self.tag[i + 2] in "IRTDS"
        )

    def _s(self, left: str, right: str, preceding: str) -> str:
        if preceding == "let":
            return "P"
        return "X" if preceding in _IS_AFTER or (left == "N" and right in "DnGR") else "p"

    def _relative(self, i: int, left: str, right: str) -> str:
        if self.low[i] == "what":
            return "A"
        if self.low[i] != "that":
            return "W"
        if left in "NEY)" or (left == "," and right in "VXHM"):
            return "W"
        if right == "E":
            return "A"
        if right in "NJ" or (right == "G" and left in "VBLH"):
            return "D"
        return "P" if right in "XVM" else "A"

    def _to(self, i: int, right: str) -> None:
        if right in "DSPEYCmWG":
            self.tag[i] = "I"

    def _follows(self, i: int, kinds: str) -> bool:
        """Whether one of these tags precedes, skipping at most two adverbs or negations."""
        back = i - 1
        while i - back < 3 and self.tag[back] in "nR":
            back -= 1
        return self.tag[back] in kinds

    def _verbal(self, i: int, left: str, right: str, preceding: str) -> None:
        tag, low = self.tag, self.low
        kind = tag[i]
        if (
            kind in "NJB"
            and (left == "T" or self._follows(i, "MO"))
            and (kind == "B" or _unmarked(low[i]))
        ):
            tag[i] = "B"
        elif kind == "V":
            self._finite(i, left, right)
        elif kind == "B":
            self._base(i, left, right, preceding)
        elif kind == "L":
            if self._past(i, left, right, preceding):
                tag[i] = "V"
        elif kind == "N":
            if verbable(low[i]) and self._noun_is_verb(i, left, right, preceding):
                tag[i] = "V"
        elif kind == "G" and left in "DSJ" and right in "IXV.,T":
            tag[i] = "N"

    def _finite(self, i: int, left: str, right: str) -> None:
        low = self.low[i]
        if self._follows(i, "XH"):
            self.tag[i] = "L"
        elif left == "p" and right in "NJE":
            # "his father's advanced age"
            self.tag[i] = "J"
        elif (left in "DSJ" and right not in "DSP") or (left == "C" and low.endswith("s")):
            self.tag[i] = "N"
        elif right == "I" and self.low[i + 1] == "by" and left in "NE&)," and self.finite:
            self.tag[i] = "L"

    def _base(self, i: int, left: str, right: str, preceding: str) -> None:
        if self._follows(i, "XH"):
            self.tag[i] = "L" if self.low[i] in _SAME_AS_PARTICIPLE else "N"
        elif left in "DSJp":
            self.tag[i] = "N"
        elif (
            left == "N"
            and not preceding.endswith("s")
            and right in "T.,I"
            and self.tag[i - 2] in "DSJ"
        ):
            # "a short gravel walk to the house"
            self.tag[i] = "N"
        elif (
            left in "PNEW,R&"
            and (left in "PW" or right in "DSPEIJ")
            and not (left == "P" and preceding in words.OBJECT_PRONOUN and self.finite)
        ):
            self.tag[i] = "V"
        elif left == "I":
            self.tag[i] = "N"

    def _past(self, i: int, left: str, right: str, preceding: str) -> bool:
        """Whether a participle of the lexicon is a past tense here."""
        if self._follows(i, "XH") or left == "L" or (left in "DSJp" and right in "NEJ"):
            return False
        if right == "I" and self.low[i + 1] == "by":
            return False
        if (left == "P" and preceding in words.SUBJECT_PRONOUN) or left == "W":
            return True
        if self.low[i] in _NAMING and left in "NE,)":
            return False
        back = i - 2
        while left == "R" and back > 0 and self.tag[back] == "R":
            back -= 1
        prior = self.tag[back]
        return (
            (left in "NE)Y" and not self.finite)
            or (left in "NE" and right in "DSPEC")
            or (left == "&" and self.finite and right in "DSPEITNJRAW.,")
            or (left == "R" and prior in "PNEW"
                and (not self.finite or prior == "P"))
            or (left == "," and right in "DSPC")
            or (left == "V" and right in "DSP")
        )  # fmt: skip

    def _noun_is_verb(self, i: int, left: str, right: str, preceding: str) -> bool:
        low, finite = self.low[i], self.finite
        if left == "W":
            return right in "DSPEITCJN"
        if left == "P" and preceding in words.SUBJECT_PRONOUN:
            return right in "DSPEITCJANRW.,"
        if not low.endswith("s") or self.low[i + 1] == "of":
            # "masses of rock"
            return False
        if left in "NE,)YP" and right in "DSPETCn" and not finite:
            return True
        if left in "NE" and right in "NJCGI" and not finite:
            return not any(tag in "VXHMO" for tag in self.tag[i + 1 : i + 12])
        adverb = left in "Rn" and self.tag[i - 2] in "NE"
        return adverb and not finite and right in "DSPEIT"


def _unmarked(word: str) -> bool:
    """Whether this can be a base form: "to delay", and not "leads to delays"."""
    return verbable(word) and not (word.endswith("s") and lemma(word) == word[:-1])
