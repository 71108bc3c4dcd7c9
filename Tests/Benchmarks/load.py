#!/usr/bin/env python3
"""How a server that is asked heavy queries answers light ones, and whether its memory returns.

usage: load.py SNAPSHOT HEAVY.rq [--program FILE] [--light N] [--heavy N]

One client asks the heavy query again and again, in a process of its own, while another asks for one thing; the slowest of a hundred of its answers (p99) is
compared with what it was when nothing else was asked. Then the heavy query is asked many times, and the resident memory after the last
is compared with that after the tenth.
"""
import argparse
import http.client
import multiprocessing
import os
import socket
import subprocess
import sys
import time
import urllib.parse

from measure import resident

HERE = os.path.dirname(os.path.abspath(__file__))
LIGHT = "SELECT ?p ?o { <https://data.example.se/id/kommun/1880> ?p ?o }"


class Client:
    """One connection that stays open."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)

    def ask(self, query):
        began = time.monotonic()
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/sparql-results+json"}
        self.connection.request("POST", "/sparql", urllib.parse.urlencode({"query": query}), headers)
        answer = self.connection.getresponse()
        answer.read()
        if answer.status != 200:
            sys.exit(f"status {answer.status}")
        return time.monotonic() - began


def p99(client, count):
    times = sorted(client.ask(LIGHT) for _ in range(count))
    return times[len(times) * 99 // 100] * 1000


def ask_on(port, query, stop, asked):
    """Asks until it is told to stop, and says how long a query took on average. Answers are read without a look at them, which costs little."""
    body = urllib.parse.urlencode({"query": query})
    head = f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {len(body)}\r\n"
    request = (head + "Content-Type: application/x-www-form-urlencoded\r\nAccept: application/sparql-results+json\r\n\r\n" + body).encode()
    times = []
    buffer = bytearray(1 << 20)
    while not stop.is_set():
        began = time.monotonic()
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(request)
            if not connection.recv_into(buffer) or not buffer.startswith(b"HTTP/1.1 200"):
                sys.exit("the heavy query failed")
            while connection.recv_into(buffer):
                pass
        times.append(time.monotonic() - began)
    asked.put(sum(times) / len(times))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("snapshot")
    parser.add_argument("query")
    parser.add_argument("--program", default=os.path.join(HERE, "../../.build/release/kommungraf"))
    parser.add_argument("--light", type=int, default=2000)
    parser.add_argument("--heavy", type=int, default=1000)
    options = parser.parse_args()
    with open(options.query, encoding="utf8") as file:
        heavy = file.read()
    server = subprocess.Popen([options.program, "serve", "--snapshot", options.snapshot, "--port", "0", "--lang", "en"], stderr=subprocess.PIPE)
    try:
        line = ""
        while "serving http" not in line:
            line = server.stderr.readline().decode()
        port = int(line.rstrip().rstrip("/").rsplit(":", 1)[1])
        light = Client(port)
        p99(light, 200)
        quiet = p99(light, options.light)
        stop = multiprocessing.Event()
        asked = multiprocessing.Queue()
        other = multiprocessing.Process(target=ask_on, args=(port, heavy, stop, asked))
        other.start()
        time.sleep(0.5)
        busy = p99(light, options.light)
        stop.set()
        mean = asked.get() * 1000
        other.join()
        print(f"point query p99: {quiet:.2f} ms alone, {busy:.2f} ms beside a query of {mean:.0f} ms: {busy / quiet:.1f} times")
        client = Client(port)
        for _ in range(10):
            client.ask(heavy)
        first = resident(server)
        for _ in range(options.heavy - 10):
            client.ask(heavy)
        last = resident(server)
        print(f"resident after 10 heavy queries {first:.1f} MiB, after {options.heavy} {last:.1f} MiB: {100 * (last / first - 1):+.1f} %")
    finally:
        server.terminate()
        server.wait()


main()
