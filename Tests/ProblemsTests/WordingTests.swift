import Bytes
import Problems
import Testing

@Suite("What people are told") struct WordingTests {
  @Test("every code has a message in every language", arguments: ProblemCode.allCases, Language.allCases)
  func everyCode(_ code: ProblemCode, _ language: Language) {
    let problem = Problem(code)
    let message = Wording.shared.message(of: problem, in: language)
    #expect(!message.isEmpty)
    #expect(!message.contains("{") && !message.contains("[["))
  }

  @Test("a code speaks of the same arguments in both languages", arguments: ProblemCode.allCases)
  func sameArguments(_ code: ProblemCode) {
    func isUsed(_ name: String, _ language: Language) -> Bool {
      let problem = Problem(code, [name: "<<\(name)>>"])
      let text = Wording.shared.message(of: problem, in: language) + Wording.shared.help(of: problem, in: language)
      return text.contains("<<\(name)>>")
    }
    let names = ["name", "reason", "nearest", "what", "limit", "found", "expected", "encoding", "key", "character", "choices", "register"]
    for name in names { #expect(isUsed(name, .sv) == isUsed(name, .en), "\(name) of \(code.rawValue)") }
  }

  @Test("codes are stable names in lower case with hyphens", arguments: ProblemCode.allCases)
  func names(_ code: ProblemCode) {
    #expect(code.rawValue.utf8.allSatisfy { isLetter($0) && $0 >= 0x61 || $0 == UInt8(ascii: "-") })
  }

  @Test("a line is what compilers write, with the help and the code")
  func line() {
    let place = Place(file: "ledger.csv", line: 42, column: 7)
    let problem = Problem(
      .registerUnknown, at: place, value: "18880", ["register": "kommun", "nearest": "1880 Örebro", "file": "kommun.csv"])
    #expect(
      problem.line(in: .en)
        == "ledger.csv:42:7: error: «18880» is not a kommun code; nearest: 1880 Örebro. Correct the cell or add the code to kommun.csv. "
        + "[register-unknown]")
    #expect(problem.line(in: .sv).hasPrefix("ledger.csv:42:7: fel: «18880» är ingen kod i registret kommun; närmast: 1880 Örebro."))
  }

  @Test("optional parts fall away where nothing is known, and a value that may not be shown says so")
  func optionalParts() {
    let unknown = Problem(.registerUnknown, value: "x", ["register": "kommun"])
    #expect(unknown.line(in: .en) == "error: «x» is not a kommun code. Correct the cell. [register-unknown]")
    let secret = Problem(.registerUnknown, ["register": "kommun"])
    #expect(secret.line(in: .en).contains("«(not shown)»"))
    #expect(secret.line(in: .sv).contains("«(visas inte)»"))
  }

  @Test("what a cell says is never taken for a placeholder")
  func valueIsText() {
    let problem = Problem(.registerUnknown, value: "{register}[[x]]", ["register": "kommun"])
    #expect(problem.line(in: .en).contains("«{register}[[x]]»"))
  }

  @Test(
    "nor is what stands for a placeholder of the program's own texts",
    arguments: [
      ("diff-title", ["old": "{new}", "new": "{old}"], "Difference between {new} and {old}"),
      ("diff-title", ["old": "{new}{old}", "new": "[[{old}]]"], "Difference between {new}{old} and [[{old}]]"),
      ("diff-title", ["old": "a"], "Difference between a and {new}"), ("diff-title", [:], "Difference between {old} and {new}"),
      ("diff-same", ["old": "a"], "no difference"), ("no-such-text", [:], "no-such-text"),
    ] as [(String, [String: String], String)])
  func argumentIsText(_ name: String, _ arguments: [String: String], _ text: String) {
    #expect(Wording.shared.text(name, in: .en, arguments) == text)
  }

  @Test(
    "a place is written with what is known",
    arguments: [
      (Place(), ""), (Place(file: "a"), "a"), (Place(file: "a", line: 2), "a:2"), (Place(file: "a", line: 2, column: 3), "a:2:3"),
      (Place(line: 2, column: 3), "2:3"), (Place(file: "a", line: 2, column: 3, pointer: "/x/0"), "a:2:3:/x/0"),
      (Place(file: "a", pointer: "/x"), "a:/x"),
    ])
  func places(_ place: Place, _ text: String) { #expect(place.prefix == text) }

  @Test(
    "the language follows the locale",
    arguments: [("sv_SE.UTF-8", .sv), ("sv", .sv), ("en_US.UTF-8", .en), ("C", .en), (nil, .en)] as [(String?, Language)])
  func languages(_ locale: String?, _ language: Language) { #expect(Language(locale: locale) == language) }
}
