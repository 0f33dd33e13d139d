"""Markdown: front matter, headings, lists, tables, code, notes, and words without their marks."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ingest
from ingest.books.markdown import blocks, front_matter, inline
from tests.ingest.conftest import Read

FERRY = "The ferry left at seven in the morning, and by noon the whole village knew about it."
NOTE = "Her brother Tomas found the note under the salt jar on the third day."


def save(folder: Path, text: str, name: str = "notes.md") -> Path:
    """Write a file."""
    path = folder / name
    path.write_bytes(text.encode())
    return path


MATTERS = {
    "yaml": '---\ntitle: "The Salt: Jar"\nauthor: Imogen Hale\n'
    "date: 2024-05-06\nlang: en-GB\n---\n",
    "lists": "---\ntitle: 'The Salt: Jar'\nauthors:\n  - Imogen Hale\ndate: May 6, 2024\n"
    "language: en-GB\n...\n",
    "nested": "---\r\ntitle: The Salt: Jar\r\n# a remark\r\nauthor:\r\n  - name: Imogen Hale\r\n"
    "    affiliation: The Coast\r\ndate: 2024-05-06T10:00:00\r\nlang: en-GB\r\n---\r\n",
    "toml": '+++\ntitle = "The Salt: Jar"\nauthor = ["Imogen Hale"]\ndate = 2024-05-06\n'
    'lang = "en-GB"\n+++\n',
}


@pytest.mark.parametrize("matter", MATTERS)
def test_front_matter_is_metadata(matter: str, tmp_path: Path, read: Read) -> None:
    path = save(tmp_path, f"{MATTERS[matter]}\n# The Ferry\n\n{FERRY}\n", "wrong.txt")
    found = read(path)
    source = found.source
    assert (source.kind, source.title, source.author) == (
        "markdown",
        "The Salt: Jar",
        "Imogen Hale",
    )
    assert (source.date, source.language) == ("2024-05-06", "en-GB")
    assert found.text == f"The Ferry\n\n{FERRY}\n\n"
    assert read(path, title="Mine").source.title == "Mine"


def test_headings_are_chapters_with_their_levels(tmp_path: Path, read: Read) -> None:
    text = (
        f"# The Salt Jar #\n\n{FERRY}\n\nPart One\n========\n\n## The *ferry*\n{FERRY}\n\n"
        f"The note\n--------\n\n{NOTE}\n\n#### Deep\n\n{NOTE}\n"
    )
    found = read(save(tmp_path, text))
    assert [(s.title, s.level) for s in found.sections] == [
        ("The Salt Jar", 1),
        ("Part One", 1),
        ("The ferry", 2),
        ("The note", 2),
        ("Deep", 3),
    ]
    assert found.passages[-1].locator.chapter == "Part One · The note · Deep"


def test_the_one_top_heading_is_the_title_and_in_no_path(tmp_path: Path, read: Read) -> None:
    found = read(save(tmp_path, f"# The Salt Jar\n\n{FERRY}\n\n## The note\n\n{NOTE}\n"))
    assert found.source.title == "The Salt Jar"
    assert [p.locator.chapter for p in found.passages] == [None, "The note"]
    assert [s.level for s in found.sections] == [1, 1]


def test_blocks_read_as_they_are_meant(tmp_path: Path, read: Read) -> None:
    text = (
        "# Log\n\nWrapped\nlines are one.  \nBut not this one.\n\n- An item\n  goes on.\n"
        "- [x] Done: *salt*.\n  - Nested.\n\n1. First.\n2. Second.\n\n> Quoted\n> and more.\n\n"
        "> [!NOTE]\n> Called out.\n\n---\n\n| Ship | Year |\n|:-----|-----:|\n"
        "| **Esperanza** | 1911 |\n| a \\| b | |\n\n```python\ndef salt(x):\n    return x_y_z * 2\n"
        "\n# no heading\n```\n\n    indented code\n\n[ref]: http://example.com 'x'\n\n"
        "<!-- not\n\nfor readers -->\n\nMarked[^1] word.\n\n[^1]: The note's words.\n"
    )
    found = read(save(tmp_path, text))
    assert found.text.split("\n\n")[1:-1] == [
        "Wrapped lines are one.\nBut not this one.",
        "An item goes on.",
        "Done: salt.",
        "Nested.",
        "1. First.",
        "2. Second.",
        "Quoted and more.",
        "Called out.",
        "Ship | Year",
        "Ship: Esperanza | Year: 1911",
        "a | b",
        "def salt(x):\n    return x_y_z * 2\n# no heading",
        "indented code",
        "Marked word.",
        "The note's words.",
    ]
    assert len(found.sections) == 1


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("[the *ferry*](http://x.org/a_(b) 'T') left", "the ferry left"),
        ("[[Page]] and ![[Jar]] and `[[code]]`", "Page and Jar and [[code]]"),
        ("[[Tove Lund|the master]] came", "the master (Tove Lund) came"),
        ("[[people/Tove Lund|Tove Lund's]] boat", "Tove Lund's boat"),
        ("the [[Log/2027-01-04|day before]]", "the day before (2027-01-04)"),
        ("see [[plans/Quay#Costs]] and [[#Costs]]", "see Quay and Costs"),
        ("see [[#Costs|below]], [[Quay#^a1b2c3]]", "see below, Quay"),
        ("a ![[map.png|300]] b ![[map.png|The quay|40x60]] c", "a  b The quay c"),
        ("![The quay|300](map.png) ![300](map.png)", "The quay"),
        ("due `= this.due` and `$= dv.current()`; `x = 1`", "due  and ; x = 1"),
        ("![a salt jar](jar.png) stood", "a salt jar stood"),
        ("[![badge](b.svg)](http://x.org) text", "badge text"),
        ("**very *very* old** and ***both*** and __bars__", "very very old and both and bars"),
        ("snake_case_name and 2 * 3 * 4 = 24", "snake_case_name and 2 * 3 * 4 = 24"),
        ("`code *as* it is` and ``a ` tick``", "code *as* it is and a ` tick"),
        (r"\*not emphasis\* and \[no link\]", "*not emphasis* and [no link]"),
        ("<https://x.org/a> and <ines@x.org>", "https://x.org/a and ines@x.org"),
        ("A &amp; B &lt;C&gt;, <b>bold</b>, x < y and y > z", "A & B <C>, bold, x < y and y > z"),
        ("~~old~~ new, H~2~O", "new, H2O (struck out: old)"),
        ("# at last {#anchor .class}", "# at last"),
        ("one<br/>two", "one\ntwo"),
        ("【注】*强调*和[链接](http://x.org)。", "【注】强调和链接。"),
        ("**注意：**请在**「早上」**出发", "注意：请在「早上」出发"),
        ("The ferry<!-- a remark --> left", "The ferry left"),
    ],
)
def test_words_stay_and_marks_go(marked: str, words: str) -> None:
    assert inline(marked) == words


@pytest.mark.parametrize(
    ("marked", "texts"),
    [
        ("[the ferry][1] left\n\n[1]: http://x.org 'T'", ["the ferry left"]),
        ("The jar[^1] fell.\n\n[^1]: https://x.org", ["The jar fell.", "https://x.org"]),
        ("She left in\n1925. So they say.", ["She left in 1925. So they say."]),
        ("<details><summary>Salt</summary>\n\n*Sea* salt.\n\n</details>", ["Salt", "Sea salt."]),
        ("- [ ] Salt\n- [x] Jar", ["Salt", "Jar"]),
        (">" * 40 + " Deep.", ["Deep."]),
    ],
)  # fmt: skip
def test_blocks_are_those_of_commonmark(marked: str, texts: list[str]) -> None:
    assert [block.text for block in blocks(marked)] == texts


def test_items_say_their_numbers_and_tasks() -> None:
    items = blocks("3. Salt\n4. Jar\n   - [x] Lid\n   - Label\n\nThe end.\n")
    assert [(block.mark, block.depth) for block in items] == [
        ("3.", 1), ("4.", 1), ("☑", 2), ("•", 2), ("", 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("a.txt", f"# Comment\nvalue = 1\n\n# Comment\n\n{FERRY}", "text"),
        ("a.txt", f"{FERRY}\n\n* * *\n\n{NOTE}\n\n- She said - and he heard -\n", "text"),
        ("a.txt", f"CHAPTER 1\n\n_Very_ {FERRY}\n\nCHAPTER 2\n\n{NOTE}", "text"),
        ("a.txt", "---\nScene one\n---\n\nA house.", "text"),
        ("a.md", FERRY, "text"),
        ("a.md", f"{FERRY}\n\n- one\n- two\n", "markdown"),
        ("a", f"# A\n\n[x](http://x.org) **b**\n\n## B\n\n{FERRY}", "markdown"),
    ],
)
def test_a_text_is_taken_for_markdown_only_where_it_is(
    name: str, text: str, kind: str, tmp_path: Path
) -> None:
    assert ingest.sniff(save(tmp_path, text, name)) == kind


def test_a_file_of_front_matter_alone_is_still_found(tmp_path: Path, read: Read) -> None:
    found = read(save(tmp_path, "---\ntitle: The Salt Jar\ntags: [sea, salt]\n---\n"))
    assert "The Salt Jar" in found.passages[0].text


def test_bytes_that_are_no_text_are_said(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(f"# Été\n\n{'Été à la mer. ' * 30}".encode() + b"\xff\xfe oops")
    assert [notice.code for notice in read(path).notices] == ["undecodable"]


@pytest.mark.parametrize("mark", ["    ", "\t"])
def test_code_in_a_quotation_is_read_once_and_ends(mark: str, tmp_path: Path, read: Read) -> None:
    text = f"# Title\n\nOne word.\n\n> {mark}print(1)\n{mark}print(2)\n\nThe end.\n"
    found = read(save(tmp_path, text))
    assert found.text.count("print(1)") == 1
    assert found.text.rstrip().endswith("The end.")


PIECES = st.sampled_from(
    [
        *("# ", "## ", "\n", "\n\n", "- ", "> ", "```", "~~~", "    ", "| a | b |\n|---|---|\n"),
        *("*", "**", "_", "`", "[", "](", ")", "![", "\\", "<", ">", "---\n", "===\n", "[^1]: "),
        *("<!--", "-->", "&amp;", "a: b\n", FERRY, "word ", "雨。", "\U000f0000", "\u202b", "\t"),
    ]
)


@pytest.mark.slow
@given(pieces=st.lists(PIECES, max_size=60))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_marks_in_any_order_keep_the_law(pieces: list[str], tmp_path: Path, read: Read) -> None:
    path = save(tmp_path, "# Title\n\nOne word.\n\n" + "".join(pieces))
    found = read(path)
    assert found.source.kind == "markdown"
    assert found.passages


@given(text=st.text(max_size=300))
def test_front_matter_and_body_are_the_text(text: str) -> None:
    fields, body = front_matter(text)
    assert text.endswith(body)
    assert fields or body == text


def test_what_obsidian_does_not_show_is_not_read(tmp_path: Path, read: Read) -> None:
    text = (
        '---\nauthor: "[[people/tove|Tove Lund]]"\nsource: [[Quay]]\n---\n\n'
        "The crane costs ==three million crowns==%% nobody\n\nmay know %% a year. ^cost-1\n\n"
        "%%\nA whole remark. #secret\n%%\n\n^4f2a10\n\nIf x==1 and y==2, or a == b == c, go on.\n\n"
        "- It rose by ==a *third* of all==. ^rise\n\n```dataview\nLIST FROM #quay\n```\n\n"
        "```python\nif a==b: print('100 %%') # %%\n```\n\nPrinted as `%%d%%` ^9\n\n"
        "Setext\n======\n\nOnly 5 %% of it.\n"
    )
    found = read(save(tmp_path, text))
    assert found.source.author == "Tove Lund"
    assert "secret" not in found.source.metadata.get("tags", "")
    assert found.text.split("\n\n")[:-1] == [
        "The crane costs three million crowns a year.",
        "If x==1 and y==2, or a == b == c, go on.",
        "It rose by a third of all.",
        "if a==b: print('100 %%') # %%",
        "Printed as %%d%% ^9",
        "Setext",
        "Only 5 %% of it.",
    ]
