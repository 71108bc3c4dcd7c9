import TestSupport
import Testing

/// Mappings of RML on the command line: by file, and as variants of a mapping by name (contract §1, §3).
struct TriplesMapCommandTests {
  private static let mapping = """
    @prefix rml: <http://w3id.org/rml/> . @prefix kgm: <https://w3id.org/kommungraf/ns/csvw/> . @prefix dcterms: <http://purl.org/dc/terms/> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix geo: <http://www.opengis.net/ont/geosparql#> .
    <#bad> rml:logicalSource [ rml:source [ a rml:RelativePathSource ; rml:root rml:MappingDirectory ; rml:path "bad.json" ] ;
        rml:referenceFormulation rml:JSONPath ; rml:iterator "$.features[*]" ] ;
      rml:subjectMap [ rml:template "id/bad/{$.id}" ] ;
      rml:predicateObjectMap [ rml:predicate rdfs:label ; rml:objectMap [ rml:reference "$.properties.namn" ; rml:language "sv" ] ] ;
      rml:predicateObjectMap [ rml:predicate dcterms:spatial ; rml:objectMap [ rml:reference "$.properties.kommun" ; kgm:register "kommun" ] ] ;
      rml:predicateObjectMap [ rml:predicate geo:asWKT ;
        rml:objectMap [ rml:template "{$.geometry.coordinates[0]} {$.geometry.coordinates[1]}" ; kgm:coordinates "wgs84 LonLat" ] ] .
    """
  private static let data = """
    {"type": "FeatureCollection", "features": [
      {"id": 7, "properties": {"namn": "Alnängsbadet", "kommun": "1880"}, "geometry": {"type": "Point", "coordinates": [15.2, 59.28]}},
      {"id": 8, "properties": {"namn": "Fel", "kommun": "9999"}, "geometry": null}]}
    """
  private static let expected = [
    "<https://data.example.org/id/bad/7> <http://purl.org/dc/terms/spatial> <https://w3id.org/kommungraf/id/kommun/1880> .",
    "<https://data.example.org/id/bad/7> <http://www.opengis.net/ont/geosparql#asWKT> "
      + "\"POINT(15.2 59.28)\"^^<http://www.opengis.net/ont/geosparql#wktLiteral> .",
    "<https://data.example.org/id/bad/7> <http://www.w3.org/2000/01/rdf-schema#label> \"Alnängsbadet\"@sv .",
    "<https://data.example.org/id/bad/8> <http://www.w3.org/2000/01/rdf-schema#label> \"Fel\"@sv .",
  ]

  private func convert(_ arguments: [String], in folder: TemporaryFolder) throws -> ProgramRun {
    try ProgramRun(["convert", "--base", "https://data.example.org", "--format", "ntriples"] + arguments, in: folder)
  }

  @Test("by a file: of an input, and of the source that the mapping names")
  func byFile() throws {
    let folder = try TemporaryFolder()
    try folder.write("m/bad.rml.ttl", Self.mapping)
    try folder.write("m/bad.json", Self.data)
    try folder.write("other.json", Self.data)
    for inputs in [[], ["other.json"]] {
      let run = try convert(["--mapping", "m/bad.rml.ttl"] + inputs, in: folder)
      #expect(run.lines.sorted() == Self.expected, "\(run.errors)")
      #expect(run.status == 1)
      let place = inputs.isEmpty ? "m/bad.json:3:" : "other.json:3:"
      #expect(run.errors.contains(place) && run.errors.contains("[register-unknown]"), "\(run.errors)")
    }
  }

  @Test("as a variant beside one for tables, chosen by the kind of file, and shown")
  func byName() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "mappings/own/specification.yaml",
      "title: {sv: Egen, en: Own}\nvariants:\n  - {file: m.json, for: csv}\n  - {file: api.rml.ttl, for: json}\n")
    try folder.write("mappings/own/m.json", plainMapping)
    try folder.write("mappings/own/api.rml.ttl", Self.mapping)
    try folder.write("things.csv", "id,Kommunid\n1,180\n")
    try folder.write("bad.json", Self.data)
    #expect(try convert(["--mapping", "own", "bad.json"], in: folder).lines.sorted() == Self.expected)
    #expect(try convert(["--mapping", "own", "--variant", "api", "bad.json"], in: folder).lines.sorted() == Self.expected)
    // What has no ending is looked at.
    try folder.write("answer", Self.data)
    try folder.write("table", "id,Kommunid\n1,180\n")
    #expect(try convert(["--mapping", "own", "answer"], in: folder).lines.sorted() == Self.expected)
    let plain = try convert(["--mapping", "own", "table"], in: folder)
    #expect(plain.text.contains("<https://w3id.org/kommungraf/id/kommun/0180>"), "\(plain.errors)")
    let table = try convert(["--mapping", "own", "things.csv"], in: folder)
    #expect(table.status == 0, "\(table.errors)")
    #expect(table.text.contains("<https://w3id.org/kommungraf/id/kommun/0180>"))
    let show = try ProgramRun(["mapping", "show", "own"], in: folder)
    #expect(show.text.contains("api  (json)  mappings/own/api.rml.ttl\n            bad.json  $.features[*]"), "\(show.text)\(show.errors)")
  }

  @Test("of variants for one kind of file the one whose references find most in it")
  func fitting() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "mappings/own/specification.yaml",
      "title: {sv: Egen, en: Own}\nvariants:\n  - {file: v1.rml.ttl, for: json}\n  - {file: v2.rml.ttl, for: json}\n"
        + "  - {file: same.rml.ttl, for: json, name: again}\n")
    let older = Self.mapping.split(separator: "$.features[*]").joined(separator: "$.bad[*]")
    try folder.write("mappings/own/v1.rml.ttl", older)
    try folder.write("mappings/own/v2.rml.ttl", Self.mapping)
    try folder.write("mappings/own/same.rml.ttl", older)
    try folder.write("bad.json", Self.data)
    #expect(try convert(["--mapping", "own", "bad.json"], in: folder).lines.sorted() == Self.expected)
    try folder.write("old.json", Self.data.split(separator: "features").joined(separator: "bad"))
    let tie = try convert(["--mapping", "own", "old.json"], in: folder)
    #expect(tie.status == 65)
    #expect(tie.errors.contains("v1, again"), "\(tie.errors)")
  }

  @Test("what can't be read ends with the status of its kind")
  func statuses() throws {
    let folder = try TemporaryFolder()
    try folder.write("m.rml.ttl", Self.mapping)
    try folder.write("cut.json", Self.data.prefix(150) + "")
    #expect(try convert(["--mapping", "m.rml.ttl", "cut.json"], in: folder).status == 65)
    #expect(try convert(["--mapping", "m.rml.ttl"], in: folder).status == 66)
    try folder.write("wrong.rml.ttl", Self.mapping.split(separator: "rml:logicalSource").joined(separator: "rml:logicalSorce"))
    let run = try convert(["--mapping", "wrong.rml.ttl", "cut.json"], in: folder)
    #expect(run.status == 65)
    #expect(run.errors.contains("Nearest: logicalSource"), "\(run.errors)")
  }
}
