import Problems
import SPARQL
import TestSupport
import Testing

/// The harness itself: manifests that include others, every kind of entry and of result, and the lines that are printed.
struct HarnessTests {
  private static let prefixes = """
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#> .
    @prefix qt: <http://www.w3.org/2001/sw/DataAccess/tests/test-query#> .
    @prefix ut: <http://www.w3.org/2009/sparql/tests/test-update#> .
    @prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
    @prefix dawgt: <http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#> .
    @prefix dct: <http://purl.org/dc/terms/> .
    @prefix rs: <http://www.w3.org/2001/sw/DataAccess/tests/result-set#> .
    @prefix : <http://example.org/> .

    """

  /// A manifest of entries, each with what is said of it.
  private static func manifest(_ entries: KeyValuePairs<String, String>) -> String {
    prefixes + "<> a mf:Manifest ; mf:entries ( " + entries.map { "<#\($0.key)> " }.joined() + ") .\n"
      + entries.map { "<#\($0.key)> \($0.value) .\n" }.joined()
  }

  private static func evaluation(_ query: String, _ data: String, _ result: String) -> String {
    "a mf:QueryEvaluationTest ; mf:action [ qt:query <\(query)> \(data) ] ; mf:result <\(result)>"
  }

  /// A result set of one variable in Turtle, its solutions numbered.
  private static func indexed(_ values: String...) -> String {
    prefixes + "[] a rs:ResultSet ; rs:resultVariable \"v\""
      + values.enumerated().map { " ; rs:solution [ rs:index \($0 + 1) ; rs:binding [ rs:variable \"v\" ; rs:value \($1) ] ]" }.joined()
      + " ."
  }

  private func run(_ name: String, in folder: TemporaryFolder) throws -> SuiteRun {
    let manifest = try #require(SuiteManifest.all.first { $0.name == name })
    return try SuiteRun(manifest, in: SuiteFolder(path: folder.path, isDefault: false))
  }

  private func makeOld() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    // Included twice, and the manifest itself too: no entry is run twice.
    try folder.write(
      "sparql10/manifest-evaluation.ttl",
      Self.prefixes + "<> a mf:Manifest ; mf:include ( <a/manifest.ttl> <b/manifest.ttl> <a/manifest.ttl> <manifest-evaluation.ttl> ) .")
    try folder.write(
      "sparql10/a/manifest.ttl",
      Self.manifest([
        "order": Self.evaluation("order.rq", "; qt:data <data.ttl>", "order.ttl"),
        "wrong-order": Self.evaluation("order.rq", "; qt:data <data.ttl>", "wrong-order.ttl"),
        "rdfxml": Self.evaluation("order.rq", "; qt:data <data.ttl>", "order.rdf"),
        "from": Self.evaluation("from.rq", "", "order.ttl"),
        "named": Self.evaluation("named.rq", "; qt:graphData <data.ttl>", "named.srx"),
        "ask": Self.evaluation("ask.rq", "; qt:data <data.ttl>", "ask.ttl"),
        "construct": Self.evaluation("construct.rq", "; qt:data <data.ttl>", "graph.ttl") + " ; dawgt:approval dawgt:NotApproved",
        "reduced": Self.evaluation("reduced.rq", "; qt:data <data.ttl>", "reduced.srx") + " ; mf:resultCardinality mf:LaxCardinality",
        "reduced-strictly": Self.evaluation("reduced.rq", "; qt:data <data.ttl>", "reduced.srx"),
        "entailed": Self.evaluation("ask.rq", "; qt:data <data.ttl> ; sd:entailmentRegime <urn:regime>", "ask.ttl"),
        "absent": Self.evaluation("absent.rq", "", "ask.ttl"),
      ]))
    try folder.write("sparql10/b/manifest.ttl", Self.manifest(["unknown": "a mf:SomethingElse ; mf:action <x.rq>"]))
    try folder.write("sparql10/a/data.ttl", "@prefix : <http://example.org/> . :a :p 1, 2, 3 .")
    try folder.write("sparql10/a/order.rq", "SELECT ?v { ?s ?p ?v } ORDER BY DESC(?v)")
    try folder.write("sparql10/a/order.ttl", Self.indexed("3", "2", "1"))
    try folder.write("sparql10/a/wrong-order.ttl", Self.indexed("1", "2", "3"))
    try folder.write(
      "sparql10/a/order.rdf",
      """
      <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://www.w3.org/2001/sw/DataAccess/tests/result-set#">
        <ResultSet><resultVariable>v</resultVariable>
      """
        + [(1, 3), (3, 1), (2, 2)].map { index, value in
          """
          <solution rdf:parseType="Resource">
            <index rdf:datatype="http://www.w3.org/2001/XMLSchema#integer">\(index)</index>
            <binding rdf:parseType="Resource"><variable>v</variable>
              <value rdf:datatype="http://www.w3.org/2001/XMLSchema#integer">\(value)</value></binding>
          </solution>
          """
        }.joined() + "</ResultSet></rdf:RDF>")
    try folder.write("sparql10/a/from.rq", "SELECT ?v FROM <data.ttl> { ?s ?p ?v } ORDER BY DESC(?v)")
    try folder.write("sparql10/a/named.rq", "SELECT ?g { GRAPH ?g { ?s ?p 1 } }")
    try folder.write("sparql10/a/ask.rq", "ASK { ?s ?p 1 }")
    try folder.write("sparql10/a/ask.ttl", Self.prefixes + "[] a rs:ResultSet ; rs:boolean true .")
    try folder.write("sparql10/a/construct.rq", "CONSTRUCT { [] ?p ?v } { ?s ?p ?v }")
    try folder.write("sparql10/a/graph.ttl", "@prefix : <http://example.org/> . [] :p 1 . [] :p 2 . [] :p 3 .")
    try folder.write("sparql10/a/reduced.rq", "SELECT REDUCED ?s { ?s ?p ?v }")
    let graph = "http://www.w3.org/2001/sw/DataAccess/tests/data-r2/a/data.ttl"
    for (name, variable, rows) in [("named", "g", [graph]), ("reduced", "s", Array(repeating: "http://example.org/a", count: 4))] {
      try folder.write(
        "sparql10/a/\(name).srx",
        "<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\"><head><variable name=\"\(variable)\"/></head><results>"
          + rows.map { "<result><binding name=\"\(variable)\"><uri>\($0)</uri></binding></result>" }.joined() + "</results></sparql>")
    }
    return folder
  }

  @Test("Evaluation in the layout of SPARQL 1.0: included manifests, ordered result sets, FROM without data, open cardinality")
  func evaluation() throws {
    let folder = try makeOld()
    let run = try run("sparql10/evaluation", in: folder)
    #expect(run.lines == ["sparql10/evaluation: 7 passed, 4 failed of 11", "sparql10/evaluation: 1 out of scope"])
    #expect(
      run.failed.map(\.id) == [
        "a/manifest.ttl#wrong-order", "a/manifest.ttl#reduced-strictly", "a/manifest.ttl#absent", "b/manifest.ttl#unknown",
      ])
  }

  @Test("Syntax in the layout of SPARQL 1.0")
  func syntax() throws {
    let folder = try TemporaryFolder()
    try folder.write("sparql10/manifest-syntax.ttl", Self.prefixes + "<> mf:include ( <s/manifest.ttl> ) .")
    try folder.write(
      "sparql10/s/manifest.ttl",
      Self.manifest([
        "good": "a mf:PositiveSyntaxTest ; mf:action <good.rq>", "bad": "a mf:NegativeSyntaxTest ; mf:action <bad.rq>",
        "described": "a mf:PositiveSyntaxTest ; mf:action [ qt:query <good.rq> ]",
        "read-though-wrong": "a mf:NegativeSyntaxTest ; mf:action <good.rq>", "refused": "a mf:PositiveSyntaxTest ; mf:action <bad.rq>",
        "no-file": "a mf:NegativeSyntaxTest ; mf:action <none.rq>",
      ]))
    // What SPARQL 1.1 lets be written as escapes, and 1.2 does not.
    try folder.write("sparql10/s/good.rq", #"PREFIX : <http://example.org/> SELECT * { <\u0078> :\u0070 ?xx\u0078 }"#)
    try folder.write("sparql10/s/bad.rq", "SELECT * {")
    #expect(try run("sparql10/syntax", in: folder).lines == ["sparql10/syntax: 3 passed, 3 failed of 6"])
  }

  @Test("The layout of SPARQL 1.2: its version is announced, updates are none of ours, and what is not there is told")
  func newest() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "sparql12/manifest.ttl",
      Self.prefixes
        + "<https://w3c.github.io/rdf-tests/sparql/sparql12#manifest> a mf:Manifest ; dct:creator [ dct:title \"x\" ] ;"
        + " mf:include ( <syntax/manifest.ttl> <lang/manifest.ttl> <gone/manifest.ttl> ) .")
    try folder.write(
      "sparql12/syntax/manifest.ttl",
      Self.manifest([
        "escape-in-variable": "a mf:NegativeSyntaxTest ; mf:action <variable.rq>",
        "escape-in-iri": "a mf:PositiveSyntaxTest ; mf:action <iri.rq>",
        "update": "a mf:PositiveUpdateSyntaxTest ; mf:action <update.ru>",
        "update-11": "a mf:NegativeUpdateSyntaxTest11 ; mf:action <u.ru>",
        "update-evaluation": "a ut:UpdateEvaluationTest ; mf:action [ ut:request <update.ru> ]",
        "protocol": "a mf:ProtocolTest ; mf:action []",
      ]))
    try folder.write("sparql12/syntax/variable.rq", #"ASK { ?s ?a\u0062 ?o }"#)
    try folder.write("sparql12/syntax/iri.rq", #"ASK { ?s <http://example.org/\u0062> "\u0022" }"#)
    try folder.write(
      "sparql12/lang/manifest.ttl",
      Self.manifest(["json": Self.evaluation("dir.rq", "", "dir.srj"), "xml": Self.evaluation("dir.rq", "", "dir.srx")]))
    try folder.write("sparql12/lang/dir.rq", #"SELECT ?v { VALUES ?v { "x"@en--rtl "x"@en } }"#)
    let plain = #"{"type":"literal","value":"x","xml:lang":"en""#
    try folder.write(
      "sparql12/lang/dir.srj",
      #"{"head":{"vars":["v"]},"results":{"bindings":[{"v":\#(plain),"its:dir":"rtl"}},{"v":\#(plain)}}]}}"#)
    try folder.write(
      "sparql12/lang/dir.srx",
      """
      <sparql xmlns="http://www.w3.org/2005/sparql-results#" xmlns:its="http://www.w3.org/2005/11/its" its:version="2.0">
        <head><variable name="v"/></head>
        <results><result><binding name="v"><literal xml:lang="en" its:dir="rtl">x</literal></binding></result>
        <result><binding name="v"><literal xml:lang="en">x</literal></binding></result></results></sparql>
      """)
    let run = try run("sparql12/manifest", in: folder)
    #expect(run.lines.prefix(2) == ["sparql12/manifest: 4 passed, 0 failed of 4", "sparql12/manifest: 4 out of scope"])
    #expect(run.lines.count == 3)
    #expect(run.lines.last?.contains("sparql12/gone/manifest.ttl can't be read: ") == true)
  }

  @Test("Entries of a manifest that is run on a line of its own are left out of the other")
  func both() throws {
    let folder = try TemporaryFolder()
    try folder.write("sparql12/manifest.ttl", Self.prefixes + "<> mf:include ( <a/manifest.ttl> ) .")
    try folder.write("sparql12/manifest-all.ttl", Self.prefixes + "<> mf:include ( <manifest.ttl> <b/manifest.ttl> ) .")
    for name in ["a", "b"] {
      try folder.write("sparql12/\(name)/manifest.ttl", Self.manifest(["one": "a mf:PositiveSyntaxTest ; mf:action <one.rq>"]))
      try folder.write("sparql12/\(name)/one.rq", "ASK {}")
    }
    #expect(try run("sparql12/manifest", in: folder).lines == ["sparql12/manifest: 1 passed, 0 failed of 1"])
    #expect(try run("sparql12/all", in: folder).lines == ["sparql12/all: 1 passed, 0 failed of 1"])
  }
}
