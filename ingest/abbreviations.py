"""Abbreviations that end with a full stop, by language and by what they say about the stop.

A key is the abbreviation in small letters without its last stop; "z. B." and "z.B." are both
`z.b`. Before a small letter no full stop ends a sentence in text that uses capitals, so the lists
only decide what happens before a capital, a figure or a letter that has no case.
"""

from ingest.languages import word_set

#: Something always follows, in any language: titles, “see”, “page”.
LEADING_ANYWHERE = word_set(
    "ca capt cf cit col dr fig figs gen gov hon ibid lt maj messrs mgr mlle mme mr mrs ms"
    " nr op p pp prof rev sen sgt sr sra st ste v vol vols vs"
)

#: The same in single languages.
LEADING = {
    language: LEADING_ANYWHERE | word_set(words)
    for language, words in {
        "en": (
            "abbrev abp adm al approx archbp art attn benj bp brig c ch chap chas chs cmdr"
            " cpl cpt danl e.g ed edw eg eq eqs esp ft geo h.m.s i.e ie insp jas jno jos"
            " lieut msgr mt mts para pres pvt r.m.s rep robt s.s saml sec secs supt thos ven"
            " viz wm"
        ),
        "de": (
            "a.d a.d.l abb abs abschn abt allg amerik amtl anm art aufl ausg az bayer bd bde"
            " beisp bekl bes beschl betr bez bspw bzgl bzw d.h d.i dgl dipl dir dt ebd ebda"
            " ehem eigtl einschl engl entspr erg europ ev evtl exkl fr frl frz geb gebr gegr"
            " geh gest gez ggf griech hebr hg hl hr hrn hrsg i.a i.br i.d.r i.e ing inkl insb"
            " insbes ital jew jun kap kath kgl komm lat lfd max min mind mio mrd nachf nördl"
            " o.d o.g o.ä orig phil preuß rd rn s s.o s.u schweiz sog sp span spez staatl std"
            " stellv str städt sächs südl tab taf tel tz u u.a u.u u.z unveröff urspr urt v.a"
            " v.d verf verh verw vgl vorm westl wiss z.b z.hd z.t z.zt zb ziff zit zt zus zw"
            " zzgl öff österr östl überarb übers"
        ),
        "fr": (
            "al alin ann apr art av bd boul cap cass cdt chap civ cne concl crim env fasc gal"
            " introd jr liv ltn m me mlles mm mmes mss ord p.ex pag qq r.p rte réf s.a.r"
            " s.a.s s.e s.em s.ex s.m s.s sect stes sts t trad tél vve éd édit"
        ),
        "es": (
            "afmo apdo aprox arq art arts av avda c cap cl cmdte cnel coord ctra cía d d.g"
            " d.ª depto disp dra dres dª ed edif eds ej excma excmo fco fr gral hnos ilma"
            " ilmo inc ing lic lit mons máx mín n.º núm núms ord p.ej pbro pl profa pza pág"
            " págs párr s.a.i s.a.r s.e s.m secc sig sras sres srta srtas sta sto tel telf"
            " trad tte v.gr vid"
        ),
        "it": (
            "ad.es arch art artt avv c.ca c.so cap capp cass cav cfr chiar civ co comm cpv"
            " disp dott dott.ssa dr.ssa ed egr es f.lli fasc gent geom ill.mo ing l.go lett"
            " mons n num on ord p.es p.za p.zza pag pagg par pen prof.ssa proff rag s s.e s.m"
            " s.t.d sant sec sent sez sig sig.na sig.ra sig.ri sigg spett ss tav ten trad"
            " trib v.le"
        ),
        "pt": (
            "ac al aprox apto arq art arts av cap caps cel d dec dra dras ed eng exa exma"
            " exmo fr gal i.e ilma ilmo inc mons n.º nº núm p.ex parág pe proc profa pág págs"
            " pç pça r s.ex s.ex.ª sras srs srta ss sta sto tel ten trad trav v.ex v.ex.ª"
            " v.exa v.s v.s.ª"
        ),
        "nl": (
            "afb art bd bijv blz bv bvb concl d.w.z dhr dl drs ds dwz excl fa geb gebr h.k.h"
            " hfdst hfst i.c i.p.v i.v.m incl ing ir j.l jhr jkvr kard m.a.w m.b.t m.n max"
            " mej mevr min mld mln mw n.a.v nrs o.a o.l.v o.m ongev past plm red resp stb"
            " stcrt str t.a.v t.b.v t.g.v t.o.v tel uitg v.d vert vgl vnl z.g z.k.h z.m zgn"
        ),
        "sv": (
            "allm ang avd avs bd bl.a c:a d.v.s doc dvs eg ev exkl f.d forts fr.o.m frk följ"
            " föreg förf g.m ggr h.k.h h.m hr inkl iom jfr jmf k kap kapt kl kungl lic m.a.o"
            " max mdr milj min mom näml p.g.a p.m pga prop resp s s.k s:t s:ta sid sidd"
            " sk sp särsk t.ex t.o.m tab tel tex uppl utg åtm övers"
        ),
        "pl": (
            "abp al art b.p bp bł czc d/s doc dost ds dyr fot gm godz hab inż j.e j.em j.k.m"
            " jw kard kpr kpt ks lic lit m.in m.st mjr np nry o ob ok oprac os pkt pl por pow"
            " poz ppłk przekł przyg przyp płk red rozdz rozp ryc rys s sierż ss str sygn szan"
            " szt t tab tabl tel tir tj tt tzn tzw tłum uchw ul ur w/w wg woj ww wyd zm zob"
            " zwł łask śp św śś"
        ),
        "cs": (
            "angl arch bc bl cca doc ed fr il ing j.m judr kap kpt lat max min mj mjr mudr"
            " např nar nař npor nám něm odd odst okr paeddr phdr plk popř por pplk ppor pí"
            " písm přel příp r red resp rndr rozs roč rtm s sl sp.zn srov str sv t.j t.zv t.č"
            " tab tel tj tzn tzv tř ul usn viz vyd vyhl vč zem zn zvl zák č č.j č.p čl čp čís"
            " řec"
        ),
        "sk": (
            "cca doc ed ing judr kap max min mudr napr nar nám obr odd okr phdr porov pozri prel"
            " príp pí r resp roč s str sv t.j tab tel tzn tzv ul vyd zom č čl"
        ),
        "ru": (
            "абз адм акад англ архиеп асп букв бул вып г г-да г-жа г-н ген гл гр греч д дер"
            " докт досл доц еп изд илл канд каф кв кн кол корп лейт наб напр нем о обл ок п"
            " параг пер пл подр подразд пом пос пп пр-т преосв преп прил прим просп прот проф"
            " р-н разд рег ред рис рожд с св свящ см сост ср ст стр т.е т.к т.н т.наз т.о"
            " табл тов ул ф-т франц цит ч чл.-корр ш эт"
        ),
        "uk": (
            "абз акад англ архиєп бл буд букв бул вид вип вул ген гл гр грец див дод докт доц"
            " канд каф кв кн корп лат м наб напр нар нім о обл п п-н п-ні пер пл пом пор"
            " постан пп преп прим пров просп прот проф підп підрозд р-н ред рис розд розпор с"
            " св свящ смт ст стор т.зв т.ч т.є табл тов упоряд ф-т франц цит ч чл.-кор єп іл"
        ),
        "el": (
            "άρθ άρθρ αγ αντ/γος αρ αρθρ αριθ αρχιεπ βασ βλ γεν δηλ δις δρ εδ εδάφ εικ εκδ"
            " ενν επ επιμ κ κ.κ καθ καπ κεφ κκ λ.χ λεγ λεωφ λοχ μ.τ.φ μητρ μον μτφρ ν οδ π.δ"
            " π.χ πίν παρ περ πλ πρβλ πχ σ σελ σσ στοιχ στρ συντ σχ τ τ.μ ταχ τεύχ τηλ τόμ υπ"
            " υποπαρ χ.τ χ.χ χειρ"
        ),
        "tr": (
            "a.g.e a.g.m age agm alb apt arş av bk bkz bl bnb c cad cd doç ecz fak fık gör"
            " haz hst hz i.s i.ö korg krş m.s m.ö mah mim mö müh org s sk sn ss t.c tel tümg"
            " tğm uzm yakl yb yrd yzb ör örn öğr üniv şek"
        ),
        "hi": ("अनु ई.पू उदा कि.मी कु क्र चौ डा डॉ पं पृ पृष्ठ प्रा प्रो मु रु लि वि श्री श्रीमती सं संपा सुश्री स्व"),
        "hu": (
            "biz br em fej ford főszerk gr id ifj ill kb ker kiad krt ld o pl stb.i sz szent"
            " szerk szt t.i tel ui vm vö ált özv ún"
        ),
        "fi": "ao dos em esim hra ks maist mm n nk noin ns nti puh rva s sivu so toht tri ts vrt",
        "da": (
            "ang bd bl bl.a d.v.s dvs ekskl evt f.eks frk fru fx hhv hr inkl jf jfr kap kgl kl"
            " maks mia min mio ovs p.gr.a pr red s sk skt sml såk tab tlf udg"
        ),
        "nb": (
            "ang bd bl.a d.v.s dvs ekskl evt f.eks frk fru hhv hr inkl jf jfr kap kgl kl maks"
            " mill min mrd overs red s sml såk tab tlf utg"
        ),
        "ro": (
            "acad alin aprox arh art av bd bld cap coord d-l d-na d-ra dl dna dra ed ex ing lit"
            " mil mla pag pg sf sfta str tab trad"
        ),
    }.items()
}

#: May end a sentence: a capital letter after it begins the next one.
TRAILING_ANYWHERE = word_set(
    "&c a.d a.m ad am b.c b.c.e bc c.e cm dl dm etc gb ha kb kg km kw mb mg ml mm p.m pm εκ"
    " χιλ χλγρ χλμ га кг км мм см"
)

#: The same in single languages.
TRAILING = {
    language: (TRAILING_ANYWHERE - LEADING.get(language, frozenset())) | word_set(words)
    for language, words in {
        "en": "et.seq ff hrs lbs mins oz secs seq seqq yrs",
        "de": (
            "e.v f ff gmbh jh jhd ktn n.chr n.u.z o.j o.o u.a.m u.dgl u.drgl u.s.f u.s.w u.v.a"
            " u.v.m u.ä u.ä.m usf usw v.chr v.u.z"
        ),
        "fr": "cie j.-c n.è s s.a s.a.r.l s.a.s sq sqq ssq suiv",
        "es": "a.c a.j.c d.c d.j.c j.c q.e.d q.e.p.d s.a s.l s.r.l s.s.s ss ss.mm",
        "it": "a.c d.c ecc eccetera s.n.c s.p.a s.r.l s.s segg sg sgg v.d",
        "pt": "a.c a.e.c cia d.c e.c lda ltda s.a s.a.r.l seg segs sgs",
        "nl": "b.v e.a e.d e.v enz ff jl m.m n.chr n.v o.i.d s.v.p v.chr v.g.t vlg vlgg vv",
        "sv": "ab e.kr ekr f.kr ff fkr kr m.fl m.m mfl o.d o.s.v osv tr",
        "pl": "dł godz gr gł i.in itd itp kol n.e nast nn p.n.e r rr s.a szer w ww wys zł",
        "cs": (
            "a.j a.pod aj apod atd csc drsc hod kč min n.l nn násl po.kr př.kr př.n.l s.r.o sb spol"
        ),
        "sk": "a.i a.s apod atď hod n.l pr.n.l s.r.o sk",
        "ru": (
            "вв гг долл др и.т.д и.т.п коп мин млн млрд н.э пр руб сек сл след т.д т.п тыс"
            " час чел экз"
        ),
        "uk": ("год грн дал коп млн млрд н.е наст прим рр сек стст т.д т.п тис хв чол і.т.д ін"),
        "el": ("α.ε δρχ ε.π.ε ευρ κ.ά κ.α κ.ε κ.εξ κ.επ κ.λπ κ.ο.κ κ.τ.λ κλπ κτλ μ.μ ο.ε π.μ π.χρ"),
        "tr": "a.ş aş bs dk ltd.şti m tic vb vd vdi vs yy şti",
        "ar": "إلخ الخ",
        "hu": "bt i.e i.sz kft rt stb zrt",
        "fi": "eaa ekr jaa jkr jne ym yms",
        "da": "aps e.kr f.kr ff kr m.fl m.m m.v o.l osv",
        "nb": "a.s e.kr f.kr ff kr m.fl m.m mv o.l osv",
        "ro": "d.hr e.n lei s.a s.r.l î.e.n î.hr ş.a ș.a",
    }.items()
}

#: After a number they may end a sentence (a unit, a year, a century); elsewhere something follows.
AFTER_FIGURES = {
    language: word_set(words)
    for language, words in {
        "en": "ft g h in l m mi min p s yd",
        "de": "g h jh l m min mk pf rm s st std",
        "fr": "f fr g h l m min s",
        "es": "g h l m min ptas pts s",
        "it": "g h l m min s",
        "pt": "g h l m min s",
        "nl": "g l m min s u",
        "sv": "g h kr l m min s tr",
        "pl": "g godz gr l m min mld mln r rr s tys w ww zł",
        "cs": "g h hod l m min r s st",
        "ru": "в г д коп л м млн руб с тыс ч чел",
        "uk": "год грн коп л м млн р с ст тис хв",
        "el": "αι γρ λ λεπ μ ώρ",
        "tr": "dk g l m s sa yy",
    }.items()
}

#: Something follows before a figure or a Roman numeral; before words they are words.
FIGURES_ANYWHERE = word_set("art cap chap col fig kap max min no nos nr p pp s tel vol")

#: The same in single languages.
FIGURES = {
    language: FIGURES_ANYWHERE | word_set(words)
    for language, words in {
        "en": (
            "app apr aug bk cir cl ct dec dist div ex feb jan jul jun lines ll ln mar nov oct"
            " pt reg sect sep sept ser stat supp tab vv"
        ),
        "de": "apr aug dez di feb fr jan jul jun kl mo mär nov nrn okt sa sep sept",
        "fr": "avr déc févr janv juil l n nov oct sept",
        "es": "abr ago dic ene feb jul jun l n nov oct s sept sig séc t",
        "it": "ag apr dic febb gen giu l lug magg n nov ott s sec sett t",
        "pt": "abr ago dez fev jan jul jun l n nov s séc t",
        "nl": "apr aug dec feb jan jul jun mrt nov okt sept",
        "sv": "apr aug dec feb jan nov okt sept",
        "pl": "m r sygn ust w z zob",
        "cs": "m obr paragr r v z",
        "ru": "г к л род тел ум",
        "uk": "к л р тел",
        "el": "αρ ημ ν",
        "tr": "böl cilt madde md res sok tab çev",
        "hu": "old u",
    }.items()
}

#: Short words that are no abbreviations, though they look like some.
SHORT_WORDS = {
    language: word_set(words)
    for language, words in {
        "en": "arc ark fed ill ll no pa re",
        "es": "bien mar no",
        "fr": "sec",
        "it": "fa mai no ore re sa su sì va via",
        "nl": "al hand",
        "pl": "no nos",
        "cs": "no nos",
        "pt": "no nos",
        "sv": "ord",
        "ru": "муж",
    }.items()
}

#: Leading abbreviations that are words as well: nothing need follow them but figures.
WORDS_TOO = word_set("art min max mind vol col long tab cap ste gen")

#: Ends a sentence only before a word that likes to begin one.
EITHER = word_set(
    "jr sr esq inc ltd co corp bros dept univ assn ph.d m.d b.a m.a d.c u.s u.k u.s.a e.u.a ee.uu"
    " ud uds vd vds im им ім هـ ه ق.م ب.م ق.هـ"
)

#: Authors whose names are not all given: a year or a page in brackets belongs to them.
AND_OTHERS = word_set("al coll kol in ін др m.fl e.a κ.ά vd a.kol i.in и.др та.ін u.a mfl")

#: What stands after an exclamation mark that belongs to a name ("Yahoo! Inc.").
FIRMS = word_set("inc ltd llc corp co plc ag gmbh s.a bv ab oy group holdings media")

#: Names that end with the mark of a sentence.
NAMES = word_set("yahoo yum jeopardy joomla wham モーニング娘")
