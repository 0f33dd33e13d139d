"""What is known of single languages: their commonest words, words that begin sentences, verbs."""


def word_set(words: str) -> frozenset[str]:
    """The words of a line, as a set."""
    return frozenset(words.split())


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
            " bis mehr durch man ich wenn wir alle beide viele manche einige niemand jemand keiner"
            " jeder heute gestern später danach dort nun jetzt dann trotzdem deshalb ihm ihn ihr"
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
            " к от вы бы был о для или если уже только ещё когда при было были их ему там тут"
            " теперь потом"
            " никто также чтобы кто мне меня была ни даже под об"
        ),
        "sv": (
            "och i att det som en på är av för med till den har de inte om ett han men var jag"
            " sig från vi så kan när år under också efter eller nu sin där vid mot ska skulle"
            " kommer ut får finns vara hade alla andra mycket än här då sedan över bara in blir"
            " upp även vad få två vill ha många hur mer går hon hans hennes ingen dem detta"
        ),
        "da": (
            "og i at det som en på er af for med til den har de ikke om et han men var jeg sig"
            " fra vi så kan når år under også efter eller nu sin hvor ved mod skal skulle kommer"
            " ud får være havde alle andre meget end her da over kun ind bliver op selv hvad to"
            " vil mange hvordan mere går hun hans hendes ingen dem dette blev jeg mig dig noget"
        ),
        "nb": (
            "og i å det som en på er av for med til den har de ikke om et han men var jeg seg fra"
            " vi så kan når år under også etter eller nå sin hvor ved mot skal skulle kommer ut"
            " får være hadde alle andre mye enn her da over bare inn blir opp selv hva to vil"
            " mange hvordan mer går hun hans hennes ingen dem dette ble jeg meg deg noe"
        ),
        "fi": (
            "ja on ei se että hän oli en mutta ole minä sen niin tämä kun mitä kuin myös sitä"
            " olen joka jos nyt ovat vain mikä tai hänen kanssa siitä olisi sinä hyvin siellä"
            " sitten vielä voi ollut kaikki tässä mukaan koska enemmän he me te jo itse joka"
        ),
        "pl": (
            "i w nie na się z do to że jest o jak a co ale po tak za od ja go już jego przez"
            " tylko jej by był była było były może dla tym czy ma jeszcze kiedy mu jako ten tej"
            " tego są przed przy pod nic ani oraz który która które ze on ona ono my wy oni mnie"
            " ich więc bardzo tam tu gdy ich nich potem dziś wtedy nigdy nikt"
        ),
        "cs": (
            "a je se na v to že do s z i o jako za by jsem ale ve k po od který která které už"
            " pro jeho si jen tak jak nebo byl byla bylo byli být při co ten ta aby jsou není"
            " nebyl ještě až tím před mezi pak jej jejich podle však také když kdy kde proto"
            " který on ona my vy oni mi ho mu ji ze ani nikdo nic potom dnes tam tu"
        ),
        "hu": (
            "a az és hogy nem is egy volt csak meg de mint már ez azt el ha még van be ki mert"
            " vagy ezt fel nagyon én ő mi ti ők neki majd akkor ott itt után sem mely amely"
            " lehet minden más lett volna pedig amikor úgy így szerint között"
        ),
        "ro": (
            "și de în a la cu pe nu o un să că din se este mai care ce pentru au fost era dar"
            " sau ca el ea ei lui prin după fi sunt am fără dacă când cum acest această între"
            " până numai foarte unei unui îi își lor nici atunci acum"
        ),
        "tr": (
            "ve bir bu da de için o ile çok ne daha gibi var ama kadar ben sonra en mi değil diye"
            " olarak olan ki şey her mu yok onu bana ya hem sen biz siz onlar oldu olduğu ise"
            " kendi bile mı bütün hiç şimdi bunu benim nasıl böyle zaman önce iki ancak çünkü"
            " hiçbir vardı idi dedi yalnız bugün kimse"
        ),
        "el": (
            "και το να του η της με που την από για τα είναι των σε ο οι στο θα τη στην τον τους"
            " δεν τις ένα μια ότι ή στη στα μας αλλά κι αυτό όπως αν μου σας μόνο πολύ ως όταν"
            " εγώ εσύ αυτός αυτή εμείς εκείνος ήταν τι πού πώς γιατί τότε εδώ εκεί"
        ),
        "uk": (
            "і в не на я що він з як це та до у за по але вони ми все вона так його ти із від"
            " ви би був о чи або ще вже тільки коли якщо для при про які який яка було були"
            " їх йому там тут тепер потім ніхто також щоб хто"
        ),
        "bg": (
            "и на да се в е от за не си с по че са ще като но а аз той тя те ние му им ми го"
            " това как или беше до след само още когато какво който която които има няма"
        ),
        "vi": (
            "và của là có không được trong cho một người với các những này đã khi đó để từ"
            " đến cũng như ra về anh ông bà nó tôi họ lại nhưng rất vào năm thì mà"
        ),
    }.items()
}

# Words that like to begin a sentence, in the languages of western Europe.
_STARTERS = word_set(
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

_ARABIC_STARTERS = word_set("ثم كان كانت لكن لم لن لقد قد إن أن أما هذا هذه هو هي بعد قال قالت")

_NAME_PARTICLES = word_set("de la le les des du del della di da do dos das van von el al der den")


def begins_sentences(word: str, language: str, *, after_initial: bool = False) -> bool:
    """Whether `word` is one of those that sentences often begin with.

    After an initial, particles of names ("J. Le Goff", "A. de Luca") are not.
    """
    small = word.lower()
    if after_initial and small in _NAME_PARTICLES:
        return False
    if small in _STARTERS:
        return True
    if language == "ar":
        return small[0] == "و" or small in _ARABIC_STARTERS
    return language != "en" and len(small) > 1 and small in STOPS.get(language, ())


#: Languages in which a figure with a full stop is an ordinal number.
ORDINALS = word_set("de cs sk da nb nn no fi et hu hr sl sr is lv tr az")

#: Ordinals stand before names as well ("2. Dünya Savaşı"): a capital after them ends nothing.
ORDINALS_BEFORE_NAMES = word_set("tr az hu fi et lv")

#: What stands before an ordinal number.
DETERMINERS = word_set(
    "am im vom zum zur beim ins der die das den dem des ein eine einen einem einer eines jeder"
    " jede jedes jeden und oder bis seit ihr ihre ihrem sein seine seinem seinen mein meine"
    " meinem unser unsere unserem dieser diese diesem kein keine"
)

MONTHS = word_set(
    "januar jänner februar märz april mai juni juli august september oktober november dezember"
)

#: What is numbered at the head of a line, with its title after the stop ("Article 5. Of Water").
HEADED = word_set(
    "article section chapter book part rule table figure fig. plate note theorem lemma proposition"
    " corollary definition example artikel kapitel abschnitt teil abbildung abb. tabelle tab. satz"
    " chapitre livre partie tableau planche artículo capítulo sección tabla figura artigo tabela"
    " articolo capitolo tabella sezione hoofdstuk tabel figuur avsnitt tabell figur art. artykuł"
    " rozdział rysunek rys. článek čl. kapitola tabulka obrázek obr. статья стаття глава раздел"
    " розділ таблица таблиця рисунок рис. άρθρο κεφάλαιο πίνακας σχήμα εικόνα madde bölüm tablo"
    " şekil المادة الفصل סעיף פרק"
)

#: Verbs of saying: what follows a quotation that ends with "?" or "!" may still belong to it.
SAID = {
    "en": (
        "said asked cried replied answered shouted whispered murmured muttered exclaimed called"
        " demanded inquired enquired returned remarked screamed yelled laughed sighed"
        " gasped snapped growled roared begged says asks replies thought wondered added repeated"
        " whimpered hissed barked bellowed wailed moaned groaned sobbed protested insisted sneered"
        " stammered pleaded retorted interrupted countered agreed"
    ),
    "ar": (
        "قال قالت قالوا سأل سألت سأله سألته سألها صاح صاحت هتف هتفت أجاب أجابت أجابه أجابته"
        " رد ردت همس"
        " همست فكر فكرت أردف أردفت زعق زعقت"
        " صرخ صرخت نادى نادت تمتم تمتمت تساءل تساءلت أضاف أضافت يقول تقول"
    ),
    "fa": "گفت گفتند پرسید پرسیدند فریاد داد زمزمه جواب پاسخ",
    "he": (
        "אמר אמרה אמרו שאל שאלה שאלו קרא קראה קראו ענה ענתה ענו השיב השיבה צעק צעקה צעקו לחש לחשה"
        " מלמל מלמלה הוסיף הוסיפה הפטיר הפטירה תהה תהתה צחק צחקה רטן נאנח נאנחה חשב חשבה הרהר הרהרה"
    ),
    "hi": (
        "कहा पूछा बोला बोली बोले चिल्लाया चिल्लाई चिल्लाए पुकारा फुसफुसाया फुसफुसाई बुदबुदाया बुदबुदाई"
        " सोचा चीखा चीखी गरजा गरजी कहते कहती कहता पूछते पूछती पूछता कहने पूछने"
    ),
    "ko": (
        "말했다 물었다 외쳤다 대답했다 소리쳤다 속삭였다 중얼거렸다 되물었다 말하였다 물었지 말했지"
        " 생각했다 고함쳤다 덧붙였다 답했다 부르짖었다 웅얼거렸다"
    ),
    "ja": (
        "言った 言う 言っ 叫んだ 叫ぶ 聞いた 聞く 尋ねた 訊いた 答えた 答える"
        " つぶやいた 呟いた ささやいた 囁いた 怒鳴った 呼んだ 笑った 問うた 問いかけた 返した"
        " 思った 考えた 命じた 嘆いた うなった 唸った"
    ),
    "zh": "想 说 說 道 问 問 喊 叫 答 嚷 吼 骂 罵 回答 哭 笑道 低语 低語 自语 自語",
}
