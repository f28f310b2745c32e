"""Commands of TeX that set words and pages, and how what they do is written here."""

from __future__ import annotations

CODE = "where it is meant, set it in backticks"
LEFT_OUT = "leave it out"
LIST, HEADING, NOTE = "write a list, a line '- …' each", "write '## …'", "write ^[…]"
BOLD, SLANTED, CODED = "write **…**", "write *…*", "write it in backticks"
PICTURE = "write '![what it shows](file.png)'"
DEFINED = "write it below 'macros:' in the head"
WORKS = "write 'bibliography: works.bib' in the head"

PAGES = """
appendix bigskip centering clearpage documentclass footnotesize hspace indent Large large linebreak maketitle medskip
newpage nocite noindent pagebreak par printbibliography small smallskip tableofcontents usepackage vspace
"""
"""What sets pages, and a page of the web has none of."""

COMMANDS: dict[str, str] = {
    **dict.fromkeys(["textbf", "bf", "bfseries", "strong"], BOLD),
    **dict.fromkeys(["emph", "textit", "textsl", "it", "em", "itshape"], SLANTED),
    **dict.fromkeys(["texttt", "verb", "lstinline", "tt", "mintinline"], CODED),
    **dict.fromkeys(["chapter", "section", "subsection", "subsubsection", "paragraph"], HEADING),
    **dict.fromkeys(["footnote", "thanks", "marginpar", "sidenote", "footnotemark", "footnotetext"], NOTE),
    **dict.fromkeys(["citeauthor", "Citeauthor", "pageref", "LaTeX", "TeX", "today"], "write the words"),
    **dict.fromkeys(["newcommand", "renewcommand", "DeclareMathOperator", "def"], DEFINED),
    **dict.fromkeys(["bibliography", "addbibresource", "bibliographystyle"], WORKS),
    **dict.fromkeys(["textsuperscript", "textsubscript"], "write <sup>…</sup> or <sub>…</sub>"),
    **dict.fromkeys(["href", "hyperref"], "write [words](address)"),
    **dict.fromkeys(["input", "include"], "write ':::{include} part.md'"),
    **dict.fromkeys(["url", "nolinkurl"], "write <…>"),
    "textsc": "write {sc}`…`",
    "includegraphics": PICTURE,
    "caption": "write it below ':::{image} file.png'",
    "label": "write {#sec-name} behind the heading",
    "item": LIST,
    **dict.fromkeys(PAGES.split(), LEFT_OUT),
}
ENVIRONMENTS: dict[str, str] = {
    **dict.fromkeys(["itemize", "enumerate", "description"], LIST),
    **dict.fromkeys(["figure", "figure*", "wrapfigure", "subfigure"], "write ':::{image} file.png'"),
    **dict.fromkeys(["table", "table*", "tabular", "tabularx", "longtable"], "write a table of Markdown"),
    **dict.fromkeys(["verbatim", "lstlisting", "minted"], "write it between two lines ```"),
    **dict.fromkeys(["quote", "quotation"], "write '> …'"),
    **dict.fromkeys(["theorem", "lemma", "definition", "corollary", "proposition", "proof"], "write ':::{theorem}'"),
    **dict.fromkeys(["center", "flushleft", "document", "minipage"], LEFT_OUT),
    "abstract": "write 'description:' in the head",
}


def instead(name: str) -> str:
    """Say how what a command does is written here; "" for one that is not known."""
    return COMMANDS.get(name, "")


def instead_of_environment(name: str) -> str:
    """Say how an environment of words is written here."""
    return ENVIRONMENTS.get(name, CODE)
