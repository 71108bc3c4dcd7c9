import ArgumentParser
import Bytes
import Glibc
import Identifiers
import Mapping
import Problems
import Resources
import Site

/// `kommungraf mint`: identifiers that are given out once and kept for ever (contract §1).
struct MintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mint", abstract: "Give things persistent identifiers, end them, and check a register's ledger.",
    subcommands: [MintKeysCommand.self] + MintEndings.commands + [MintVerifyCommand.self, MintRedirectsCommand.self],
    defaultSubcommand: MintKeysCommand.self)
}

/// Which register, and how it is found.
struct LedgerOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The register.", valueName: "R"))
  var register: String

  /// The register and its ledger.
  func open(_ global: GlobalOptions, _ problems: any ProblemSink) throws(Failure) -> RegisterLedger {
    let file = try SiteFile.here(global)
    let library = Library.standard(site: file?.folder)
    let patterns = file?.registers ?? [:]
    try RegisterShelf(library, patterns: patterns, base: file?.base, resources: global.source).checkPatterns(
      movedAt: file?.registerPlaces ?? [:], problems: problems)
    return try RegisterLedger(
      register, library: library, patterns: patterns, base: file?.base, resources: global.source, problems: problems)
  }

  /// The register and its ledger, in which something is to be written.
  /// - Throws: ``ProblemCode/registerForeign`` where the register came with the program.
  func openOwn(_ global: GlobalOptions, _ problems: any ProblemSink) throws(Failure) -> RegisterLedger {
    let found = try open(global, problems)
    try found.requireOwn()
    return found
  }
}

/// Who does something, when and why.
extension Minting.Occasion {
  /// Now, by whoever runs the program.
  static func now(reason: String?) -> Minting.Occasion {
    let user = (["KOMMUNGRAF_ACTOR", "SUDO_USER", "USER", "LOGNAME"] as [String]).compactMap { getenv($0).map { String(cString: $0) } }
      .first {
        !$0.isEmpty
      }
    return Minting.Occasion(time: Glibc.time(nil), actor: ByteString(user ?? ""), reason: ByteString(reason ?? ""))
  }
}

/// `kommungraf mint --register R`: identifiers for one thing or for the rows of a table.
struct MintKeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "Mint identifiers: for a key, for a new key, or for the rows of a table.",
    discussion: """
      What already has an identifier keeps it. The IRI is written on standard output; a table comes back with one more column, iri.

      kommungraf mint --register forskola --key 1880-11 --label Lärkan
      kommungraf mint --register forskola --input forskolor.csv -o med-iri.csv
      """)

  @OptionGroup var ledger: LedgerOptions
  @Option(help: ArgumentHelp("The key that the thing is to have.", valueName: "K"))
  var key: String?
  @Flag(help: "Make a key that says nothing of the thing, as the register's newKey says.")
  var new = false
  @Option(help: ArgumentHelp("A table whose rows are things.", valueName: "FILE"))
  var input: String?
  @Option(
    help: ArgumentHelp(
      "The key that the thing has where it comes from, by which it is known again; with --input the title of the column.", valueName: "TEXT"
    ))
  var natural: String?
  @Option(help: ArgumentHelp("What the thing is called.", valueName: "L"))
  var label: [String] = []
  @Option(help: ArgumentHelp("Why.", valueName: "T"))
  var reason: String?
  @Flag(name: .customLong("dry-run"), help: "Say what would be minted, and write nothing.")
  var dryRun = false
  @Option(
    name: .customShort("o"), help: ArgumentHelp("Write to FILE instead of standard output; it appears when it is whole.", valueName: "FILE")
  )
  var output: String?
  @OptionGroup var global: GlobalOptions

  mutating func validate() throws {
    if [key != nil, new, input != nil].count(where: { $0 }) != 1 { throw ValidationError(.phrase("usage-mint-what")) }
    if label.count > 1 || (input != nil && !label.isEmpty) { throw ValidationError(.phrase("usage-mint-label")) }
  }

  func run() throws {
    let problems = ProblemList()
    do throws(Failure) {
      let found = try ledger.openOwn(global, problems)
      let result = try ResultOutput(output)
      let table = try input.map { path throws(Failure) in try MintTable(path, found.register, natural: natural, global.source, problems) }
      let things =
        table?.things ?? [
          Minting.Thing(
            key: key.map { ByteString($0) }, naturalKey: natural.map { ByteString($0) }, label: label.first.map { ByteString($0) })
        ]
      let identifiers = try mint(things, found, table, problems)
      var text = ByteBuffer()
      if let table {
        table.append(identifiers, to: &text)
      } else {
        for item in identifiers { text.append(bytes: item.iri); text.append("\n") }
      }
      try result.finish(with: text.view)
      tell(identifiers)
      global.console.show(problems)
    } catch {
      throw global.console.fail(error, after: problems)
    }
  }

  private func mint(
    _ things: [Minting.Thing], _ found: RegisterLedger, _ table: MintTable?, _ problems: ProblemList
  ) throws(Failure) -> [Minting.Identifier] {
    let occasion = Minting.Occasion.now(reason: reason)
    func work(_ ledger: borrowing Ledger) throws(Failure) -> ([Minting.Identifier], [LedgerEvent]) {
      var minting = try Minting(found.register, newKey: found.register.declaration.newKey, after: ledger, occasion)
      var identifiers: [Minting.Identifier] = []
      identifiers.reserveCapacity(things.count)
      for (number, thing) in things.enumerated() {
        do throws(Failure) {
          identifiers.append(try minting.identifier(of: thing, in: ledger))
        } catch {
          guard let table else { throw error }
          throw table.placed(error, number)
        }
      }
      return (identifiers, minting.events)
    }
    if dryRun { return try work(try found.ledger(global.source, problems: problems)).0 }
    let file = try LedgerFile(found.path, register: ByteString(found.register.name), problems: problems)
    let (identifiers, events) = try file.read(work)
    if !events.isEmpty { try file.append(events) }
    return identifiers
  }

  private func tell(_ identifiers: [Minting.Identifier]) {
    let new = identifiers.count(where: \.isNew)
    let numbers = ["new": "\(new)", "known": "\(identifiers.count - new)"]
    global.console.tell("kommungraf: " + Wording.shared.text(dryRun ? "minted-dry" : "minted", in: global.language, numbers))
  }
}

/// `kommungraf mint verify --register R`: whether a ledger's chain holds.
struct MintVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check a register's ledger from its first line to its last.")
  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let problems = ProblemList()
    do throws(Failure) {
      let found = try ledger.open(global, problems)
      guard access(found.path, F_OK) == 0 else { throw Failure(.inputMissing, at: Place(file: found.path), ["name": found.path]) }
      let state = try found.ledger(global.source, problems: problems)
      global.console.tell(
        "kommungraf: "
          + Wording.shared.text("ledger-holds", in: global.language, ["events": "\(state.lineCount - 1)", "keys": "\(state.count)"]))
      global.console.show(problems)
    } catch {
      throw global.console.fail(error, after: problems)
    }
  }
}
