import ArgumentParser
import Bytes
import Identifiers
import Mapping
import Problems
import RDF
import Site

/// Options that say by which mapping tables are read.
struct MappingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The mapping: a name from «mapping list», or a file of CSVW metadata or RML (.rml.ttl).", valueName: "NAME|FILE"))
  var mapping: String?

  @Option(help: ArgumentHelp("Which variant of the mapping; without it the one that fits the file's columns.", valueName: "V"))
  var variant: String?

  @Option(help: ArgumentHelp("The value of a column that the files lack, for all rows.", valueName: "NAME=VALUE"))
  var set: [String] = []

  @Option(help: ArgumentHelp("Which triples: minimal (what cells say) or standard (tables and rows too).", valueName: "standard|minimal"))
  var mode: ModeOption?

  @Option(help: ArgumentHelp("What the IRIs of your own things begin with, such as https://data.orebro.se/.", valueName: "IRI"))
  var base: String?

  @Option(
    name: .customLong("as-of"),
    help: ArgumentHelp("Judge embargoes as of this day in Sweden, or this moment; today if left out.", valueName: "DATE")
  )
  var day: DayOption?

  @Option(
    name: .customLong("first-row"),
    help: ArgumentHelp("The row that the header stands in, where lines before it are no part of the table.", valueName: "N"))
  var firstRow: Int?

  @Option(
    name: .customLong("header-from"),
    help: ArgumentHelp("Take the columns' titles from the first row of FILE; the tables have none.", valueName: "FILE"))
  var headerFrom: String?

  mutating func validate() throws {
    if let firstRow, firstRow < 1 { throw ValidationError(.phrase("usage-first-row", ["text": "\(firstRow)"])) }
    for setting in set where !setting.contains("=") { throw ValidationError(.phrase("usage-set", ["text": setting])) }
    if variant != nil, mapping.map({ $0.contains("/") || $0.contains(".") }) ?? true {
      throw ValidationError(.phrase("usage-variant"))
    }
    if let base {
      do throws(Failure) { _ = try IdentifierBase.checked(base, at: Place()) } catch { throw ValidationError(error.problem, of: "--base") }
    }
  }

  /// The day as of which embargoes are judged; nil for today.
  var asOf: CivilDate? { day?.date }

  /// Whether none was given but the day.
  var isEmptyButForDay: Bool {
    mapping == nil && variant == nil && set.isEmpty && mode == nil && base == nil && firstRow == nil && headerFrom == nil
  }

  /// The settings by name.
  var settings: [String: String] {
    let pairs = set.compactMap { setting in
      setting.firstIndex(of: "=").map { (String(setting[..<$0]), String(setting[setting.index(after: $0)...])) }
    }
    return Dictionary(pairs, uniquingKeysWith: { $1 })
  }
}

/// A day, or a moment of which the day in Sweden counts.
struct DayOption: ExpressibleByArgument {
  let date: CivilDate

  init?(argument: String) {
    guard let date = ByteString(argument).withView({ SwedishTime.date(lexical: $0) }) else { return nil }
    self.date = date
  }
}

/// `standard` or `minimal`.
enum ModeOption: String, ExpressibleByArgument, CaseIterable {
  case standard, minimal
  var mode: ConversionMode { self == .standard ? .standard : .minimal }
}
