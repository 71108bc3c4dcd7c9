import TestSupport
import Testing

/// How a misspelt command is told of to whoever reads Swedish (contract §1, §2).
struct SwedishUsageTests {
  struct Case: CustomTestStringConvertible {
    let arguments: [String]
    let says: String
    var testDescription: String { arguments.joined(separator: " ") }
    init(_ arguments: String..., says: String) { (self.arguments, self.says) = (arguments, says) }
  }

  static let misspelt = [
    Case("convrt", says: "Oväntat argument 'convrt'"),
    Case("convert", "--mappin", "m", "t.csv", says: "Okänd flagga '--mappin'. Menade du '--mapping'?"),
    Case("convert", "--obegripligt", "t.csv", says: "Okänd flagga '--obegripligt'\n"),
    Case("convert", "t.csv", "--mapping", says: "Det saknas ett värde till '--mapping <NAME|FILE>'"),
    Case(
      "convert", "--mode", "loud", "t.csv",
      says: "Värdet 'loud' duger inte för '--mode <standard|minimal>'. Välj ett av 'standard' och 'minimal'."),
    Case("convert", "--format", "word", "t.csv", says: "Värdet 'word' duger inte för '--format <F>'"),
    Case("convert", "--log-level", "loud", "t.csv", says: "Välj ett av följande:\n  - trace\n  - debug"),
    Case("convert", "--as-of", "i morgon", "t.csv", says: "Värdet 'i morgon' duger inte för '--as-of <DATE>'"),
    Case("convert", "--quiet=3", "t.csv", says: "Flaggan '--quiet' tar inget värde, men fick '3'."),
    Case("convert", says: "Fel: ange minst en INPUT"),
    Case("convert", "--set", "x", "t.csv", says: "--set behöver NAMN=VÄRDE, inte «x»"),
    Case(
      "convert", "--base", "https://data.example.se:80/", "t.csv", says: "--base: basen «https://data.example.se:80/» har ett portnummer."),
    Case("mapping", "show", says: "Det saknas ett argument: '<NAME>'"),
    Case("mapping", "show", "a", "b", "c", says: "2 oväntade argument: 'b', 'c'"),
    Case("query", says: "ange QUERY, --query-file eller --save-snapshot"),
    Case("serve", "--port", "70000", says: "--port ska vara mellan 0 och 65535"),
  ]

  @Test(arguments: misspelt, [true, false]) func inSwedish(_ example: Case, _ byOption: Bool) throws {
    let folder = try TemporaryFolder()
    let run = try ProgramRun(
      example.arguments + (byOption && example.arguments.count > 1 ? ["--lang=sv"] : []),
      environment: byOption && example.arguments.count > 1 ? ["LC_MESSAGES": "en_GB.UTF-8"] : ["LC_MESSAGES": "sv_SE.UTF-8"], in: folder)
    #expect(run.status == 64)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains(example.says), "\(run.errors)")
    #expect(run.errors.hasPrefix("Fel: ") && run.errors.contains("Användning: kommungraf"), "\(run.errors)")
    for word in ["Error", "Usage", "Help:", "See '", "nvalid"] { #expect(!run.errors.contains(word), "\(run.errors)") }
  }

  @Test func theOptionCountsBeforeTheLocale() throws {
    let run = try ProgramRun(
      ["convert", "--lang", "en"], environment: ["LC_MESSAGES": "sv_SE.UTF-8"], in: try TemporaryFolder())
    #expect(run.errors.hasPrefix("Error: name at least one INPUT"))
  }
}
