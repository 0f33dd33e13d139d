"""reStructuredText, as manuals are written in it, read by docutils.

Sphinx's directives and roles, which docutils does not know, leave their words: signatures and what
stands below them, the text of links, the title of the chapter that a `:ref:` names in the same
file. Lists of contents, included files and index entries are not of the text.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.best_effort import attempt
from ingest.books import document, markup, plain
from ingest.books.document import Document
from ingest.books.encoding import decode
from ingest.languages import word_set
from ingest.patterns import later
from ingest.records import Notice, Reading, ReadRequest

if TYPE_CHECKING:
    from docutils import nodes

READER = "rst/1"

_UNREAD = Notice(
    "rst_unread", "The reStructuredText of this file could not be parsed; its marks stay."
)
_DIRECTIVE = later(r"^[ \t]*\.\.[ \t]+([\w+.:-]*\w)::", re.MULTILINE)
_ROLE = later(r"(?<![\w:]):((?:[\w+.-]+:)?[\w+.-]+):`|`:([\w+.:-]+):")
_UNDERLINED = re.compile(rb"^\S[^\n]*\r?\n([=\-~^\"'`*+#.:_])\1{2,}[ \t]*\r?$", re.MULTILINE)
_MARKS = re.compile(
    rb"^\.\. [\w-]+::|^\.\. _[^:\n]+:|:[\w-]+:`[^`\n]+`|``[^`\n]+``|`[^`\n]+ <[^`\n]+>`_|::\s*$",
    re.MULTILINE,
)
#: The beginning of a header, as of a proposal (PEP 12).
_HEADER = later(r"^(?=[A-Za-z])", re.MULTILINE)
_TITLED = re.compile(r"(?P<title>.*?)\s*<(?P<target>[^<>]*)>\Z", re.DOTALL)
#: Directives without words of the text, and those that name a file in place of some.
_UNSAID = word_set(
    "contents currentmodule default-role highlight index meta module py:currentmodule py:module "
    "sectionauthor sectnum tabularcolumns target-notes title toctree"
)
_INCLUDED = word_set("include literalinclude")
_CODE = word_set("code code-block ipython parsed-literal productionlist prompt sourcecode testcode")
_VERSIONS = {
    "versionadded": "Added in version", "versionchanged": "Changed in version",
    "deprecated": "Deprecated since version", "versionremoved": "Removed in version",
}  # fmt: skip
_SETTINGS: Mapping[str, object] = {
    "_disable_config": True, "docinfo_xform": False, "doctitle_xform": False,
    "embed_stylesheet": False, "file_insertion_enabled": False, "halt_level": 5,
    "initial_header_level": 1, "line_length_limit": 10_000_000, "math_output": "MathML",
    "output_encoding": "unicode", "report_level": 5, "smart_quotes": False,
    "syntax_highlight": "none", "warning_stream": "",
}  # fmt: skip


def is_restructured(head: bytes, has_suffix: bool) -> bool:
    """Whether text is reStructuredText: underlined headings together with marks of its own.

    `has_suffix`: the file has the suffix, and then a heading or a mark is enough.
    """
    marks = len(_MARKS.findall(head))
    headings = len(_UNDERLINED.findall(head))
    return bool(marks or headings) if has_suffix else marks >= 3 and headings >= 2


def read(path: Path, request: ReadRequest) -> Iterator[Reading]:
    """Read one file: `Source`, then its `Section`s; what cannot be parsed is read as plain text.

    Raises `EmptyFileError` and `NoTextError`.
    """
    decoded = decode(path.read_bytes())
    page = attempt(lambda: _document(decoded.text), None, _UNREAD)
    if page is None or not page.has_words:
        yield from plain.read(path, request)
        return
    yield from document.records(page, path, document.Format("rst", READER), request)


def _document(text: str) -> Document:
    from docutils import core, nodes

    _register(text)
    facts = plain.of(text)
    if facts is not None and (end := facts.body[0]):
        # Its fields become a field list, as they are below a title.
        text = f"{_HEADER.sub(':', text[:end])}\n{text[end:]}"
    tree = core.publish_doctree(text, settings_overrides=dict(_SETTINGS))
    _name_chapters(tree)
    _keep_unparsed(tree)
    _write_out_fields(tree)
    page = core.publish_from_doctree(tree, writer="html5", settings_overrides=dict(_SETTINGS))
    blocks = markup.blocks(str(page))
    found = Document(
        title=document.first_heading(blocks) if facts is None else facts.title,
        author="" if facts is None else facts.author,
        date="" if facts is None else facts.date,
        language="" if facts is None else facts.language,
        metadata={} if facts is None else facts.metadata,
        blocks=blocks,
    )
    included = [str(node["included"]) for node in tree.findall(nodes.comment) if "included" in node]
    if included:
        found.notices.append(
            Notice(
                "included_files",
                f"Files that this one includes were not read: {', '.join(included)}.",
                "Add them, too, if you need their words.",
                words="",
            )
        )
    return found


def _name_chapters(tree: "nodes.document") -> None:
    """Give references without words the title of the chapter they name, if it is in this file."""
    from docutils import nodes

    for node in tree.findall(nodes.inline):
        target = tree.ids.get(tree.nameids.get(node.get("label")) or "")
        if isinstance(target, nodes.section):
            node.replace(node.children[0], nodes.Text(target.children[0].astext()))


def _write_out_fields(tree: "nodes.document") -> None:
    """Make each field a line of text: “Author: Ida Kern”."""
    from docutils import nodes

    for listed in list(tree.findall(nodes.field_list)):
        lines = nodes.paragraph()
        for field in listed.children:
            name, words = (" ".join(part.astext().split()) for part in field.children)
            lines += [nodes.Text(f"{name}: {words}"), nodes.raw("", "<br/>", format="html")]
        listed.parent.replace(listed, lines)


def _keep_unparsed(tree: "nodes.document") -> None:
    """Replace the parser's messages by the lines that they quote."""
    from docutils import nodes

    for message in list(tree.findall(nodes.system_message)):
        quoted = [child for child in message.children if isinstance(child, nodes.literal_block)]
        if message.parent is not None:
            message.parent.replace(message, quoted)


# -- what Sphinx adds ------------------------------------------------------------------------------


def _register(text: str) -> None:
    """Make the directives and roles of a text known that docutils lacks or restricts."""
    from docutils.parsers.rst import directives, roles
    from docutils.parsers.rst.languages import en

    for match in _DIRECTIVE.finditer(text):
        name = match[1].lower()
        if name in _UNSAID | _INCLUDED | _CODE or name not in en.directives:
            directives.register_directive(name, _sphinx_directive())
    for match in _ROLE.finditer(text):
        name = (match[1] or match[2]).lower()
        if name not in en.roles:
            roles.register_local_role(name, _role)


class _AnyOption(dict[str, Any]):
    """Accepts every option of a directive."""

    def __bool__(self) -> bool:
        return True

    def __missing__(self, name: str) -> object:
        return str


@cache
def _sphinx_directive() -> type:
    """A directive that keeps its arguments as a paragraph and what stands below it."""
    from docutils import nodes
    from docutils.parsers.rst import Directive

    class Kept(Directive):
        optional_arguments = 1
        final_argument_whitespace = True
        has_content = True
        option_spec = _AnyOption()

        def run(self) -> list[nodes.Node]:
            name, words = self.name.lower(), " ".join(self.arguments)
            if name in _UNSAID:
                return []
            if name in _INCLUDED:
                return [nodes.comment(included=words)]
            if name in _CODE:
                code = "\n".join(self.content)
                # The argument is a language, or the code itself.
                return [nodes.literal_block(code, code)] if code else []
            results: list[nodes.Node] = []
            if name in _VERSIONS:
                words = f"{_VERSIONS[name]} {words.replace(' ', ': ', 1)}"
            if words:
                texts, messages = self.state.inline_text(words, self.lineno)
                results += [nodes.paragraph(words, "", *texts), *messages]
            below = nodes.container()
            self.state.nested_parse(self.content, self.content_offset, below)
            return [*results, *below.children]

    return Kept


def _role(
    name: str, raw: str, text: str, _line: int, _inliner: object,
    _options: object = None, _content: object = None,
) -> tuple[list[Any], list[Any]]:  # fmt: skip
    """The words of a role: the title of a link, or the name it stands for without its path."""
    from docutils import nodes

    words = " ".join(nodes.unescape(text).split())
    if titled := _TITLED.fullmatch(words):
        return [nodes.inline(raw, titled["title"] or titled["target"])], []
    if name.lower().endswith("ref"):
        return [nodes.inline(raw, words, label=nodes.fully_normalize_name(words))], []
    if name.lower() == "doc":
        words = words.rpartition("/")[2]
    if words.startswith("~"):
        words = words.rpartition(".")[2]
    return [nodes.inline(raw, words.lstrip("!~"))], []
