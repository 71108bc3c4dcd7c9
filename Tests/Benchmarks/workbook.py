#!/usr/bin/env python3
"""Times reading a large workbook of Excel, beside openpyxl where it is installed, and prints a table. README.md beside this file says more.

usage: workbook.py [--program FILE] [--rows N] [--workbook FILE.xlsx]
"""
import argparse
import importlib.util
import multiprocessing
import os
import random
import sys
import tempfile
import zipfile

from measure import timed

HERE = os.path.dirname(os.path.abspath(__file__))
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml."
TITLES = "kopare_id kopare verifikationsnummer leverantor leverantor_id konto_nr konto_text datum belopp fakturanummer".split()

# Every column is read and parsed; only one gives a triple, so that reading is what is timed.
MAPPING = """{"@context": "http://www.w3.org/ns/csvw", "url": "t.xlsx", "tableSchema": {"aboutUrl": "http://example.org/{verifikationsnummer}",
 "columns": [%s]}}"""


def arguments():
    parser = argparse.ArgumentParser(description="Times reading a large workbook of Excel.")
    parser.add_argument("--program", default=os.path.join(HERE, "../../.build/release/kommungraf"))
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--workbook", help="keep the workbook in this file; one that is there is used again")
    return parser.parse_args()


def relationships(*all_of_them):
    return f'<Relationships xmlns="{PACKAGE}relationships">' + "".join(
        f'<Relationship Id="rId{number}" Type="{DOCUMENT}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(all_of_them, 1)) + "</Relationships>"


def make(path, rows):
    """A ledger: ten columns, of which five are shared texts, one a date and four numbers."""
    numbers = random.Random(7)
    strings = {}

    def shared(text):
        return strings.setdefault(text, len(strings))

    def row(n):
        supplier = numbers.randrange(5000)
        return (
            f'<row r="{n}"><c r="A{n}"><v>2120009903</v></c><c r="B{n}" t="s"><v>{shared("Exempelstads kommun")}</v></c>'
            f'<c r="C{n}"><v>{n}</v></c><c r="D{n}" t="s"><v>{shared(f"Leverantör {supplier} AB")}</v></c>'
            f'<c r="E{n}" t="s"><v>{shared(f"55{supplier:04d}-{supplier:04d}")}</v></c><c r="F{n}"><v>{64000 + supplier % 300}</v></c>'
            f'<c r="G{n}" t="s"><v>{shared(f"Konto {supplier % 300}")}</v></c><c r="H{n}" s="1"><v>{45658 + n % 365}</v></c>'
            f'<c r="I{n}"><v>{numbers.randrange(-100000, 10000000) / 100!r}</v></c>'
            f'<c r="J{n}" t="s"><v>{shared(f"F-{n}-{numbers.randrange(10 ** 6)}")}</v></c></row>')

    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="{TYPES}worksheet+xml"/>'
            + "".join(f'<Override PartName="/xl/{part}.xml" ContentType="{TYPES}{kind}+xml"/>' for part, kind in
                      [("workbook", "sheet.main"), ("styles", "styles"), ("sharedStrings", "sharedStrings")]) + "</Types>")
        package.writestr("_rels/.rels", relationships(("officeDocument", "xl/workbook.xml")))
        package.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets><sheet name="Blad1" sheetId="1" r:id="rId1"/></sheets></workbook>')
        package.writestr("xl/_rels/workbook.xml.rels", relationships(
            ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")))
        package.writestr("xl/styles.xml", f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>')
        with package.open("xl/worksheets/sheet1.xml", "w") as out:
            out.write(f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">'.encode())
            out.write("".join(f'<c r="{chr(65 + n)}1" t="s"><v>{shared(title)}</v></c>' for n, title in enumerate(TITLES)).encode() + b"</row>")
            for start in range(2, rows + 2, 5000):
                out.write("".join(row(n) for n in range(start, min(start + 5000, rows + 2))).encode())
            out.write(b"</sheetData></worksheet>")
        with package.open("xl/sharedStrings.xml", "w") as out:
            out.write(f'<sst xmlns="{MAIN}">'.encode())
            texts = list(strings)
            for start in range(0, len(texts), 5000):
                out.write("".join(f"<si><t>{text}</t></si>" for text in texts[start:start + 5000]).encode())
            out.write(b"</sst>")


PEER = """
import sys, warnings, openpyxl
warnings.simplefilter("ignore")
count = 0
for row in openpyxl.load_workbook(sys.argv[1], read_only=True).worksheets[0].iter_rows(values_only=True):
    count += len(row)
print(count)
"""


def main():
    options = arguments()
    folder = tempfile.TemporaryDirectory()
    workbook = options.workbook or os.path.join(folder.name, "t.xlsx")
    if not os.path.exists(workbook):
        # In a process of its own: what this one takes counts as the memory of those that it starts.
        maker = multiprocessing.Process(target=make, args=(workbook, options.rows))
        maker.start()
        maker.join()
    mapping = os.path.join(folder.name, "m.json")
    datatypes = {"konto_nr": "integer", "datum": "date", "belopp": "decimal"}
    with open(mapping, "w", encoding="utf8") as out:
        out.write(MAPPING % ", ".join(
            f'{{"name": "{title}", "titles": "{title}", "datatype": "{datatypes.get(title, "string")}"'
            + ("" if title == "belopp" else ', "suppressOutput": true') + "}" for title in TITLES))
    print("| | seconds | of the processor | MiB at most |\n|---|--:|--:|--:|")
    row = "| {} | {:.1f} | {:.1f} | {:.0f} |"
    own = timed(options.program, "convert", "--quiet", "--mapping", mapping, "--mode", "minimal", "--format", "ntriples", "-o", "/dev/null", workbook)
    print(row.format("kommungraf convert", *own))
    if importlib.util.find_spec("openpyxl") is None:
        sys.exit("openpyxl is not installed: no ratio")
    peer = timed(sys.executable, "-c", PEER, workbook)
    print(row.format("openpyxl, read-only", *peer))
    print(f"\nratio {peer[0] / own[0]:.1f}; of the processor's time {peer[1] / own[1]:.1f}")


if __name__ == "__main__":
    main()
