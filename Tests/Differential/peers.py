"""Answers the queries of a folder by pyoxigraph and by rdflib.

The folder holds cases.jsonl, a case a line: {"data": TriG, "queries": [TEXT, …]}. For each peer that is there one file is written,
NAME.jsonl: a line a query, {"truth": …}, {"rows": [{VARIABLE: TERM}]} or {"error": TEXT}. A term is [KIND, TEXT, DATATYPE, LANGUAGE].
Says on standard output which peers there are. Exit 3 where there are none.
"""

import json
import logging
import sys
import warnings
from pathlib import Path

logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")


class Oxigraph:
    def __init__(self):
        import pyoxigraph

        self.lib = pyoxigraph

    def load(self, text):
        self.store = self.lib.Store()
        self.store.load(text.encode(), format=self.lib.RdfFormat.TRIG)

    def answer(self, query):
        result = self.store.query(query)
        if isinstance(result, self.lib.QueryBoolean):
            return {"truth": bool(result)}
        names = [variable.value for variable in result.variables]
        rows = []
        for solution in result:
            row = {}
            for name in names:
                term = solution[name]
                if term is not None:
                    row[name] = self.term(term)
            rows.append(row)
        return {"rows": rows}

    def term(self, term):
        if isinstance(term, self.lib.NamedNode):
            return ["iri", term.value, "", ""]
        if isinstance(term, self.lib.BlankNode):
            return ["blank", "", "", ""]
        return ["literal", term.value, term.datatype.value, term.language or ""]


class RDFLib:
    def __init__(self):
        import rdflib

        rdflib.NORMALIZE_LITERALS = False
        self.lib = rdflib

    def load(self, text):
        self.dataset = self.lib.Dataset()
        self.dataset.parse(data=text, format="trig")

    def answer(self, query):
        result = self.dataset.query(query)
        if result.type == "ASK":
            return {"truth": bool(result.askAnswer)}
        return {"rows": [{str(n): self.term(t) for n, t in row.items() if t is not None} for row in result.bindings]}

    def term(self, term):
        if isinstance(term, self.lib.URIRef):
            return ["iri", str(term), "", ""]
        if isinstance(term, self.lib.BNode):
            return ["blank", "", "", ""]
        kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString" if term.language else "http://www.w3.org/2001/XMLSchema#string"
        return ["literal", str(term), str(term.datatype or kind), term.language or ""]


def main(folder):
    cases = [json.loads(line) for line in (folder / "cases.jsonl").read_text().splitlines()]
    found = []
    for name, peer in (("oxigraph", Oxigraph), ("rdflib", RDFLib)):
        try:
            engine = peer()
        except ImportError:
            continue
        with open(folder / f"{name}.jsonl", "w") as out:
            for case in cases:
                engine.load(case["data"])
                for query in case["queries"]:
                    try:
                        answer = engine.answer(query)
                    except RecursionError:
                        answer = {"error": "recursion"}
                    except BaseException as problem:  # A panic of pyoxigraph is no Exception.
                        if isinstance(problem, KeyboardInterrupt):
                            raise
                        answer = {"error": f"{type(problem).__name__}: {problem}"[:300]}
                    out.write(json.dumps(answer) + "\n")
        found.append(name)
    print(" ".join(found))
    return 0 if found else 3


sys.exit(main(Path(sys.argv[1])))
