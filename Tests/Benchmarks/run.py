#!/usr/bin/env python3
"""Times loading, snapshots and queries, beside pyoxigraph where it is installed, and prints a table. README.md beside this file says more.

usage: run.py [--program FILE] [--graph FILE.nt | --scale N] [--queries DIR]… [--runs N] [--alone]
"""
import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time

from answers import bag

HERE = os.path.dirname(os.path.abspath(__file__))


def arguments():
    parser = argparse.ArgumentParser(description="Times loading, snapshots and queries.")
    parser.add_argument("--program", default=os.path.join(HERE, "../../.build/release/kommungraf"))
    parser.add_argument("--graph", help="an N-Triples file; without it graph.py makes one")
    parser.add_argument("--scale", default="1", help="how large a graph graph.py makes")
    parser.add_argument("--queries", action="append", help="a folder of .rq files, as often as wanted; without it the one beside this file")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--alone", action="store_true", help="without pyoxigraph, even where it is installed")
    return parser.parse_args()


class Program:
    """The program under test; each of its runs loads the data anew."""

    def __init__(self, path):
        self.path = path

    def times(self, *options):
        run = subprocess.run([self.path, "query", "--results", "json", "--time", *options], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        lines = [json.loads(line) for line in run.stderr.decode().splitlines() if line.startswith("{")]
        if not lines:
            sys.exit(run.stderr.decode())
        return lines

    def answer(self, *options):
        return subprocess.run([self.path, "query", "--results", "json", *options], stdout=subprocess.PIPE, check=True).stdout


class Peer:
    """pyoxigraph in this process."""

    def __init__(self, graph):
        import pyoxigraph

        self.module = pyoxigraph
        self.store = pyoxigraph.Store()
        began = time.monotonic()
        self.store.bulk_load(path=graph, format=pyoxigraph.RdfFormat.N_TRIPLES)
        self.load = time.monotonic() - began

    def answer(self, text):
        found = self.store.query(text)
        if isinstance(found, self.module.QueryTriples):
            return found.serialize(format=self.module.RdfFormat.N_TRIPLES)
        return found.serialize(format=self.module.QueryResultsFormat.JSON)

    def milliseconds(self, text, runs):
        durations = []
        while len(durations) < runs and sum(durations) < 30:
            began = time.monotonic()
            self.answer(text)
            durations.append(time.monotonic() - began)
        return sorted(durations)[len(durations) // 2] * 1000


def main():
    options = arguments()
    program = Program(options.program)
    folder = tempfile.TemporaryDirectory()
    graph = options.graph
    if not graph:
        graph = os.path.join(folder.name, "graph.nt")
        with open(graph, "wb") as out:
            subprocess.run([sys.executable, os.path.join(HERE, "graph.py"), options.scale], stdout=out, check=True)
    files = sorted(
        os.path.join(place, name)
        for place in options.queries or [os.path.join(HERE, "queries")] for name in os.listdir(place) if name.endswith(".rq"))
    peer = None
    if not options.alone:
        try:
            peer = Peer(graph)
        except ImportError:
            print("pyoxigraph is not installed: no ratios\n")

    snapshot = os.path.join(folder.name, "graph.kgs")
    load = program.times("--data", graph, "--save-snapshot", snapshot)[0]
    triples = load["triples"]
    began = time.monotonic()
    program.answer("--snapshot", snapshot, "--query-file", files[0]) if files else None
    opened = time.monotonic() - began
    print(f"{triples} triples · {load['peak_mib'] * 2**20 / triples:.0f} bytes a triple at the peak of loading, "
          f"{load['resident_mib'] * 2**20 / triples:.0f} resident, {os.path.getsize(snapshot) / triples:.0f} in a snapshot\n")
    print("| | pyoxigraph | kommungraf | ratio |\n|---|--:|--:|--:|")
    row = "| {} | {} | {} | {} |"
    seconds = load["load_s"]
    print(row.format("load", f"{peer.load:.2f} s" if peer else "", f"{seconds:.2f} s", f"{peer.load / seconds:.1f}" if peer else ""))
    print(row.format("start, open a snapshot, first query", "", f"{opened:.3f} s", ""))

    timed = []
    for file in files:
        timed += ["--query-file", file]
    measured = {line["query"]: line["median_ms"] for line in program.times("--data", graph, "--repeat", str(options.runs), *timed) if "query" in line}
    ratios, wrong = [], []
    for file in files:
        name = os.path.basename(file)[:-3]
        with open(file, encoding="utf8") as opened_file:
            text = opened_file.read()
        own = measured.get(name)
        if own is None:
            wrong.append(name)
            print(row.format(name, "", "failed", ""))
            continue
        cells = ["", f"{own:.2f} ms", ""]
        if peer:
            theirs = peer.milliseconds(text, options.runs)
            ratios.append(theirs / own)
            cells = [f"{theirs:.2f} ms", f"{own:.2f} ms", f"{theirs / own:.1f}"]
            kind = "ntriples" if not peer.answer(text).startswith(b"{") else "json"
            if bag(program.answer("--snapshot", snapshot, "--results", kind, "--query-file", file)) != bag(peer.answer(text)):
                wrong.append(name)
                cells[2] += ", answers differ"
        print(row.format(name, *cells))
    if ratios:
        mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
        print(f"\ngeometric mean {mean:.1f}, least {min(ratios):.1f}, answers that differ: {len(wrong)}")
    sys.exit(1 if wrong else 0)


main()
