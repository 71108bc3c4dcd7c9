import ArgumentParser
import Bytes
import Mapping
import Problems
import Resources
import Site

/// `mapping new FILE`: a first mapping of a file, for a person to look at.
struct NewMappingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Propose a first mapping of a file.",
    discussion: """
      Reads the file and writes CSVW metadata: how it is written, the columns with names, titles, datatypes and formats, what tells rows \
      apart, codes of registers, coordinates, and a rule that withholds what looks like personal numbers. What to look at is said on \
      standard error. The mapping validates at once: kommungraf validate --mapping new.json FILE.

      kommungraf mapping new -o lekplatser.json lekplatser.csv
      """)

  @Option(
    name: .customShort("o"), help: ArgumentHelp("Write to FILE instead of standard output; it appears when it is whole.", valueName: "FILE")
  )
  var output: String?
  @OptionGroup var global: GlobalOptions
  @Argument(help: ArgumentHelp("The table: a path, a web address, or - for standard input.", valueName: "FILE"))
  var file: String

  func run() throws {
    let console = global.console
    do throws(Failure) {
      let result = try ResultOutput(output)
      let new = try NewMapping(file, library: .standard(), resources: global.source)
      try ByteString(new.proposal.text).withView { view throws(Failure) in try result.finish(with: view) }
      for (number, line) in new.lines(in: global.language).enumerated() { console.tell((number == 0 ? "kommungraf: " : "  ") + line) }
    } catch {
      throw console.fail(error, after: ProblemList())
    }
  }
}
