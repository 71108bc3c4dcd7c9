import Bytes
import JSONLD
import Problems
import RDF
import Resources
import TestSupport
import Testing

private let rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

/// The document that the writer makes of the quads.
private func text(_ quads: [Quad], sorted: Bool = false, _ suggestions: [(String, String)] = []) throws -> String {
  let output = MemoryOutput()
  let prefixes: [(prefix: ByteString, namespace: ByteString)] = [
    ("xsd", XSD.namespace), ("unit", "http://example.com/unit/"), ("ex", "http://example.org/"), ("other", "http://example.net/"),
  ]
  let writer = JSONLDWriter(output, prefixes: prefixes, sorted: sorted)
  for (prefix, namespace) in suggestions { writer.suggest(prefix: prefix, namespace: namespace) }
  var batch = QuadBatch()
  for quad in quads { batch.append(quad) }
  try writer.append(batch)
  try writer.finish()
  return output.text
}

@Suite struct JSONLDWriterTests {
  @Test func oneSubjectIsOneNodeWithCoercedValues() throws {
    let quads = [
      quad("a", "<\(rdf)type>", "C"), quad("a", "amount", "\"1880.00\"^^decimal"), quad("a", "date", "\"2024-05-17\"^^date"),
      quad("a", "unit", "b"),
      quad("a", "label", "\"Örebro\"@sv"), quad("a", "<http://example.net/date>", "\"2024-05-18\"^^date"),
      quad("a", "count", "\"5\"^^integer"),
      quad("a", "lit", "\"true\"^^boolean"), quad("a", "text", "\"x\\\"y\""), quad("a", "payee", "_:p"),
      quad("_:p", "label", "\"Dold\"@sv"),
    ]
    #expect(
      try text(quads) == """
        {
          "@context": {
            "xsd": "http://www.w3.org/2001/XMLSchema#",
            "ex": "http://example.org/",
            "other": "http://example.net/",
            "amount": { "@id": "ex:amount", "@type": "xsd:decimal" },
            "ex:date": { "@id": "ex:date", "@type": "xsd:date" },
            "unit": { "@id": "ex:unit", "@type": "@id" },
            "label": { "@id": "ex:label", "@language": "sv" },
            "other:date": { "@id": "other:date", "@type": "xsd:date" },
            "count": "ex:count",
            "lit": "ex:lit",
            "text": "ex:text",
            "payee": "ex:payee"
          },
          "@id": "ex:a",
          "@type": "ex:C",
          "amount": "1880.00",
          "ex:date": "2024-05-17",
          "unit": "ex:b",
          "label": "Örebro",
          "other:date": "2024-05-18",
          "count": 5,
          "lit": true,
          "text": "x\\\\\\"y",
          "payee": {
            "label": "Dold"
          }
        }

        """)
  }

  @Test func mixedValuesSayWhatTheyAre() throws {
    let quads = [
      quad("a", "p", "b"), quad("a", "p", "\"x\""), quad("a", "p", "\"x\"@sv"), quad("a", "p", "\"x\"@en"),
      quad("a", "p", "\"1.0\"^^decimal"),
      quad("a", "p", "\"1\"^^integer"), quad("a", "p", "\"01\"^^integer"), quad("a", "p", "\"1\"^^boolean"), quad("a", "p", "_:b"),
      quad("a", "p", "_:e"),
      quad("c", "p", "_:b"),
    ]
    #expect(
      try text(quads) == """
        {
          "@context": {
            "xsd": "http://www.w3.org/2001/XMLSchema#",
            "ex": "http://example.org/",
            "p": "ex:p"
          },
          "@graph": [
            {
              "@id": "ex:a",
              "p": [
                { "@id": "ex:b" },
                "x",
                { "@value": "x", "@language": "sv" },
                { "@value": "x", "@language": "en" },
                { "@value": "1.0", "@type": "xsd:decimal" },
                1,
                { "@value": "01", "@type": "xsd:integer" },
                { "@value": "1", "@type": "xsd:boolean" },
                { "@id": "_:b0" },
                { "@id": "_:b1" }
              ]
            },
            {
              "@id": "ex:c",
              "p": { "@id": "_:b0" }
            }
          ]
        }

        """)
  }

  @Test func listsAndNamedGraphs() throws {
    let quads = [
      quad("a", "list", "_:l1", "g"), quad("_:l1", "<\(rdf)first>", "\"x\"@sv", "g"), quad("_:l1", "<\(rdf)rest>", "_:l2", "g"),
      quad("_:l2", "<\(rdf)first>", "\"y\"@sv", "g"), quad("_:l2", "<\(rdf)rest>", "<\(rdf)nil>", "g"),
      quad("a", "empty", "<\(rdf)nil>", "g"),
      quad("b", "see", "<urn:ex:x>"), quad("b", "<\(rdf)type>", "C"), quad("b", "<\(rdf)type>", "D"),
    ]
    #expect(
      try text(quads, sorted: true) == """
        {
          "@context": {
            "ex": "http://example.org/",
            "empty": "ex:empty",
            "list": { "@id": "ex:list", "@language": "sv" },
            "see": { "@id": "ex:see", "@type": "@id" }
          },
          "@graph": [
            {
              "@id": "ex:b",
              "@type": [
                "ex:C",
                "ex:D"
              ],
              "see": "urn:ex:x"
            },
            {
              "@id": "ex:g",
              "@graph": [
                {
                  "@id": "ex:a",
                  "empty": { "@list": [] },
                  "list": { "@list": ["x", "y"] }
                }
              ]
            }
          ]
        }

        """)
  }

  @Test func integersStayExact() throws {
    let quads = [
      quad("a", "p", "\"999999999999999\"^^integer"), quad("a", "p", "\"1000000000000000\"^^integer"), quad("a", "p", "\"-0\"^^integer"),
    ]
    let written = try text(quads)
    #expect(written.contains("\"p\": { \"@id\": \"ex:p\", \"@type\": \"xsd:integer\" }"))
    #expect(written.contains("999999999999999,\n    \"1000000000000000\",\n    \"-0\""))
  }

  /// With a prefix `urn`, the IRI `urn:x` would stand for something else; with a term, so would a class of its name.
  @Test func namesThatWouldBeReadAsOtherIRIsAreNotGiven() throws {
    let quads = [quad("a", "urn", "<urn:x>"), quad("a", "p", "<http://example.com/y>")]
    let written = try text(quads, [("urn", "http://example.com/")])
    #expect(written.contains("\"urn:x\""))
    #expect(written.contains("\"ex:urn\": {"))
    #expect(written.contains("\"http://example.com/y\""))
  }

  @Test func sortedOutputDoesNotShowTheInput() throws {
    let quads = [
      quad("b", "q", "_:x"), quad("_:x", "p", "\"1\""), quad("a", "q", "_:y"), quad("_:y", "p", "\"2\""), quad("a", "p", "\"3\""),
      quad("a", "q", "_:z"), quad("c", "q", "_:z"),
    ]
    #expect(try text(quads, sorted: true) == text(quads.reversed(), sorted: true))
    #expect(try text(quads) != text(quads.reversed()))
  }

  @Test func nothingIsAnEmptyGraph() throws {
    #expect(try text([]) == "{\n  \"@graph\": []\n}\n")
  }
}
