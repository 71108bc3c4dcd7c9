import Bytes
import Identifiers

/// Tells whether the cells of a column are ways to reach somebody, and the step that makes IRIs of them.
enum ContactGuess: String, CaseIterable {
  case mail, phone, url

  /// The least share of cells that the step takes, in percent.
  private static let leastShare = 99

  /// What the cells are; nil where they are none of these. An address of a mailbox shows by itself; digits are telephone numbers where the
  /// header says so; words with points between them are addresses on the web where the header says so, or they look like it.
  init?(_ facts: ColumnFacts, _ meanings: [HeaderWords.Meaning]) {
    let declared = Self.declared(by: meanings)
    let found = Self.allCases.first { contact in
      if let declared { return contact == declared && facts.share(Self.leastShare, where: contact.takes) }
      switch contact {
      case .mail: return facts.share(Self.leastShare, where: contact.takes)
      case .phone: return false
      case .url: return facts.share(Self.leastShare) { Self.looksLikeWeb($0) && contact.takes($0) }
      }
    }
    guard let found else { return nil }
    self = found
  }

  /// What the header says that the cells are; nil where it says nothing of it.
  static func declared(by meanings: [HeaderWords.Meaning]) -> ContactGuess? {
    for meaning in meanings {
      switch meaning.property {
      case "schema:email": return .mail
      case "schema:telephone": return .phone
      case "schema:url": return .url
      default: break
      }
    }
    return nil
  }

  /// Whether the header says that cells are ways to reach somebody, and not one of them is.
  static func isContradicted(_ facts: ColumnFacts, _ meanings: [HeaderWords.Meaning]) -> Bool {
    guard let declared = declared(by: meanings), facts.filled > 0 else { return false }
    return facts.count(where: declared.takes) == 0
  }

  /// The step as a mapping names it.
  var step: String { rawValue }

  /// Whether the step takes a cell.
  func takes(_ text: ByteString) -> Bool {
    let step: CleaningStep =
      switch self {
      case .mail: .mail
      case .phone: .phone
      case .url: .url
      }
    return text.withView { [step].applied(to: $0) } != nil
  }

  private static func looksLikeWeb(_ text: ByteString) -> Bool {
    let lower = text.text.lowercased()
    return ["http://", "https://", "www."].contains { lower.hasPrefix($0) } && !lower.contains(" ")
  }
}
