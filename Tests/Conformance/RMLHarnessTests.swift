import Problems
import TestSupport
import Testing

/// The harness for RML itself: cases over CSV and XML in the layout of the suites, which those that stand beside the package lack.
struct RMLHarnessTests {
  private static let prefixes = """
    @prefix rml: <http://w3id.org/rml/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix ex: <http://example.com/> .

    """

  /// A triples map over a file beside the mapping.
  private static func map(_ file: String, _ formulation: String, _ rest: String, name: String = "TriplesMap1") -> String {
    """
    <http://example.com/base/\(name)> a rml:TriplesMap ;
      rml:logicalSource [ a rml:LogicalSource ; rml:referenceFormulation \(formulation) ;
        rml:source [ a rml:RelativePathSource ; rml:root rml:MappingDirectory ; rml:path "\(file)" ] ] ;
      \(rest) .

    """
  }

  private static let older = """
    @prefix rr: <http://www.w3.org/ns/r2rml#> . @prefix rml: <http://semweb.mmlab.be/ns/rml#> . @prefix ql: <http://semweb.mmlab.be/ns/ql#> .
    @prefix ex: <http://example.com/> . @base <http://example.com/base/> .

    """

  private func write(_ name: String, _ files: KeyValuePairs<String, String>, in folder: TemporaryFolder) throws {
    for (file, text) in files { try folder.write("\(name)/\(file)", text) }
  }

  @Test("cases over CSV and XML, right, wrong and expected to fail")
  func cases() throws {
    let folder = try TemporaryFolder()
    let xpath = "rml:XPath ; rml:iterator \"/students/student\""
    let name = "rml:predicateObjectMap [ rml:predicate foaf:name ; rml:objectMap [ rml:reference \"Name\" ] ]"
    let subject = "rml:subjectMap [ rml:template \"http://example.com/{Name}\" ]"
    let output = "<http://example.com/Venus%20W> <http://xmlns.com/foaf/0.1/name> \"Venus W\" .\n"
    let csv = "ID,Name\n10,Venus W\n"
    let xml = "<students><student><ID>10</ID><Name>Venus W</Name></student></students>"
    try write(
      "rml-core/RMLTC0001a-CSV",
      ["mapping.ttl": Self.prefixes + Self.map("s.csv", "rml:CSV", subject + ";" + name), "s.csv": csv, "output.nq": output], in: folder)
    try write(
      "rml-core/RMLTC0001a-XML",
      ["mapping.ttl": Self.prefixes + Self.map("s.xml", xpath, subject + ";" + name), "s.xml": xml, "output.nq": output], in: folder)
    try write(
      "rml-core/RMLTC0001b-CSV",
      ["mapping.ttl": Self.prefixes + Self.map("s.csv", "rml:CSV", subject + ";" + name), "s.csv": csv, "output.nq": ""], in: folder)
    try write(
      "rml-core/RMLTC0002c-CSV",
      [
        "mapping.ttl": Self.prefixes + Self.map("s.csv", "rml:CSV", subject + ";" + name.replacing("Name", with: "Nam")), "s.csv": csv,
      ], in: folder)
    try write(
      "rml-core/RMLTC0004b-XML",
      [
        "mapping.ttl": Self.prefixes
          + Self.map("s.xml", xpath, "rml:subjectMap [ rml:template \"{Name}\" ; rml:termType rml:Literal ];" + name), "s.xml": xml,
      ], in: folder)
    try write(
      "rml-core/RMLTC0099a-XML",
      ["mapping.ttl": Self.prefixes + Self.map("s.xml", xpath, subject + ";" + name), "s.xml": xml], in: folder)
    let join = """
      <M> rml:logicalSource [ rml:source "s.csv" ; rml:referenceFormulation ql:CSV ] ;
        rr:subjectMap [ rr:template "http://example.com/{ID}" ] ;
        rr:predicateObjectMap [ rr:predicate ex:does ; rr:objectMap [ rr:parentTriplesMap <P> ;
          rr:joinCondition [ rr:child "Sport" ; rr:parent "@no" ] ] ] .
      <P> rml:logicalSource [ rml:source "p.xml" ; rml:referenceFormulation ql:XPath ; rml:iterator "/all/sport" ] ;
        rr:subjectMap [ rr:template "sport/{.}" ; rr:class ex:Sport ] .
      """
    try write(
      "rml-v0/RMLTC0009a-CSV",
      [
        "mapping.ttl": Self.older + join, "s.csv": "ID,Sport\n1,7\n2,8\n", "p.xml": "<all><sport no='7'>Tennis</sport></all>",
        "output.nq": """
        <http://example.com/1> <http://example.com/does> <http://example.com/base/sport/Tennis> .
        <http://example.com/base/sport/Tennis> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://example.com/Sport> .
        """,
      ], in: folder)
    try write("rml-v0/notes", ["README.md": "no case"], in: folder)
    func failed(_ suite: Int) -> [String] {
      RMLSuite.all[suite].cases(in: folder.path).filter { $0.run() != .passed }.map(\.name)
    }
    #expect(RMLSuite.all[0].cases(in: folder.path).count == 6)
    #expect(failed(0) == ["RMLTC0001b-CSV", "RMLTC0099a-XML"])
    #expect(RMLSuite.all[1].cases(in: folder.path).map(\.name) == ["RMLTC0009a-CSV"])
    #expect(failed(1) == [])
  }
}
