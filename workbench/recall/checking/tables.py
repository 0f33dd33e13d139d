"""The word lists of the checker: function words, negations and hedges."""

from ingest.language.word_lists import exclusive
from ingest.languages import word_set
from workbench.memory.vocabulary import STOP

#: Function characters of dense scripts.
DENSE_LIGHT = frozenset(
    "的了是在有和与與及被把对對从從到于於其这這那个個们們就也都而用由为為名地得之以所因它他她很"
)

#: Negations of the following words.
DENIALS = word_set(
    """
not no never none nobody nothing neither nor without cannot cant didnt doesnt isnt wasnt werent
dont wont wouldnt couldnt hasnt havent hadnt arent nowhere
nicht kein keine keinen keinem keiner keines nie niemals niemand nichts ohne weder
pas jamais aucun aucune sans ni personne rien
не нет ни без никогда никто ничего
لا لم لن ليس ليست غير دون بدون
no nunca jamás ningún ninguna nadie nada sin
不 没 沒 未 無 无 非
"""
)
#: Hedges, which weaken a statement.
HEDGES = word_set(
    """
may might could possibly perhaps probably maybe suggest suggests suggested suspect suspects
suspected plan plans planned intend intends intended hope hopes hoped allegedly reportedly rumoured
believe believes believed propose proposes proposed
vielleicht womöglich möglicherweise könnte könnten dürfte angeblich vermutlich plant planen
peut-être pourrait pourraient probablement
возможно вероятно может планирует
ربما قد يحتمل 可能 也许 或许 计划
"""
)
#: Function words, which the evidence may lack.
LIGHT = (
    STOP
    | DENIALS
    | word_set(
        """
per each every since while although though whereas however therefore thus hence moreover also
still yet even so because due owing than instead rather like as such both either same own
around roughly approximately nearly almost about approx circa ca
later earlier then afterwards afterward before after until within among amid during upon via
using use used named called known located situated
according source sources evidence says said states stated mentions mentioned reports
reported describes further additionally furthermore specifically respectively overall
now stand stands mean means carrying containing including featuring having
one ones someone something thing things way ways
etwa rund ungefähr circa laut zudem außerdem jedoch sowie dort dabei seit vor während worden ihre
seine dessen deren diese dieser dieses wurde wurden bis weil
environ selon également ainsi cette celui celle depuis pendant été qui
около примерно также согласно этот эта это который которая
حوالي تقريبا كما أيضا التي الذي على يد تم عام سنة
"""
    )
) - word_set(
    """
up down under over out off above below against between all any most many much only
"""
)
#: Words that strengthen or reverse a statement; they must be in the evidence.
STRONG = word_set(
    """
all always every never only most none entire entirely completely must proved proves proven
alle immer jeder nur stets tous toujours seulement все всегда только
more less fewer least longer shorter higher lower larger smaller older younger many several
against between above below under over
"""
)
SUBJECT_PRONOUNS = word_set(
    "he she it they this these er sie es il elle ils elles он она оно они هو هي"
)
#: Prepositions of place or time.
OBLIQUE = word_set("at in on near during since until till before after within")
MONTHS = (
    frozenset(word for group in ("month", "season", "weekday") for word in exclusive()[group])
    - {"may"}
) | {"may."}
BE = word_set(
    "is was are were be been being am has have had ist war sind waren est sont était été "
    "wurde wurden worden wird werden"
)
