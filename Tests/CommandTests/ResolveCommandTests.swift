import TestSupport
import Testing

/// `kommungraf resolve`: one code or name, and a column of them.
struct ResolveCommandTests {
  private static let id = "https://w3id.org/kommungraf/id/"

  private func run(_ arguments: [String], in folder: TemporaryFolder? = nil, input: String = "") throws -> ProgramRun {
    try ProgramRun(["resolve"] + arguments, input: Array(input.utf8), in: try folder ?? TemporaryFolder())
  }

  @Test(arguments: [
    ("1880", "kommun/1880\tÖrebro\tfound"), ("Örebros kommun", "kommun/1880\tÖrebro\tfound"), ("GÖTEBORG", "kommun/1480\tGöteborg\tfound"),
    ("Malmö stad", "kommun/1280\tMalmö\tfound"), ("Jonkoping", "kommun/0680\tJönköping\tfound"),
    ("Stockhlm", "kommun/0180\tStockholm\tfound"),
    ("Håbo", "kommun/0305\tHåbo\tfound"), ("Habo", "kommun/0643\tHabo\tfound"),
    ("1917", "kommun/1917\tHeby\treplaced\t" + id + "kommun/0331"),
  ])
  func aTextIsWrittenAsItsIdentifier(_ text: String, _ line: String) throws {
    let result = try run(["--register", "kommun", text])
    #expect(result.status == 0)
    #expect(result.text == Self.id + line + "\n")
  }

  @Test func whatWasNotFoundIsToldWithWhatComesNear() throws {
    for (text, said) in [("Haboo", "0305 Håbo"), ("Göteorgh", "1480 Göteborg"), ("Öre\u{202E}bro", "not seen"), ("18880", "1880 Örebro")] {
      let result = try run(["--register", "kommun", "--lang", "en", text])
      #expect(result.status == 1 && result.output.isEmpty)
      #expect(result.errors.contains(said), "\(result.errors)")
    }
    let swedish = try run(["--register", "kommun", "--lang", "sv", "Haboo"])
    #expect(swedish.errors.contains("kan vara flera"))
    let missing = try run(["--register", "komun", "--lang", "en", "Örebro"])
    #expect(missing.status == 66 && missing.errors.contains("Nearest: kommun"))
  }

  /// What may stand beside a name is no name with a slip, a region is no municipality, and what has no letters is near to nothing.
  @Test func whatMeansSomethingElseIsNotFound() throws {
    for (register, text) in [("kommun", "Stad"), ("organisation", "Region Örebro"), ("kommun", "-"), ("kommun", "?")] {
      let result = try run(["--register", register, "--lang", "en", text])
      #expect(result.status == 1 && result.output.isEmpty, "\(text)")
      if text.count == 1 { #expect(!result.errors.contains("earest"), "\(result.errors)") }
    }
  }

  @Test func columnsStayInLine() throws {
    let folder = try TemporaryFolder()
    try folder.write("svar.csv", "kommun;iri\r\nÖrebro;x;y\r\nHåbo\r\n")
    let result = try run(["--register", "kommun", "--input", "svar.csv", "--lang", "en"], in: folder)
    #expect(
      result.text == """
        \u{FEFF}kommun;iri;iri_2;label;status;score;replacedBy;candidates\r
        Örebro;x;\(Self.id)kommun/1880;Örebro;found;100;;\r
        Håbo;;\(Self.id)kommun/0305;Håbo;found;100;;\r

        """)
    #expect(
      result.status == 1 && result.errors.contains("svar.csv:2:10: error: the row has 3 cells but the header has 2"), "\(result.errors)")
  }

  @Test func withoutARegisterAllAnswer() throws {
    let result = try run(["Kalmar"])
    #expect(result.status == 0)
    #expect(result.lines.contains(Self.id + "kommun/0880\tKalmar\tfound") && result.lines.contains(Self.id + "lan/08\tKalmar län\tfound"))
    let none = try run(["--lang", "en", "xyzxyzxyzxyz"])
    #expect(none.status == 1 && none.errors.contains("«xyzxyzxyzxyz» is in no register"))
  }

  @Test func aDaySaysWhichWasMeant() throws {
    #expect(try run(["--register", "kommun", "--as-of", "1990-01-01", "Borås"]).text == Self.id + "kommun/1583\tBorås\tfound\n")
    #expect(try run(["--register", "kommun", "Borås"]).text == Self.id + "kommun/1490\tBorås\tfound\n")
    let early = try run(["--register", "kommun", "--as-of", "1990-01-01", "--lang", "en", "1490"])
    #expect(early.status == 1 && early.errors.contains("[register-not-valid]"))
  }

  @Test func aTableComesBackWithWhatItsColumnMeans() throws {
    let folder = try TemporaryFolder()
    try folder.write("besok.csv", "antal;Kommun\r\n1;Örebro kommun\r\n2;Haboo\r\n3;Zzzz\r\n4;\r\n5;1583\r\n")
    let result = try run(["--register", "kommun", "--input", "besok.csv", "--column", "kommun", "--lang", "en"], in: folder)
    #expect(result.status == 1)
    #expect(
      result.text == """
        \u{FEFF}antal;Kommun;iri;label;status;score;replacedBy;candidates\r
        1;Örebro kommun;\(Self.id)kommun/1880;Örebro;found;95;;\r
        2;Haboo;;;ambiguous;0;;0643 Habo, 0305 Håbo\r
        3;Zzzz;;;unknown;0;;\r
        4;;;;;;;\r
        5;1583;\(Self.id)kommun/1583;Borås;replaced;100;\(Self.id)kommun/1490;\r

        """)
    for text in [
      "besok.csv:3:3: error: «Haboo»", "besok.csv:4:3: error: «Zzzz»", "besok.csv:6:3: warning: «1583»", "5 rows: 2 found, 2 not",
    ] {
      #expect(result.errors.contains(text), "\(result.errors)")
    }
    let whole = try run(["--register", "kommun", "--input", "-", "-o", "ut.csv"], in: folder, input: "namn\nKumla\nÖrebro\n")
    #expect(whole.status == 0 && whole.output.isEmpty)
    #expect(try folder.text(of: "ut.csv").contains("Kumla;\(Self.id)kommun/1881;Kumla;found;100;;"))
  }

  @Test(arguments: [
    (["--register", "kommun", "--input", "a.csv", "--column", "nman"], Int32(65), "Nearest: «namn»"),
    (["--register", "kommun"], 64, "--input"),
    (["--register", "kommun", "x", "--input", "a.csv"], 64, "--input"), (["--input", "a.csv"], 64, "--register"),
    (["--register", "kommun", "x", "--column", "y"], 64, "--column"), (["--register", "kommun", "--as-of", "igår", "x"], 64, "as-of"),
    (["--register", "kommun", "--input", "none.csv"], 66, "none.csv"),
    (["--register", "kommun", "--input", "a.csv", "-o", "no/a.csv"], 74, "no/a.csv"),
  ])
  func badCommandsAreTold(_ arguments: [String], _ status: Int32, _ text: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("a.csv", "namn\nÖrebro\n")
    let result = try run(arguments + ["--lang", "en"], in: folder)
    #expect(result.status == status)
    #expect(result.errors.contains(text), "\(result.errors)")
  }
}
