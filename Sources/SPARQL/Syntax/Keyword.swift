import Bytes

/// The words of the grammar that are not names of functions, in capitals or not (SPARQL 1.1 §19.8).
enum Keyword: String, CaseIterable {
  case base = "BASE"
  case prefix = "PREFIX"
  case version = "VERSION"
  case select = "SELECT"
  case construct = "CONSTRUCT"
  case describe = "DESCRIBE"
  case ask = "ASK"
  case distinct = "DISTINCT"
  case reduced = "REDUCED"
  case `as` = "AS"
  case from = "FROM"
  case named = "NAMED"
  case `where` = "WHERE"
  case group = "GROUP"
  case by = "BY"
  case having = "HAVING"
  case order = "ORDER"
  case ascending = "ASC"
  case descending = "DESC"
  case limit = "LIMIT"
  case offset = "OFFSET"
  case values = "VALUES"
  case undef = "UNDEF"
  case optional = "OPTIONAL"
  case graph = "GRAPH"
  case service = "SERVICE"
  case silent = "SILENT"
  case bind = "BIND"
  case minus = "MINUS"
  case union = "UNION"
  case filter = "FILTER"
  case not = "NOT"
  case exists = "EXISTS"
  case `in` = "IN"
  case separator = "SEPARATOR"
  case `true` = "TRUE"
  case `false` = "FALSE"

  private static let all: [ByteString: Keyword] = Dictionary(uniqueKeysWithValues: allCases.map { (ByteString($0.rawValue), $0) })

  /// The keyword that a word is, or nil.
  init?(_ word: ByteView) {
    guard word.count <= 9, let found = Self.all[word.inCapitals] else { return nil }
    self = found
  }

  /// The words that a request of SPARQL 1.1 Update begins with.
  static let updates: Set<ByteString> = ["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"]
}

extension ByteView {
  /// The bytes with ASCII letters in capitals.
  var inCapitals: ByteString {
    ByteString(buffer.map { isLetter($0) ? $0 & 0xDF : $0 })
  }
}
