"""A column's name puts a table in order: up, down, and as it came; what has no value stays last."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).parents[2] / "templates" / "static" / "sort.js"
ROWS = [("b10", "1,200"), ("b9", "–"), ("a", "−3.5"), ("c", "40")]
TABLE = "<table data-sortable><thead><tr><th>layer</th><th>px</th></tr></thead><tbody>{}</tbody></table>"


@pytest.fixture
def table(browser):
    """A page with a table whose second column holds numbers, but for one."""
    tab = browser.new_page()
    cell = "<td class='n'>{}</td>".format
    body = "".join(f"<tr><td>{a}</td>{cell(b) if b != '–' else '<td>–</td>'}</tr>" for a, b in ROWS)
    tab.set_content(TABLE.format(body))
    tab.add_script_tag(path=str(SCRIPT))
    yield tab
    tab.close()


def order(tab) -> list[str]:
    return tab.locator("tbody tr td:first-child").all_inner_texts()


def test_numbers_are_ordered_as_numbers_up_and_down_and_back(table):
    button = table.get_by_role("button", name="px")
    button.click()
    assert order(table) == ["a", "c", "b10", "b9"]
    assert table.locator("th").nth(1).get_attribute("aria-sort") == "ascending"
    button.press("Enter")
    assert order(table) == ["b10", "c", "a", "b9"]
    button.press("Space")
    assert order(table) == [name for name, _ in ROWS]
    assert table.locator("[aria-sort]").count() == 0


def test_words_are_ordered_with_their_numbers_and_one_column_at_a_time(table):
    table.get_by_role("button", name="px").click()
    table.get_by_role("button", name="layer").click()
    assert order(table) == ["a", "b9", "b10", "c"]
    assert table.locator("[aria-sort]").all_inner_texts() == ["layer"]
