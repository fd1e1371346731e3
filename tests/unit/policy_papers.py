"""Policy documents of our own making, in the kinds of files people have."""

import io
from collections.abc import Sequence

import docx
import pypdf
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

REGULATION = (
    "某某市财政项目管理办法",
    "某财绩〔2022〕15号",
    "第一章 总则",
    "第一条 为了把项目支出管好，根据预算管理的要求，制定本办法。",
    "第二条 本办法适用于市级预算安排的项目。第一条规定的要求，各部门都要遵守。",
    "下列情形除外：",
    "（一）涉密项目；",
    "（二）应急项目。",
    "第二章 自评",
    "第一节 组织",
    "第三条 各单位在三月底前完成自评，满分一百分。",
    "第四条【结果应用】自评结果与下一年度预算挂钩。",
    "附件1",
    "项目支出绩效自评表",
    "项目名称、主管部门、资金来源按批复填写。",
)
"""Four articles and an annex; the second refers to the first in mid-sentence."""

ARTICLES = ("第一条", "第二条", "第三条", "第四条", "附件1")

_LINE_HEIGHT = 24
_TOP = 780
_FONT = "/BaseFont /Song /Encoding /Identity-H"
_UNICODE = (
    "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> "
    "endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap"
)


def text_file(lines: Sequence[str] = REGULATION, encoding: str = "utf-8") -> bytes:
    """Return lines as a text file."""
    return "\n".join(lines).encode(encoding)


def word_file(lines: Sequence[str] = REGULATION, rows: Sequence[Sequence[str]] = ()) -> bytes:
    """Return lines as a Word document, with a table at its end."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    return _saved(document)


def numbered_word_file(title: str, articles: Sequence[str]) -> bytes:
    """Return a Word document whose 第N条 are automatic numbers, not text."""
    document = docx.Document()
    document.add_paragraph(title)
    root = document.part.numbering_part.element
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:lvl w:ilvl="0">'
        '<w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>'
        '<w:lvlText w:val="第%1条"/></w:lvl></w:abstractNum>'
    )
    root.insert(0, abstract)
    root.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
    )
    for text in articles:
        paragraph = document.add_paragraph(text)
        paragraph._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>')
        )
    return _saved(document)


def pdf_file(pages: Sequence[Sequence[str]]) -> bytes:
    """Return printed lines as a PDF whose text can be taken out; an empty page is a picture."""
    kids = " ".join(f"{6 + 2 * at} 0 R" for at in range(len(pages)))
    system = "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        f"<< /Type /Font /Subtype /Type0 {_FONT} /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        f"<< /Type /Font /Subtype /CIDFontType2 {_FONT} /DW 1000 /CIDSystemInfo {system} >>",
        _stream(_UNICODE),
    ]
    for at, lines in enumerate(pages):
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {7 + 2 * at} 0 R >>"
        )
        shown = " ".join(
            f"1 0 0 1 72 {_TOP - _LINE_HEIGHT * row} Tm <{line.encode('utf-16-be').hex()}> Tj"
            for row, line in enumerate(lines)
        )
        objects.append(_stream(f"BT /F1 16 Tf {shown} ET"))
    return _assembled(objects)


def locked_pdf_file() -> bytes:
    """Return a PDF that opens with a password only."""
    writer = pypdf.PdfWriter(io.BytesIO(pdf_file([["第一条 正文。"]])))
    writer.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def _assembled(objects: Sequence[str]) -> bytes:
    """Return a PDF file of numbered objects with its table of offsets."""
    data = b"%PDF-1.5\n"
    offsets = []
    for number, one in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{one}\nendobj\n".encode("ascii")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    tail = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    )
    return data + tail.encode("ascii")


def _saved(document: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]  # python-docx's Document is a function
    return buffer.getvalue()
