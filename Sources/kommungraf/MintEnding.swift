import ArgumentParser
import Bytes
import Identifiers
import Mapping
import Problems
import RDF
import Site

/// The ways in which an identifier ends: `kommungraf mint retire|replace|merge|split`.
enum MintEnding {
  /// The commands.
  static var commands: [any ParsableCommand.Type] { [Retire.self, Replace.self, Merge.self, Split.self] }

  /// `mint retire`: 410 from then on.
  struct Retire: MintEndingCommand {
    static let kind = LedgerEvent.Kind.retired
    static let configuration = CommandConfiguration(abstract: "End an identifier whose thing is no more.")
    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var ending: EndingOptions
    @OptionGroup var global: GlobalOptions
  }

  /// `mint replace`: 308 to its successor.
  struct Replace: MintEndingCommand {
    static let kind = LedgerEvent.Kind.replaced
    static let configuration = CommandConfiguration(abstract: "End an identifier whose thing goes by another key from now on.")
    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var ending: EndingOptions
    @OptionGroup var global: GlobalOptions
  }

  /// `mint merge`: 300 with its successor.
  struct Merge: MintEndingCommand {
    static let kind = LedgerEvent.Kind.merged
    static let configuration = CommandConfiguration(abstract: "End an identifier whose thing was merged into another.")
    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var ending: EndingOptions
    @OptionGroup var global: GlobalOptions
  }

  /// `mint split`: 300 with its successors, or alive where it is one of them.
  struct Split: MintEndingCommand {
    static let kind = LedgerEvent.Kind.split
    static let configuration = CommandConfiguration(
      abstract: "Split an identifier's thing. Where --into names the key itself too, it lives on.")
    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var ending: EndingOptions
    @OptionGroup var global: GlobalOptions
  }
}

/// What ends, what goes on in its place, why and from when.
struct EndingOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The key that ends.", valueName: "K"))
  var key: String
  @Option(help: ArgumentHelp("A key that goes on in its place.", valueName: "K"))
  var into: [String] = []
  @Option(help: ArgumentHelp("Why.", valueName: "T"))
  var reason: String
  @Option(help: ArgumentHelp("The day from which it holds, YYYY-MM-DD.", valueName: "D"))
  var date: DayOption
}

/// One way in which an identifier ends.
protocol MintEndingCommand: ParsableCommand {
  static var kind: LedgerEvent.Kind { get }
  var ledger: LedgerOptions { get }
  var ending: EndingOptions { get }
  var global: GlobalOptions { get }
}

extension MintEndingCommand {
  mutating func validate() throws {
    switch Self.kind {
    case .replaced, .merged: if ending.into.count != 1 { throw ValidationError(.phrase("usage-mint-one")) }
    case .split: if ending.into.count < 2 { throw ValidationError(.phrase("usage-mint-several")) }
    default: if !ending.into.isEmpty { throw ValidationError(.phrase("usage-mint-none")) }
    }
  }

  func run() throws {
    let problems = ProblemList()
    do throws(Failure) {
      let found = try ledger.open(global, problems)
      let policy = try IdentifierPolicy(found.register)
      func key(_ text: String) throws(Failure) -> ByteString {
        try ByteString(text).withView { view throws(Failure) in try policy.key(view) }
      }
      let occasion = Minting.Occasion.now(reason: ending.reason)
      var event = LedgerEvent(Self.kind, try key(ending.key), time: occasion.time)
      event.successors = try ending.into.map(key)
      event.day = ending.date.date
      event.actor = occasion.actor
      event.reason = occasion.reason
      let file = try LedgerFile(found.path, register: ByteString(found.register.name), problems: problems)
      for named in [event.key] + event.successors { try file.read { state throws(Failure) in try found.requireKnown(named, in: state) } }
      try file.append([event])
      global.console.show(problems)
    } catch {
      throw global.console.fail(error, after: problems)
    }
  }
}

extension RegisterLedger {
  /// Only what the register has can end, or go on in another's place.
  func requireKnown(_ key: ByteString, in ledger: borrowing Ledger) throws(Failure) {
    if key.withView({ ledger.entry(of: $0)?.minted }) != nil { return }
    if register.members.contains(where: { $0.key == key }) { return }
    throw Failure(.keyUnknown, value: key.text, ["register": .text(register.name)])
  }
}
