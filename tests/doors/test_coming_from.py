"""Every line of the guide's page “Coming from …” that says “theirs → ours” is run.

A line that is added, or whose left side is changed, needs an example here.
"""

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest

from tests.doors.serving import Served, served
from workbench import paths
from workbench.doors import tools
from workbench.errors import UsageError
from workbench.library import Library
from workbench.library.groups import GROUPS
from workbench.library.operations import OPERATIONS
from workbench.library.options import TellOptions

_PAGE = paths.resources() / "guide" / "13-coming-from.md"
_FILES = Path(__file__).parents[1] / "fixtures" / "ancestors"
_CAPTIONS = "WEBVTT\n\n00:01.000 --> 00:04.000\nTidewheel compresses the harbour log.\n"


@dataclass
class Here:
    """A library of its own for a line, and a server for those that are about HTTP."""

    library: Library
    folder: Path
    there: Served

    def post(self, place: str, body: Any) -> Any:
        status, _, said = self.there.ask("POST", place, body)
        assert status == 200, (place, said)
        return json.loads(said)

    def get(self, place: str) -> Any:
        status, _, said = self.there.ask("GET", place)
        assert status == 200, (place, said)
        return json.loads(said)


#: The examples by the left side of their lines.
_EXAMPLES: dict[str, Callable[[Here], None]] = {}


def _example(left: str) -> Callable[[Callable[[Here], None]], Callable[[Here], None]]:
    def keep(run: Callable[[Here], None]) -> Callable[[Here], None]:
        _EXAMPLES[left] = run
        return run

    return keep


def _rows() -> list[tuple[str, str]]:
    """Left and right side of the lines of all tables but that of figures."""
    text = _PAGE.read_text("utf-8").partition("<!-- figures -->")[0]
    cells = [
        [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        for line in text.splitlines()
        if line.startswith("|")
    ]
    return [
        (row[0], " | ".join(row[1:])) for row in cells if row[0] != "there" and set(row[0]) != {"-"}
    ]


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    file = tmp_path_factory.mktemp("coming") / "served.brain"
    Library.open(file).close()
    with served(file, "--write") as server:
        yield server


@pytest.fixture
def here(tmp_path: Path, there: Served) -> Iterator[Here]:
    with Library.open(tmp_path / "own.brain") as library:
        yield Here(library, tmp_path, there)


def test_every_line_has_an_example() -> None:
    assert [left for left, _ in _rows()] == list(_EXAMPLES)


@pytest.mark.slow
@pytest.mark.parametrize("left", [left for left, _ in _rows()])
def test_what_a_line_says_works(here: Here, left: str) -> None:
    _EXAMPLES[left](here)


def test_calls_routes_and_menus_that_lines_name_are_there() -> None:
    menus = (paths.resources() / "window" / "menus.toml").read_text("utf-8").replace("&", "")
    groups = "|".join(GROUPS)
    for left, right in _rows():
        for group, call in re.findall(rf"`({groups})\.(\w+)", right):
            attrgetter(call)(GROUPS[group])
        for route in re.findall(r"/v1/([a-z_]+(?:/[a-z_]+)?)`", right.replace("/neuron-db/v1", "")):
            assert route == "upload" or route.replace("/", ".") in OPERATIONS, (left, route)
        for menu in re.findall(r"\*\*\w+ ▸ ([^*▸]+)\*\*", right):
            assert f'text = "{menu}"' in menus, menu


# -- NotebookLM ------------------------------------------------------------------------------------


@_example("notebook")
def _(here: Here) -> None:
    here.library.collections.create("Thesis")
    assert [row.name for row in here.library.collections.list()] == ["Thesis"]


@_example("sources, uploaded")
def _(here: Here) -> None:
    (here.folder / "quay.txt").write_text("The quay of Bredal was rebuilt in 1911.", "utf-8")
    assert here.library.add(here.folder / "quay.txt")[0].error is None


@_example("chat with citations")
def _(here: Here) -> None:
    here.library.add_text("The quay of Bredal was rebuilt in 1911.", title="Quay")
    (quote, *_) = here.library.ask("When was the quay of Bredal rebuilt?").evidence
    assert (quote.quote, quote.source.title) == ("The quay of Bredal was rebuilt in 1911.", "Quay")


@_example("saved note")
def _(here: Here) -> None:
    (added,) = here.library.add_text("The quay of Bredal was rebuilt in 1911.")
    assert added.source is not None
    here.library.notes.highlight(added.source, 4, 8)
    here.library.facts.tell("The quay is ours.")
    saved = here.library.answers.keep(here.library.ask("When was the quay of Bredal rebuilt?"))
    assert saved.id is not None
    assert here.library.answers.get(saved.id).answer.question.startswith("When")


@_example("data table")
def _(here: Here) -> None:
    here.library.add_text("The quay of Bredal was rebuilt in 1911.", title="Quay")
    table = here.library.tables.create("Quays", questions=["When was the quay rebuilt?"])
    assert here.library.tables.get(table.name).name == "Quays"


@_example("mind map")
def _(here: Here) -> None:
    here.library.facts.tell("Maria Lindqvist built the lighthouse.")
    (edge, *_) = here.library.graph.neighbourhood("Maria Lindqvist").edges
    assert here.library.graph.evidence(edge.id)


@_example("audio overview, study guide, report")
def _(here: Here) -> None:
    # Without evidence no model is asked.
    answer = here.library.ask("What is it about?")
    assert here.library.answers.write(answer).question == answer.question


# -- neuron-db -------------------------------------------------------------------------------------


@_example("`POST /v1/{scope}` turn")
def _(here: Here) -> None:
    here.post("/neuron-db/v1/line:1", {"message": "the api key is zeta-9931"})
    said = here.post("/v1/turn", {"line": "what is the api key?", "collection": "line:1"})
    assert said["value"] == "zeta-9931"
    here.library.turn("the api key is zeta-9931", collection="line:1")
    assert "zeta-9931" in here.library.turn("what is the api key?", collection="line:1").text


@_example("`…/get`")
def _(here: Here) -> None:
    here.post("/neuron-db/v1/line:2/observe", {"facts": ["the plan is pro"]})
    assert here.post("/neuron-db/v1/line:2/get", {"query": "what plan?"}) == {"value": "pro"}
    asked = {"question": "what is the plan?", "collection": "line:2"}
    assert here.post("/v1/facts/value", asked)["value"] == "pro"
    here.library.facts.tell("the plan is pro")
    found = here.library.facts.value("what is the plan?")
    assert found is not None
    assert found.value == "pro"


@_example("`…/recall`, `…/recall_many`")
def _(here: Here) -> None:
    here.post("/neuron-db/v1/line:3/observe", {"facts": ["the plan is pro", "the plan is old"]})
    assert "plan" in here.post("/neuron-db/v1/line:3/recall", {"query": "plan"})["fact"]
    hits = here.post("/neuron-db/v1/line:3/recall_many", {"query": "plan", "k": 5})["hits"]
    assert len(hits) == len(here.post("/v1/facts/recall", {"cue": "plan", "collection": "line:3"}))
    here.library.facts.tell("the plan is pro")
    assert [fact.text for fact in here.library.facts.recall("plan")] == ["the plan is pro"]


@_example("`…/observe`")
def _(here: Here) -> None:
    assert here.post("/neuron-db/v1/line:4/observe", {"facts": ["the pier is long"]})["wrote"] == 1
    told = here.post("/v1/facts/tell", {"text": "the pier is old", "collection": "line:4"})
    assert len(told["new"]) == len(here.library.facts.tell("the pier is old").new) == 1


@_example("`…/forget`")
def _(here: Here) -> None:
    here.post("/neuron-db/v1/line:5/observe", {"facts": ["the plan is pro", "the pier is long"]})
    assert here.post("/neuron-db/v1/line:5/forget", {"match": "plan"})["forgot"] == 1
    gone = here.post("/v1/facts/forget", {"match": "pier", "collection": "line:5"})
    assert gone["forgotten"] == 1
    here.library.facts.tell("the plan is pro")
    assert here.library.facts.forget("plan").forgotten == 1


@_example("`GET /v1/{scope}`")
def _(here: Here) -> None:
    here.post("/neuron-db/v1/line:6/observe", {"facts": ["the pier is long"]})
    assert here.get("/neuron-db/v1/line:6")["facts"] == 1
    assert here.post("/v1/stats", {"collection": "line:6"})["facts"] == 1
    assert here.library.stats().facts == 0


@_example("`recall_chain`, `recall_associative` (MCP)")
def _(here: Here) -> None:
    text = "Aurora's owner is Kenji. Kenji's manager is Marisol."
    here.post("/v1/facts/tell", {"text": text, "collection": "line:7"})
    way = {"start": "Aurora", "path": ["owner", "manager"], "collection": "line:7"}
    assert here.post("/v1/facts/chain", way)["value"] == "Marisol"
    near = here.post("/v1/facts/associate", {"cue": "Aurora", "collection": "line:7"})
    here.library.facts.tell(text)
    assert here.library.facts.chain("Aurora", ["owner", "manager"]).value == "Marisol"
    assert len(near) == len(here.library.facts.associate("Aurora")) == 2


@_example("`note`, `recall_var` (MCP)")
def _(here: Here) -> None:
    note = {"kind": "variable", "key": "region", "text": "eu west", "collection": "line:8"}
    here.post("/v1/notes/add", note)
    key = {"kind": "variable", "key": "region", "collection": "line:8"}
    assert here.post("/v1/notes/get", key)["value"] == "eu west"
    here.library.notes.add("variable", "eu west", key="region")
    kept = here.library.notes.get("variable", "region")
    assert kept is not None
    assert kept.value == "eu west"


@_example("`reinforce`, links, decay")
def _(here: Here) -> None:
    here.library.facts.tell("Fog closes the harbour. The ferry runs at six.")
    assert here.library.memory.strengthen("fog").touched == 1
    here.library.facts.recall("fog")
    here.library.facts.recall("ferry")
    assert here.library.memory.link("fog", "ferry") > 0
    strength = here.library.memory.strength("fog")
    assert strength is not None
    assert strength.strength > 1
    here.post("/v1/facts/tell", {"text": "Fog closes the harbour.", "collection": "line:9"})
    given = {"match": "fog", "collection": "line:9"}
    assert here.post("/v1/memory/strengthen", given)["touched"] == 1


@_example("`SecureNeuronDB.put`, `get`")
def _(here: Here) -> None:
    here.library.vault.put("line", "door", "4711", secret="a long secret")
    assert here.library.vault.get("line", "door", secret="a long secret") == "4711"
    with (
        Library.open(here.there.address, token=here.there.token) as remote,
        pytest.raises(UsageError),
    ):
        remote.vault.get("line", "door", secret="a long secret")


@_example("`train_semantic`")
def _(here: Here) -> None:
    here.library.add_text("The ferry leaves the pier at noon. The barge leaves the pier at six.")
    assert isinstance(here.library.graph.near_words("ferry"), list)
    here.post("/v1/graph/near_words", {"word": "ferry"})


# -- NeuralMemory ----------------------------------------------------------------------------------


@_example("`MemoryEncoder.encode`, `POST /memory/encode`")
def _(here: Here) -> None:
    assert len(here.library.facts.tell("We decided to moor at Bredal.").new) == 1
    here.post("/v1/facts/tell", {"text": "We decided to moor at Bredal.", "collection": "nm:1"})


@_example("`ReflexPipeline.query(depth=…)`, `/memory/query`")
def _(here: Here) -> None:
    here.library.facts.tell("Alice suggested rate limiting.")
    for depth in ("instant", "context", "habit", "deep"):
        assert here.library.facts.reflex("rate limiting", depth=depth).hits
    here.post("/v1/facts/tell", {"text": "Alice suggested rate limiting.", "collection": "nm:2"})
    asked = {"cue": "rate limiting", "depth": "deep", "collection": "nm:2"}
    assert here.post("/v1/facts/reflex", asked)["hits"]


@_example("context under a budget of tokens")
def _(here: Here) -> None:
    here.library.facts.tell("Alice suggested rate limiting.")
    assert "rate limiting" in here.library.facts.context("Alice", max_tokens=100).text
    here.post("/v1/facts/context", {"cue": "Alice", "max_tokens": 100})


@_example("neurons, synapses, `find_neurons`, neighbours, path")
def _(here: Here) -> None:
    here.library.facts.tell("Alice suggested rate limiting. Bruno knows Alice.")
    names = {each.name for each in here.library.graph.concepts()}
    assert {"Alice", "Bruno"} <= names
    assert here.library.graph.concept("Alice").concept.name == "Alice"
    assert here.library.graph.path("Bruno", "rate limiting") is not None


@_example("fibers")
def _(here: Here) -> None:
    (id,) = here.library.facts.tell("Alice suggested rate limiting.").new
    assert here.library.graph.concepts(of=[id])
    assert isinstance(here.library.graph.links("Alice"), list)


@_example("`BrainConfig`")
def _(here: Here) -> None:
    assert here.library.brain.configure(max_context_tokens=900).max_context_tokens == 900


@_example("`DecayManager`, `ReinforcementManager`, consolidate")
def _(here: Here) -> None:
    (id,) = here.library.facts.tell("Alice suggested rate limiting.").new
    assert here.library.memory.strength(id) is not None
    here.library.memory.reinforce(id)
    here.library.memory.consolidate()


@_example("`TypedMemory`, projects")
def _(here: Here) -> None:
    here.library.collections.add_project("Survey")
    options = TellOptions(kind="todo", priority=7, tags=("q3",), project="Survey")
    (id,) = here.library.facts.tell("Ship the survey by Friday.", options=options).new
    info = here.library.facts.get(id).info
    assert (info.type, info.priority, info.tags, info.projects) == ("todo", 7, ("q3",), ("Survey",))


@_example("`DBTrainer`")
def _(here: Here) -> None:
    with closing(sqlite3.connect(here.folder / "shop.db")) as made:
        made.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, customer TEXT)")
        made.commit()
    assert here.library.train_db(str(here.folder / "shop.db")).tables == 1


@_example("`suggest`, alerts, health")
def _(here: Here) -> None:
    here.library.facts.tell("Alice suggested rate limiting.")
    here.library.memory.suggest()
    assert here.library.health().message
    assert isinstance(here.library.alerts(), list)


@_example("`BrainExporter`, `BrainImporter`, versions")
def _(here: Here) -> None:
    here.library.facts.tell("Alice suggested rate limiting.")
    here.library.versions.save("first")
    exported = here.library.export(here.folder / "all.engrams")
    with Library.open(here.folder / "other.brain") as other:
        assert other.import_(exported.path).added == 1
    assert [row.name for row in here.library.versions.list()] == ["first"]


@_example('`SharedStorage("http://…")`')
def _(here: Here) -> None:
    with Library.open(here.there.address, token=here.there.token) as remote:
        remote.facts.tell("Alice suggested rate limiting.", collection="nm:3")
        assert remote.graph.concepts(collection="nm:3")


@_example("`nmem_…` tools (MCP)")
def _(here: Here) -> None:
    table = OPERATIONS.values()
    few = [each for each in table if each.tool and tools.Scope().is_brief(each)]
    assert len(few) == 5
    assert len([each for each in table if each.tool]) == 22


# -- neurram ---------------------------------------------------------------------------------------


@_example("`brain.perceive(memory_type=…, salience=…, reward=…)`")
def _(here: Here) -> None:
    options = TellOptions(kind="procedural", salience=0.9, reward=0.8)
    done = here.library.facts.perceive("To start the winch, turn the key twice.", options=options)
    assert done


@_example("`brain.recall`")
def _(here: Here) -> None:
    here.library.facts.tell("The winch starts with the red key.")
    assert here.library.facts.reflex("winch").hits
    assert here.library.facts.recall("winch")


@_example("`working_memory`")
def _(here: Here) -> None:
    here.library.facts.tell("The winch starts with the red key.")
    here.library.facts.recall("winch")
    assert here.library.memory.working() is not None


@_example("`brain.sleep`, `start_sleep_cycle`")
def _(here: Here) -> None:
    here.library.facts.tell("The winch starts with the red key.")
    here.library.sleep.run()
    here.library.sleep.configure(automatic=True)


@_example("`forget(engram_id)`")
def _(here: Here) -> None:
    (id,) = here.library.facts.tell("The winch starts with the red key.").new
    assert here.library.facts.forget([id]).forgotten == 1


@_example("`compute_retention`, `time_until_forgotten`")
def _(here: Here) -> None:
    here.library.facts.tell("The winch starts with the red key.")
    strength = here.library.memory.strength("winch")
    assert strength is not None
    assert strength.retention is not None
    assert 0 < strength.retention <= 1
    assert strength.hours_left is not None
    assert strength.hours_left > 0


@_example("Redis")
def _(here: Here) -> None:
    assert here.library.import_(_FILES / "neurram.rdb").added == 4


# -- Cortex ----------------------------------------------------------------------------------------


@_example("`POST /api/brain/learn/academic`")
def _(here: Here) -> None:
    # An address of this machine is refused, so that no network is needed to see both calls made.
    (added,) = here.library.add("http://127.0.0.1:1/talk")
    assert added.error
    assert here.post("/v1/add_link", {"link": "http://127.0.0.1:1/talk"})[0]["state"] == "failed"


@_example("`/api/brain/dialogue/grounded`")
def _(here: Here) -> None:
    here.library.add_text("Tidewheel compresses the harbour log.")
    answer = here.library.ask("What does Tidewheel compress?")
    assert here.library.brain.beside_answer(answer).question == answer.question
    assert here.post("/v1/converse", {"question": "What?", "conversation": "line"})


@_example("`/api/brain/spiking/status`")
def _(here: Here) -> None:
    assert here.library.brain.status().neurons == here.post("/v1/brain/status", {})["neurons"]


@_example("`/api/brain/dream`")
def _(here: Here) -> None:
    here.library.brain.configure(scale=0.02)
    here.library.facts.tell("Tidewheel compresses the harbour log. The log feeds the archive.")
    assert here.library.brain.dream("Tidewheel") is not None


@_example("`/api/brain/watch`, `/api/listen/process`")
def _(here: Here) -> None:
    (here.folder / "talk.vtt").write_text(_CAPTIONS, "utf-8")
    assert here.library.add(here.folder / "talk.vtt")[0].error is None
    status, _, said = here.there.ask("POST", "/v1/upload?title=Talk", _CAPTIONS.encode())
    assert (status, json.loads(said)[0]["error"]) == (202, None)


@_example("confirmed, explicit, emergent, predicted")
def _(here: Here) -> None:
    here.library.brain.configure(scale=0.02)
    here.library.facts.tell("Tidewheel compresses the harbour log. The log feeds the archive.")
    lit = here.library.brain.recall("Tidewheel").lit
    assert {each.tag for each in lit} & {"confirmed", "explicit", "emergent", "predicted"}


@_example("`SPIKING_SCALE`")
def _(here: Here) -> None:
    here.library.brain.configure(scale=0.1)
    assert here.library.brain.status().neurons == 200_000


@_example("`triples.log`, `brain_memory.db`")
def _(here: Here) -> None:
    log = here.folder / "triples.log"
    log.write_text("tidewheel|compresses|harbour log|Tidewheel|1775000000|0\n", "utf-8")
    assert here.library.import_(log).added == 1
