"""Answers of SPARQL endpoints as bags that can be compared."""
import collections
import decimal
import json

NUMERIC = {"http://www.w3.org/2001/XMLSchema#" + name for name in ("integer", "decimal", "double", "float")}


def value(cell):
    """A cell, so that two answers that mean the same compare as equal: numbers by value, blank nodes all alike."""
    if cell is None or cell["type"] == "bnode":
        return cell and "_"
    if cell.get("datatype") in NUMERIC:
        return float("%.9g" % decimal.Decimal(cell["value"].replace("INF", "Infinity")))
    return cell["value"], cell.get("xml:lang", "").lower(), cell.get("datatype", "").replace("http://www.w3.org/2001/XMLSchema#string", "")


def bag(answer):
    """What an answer holds, in any order: rows of JSON results, or lines of N-Triples."""
    text = answer.decode().lstrip()
    if not text.startswith("{"):
        return collections.Counter(line for line in text.split("\n") if line)
    parsed = json.loads(text)
    if "boolean" in parsed:
        return collections.Counter([parsed["boolean"]])
    names = sorted(parsed["head"]["vars"])
    return collections.Counter(tuple(value(row.get(name)) for name in names) for row in parsed["results"]["bindings"])
