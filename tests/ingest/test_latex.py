"""LaTeX sources: the words without their commands."""

from pathlib import Path

import pytest

import ingest
from tests.ingest.conftest import Read

_PAPER = r"""% a draft
\documentclass[11pt]{article}
\usepackage{graphicx}
\newcommand{\oil}{whale oil}
\title{Lamps of the \emph{Northern} Harbours\thanks{Paid by the guild.}}
\author{Ida Brook\\Corran College \and Tove M\"uller\thanks{Skerry}}
\date{March 2021}
\begin{document}
\maketitle
\begin{abstract}
We count the lamps of eleven harbours. % and of one lake
\end{abstract}
\section{Introduction}\label{sec:intro}
Harbours were lit with \oil{} until
% who says so?
1884~\cite{lind1999}. The \emph{first electric lamp} burned in 1886, see
Figure~\ref{fig:map}.\footnote{It is kept in the mill.} It used 5\,\% of the \$40 --- ``a scandal''.
% the end

The intensity is $I = \frac{P}{4\pi r^2}$.
\begin{equation}
E = mc^2
\end{equation}
\subsection*{Method}
\begin{enumerate}
\item We counted lamps.
\item We asked \textbf{the mayor}.
\end{enumerate}
\begin{figure}
\includegraphics[width=\textwidth]{map.png}
\caption{Map of the harbours.}\label{fig:map}
\end{figure}
\begin{table}
\begin{tabular}{lrr}
\hline
Harbour & Lamps & \multicolumn{1}{c}{Master} \\ \hline
Skerry & 4 & Ann Lee \\
Corran & 2 & Bo Okonkwo \\
\hline
\end{tabular}
\end{table}
\input{results}
\begin{tikzpicture}\draw (0,0) -- (1,1);\end{tikzpicture}
\end{document}
"""


def test_a_paper_reads_as_it_is_printed(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "paper.tex"
    path.write_text(_PAPER, encoding="utf-8")
    assert ingest.sniff(path) == "latex"
    book = read(path)
    source = book.source
    assert (source.title, source.author) == (
        "Lamps of the Northern Harbours",
        "Ida Brook, Tove Müller",
    )
    assert (source.date, source.kind) == ("2021-03", "text")
    assert [section.title for section in book.sections] == ["Abstract", "Introduction", "Method"]
    assert book.text.split("\n\n")[:-1] == [
        "Abstract",
        "We count the lamps of eleven harbours.",
        "Introduction",
        "Harbours were lit with whale oil until 1884 (lind1999). The first electric lamp burned in "
        "1886, see Figure fig:map. It used 5 % of the $40 — “a scandal”.",
        r"The intensity is $I = \frac{P}{4\pi r^2}$.",
        r"\begin{equation} E = mc^2 \end{equation}",
        "It is kept in the mill.",
        "Method",
        "1. We counted lamps.",
        "2. We asked the mayor.",
        "Map of the harbours.",
        "Harbour | Lamps | Master",
        "Harbour: Skerry | Lamps: 4 | Master: Ann Lee",
        "Harbour: Corran | Lamps: 2 | Master: Bo Okonkwo",
    ]
    assert [depth for section in book.sections for _, depth, _ in section.items] == [1, 1]
    assert book.passages[-1].locator.chapter == "Introduction · Method"
    assert [notice.code for notice in book.notices] == ["parts_not_read"]
    assert "results" in book.notices[0].message


_COMMANDS = r"""\documentclass{book}
\begin{document}
\part{The \href{https://a.org/b%20c}{northern} coast}
\paragraph{Oil} See \citep[see][p.~5]{lind} at \url{https://a.org/%7Elind}, \S 5.\hspace*{2em}
It used 4\\%
litres; \verb|100%| of them. % a remark
\begin{lstlisting}[language=C]
printf("%d lamps\n", n);
return n % 2; % kept
\end{lstlisting}
{\small\begin{tabular}{lrrr}
\toprule
& \multicolumn{2}{c}{Oil} & Men \\
\cmidrule(lr){2-3}
Harbour & Old & New & All \\
\midrule
Skerry & \multicolumn{2}{c}{none} & 4 \\
Corran & 2 & 3 & 5 \\
\bottomrule
\end{tabular}}
\begin{theorem}[Lind] Oil burns.\end{theorem}
\begin{minipage}{0.5\textwidth}A \textcolor{red}{red} lamp.\end{minipage}
\begin{frame}{Lamps}They burn.\end{frame}
\end{document}
"""


def test_what_commands_are_given_is_no_text(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.tex"
    path.write_text(_COMMANDS, encoding="utf-8")
    book = read(path)
    assert book.text.split("\n\n")[:-1] == [
        "The northern <https://a.org/b%20c> coast",
        "Oil",
        "See (lind) at <https://a.org/%7Elind>, §5. It used 4 litres; 100% of them.",
        'printf("%d lamps\\n", n);\nreturn n % 2; % kept',
        "Oil | Men",
        "Harbour | Old | New | All",
        "Harbour: Skerry | Oil Old: none | Men All: 4",
        "Harbour: Corran | Oil Old: 2 | Oil New: 3 | Men All: 5",
        "[Lind] Oil burns.",
        "A red lamp.",
        "Lamps",
        "They burn.",
    ]
    assert book.notices == []


def test_a_command_that_cannot_be_followed_costs_itself_alone(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.tex"
    source = "\\documentclass{a}\\begin{document}The \\emph{mill} burns.\n\n\\href{a"
    path.write_text(source, encoding="utf-8")
    book = read(path)
    assert "The mill burns." in book.sentences
    assert [notice.code for notice in book.notices] == ["latex_unread"]


def test_commands_that_say_each_other_fill_no_memory(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.tex"
    said = [f"\\def\\{name}{{{said * 60}}}\n" for name, said in (("a", "\\b"), ("b", "\\c"))]
    source = f"{''.join(said)}\\def\\c{{Oil burns. }}\n\\section{{A}}" + "\\a " * 200
    path.write_text(source, encoding="utf-8")
    assert len(read(path).text) < 400_000


def test_what_only_has_commands_in_it_is_text(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Write \\section{Name} for a heading.\n\nThat is all.\n", encoding="utf-8")
    assert ingest.sniff(path) == "text"
    chapter = tmp_path / "a.tex"
    chapter.write_text("\\section{Oil}\nThe mill burns {\\bf oil}.\n\n", encoding="utf-8")
    assert read(chapter).sentences == ["The mill burns oil."]


def test_broken_latex_keeps_its_words(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.tex"
    deep = "{" * 3000 + "Deep words are kept." + "}" * 2000
    broken = "\\documentclass{article}\\begin{document}The mill {burns \\begin{itemize} oil."
    for text, words in ((broken, "The mill"), (f"\\documentclass{{a}}{deep}", "Deep words")):
        path.write_text(text, encoding="utf-8")
        assert words in read(path).text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"\SI{2.5e-6}{\metre}", "2.5×10⁻⁶ m"),
        (r"\SI[round-mode=places]{9.81}{\metre\per\second\squared}", "9.81 m/s²"),
        (r"\qty{70}{\kilo\gram\per\cubic\metre}", "70 kg/m³"),
        (r"\SI{12}{kg.m^{-2}.s^{-1}}", "12 kg m⁻² s⁻¹"),
        (r"\qty{5}{\um} and \SI{3}{\micro\litre}", "5 µm and 3 µL"),
        (r"\SI{40}{\percent} at \SI{21}{\degreeCelsius}", "40 % at 21 °C"),
        (r"\unit{\joule\per\mole\per\kelvin}", "J/(mol K)"),
        (r"\si{\per\second}", "1/s"),
        (r"\unit{\metre\tothe{4}\raiseto{-2}\second}", "m⁴ s⁻²"),
        (r"\num{1.5(2)e+10}", "1.5(2)×10¹⁰"),
        (r"\num{e6} or \num{12 +- 3}", "10⁶ or 12 ± 3"),
        (r"\SIrange{5}{8}{\hour}", "5–8 h"),
        (r"\qtylist{1;2;4}{\mega\watt}", "1, 2, 4 MW"),
        (r"\ang{51;28;38} or \SI{30}{\degree}", "51°28′38″ or 30°"),
        (r"\SI{2x3}{\cm}", "2 × 3 cm"),
        (r"\SI{3}{} and \si{}", "3 and"),
    ],
)
def test_numbers_keep_their_units(source: str, text: str, tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.tex"
    path.write_text(f"\\documentclass{{a}}\\begin{{document}}It is {source}.\\end{{document}}")
    assert read(path).text.strip() == f"It is {text}.".replace("and.", "and .")
