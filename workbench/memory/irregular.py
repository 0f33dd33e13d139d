"""English words whose forms no rule derives: went → go, mice → mouse.

A question says "What did he buy?", the book "he bought": stemming alone never joins the two.
"""

_VERBS = """
arise arose arisen; awake awoke awoken; bear bore borne; beat beaten; become became
begin began begun; bend bent; bind bound; bite bit bitten; bleed bled; blow blew blown
break broke broken; breed bred; bring brought; build built; burn burnt; buy bought; catch caught
choose chose chosen; cling clung; come came; creep crept; deal dealt; dig dug; draw drew drawn
dream dreamt; drink drank drunk; drive drove driven; dwell dwelt; eat ate eaten
fall fell fallen; feed fed; feel felt; fight fought; find found; flee fled; fling flung
fly flew flown; forbid forbade forbidden; forget forgot forgotten; forgive forgave forgiven
freeze froze frozen; get got gotten; give gave given; go went gone; grind ground
grow grew grown; hang hung; hear heard; hide hid hidden; hold held; keep kept; kneel knelt
know knew known; lay laid; lead led; lean leant; leap leapt; learn learnt; leave left; lend lent
lie lain; light lit; lose lost; make made; mean meant; meet met; overcome overcame; pay paid
ride rode ridden; ring rang rung; rise rose risen; run ran; say said; see saw seen; seek sought
sell sold; send sent; shake shook shaken; shine shone; shoot shot; show shown
shrink shrank shrunk; sing sang sung; sink sank sunk; sit sat; sleep slept; slide slid
sling slung; speak spoke spoken; spell spelt; spend spent; spill spilt; spin spun
spring sprang sprung; stand stood; steal stole stolen; stick stuck; sting stung
strike struck stricken; strive strove striven; swear swore sworn; sweep swept; swell swollen
swim swam swum; swing swung; take took taken; teach taught; tear tore torn; tell told
think thought; throw threw thrown; understand understood; undertake undertook undertaken
undo undid; wake woke woken; wear wore worn; weave wove woven; weep wept; win won; wind wound
withdraw withdrew; wring wrung; write wrote written
"""
_NOUNS = """
man men; woman women; child children; foot feet; tooth teeth; goose geese; mouse mice
wife wives; life lives; knife knives; wolf wolves; leaf leaves; half halves; loaf loaves
thief thieves; shelf shelves; calf calves; ox oxen; brother brethren; person people
die died dying death dead; lie lied lying; tie tied tying; crisis crises; thesis theses
hypothesis hypotheses; analysis analyses; axis axes; phenomenon phenomena; criterion criteria
datum data; bacterium bacteria; nucleus nuclei; medium media; index indices; matrix matrices
vertex vertices; formula formulae; larva larvae
"""


def _table(text: str) -> dict[str, str]:
    groups = (group.split() for line in text.splitlines() for group in line.split(";"))
    return {form: group[0] for group in groups if group for form in group[1:]}


#: Forms that are a word of their own, too: “she lives” is of to live, not of life.
_ALSO_PLAIN = "lives leaves halves shelves"

#: Inflected form → the form under which a dictionary has it.
LEMMAS = {**_table(_VERBS), **_table(_NOUNS)}
#: Those of them that may be no such form.
ALSO_PLAIN = frozenset(_ALSO_PLAIN.split())
#: The same for nouns alone: plural → singular.
PLURALS = {form: base for form, base in _table(_NOUNS).items() if base not in ("die", "lie", "tie")}
