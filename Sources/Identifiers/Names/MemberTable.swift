import Bytes

/// Texts, and the members of a register that each of them means, by their places.
struct MemberTable: ~Copyable, Sendable {
  private var texts: ByteTable
  /// The member of each text; of one that several have -1 - n, n being its place in ``shared``.
  private var owners: [Int] = []
  /// The members of texts that several have.
  private var shared: [[Int]] = []

  /// An empty table.
  init(capacity: Int = 64) { texts = ByteTable(capacity: max(capacity, 1)) }

  /// How many texts.
  var count: Int { owners.count }

  /// Notes that a text means a member.
  mutating func note(_ text: ByteView, of member: Int) {
    let (number, isNew) = texts.insert(text)
    if isNew { return owners.append(member) }
    let owner = owners[number]
    if owner < 0 {
      if !shared[-1 - owner].contains(member) { shared[-1 - owner].append(member) }
    } else if owner != member {
      shared.append([owner, member])
      owners[number] = -shared.count
    }
  }

  /// The number of a text, or nil.
  func find(_ text: ByteView) -> Int? { texts.find(text) }

  /// A text by its number.
  func text(_ number: Int) -> ByteView { texts.view(number) }

  /// The one member of a text; nil where several have it.
  func only(_ number: Int) -> Int? { owners[number] < 0 ? nil : owners[number] }

  /// The members of a text.
  func members(_ number: Int) -> [Int] { owners[number] < 0 ? shared[-1 - owners[number]] : [owners[number]] }
}
