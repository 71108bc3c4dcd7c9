import Bytes
import Identifiers

/// Tells by header and cells whether a column holds codes of a register.
///
/// Both must agree. The cells alone are enough where chance won't do it, and the header does not say that they are something else: many
/// different codes of a large register, or of an open one whose numbers have a check digit, or names of members. A small list of small
/// numbers is anything.
struct RegisterGuess {
  /// A register that a column seems to hold codes of.
  struct Found: Equatable {
    let name: String
    /// How many cells are codes or names of it, and how many there are.
    let fitting: Int
    let of: Int
    /// Whether the header says so too.
    let isNamed: Bool

    static func == (left: Found, right: Found) -> Bool {
      left.name == right.name && left.fitting == right.fitting && left.of == right.of && left.isNamed == right.isNamed
    }
  }

  /// The least share of cells that are codes, in percent.
  static let leastShare = 95
  /// From how many members on a register is large, and how many different codes or names must be met.
  private static let large = 100
  private static let leastDifferent = 3
  /// How long a name is that is not taken for a code, in bytes.
  private static let leastName = 4

  private let registers: Registers
  private let words: HeaderWords

  init(_ registers: Registers, _ words: HeaderWords) {
    self.registers = registers
    self.words = words
  }

  /// The register that fits a column best, or nil.
  /// - Parameters:
  ///   - cells: the different cells, without empty ones, with how often each stands.
  ///   - except: a register that is known not to fit.
  ///   - share: the least share of cells that must be codes, in percent.
  func register(title: String, cells: [ByteString: Int], except: String? = nil, share: Int = leastShare) -> Found? {
    let all = cells.values.reduce(0, +)
    if all == 0 { return nil }
    let meanings = words.meanings(of: title)
    let named = Set(meanings.compactMap(\.register))
    let isOther = meanings.contains { !$0.isEnding && $0.register == nil && $0.property != nil }
    var best: Found?
    for register in registers.all where register.name != except {
      let isNamed = named.contains(register.name) || foldedHeader(title) == foldedHeader(register.name)
      if !isNamed, isOther || cells.count < Self.leastDifferent { continue }
      var fitting = 0
      var different = 0
      var names = 0
      var key = ByteBuffer()
      for (text, count) in cells {
        key.truncate()
        guard text.withView({ register.find($0, key: &key) }) == .found else { continue }
        fitting += count
        different += 1
        if text.count >= Self.leastName, !text.bytes.contains(where: isDigit) { names += 1 }
      }
      guard fitting * 100 >= all * share else { continue }
      guard isNamed || names >= Self.leastDifferent || different >= Self.leastDifferent && isTelling(register) else { continue }
      let found = Found(name: register.name, fitting: fitting, of: all, isNamed: isNamed)
      if best == nil || (isNamed && best?.isNamed == false) || (isNamed == best?.isNamed && fitting > best?.fitting ?? 0) { best = found }
    }
    return best
  }

  /// Whether texts that are codes of a register are not so by chance.
  private func isTelling(_ register: Register) -> Bool {
    register.declaration.isOpen
      ? register.declaration.check != nil && register.declaration.form != nil : register.members.count >= Self.large
  }
}
