package import Bytes

/// The number of a variable within one query, from 0.
package typealias VariableID = Int

/// The variables of one query: those that its text names, and those that translation makes (for blank nodes, for the middle of
/// property paths, for keys and aggregates).
package struct VariableTable: Sendable {
  /// The names without `?`, by number. Names that begin with a dot are made and never seen by the user.
  package private(set) var names: [ByteString] = []
  private var numbers: [ByteString: VariableID] = [:]

  /// How many variables.
  package var count: Int { names.count }

  /// The name of a variable.
  package subscript(variable: VariableID) -> ByteString { names[variable] }

  /// The number of the variable of this name, or nil.
  package func find(_ name: ByteString) -> VariableID? { numbers[name] }

  /// Whether the variable was made by translation.
  package func isMade(_ variable: VariableID) -> Bool { names[variable].bytes.first == UInt8(ascii: ".") }

  /// The number of the variable of this name, which gets one where it has none.
  mutating func id(of name: ByteView) -> VariableID {
    let name = ByteString(name)
    if let id = numbers[name] { return id }
    numbers[name] = names.count
    names.append(name)
    return names.count - 1
  }

  /// A new variable that no text can name.
  mutating func make(_ kind: String) -> VariableID {
    names.append(ByteString(".\(kind)\(names.count)"))
    return names.count - 1
  }
}

/// Variables in the order in which they first came, each once: those in scope (SPARQL 1.1 §18.2.1).
package struct VariableScope: Sendable {
  /// The variables in order.
  package private(set) var order: [VariableID] = []
  private var members: Set<VariableID> = []

  /// No variables.
  package init() {}

  /// Whether a variable is in scope.
  package func contains(_ variable: VariableID) -> Bool { members.contains(variable) }

  /// Adds a variable.
  package mutating func insert(_ variable: VariableID) {
    if members.insert(variable).inserted { order.append(variable) }
  }

  /// Adds the variables of another scope.
  package mutating func formUnion(_ other: VariableScope) {
    for variable in other.order { insert(variable) }
  }
}
