import Foundation
import TestSupport
import Testing

/// What a file of items takes in memory does not grow with the file.
@Suite(.enabled(if: TestTier.isFull))
struct FlatMemoryTests {
  private static let mapping = """
    @prefix rml: <http://w3id.org/rml/> . @prefix kgm: <https://w3id.org/kommungraf/ns/csvw/> . @prefix ex: <http://e.example/> .
    <#m> rml:logicalSource [ rml:source "d.json" ; rml:referenceFormulation rml:JSONPath ; rml:iterator "ITERATOR" ] ;
      rml:subjectMap [ rml:template "http://e.example/{$.id}" ] ;
      rml:predicateObjectMap [ rml:predicate ex:name ; rml:objectMap [ rml:reference "$.name" ] ] ,
        [ rml:predicate ex:of ; rml:objectMap [ rml:reference "$^^.no" ] ] .
    """

  private func json(_ megabytes: Int) -> String {
    var text = "["
    var number = 0
    while text.utf8.count < megabytes << 20 {
      text += number == 0 ? "" : ",\n"
      text +=
        "{\"kind\":\"\(number % 2)\",\"list\":[{\"id\":\(number),\"name\":\"Sak \(number)\"}],\"no\":\(number),\"rest\":\"det som ingen frågar efter\"}"
      number += 1
    }
    return text + "]"
  }

  private func datex(_ megabytes: Int) -> String {
    var text =
      "<d2LogicalModel xmlns='http://datex2.eu/schema/2/2_0' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'><payloadPublication>"
    var number = 0
    while text.utf8.count < megabytes << 20 {
      text += """
        <situation id='S\(number)'><situationRecord xsi:type='MaintenanceWorks' id='R\(number)'>
        <situationRecordVersionTime>2026-05-04T07:45:00+02:00</situationRecordVersionTime><generalPublicComment><comment><values>
        <value lang='sv'>Arbete nummer \(number).</value></values></comment></generalPublicComment>
        <roadMaintenanceType>roadsideWork</roadMaintenanceType></situationRecord></situation>

        """
      number += 1
    }
    return text + "</payloadPublication></d2LogicalModel>"
  }

  /// Converts 20 and 60 MiB, and compares what they took.
  private func expectFlat(_ arguments: [String], _ file: String, _ text: (Int) -> String, in folder: TemporaryFolder) throws {
    var peaks: [Int] = []
    for megabytes in [20, 60] {
      try folder.write(file, text(megabytes))
      let run = try PeakRun(["convert", "--quiet", "--format", "ntriples"] + arguments + [file], in: folder)
      #expect(run.status == 0)
      #expect(run.count > megabytes << 19)
      peaks.append(run.peak)
    }
    #expect(peaks[0] > 0)
    #expect(peaks[1] < peaks[0] + 16 << 10, "\(peaks) KiB")
    #expect(peaks[1] < 300 << 10, "\(peaks) KiB")
  }

  @Test("of JSON, also where a filter stands in the middle and references go up", arguments: ["$[*].list[*]", "$[?@.kind == '1'].list[*]"])
  func ofJSON(_ iterator: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("m.rml.ttl", Self.mapping.replacing("ITERATOR", with: iterator))
    try expectFlat(["--mapping", "m.rml.ttl"], "d.json", json, in: folder)
  }

  @Test("of DATEX II in both versions")
  func ofXML() throws {
    let folder = try TemporaryFolder()
    let arguments = ["--mapping", "vagarbeten", "--base", "https://data.example"]
    try expectFlat(arguments + ["--variant", "datex2"], "d.xml", datex, in: folder)
    func third(_ megabytes: Int) -> String {
      datex(megabytes).replacing("http://datex2.eu/schema/2/2_0", with: "http://datex2.eu/schema/3/situation")
    }
    try expectFlat(arguments + ["--variant", "datex3"], "d.xml", third, in: folder)
  }
}
