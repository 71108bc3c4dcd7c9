import Bytes
import Identifiers
import Mapping
import Problems
import RDF
import Testing

/// Columns that answer yes or no, found by their titles in a code list (contract §4, `unpivot`).
struct AnswerTests {
  private static func list() throws -> Register {
    var declaration = Register.Declaration(name: "utrustning", pattern: try URITemplate("http://e.org/u/{kod}"))
    declaration.steps = [.trim]
    func member(_ key: String, _ names: String...) -> Register.Member {
      Register.Member(key: ByteString(key), names: names.map { ByteString($0) })
    }
    return Register(
      declaration,
      members: [
        member("belysning", "Belysning", "lighting"), member("stang", "Horisontell stång", "Horistontell stång"),
        member("rullstol", "Rullstolsanpassat", "wheelchair"), member("rullstol-begransat", "Rullstolsanpassat Begränsat"),
      ])
  }

  private static let columns = """
    {"name": "id", "titles": "id", "suppressOutput": true},
    {"name": "har", "propertyUrl": "http://e.org/har", "kgm:register": "utrustning"},
    {"name": "saknar", "propertyUrl": "http://e.org/saknar", "kgm:register": "utrustning"},
    {"name": "typ", "virtual": true, "propertyUrl": "rdf:type", "valueUrl": "http://e.org/Gym"}
    """

  private func convert(_ table: String, columns: String = columns, more: String = "") throws -> ColumnConversion {
    try ColumnConversion(
      columns: columns, table: table,
      annotations: #""kgm:columnMatching": "title", "kgm:unpivot": "isCodeOf utrustning; yes: har; no: saknar""# + more,
      registers: [try Self.list()], about: "http://e.org/{id}")
  }

  private func lines(_ conversion: ColumnConversion) -> [String] {
    conversion.quads.map { quad in
      [quad.subject, quad.predicate, quad.object].map { term in
        switch term {
        case .iri(let iri): String(iri.text.split(whereSeparator: { $0 == "/" || $0 == "#" }).last ?? "")
        case .literal(let text, _), .blankNode(let text): text.text
        }
      }.joined(separator: " ")
    }
  }

  @Test func aRowHasWhatItsColumnsSayYesTo() throws {
    let conversion = try convert("id,BELYSNING,Horistontell stång,annat\n1,Ja,nej,x\n2,,-,\n3,0,1,\n")
    #expect(
      lines(conversion) == [
        "1 type Gym", "1 har belysning", "1 saknar stang", "2 type Gym", "3 type Gym", "3 har stang", "3 saknar belysning",
      ])
    #expect(conversion.report.rowsPublished == 3)
    #expect(conversion.problems.count == 2, "\(conversion.problems)")
    #expect(conversion.problems.contains { $0.contains("«annat»") && $0.contains("[column-extra]") })
    #expect(conversion.problems.contains { $0.hasPrefix("t.csv:3:4: error: «-» is not yes or no") })
  }

  @Test func anAnswerMayBeAConceptOfItsOwn() throws {
    let conversion = try convert("id,Rullstolsanpassat,Belysning\n1,Begränsat,Begränsat\n2,Ja,Ja\n")
    #expect(lines(conversion) == ["1 type Gym", "1 har rullstol-begransat", "2 type Gym", "2 har rullstol", "2 har belysning"])
    #expect(conversion.problems.map { $0.hasPrefix("t.csv:2:13: error: «Begränsat» is not yes or no") } == [true])
  }

  /// However long an answer is, nothing else of the row is lost over it.
  @Test func aLongAnswerHarmsNothing() throws {
    let long = String(repeating: "vet ej ", count: 5000) + "."
    let conversion = try convert("id,Belysning,Rullstolsanpassat,wheelchair\na1,Ja,\(long),nej\n")
    #expect(lines(conversion) == ["a1 type Gym", "a1 har belysning", "a1 saknar rullstol"])
    #expect(conversion.problems.count == 1)
  }

  @Test func aFileMayHaveNoneOfTheColumns() throws {
    let conversion = try convert("id\n1\n")
    #expect(lines(conversion) == ["1 type Gym"])
    #expect(conversion.problems == [])
  }

  @Test func whatIsMissingIsNoAnswer() throws {
    let columns = Self.columns.replacing("\"har\",", with: "\"har\", \"null\": [\"\", \"-\"],")
    #expect(try convert("id,Belysning\n1,-\n", columns: columns).problems == [])
  }

  /// Answers help to see that a delimiter without quotes has moved the cells of a row.
  @Test func aShiftedRowIsLeftOut() throws {
    let header = "id,text,Belysning,x,Horisontell stång,y,Rullstolsanpassat,z\n"
    let conversion = try convert(header + "1,a,Ja,q,Nej,q,Ja,\n2,a, b,Ja,q,Nej,q,Ja\n")
    #expect(lines(conversion) == ["1 type Gym", "1 har belysning", "1 har rullstol", "1 saknar stang"])
    #expect(conversion.problems.contains { $0.hasPrefix("t.csv:3:5: error: ") && $0.contains("[row-shifted]") }, "\(conversion.problems)")
  }

  @Test func nothingIsToldOfTheAnswersOfAWithheldRow() throws {
    let rule = #", "kgm:withhold": "id = 2; rule: hemlig""#
    let conversion = try convert("id,Belysning\n1,Ja\n2,kanske\n", more: rule)
    #expect(lines(conversion) == ["1 type Gym", "1 har belysning"])
    #expect(conversion.problems == [])
    #expect(conversion.report.rowsWithheld == ["hemlig": 1])
  }

  /// Without a register the lists hold titles, or names of columns.
  @Test(arguments: [("matches Finns (.*)", ["1 v dusch", "1 n bastu"]), ("a, b", ["1 v a", "1 n b"])])
  func listsOfTitlesOrNames(_ which: String, _ expected: [String]) throws {
    let conversion = try ColumnConversion(
      columns: """
        {"name": "id", "titles": "id", "suppressOutput": true},
        {"name": "a", "titles": "\(which == "a, b" ? "Finns dusch" : "x")"}, {"name": "b", "titles": "\(which == "a, b" ? "Finns bastu" : "y")"},
        {"name": "har", "propertyUrl": "http://e.org/v", "valueUrl": "http://e.org/u/{har}"}, {"name": "saknar", "propertyUrl": "http://e.org/n"}
        """, table: "id,Finns dusch,Finns bastu\n1,ja,nej\n",
      annotations: #""kgm:columnMatching": "title", "kgm:unpivot": "\#(which); yes: har; no: saknar""#, about: "http://e.org/{id}")
    #expect(lines(conversion) == expected)
    #expect(conversion.problems == [])
  }

  // MARK: What texts made of other columns are

  private static let keys = """
    {"name": "id", "titles": "id", "suppressOutput": true}, {"name": "namn", "titles": "namn", "suppressOutput": true},
    {"name": "hel", "virtual": true, "suppressOutput": true, "default": "{id}", "kgm:when": "id matches ^\\\\d{4}_"},
    {"name": "gjord", "virtual": true, "suppressOutput": true, "default": "1880-{namn}", "kgm:clean": ["slug"]},
    {"name": "sist", "virtual": true, "suppressOutput": true, "default": "{id}", "kgm:clean": ["split(-1,/)", "upper"], "kgm:when": "id matches /"},
    {"name": "nyckel", "virtual": true, "propertyUrl": "http://e.org/k", "default": "{sist,hel,gjord}"}
    """

  @Test(arguments: [
    ("0183_a", "0183_a"), ("a", "1880-stora-parken"), ("", "1880-stora-parken"), ("http://x.se/se1", "SE1"), ("a/", "1880-stora-parken"),
  ])
  func aTextThatDoesNotStandLeavesItsPlaceToTheNext(_ id: String, _ key: String) throws {
    let conversion = try ColumnConversion(
      columns: Self.keys, table: "id,namn\n\(id),Stora Parken\n", annotations: #""kgm:columnMatching": "title""#)
    #expect(conversion.values == [key])
  }

  @Test(arguments: [
    ("2014", "2014"), ("2016-11-01", "2016-11-01"), ("2019-02-29", "t.csv:2:2: error: «2019-02-29» is not a date"),
    ("våren 2014", "t.csv:2:2: error: «våren 2014» is not a date"),
  ])
  func aTextMustBeAValueOfItsDatatype(_ cell: String, _ expected: String) throws {
    let conversion = try ColumnConversion(
      columns: """
        {"name": "a", "titles": "a"}, {"name": "b", "titles": "b", "suppressOutput": true},
        {"name": "ar", "virtual": true, "default": "{b}", "datatype": "gYear", "kgm:when": "b matches ^\\\\d{4}$"},
        {"name": "dag", "virtual": true, "default": "{b}", "datatype": "date", "kgm:when": "b matches ^(?!\\\\d{4}$)"}
        """, table: "a,b\n,\(cell)\n", annotations: #""kgm:columnMatching": "title""#)
    if expected.hasPrefix("t.csv") {
      #expect(conversion.problems.map { $0.hasPrefix(expected) } == [true], "\(conversion.problems)")
      #expect(conversion.values == [])
    } else {
      #expect(conversion.values == [expected])
      #expect(conversion.problems == [])
    }
  }

  /// A value set by hand also stands in where the file's column of that title turns out to hold something else.
  @Test func aSettingCountsWhereTheColumnIsAnothers() throws {
    let columns = """
      {"name": "tal", "titles": "x", "datatype": "integer", "propertyUrl": "http://e.org/t"},
      {"name": "dag", "titles": "x", "datatype": "date", "propertyUrl": "http://e.org/d"}
      """
    let conversion = try ColumnConversion(columns: columns, table: "x\n2026-01-02\n", annotations: #""kgm:columnMatching": "title""#) {
      $0.settings = ["tal": "7"]
    }
    #expect(conversion.values == ["7", "2026-01-02"])
  }
}
