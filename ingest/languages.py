"""What is known of single languages: abbreviations, words that begin sentences, common words."""


def word_set(words: str) -> frozenset[str]:
    """The words of a line, as a set."""
    return frozenset(words.split())


#: Abbreviations that something always follows, in any language.
LEADING_ANYWHERE = word_set(
    "mr mrs ms messrs dr prof rev hon gen col capt lt sgt maj gov sen st ste mme mlle"
    " mgr sr sra fig figs no nos nr vol vols pp p cf vs v ca op cit ibid"
)

#: The same for each language, those of any language included.
LEADING = {
    language: LEADING_ANYWHERE | word_set(words)
    for language, words in {
        "en": (
            "adm rep pres mt ft eq eqs ch chs sec secs art ed eds trans e.g eg i.e ie"
            " viz c approx al esp"
        ),
        "de": (
            "hr fr frl bd bde abb abs anm aufl ausg bes bspw bzgl bzw d.h d.i dgl"
            " dipl ebd evtl geb gest ggf i.a i.d.r inkl insb kap lfd max min mind mio"
            " mrd o.ä s.o s.u sog tab u.a u.u vgl z.b z.t zb zz st hl"
        ),
        "fr": ("m mm mmes mlles p.ex chap éd env av"),
        "es": ("srta dra ud uds núm pág págs cap sig p.ej"),
        "it": ("sigg sig dott dott.ssa prof.ssa avv ing pag cap"),
        "pt": ("exmo exma d srta dra núm pág"),
        "nl": ("dhr mevr mw drs ir blz bijv o.a d.w.z"),
        "ru": (
            "т.е т.к т.н т.о см ср стр гл рис табл им ул пл д кв руб коп напр акад"
            " проф тов св изд ред пер тыс млн млрд г-н г-жа"
        ),
    }.items()
}

#: Abbreviations that may end a sentence: a capital letter after them begins the next one.
TRAILING = word_set(
    "etc &c usw u.s.w u.dgl a.m p.m am pm b.c a.d bc ad b.c.e c.e ecc enz и.т.д т.д"
    " т.п и.т.п др пр гг г вв н.э jh v.chr n.chr"
)

#: Abbreviations that end a sentence only before a word that likes to begin one.
EITHER = word_set("jr sr esq inc ltd co corp bros dept univ assn ph.d m.d b.a m.a d.c")

#: Abbreviations that are a word as well: they are one only before figures.
FIGURES_ONLY = word_set("no art min max mind")

#: Words that like to begin a sentence.
STARTERS = word_set(
    "a about after again all also although an and another are as at because before"
    " both but by can did do does during each even every finally first for from had"
    " has have he hence her here his how however i if in indeed instead is it its just"
    " later let like many most my nevertheless no nor not now of often on once one"
    " only or other our perhaps she since so some still such than that the their then"
    " there therefore these they this those though thus to today under until we were"
    " what when where whether which while who why will with without yes yet you your"
    " der die das den dem des ein eine einer einem einen er sie es ich wir ihr und"
    " aber auch als am an auf aus bei da dann daher damit denn dennoch deshalb dies"
    " diese dieser dieses doch durch für hier im in jedoch kein man mit nach nicht"
    " noch nun nur ob oder schon seit sein seine so trotzdem über um unter vom von vor"
    " während wann war warum was wegen weil wenn wer wie wo zu zum zur le la les un"
    " une des il elle ils elles on nous vous je ce cette ces mais et dans pour avec el"
    " los las una y pero en por con lo gli i uno ma nel per con che"
)

#: The commonest words of each language.
STOPS = {
    language: word_set(words)
    for language, words in {
        "en": (
            "the and of to in that is was he it his with for as had you not be her on"
            " at by which have or from this him but all she they were my are me one"
            " their so an said them we who would been will"
            " no go do up out if us did get got now then too any man day way old new end own off"
            " here there where what when why how him its our your may can could should must such"
            " some more most very well only than into over upon after before about again never"
            " eye air sea son sun lie die try run"
        ),
        "de": (
            "der die und das in den von zu mit sich des auf für ist im dem nicht ein"
            " eine als auch es an werden aus er hat dass sie nach wird bei einer um am"
            " sind noch wie einem über einen so zum war haben nur oder aber vor zur"
            " bis mehr durch man ich wenn wir"
        ),
        "fr": (
            "de la le et les des en un du une que est pour qui dans a par plus pas au"
            " sur ne se ce il sont la avec ou son lui nous comme mais elle on vous"
            " leur aux je cette être été même tout si ses"
        ),
        "es": (
            "de la que el en y a los se del las un por con no una su para es al lo"
            " como más o pero sus le ha me si sin sobre este ya entre cuando todo esta"
            " ser son dos también fue había era muy hasta"
        ),
        "it": (
            "di che e la il un a per in una mi sono ho non lo ma ha le con si da come"
            " io cosa del più al era della nel gli alla dei anche ci questo se i suo"
            " ed delle quando sua dal così dopo fu"
        ),
        "nl": (
            "de het een en van ik te dat die in is niet zijn op voor met als maar aan"
            " er om hij dan zou of wat mijn men dit zo door over ze zich bij ook tot"
            " je mij uit der daar haar naar heb hoe heeft"
        ),
        "pt": (
            "de a o que e do da em um para é com não uma os no se na por mais as dos"
            " como mas foi ao ele das tem à seu sua ou ser quando muito há nos já está"
            " eu também só pelo pela até isso ela entre"
        ),
        "ru": (
            "и в не на я что он с как это по но они мы все она так его за ты из у же"
            " к от вы бы был о"
        ),
    }.items()
}

#: Languages in which a figure with a full stop is an ordinal number.
ORDINALS = ("de", "cs", "sk", "da", "nb", "nn", "no", "fi", "et", "hu", "hr", "sl", "is")
