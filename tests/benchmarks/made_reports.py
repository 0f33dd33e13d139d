"""Made reports whose cells are known, and made sources that differ where they are known to.

Every report says six of eight things in one of several wordings, in an order of its own, among
sentences that name other people, years and places. What differs is planted: of each pair one
sentence stands in one source and one in another, and siblings of them stand beside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

_SEED = 62


@dataclass(frozen=True, slots=True)
class Report:
    """A text and what it says to each question: words that a right answer has, "" for nothing."""

    title: str
    text: str
    truth: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, wordings of its answer with a place for a value, and values."""

    question: str
    wordings: tuple[str, ...]
    values: tuple[str, ...]


_STUDIES = (
    _Asked(
        "How many people took part?",
        (
            "{} people took part.", "We recruited {} volunteers from the town.",
            "The sample comprised {} adults.", "Data of {} participants were analysed.",
            "{} subjects completed both sessions.",
        ),
        ("38", "52", "64", "71", "96", "117", "128", "143", "205", "310"),
    ),
    _Asked(
        "Where was the study done?",
        (
            "The study was carried out in {}.", "All sessions took place in a school in {}.",
            "We worked in two clinics in {}.", "The fieldwork was done in {}.",
        ),
        ("Lyon", "Tampere", "Porto", "Graz", "Bergen", "Lviv", "Cork", "Aarhus", "Brno", "Turin"),
    ),
    _Asked(
        "When were the data collected?",
        (
            "Data were collected in {}.", "We collected the data in {}.",
            "The measurements were made in {}.", "Fieldwork lasted through {}.",
        ),
        ("spring 2011", "May 2014", "autumn 2016", "March 2018", "summer 2019", "June 2020"),
    ),
    _Asked(
        "What was measured?",
        (
            "We measured {}.", "The outcome was {}.", "{} was recorded every morning.",
            "Our dependent variable was {}.",
        ),
        (
            "reaction time", "grip strength", "heart rate", "reading speed", "skin temperature",
            "body weight", "pupil size", "blood pressure",
        ),
    ),
    _Asked(
        "What was the main result?",
        (
            "The main finding is that {}.", "We found that {}.", "The results show that {}.",
            "Our main result was that {}.",
        ),
        (
            "short walks improved attention", "music made no difference",
            "old people learned as fast as young ones", "light at night cost an hour of rest",
            "tea helped more than coffee", "pairs solved more than groups",
            "cold rooms lowered the number of errors", "rewards slowed the learners down",
        ),
    ),
    _Asked(
        "Which limitations are named?",
        (
            "A limitation is that {}.", "The study is limited in that {}.",
            "Our work has a weakness: {}.", "It has to be borne in mind that {}.",
        ),
        (
            "nobody was followed for more than a week", "all of them were students",
            "the raters were not blind", "there was no control group",
            "a third dropped out", "answers were given from memory",
        ),
    ),
    _Asked(
        "Who paid for the study?",
        (
            "The study was funded by {}.", "{} paid for the equipment and the staff.",
            "This work was supported by a grant from {}.", "Money came from {}.",
        ),
        (
            "the Rask Foundation", "the Ministry of Labour", "the Ilse Weber Fund",
            "the Nordic Council", "the Harbour Trust", "the Linden Bank",
        ),
    ),
    _Asked(
        "Which statistical method was used?",
        (
            "We used {}.", "The data were analysed by {}.", "Groups were compared by {}.",
            "All effects were tested with {}.",
        ),
        (
            "mixed linear models", "a Bayesian regression", "permutation tests",
            "rank correlations", "an analysis of variance", "logistic regression",
        ),
    ),
)  # fmt: skip
QUESTIONS: tuple[str, ...] = tuple(item.question for item in _STUDIES)
_AROUND = (
    "Earlier work by Holt and Marsh in 1998 tested 400 nurses in Leeds.",
    "Sleep is thought to matter for many skills.", "Few have asked this before.",
    "Breakfast was served at eight.", "The rooms were lit by lamps of 60 watts.",
    "Each session lasted forty minutes.", "The order of the tasks was balanced.",
    "A nurse was present at all times.", "Instructions were read aloud.",
    "The second author checked every tenth record.", "Chairs and tables were moved to the wall.",
    "In Japan a similar question was raised by Sato.", "Future work should use larger rooms.",
)  # fmt: skip


def reports(count: int = 40) -> list[Report]:
    """Made reports; a quarter of what they are asked is stated in none of their sentences."""
    chance, results = Random(_SEED), []
    for number in range(1, count + 1):
        stated = set(chance.sample(range(len(_STUDIES)), 6))
        truth, sentences = [], chance.sample(_AROUND, 6)
        for at, item in enumerate(_STUDIES):
            value = chance.choice(item.values) if at in stated else ""
            truth.append(value)
            if value:
                sentence = chance.choice(item.wordings).format(value)
                sentences.append(sentence[0].upper() + sentence[1:])
        chance.shuffle(sentences)
        cut = len(sentences) // 2
        text = " ".join(sentences[:cut]) + "\n\n" + " ".join(sentences[cut:])
        results.append(Report(f"Report {number}", text, tuple(truth)))
    return results


#: Wordings of one fact with a place for its subject and its value, and values of it.
_FACTS: Sequence[tuple[tuple[str, ...], Sequence[str], tuple[str, str]]] = (
    (
        ("The {} was built in {}.", "The {} was built in {} by the town.",
         "It is known that the {} was built in {}."),
        ("mill of Sarn", "chapel of Oster", "bridge at Fenby", "tower of Korb", "lock of Wend"),
        ("1784", "1811"),
    ),
    (
        ("The {} is {} metres long.", "The {} has a length of {} metres.",
         "In all, the {} is {} metres long."),
        ("mole of Marl", "tunnel of Vard", "quay of Saltholm", "viaduct of Tolm", "dyke of Elm"),
        ("340", "410"),
    ),
    (
        ("The {} costs {} euros.", "The {} will cost {} euros, the council says.",
         "According to the plans the {} costs {} euros."),
        ("new roof of Sund School", "repair of the Lind Crane", "second ferry to Hald",
         "bell of Saint Ann", "pump of Lower Brook"),
        ("48,000", "61,500"),
    ),
    (
        ("The {} begins on {}.", "The {} begins on {} in the town hall.",
         "Everybody knows that the {} begins on {}."),
        ("hearing on the Marl bypass", "trial of Captain Roe", "fair of Oster",
         "sale of the Holm estate", "meeting of the Tolm anglers"),
        ("8 December", "15 December"),
    ),
    (
        ("{} was born in {}.", "{} was born in {} as the child of a smith.",
         "The parish says that {} was born in {}."),
        ("Clara Weiss", "Jonas Ekdal", "Mira Sandvik", "Otto Brandt", "Edith Larsen"),
        ("1901", "1904"),
    ),
    (
        ("The {} has {} members.", "The {} has {} members today.",
         "Its chairman says the {} has {} members."),
        ("choir of Vard", "rowing club of Hald", "library society of Elm", "fire brigade of Wend",
         "chess club of Korb"),
        ("62", "85"),
    ),
)  # fmt: skip
#: What says one value in two ways, or of two things.
_SAME = (
    ("The light of Tarn was lit in 1848.", "The light of Tarn was lit in May 1848."),
    ("The Serat is 2,310 metres high.", "The Orla is 2,870 metres high."),
    ("The station of Rood was built in 1879.", "The station of Rood was closed in 1994."),
    ("The Wega had 40 cabins.", "The Wega II had 64 cabins."),
    ("The lift to Sarn costs 14 euros for adults.", "The lift to Sarn costs 7 euros for children."),
    ("The bell of Moor weighs 2 tonnes.", "The bell of Moor weighs 2,000 kg."),
    ("In January 80 cm of snow fell in Davik.", "In February 35 cm of snow fell in Davik."),
    ("The show of Elm is on 6 May.", "The show of Elm is on May 6th."),
    ("Room 14 of the museum was painted.", "Room 15 of the museum was painted."),
    ("The north tower is 31 metres high.", "The south tower is 44 metres high."),
)  # fmt: skip


def subject_of(sentence: str) -> str:
    """Of what a planted sentence says something; "" for any other one."""
    subjects = (subject for _, group, _ in _FACTS for subject in group)
    return next((subject for subject in subjects if subject in sentence), "")


def differing(count: int = 30) -> tuple[dict[str, str], list[frozenset[str]]]:
    """Made sources by their titles, and the pairs of sentences that differ, two for each source."""
    chance = Random(_SEED)
    pairs: list[tuple[str, str]] = []
    for wordings, subjects, values in _FACTS:
        for subject in subjects:
            for _ in range(2):
                one, other = chance.sample(wordings, 2)
                pairs.append((one.format(subject, values[0]), other.format(subject, values[1])))
    texts: dict[str, list[str]] = {f"Source {number}": [] for number in range(1, count + 1)}
    titles = list(texts)
    planted = set()
    for pair in pairs:
        for title, sentence in zip(chance.sample(titles, 2), pair, strict=True):
            texts[title].append(sentence)
        planted.add(frozenset(pair))
    for pair in _SAME:
        for title, sentence in zip(chance.sample(titles, 2), pair, strict=True):
            texts[title].append(sentence)
    for sentences in texts.values():
        sentences += chance.sample(_AROUND, 3)
        chance.shuffle(sentences)
    return {title: " ".join(dict.fromkeys(lines)) for title, lines in texts.items()}, list(planted)
