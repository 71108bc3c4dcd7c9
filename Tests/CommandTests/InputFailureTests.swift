import TestSupport
import Testing

/// Inputs that can't be used at all: the status says which kind of failure it is and nothing is written (contract §1).
struct InputFailureTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let arguments: [String]
    let status: Int32
    /// What standard error must hold, place and code included.
    let says: [String]
    var testDescription: String { name }

    init(_ name: String, _ arguments: [String], _ status: Int32, _ says: String...) {
      (self.name, self.arguments, self.status, self.says) = (name, arguments, status, says)
    }
  }

  static let cases = [
    Case("missing table", ["convert", "--mapping", "./things.json", "none.csv"], 66, "none.csv: error: ", "«none.csv»", "[input-missing]"),
    Case("missing document", ["reformat", "none.ttl"], 66, "none.ttl: error: ", "[input-missing]"),
    Case("missing mapping file", ["convert", "--mapping", "./none.json", "table.csv"], 66, "none.json", "[input-missing]"),
    Case("folder as table", ["convert", "--mapping", "./things.json", "folder"], 66, "folder: error: ", "[input-unreadable]"),
    Case("folder as document", ["reformat", "folder"], 66, "folder: error: ", "[input-unreadable]"),
    Case(
      "table on the network", ["convert", "--offline", "http://127.0.0.1:9/a.csv"], 69, "http://127.0.0.1:9/a.csv: error: ",
      "[network-unavailable]"),
    Case("table on this machine", ["convert", "http://127.0.0.1:9/a.csv"], 69, "http://127.0.0.1:9/a.csv: error: ", "[network-refused]"),
    Case(
      "server that does not answer", ["convert", "--allow-host", "127.0.0.1:9", "http://127.0.0.1:9/a.csv"], 69,
      "http://127.0.0.1:9/a.csv: error: ", "[network-failed]"),
    Case(
      "document on the network", ["reformat", "--offline", "http://127.0.0.1:9/a.ttl"], 69, "http://127.0.0.1:9/a.ttl: error: ",
      "[network-unavailable]"),
    Case(
      "unknown mapping", ["convert", "--mapping", "leverantorsreskontr", "table.csv"], 66, "Nearest: leverantorsreskontra",
      "[mapping-unknown]"),
    Case("mapping that is not JSON", ["convert", "--mapping", "./broken.json", "table.csv"], 65, "broken.json:2:", "[json-syntax]"),
    Case(
      "mapping that is a list", ["convert", "--mapping", "./list.json", "table.csv"], 65, "list.json:1:1: error: ", "[metadata-invalid]"),
    Case(
      "mapping without CSVW", ["convert", "--mapping", "./other.json", "table.csv"], 65, "other.json:1:1: error: ", "[metadata-invalid]"),
    Case(
      "mapping with an unknown annotation", ["convert", "--mapping", "./rule.json", "table.csv"], 65, "rule.json", "Nearest: withhold",
      "[annotation-unknown]"),
    Case(
      "register that is none", ["convert", "--mapping", "./register.json", "table.csv"], 66, "register.json", "Nearest: kommun",
      "[register-missing]"),
    Case(
      "table that fits no variant", ["convert", "--mapping", "leverantorsreskontra", "table.csv"], 65, "table.csv:1: error: ",
      "[variant-none]"),
    Case("truncated Turtle", ["reformat", "truncated.ttl"], 65, "truncated.ttl:3:8: error: ", "[rdf-syntax]"),
    Case("prefix of nobody", ["reformat", "prefix.ttl"], 65, "prefix.ttl:1:1: error: ", "[rdf-prefix-undeclared]"),
    Case("nested lists", ["reformat", "--count", "lists.ttl"], 65, "lists.ttl:1:", "[rdf-depth]"),
    Case("nested blank nodes", ["reformat", "--count", "nodes.ttl"], 65, "nodes.ttl:1:", "[rdf-depth]"),
    Case("nested JSON", ["convert", "nested.json"], 65, "nested.json:1:", "[json-depth]"),
    Case("truncated JSON", ["convert", "truncated.json"], 65, "truncated.json:1:", "[json-syntax]"),
    Case("JSON that is no table", ["convert", "object.json"], 65, "object.json", "[table-not-recognised]"),
  ]

  @Test(arguments: cases) func endsWithItsStatusAndItsPlace(_ example: Case) throws {
    let folder = try TemporaryFolder()
    try folder.write("things.json", plainMapping)
    try folder.write("table.csv", "id,namn\n1,a\n")
    try folder.write("folder/inside.csv", "id\n1\n")
    try folder.write("broken.json", "{\n  \"@context\": oops\n}\n")
    try folder.write("list.json", "[1, 2]")
    try folder.write("other.json", #"{"type": "FeatureCollection", "features": []}"#)
    try folder.write("rule.json", plainMapping.replacing("ns/csvw/columnMatching\": \"title\"", with: "ns/csvw/withold\": \"id = 1\""))
    try folder.write("register.json", plainMapping.replacing("register\": \"kommun\"", with: "register\": \"komun\""))
    try folder.write("truncated.ttl", "@prefix ex: <http://example.org/> .\nex:a ex:b ex:c ;\n  ex:d \"x")
    try folder.write("prefix.ttl", "ex:a a ex:b .\n")
    try folder.write("lists.ttl", "<http://a/> <http://b/> " + String(repeating: "(", count: 100_000))
    try folder.write("nodes.ttl", "<http://a/> " + String(repeating: "<http://b/> [", count: 100_000))
    try folder.write("nested.json", String(repeating: "[", count: 100_000))
    try folder.write("truncated.json", #"[{"id": 1}, {"id": "#)
    try folder.write("object.json", #"{"a": {"b": 1}}"#)
    let run = try ProgramRun(example.arguments, in: folder)
    #expect(run.status == example.status)
    #expect(run.output.isEmpty)
    for text in example.says { #expect(run.errors.contains(text), "\(run.errors)") }
  }

  /// What packs one small table in each way, and what unpacks it.
  static let packed: [(kind: String, ending: String, command: String, bytes: String)] = [
    ("gzip", ".gz", "gunzip", "1f8b0800000000000003cb4cd1c94bcccde332d449e4020017a47e840c000000"),
    (
      "bzip2", ".bz2", "bunzip2",
      "425a68393141592653593c839ea3000004590000100004200024232000310c0820368912103e70f1772453850903c839ea30"
    ),
    (
      "xz", ".xz", "unxz",
      "fd377a585a000004e6d6b4460200210116000000742fe5a301000b69642c6e616d6e0a312c610a0015f6f87a3fadeb310001240ca618d8d81fb6f37d01000000"
        + "0004595a"
    ),
    ("zstd", ".zst", "unzstd", "28b52ffd045861000069642c6e616d6e0a312c610af2916478"),
  ]

  /// A packed file is told as one wherever a file is opened, by what it holds and not by its name.
  @Test(arguments: packed.indices) func aPackedFileIsToUnpackFirst(_ number: Int) throws {
    let (kind, ending, command, digits) = Self.packed[number]
    let bytes = stride(from: 0, to: digits.utf8.count, by: 2).map { at in
      UInt8(String(decoding: Array(digits.utf8)[at..<(at + 2)], as: UTF8.self), radix: 16) ?? 0
    }
    let option = command == "unzstd" ? "" : " -k"
    let folder = try TemporaryFolder()
    try folder.write("things.json", plainMapping)
    for name in ["t.csv" + ending, "min tabell.csv" + ending, "t.csv", "t.ttl"] { try folder.write(name, bytes) }
    let runs: [(arguments: [String], file: String, advice: String)] = [
      (["convert", "--mapping", "./things.json", "t.csv" + ending], "t.csv" + ending, "\(command)\(option) t.csv\(ending)."),
      (
        ["validate", "--mapping", "./things.json", "min tabell.csv" + ending], "min tabell",
        "\(command)\(option) 'min tabell.csv\(ending)'."
      ),
      (["convert", "--mapping", "./things.json", "t.csv"], "t.csv", "\(command)."),
      (["convert", "--mapping", "leverantorsreskontra", "-"], "-", "\(command)."), (["reformat", "t.ttl"], "t.ttl", "\(command)."),
      (["query", "--data", "t.ttl", "ASK {}"], "t.ttl", "\(command)."),
      (["resolve", "--register", "kommun", "--input", "t.csv"], "t.csv", "\(command)."),
      (["mapping", "new", "t.csv"], "t.csv", "\(command)."), (["diff", "t.ttl", "t.ttl"], "t.ttl", "\(command)."),
    ]
    for (arguments, file, advice) in runs {
      let run = try ProgramRun(arguments + ["--lang", "en"], input: arguments.last == "-" ? bytes : [], in: folder)
      #expect(run.status == 65, "\(arguments)")
      #expect(run.output.isEmpty)
      #expect(run.errors.contains("error: the file is packed with \(kind). Unpack it first, with \(command)"), "\(run.errors)")
      #expect(run.errors.contains(file) && run.errors.contains(advice + " [input-packed]"), "\(run.errors)")
    }
  }

  @Test(arguments: ["BZhus,namn\n1,a\n", "BZh9,namn\n1,a\n", "(,namn\n1,a\n"]) func aTextThatBeginsAlikeIsATable(_ text: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("t.csv", text)
    #expect(try ProgramRun(["convert", "--mode", "minimal", "t.csv"], in: folder).status == 0)
  }

  @Test func aTableComesOnStandardInput() throws {
    let folder = try TemporaryFolder()
    try folder.write("things.json", plainMapping)
    let arguments = ["convert", "--mapping", "./things.json", "--mode", "minimal", "--format", "ntriples", "-"]
    let run = try ProgramRun(arguments, input: Array("id,namn\n1,a\n2\n".utf8), in: folder)
    #expect(run.status == 1)
    #expect(run.lines.contains(label("1", "a")))
    #expect(run.errorLines.first?.hasPrefix("-:3:") == true)
  }

  @Test func aDocumentComesOnStandardInput() throws {
    let folder = try TemporaryFolder()
    let run = try ProgramRun(["reformat", "--to", "ntriples", "-"], input: Array("<http://a/> a <http://b/> .".utf8), in: folder)
    #expect(run.status == 0)
    #expect(run.text == "<http://a/> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://b/> .\n")
  }
}
