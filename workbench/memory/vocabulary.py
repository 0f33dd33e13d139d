"""Word lists of the question: what asks and joins, what is common in any prose, what names no one.

Lists are few and short on purpose: rarity in the library decides almost everything; these cover
what a small library cannot know yet.
"""

import re

from ingest.patterns import later
from workbench.memory import words

_ENGLISH = """
a an the and or but nor so if then than as of at by for from in into on onto to with without
about over under up down out off is are was were be been being am do does did doing done has
have had having will would shall should can could may might must not no yes it its itself he him
his himself she her hers herself they them their theirs themselves i me my mine we us our ours
you your yours this that these those there here who whom whose what which when where why how
much many such any some each both all also just only very too according between during ever
please tell give show explain describe
"""
_OTHERS = """
der die das den dem des ein eine einer eines einem einen und oder aber ist sind war waren wird
wurde wurden hat haben hatte von vom zu zum zur im in am an auf aus bei mit nach für über unter
nicht wer wen wem wessen was wann wo wohin woher warum wieso weshalb wie welche welcher welches
welchen welchem viel viele es er sie man sich als auch le la les un une des du de et ou mais est
sont était étaient sera a ont avait dans sur sous par pour avec sans ne pas qui que quoi quel
quelle quels quelles quand où pourquoi comment combien il elle ils elles se au aux ce cette ces
el los las una unos unas y o pero es son era eran fue fueron ha han había en con por para sin no
del al qué quién quiénes cuál cuáles cuándo dónde cómo cuánto cuánta cuántos cuántas se su sus
que como и или но а в во на с со к ко о об от до из у за по под над при для не ни же ли бы был
была было были есть быть кто кого кому кем что чего чему чем какой какая какое какие каких каком
какую какого какому какою каков какова каково каковы чей чья чьё чьи когда где куда откуда
почему зачем как сколько это этот эта эти он она они его её их то
так من ما ماذا متى أين اين كيف لماذا كم هل هو هي هم في على إلى الى عن مع هذا هذه ذلك تلك التي
الذي كان كانت يكون تكون قد لا لم لن أي اي و أو او ثم أن ان إن
"""
_DENSE = """
是什么 什么时候 什么 为什么 為什麼 甚麼 什麼 哪里 哪裡 哪儿 哪个 哪些 哪一年 哪一天 哪一个
哪一位 哪一 哪年 哪天 哪位 哪 几年 几月 几点 几岁 谁 誰 怎么 怎麼
怎样 如何 多少 多久 几个 几 吗 呢 吧 的 了 是 在 有 和 与 及 被 把 对 从 到 于 其 这 那 个 们
请 何时 何处 何地 何 时候 は が を に の と で も へ か から まで です ます でした ました いつ
どこ だれ 誰が なに 何 なぜ どう どの どれ いくつ いくら
"""
_COMMON = """
able about above according across act actual add after again age ago almost alone along already
always among amount answer appear area around arrive ask author away back bad base became
because become before began begin behind believe below best better big body book born bring
brought built buy call called came care carry case cause caused century certain chance change
chapter child children city claim clear close come common company compare complete consider
contain continue country course create created cut date day dead deal death decide deep did die
died differ difference different discover discovered discuss do door early easy effect eight end
enough era even event ever every example exist expect explain eye face fact fall family far
father feel felt few field figure final find first five follow following food form formed former
found four free friend full gave general get girl give given go good got great group grow had
half hand happen happened hard head hear heard help high hold home hour house however human
hundred idea important include including increase instead interest invent invented involve job
join keep kept kill kind king knew know known land language large last late later law lead
leader learn least leave left length let letter level lie life like line list little live lived
local location long look lose lost lot love low made main major make man mark matter mean means
measure member men mention mentioned method mind month more morning most mother move name named
nation nature near necessary need never new next night nine note nothing number occur offer
often old once one open opinion order original other own page paper part particular party pass
past pay people percent perform period person piece place plan play point popular position
possible power present president prevent problem process produce produced program provide public
publish published purpose put question quite rather reach read real reason receive record refer
region relate related remain report require result return right role rule run said same saw say
second see seem seen sell send sent set seven several short show side similar simple since
single six size small society someone something son soon sort sound source speak special stand
start started state stay still stop story street study subject suggest system take taken talk
teach tell ten term text thing think third thought thousand three through time title today
together told took top total town travel tried true try turn twice two type understand until use
used usual value various view visit want war water way week well went white whole wife woman
women word work world write written wrote year young
"""


def _folded(text: str) -> frozenset[str]:
    return frozenset(word for raw in text.split() for word in words.split(raw))


#: Words that ask or join and say nothing about the subject. They stay in the index, and count
#: where a question has no others.
STOP = _folded(_ENGLISH) | _folded(_OTHERS)
ENGLISH_STOP = _folded(_ENGLISH)

#: The same for text without spaces, out of which they are cut, longest first.
DENSE_STOP = later("|".join(map(re.escape, sorted(_DENSE.split(), key=len, reverse=True))))

#: Words of everyday questions and prose. In a small library a word that is merely missing looks
#: as telling as a name; these are known to be common whatever the library holds.
COMMON = frozenset(_COMMON.split())
