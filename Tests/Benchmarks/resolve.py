#!/usr/bin/env python3
"""Times looking up a column of names: by the command, and by POST to a server. README.md beside this file says more.

usage: resolve.py [--program FILE] [--names N] [--runs N]
"""
import argparse
import csv
import os
import random
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "../..")
LETTERS = "abcdefghijklmnopqrstuvwxyzåäö"


def arguments():
    parser = argparse.ArgumentParser(description="Times looking up a column of names.")
    parser.add_argument("--program", default=os.path.join(ROOT, ".build/release/kommungraf"))
    parser.add_argument("--names", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    return parser.parse_args()


def slipped(name, rng):
    """The name with one letter left out, put in, or taken for another, or with two that have changed places."""
    at = rng.randrange(1, len(name))
    kind = rng.randrange(4)
    if kind == 0:
        return name[:at] + name[at + 1 :]
    if kind == 1:
        return name[:at] + rng.choice(LETTERS) + name[at:]
    if kind == 2:
        return name[:at] + rng.choice(LETTERS) + name[at + 1 :]
    return name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :]


def texts(count):
    """Codes, names in several forms, names with slips, and some that are none: hardly two alike among the last two."""
    rng = random.Random(1)
    with open(os.path.join(ROOT, "vocabularies/kommun.csv"), encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if not row["giltigTill"]]
    made = []
    for _ in range(count):
        row = rng.choice(rows)
        name, kind = row["namn"], rng.random()
        if kind < 0.2:
            made.append(row["kod"])
        elif kind < 0.4:
            made.append(name)
        elif kind < 0.5:
            made.append(name.upper())
        elif kind < 0.6:
            made.append(name + ("" if name.endswith(("s", "x")) else "s") + " kommun")
        elif kind < 0.95:
            made.append(slipped(name, rng))
        else:
            made.append("".join(rng.choice(LETTERS) for _ in range(rng.randrange(4, 14))))
    return made


def median(times):
    return sorted(times)[len(times) // 2]


def main():
    options = arguments()
    with tempfile.TemporaryDirectory() as folder:
        table = os.path.join(folder, "names.csv")
        with open(table, "w", encoding="utf-8") as file:
            file.write("namn\n" + "\n".join(texts(options.names)) + "\n")
        size = os.path.getsize(table)
        print(f"{options.names} names, {size} bytes")
        command = []
        for _ in range(options.runs):
            began = time.monotonic()
            run = subprocess.run(
                [options.program, "resolve", "--register", "kommun", "--input", table, "-o", os.path.join(folder, "out.csv"), "--lang", "en"],
                cwd=ROOT, stderr=subprocess.PIPE, check=False)
            command.append(time.monotonic() - began)
        if run.returncode not in (0, 1):
            sys.exit(run.stderr.decode())
        print(run.stderr.decode().splitlines()[-1])
        print(f"command  median {median(command):.3f} s  best {min(command):.3f} s")

        server = subprocess.Popen(
            [options.program, "serve", "--port", "0", "--lang", "en"], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        try:
            for line in server.stderr:
                if b"serving http" in line:
                    address = line.split()[-1].decode()
                    break
            with open(table, "rb") as file:
                body = file.read()
            served = []
            for _ in range(options.runs):
                request = urllib.request.Request(
                    address + "resolve?register=kommun&column=namn", data=body, headers={"Content-Type": "text/csv; charset=utf-8"})
                began = time.monotonic()
                with urllib.request.urlopen(request) as answer:
                    lines = answer.read().count(b"\n")
                served.append(time.monotonic() - began)
            if lines != options.names + 1:
                sys.exit(f"{lines} lines came back")
            print(f"server   first {served[0]:.3f} s  median {median(served):.3f} s  best {min(served):.3f} s")
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
