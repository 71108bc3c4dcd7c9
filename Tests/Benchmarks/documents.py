#!/usr/bin/env python3
"""How fast documents are served, beside nginx with the same bytes in files.

usage: documents.py [--program FILE] [--schools N] [--documents N] [--seconds S] [--rounds N] [--connections N]

A site with the register of municipalities and made-up school units is served by the release build, and a spread of its documents by nginx as
files that were saved from it. wrk asks both by turns for one document after the other, as Turtle and as HTML. The ratio is above 1 where kommungraf
is faster. What is asked for the first time is told apart: it is worked out, and each document is asked for once. The last lines tell of things (303)
and of clients that have the document (304).
"""
import argparse
import http.client
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

from measure import resident

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(os.path.join(HERE, "../.."))
TYPES = {"turtle": "text/turtle", "html": "text/html"}

SITE = """base: https://data.example.se
title: {sv: Skolor, en: Schools}
publisher: {name: Exempelstads kommun, orgnr: "2120009903", kommun: "1880", type: LocalAuthority}
languages: [sv, en]
datasets:
  - name: skolenheter
    title: {sv: Skolenheter, en: School units}
    mapping: skolor
    source: schools.csv
"""

NGINX = """daemon off;
error_log stderr error;
pid {folder}/nginx.pid;
worker_processes 2;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000;
  open_file_cache max=10000 inactive=600s;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    root {folder}/files;
    default_type text/plain;
  }}
}}
"""

# Every thread of wrk has half of the paths, so that as long as none begins again, each is asked for once.
SCRIPT = """
local threads, requests, place = {}, {}, 0
function setup(thread)
  thread:set("number", #threads)
  threads[#threads + 1] = thread
end
function init()
  local accept, tag = os.getenv("ACCEPT"), os.getenv("TAG")
  local count = 0
  for line in io.lines(os.getenv("PATHS")) do
    local path, mark = line:match("(%S+)%s*(%S*)")
    local headers = { ["Accept"] = accept, ["Host"] = "data.example.se" }
    if tag then headers["If-None-Match"] = mark end
    count = count + 1
    if count % 2 == number then requests[#requests + 1] = wrk.format("GET", path, headers) end
  end
  again = 0
end
function request()
  place = place + 1
  if place > #requests then place, again = 1, 1 end
  return requests[place]
end
function done(summary, latency)
  local e = summary.errors
  local bad = e.connect + e.read + e.write + e.timeout
  local again = 0
  for _, thread in ipairs(threads) do again = again + thread:get("again") end
  io.write(string.format('\\n{"rate": %.1f, "p99": %.3f, "bad": %d, "again": %d}\\n', summary.requests / summary.duration * 1e6,
    latency:percentile(99) / 1000, bad + e.status, again))
end
"""


def school(number):
    return f"98{number:06d}"


def write_site(folder, count):
    """A register of school units as Skolverket has it; every name and number is made up."""
    with open(os.path.join(ROOT, "vocabularies/kommun.csv"), encoding="utf-8-sig") as file:
        towns = sorted({line[:4] for line in file if line[:4].isdigit()})
    titles = (
        "Skolenhetskod;Skolenhetsnamn;SkolaNamn;Status;Skolenhetstyp;Inriktningstyp;Kommunkod;PeOrgNr;Huvudman;HuvudmanTyp;Skolformer;Startdatum;"
        "Slutdatum;Resursskola;Rektorsnamn;Webbadress;Telefon;E-post;Besöksadress;Postnr;Ort;Koordinat_SweRef_N;Koordinat_SweRef_E"
    )
    with open(os.path.join(folder, "schools.csv"), "w", encoding="utf-8") as file:
        file.write(titles + "\n")
        for n in range(count):
            file.write(
                f"{school(n)};Påhittade skolan {n};Påhittade {n};Aktiv;Skolenhet;Allmän;{towns[n % len(towns)]};212000-9903;Exempelstads kommun;Kommun;"
                f"Förskoleklass,Grundskola,Fritidshem;{1990 + n % 30}-07-01;;Nej;Någon Exempelsson;www.example.se/skola-{n};019-000 {n // 100 % 100:02d} "
                f"{n % 100:02d};skola{n}@example.se;Skolvägen {n % 90 + 1};{70000 + n % 9999};Exempelstad;{6500000 + n % 3000 * 100},5;"
                f"{400000 + n % 2000 * 100},2\n"
            )
    with open(os.path.join(folder, "site.yaml"), "w", encoding="utf-8") as file:
        file.write(SITE)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def serve(program, folder):
    server = subprocess.Popen([program, "serve", folder, "--port", "0", "--lang", "en"], stderr=subprocess.PIPE, cwd=ROOT)
    said = []
    for line in server.stderr:
        said.append(line.decode())
        if "serving http" in said[-1]:
            return server, int(said[-1].rstrip().rstrip("/").rsplit(":", 1)[1])
    sys.exit("the server did not start:\n" + "".join(said))


def save(port, folder, paths):
    """Saves documents as files, and notes the entity tag of each."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    tags, sizes = {}, {}
    for form, media in TYPES.items():
        tags[form], total = [], 0
        for path in paths:
            connection.request("GET", path, headers={"Accept": media, "Host": "data.example.se"})
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != 200:
                sys.exit(f"{path}: status {answer.status}")
            target = os.path.join(folder, "files", form + path)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "wb") as file:
                file.write(body)
            tags[form].append(answer.headers["ETag"])
            total += len(body)
        sizes[form] = total / len(paths)
    return tags, sizes


class Load:
    """Runs of wrk, all with the same number of connections."""

    def __init__(self, folder, connections):
        self.folder, self.connections = folder, connections
        self.script = os.path.join(folder, "cycle.lua")
        with open(self.script, "w", encoding="utf-8") as file:
            file.write(SCRIPT)

    def run(self, port, lines, media, seconds, once=False, tag=False):
        paths = os.path.join(self.folder, "paths")
        with open(paths, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        environment = {**os.environ, "PATHS": paths, "ACCEPT": media}
        environment.update({"TAG": "1"} if tag else {})
        command = ["wrk", "-t2", f"-c{self.connections}", f"-d{seconds}s", "-s", self.script, f"http://127.0.0.1:{port}/"]
        run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        result = json.loads(run.stdout.strip().splitlines()[-1])
        if result["bad"]:
            sys.exit(f"errors: {run.stdout}")
        if once and result["again"]:
            sys.exit("there are too few documents to ask for each of them once: give more --schools")
        return result


def told(name, own, other=None):
    rate = statistics.median(run["rate"] for run in own)
    late = statistics.median(run["p99"] for run in own)
    line = f"{name:32} {rate:8.0f} /s  p99 {late:7.2f} ms"
    if other:
        peer = statistics.median(run["rate"] for run in other)
        line += f"   nginx {peer:8.0f} /s  p99 {statistics.median(run['p99'] for run in other):7.2f} ms   ratio {rate / peer:.2f}"
    print(line, flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", default=os.path.join(ROOT, ".build/release/kommungraf"))
    parser.add_argument("--schools", type=int, default=20_000)
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=16)
    options = parser.parse_args()
    for tool in ("wrk", "nginx"):
        if not shutil.which(tool, path=os.environ.get("PATH", "") + ":/usr/sbin"):
            sys.exit(f"{tool} is not installed: apt-get install {tool}")
    folder = tempfile.mkdtemp()
    os.chmod(folder, 0o755)
    write_site(folder, options.schools)
    server = nginx = None
    try:
        server, port = serve(options.program, folder)
        step = max(options.schools // options.documents, 1)
        spread = [f"/doc/skolenhet/{school(n)}" for n in range(0, options.schools, step)][: options.documents]
        rest = [f"/doc/skolenhet/{school(n)}" for n in range(options.schools) if n % step or n >= step * options.documents]
        load = Load(folder, options.connections)
        started = resident(server)
        for media in TYPES.values():
            load.run(port, rest[:200], media, 1)
        print(f"{options.schools} school units; {options.connections} connections; resident {started:.0f} MiB")
        for form, media in TYPES.items():
            told(f"{form}, asked for the first time", [load.run(port, rest[200:], media, 1, once=True)])
        tags, sizes = save(port, folder, spread)
        other = free_port()
        with open(os.path.join(folder, "nginx.conf"), "w", encoding="utf-8") as file:
            file.write(NGINX.format(folder=folder, port=other))
        nginx = subprocess.Popen(["nginx", "-c", os.path.join(folder, "nginx.conf")], env={**os.environ, "PATH": os.environ["PATH"] + ":/usr/sbin"})
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", other)) == 0:
                    break
            time.sleep(0.05)
        for form, media in TYPES.items():
            own, peer = [], []
            for _ in range(options.rounds):
                own.append(load.run(port, spread, media, options.seconds))
                peer.append(load.run(other, [f"/{form}{path}" for path in spread], media, options.seconds))
            told(f"{form}, {len(spread)} of {sizes[form]:.0f} bytes", own, peer)
        for form, media in TYPES.items():
            marked = [f"{path} {tag}" for path, tag in zip(spread, tags[form])]
            told(f"{form}, 304", [load.run(port, marked, media, options.seconds, tag=True)])
        told("things, 303", [load.run(port, [path.replace("/doc/", "/id/") for path in spread], "text/turtle", options.seconds)])
        print(f"resident {resident(server):.0f} MiB")
    finally:
        for process in (server, nginx):
            if process:
                process.terminate()
                process.wait()
        shutil.rmtree(folder, ignore_errors=True)


main()
