package import Bytes

/// The members of a JSON object in the order of the text, each key once.
package struct JSONObject: Sendable {
  /// A key with its value.
  package struct Member: Sendable {
    /// The key, decoded.
    package let key: ByteString
    /// The line where the key stands, from 1; 0 where it was not read from a text.
    package let keyLine: Int32
    /// The column where the key's quote stands, from 1; 0 where it was not read from a text.
    package let keyColumn: Int32
    /// The value.
    package let value: JSONNode

    /// A member, at a place or at none.
    package init(_ key: ByteString, line: Int32 = 0, column: Int32 = 0, _ value: JSONNode) {
      self.key = key
      keyLine = line
      keyColumn = column
      self.value = value
    }
  }

  /// Objects larger than this are searched by a table of their keys.
  private static let searched = 12

  /// The members in order.
  package let members: [Member]
  private let index: [ByteString: Int]

  /// An object of these members. Where a key stands more than once, the last value counts, at the place of the first.
  package init(_ members: [Member] = []) {
    self.init(members) { _ in }
  }

  /// As above; `repeated` hears of every member whose key stood before.
  init(_ members: [Member], repeated: (Member) -> Void) {
    var index: [ByteString: Int] = [:]
    var unique: [Member] = []
    unique.reserveCapacity(members.count)
    let isLarge = members.count > Self.searched
    for member in members {
      let found = isLarge ? index[member.key] : unique.firstIndex { $0.key == member.key }
      if let found {
        repeated(member)
        unique[found] = member
      } else {
        if isLarge { index[member.key] = unique.count }
        unique.append(member)
      }
    }
    self.members = unique
    self.index = index
  }

  /// The value under `key`, or nil.
  package subscript(_ key: ByteString) -> JSONNode? {
    if members.count > Self.searched { return index[key].map { members[$0].value } }
    return members.first { $0.key == key }?.value
  }

  /// The value under `key`, or nil.
  package subscript(_ key: String) -> JSONNode? { self[ByteString(key)] }

  /// The keys in order.
  package var keys: [ByteString] { members.map(\.key) }

  /// Whether there are no members.
  package var isEmpty: Bool { members.isEmpty }
}
