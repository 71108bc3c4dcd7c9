import Foundation
import TestSupport
import Testing

/// The tutorial does what it shows: its commands are run, and what they say is compared with what stands below them.
struct TutorialTests {
  /// A command of a page, and what stands below it.
  struct Step: CustomTestStringConvertible {
    let command: String
    let shown: String
    var testDescription: String { command }
  }

  private static let catalog = ProgramRun.repository + "/Sources/Site/Site.docc/"

  /// The blocks of commands of a page, each with the block of output that follows it, if one does before the next command.
  private static func steps(of page: String) -> [Step] {
    var steps: [Step] = []
    let blocks = page.components(separatedBy: "```").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    for block in blocks {
      if block.hasPrefix("sh\n") {
        steps.append(Step(command: String(block.dropFirst(3).dropLast()), shown: ""))
      } else if let last = steps.popLast() {
        steps.append(Step(command: last.command, shown: String(block.dropFirst())))
      }
    }
    return steps
  }

  /// The text with times, days of today and how much comes along with every site as they never are, so that they compare alike.
  private func timeless(_ text: String) -> String {
    text.replacing(/in [0-9]+\.[0-9]{3} s/, with: "in 0.000 s").replacing(/127\.0\.0\.1:[0-9]+/, with: "127.0.0.1:0")
      .replacing(/(published on|--date) [0-9]{4}-[0-9]{2}-[0-9]{2}/, with: { $0.output.1 + " DAY" })
      .replacing(/[0-9]+ graphs, [0-9,]+ triples and [0-9,]+ identifiers/, with: "0 graphs, 0 triples and 0 identifiers")
  }

  @Test(arguments: ["FromFileToLinkedData", "IdentifiersForPreschools"]) func aTutorial(_ name: String) throws {
    let page = try String(contentsOfFile: Self.catalog + name + ".md", encoding: .utf8)
    let folder = try TemporaryFolder()
    for file in try FileManager.default.contentsOfDirectory(atPath: Self.catalog) where file.hasPrefix("synthetic-") {
      try folder.write(file, Array(Data(contentsOf: URL(fileURLWithPath: Self.catalog + file))))
    }
    try folder.write("bin/none", "")
    try FileManager.default.createSymbolicLink(atPath: folder.file("bin/kommungraf"), withDestinationPath: ProgramRun.executable)
    let steps = Self.steps(of: page)
    #expect(steps.count >= 9)
    #expect(steps.contains { $0.command == "kommungraf serve" })
    var server: ServedProgram?
    for step in steps {
      if step.command == "kommungraf serve" {
        let served = try ServedProgram([], in: folder.path)
        #expect(timeless(served.said.joined(separator: "\n") + "\n") == timeless(step.shown))
        server = served
        continue
      }
      if step.command.contains("curl "), !FileManager.default.isExecutableFile(atPath: "/usr/bin/curl") { continue }
      let command = step.command.replacing("127.0.0.1:8080", with: "127.0.0.1:\(server?.port ?? 8080)")
      let setting = "exec 2>&1; cd '\(folder.path)'; export LC_ALL=C PATH='\(folder.path)/bin':\"$PATH\"\n"
      let run = try CommandOutput("/bin/sh", ["-c", setting + command])
      #expect(timeless(run.text) == timeless(step.shown), "\(step.command)")
    }
  }
}
