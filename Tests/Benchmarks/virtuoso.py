#!/usr/bin/env python3
"""Asks `serve` and Virtuoso the same queries over HTTP in one run, and prints a table. README.md beside this file says more.

usage: virtuoso.py GRAPH.nt [--program FILE] [--queries DIR]… [--runs N] [--database DIR]

Each query is asked of the two by turns, on connections that stay open; the medians are compared. Virtuoso's database is made in a folder of its own
(--database keeps it for the next run).
"""
import argparse
import glob
import http.client
import math
import os
import subprocess
import sys
import tempfile
import time
import urllib.parse

from answers import bag

HERE = os.path.dirname(os.path.abspath(__file__))

GRAPH = "https://data.example.se/benchmark"
SETTINGS = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = {sql}
ServerThreads = 10
NumberOfBuffers = 680000
MaxDirtyBuffers = 500000
DirsAllowed = ., {data}
ThreadsPerQuery = 2
AsyncQueueMaxThreads = 2
[HTTPServer]
ServerPort = {http}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = 100000000
DefaultGraph = {graph}
MaxQueryExecutionTime = 600
"""


def arguments():
    parser = argparse.ArgumentParser(description="Times queries over HTTP, beside Virtuoso.")
    parser.add_argument("graph", help="an N-Triples file")
    parser.add_argument("--program", default=os.path.join(HERE, "../../.build/release/kommungraf"))
    parser.add_argument("--queries", action="append", help="a folder of .rq files, as often as wanted; without it the one beside this file")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--database", help="a folder that keeps Virtuoso's database")
    return parser.parse_args()


class Endpoint:
    """One connection that stays open to one endpoint."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=900)

    def ask(self, query, construct):
        """The status, the body and the milliseconds until its last byte."""
        accept = "application/n-triples, text/plain" if construct else "application/sparql-results+json"
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept}
        began = time.monotonic()
        try:
            self.connection.request("POST", "/sparql", urllib.parse.urlencode({"query": query}), headers)
        except OSError:
            # It was closed while the other had its turn.
            self.connection.close()
            began = time.monotonic()
            self.connection.request("POST", "/sparql", urllib.parse.urlencode({"query": query}), headers)
        answer = self.connection.getresponse()
        body = answer.read()
        return answer.status, body, (time.monotonic() - began) * 1000


def virtuoso(folder, graph, sql=11511, port=18890):
    """Starts Virtuoso over a folder, loads the graph where the folder is new, and gives the process and its endpoint."""
    fresh = not os.path.exists(os.path.join(folder, "virtuoso.db"))
    with open(os.path.join(folder, "virtuoso.ini"), "w") as file:
        file.write(SETTINGS.format(folder=folder, sql=sql, http=port, data=os.path.dirname(os.path.abspath(graph)), graph=GRAPH))
    process = subprocess.Popen(["virtuoso-t", "+foreground", "+configfile", os.path.join(folder, "virtuoso.ini")], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(300):
        try:
            Endpoint(port).ask("ASK {}", False)
            break
        except (OSError, http.client.HTTPException):
            time.sleep(1)

    def command(text):
        subprocess.run(["isql-vt", str(sql), "dba", "dba", f"exec={text}"], check=True, stdout=subprocess.DEVNULL)

    if fresh:
        began = time.monotonic()
        command(f"ld_dir('{os.path.dirname(os.path.abspath(graph))}', '{os.path.basename(graph)}', '{GRAPH}');")
        command("rdf_loader_run();")
        command("checkpoint;")
        print(f"Virtuoso loaded in {time.monotonic() - began:.1f} s")
    return process, Endpoint(port)


def serve(program, graph):
    """Starts the program under test over the graph, and gives the process and its endpoint."""
    process = subprocess.Popen([program, "serve", "--data", graph, "--port", "0"], stderr=subprocess.PIPE, text=True)
    for line in process.stderr:
        if "serving http" in line:
            return process, Endpoint(int(line.strip().rstrip("/").rsplit(":", 1)[1]))
    sys.exit("the server did not start")


def main():
    options = arguments()
    folders = options.queries or [os.path.join(HERE, "queries")]
    files = sorted(path for folder in folders for path in glob.glob(os.path.join(folder, "*.rq")))
    with tempfile.TemporaryDirectory() as made:
        folder = options.database or made
        os.makedirs(folder, exist_ok=True)
        peer_process, peer = virtuoso(folder, options.graph)
        process, own = serve(options.program, options.graph)
        ratios = []
        print(f"{'query':28} {'kommungraf ms':>14} {'Virtuoso ms':>12} {'ratio':>7}  answers")
        for path in files:
            name, text = os.path.basename(path)[:-3], open(path, encoding="utf-8").read()
            construct = "CONSTRUCT" in text or "DESCRIBE" in text
            ours, theirs = [], []
            status, answer, _ = own.ask(text, construct)
            peer_status, peer_answer, taken = peer.ask(text, construct)
            for _ in range(options.runs if taken < 10_000 else 1):
                ours.append(own.ask(text, construct)[2])
                theirs.append(peer.ask(text, construct)[2])
            a, b = sorted(ours)[len(ours) // 2], sorted(theirs)[len(theirs) // 2]
            if status != 200 or peer_status != 200:
                said = f"status {status} and {peer_status}"
            else:
                try:
                    said = "equal" if bag(answer) == bag(peer_answer) else "differ"
                except (ValueError, KeyError):
                    said = "not read"
            if peer_status == 200:
                ratios.append(b / a)
            print(f"{name:28} {a:14.2f} {b:12.2f} {b / a:7.2f}  {said}", flush=True)
        print(f"geometric mean {math.exp(sum(map(math.log, ratios)) / len(ratios)):.1f}, lowest {min(ratios):.2f}")
        process.terminate()
        peer_process.terminate()
        peer_process.wait()  # it writes into the folder until it has ended


if __name__ == "__main__":
    main()
