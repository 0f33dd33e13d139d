"""Classes of cuts in single languages, beyond the hand-marked texts, and the laws of the ends."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.ends import sentence_ends
from ingest.readers import read
from ingest.records import ReadRequest, Section, Source
from ingest.segment import MOST_WORDS, detect_language, segment, told_language, word_count

LANGUAGES = [
    "en",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "sv",
    "pl",
    "cs",
    "ru",
    "uk",
    "el",
    "tr",
    "ar",
    "he",
    "hi",
    "zh",
    "ja",
    "ko",
    "fi",
    "hu",
    "xx",
]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "de",
            ["Hr. Kunz u. Fr. Weiß kamen.", "‚Na gut‘, dachte er.", "‚Dann nicht.‘", "Er ging."],
        ),
        (
            "de",
            [
                "Kaiser Wilhelm II. Hohenzollern floh.",
                "Er wohnt im 3. Stock.",
                "Sie ist 7.",
                "Und er?",
            ],
        ),
        ("de", ["Die Kirche steht in der Hauptstr. 12.", "Etwa 5 Mio. Menschen kennen sie."]),
        ("en", ["“Where is it?” Anna asked.", "“Here!”", "He said nothing."]),
        ("en", ["It cost 2s. 6d. in all.", "I … I paid it.", "See Sect. 4.2.", "The end."]),
        ("en", ["Nobody had counted them.3", "Later, 14 were found."]),
        ("es", ["—¡Alto! —gritó el guardia—.", "¿Quién va?", "—Yo."]),
        ("pl", ["W 1920 r. Polska była wolna.", "Wojna skończyła się w 1921 r.", "Był pokój."]),
        ("cs", ["Dne 1. ledna 1993 vznikl stát.", "Bylo to v 0.00 hod.", "Viz § 3 zákona č. 5."]),
        ("tr", ["1. Dünya Savaşı bitmişti.", "IV. Murat ölmüştü.", "“Eve.”", "Sustu."]),
        ("ru", ["В 1812 г. Наполеон вошёл в Москву.", "Он умер в 1821 г.", "Ср. прим. 3."]),
        ("el", ["Τι ώρα είναι;", "Είναι 5 μ.μ.", "Πάμε!"]),
        ("he", ['מר כהן גר בת"א.', "הוא רופא.", '"מתי?" שאל דוד.', '"עכשיו."']),
        ("hi", ["डॉ. ए. पी. जे. कलाम मिले।", "“कब?” राम ने पूछा।", "वह चुप रहा।"]),
        ("en", ["She proved it.7,8", "Wm. Hale, 3 F.2d 4 (2d Cir. 1990), agreed.", "So did I."]),
        (
            "en",
            ["Read 5 U.S.C. § 12 at once.", "He fell ill.", "Nobody came (cf. p. 9 ff.).", "Odd."],
        ),
        ("de", ["Er wohnte in Brühl a. d. Donau.", "Gut (vgl. Bd. 3, S. 9 ff.).", "Sie schwieg."]),
        ("de", ["Der Antrag wird abgelehnt.", "2. Die Kosten trägt der Kläger."]),
        (
            "fr",
            ["Vu l’art. R. 12 du code, il cède.", "S. Em. Paul entra.", "Il était sec.", "Bon."],
        ),
        ("it", ["Lo dice l’art. 7.", "Vedi sez. IV, cpv. 2.", "Erano tre ore.", "– No.", "Bene."]),
        ("nl", ["Hij sliep.", "’s Morgens las hij.", "’t Was koud.", "Zie blz. 3 vlg.", "Goed."]),
        ("pl", ["Żył ok. 1500 r. w Pile.", "Zob. s. 5 nast.", "Nie, no.", "Dobrze."]),
        ("uk", ["Його скасовано.", "2. Міністр виконує закон."]),
        ("el", ["Κατά το άρθρ. 5 ισχύει.", "Βλ. σ. 3 κ.ε.", "Το ξέρω."]),
        ("ar", ["عاش سنة 200 هـ. في بغداد.", "ومات سنة 250 هـ.", "وكان فقيرًا."]),
        ("ko", ["그는 왔다.¹", "집은 9번지이다.", "3명이 산다."]),
        ("ko", ["“언제?” 철수가 물었다.", "그는 1874. 5. 3. 부산에서 태어났다.", "그뿐이다."]),
    ],
)
def test_rules_of_the_language_decide(language: str, sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [text[a:b] for a, b in segment(text, language)] == sentences


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "zh",
            ["他喊“快跑！”的时候，门开了。", "“什么时候？”小明问道。", "“现在。”", "他沉默了。"],
        ),
        ("zh", ["真的吗?", "（他没说为什么。）", "她说了。", "房子（最大的！）烧了。"]),
        ("zh", ["“他会来的。”她心想。", "“好。”", "他走了。"]),
        ("ja", ["「行け。」", "彼はそう言った。", "批判（たとえばA. B. ベル説）もある。"]),
        (
            "ja",
            ["「いつ？」と太郎は聞いた。", "「今。」", "（理由は言わなかった。）", "彼は黙った。"],
        ),
    ],
)
def test_scripts_without_spaces_are_cut_by_what_follows(
    language: str, sentences: list[str]
) -> None:
    text = "".join(sentences)
    assert [text[a:b] for a, b in segment(text, language)] == sentences


@pytest.mark.parametrize(
    ("language", "heading", "text"),
    [
        ("en", "Article 5. Of the Use of Water", "It is free. See Article 5. It says so."),
        ("en", "CHAPTER XII. The Storm", "It rained."),
        ("uk", "Стаття 9. Про воду", "Вода вільна."),
        ("es", "Artículo 3. Del agua", "El agua es libre."),
    ],
)
def test_a_numbered_heading_is_one_sentence(language: str, heading: str, text: str) -> None:
    whole = f"{heading}\n\n{text}"
    found = [whole[a:b] for a, b in segment(whole, language)]
    assert found[0] == heading
    assert len(found) == 1 + text.count(".")


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "Am 3. Mai ging er z. B. nach Köln. Dort blieb er bis zum 4. Juni."),
        ("ru", "Он родился в г. Твери, т. е. на Волге. Отец его был беден."),
        ("uk", "Він жив у м. Києві, на вул. Садовій. Гостей у нього не було."),
        ("cs", "Karel IV. byl tehdy už starý. Podle Krále a kol. (2003, s. 45) to není jisté."),
        ("sv", "Det gäller t.ex. mossar, dvs. våta marker. Jag var där och såg det."),
    ],
)
def test_a_text_file_is_cut_by_the_rules_of_the_language_it_is_in(
    language: str, line: str, tmp_path: Path
) -> None:
    file = tmp_path / "undeclared.txt"
    file.write_text("\n\n".join([line] * 4), encoding="utf-8")
    found: list[str] = []
    for record in read(file, ReadRequest(report=lambda *_: None, cancel=lambda: None)):
        if isinstance(record, Source):
            assert record.language == language
        elif isinstance(record, Section):
            spans = [span for passage in record.passages for span in passage.sentences]
            found += [record.text[a - record.start : b - record.start] for a, b in spans]
    assert len(found) == 8
    assert " ".join(found[:2]) == line


@pytest.mark.parametrize(
    ("language", "text"),
    [
        # A definition of a few words; "a" and "is" are Hungarian words as well.
        ("en", "A habit is a pattern. A custom is a kind of pattern."),
        ("en", "A habit is a pattern."),
        ("hu", "A szokás is egy minta, és a minta is egy szokás."),
        ("sv", "Hamnen var tyst och båtarna låg på sanden, för det var söndag."),
        ("pl", "W porcie było cicho i łodzie leżały na piasku, bo to była niedziela."),
        ("cs", "V přístavu bylo ticho a lodě ležely na písku, protože byla neděle."),
        ("tr", "Liman sessizdi ve tekneler kumun üzerindeydi, çünkü günlerden pazardı."),
        ("uk", "У гавані було тихо, і човни лежали на піску, бо була неділя."),
        ("hu", "A kikötő csendes volt, és a csónakok a homokon feküdtek, mert vasárnap volt."),
        ("fi", "Satama oli hiljainen ja veneet olivat hiekalla, koska oli sunnuntai."),
        ("el", "Το λιμάνι ήταν ήσυχο και οι βάρκες ήταν στην άμμο."),
        ("fa", "بندر آرام بود و قایق‌ها روی شن بودند، چون که یکشنبه بود."),
    ],
)
def test_neighbouring_languages_are_told_apart(language: str, text: str) -> None:
    assert detect_language(text) == language


_ANY = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(
            [
                *"aZ3 .!?…;:()«»„“”‘’「」『』。！？\n\t\u00a0—–-*_§[]",
                "XIV",
                "z. B.",
                "с.",
                "Dr.",
                "と",
                "道",
            ]
        ),
        max_size=60,
    ).map("".join),
)


@given(_ANY, st.sampled_from(LANGUAGES))
@example("(" * 40 + "x!) y", "zh")
@example("1. 2. 3. A", "ko")
@example('"א.', "he")
@example("\u00a0.\u00a0.", "el")
def test_ends_ascend_and_the_cuts_lose_nothing(text: str, language: str) -> None:
    ends = sentence_ends(text, language)
    assert ends == sorted(set(ends))
    assert all(0 < end <= len(text) for end in ends)
    position = 0
    for start, end in segment(text, language):
        assert position <= start < end <= len(text)
        assert not text[position:start].strip()
        assert word_count(text[start:end]) <= MOST_WORDS
        position = end
    assert not text[position:].strip()


_GERMAN = (
    "Der Hafen war still, und die Boote lagen auf dem Sand. Niemand wusste, wann der Wind wieder "
    "auf das Meer kommen würde. Die Frauen saßen vor den Häusern und nähten an den Netzen, aber "
    "sie sprachen nicht. Es war ein Sonntag, wie er im Sommer oft ist, und auch die Kinder waren "
    "mit ihren Vätern nach dem Essen in die Dünen gegangen."
)


@pytest.mark.parametrize(
    ("declared", "text", "language"),
    [
        ("en-US", _GERMAN, "de"),
        ("de-AT", _GERMAN, "de-AT"),
        ("", _GERMAN, "de"),
        ("la", _GERMAN, "la"),
        ("en-US", "Der Hafen war still.", "en-US"),
        ("en-US", "Порт был тих, и лодки лежали на песке. " * 10, "ru"),
        ("en", "港は静かで、船は砂の上にあった。" * 10, "ja"),
        ("nn", "Havna var stille, og båtane låg på sanden. " * 10, "nn"),
    ],
)
def test_a_declared_language_is_believed_unless_the_text_is_plainly_in_another(
    declared: str, text: str, language: str
) -> None:
    assert told_language(declared, text) == language


@given(_ANY, st.sampled_from(["", "en-US", "ja", "ar", "la", "cs-CZ"]))
def test_a_declaration_is_kept_or_a_language_detected(text: str, declared: str) -> None:
    assert told_language(declared, text) in {declared, detect_language(text)}


@given(_ANY)
def test_a_language_is_told_or_left_open(text: str) -> None:
    others = {
        "fa",
        "da",
        "nb",
        "ro",
        "bg",
        "vi",
        "fi",
        "hu",
        "th",
        "bn",
        "ta",
        "te",
        "hy",
        "ka",
        "am",
    }
    assert detect_language(text) in {"", *LANGUAGES, *others}


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["word ", "x", "今天", "a, "])
def test_a_line_of_any_length_is_cut_into_quotable_pieces(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    spans = segment(text, "en")
    assert all(word_count(text[a:b]) <= MOST_WORDS for a, b in spans)
    assert "".join(text[a:b] for a, b in spans).replace(" ", "") == text.replace(" ", "")


def test_what_is_looked_at_does_not_grow_with_the_line() -> None:
    """Each stop is judged by its surroundings: twice the text, the same cuts and as many again."""
    line = "(He came! So did they.) Nr. 5 of vol. 3. It was J. Roe, 1. He left … I know. "
    once, twice = (sentence_ends(line * n + "End.", "en") for n in (50, 100))
    each = len(sentence_ends(line * 51 + "End.", "en")) - len(once)
    assert len(twice) - len(once) == 50 * each


def test_marks_at_the_end_of_lines_need_not_be_judged() -> None:
    text = "Dr. Lee came. She left!\nIs it 3.5? Yes.\n\nfig. 3 shows it. \nIt ends so."
    ends = sentence_ends(text, "en")
    within = [end for end in ends if text[end : end + 1] not in ("", "\n")]
    assert sentence_ends(text, "en", by_line=True) == within
    assert len(within) < len(ends)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Jorun's cousin is Malte. Malte's sister is Birte.", "en"),
        ("Ylva's boat is Smilla.", "en"),
        ("We've met. It's late, and they'll be tired.", "en"),
        ("L'homme qu'il a vu n'est pas d'ici.", "fr"),
    ],
)
def test_what_follows_an_apostrophe_in_english_is_no_word_of_another_language(
    text: str, language: str
) -> None:
    assert detect_language(text) == language
