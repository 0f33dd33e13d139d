"""Questions of other languages, answered by what a statement says beyond them."""

import pytest

from ingest.language.remainder import remainder


@pytest.mark.parametrize(
    ("statement", "question", "answer"),
    [
        ("Mein Bruder wohnt in Kiel.", "Wo wohnt mein Bruder?", "in Kiel"),
        ("Mein Plan ist Pro.", "Was ist mein Plan?", "Pro"),
        ("Mein Plan ist Pro.", "Wie heißt mein Plan?", "Pro"),
        ("Unsere Katzen sind Mimi und Kasimir.", "Wie heißen unsere Katzen?",
         "Mimi und Kasimir"),
        ("Le bateau part à neuf heures.", "À quelle heure part le bateau ?", "à neuf heures"),
        ("Mi abuela vive en Sevilla.", "¿Dónde vive mi abuela?", "en Sevilla"),
        ("Il mio gatto si chiama Nerone.", "Come si chiama il mio gatto?", "Nerone"),
        ("我的妹妹叫小红。", "我的妹妹叫什么？", "小红"),
        ("Die Bilder hängen bei Frau Lohse.", "Bei wem hängen die Bilder?", "Frau Lohse"),
        ("Le plan se trouve dans le coffre du garage.", "Où se trouve le plan ?",
         "dans le coffre du garage"),
        ("Rosa vive en Toledo desde 2011.", "¿Dónde vive Rosa?", "en Toledo"),
        ("Rosa vive en Toledo desde 2011.", "¿Desde cuándo vive Rosa en Toledo?", "desde 2011"),
        ("Luc a rendu la clé à Inès.", "À qui Luc a-t-il rendu la clé ?", "à Inès"),
        ("Mein Vetter Jost lebt seit Juni in Trier.", "Wo lebt Jost?", "in Trier"),
        ("Mein Vetter Jost lebt seit Juni in Trier.", "Seit wann lebt Jost in Trier?",
         "seit Juni"),
        ("Der Schlüssel liegt in der Dose im Schrank.", "Wo liegt der Schlüssel?",
         "in der Dose im Schrank"),
        ("Mon oncle Jules travaille chez Bull à Angers.", "Où travaille Jules ?",
         "chez Bull à Angers"),
        ("Mi tía Rosa vive en Toledo cerca del río.", "¿Dónde vive Rosa?",
         "en Toledo cerca del río"),
        ("Der Ofen wurde am 3. Oktober gekehrt.", "Wann wurde der Ofen gekehrt?",
         "am 3. Oktober"),
        ("Ma nièce Odette étudie à Lille.", "Où étudie Odette ?", "à Lille"),
        ("Le cours commence lundi à 9 heures.", "Quand commence le cours ?", "lundi à 9 heures"),
        ("Jan hat am Montag mit Eva Suppe gekocht.", "Wer hat am Montag Suppe gekocht?", "Jan"),
        ("Meine Nachbarin heißt Frau Kessler und wohnt im dritten Stock.",
         "Wie heißt meine Nachbarin?", "Frau Kessler"),
        ("Mein Zahnarzt heißt Doktor Brandt und arbeitet in Fulda.",
         "Wie heißt mein Zahnarzt?", "Doktor Brandt"),
        ("Ma voisine s'appelle Madame Petit et habite au troisième étage.",
         "Comment s'appelle ma voisine ?", "Madame Petit"),
        ("Mi vecina se llama Doña Pilar y vive en el tercer piso.",
         "¿Cómo se llama mi vecina?", "Doña Pilar"),
        ("La mia vicina si chiama Anna Conti e abita al terzo piano.",
         "Come si chiama la mia vicina?", "Anna Conti"),
    ],
)  # fmt: skip
def test_the_piece_that_is_left_answers(statement: str, question: str, answer: str) -> None:
    found = remainder(question, statement)
    assert found is not None
    assert found.text == answer
    assert statement[found.start : found.end] == answer


@pytest.mark.parametrize(
    ("statement", "question"),
    [
        ("Mi abuela vive en Sevilla.", "¿Cuándo vive mi abuela?"),
        ("Mein Bruder wohnt nicht in Kiel.", "Wo wohnt mein Bruder?"),
        ("Früher wohnte mein Bruder in Kiel.", "Wo wohnt mein Bruder?"),
        ("Mein Bruder wohnt in Kiel.", "Wo wohnt meine Schwester?"),
        ("我的妹妹不叫小红。", "我的妹妹叫什么？"),
        ("Mein Bruder wohnt in Kiel und meine Schwester in Ulm.", "Wo wohnt mein Bruder?"),
        ("Mein Bruder wohnt in Kiel und kommt im Mai nach Ulm.", "Wo wohnt mein Bruder?"),
        ("Der Bus fährt nach dem Zug um 9 Uhr.", "Wann fährt der Zug?"),
        ("Die Tante von Jost lebt in Trier.", "Wo lebt Jost?"),
        ("Anna und Jost leben in Trier.", "Wo lebt Jost?"),
        ("Karl leiht Anna das Rad seiner Mutter.", "Wem leiht Karl das Rad?"),
    ],
)
def test_another_sort_a_doubt_or_another_subject_answers_nothing(
    statement: str, question: str
) -> None:
    assert remainder(question, statement) is None
