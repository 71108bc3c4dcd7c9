import ArgumentParser
import Bytes
import Identifiers
import Mapping
import Problems
import RDF
import Site

/// A way in which an identifier ends: `kommungraf mint retire|replace|merge|split`.
protocol MintEnding {
  static var kind: LedgerEvent.Kind { get }
  static var name: String { get }
  static var abstract: String { get }
}

/// The ways there are.
enum MintEndings {
  /// Their commands.
  static var commands: [any ParsableCommand.Type] {
    [
      MintEndingCommand<Retired>.self, MintEndingCommand<Replaced>.self, MintEndingCommand<Merged>.self, MintEndingCommand<Split>.self,
    ]
  }

  /// 410 from then on.
  enum Retired: MintEnding {
    static let kind = LedgerEvent.Kind.retired
    static let name = "retire"
    static let abstract = "End an identifier whose thing is no more."
  }

  /// 308 to its successor.
  enum Replaced: MintEnding {
    static let kind = LedgerEvent.Kind.replaced
    static let name = "replace"
    static let abstract = "End an identifier whose thing goes by another key from now on."
  }

  /// 300 with its successor.
  enum Merged: MintEnding {
    static let kind = LedgerEvent.Kind.merged
    static let name = "merge"
    static let abstract = "End an identifier whose thing was merged into another."
  }

  /// 300 with its successors, or alive where it is one of them.
  enum Split: MintEnding {
    static let kind = LedgerEvent.Kind.split
    static let name = "split"
    static let abstract = "Split an identifier's thing. Where --into names the key itself too, it lives on."
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

  mutating func validate() throws {
    if reason.allSatisfy(\.isWhitespace) { throw ValidationError(.phrase("usage-mint-reason")) }
  }
}

/// Ends an identifier in one way.
struct MintEndingCommand<Ending: MintEnding>: ParsableCommand {
  static var configuration: CommandConfiguration { CommandConfiguration(commandName: Ending.name, abstract: Ending.abstract) }

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var ending: EndingOptions
  @OptionGroup var global: GlobalOptions

  mutating func validate() throws {
    switch Ending.kind {
    case .replaced, .merged: if ending.into.count != 1 { throw ValidationError(.phrase("usage-mint-one")) }
    case .split: if Set(ending.into).count < 2 { throw ValidationError(.phrase("usage-mint-several")) }
    default: if !ending.into.isEmpty { throw ValidationError(.phrase("usage-mint-none")) }
    }
  }

  func run() throws {
    let problems = ProblemList()
    do throws(Failure) {
      let found = try ledger.openOwn(global, problems)
      let policy = try IdentifierPolicy(found.register)
      func key(_ text: String) throws(Failure) -> ByteString {
        try ByteString(text).withView { view throws(Failure) in try policy.key(view) }
      }
      let occasion = Minting.Occasion.now(reason: ending.reason)
      var event = LedgerEvent(Ending.kind, try key(ending.key), time: occasion.time)
      for successor in try ending.into.map(key) where !event.successors.contains(successor) { event.successors.append(successor) }
      event.day = ending.date.date
      event.actor = occasion.actor
      event.reason = occasion.reason
      let file = try LedgerFile(found.path, register: ByteString(found.register.name), problems: problems)
      for named in [event.key] + event.successors { try file.read { state throws(Failure) in try found.requireKnown(named, in: state) } }
      if let today = CivilDate(dayNumber: occasion.time / 86_400) {
        for successor in event.successors { try found.requireInUse(successor, on: today) }
      }
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

  /// Nothing goes on as what has ended itself; what the ledger says of that, the ledger sees to.
  func requireInUse(_ key: ByteString, on today: CivilDate) throws(Failure) {
    if register.hasEnded(key, by: today) { throw Failure(.keyEnded, value: key.text, ["register": .text(register.name)]) }
  }
}
