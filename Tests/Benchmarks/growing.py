#!/usr/bin/env python3
"""How a served site takes readings that come as files while it answers: a thousand readings, sixty times.

usage: growing.py [--program FILE] [--files N] [--readings N] [--pace SECONDS] [--keep DURATION] [--beside TRIPLES] [--queries N]

A site is made of a dataset of readings with a window (`keep`) and another of as many triples as --beside says, and served with --watch. Every --pace
seconds a file of readings comes. The table tells for each how long it took until queries found them, the time of the processor that the server used
meanwhile, its resident memory, and the median of a query for the mean of one sensor and of one for the last reading of each.
"""
import argparse
import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
from datetime import datetime, timezone

from measure import resident

SOSA = "http://www.w3.org/ns/sosa/"
COUNT = f"SELECT (COUNT(?t) AS ?n) {{ ?s <{SOSA}resultTime> ?t }}"
QUERIES = [
    f"SELECT (AVG(?v) AS ?mean) {{ ?s <{SOSA}madeBySensor> <https://data.example.se/id/givare/7> ; <{SOSA}hasSimpleResult> ?v }}",
    f"SELECT ?g (MAX(?t) AS ?last) {{ ?s <{SOSA}madeBySensor> ?g ; <{SOSA}resultTime> ?t }} GROUP BY ?g",
]
SPECIFICATION = "title: {title}\nmoment: {sosa}resultTime\nvariants: [{{file: csv.json, for: csv}}]\n"


def mapping(about, columns):
    described = ", ".join(
        f'{{"name": "{name}", "titles": "{name}", "propertyUrl": "{iri}", {more}}}' for name, iri, more in columns)
    return (
        '{"@context": "http://www.w3.org/ns/csvw", "url": "t.csv", "https://w3id.org/kommungraf/ns/csvw/columnMatching": "title", '
        f'"tableSchema": {{"aboutUrl": "{about}", "columns": [{described}]}}}}')


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path + ".part", "w", encoding="utf-8") as file:
        file.write(text)
    os.rename(path + ".part", path)


def make_site(folder, keep, beside):
    write(f"{folder}/mappings/matningar/csv.json", mapping("id/matning/{givare}/{tid}", [
        ("givare", SOSA + "madeBySensor", '"valueUrl": "id/givare/{givare}"'),
        ("tid", SOSA + "resultTime", '"datatype": "dateTime"'), ("varde", SOSA + "hasSimpleResult", '"datatype": "decimal"')]))
    write(f"{folder}/mappings/matningar/specification.yaml", SPECIFICATION.format(title="Matningar", sosa=SOSA))
    write(f"{folder}/mappings/saker/csv.json", mapping("id/sak/{nummer}", [
        ("nummer", "dcterms:identifier", '"datatype": "string"'), ("namn", "rdfs:label", '"datatype": "string"'),
        ("del", "dcterms:isPartOf", '"valueUrl": "id/del/{del}"'), ("antal", "dcterms:extent", '"datatype": "integer"')]))
    write(f"{folder}/mappings/saker/specification.yaml", SPECIFICATION.format(title="Saker", sosa=SOSA))
    rows = (f"{number};Sak nummer {number * 7919 % 1000003};{number % 997};{number * 31 % 5000}\n" for number in range(beside // 4))
    write(f"{folder}/saker.csv", "nummer;namn;del;antal\n" + "".join(rows))
    write(f"{folder}/site.yaml", f"""base: https://data.example.se
title: Prov
publisher: {{name: Prov, type: LocalAuthority}}
datasets:
  - {{name: saker, mapping: saker, source: saker.csv}}
  - {{name: matningar, mapping: matningar, source: "data/*.csv", keep: {keep}}}
""")


def write_readings(folder, number, readings):
    now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.")
    # A hundred sensors, each with several readings within the second.
    rows = (f"{row % 100};{now}{row // 100:03}Z;{row * 37 % 400 / 10}\n" for row in range(readings))
    write(f"{folder}/data/{number:04}.csv", "givare;tid;varde\n" + "".join(rows))


class Server:
    def __init__(self, program, folder):
        told = os.path.join(folder, "told.txt")
        with open(told, "w", encoding="utf-8") as file:
            self.process = subprocess.Popen([program, "serve", folder, "--port", "0", "--watch"], stderr=file, cwd=folder)
        self.port = None
        while self.port is None:
            if self.process.poll() is not None:
                sys.exit("the server did not start")
            time.sleep(0.1)
            with open(told, encoding="utf-8") as file:
                for line in file:
                    if "serving http://" in line:
                        self.port = int(line.strip().rstrip("/").rsplit(":", 1)[1])
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)

    def ask(self, query):
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/csv"}
        self.connection.request("POST", "/sparql", urllib.parse.urlencode({"query": query}), headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        if answer.status != 200:
            sys.exit(f"status {answer.status}: {text}")
        return text

    def count(self):
        return int(self.ask(COUNT).split()[1])

    def milliseconds(self, query, times):
        def one():
            began = time.monotonic()
            self.ask(query)
            return (time.monotonic() - began) * 1000
        return statistics.median(one() for _ in range(times))

    def processor_seconds(self):
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    parser.add_argument("--program", default=root + "/.build/release/kommungraf")
    parser.add_argument("--files", type=int, default=60)
    parser.add_argument("--readings", type=int, default=1000)
    parser.add_argument("--pace", type=float, default=5)
    parser.add_argument("--keep", default="PT2M")
    parser.add_argument("--beside", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=15)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        make_site(folder, options.keep, options.beside)
        write_readings(folder, 0, options.readings)
        server = Server(options.program, folder)
        try:
            run(server, folder, options)
        finally:
            server.process.terminate()
            server.process.wait()


def run(server, folder, options):
    print(f"{'file':>4} {'readings':>8} {'seen s':>7} {'cpu s':>6} {'MiB':>6} {'mean ms':>8} {'last ms':>8}")
    for number in range(1, options.files + 1):
        began = time.monotonic()
        used = server.processor_seconds()
        before = newest(server)
        write_readings(folder, number, options.readings)
        while newest(server) == before:
            time.sleep(0.05)
        seen = time.monotonic() - began
        used = server.processor_seconds() - used
        times = [server.milliseconds(query, options.queries) for query in QUERIES]
        print(
            f"{number:4} {server.count():8} {seen:7.2f} {used:6.2f} {resident(server.process):6.0f} {times[0]:8.2f} {times[1]:8.2f}", flush=True)
        time.sleep(max(0, options.pace - (time.monotonic() - began)))


def newest(server):
    return server.ask(f"SELECT (MAX(?t) AS ?n) {{ ?s <{SOSA}resultTime> ?t }}")


if __name__ == "__main__":
    main()
