"""Made-up chats, and questions about the right person, the wrong one, and what was never said.

Two friends write to each other. Each thing that happened is told by one of them, in the first
person, and the other answers with “you”, often in the same words. A question that asks it of the
one who told it has an answer; asked of the other one it has none, though every word of it stands
there: this is what calibration must learn from (`workbench.bench.calibrate`). All words are of our
own making, and everything follows from a seed.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.bench.corpus import Dataset, Question

_NAMES = (
    "Alwin", "Bettina", "Corvin", "Delphine", "Eskil", "Fabienne", "Gustavo", "Henrike", "Ilario",
    "Jolanda", "Kasimir", "Liesbeth", "Marek", "Noemi", "Orlando", "Paulina", "Quirin", "Roswitha",
    "Severin", "Tamsin", "Ulrika", "Valentin", "Wendela", "Xenia", "Yannick", "Zelda", "Anselm",
    "Brigid", "Casper", "Dorthe",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Happening:
    """A thing to tell: how it is told, how answered, how asked for; `never` was not told of it."""

    told: str
    reply: str
    asked: tuple[str, ...]
    values: tuple[str, ...]
    never: str = ""


def _of(told: str, reply: str, asked: str, values: str, never: str = "") -> _Happening:
    """`asked` and `values` are parted by bars."""
    return _Happening(told, reply, tuple(asked.split("|")), tuple(values.split("|")), never)


_HAPPENED = (
    _of("I finally signed up for a {v} course last week.", "How is your {v} course going?",
        "Which course did {n} sign up for?|What is {n} learning in a class?",
        "woodcarving|bookbinding|welding|calligraphy|glassblowing",
        "How much did the course of {n} cost?"),
    _of("My sister gave me {v} for my birthday, I was so touched.",
        "What a lovely birthday present your sister found for you!",
        "What did {n} get from a sister for the birthday?|Which present touched {n}?",
        "an old sextant|a music box|a linen tablecloth|a pair of skates",
        "What did the brother of {n} give for the birthday?"),
    _of("We adopted a {v} from the shelter and the house is upside down.",
        "A {v} from the shelter! I am so glad that you adopted one.",
        "What animal did {n} adopt?|What kind of pet came from the shelter to {n}?",
        "greyhound|three-legged cat|rabbit|beagle|tortoise",
        "What is the vet of {n} called?"),
    _of("I ran the {v} marathon on Sunday and my knees still hurt.",
        "Running a marathon takes courage, your knees will forgive you.",
        "Which marathon did {n} run?|In which race did {n} take part on a Sunday?",
        "harbour|moorland|lakeside|border", "How long did {n} train for the marathon?"),
    _of("I am moving to {v} in the autumn, the flat is already rented.",
        "Moving already? I will miss you when you are gone.",
        "Where is {n} moving to?|To which place will {n} relocate?",
        "Trondheim|Ghent|Ljubljana|Porto|Tartu", "How much rent will {n} pay for the flat?"),
    _of("My boss offered me the post of {v} and I said yes.",
        "Congratulations on your new post, your boss knows whom to trust.",
        "Which post did {n} accept?|What job was {n} offered by the boss?",
        "night editor|head gardener|stage manager|chief archivist",
        "What salary was {n} offered with the post?"),
    _of("I have been volunteering at the {v} every Thursday.",
        "The people there are lucky that you volunteer.",
        "Where does {n} volunteer?|At which place does {n} help out on Thursdays?",
        "soup kitchen|bird sanctuary|hospice|repair café|night school",
        "Who runs the place where {n} volunteers?"),
    _of("I am allergic to {v}, which makes eating out a chore.",
        "I shall cook something for you without anything that makes you ill.",
        "What is {n} allergic to?|Which food makes {n} ill?",
        "hazelnuts|celery|shellfish|sesame|mustard", "Since when has {n} been allergic?"),
    _of("My favourite dish is still {v}, the way my grandmother made it.",
        "You have to cook that favourite dish of yours for me.",
        "What is the favourite dish of {n}?|Which meal does {n} like best?",
        "barley stew|plum dumplings|smoked eel|leek tart", "Where did the grandmother of {n} "
        "live?"),
    _of("I painted the {v} in the hallway over the weekend.",
        "Your painting must look wonderful there.",
        "What did {n} paint in the hallway?|Which thing got new colour from {n}?",
        "wardrobe|banister|ceiling|old chest", "Which colour did {n} paint in the hallway?"),
    _of("I broke my {v} when I fell off the ladder.",
        "Oh no, I hope that it heals soon and that you keep off ladders.",
        "What did {n} break?|Which bone did {n} injure in a fall?",
        "wrist|collarbone|ankle|little finger", "Which hospital treated {n}?"),
    _of("I started playing the {v} again after twenty years.",
        "You have to play for me some day.",
        "Which instrument does {n} play?|What did {n} take up again after twenty years?",
        "oboe|accordion|viola|zither|trombone", "Who taught {n} to play the instrument?"),
    _of("We spent the summer in a hut near {v} without any electricity.",
        "A summer without electricity, you are braver than I am.",
        "Where did {n} spend the summer?|Near which place was the hut of {n}?",
        "Lake Saimaa|the Vosges|Mount Triglav|the Skagerrak",
        "How many weeks did {n} spend in the hut?"),
    _of("I lost my {v} on the tram and nobody has handed it in.",
        "Have you asked the tram company about it?",
        "What did {n} lose on the tram?|Which belonging of {n} is missing since a ride?",
        "umbrella|violin case|wedding ring|library card", "On which tram line did {n} lose it?"),
    _of("My daughter wants to become a {v} when she is grown up.",
        "Your daughter has fine plans!",
        "What does the daughter of {n} want to become?|Which profession does the child of {n} "
        "dream "
        "of?", "lighthouse keeper|vet|tightrope walker|judge",
        "How old is the daughter of {n}?"),
    _of("I quit smoking in {v} and have not looked back.",
        "I admire that you managed to stop.",
        "When did {n} quit smoking?|In which month did {n} give up cigarettes?",
        "February|April|August|November", "How many cigarettes did {n} smoke a day?"),
    _of("I sold my {v} to a collector for far too little.",
        "You sold it? You could have asked me what it was worth.",
        "What did {n} sell to a collector?|What did a collector buy from {n}?",
        "stamp album|moped|gramophone|coin collection", "What is the name of the collector who "
        "bought from {n}?"),
    _of("I read {v} in one night, I could not put it down.",
        "You are a faster reader than anybody whom I know.",
        "Which book did {n} read in one night?|What kept {n} awake with its pages?",
        "The Salt Orchard|A Clock for Winter|Nine Empty Chairs|The Ferryman's Ledger",
        "Who recommended the book to {n}?"),
    _of("I am knitting {v} for my nephew, it is half done.",
        "Your nephew will be warm all winter.",
        "What is {n} knitting?|What will the nephew of {n} get made of wool?",
        "a striped scarf|mittens|a green jumper|a hat with earflaps",
        "What is the nephew of {n} called?"),
    _of("I dream of sailing to {v} one day.",
        "You and your dreams of the sea!",
        "Where does {n} dream of sailing to?|What is the destination that {n} longs for?",
        "the Azores|Spitsbergen|Cape Horn|the Faroes", "What is the boat of {n} called?"),
    _of("My doctor told me to drink less {v}.", "Listen to your doctor for once.",
        "What should {n} drink less of?|Which beverage did the doctor advise {n} against?",
        "coffee|black tea|lemonade|port", "What is the name of the doctor of {n}?"),
    _of("I planted {v} along the fence this morning.",
        "I would love to see your fence in bloom.",
        "What did {n} plant along the fence?|Which plants grow in the garden of {n}?",
        "sweet peas|raspberries|hollyhocks|sunflowers", "How long is the fence of {n}?"),
    _of("I joined the {v} choir, we rehearse on Mondays.",
        "With your voice you are right for a choir.",
        "Which choir did {n} join?|With whom does {n} sing on Mondays?",
        "railway|cathedral|teachers'|fishermen's", "Which song did the choir of {n} rehearse?"),
    _of("I bought a second-hand {v} and I am repairing it in the yard.",
        "You buy the strangest second-hand things.",
        "What did {n} buy second-hand?|What is {n} mending in the yard?",
        "cargo bike|printing press|canoe|tractor", "What did {n} pay for it second-hand?"),
    _of("My grandfather worked as a {v} all his life, he told me such stories.",
        "Your grandfather must have been a remarkable man.",
        "What did the grandfather of {n} work as?|Which trade did an ancestor of {n} follow?",
        "cooper|chimney sweep|pilot|typesetter", "In which year was the grandfather of {n} born?"),
    _of("I failed the {v} exam by two points, so I try again in spring.",
        "Two points! You will pass that exam in spring.",
        "Which exam did {n} fail?|What will {n} try again in spring?",
        "driving|hunting|Latin|sailing", "Who examined {n}?"),
    _of("I was at the {v} concert and cried like a child.",
        "I wish that I had been at that concert with you.",
        "Whose concert did {n} go to?|Which band made {n} cry?",
        "Copper Lanterns|Velvet Anvil|Slow Herons|Paper Admirals",
        "How much was the ticket of {n} for the concert?"),
    _of("I am afraid of {v}, always have been.", "You never told me that you are afraid of "
    "anything.",
        "What is {n} afraid of?|What frightens {n}?", "lifts|moths|bridges|deep water",
        "Which nightmare did {n} have as a child?"),
    _of("My car broke down near {v} and I walked home in the rain.",
        "You should have called me, I would have fetched you.",
        "Where did the car of {n} break down?|Where was {n} stranded with a motor that died?",
        "the gasworks|Pinefield|the old viaduct|Mill Bridge", "Which brand is the car of {n}?"),
    _of("I have given up {v} for a month, for my health.",
        "A month without it, you will feel the difference.",
        "What has {n} given up for a month?|What does {n} go without for the health?",
        "sugar|meat|television|alcohol", "Which diet does {n} follow at the moment?"),
    _of("I won {v} at the raffle of the fire brigade.", "You always win something at raffles!",
        "What did {n} win at the raffle?|Which prize did {n} take home from the fire brigade?",
        "a ham|a weekend in Bruges|a toaster|two geese", "How many tickets did {n} buy for the "
        "raffle?"),
    _of("I teach {v} to the children of the neighbours.", "You have always been a good teacher.",
        "What does {n} teach the children of the neighbours?|What do the neighbours' children "
        "learn "
        "from {n}?", "chess|swimming|Italian|juggling",
        "How many children does {n} teach?"),
    _of("We got married in {v}, with only six guests.",
        "Six guests, and I was one of them at your wedding!",
        "Where did {n} get married?|In which place was the wedding of {n}?",
        "a lighthouse|an orangery|Tallinn|a barn", "What did {n} wear at the wedding?"),
    _of("I keep {v} on the roof now, the neighbours get some of it.",
        "Keeping animals on your roof, only you could think of that.",
        "What does {n} keep on the roof?|Which animals live above the flat of {n}?",
        "bees|pigeons|hens|quails", "How many animals does {n} keep on the roof?"),
    _of("I wrote a letter to {v} and even got an answer.",
        "You got an answer? Frame that letter.",
        "To whom did {n} write a letter?|From whom did {n} get an answer?",
        "the mayor|an astronaut|the bishop|my first teacher", "When did {n} write the letter?"),
    _of("I collect {v} from every place that I visit.", "Your collection must fill a room by now.",
        "What does {n} collect?|What does {n} bring home from every place?",
        "tin spoons|matchboxes|sand|beer mats", "How many pieces are in the collection of {n}?"),
    _of("My landlord wants to turn the cellar into a {v}.", "Your landlord has odd ideas.",
        "What does the landlord of {n} want to make of the cellar?|What will become of the cellar "
        "below {n}?", "sauna|wine bar|rehearsal room|laundry",
        "What is the landlord of {n} called?"),
    _of("I went diving off {v} and saw a wreck.", "A wreck! You have all the luck under water.",
        "Where did {n} go diving?|Off which coast did {n} see a wreck?",
        "Gozo|Bornholm|Hvar|the Lizard", "How deep did {n} dive?"),
    _of("I translate {v} for a small publisher in the evenings.",
        "You must know so many words by now.",
        "What does {n} translate?|What kind of texts does {n} work on in the evenings?",
        "crime novels|poems|cookery books|fairy tales", "From which language does {n} translate?"),
    _of("I proposed to {v} on the pier and the answer was yes.",
        "I am so happy for the two of you!",
        "To whom did {n} propose?|Who said yes to {n} on the pier?",
        "Mirabel|Thaddeus|Oriane|Leopold", "What ring did {n} buy before proposing?"),
)  # fmt: skip

_CHATTER = (
    "Good to hear from you!", "It has been raining here for days.", "How was your week?",
    "I am so tired today.", "That made me laugh.", "Tell me more!", "You are right about that.",
    "I thought of you this morning.", "Sorry for answering so late.", "Talk to you soon!",
    "I will send you a picture later.", "That sounds like you.", "What else is new with you?",
    "Take care of yourself.", "I cannot believe how fast this year goes.",
)  # fmt: skip
_BOTH = ("Me too, but with me it was {v}.", "Funny, I did the same, only that it was {v} for me.")
_MONTHS = ("January", "March", "May", "June", "August", "September", "October", "December")
#: Things that one of two tells, and how often the other one did the same.
_TELL, _SAME = 14, 0.12
#: How the ids of questions end to which nobody ever said anything.
NEVER = ("/never", "/neither")


def conversations(count: int, seed: int = 11) -> list[Dataset]:
    """So many chats of two people; every turn is a record, as `corpus.chats` gives them.

    Questions: of the one who told it (in its words or in others), of the other one, for what was
    never told of it, and for what neither of them told.
    """
    return [_chat(number, random.Random(f"{seed}/{number}")) for number in range(count)]


def _chat(number: int, rng: random.Random) -> Dataset:
    people = rng.sample(_NAMES, 2)
    happened = rng.sample(range(len(_HAPPENED)), min(len(_HAPPENED), 2 * _TELL))
    name = f"made-{number}"
    records: list[dict[str, str]] = []
    questions: list[Question] = []
    session, day = 0, ""
    for place, each in enumerate(happened):
        if place % 6 == 0:
            session += 1
            day = f"{rng.randint(1, 28)} {rng.choice(_MONTHS)}, {2019 + session // 4}"
        teller = rng.randrange(2)
        happening = _HAPPENED[each]
        value, other = rng.sample(happening.values, 2)
        gold = _tell(records, name, session, day, people, teller, happening, value, other, rng)
        questions += _ask(f"{name}/{each}", people, teller, happening, gold, rng)
    for each in rng.sample(sorted(set(range(len(_HAPPENED))) - set(happened)), 4):
        text = rng.choice(_HAPPENED[each].asked).format(n=rng.choice(people))
        questions.append(_question(f"{name}/{each}/neither", text, ()))
    return Dataset(name, "made chats", tuple(records), tuple(questions))


def _tell(
    records: list[dict[str, str]],
    name: str,
    session: int,
    day: str,
    people: Sequence[str],
    teller: int,
    happening: _Happening,
    value: str,
    other: str,
    rng: random.Random,
) -> dict[int, str]:
    """Write the turns of one happening; the key of the turn by the one whom it is true of."""
    gold: dict[int, str] = {}

    def say(who: int, text: str) -> str:
        key = f"{name}/{len(records)}"
        title = f"Session {session}, {day}"
        records.append({"id": key, "title": title, "author": people[who], "text": text})
        return key

    listener = 1 - teller
    if rng.random() < 0.5:
        opening = rng.choice(_CHATTER)
        hello = f"Hey {people[teller]}! {opening}" if rng.random() < 0.4 else opening
        say(listener, hello)
    told = happening.told.format(v=value)
    lead = rng.choice(("", "", f"{rng.choice(_CHATTER)} ", f"{people[listener]}, guess what: "))
    gold[teller] = say(teller, lead + told)
    reply = happening.reply.format(v=value)
    if rng.random() < 0.3:
        reply = f"{people[teller]}, {reply[0].lower()}{reply[1:]}" if reply[0] != "I" else reply
    if rng.random() < _SAME:
        gold[listener] = say(listener, f"{reply} {rng.choice(_BOTH).format(v=other)}")
    else:
        say(listener, f"{reply} {rng.choice(_CHATTER)}" if rng.random() < 0.4 else reply)
    if rng.random() < 0.4:
        say(teller, rng.choice(_CHATTER))
    return gold


def _ask(
    key: str,
    people: Sequence[str],
    teller: int,
    happening: _Happening,
    gold: dict[int, str],
    rng: random.Random,
) -> list[Question]:
    ways = rng.choice((happening.asked, happening.asked[:1], happening.asked[1:]))
    asked = [
        _question(f"{key}/{way}", text.format(n=people[teller]), (gold[teller],))
        for way, text in enumerate(ways)
    ]
    other = 1 - teller
    # Who is mistaken about somebody asks in the words that he heard.
    wrong = happening.asked[0].format(n=people[other])
    right = (gold[other],) if other in gold else ()
    asked.append(_question(f"{key}/other", wrong, right))
    if happening.never and rng.random() < 0.5:
        asked.append(_question(f"{key}/never", happening.never.format(n=people[teller]), ()))
    return asked


def _question(key: str, text: str, gold: Sequence[str]) -> Question:
    half = "A" if sum(key.encode()) % 2 else "B"
    return Question(key, text, frozenset(gold), half)
