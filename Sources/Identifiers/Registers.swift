package import Problems

/// The registers that a run knows, by name.
package struct Registers: Sendable {
  private let byName: [String: Register]

  /// These registers.
  package init(_ registers: [Register]) {
    byName = Dictionary(registers.map { ($0.name, $0) }, uniquingKeysWith: { _, last in last })
  }

  /// The register with a name, or nil.
  package subscript(name: String) -> Register? { byName[name] }

  /// All names, in order.
  package var names: [String] { byName.keys.sorted() }

  /// All registers, by name.
  package var all: [Register] { names.compactMap { byName[$0] } }

  /// The problem to report where a mapping names a register that is not there.
  package func missing(_ name: String, at place: Place) -> Problem {
    var arguments = ["register": name]
    arguments["nearest"] = nearest(to: name, among: names)
    return Problem(.registerMissing, at: place, value: name, arguments)
  }
}
