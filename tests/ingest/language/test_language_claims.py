"""What follows from a statement, and when it holds."""

import pytest

from ingest.language.claims import claims_of


def _claims(text: str, *context: str) -> set[str]:
    found = set()
    for claim in claims_of(text, context).claims:
        clause = claim.clause
        roles = (
            clause.subject,
            clause.object,
            clause.complement,
            *(t for _, t in clause.prepositions),
        )
        words = " ".join(role.head for role in roles if role is not None)
        found.add(
            f"{claim.status}: {'not ' if clause.negated else ''}{clause.verb} {words}".strip()
        )
    return found


@pytest.mark.parametrize(
    ("text", "preposition", "phrase"),
    [
        ("The storm led to the lost orders.", "to", "the lost orders"),
        ("He ran to the closed shop.", "to", "the closed shop"),
        ("She asked about the hurt dog.", "about", "the hurt dog"),
        ("I work for the split party.", "for", "the split party"),
        ("They spoke of their lost keys.", "of", "their lost keys"),
    ],
)
def test_a_participle_behind_an_article_belongs_to_its_noun(
    text: str, preposition: str, phrase: str
) -> None:
    clause = claims_of(text).claims[0].clause
    assert clause.object is None
    assert [(word, role.text) for word, role in clause.prepositions] == [(preposition, phrase)]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("I lent Dora my tent.", "now: have dora tent"),
        ("I lent Dora my tent.", "now: not have i tent"),
        ("Dora returned the tent to me.", "now: not have dora tent"),
        ("Ugo sold the boat to Finn for 900 euros.", "now: own finn boat"),
        ("Ugo sold the boat to Finn for 900 euros.", "now: cost boat euro"),
        ("Mila moved from Graz to Linz.", "now: live mila linz"),
        ("Mila moved from Graz to Linz.", "was: live mila graz"),
        ("Rita took over from Sven as captain.", "now: be rita captain"),
        ("Rita took over from Sven as captain.", "was: be sven captain"),
        ("The lift was repaired by Omar.", "happened: repair omar lift"),
        ("The gate is blocked.", "now: be gate blocked"),
        ("Jost, who keeps goats, is my uncle.", "now: keep jost goat"),
        ("My aunt Nele paints boats.", "now: be aunt nele"),
        ("The drill is with Tom.", "now: have tom drill"),
        ("Ines is a nurse at the clinic.", "now: work ines clinic"),
        ("Perhaps Edda is the judge.", "maybe: be edda judge"),
        ("Edda was the judge until May.", "was: be edda judge may"),
        ("Edda will be the judge.", "will: be edda judge"),
        ("Ilona manager is Edda", "now: manage edda ilona"),
        ("project Umber status is amber", "now: be status amber"),
        ("Jost has Edda as his manager.", "now: report jost edda"),
    ],
)
def test_what_follows(text: str, claim: str) -> None:
    assert claim in _claims(text)


@pytest.mark.parametrize(
    "text", ["The former owner of Umber is Jost.", "The budget owner of Umber is Jost."]
)
def test_who_had_it_or_has_a_part_of_it_does_not_own_it(text: str) -> None:
    assert "now: own jost umber" not in _claims(text)


def test_what_somebody_owns_is_nobody() -> None:
    assert "now: live varga arkel" in _claims("She lives in Arkel.", "Ilse Varga owns Kestrel.")


def test_it_stands_for_what_was_told_before() -> None:
    assert "now: be shop lane" in _claims("Now it is in Cross Lane.", "The shop was in Bell Road.")


def test_two_people_leave_it_open_who_is_meant() -> None:
    told = _claims("She lives in Bari.", "Ada visited Vera.")
    assert told == {"now: live she bari"}
