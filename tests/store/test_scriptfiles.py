from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from redub.core.errors import UserError
from redub.store import scriptfiles

CHINESE = "大家好，欢迎使用这个程序。今天天气很好。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_text__chinese_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(CHINESE.encode(encoding))

    assert scriptfiles.read_text(tmp_path / "a.txt") == CHINESE


@pytest.mark.parametrize("text", ["Ein schöner Tag für Café und Crème brûlée – “so” is it.", "naïve résumé"])
def test_text__accents_of_windows(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode("cp1252"))

    assert scriptfiles.read_text(tmp_path / "a.txt") == text


@pytest.mark.parametrize(
    "content, said",
    [
        (b"", "is empty"),
        (b" \r\n\t", "is empty"),
        (b"\xef\xbb\xbf  ", "is empty"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00\x00binary", "not a text"),
        (bytes(range(256)) * 8, "not a text"),
        (b"\xff\xfeA", "not a text"),
    ],
)
def test_text__what_is_none(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "a.txt").write_bytes(content)

    with pytest.raises(UserError, match=said):
        scriptfiles.read_text(tmp_path / "a.txt")


def test_text__huge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scriptfiles, "LARGEST", 100)
    (tmp_path / "a.txt").write_bytes(b"a" * 101)

    with pytest.raises(UserError, match="too large for a script"):
        scriptfiles.read_text(tmp_path / "a.txt")


def test_document__paragraphs_and_tables_in_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("First & foremost")
    cell = document.add_table(1, 2).rows[0].cells
    cell[0].text, cell[1].text = "left", "right"
    document.add_paragraph("")
    document.add_paragraph("最后")
    document.save(str(tmp_path / "a.docx"))

    assert scriptfiles.read_document(tmp_path / "a.docx") == "First & foremost\nleft\nright\n最后"


def _zip_of_something_else(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a", "b")


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_office__what_is_none(tmp_path: Path, name: str) -> None:
    read = scriptfiles.read_document if name.endswith("docx") else scriptfiles.read_workbook
    (tmp_path / name).write_bytes(b"not a zip at all")
    with pytest.raises(UserError, match="cannot be read as a"):
        read(tmp_path / name)
    _zip_of_something_else(tmp_path / name)
    with pytest.raises(UserError, match="cannot be read as a"):
        read(tmp_path / name)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv__finds_the_separator_out(tmp_path: Path, delimiter: str) -> None:
    rows = [["name", "text"], ["A", '"Hello, you; there"'], ["B", "Bye"]]
    (tmp_path / "a.csv").write_text("\n".join(delimiter.join(row) for row in rows), "utf-8")

    assert scriptfiles.read_csv(tmp_path / "a.csv").rows == (
        ("name", "text"),
        ("A", "Hello, you; there"),
        ("B", "Bye"),
    )


def test_csv__of_a_chinese_excel_with_ragged_and_empty_rows(tmp_path: Path) -> None:
    text = "名称,文案\r\n一,你好\r\n\r\n二\r\n三,再见,多\r\n"
    (tmp_path / "a.csv").write_bytes(text.encode("gb18030"))

    assert scriptfiles.read_csv(tmp_path / "a.csv").rows == (
        ("名称", "文案", ""),
        ("一", "你好", ""),
        ("二", "", ""),
        ("三", "再见", "多"),
    )


def test_csv__one_column_of_sentences(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Hello there\nGood bye\n", "utf-8")

    assert [row[0] for row in scriptfiles.read_csv(tmp_path / "a.csv").rows] == ["Hello there", "Good bye"]


def test_csv__too_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scriptfiles, "MOST_ROWS", 3)
    (tmp_path / "a.csv").write_text("a,b\n" * 5, "utf-8")

    with pytest.raises(UserError, match="too large a table"):
        scriptfiles.read_csv(tmp_path / "a.csv")


def test_workbook__numbers_dates_and_the_first_sheet_with_content(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "empty"
    sheet = book.create_sheet("scripts")
    for row in (["name", "text", "speed"], [1, "Hello", 1.2], [2.0, None, 1]):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")

    grid = scriptfiles.read_workbook(tmp_path / "a.xlsx")

    assert grid.rows == (("name", "text", "speed"), ("1", "Hello", "1.2"), ("2", "", "1"))
    assert grid.remark == ""


def test_workbook__formulas_that_were_never_worked_out_are_said(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["name", "text"])
    book.active.append(["A", '="Hello " & A2'])
    book.save(tmp_path / "a.xlsx")

    assert scriptfiles.read_workbook(tmp_path / "a.xlsx").remark.startswith("1 formulas have no value yet")


def test_workbook__empty(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "a.xlsx")

    with pytest.raises(UserError, match="is empty"):
        scriptfiles.read_workbook(tmp_path / "a.xlsx")
