import Foundation
import TestSupport
import Testing

/// The examples beside every mapping give, byte for byte, the output that stands beside them (contract §3).
struct ExampleTests {
  /// An input in `mappings/NAME/examples` with its whole expected output.
  struct Example: CustomTestStringConvertible, Sendable {
    let mapping: String
    let input: String
    /// One argument a line, from `INPUT.options`.
    let options: [String]
    var testDescription: String { mapping + "/" + input }

    /// The file's path.
    var path: String { "\(ProgramRun.repository)/mappings/\(mapping)/examples/\(input)" }
  }

  static let examples: [Example] = {
    let root = ProgramRun.repository + "/mappings"
    return contents(root).flatMap { mapping in
      let names = contents("\(root)/\(mapping)/examples")
      return names.filter { names.contains($0 + ".ttl") }.map { input in
        let options = try? String(contentsOfFile: "\(root)/\(mapping)/examples/\(input).options", encoding: .utf8)
        return Example(mapping: mapping, input: input, options: (options ?? "").split(separator: "\n").map(String.init))
      }
    }
  }()

  private static func contents(_ folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  @Test func thereAreExamples() {
    #expect(Self.examples.contains { $0.mapping == "leverantorsreskontra" })
  }

  @Test(arguments: examples) func givesTheOutputBesideIt(_ example: Example) throws {
    let folder = try TemporaryFolder()
    let converted = try ProgramRun(
      ["convert", "--mapping", example.mapping, "--base", "https://data.example.se/", "-o", "out.ttl"] + example.options + [example.path],
      in: folder)
    #expect(converted.status == 0, "\(converted.errors)")
    let sorted = try ProgramRun(["reformat", "--sorted", "out.ttl"], in: folder)
    #expect(sorted.status == 0, "\(sorted.errors)")
    let expected = try String(contentsOfFile: example.path + ".ttl", encoding: .utf8)
    #expect(sorted.text.split(separator: "\n") == expected.split(separator: "\n"))
    #expect(sorted.output == Array(expected.utf8))
  }
}
