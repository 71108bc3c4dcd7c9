#!/usr/bin/env python3
"""Writes a graph of municipalities, schools, payments, inspections and catalogs as N-Triples, for the queries beside this file.

usage: graph.py SCALE > graph.nt        SCALE 1 is about 800 000 triples; the same SCALE gives the same bytes.
"""
import random
import sys

NAMES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/", "dct": "http://purl.org/dc/terms/", "dcat": "http://www.w3.org/ns/dcat#",
    "skos": "http://www.w3.org/2004/02/skos/core#", "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "sosa": "http://www.w3.org/ns/sosa/", "kg": "https://data.example.se/ns/", "id": "https://data.example.se/id/",
}
XSD = "http://www.w3.org/2001/XMLSchema#"
SPECIFICATIONS = ["leverantorsreskontra", "skolenheter", "laddstationer", "badplatser"]
SUBJECTS = ["hyra", "el", "skolskjuts", "livsmedel", "konsult"]


def iri(name):
    prefix, local = name.split(":", 1)
    return f"<{NAMES[prefix]}{local}>"


def text(value, language=None):
    return f'"{value}"' + (f"@{language}" if language else "")


def typed(value, datatype):
    return f'"{value}"^^<{XSD}{datatype}>'


class Thing:
    """A subject, whose triples are written as they are added."""

    def __init__(self, path, kind):
        self.iri = iri("id:" + path)
        self.add("rdf:type", iri(kind))

    def add(self, predicate, value):
        sys.stdout.write(f"{self.iri} {iri(predicate)} {value.iri if isinstance(value, Thing) else value} .\n")


def main():
    scale = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    chance = random.Random(2120001967)

    def day():
        return typed(f"{chance.randint(2019, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}", "date")

    def place(thing):
        thing.add("geo:lat", typed(f"{chance.uniform(55.3, 69.0):.5f}", "decimal"))
        thing.add("geo:long", typed(f"{chance.uniform(11.0, 24.1):.5f}", "decimal"))

    counties = []
    for number in range(1, 22):
        county = Thing(f"lan/{number:02}", "kg:Lan")
        county.add("skos:notation", text(f"{number:02}"))
        counties.append(county)
    municipalities = []
    for number in range(290):
        code = f"{number % 21 + 1:02}{10 + number // 21 * 5:02}" if number else "1880"
        municipality = Thing("kommun/" + code, "kg:Kommun")
        municipality.add("rdfs:label", text(f"Kommun {code}", "sv"))
        municipality.add("skos:notation", text(code))
        municipality.add("dct:isPartOf", counties[number % 21])
        municipalities.append(municipality)
        for index, name in enumerate(SPECIFICATIONS):
            if (number + index) % 2:
                dataset = Thing(f"datamangd/{code}/{name}", "dcat:Dataset")
                dataset.add("dct:publisher", municipality)
                dataset.add("dct:conformsTo", iri("id:specifikation/" + name))
                dataset.add("dct:title", text(f"{name} {code}", "sv"))
    accounts = []
    for number in range(4000, 8000, 10):
        digits = str(number)
        account = Thing("konto/" + digits, "skos:Concept")
        account.add("skos:broader", iri("id:konto/" + digits[:2]))
        accounts.append(account)
    for number in range(40, 80):
        Thing(f"konto/{number}", "skos:Concept").add("skos:broader", iri(f"id:konto/{number // 10}"))
    suppliers = []
    for number in range(max(50, int(2000 * scale))):
        supplier = Thing(f"organisation/{5560000000 + 7 * number}", "schema:Organization")
        supplier.add("rdfs:label", text(f"Leverantör {number} AB", "sv"))
        if number % 3 == 0:
            supplier.add("schema:location", chance.choice(municipalities))
        suppliers.append(supplier)
    for number in range(max(60, int(6000 * scale))):
        school = Thing(f"skolenhet/{10000000 + 13 * number}", "schema:School")
        school.add("rdfs:label", text(f"{chance.choice(['Norra', 'Södra', 'Nya'])} skola {number}", "sv"))
        school.add("dct:spatial", chance.choice(municipalities))
        if number % 3:
            place(school)
        if chance.random() < 0.4:
            school.add("schema:telephone", text(f"+46{chance.randrange(10**9):09}"))
    for number in range(max(500, int(80000 * scale))):
        payment = Thing(f"verifikat/{number}", "schema:Invoice")
        payment.add("schema:customer", municipalities[min(289, int(chance.expovariate(0.02)))])
        payment.add("schema:provider", suppliers[int(len(suppliers) * chance.random() ** 2)])
        payment.add("schema:totalPaymentDue", typed(f"{chance.lognormvariate(8, 1.8):.2f}", "decimal"))
        payment.add("dct:date", day())
        payment.add("kg:konto", chance.choice(accounts))
        if number % 4 == 0:
            payment.add("rdfs:comment", text(f"Avser {chance.choice(SUBJECTS)} period {number % 12}", "sv"))
    for number in range(max(40, int(4000 * scale))):
        restaurant = Thing(f"anlaggning/{number}", "schema:FoodEstablishment")
        restaurant.add("rdfs:label", text(f"Restaurang {number}", "sv"))
        restaurant.add("dct:spatial", chance.choice(municipalities))
        for visit in range(4):
            inspection = Thing(f"kontroll/{number}-{visit}", "kg:Livsmedelskontroll")
            inspection.add("sosa:hasFeatureOfInterest", restaurant)
            inspection.add("dct:date", day())
            inspection.add("kg:bedomning", iri(f"id:bedomning/{chance.choice([0, 0, 1, 2])}"))
    for number in range(max(30, int(3000 * scale))):
        charger = Thing(f"laddstation/{number}", "kg:Laddstation")
        charger.add("dct:spatial", chance.choice(municipalities))
        charger.add("kg:effekt", typed(chance.choice([3.7, 11, 22, 50, 150]), "decimal"))
        place(charger)
    for number in range(max(200, int(30000 * scale))):
        observation = Thing(f"observation/{number}", "sosa:Observation")
        observation.add("sosa:hasFeatureOfInterest", iri(f"id:badplats/{number % 300}"))
        observation.add("sosa:hasSimpleResult", typed(f"{chance.gauss(17, 3):.1f}", "decimal"))
        observation.add("sosa:resultTime", typed(f"2025-{chance.randint(5, 9):02}-{chance.randint(1, 28):02}T12:00:00Z", "dateTime"))


main()
