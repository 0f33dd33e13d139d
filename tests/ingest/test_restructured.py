"""reStructuredText: words without marks, Sphinx's directives and roles, nothing lost."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ingest
from tests.ingest.conftest import Read

MANUAL = r"""
.. _lamps:

Lamps of the harbour
====================

:Author: Imogen Hale
:Date: 2024-05-06

Each lamp is lit by ``lampctl`` at dusk, see :ref:`repairs` and :doc:`/guide/keepers`. Ask the
`keepers <http://keepers.example>`_ [#who]_ first; H\ :sub:`2`\ O harms |lamps|.

.. contents::
   :depth: 2

.. toctree::

   hidden-page

.. warning:: Never look into a lamp.

.. code-block:: console
   :caption: On the pier
   :linenos:

   $ lampctl light --pier north

.. option:: --pier NAME

   The pier whose lamp is lit.

.. py:function:: lamp.light(pier, *, colour="red")
   :noindex:

   Light one lamp. Raises :exc:`lamp.DarkError`, or :class:`~lamp.errors.OilError`.

.. versionadded:: 2.1 The green lamp.

.. unheardof::
   :strange: yes

   What a page says in a directive of its own.

.. A comment that no page shows.

Term
   Its meaning in the harbour.

-q, --quiet  Light without a word.

=======  ======
Pier     Colour
=======  ======
North    red
=======  ======

.. _repairs:

Mending a lamp
--------------

Wipe the glass with *spirit*.

.. include:: common.txt

.. [#who] Two brothers.
"""


def _read(tmp_path: Path, read: Read, text: str = MANUAL, name: str = "lamps.rst") -> str:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return " ".join(read(path).text.split())


@pytest.mark.parametrize(
    "words",
    [
        "lit by lampctl at dusk, see Mending a lamp and keepers.",
        "Ask the keepers first; H2O harms",
        "Never look into a lamp.",
        "$ lampctl light --pier north",
        "--pier NAME The pier whose lamp is lit.",
        'lamp.light(pier, *, colour="red") Light one lamp.',
        "Raises lamp.DarkError, or OilError.",
        "Added in version 2.1: The green lamp.",
        "What a page says in a directive of its own.",
        "Term Its meaning in the harbour.",
        "-q, --quiet Light without a word.",
        "North",
        "Wipe the glass with spirit.",
        "Two brothers.",
    ],
)
def test_words_are_kept_without_their_marks(words: str, tmp_path: Path, read: Read) -> None:
    assert words in _read(tmp_path, read)


@pytest.mark.parametrize("marks", ["``", ":ref:", "::", ".. ", "_lamps", "hidden-page", "comment"])
def test_marks_and_what_no_page_shows_are_left_out(marks: str, tmp_path: Path, read: Read) -> None:
    assert marks not in _read(tmp_path, read)


def test_headings_are_chapters_and_fields_metadata(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "lamps.rst"
    path.write_text(MANUAL, encoding="utf-8")
    found = read(path)
    source = found.source
    assert (source.kind, source.title) == ("rst", "Lamps of the harbour")
    assert (source.author, source.date) == ("Imogen Hale", "2024-05-06")
    assert [passage.locator.chapter for passage in found.passages][-1] == "Mending a lamp"
    assert [notice.code for notice in found.notices] == ["included_files"]
    assert "common.txt" in found.notices[0].message


def test_manuals_are_known_without_their_suffix(tmp_path: Path) -> None:
    for name, text, kind in (
        ("a.txt", MANUAL, "rst"),
        ("b.rst", "No mark at all.\n", "text"),
        ("c.txt", "The lamps\n=========\n\nThey burn.\n\nPiers\n=====\n\nTwo.\n", "text"),
        ("d.md", "# Lamps\n\nUse ``a``.\n\nHeading\n-------\n", "markdown"),
    ):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        assert ingest.sniff(path) == kind


@pytest.mark.parametrize(
    "broken",
    [
        "Lamps\n=====\n\n.. image::\n   :width: wide\n\n   Words of a bad picture.\n",
        "Lamps\n=====\n\n.. table:: Words\n   :nothing: x\n\n   not a table of Words\n",
        "Lamps\n=====\n\nWords `unclosed, ``literal and |bar\n\nUp\n--\n\nDeep\n~~\n\nWrong\n==\n",
        "Lamps\n=====\n\n.. raw:: html\n\n   <p>Words of a page</p>\n",
        "Lamps\n=====\n\n.. csv-table::\n   :file: /etc/hostname\n\nWords.\n",
        "Lamps\n=====\n\n.. include:: /etc/hostname\n\nWords.\n",
    ],
)
def test_what_cannot_be_parsed_keeps_its_words(broken: str, tmp_path: Path, read: Read) -> None:
    text = _read(tmp_path, read, broken)
    assert "Words" in text
    assert Path("/etc/hostname").read_text().strip() not in text


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    lines=st.lists(
        st.text(alphabet="ab .:`*_|[]#=-~\\<>\n\t§", max_size=40)
        | st.sampled_from([".. note::", ".. x::", ":ref:`a`", "====", "----", "::", "   b"]),
        max_size=12,
    )
)
def test_no_marks_end_the_reader(lines: list[str], tmp_path: Path, read: Read) -> None:
    text = "Lamps\n=====\n\n" + "\n".join(lines) + "\n\nThe last words.\n"
    assert "last words" in _read(tmp_path, read, text)
