"""BibTeX: what is read, what is reported, how works are written."""

from pathlib import Path

import pytest

from builder.read.bibliography import Library, load


@pytest.fixture
def library(tmp_path: Path):
    def write(text: str | bytes) -> Library:
        path = tmp_path / "works.bib"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return load(path, Path("works.bib"))

    return write


def test_an_article_in_full(library) -> None:
    source = """@article{olah2020zoom,
  author = {Olah, Chris and Cammarata, Nick and Schubert, Ludwig},
  title = {Zoom In: An {Introduction} to Circuits},
  journal = {Distill}, volume = 5, number = 3, pages = {1--9},
  year = {2020},
  doi = {https://doi.org/10.23915/distill.00024.001}
}"""
    entry = library(source).entries["olah2020zoom"]
    assert entry.title == "Zoom In: An Introduction to Circuits"
    assert entry.names == (("Chris", "Olah"), ("Nick", "Cammarata"), ("Ludwig", "Schubert"))
    assert (entry.kind, entry.year, entry.venue) == ("article", "2020", "Distill")
    assert (entry.doi, entry.link) == ("10.23915/distill.00024.001", "https://doi.org/10.23915/distill.00024.001")
    assert entry.text == source
    assert entry.html == (
        '<span class="reference-title"><a href="https://doi.org/10.23915/distill.00024.001">'
        "Zoom In: An Introduction to Circuits</a></span> "
        '<span class="reference-authors">C. Olah, N. Cammarata and L. Schubert.</span> '
        '<span class="reference-venue">Distill</span>, 5(3), pp. 1–9, 2020. '
        '<a class="reference-doi" href="https://doi.org/10.23915/distill.00024.001">doi:10.23915/distill.00024.001</a>'
    )


@pytest.mark.parametrize(
    ("author", "short"),
    [
        ("Olah, Chris", "Olah, 2020"),
        ("Robert Geirhos and Bethge, Matthias", "Geirhos and Bethge, 2020"),
        ("A B and C D and E F", "B et al., 2020"),
        ("Olah, Chris and others", "Olah et al., 2020"),
        ("de la Cruz, Mar{\\'\\i}a", "de la Cruz, 2020"),
        ("Ludwig van Beethoven", "van Beethoven, 2020"),
        ("{Open Science Group}", "Open Science Group, 2020"),
        ('Sch{\\"o}lkopf, Bernhard and H{\\o}lder, O.', "Schölkopf and Hølder, 2020"),
    ],
)
def test_how_running_text_names_a_work(library, author: str, short: str) -> None:
    entry = library(f"@misc{{a, title={{T}}, author={{{author}}}, year=2020}}").entries["a"]
    assert entry.short == short


def test_a_work_without_authors_goes_by_its_title(library) -> None:
    assert library("@misc{a, title={The Title}}").entries["a"].short == "The Title"


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        ("{\\ss} 50\\% {GPU}s \\& more", "ß 50% GPUs & more"),
        ("``Quoted'' -- and it's", "“Quoted” – and it’s"),
        ("\\emph{Very} \\textbf{deep}", "Very deep"),
        ("$L_2$--norms of 'x'", "L₂–norms of ‘x’"),
        ("Two\n  lines~here", "Two lines here"),
        ("<i>In vivo</i> &amp; H<sub>2</sub>O, 10\\textsuperscript{3} &#8212; x", "In vivo & H₂O, 10³ — x"),
        ("50% of R&D at C\\#", "50% of R&D at C#"),
        ("\\enquote{A} \\textless b\\textgreater{} \\textasciitilde 5", "“A” <b> ~5"),
        ("A\\thanks{B} {\\noopsort{1}}C\u202e\u200b", "A C"),
    ],
)
def test_latex_is_undone(library, latex: str, text: str) -> None:
    assert library(f"@misc{{a, title={{{latex}}}}}").entries["a"].title == text


def test_a_title_with_markup_and_maths_is_safe(library) -> None:
    html = library("@misc{a, title={A <b> $x<1$ \\& c}}").entries["a"].html
    assert html.startswith('<span class="reference-title">A &lt;b&gt; <math><mi>x</mi><mo>&lt;</mo>')
    assert html.endswith(" &amp; c</span>")


@pytest.mark.parametrize(
    ("fields", "arxiv", "link"),
    [
        ("eprint={1811.12231}", "1811.12231", "https://arxiv.org/abs/1811.12231"),
        ("eprint={hal-01}, archiveprefix={hal}", "", ""),
        ("journal={arXiv preprint arXiv:2001.01234v2}", "2001.01234v2", "https://arxiv.org/abs/2001.01234v2"),
        ("url={https://example.org/a\\_b?c=1&d=2}", "", "https://example.org/a_b?c=1&d=2"),
        ("howpublished={\\url{https://arxiv.org/abs/1811.12231}}", "1811.12231", "https://arxiv.org/abs/1811.12231"),
        ("url={javascript:alert(1)}", "", ""),
    ],
)
def test_where_a_work_is_found(library, fields: str, arxiv: str, link: str) -> None:
    entry = library(f"@misc{{a, title={{T}}, {fields}}}").entries["a"]
    assert (entry.arxiv, entry.link) == (arxiv, link)


def test_strings_are_joined(library) -> None:
    found = library('@string{ws = "Workshop"}\n@inproceedings{a, title={T}, booktitle=ws # " 2019", month=jan}')
    assert found.entries["a"].venue == "Workshop 2019"
    assert found.problems == ()


GOOD = "@misc{good, title={Good}}\n"


@pytest.mark.parametrize(
    ("text", "problem", "keys"),
    [
        (GOOD + "@misc{good, title={Twice}}",
         "works.bib:2: bibliography: key 'good' is given twice, first at line 1", ["good"]),
        ("\n@misc{bad, title={Open\n" + GOOD,
         "works.bib:2: bibliography: the entry '@misc{bad, title={Open' cannot be read: "
         "it is not closed before the next entry begins", ["good"]),
        (GOOD + "@misc{bad, title={Open",
         "works.bib:2: bibliography: the entry '@misc{bad, title={Open' cannot be read: it is not closed", ["good"]),
        ("@misc{bad title={x}}\n" + GOOD,
         "works.bib:1: bibliography: the entry '@misc{bad title=' cannot be read: a comma must follow its key",
         ["good"]),
        ("@misc{lost,\n title={x}\n year=2020}\n" + GOOD,
         "works.bib:2: bibliography: field 'title' cannot be read: '{x}\\n year=2020'; is a comma or brace missing?",
         ["lost", "good"]),
        ("@misc{twice, title={x}, title={y}}\n" + GOOD,
         "works.bib:1: bibliography: twice: field 'title' is given twice", ["good", "twice"]),
        ("@misc{, title={x}}\n" + GOOD, "works.bib:1: bibliography: an entry without a key cannot be cited", ["good"]),
        ("@string{iclr = {ICLR}}\n@misc{a, howpublished=iclrr}\n" + GOOD,
         "works.bib:2: bibliography: field 'howpublished': no string 'iclrr'; did you mean 'iclr'?", ["a", "good"]),
        (GOOD.encode() + b"@misc{a, title={na\xefve}}", "works.bib:2: a byte is not UTF-8; save the file as UTF-8",
         ["good", "a"]),
    ],
)  # fmt: skip
def test_a_bad_entry_is_reported_and_the_good_ones_are_kept(
    library, capfd, text, problem: str, keys: list[str]
) -> None:
    found = library(text)
    assert [str(p) for p in found.problems] == [problem]
    assert list(found.entries) == keys
    assert capfd.readouterr().err == ""


def test_two_files_of_the_same_text_keep_their_own_places(tmp_path: Path) -> None:
    for name in ("a.bib", "b.bib"):
        (tmp_path / name).write_text(GOOD)
        assert load(tmp_path / name, Path(name)).entries["good"].place.path == Path(name)


@pytest.mark.parametrize(
    ("fields", "venue", "year", "arxiv", "link"),
    [
        ("date={2020-05}, journaltitle={J}", "J", "2020", "", ""),
        ("date={2019-05-24/2019-05-30}, eprinttype={arxiv}, eprint={1810.04805}", "", "2019", "1810.04805",
         "https://arxiv.org/abs/1810.04805"),
        ("journal={CoRR}, volume={abs/1412.6980}, year={2014}", "CoRR", "2014", "1412.6980",
         "https://arxiv.org/abs/1412.6980"),
        (r"howpublished={\url{https://x.org/~a}}, year={in press}", "", "in press", "", "https://x.org/~a"),
        (r"url={https://a.org/x\_y\%20{\textasciitilde}z}", "", "", "", "https://a.org/x_y%20~z"),
        ("journal={ArXiv}, volume={abs/2001.01234}", "ArXiv", "", "2001.01234", "https://arxiv.org/abs/2001.01234"),
        ("eprint={https://arxiv.org/pdf/2001.01234.pdf}", "", "", "2001.01234", "https://arxiv.org/abs/2001.01234"),
        (r"journal={\apjl}, year={n.d.}", "Astrophysical Journal Letters", "n.d.", "", ""),
        (r"url={www.a.org/x}, doi={doi.org/10.1000/x. }", "", "", "", "https://www.a.org/x"),
        (r"howpublished={At \url{https://a.org/x}}", "At https://a.org/x", "", "", "https://a.org/x"),
        (r"doi={10.1000/a\_b{\_}c}", "", "", "", "https://doi.org/10.1000/a_b_c"),
    ],
)  # fmt: skip
def test_what_other_programs_export(library, fields: str, venue: str, year: str, arxiv: str, link: str) -> None:
    entry = library(f"@misc{{a, title={{T}}, {fields}}}").entries["a"]
    assert (entry.venue, entry.year, entry.arxiv, entry.link) == (venue, year, arxiv, link)


def test_only_works_that_are_asked_for_are_put_into_words(library) -> None:
    works = library("@misc{a, title={A}}\n@misc{b, title={B}}").entries
    assert (works["a"].title, set(works), set(works.made)) == ("A", {"a", "b"}, {"a"})


@pytest.mark.parametrize(
    ("entry", "html"),
    [
        (
            "@phdthesis{a, title={T}, school={ETH}, year={n.d.}}",
            'PhD thesis, <span class="reference-venue">ETH</span>, n.d.</',
        ),
        ("@techreport{a, title={T}, institution={X}, number=12, pages={7}}", "Technical report 12, "),
        (
            "@misc{a, title={T}, pages={1 -- 3}, note={In press.}}",
            'pp. 1–3. <span class="reference-note">In press.</span>',
        ),
        ("@misc{a, title={T}, pages={e12}, note={Accessed: 2020}}", "p. e12."),
        ("@misc{a, title={T}, subtitle={S}}", ">T: S</span>"),
    ],
)
def test_what_a_reference_says_of_its_kind(library, entry: str, html: str) -> None:
    assert html in library(entry).entries["a"].html + "</"


@pytest.mark.parametrize(
    ("fields", "mistake"),
    [
        ("author={A B}", "has no title"),
        ("title={T}, doi={n/a}", "doi: 'n/a' is none; one begins '10.' and holds a '/'"),
        ("title={T}, url={see the web}", "url: 'see the web' is no address of the web"),
        ("title={T}, author={A B, C D, E F}", "author: people are parted by the word 'and', not by ','"),
    ],
)
def test_what_cannot_be_meant_is_told(library, fields: str, mistake: str) -> None:
    assert library(f"@misc{{a, {fields}}}").entries["a"].mistakes[0].startswith(mistake)
