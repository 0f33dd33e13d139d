"""Which sayings of a relation a chain follows, and which words it does not fall for."""

import pytest

from workbench.library import Library


@pytest.mark.slow
@pytest.mark.parametrize(
    ("told", "start", "path", "value"),
    [
        ("Dune was written by Frank Herbert", "Dune", "author", "Frank Herbert"),
        ("Frank Herbert wrote Dune", "Dune", "written by", "Frank Herbert"),
        ("the author of Dune is Frank Herbert", "Frank Herbert", "wrote", "Dune"),
        ("Frank Herbert is the author of Dune", "Frank Herbert", "author of", "Dune"),
        ("Paris is the capital of France", "France", "capital", "Paris"),
        ("France's capital is Paris", "Paris", "is the capital of", "France"),
        ("Ada is a member of Cobalt", "Ada", "member of", "Cobalt"),
        ("the members of Cobalt are Ada, Bo and Cy", "Bo", "member of", "Cobalt"),
        ("Mara is Umber's CEO", "Umber", "ceo", "Mara"),
        ("Ada has a sister named Bo", "Ada", "sister", "Bo"),
        ("chemistry is taught by Mr Lund", "chemistry", "teacher", "Mr Lund"),
        ("the teacher of chemistry is Mr Lund", "Mr Lund", "teaches", "chemistry"),
        ("Oslo lies in Norway", "Oslo", "located in", "Norway"),
        ("Oslo is located in Norway", "Oslo", "is in", "Norway"),
        ("Rampart's dependency is Lantern", "Rampart", "depends on", "Lantern"),
        ("project Rampart depends on project Lantern", "Lantern", "dependency of",
         "project Rampart"),
        ("Nora works for Nokia as a welder", "Nora", "job", "a welder"),
        ("Nokia employs Nora", "Nora", "works at", "Nokia"),
        ("Ada has a salary of 5,000", "Ada", "salary", "5,000"),
        ("Petrel is due on Friday", "Petrel", "due date", "Friday"),
        ("Petrel's due date is 3 May", "Petrel", "deadline", "3 May"),
        ("Petrel's due date is 3 May", "petrel", "due_date", "3 May"),
        ("Rampart depends on Lantern", "Rampart", "depends-on", "Lantern"),
        ("the email of Ilona is i@x.example", "ilona", "E-mail", "i@x.example"),
        ("Sato is the lead engineer on Petrel", "Petrel", "lead engineer", "Sato"),
        ("Ann is married to Bo", "Bo", "married to", "Ann"),
        ("Lumen owns Fjord", "Fjord", "belongs to", "Lumen"),
        ("Fjord belongs to Lumen", "Lumen", "owns", "Fjord"),
        ("Fjord is headquartered in Oslo", "Fjord", "headquarters", "Oslo"),
        ("Ilona works in the AKST timezone", "Ilona", "time zone", "AKST"),
        ("my manager is Lee", "me", "manager", "Lee"),
        ("I report to Lee", "I", "manager", "Lee"),
        ("Kim reports to Lee", "Lee", "manages", "Kim"),
        ("Kestrel uses Postgres", "Postgres", "used by", "Kestrel"),
        ("The Marlowe group consists of Arc and Beam", "Marlowe", "consists of", "Arc and Beam"),
        ("Gus is on team Rook", "Gus", "team", "Rook"),
        ("Lisbon is the capital city of Portugal", "Portugal", "capital", "Lisbon"),
        ("Rafael works under Ilona", "Rafael", "manager", "Ilona"),
        ("Ilona is responsible for Petrel", "Ilona", "responsible for", "Petrel"),
        ("Ilona heads the Optics department", "Optics", "headed by", "Ilona"),
        ("Zed is the son of Ada and Ben", "Ada", "son", "Zed"),
        ("Siv, who lives in Bergen, manages Nora and Ola", "Ola", "manager", "Siv"),
        ("the owner and manager of Aurora is Kenji", "Aurora", "manager", "Kenji"),
        ("Kenji has Lotte as his manager", "Kenji", "manager", "Lotte"),
        ("Tess plays the cello in the Harbour Quartet", "Tess", "plays in", "the Harbour Quartet"),
        ("The Lighthouse was painted by Vera Moll", "The Lighthouse", "painter", "Vera Moll"),
        ("Ilona sits next to Bastian", "Ilona", "sits next to", "Bastian"),
        ("Umber manager is Edda", "Umber", "manager", "Edda"),
        ("the Aurora owner is Kenji", "Aurora", "owner", "Kenji"),
        ("青鸟的负责人是小林", "青鸟", "负责人", "小林"),
    ],
)  # fmt: skip
def test_a_relation_is_found_however_it_is_said(
    told: str, start: str, path: str, value: str
) -> None:
    with Library.open(":memory:") as library:
        library.facts.tell(told)
        assert library.facts.chain(start, [path]).value == value


@pytest.mark.slow
@pytest.mark.parametrize(
    ("told", "start", "path"),
    [
        ("Kenji Tanaka's manager is Lotte", "Kenji", "manager"),
        ("Kenji's laptop's manager is Lotte", "Kenji", "manager"),
        ("Aurora budget owner is Lotte", "Aurora", "owner"),
        ("the old mill's owner is Lotte", "mill", "owner"),
        ("project Red's owner is Lotte", "team Red", "owner"),
        ("the manager of Kim is Lee", "Lee", "manager"),
        ("the manager of Kim is Lee", "Kim", "manager of"),
        ("the manager Kim is ill", "Kim", "manager"),
        ("Kim is not managed by Lee", "Kim", "manager"),
        ("the previous owner of Aurora is Kenji", "Aurora", "owner"),
        ("Comet depends on Rampart", "Rampart", "depends on"),
        ("the owner met Aurora", "Aurora", "owner"),
        ("Kenji is owner of Aurora", "Kenji", "owner"),
        ("Mara is the CEO of Umber", "Mara", "CEO"),
        ("Bo is Ada's sister", "Bo", "sister"),
        ("Sato is the lead engineer on Petrel", "Sato", "lead engineer"),
        ("Petrel is due on Friday", "Friday", "due date"),
        ("Fjord is headquartered in Oslo", "Oslo", "headquarters"),
        ("Ilona is responsible for Petrel", "Petrel", "responsible for"),
        ("Petrel's tech lead is Ilona", "Ilona", "leads"),
        ("Ilona leads Petrel", "Petrel", "leads"),
        ("Nora works at Nokia", "Nora", "team"),
        ("Ann moved to Rome", "Ann", "allergic to"),
        ("Paris is the capital of France", "Paris", "capital"),
        ("Nia is the daughter of Omar", "Nia", "daughter"),
        ("Bo was born in May 1980", "May", "owner"),
    ],
)
def test_words_in_common_are_no_relation(told: str, start: str, path: str) -> None:
    with Library.open(":memory:") as library:
        assert library.facts.tell(told).new
        found = library.facts.chain(start, [path])
        assert (found.value, found.trail, found.broken_at) == (None, (start,), path)
