package import Bytes

extension Register {
  /// What the rows of a register's table say in one further column, such as the kommun that an organisation is.
  package final class Entries: Sendable, Equatable {
    private let keys: ByteTable
    private let values: [ByteString]

    fileprivate init(_ members: [Member], column: ByteString) {
      var keys = ByteTable()
      var values: [ByteString] = []
      for member in members {
        guard let value = member.further[column] else { continue }
        let (number, isNew) = member.key.withView { keys.insert($0) }
        // Of the rows of one key the last counts, which is the latest.
        if isNew { values.append(value) } else { values[number] = value }
      }
      self.keys = keys
      self.values = values
    }

    /// What the row of a key says; nil where there is none, or it says nothing.
    package func entry(of key: ByteView) -> ByteString? { keys.find(key).map { values[$0] } }

    /// Whether two are one and the same.
    package static func == (one: Entries, other: Entries) -> Bool { one === other }
  }

  /// What the rows say in a further column of the table; nil where it has none of that name that points to another register.
  package func entries(in column: ByteString) -> Entries? {
    declaration.furtherColumns.contains(column) ? Entries(members, column: column) : nil
  }
}
