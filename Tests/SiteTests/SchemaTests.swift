import Foundation
import TestSupport
import Testing

/// The JSON Schemas of site.yaml and specification.yaml, which editors use.
struct SchemaTests {
  private static func text(_ path: String) throws -> String {
    try String(contentsOfFile: ProgramRun.repository + "/mappings/" + path, encoding: .utf8)
  }

  /// The folders of specifications: all but those of the demo site's own registers and links.
  static let mappings = ((try? FileManager.default.contentsOfDirectory(atPath: ProgramRun.repository + "/mappings")) ?? [])
    .filter { !$0.contains(".") && !["crosswalks", "registers"].contains($0) }.sorted()

  @Test(arguments: mappings) func theShippedSpecificationsAreValid(_ mapping: String) throws {
    #expect(try SchemaCheck("specification.schema.json").faults(of: try Self.text(mapping + "/specification.yaml")) == [])
  }

  @Test func theDemoSiteIsValid() throws {
    #expect(try SchemaCheck("site.schema.json").faults(of: try Self.text("site.yaml")) == [])
  }

  @Test func theWholeOfTheContractIsValid() throws {
    #expect(try SchemaCheck("site.schema.json").faults(of: SiteFileTests.whole) == [])
  }

  @Test(arguments: [
    ("bas: https://data.example.se", "/bas is unknown"), ("base: https://data.example.se:8080", "/base does not match"),
    ("base: ftp://data.example.se", "/base does not match"), ("base: https://localhost", "/base does not match"),
    ("publisher: {orgnr: \"1\"}", "/publisher/orgnr does not match"), ("publisher: {type: Kommun}", "is none of"),
    ("publisher: Exempel", "/publisher is no object"), ("languages: [fi]", "is none of"), ("languages: []", "/languages is empty"),
    ("datasets: [{name: A, mapping: m, source: s}]", "/datasets/0/name does not match"),
    ("datasets: [{name: a}]", "/datasets/0/mapping is missing"),
    ("registers: {kommun: https://kommunkoder.scb.se/}", "/registers/kommun does not match"),
    ("limits: {query: {rows: many}}", "is no integer"), ("network: {service: [sparql.example.se]}", "/network/service"),
    ("series: [{title: x}]", "/series/0/name is missing"),
    ("datasets: [{name: a, mapping: m, source: s, series: A}]", "/datasets/0/series does not match"),
    ("title: {en: Data}", "/title is no string"),
  ])
  func whatIsWrongIsFound(_ yaml: String, _ fault: String) throws {
    let faults = try SchemaCheck("site.schema.json").faults(of: yaml)
    #expect(faults.contains { $0.contains(fault) }, "\(faults)")
  }
}
