"""Closed classes of English: the words whose part of speech no lexicon has to be asked for."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


BE = _set("am is are was were be been being 're 'm")
HAVE = _set("have has had having 've")
DO = _set("do does did")
MODAL = _set("can could may might must shall should will would ought cannot 'll 'd")
MONTH = _set(
    "January February March April May June July August September October November December"
)
PREPOSITION = _set(
    """of in on at by with from into for about after before under over between among through during
    against within without towards toward upon near across behind beyond around along beneath
    beside besides despite inside outside onto off per than like unlike via amid until till since
    opposite amongst round throughout alongside above below up down out as"""
)
SUBORDINATOR = _set(
    """because although though while whereas if unless when where whenever whether once why how
    lest"""
)
DETERMINER = _set(
    """the a an this these those some any no every each all both another such either neither half
    many several few most much"""
)
POSSESSIVE = _set("his her its their my our your thy")
PRONOUN = _set(
    """i you he she it we they me him us them himself herself itself themselves myself yourself
    yourselves ourselves one's something anything nothing everything somebody someone anybody
    anyone nobody everyone everybody thee thou ye mine yours hers theirs there"""
)
SUBJECT_PRONOUN = _set("i you he she it we they who thou ye")
OBJECT_PRONOUN = _set("me him us them himself herself itself themselves myself ourselves thee")
REFLEXIVE = _set("himself herself itself themselves myself ourselves yourself yourselves")
RELATIVE = _set("who whom which whose that what")
NEGATIVE = _set("no neither nor nothing nobody none")
PARTITIVE = _set(
    """total number lot couple majority one some most many all each both none any much few several
    half two three four five pair"""
)
PARTICLE = _set("up out off down away back over on in through")
NAME_PARTICLE = _set("ibn bin al el von van de di da del della der den la le du dos ap bint abu y")
CURRENCY = _set("$ £ € ¥")

#: Pairs of words that stand together as an adverb.
ADVERBIAL = frozenset(
    {
        ("of", "course"),
        ("at", "last"),
        ("at", "once"),
        ("in", "fact"),
        ("for", "ever"),
        ("no", "longer"),
        ("as", "well"),
        ("at", "least"),
        ("at", "first"),
        ("once", "more"),
        ("a", "little"),
        ("a", "bit"),
        ("as", "usual"),
        ("by", "far"),
        ("so", "much"),
        ("no", "more"),
        ("at", "all"),
        ("at", "length"),
        ("at", "present"),
        ("at", "times"),
        ("in", "short"),
        ("by", "degrees"),
        ("in", "general"),
        ("in", "vain"),
        ("for", "example"),
    }
)
ADVERBIAL_FIRST = frozenset(first for first, _ in ADVERBIAL)
ADVERB_ALWAYS = _set(
    """astern ashore aboard aloft abroad upstairs downstairs overhead homeward homewards upward
    upwards downward downwards forward forwards backward backwards hither thither yonder
    wherefore therefore whence thence hence thereupon"""
)
ADJECTIVE_ALWAYS = _set("only earlier later former latter own")

SAY = _set(
    """say cry reply answer murmur exclaim ask add whisper remark observe return repeat continue
    tell shout mutter sneer"""
)
#: Verbs whose infinitive is what their subject does ("seeks to invoke").
CHAIN_VERB = _set(
    """want try seek begin start continue hope wish intend plan endeavour attempt decide manage
    fail help promise refuse agree go come use used have seem appear prove happen tend need learn
    choose turn"""
)
#: Adjectives that wait for an infinitive.
PROMISING = _set("able unable likely unlikely sure certain ready willing eager apt bound unwilling")
#: Verbs that say of their subject what the adjective after them means.
LINKING = _set(
    "seem appear feel look sound sit stand lie grow turn go keep stay taste smell prove open"
)
#: Verbs whose participle after a noun nearly always belongs to that noun.
NOUN_PARTICIPLE = _set(
    "star feature include direct write produce base locate set hold release name call found"
)
#: Verbs whose participle takes a thing as well ("called the Captain", "given a ring").
DITRANSITIVE = _set(
    """call name title nickname know elect appoint make give offer grant award teach consider deem
    crown declare style dub send show tell pay lend promise ask leave allow"""
)
#: Verbs that share no object with the verb after "and" ("came and mended the roof").
INTRANSITIVE = _set(
    """come go rise sit stand pause stop run walk return arrive wait lie smile laugh sigh hurry step
    turn look weep kneel bow nod sleep fall stoop hesitate die live wander stride pace stroll
    stay"""
)
#: Verbs by which a speaker stands aside from what he tells ("such words, you may imagine, ...").
OPINION = _set(
    """imagine know say see think suppose believe remember fancy confess hear own hope trust fear
    perceive understand observe"""
)
#: Verbs whose thing goes somewhere, by the preposition: "gave relief to", "fills us with".
PLACED = {
    "to": _set(
        """give grant lend offer owe show devote attribute teach bring send pay sell leave add
        return deliver present tell introduce confine compare prefer ascribe direct reveal"""
    ),
    "with": _set("fill supply provide inspire load cover charge furnish compare share surround"),
    "into": _set("put throw turn divide bring take introduce thrust plunge drive lead"),
    "on": _set("put lay place set throw turn bestow lavish"),
    "upon": _set("put lay place set throw turn bestow bend lavish cast"),
    "from": _set("take receive draw remove separate borrow snatch derive save buy learn keep"),
    "in": _set("put place set lay plant wrap"),
    "of": _set("rob deprive inform remind accuse tell relieve assure convince"),
}
ABBREVIATION = _set(
    "mr mrs ms dr st prof sr jr vs etc inc ltd co no gen col capt lt rev e.g i.e u.s"
)
