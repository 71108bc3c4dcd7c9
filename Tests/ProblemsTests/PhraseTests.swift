import Bytes
import Testing

@testable import Problems

@Suite("Phrases within messages") struct PhraseTests {
  private static let samples: [(problem: Problem, sv: String, en: String)] = [
    (
      Problem(.metadataPropertyInvalid, ["property": "separator", "reason": .phrase("must-be-string")]),
      "värdet på «separator» är ogiltigt: det ska vara en sträng. Egenskapen hoppas över.",
      "the value of «separator» is invalid: it must be a string. The property is ignored."
    ),
    (
      Problem(.metadataInvalid, ["reason": .phrase("exclude-each-other", ["one": "minInclusive", "other": "minExclusive"])]),
      "det här är inte CSVW-metadata: minInclusive och minExclusive utesluter varandra. Rätta filen.",
      "this is not CSVW metadata: minInclusive and minExclusive exclude each other. Correct the file."
    ),
    (
      Problem(.annotationInvalid, ["name": "withhold", "reason": .phrase("column-absent", ["column": "skyddad"])]),
      "annotationen «withhold» är fel: det finns ingen kolumn «skyddad». Rätta mappningen.",
      "the annotation «withhold» is wrong: there is no column «skyddad». Correct the mapping."
    ),
    (
      Problem(
        .annotationInvalid,
        [
          "name": "when",
          "reason": .phrase("expression-wrong", ["text": "a(b", "fault": .phrase("pattern-parenthesis-open")]),
        ]),
      "annotationen «when» är fel: «a(b» är inget reguljärt uttryck: en parentes stängs aldrig. Rätta mappningen.",
      "the annotation «when» is wrong: «a(b» is not a regular expression: missing closing parenthesis. Correct the mapping."
    ),
    (
      Problem(.templateInvalid, value: "{a", ["reason": .phrase("template-brace")]),
      "URI-mallen «{a» är fel: en klammer öppnas eller stängs inte. Rätta mallen.",
      "the URI template «{a» is wrong: a brace is not closed or not opened. Correct the template."
    ),
    (
      Problem(.registerInvalid, ["register": "kommun", "reason": .phrase("register-without-table")]),
      "registret kommun är fel: det har ingen tabell. Rätta registrets filer.",
      "the register kommun is wrong: it has no table. Correct the register's files."
    ),
    (
      Problem(.mappingInvalid, ["reason": .phrase("title-missing")]),
      "mappningens beskrivning stämmer inte: title saknas. Rätta filen.",
      "the mapping's description is wrong: title is missing. Correct the file."
    ),
    (
      Problem(.metadataIncompatible, severity: .error, ["reason": .phrase("column-counts", ["schema": "3", "table": "4"])]),
      "metadata och tabell hör inte ihop: schemat har 3 kolumner, tabellen 4. Kontrollera att mappningen är gjord för filen.",
      "metadata and table do not belong together: the schema has 3 columns, the table 4. Check that the mapping is made for the file."
    ),
    (
      Problem(.rdfSyntax, ["found": .phrase("unexpected", ["text": "ex:a"]), "expected": .phrase("expected-dot")]),
      "oväntat «ex:a», väntade «.» efter satsen. Rätta filen på den raden.",
      "unexpected «ex:a», expected «.» at the end of the statement. Correct the file at that line."
    ),
    (
      Problem(.rdfSyntax, ["found": .phrase("rdf-literal-subject")]),
      "en litteral kan inte vara subjekt. Rätta filen på den raden.",
      "a literal can't be a subject. Correct the file at that line."
    ),
    (
      Problem(.jsonSyntax, ["found": .phrase("file-ends"), "expected": .phrase("either", ["one": "«,»", "other": "«]»"])]),
      "det här är inte JSON: filen slutar här, väntade «,» eller «]». Rätta filen på den raden.",
      "this is not JSON: the file ends here, expected «,» or «]». Correct the file at that line."
    ),
    (
      Problem(.formatUnsupported, ["format": "rdfxml", "action": .phrase("written"), "choices": "turtle, trig"]),
      "rdfxml kan inte skrivas här. Välj ett av turtle, trig.",
      "rdfxml can't be written here. Choose one of turtle, trig."
    ),
    (
      Problem(.limitExceeded, ["what": .phrase("bytes"), "limit": "100"]),
      "gränsen för antalet byte är 100. Dela upp indata.",
      "the limit for bytes is 100. Split the input."
    ),
    (
      Problem(.inputUnreadable, ["name": "a.csv", "reason": .phrase("permission-denied")]),
      "«a.csv» går inte att läsa: du saknar behörighet. Kontrollera filens rättigheter och att den är en fil.",
      "«a.csv» can't be read: permission denied. Check that it is a file and that you may read it."
    ),
    (
      Problem(.cellDatatype, value: "i går", ["datatype": .phrase("datatype-date"), "example": "2026-01-31"]),
      "«i går» är inte ett datum. Rätta cellen, till exempel 2026-01-31.",
      "«i går» is not a date. Correct the cell, for example 2026-01-31."
    ),
    (
      Problem(.cellFormat, value: "1,5", ["format": .phrase("number-format", ["datatype": "decimal", "decimal": "."])]),
      "«1,5» följer inte formatet decimal med decimaltecknet «.». Rätta cellen, eller formatet i mappningen.",
      "«1,5» does not follow the format decimal with the decimal mark «.». Correct the cell, or the format in the mapping."
    ),
    (
      Problem(.cellLength, value: "1", ["length": "1", "expected": .phrase("at-least", ["number": "2"])]),
      "«1» har längden 1 men ska ha minst 2. Rätta cellen.",
      "«1» has length 1 but should have at least 2. Correct the cell."
    ),
    (
      Problem(.variantNone, ["mapping": "badplatser", "what": .phrase("files-of-kind", ["kind": "json"])]),
      "ingen variant av mappningen badplatser passar filer av slaget json.",
      "no variant of the mapping badplatser fits files of the kind json."
    ),
  ]

  @Test("are in the language of the message", arguments: samples.indices)
  func inMessages(_ number: Int) {
    let (problem, sv, en) = Self.samples[number]
    #expect(problem.line(in: .sv) == "fel: \(sv) [\(problem.code.rawValue)]".replacing(severityOf: problem, "varning"))
    #expect(problem.line(in: .en) == "error: \(en) [\(problem.code.rawValue)]".replacing(severityOf: problem, "warning"))
  }

  @Test("are in the language of a report in JSON")
  func inReports() {
    var out = ByteBuffer()
    Self.samples[1].problem.append(jsonTo: &out, in: .sv)
    #expect(out.view.text.contains("\"message\":\"det här är inte CSVW-metadata: minInclusive och minExclusive utesluter varandra.\""))
  }

  @Test("hold no English words in Swedish", arguments: Wording.shared.blocks.sorted())
  func noEnglish(_ block: String) {
    let english: Set<Substring> = ["the", "is", "not", "must", "of", "a", "an", "and", "or", "to", "there", "with", "it", "has", "at"]
    for key in ["sv", "sv-help"] {
      let words = (Wording.shared.template(key, of: block) ?? "").split { !$0.isLetter }
      #expect(words.filter { english.contains($0) } == [])
    }
  }

  @Test("take what stands for a placeholder as it is, and leave optional parts out")
  func placeholders() {
    #expect(Words.phrase("unexpected", ["text": "{text}[[x]]"]).text(in: .sv) == "oväntat «{text}[[x]]»")
    #expect(Words.phrase("number-format", ["datatype": "decimal"]).text(in: .en) == "decimal")
    #expect(Words.text("{a}").text(in: .sv) == "{a}")
  }
}

extension String {
  /// The line with the word for a warning where the problem is one.
  fileprivate func replacing(severityOf problem: Problem, _ warning: String) -> String {
    problem.severity == .warning ? warning + dropFirst(prefix { $0 != ":" }.count) : self
  }
}
