#!/usr/bin/env python3
"""Times a ledger converted by RML beside the same by CSVW, and watches the memory of large JSON and DATEX II files. README.md beside this file says
more.

usage: triples_maps.py [--program FILE] [--rows N] [--size MB] [--runs N]
"""
import argparse
import multiprocessing
import os
import random
import tempfile

from measure import timed

HERE = os.path.dirname(os.path.abspath(__file__))
NS = "https://data.example/ns/"
# The columns of the ledger, each with its datatype.
COLUMNS = [
    ("kopare_id", None), ("verifikationsnummer", None), ("rad", "integer"), ("leverantor", None), ("leverantor_id", None), ("datum", "date"),
    ("belopp", "decimal"), ("konto", None)]
JSON_MAPPING = """@prefix rml: <http://w3id.org/rml/> . @prefix ex: <https://data.example/ns/> .
<#m> rml:logicalSource [ rml:source "d.json" ; rml:referenceFormulation rml:JSONPath ; rml:iterator "$[*]" ] ;
  rml:subjectMap [ rml:template "https://data.example/id/{$.id}" ] ;
  rml:predicateObjectMap [ rml:predicate ex:name ; rml:objectMap [ rml:reference "$.name" ] ] ,
    [ rml:predicate ex:tag ; rml:objectMap [ rml:reference "$.tags[*]" ] ] , [ rml:predicate ex:lat ; rml:objectMap [ rml:reference "$.geo.lat" ] ] .
"""
SITUATION = """<situation id="EX_{n}" version="1"><situationRecord xsi:type="MaintenanceWorks" id="EX_{n}_1" version="1">
<situationRecordCreationTime>2026-04-20T09:00:00+02:00</situationRecordCreationTime>
<situationRecordVersionTime>2026-05-04T07:45:00+02:00</situationRecordVersionTime>
<validity><validityStatus>active</validityStatus><validityTimeSpecification><overallStartTime>2026-05-11T06:00:00+02:00</overallStartTime>
</validityTimeSpecification></validity><generalPublicComment><comment><values><value lang="sv">Arbete nummer {n}.</value></values></comment>
</generalPublicComment><groupOfLocations xsi:type="Point"><locationForDisplay><latitude>59.{n:06d}</latitude><longitude>15.2066</longitude>
</locationForDisplay></groupOfLocations><roadMaintenanceType>roadsideWork</roadMaintenanceType></situationRecord></situation>
"""


def arguments():
    parser = argparse.ArgumentParser(description="Times mappings of RML, and watches their memory.")
    parser.add_argument("--program", default=os.path.join(HERE, "../../.build/release/kommungraf"))
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of the ledger")
    parser.add_argument("--size", type=int, default=200, help="megabytes of JSON and of XML")
    parser.add_argument("--runs", type=int, default=5)
    return parser.parse_args()


def ledger(folder, rows):
    """The ledger, and two mappings that say the same of it."""
    numbers = random.Random(7)
    with open(os.path.join(folder, "l.csv"), "w", encoding="utf8") as out:
        out.write(",".join(name for name, _ in COLUMNS) + "\n")
        for n in range(rows):
            supplier = numbers.randrange(5000)
            out.write(
                f"2120009903,{n // 3},{n % 3 + 1},Leverantör {supplier} AB,55{supplier:04d}{supplier:04d},2025-{n % 12 + 1:02d}-{n % 28 + 1:02d},"
                f"{numbers.randrange(-100000, 10000000) / 100},{6000 + supplier % 900}\n")
    subject = "https://data.example/id/{kopare_id}/{verifikationsnummer}/{rad}"
    columns = ", ".join(
        f'{{"name": "{name}", "titles": "{name}", "propertyUrl": "{NS}{name}"' + (f', "datatype": "{datatype}"' if datatype else "") + "}"
        for name, datatype in COLUMNS)
    with open(os.path.join(folder, "l.json"), "w", encoding="utf8") as out:
        out.write(f'{{"@context": "http://www.w3.org/ns/csvw", "url": "l.csv", "tableSchema": {{"aboutUrl": "{subject}", "columns": [{columns}]}}}}')
    links = " ,\n    ".join(
        f'[ rml:predicate <{NS}{name}> ; rml:objectMap [ rml:reference "{name}"' + (f" ; rml:datatype xsd:{datatype}" if datatype else "") + " ] ]"
        for name, datatype in COLUMNS)
    with open(os.path.join(folder, "l.rml.ttl"), "w", encoding="utf8") as out:
        out.write("@prefix rml: <http://w3id.org/rml/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n")
        out.write('<#m> rml:logicalSource [ rml:source "l.csv" ; rml:referenceFormulation rml:CSV ] ;\n')
        out.write(f'  rml:subjectMap [ rml:template "{subject}" ] ;\n  rml:predicateObjectMap {links} .\n')


def large(folder, megabytes):
    """An array of JSON, and a situation publication of DATEX II."""
    with open(os.path.join(folder, "d.rml.ttl"), "w", encoding="utf8") as out:
        out.write(JSON_MAPPING)
    with open(os.path.join(folder, "d.json"), "w", encoding="utf8") as out:
        n = 0
        while out.tell() < megabytes * 1_000_000:
            for _ in range(1000):
                out.write(("[" if n == 0 else ",\n") + f'{{"id": {n}, "name": "Sak {n}", "tags": ["a{n % 7}", "b{n % 11}"], "geo": {{"lat": 59.{n}, "lon": 15.1}}, '
                          f'"note": "något som ingen frågar efter, {n}"}}')
                n += 1
        out.write("]\n")
    with open(os.path.join(folder, "d.xml"), "w", encoding="utf8") as out:
        out.write('<d2LogicalModel xmlns="http://datex2.eu/schema/2/2_0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" modelBaseVersion="2">\n'
                  '<payloadPublication xsi:type="SituationPublication" lang="sv"><publicationTime>2026-05-04T08:00:00+02:00</publicationTime>\n')
        n = 0
        while out.tell() < megabytes * 1_000_000:
            for _ in range(1000):
                out.write(SITUATION.format(n=n))
                n += 1
        out.write("</payloadPublication></d2LogicalModel>\n")


def made(work, *given):
    # In a process of its own: what this one takes counts as the memory of those that it starts.
    maker = multiprocessing.Process(target=work, args=given)
    maker.start()
    maker.join()


def main():
    options = arguments()
    place = tempfile.TemporaryDirectory()
    folder = place.name
    made(ledger, folder, options.rows)
    convert = [options.program, "convert", "--quiet", "--mode", "minimal", "--format", "ntriples"]

    def run(mapping, source, *more, out="/dev/null"):
        return timed(*convert, "--mapping", os.path.join(folder, mapping) if "." in mapping else mapping, *more, "-o", out, os.path.join(folder, source))

    for mapping in ["l.json", "l.rml.ttl"]:
        run(mapping, "l.csv", out=os.path.join(folder, mapping + ".nt"))
    outputs = []
    for mapping in ["l.json", "l.rml.ttl"]:
        with open(os.path.join(folder, mapping + ".nt"), "rb") as opened:
            outputs.append(sum(hash(line) for line in opened))
        os.remove(os.path.join(folder, mapping + ".nt"))
    print(f"{options.rows} rows; both give the same triples: {'yes' if outputs[0] == outputs[1] else 'NO'}\n")
    print("| | seconds | of the processor | MiB at most |\n|---|--:|--:|--:|")
    row = "| {} | {:.2f} | {:.2f} | {:.0f} |"
    # By turns, so that what else the machine does hits both alike.
    runs = {"l.json": [], "l.rml.ttl": []}
    for _ in range(options.runs):
        for mapping, times in runs.items():
            times.append(run(mapping, "l.csv"))
    middle = {mapping: [sorted(values)[len(values) // 2] for values in zip(*times)] for mapping, times in runs.items()}
    print(row.format("ledger by CSVW", *middle["l.json"]))
    print(row.format("ledger by RML", *middle["l.rml.ttl"]))
    made(large, folder, options.size)
    print(row.format(f"{options.size} MB of JSON", *run("d.rml.ttl", "d.json")))
    more = ["--variant", "datex2", "--base", "https://data.example"]
    print(row.format(f"{options.size} MB of DATEX II", *run("vagarbeten", "d.xml", *more)))
    ratio = [theirs / own for theirs, own in zip(middle["l.rml.ttl"], middle["l.json"])]
    print(f"\nRML takes {ratio[0]:.2f} times as long as CSVW by the clock, {ratio[1]:.2f} times as long of the processor")


if __name__ == "__main__":
    main()
