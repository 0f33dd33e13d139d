"""Sentences and passages in several languages, and the laws they keep for any text at all."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest import segment
from ingest.segment import MOST_WORDS, detect_language, passages, word_count


def cut(text: str, language: str = "en") -> list[str]:
    """The sentences of a text."""
    return [text[a:b] for a, b in segment.segment(text, language)]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["Mr. Smith met Dr. Jones.", "They spoke at 5 p.m.", "Then both left."]),
        ("en", ["J. R. R. Hale wrote it in the U.S. in 1937.", "See Fig. 3 and p. 141.", "Good."]),
        ("en", ["“I am tired.", "Really tired,” said Ada.", "(She was.)", "He went on."]),
        ("en", ["“What is it?” he asked.", "“Nothing.”", "“Why?”", "No answer . . . none."]),
        (
            "en",
            ["Prices rose by 3.5 percent.", "Wait...", "What?", "Was it I?", "It was I.", "So."],
        ),
        ("en", ["It was old. [1]", "Mrs. Grey said no.", "Then she left.[2]", "So did I."]),
        ("en", ["He bought apples, pears, etc.", "Then he sang.", "Smith et al. found it first."]),
        ("de", ["Das ist z. B. gut, d. h. sehr gut usw.", "Am 3. Mai 1999 kam er an."]),
        ("de", ["Der 2. Band erschien spät.", "„Wer ist da?“, fragte sie.", "»Ich bin es.«"]),
        ("de", ["Prof. Dr. Weiß schrieb u. a. Briefe.", "Nr. 5 lebt noch.", "Er kam um acht an."]),
        ("ru", ["Он родился в 1889 г. в Москве.", "Это было давно, т. е. раньше.", "Да."]),
        ("ru", ["Яблоки, груши и т. д.", "А потом А. С. Орлов ушёл.", "«Как дела?» — спросил он."]),
        ("fr", ["M. Dupont est arrivé.", "« Où est-elle ? » demanda-t-il.", "Personne ne sait."]),
        ("es", ["El Sr. Ruiz llegó tarde.", "¿Quién es?", "¡Nadie!", "Así fue."]),
        ("ar", ["هل أنت بخير؟", "نعم، أنا بخير.", "شكرا جزيلا!"]),
        ("hi", ["यह एक वाक्य है।", "यह दूसरा है।"]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(language: str, sentences: list[str]) -> None:
    assert cut(" ".join(sentences), language) == sentences


@pytest.mark.parametrize(
    "sentence",
    [
        "He met Bill Landreth, a. k. a. The Cracker, in 1983.",
        "Signe Brandt a.k.a. The Lamp rowed out.",
        "Kalvholm, a.k.a. Calf Island, has a light.",
        "The board (a. k. a. Tidal Board) met twice.",
        "Lund, A.K.A. Old Wick, wrote it down.",
    ],
)
def test_also_known_as_ends_no_sentence(sentence: str) -> None:
    text = f"{sentence} Then she left."
    assert cut(text) == [sentence, "Then she left."]


def test_chinese_sentences_need_no_spaces() -> None:
    text = "他说：“今天天气很好。我们走吧。”然后他就走了！真的吗？是的。"
    assert cut(text, "zh") == [
        "他说：“今天天气很好。",
        "我们走吧。”",
        "然后他就走了！",
        "真的吗？",
        "是的。",
    ]


def test_no_sentence_crosses_a_paragraph_or_a_list_item() -> None:
    text = "A heading without a stop\n\nThe text goes on\nover a line end.\n- first\n- second"
    assert cut(text) == [
        "A heading without a stop",
        "The text goes on\nover a line end.",
        "- first",
        "- second",
    ]


def test_each_option_of_a_manual_is_a_sentence_of_its_own() -> None:
    options = ["-q, --quiet  Say less", "--level=N  How much is said, by\n   default 3", "-x  Stop"]
    text = "\n  ".join(["Options:", *options])
    assert [" ".join(piece.split()) for piece in cut(text)] == [
        "Options:",
        "-q, --quiet Say less",
        "--level=N How much is said, by default 3",
        "-x Stop",
    ]


def test_two_dashes_at_the_edge_of_a_line_go_on_a_sentence() -> None:
    text = "He came at last\n--and nobody saw him--by the back door."
    assert cut(text) == [text]


def test_a_long_sentence_is_not_cut_inside_an_option() -> None:
    clause = "the tide came in over the flats and nobody saw it pass --quiet along the wall"
    assert not any(piece.startswith("quiet") for piece in cut(" ".join([clause] * 9)))


def test_text_without_capitals_is_cut_all_the_same() -> None:
    text = "i went home. it was late. nobody was there. i slept. then it rained."
    assert len(cut(text)) == 5


def test_long_sentences_are_cut_where_they_pause() -> None:
    clause = "the tide came in over the flats and nobody in the village saw it come"
    text = "; ".join([clause] * 9) + "."
    pieces = cut(text)
    assert all(piece.endswith((";", ".")) for piece in pieces)
    assert all(15 <= word_count(piece) <= 60 for piece in pieces)


def test_a_sentence_without_any_pause_is_cut_between_words() -> None:
    pieces = cut("word " * 500)
    assert all(word_count(piece) <= MOST_WORDS for piece in pieces)
    assert " ".join(pieces).split() == ["word"] * 500


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("one two", 2), ("  a\n b\t", 2), ("今天天气", 2), ("我爱 Python 语言", 3)],
)
def test_words_are_counted_in_scripts_with_and_without_spaces(text: str, count: int) -> None:
    assert word_count(text) == count


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The harbour was quiet and the boats lay on the sand, for it was Sunday."),
        ("de", "Der Hafen war still und die Boote lagen auf dem Sand, denn es war Sonntag."),
        ("fr", "Le port était calme et les bateaux étaient sur le sable, car c'était dimanche."),
        ("es", "El puerto estaba tranquilo y los barcos en la arena, porque era domingo."),
        ("it", "Il porto era tranquillo e le barche erano sulla sabbia, perché era domenica."),
        ("nl", "De haven was stil en de boten lagen op het zand, want het was zondag."),
        ("pt", "O porto não tinha barcos e as crianças estavam na areia, porque era domingo."),
        ("ru", "В гавани было тихо, и лодки лежали на песке, потому что был праздник."),
        ("zh", "港口很安静，船都停在沙滩上，因为那天是星期日。"),
        ("ja", "港は静かで、船は砂の上にありました。"),
        ("ko", "항구는 조용했고 배들은 모래 위에 있었다."),
        ("ar", "كان الميناء هادئا وكانت القوارب على الرمال."),
        ("he", "הנמל היה שקט והסירות היו על החול."),
        ("", "12345 67890"),
        ("", ""),
    ],
)
def test_language_is_told_from_the_text(language: str, text: str) -> None:
    assert detect_language(text) == language


_PROSE = st.text(
    alphabet=st.sampled_from(list("abcdefgABCDEZ  \n.,;:!?'\"()[]-…—“”’«»1234。！，中文ا؟é😀")),
    max_size=400,
)


def _laws(text: str, spans: list[tuple[int, int]]) -> None:
    position = 0
    for start, end in spans:
        assert position <= start < end
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip()
        assert word_count(text[start:end]) <= MOST_WORDS
        position = end
    assert not text[position:].strip()


@given(
    st.one_of(_PROSE, st.text(max_size=300)), st.sampled_from(["", "en", "de", "ru", "zh", "xx"])
)
@example("U. S. Then. \n\n\n ' ” . \n\f x", "en")
@example("a\x1c\x85b\u2028c.\u3000D", "en")
def test_nothing_visible_is_lost_or_doubled(text: str, language: str) -> None:
    _laws(text, segment.segment(text, language))


@given(
    st.lists(
        st.sampled_from(["word", "Word.", "“Yes,”", "z.", "B.", "\n\n", "3.", "—", "then;"]),
        max_size=600,
    )
)
@settings(max_examples=60)
def test_passages_hold_every_word_of_the_body_once(parts: list[str]) -> None:
    text = " ".join(parts)
    found = passages(text, 1000, "en", chapter="One")
    seen = ""
    for passage in found:
        start, end = passage.locator.start - 1000, passage.locator.end - 1000
        assert text[start:end] == passage.text
        assert passage.locator.chapter == "One"
        _laws(passage.text, [(a - 1000 - start, b - 1000 - start) for a, b in passage.sentences])
        seen += passage.text
    left = "".join(seen.split())
    everything = "".join(text.split())
    # Only ornaments, paragraphs without a letter or figure, belong to no passage.
    assert [c for c in left if c.isalnum()] == [c for c in everything if c.isalnum()]


def _story(paragraphs: int, sentences: int) -> str:
    line = "The keeper of the light wrote down the hour and the wind every evening."
    return "\n\n".join(" ".join([line] * sentences) for _ in range(paragraphs))


def test_passages_are_neither_crumbs_nor_pages() -> None:
    for text in (_story(40, 3), _story(5, 40), _story(300, 1)):
        sizes = [word_count(passage.text) for passage in passages(text)]
        assert all(40 <= size <= 140 for size in sizes[:-1])
        assert 20 <= sizes[-1] <= 140


def test_passages_like_to_end_with_a_paragraph() -> None:
    text = _story(30, 5)
    ends = {passage.locator.end for passage in passages(text)}
    assert all(text[end : end + 2] in ("\n\n", "") for end in ends)


def test_a_short_text_is_one_passage() -> None:
    assert len(passages(_story(3, 3))) == 1
    assert passages("  \n\n ") == ()


def test_headings_and_ornaments_stay_out_of_passages() -> None:
    text = "CHAPTER 1\n\nThe first.\n\n* * *\n\nThe second."
    found = passages(text, body=[(len("CHAPTER 1"), len(text))])
    assert [passage.text for passage in found] == ["The first.", "The second."]
