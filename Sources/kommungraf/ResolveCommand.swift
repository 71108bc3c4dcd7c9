import ArgumentParser
import Bytes
import Glibc
import Identifiers
import Mapping
import Problems
import RDF
import Resources
import Site
import Tables

/// `kommungraf resolve`: what a code or name means, or each of a column (contract §1).
struct ResolveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve", abstract: "Say which identifier a code or a name means, or those of a table.",
    discussion: """
      A code, a name («Örebro», «Göteborgs stad», «GÖTEBORG»), a name with one slip, or an identifier. The IRI, the name and what became of \
      the question come on standard output with tabs between them, and of what has ended what goes on in its place; a table comes back with \
      columns for these. What may mean several things is not decided: the choices are told.

      kommungraf resolve --register kommun "Örebro kommun"
      kommungraf resolve --register kommun --input besok.csv --column kommun -o besok-iri.csv
      """)

  @Option(help: ArgumentHelp("The register. Without it all registers answer for a KEY.", valueName: "R"))
  var register: String?
  @Option(help: ArgumentHelp("A table of which one column is looked up.", valueName: "FILE"))
  var input: String?
  @Option(help: ArgumentHelp("The title of the column; without it the first.", valueName: "TITLE"))
  var column: String?
  @Option(
    name: .customLong("as-of"), help: ArgumentHelp("The day on which codes are to hold, YYYY-MM-DD. Without it, now.", valueName: "DATE"))
  var day: DayOption?
  @Option(
    name: .customShort("o"), help: ArgumentHelp("Write to FILE instead of standard output; it appears when it is whole.", valueName: "FILE")
  )
  var output: String?
  @OptionGroup var global: GlobalOptions
  @Argument(help: ArgumentHelp("A code, a name or an identifier.", valueName: "KEY"))
  var key: String?

  mutating func validate() throws {
    if (key == nil) == (input == nil) { throw ValidationError(.phrase("usage-resolve-what")) }
    if input != nil, register == nil { throw ValidationError(.phrase("usage-resolve-register")) }
    if input == nil, column != nil { throw ValidationError(.phrase("usage-resolve-column")) }
  }

  func run() throws {
    let problems = ProblemList()
    var missing = 0
    do throws(Failure) {
      let site = try SiteFile.here(global)
      let shelf = RegisterShelf(
        .standard(site: site?.folder), patterns: site?.registers ?? [:], base: site?.base, resources: global.source)
      if let input, let register {
        missing = try resolve(table: input, in: try found(register, shelf, problems), problems)
      } else if let key {
        let registers = if let register { [try found(register, shelf, problems)] } else { shelf.all.all }
        missing = try resolve(key, in: registers, problems)
        global.console.show(problems)
      }
    } catch {
      throw global.console.fail(error, after: problems)
    }
    if missing > 0 || problems.errorCount > 0 { throw ExitCode(1) }
  }

  private func found(_ name: String, _ shelf: RegisterShelf, _ problems: ProblemList) throws(Failure) -> Register {
    guard let register = try shelf.register(named: name, problems: problems) else { throw shelf.missing(name) }
    return register
  }

  /// Writes a line for each register that has an answer, and says how many were wanted in vain: 1 where none has.
  private func resolve(_ text: String, in registers: [Register], _ problems: ProblemList) throws(Failure) -> Int {
    let today = SwedishTime.date(at: .now)
    let asked = ByteString(text)
    var out = ByteBuffer()
    var unanswered: [(problem: Problem, isNear: Bool)] = []
    var count = 0
    for register in registers {
      var key = ByteBuffer()
      let resolution = asked.withView { register.resolve($0, key: &key, asOf: day?.date, today: today) }
      let problem = asked.withView { register.problem(resolution, of: $0, asOf: day?.date) }
      if resolution.status.isFound {
        append(resolution, key.view, register, to: &out)
        count += 1
        if let problem { problems.report(problem) }
      } else if let problem {
        // What is refused is refused by all alike.
        if resolution.status == .refused, !unanswered.isEmpty { continue }
        unanswered.append((problem, resolution.status != .unknown || problem.arguments["nearest"] != nil))
      }
    }
    // Of many registers those speak that have something to say.
    if count == 0 {
      let telling = unanswered.filter(\.isNear)
      if telling.isEmpty, registers.count > 1 {
        problems.report(Problem(.lookupNowhere, value: text))
      } else {
        for (problem, _) in telling.isEmpty ? unanswered : telling { problems.report(problem) }
      }
    }
    try ResultOutput(output).finish(with: out.view)
    return count == 0 ? 1 : 0
  }

  private func append(_ resolution: Register.Resolution, _ key: ByteView, _ register: Register, to out: inout ByteBuffer) {
    let member = resolution.member.map { register.members[$0] }
    register.append(iriOf: key, to: &out)
    out.append("\t")
    if let name = member?.names.first { out.append(bytes: name) }
    out.append("\t")
    out.append(text: resolution.status.rawValue)
    if let member, resolution.status != .found, !member.successors.isEmpty {
      out.append("\t")
      for (number, successor) in member.successors.enumerated() {
        if number > 0 { out.append(" ") }
        successor.withView { register.append(iriOf: $0, to: &out) }
      }
    }
    out.append("\n")
  }

  /// Writes the table with what was found, tells the problems by kind, and says how many cells were not found.
  private func resolve(table path: String, in register: Register, _ list: ProblemList) throws(Failure) -> Int {
    let started = ContinuousClock.now
    let problems = ProblemGroups(list)
    let name = TableName(path)
    let rows = try TableReader.open(try global.source.open(name.file), sheet: name.sheet, dialect: .undeclared, problems: problems)
    var table = try ResolvedTable(
      rows, column: column, in: register, asOf: day?.date, today: SwedishTime.date(at: .now), problems: problems)
    let result = try ResultOutput(output)
    var out = ByteBuffer()
    var goesOn = true
    while goesOn {
      goesOn = try table.next(&out)
      try result.target.write(out.view)
      out.truncate()
    }
    try result.finish()
    let counts = table.counts
    let report = RunReport(
      inputs: [path], mapping: nil, conversion: ConversionReport(), problems: problems, milliseconds: started.millisecondsSince)
    global.console.show(findingsOf: report)
    let numbers = ["read": "\(counts.rows)", "found": "\(counts.found)", "missing": "\(counts.missing)"]
    global.console.tell("kommungraf: " + Wording.shared.text("resolved", in: global.language, numbers))
    return counts.missing
  }
}

extension Console {
  /// Shows the problems of a run by kind and column.
  fileprivate func show(findingsOf report: RunReport) {
    if isJSON || isQuiet { return show(report.problems) }
    for line in ReportText(report, in: language).findings { say(line) }
  }
}
