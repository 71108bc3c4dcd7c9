package import Identifiers
package import Mapping
package import Problems
package import Resources

/// The registers of a library, read when they are asked for.
package struct RegisterShelf: Sendable {
  let library: Library
  let resources: any ByteSource
  /// Patterns in force by register, where a site has moved one (`registers:` of site.yaml).
  let patterns: [String: String]
  /// What patterns without a scheme are relative to, or nil.
  let base: String?

  /// The registers of `library`.
  /// - Parameter base: what a site's own IRIs begin with; nil without a site.
  package init(_ library: Library, patterns: [String: String] = [:], base: String? = nil, resources: any ByteSource) {
    self.library = library
    self.patterns = patterns
    self.base = base
    self.resources = resources
  }

  /// The registers that a mapping names, and those that have been moved.
  /// - Throws: ``ProblemCode/registerMissing`` with the nearest name, ``ProblemCode/registerInvalid``, or what their files throw.
  package func registers(for mapping: TableGroupDescription, problems: any ProblemSink) throws(Failure) -> Registers {
    try registers(named: mapping.registerNames, file: mapping.file, problems: problems)
  }

  /// The registers with these names, which the mapping in `file` gives, and those that have been moved.
  /// - Throws: as ``registers(for:problems:)``.
  func registers(named names: Set<String>, file: String, problems: any ProblemSink) throws(Failure) -> Registers {
    var registers: [Register] = []
    for name in names.union(patterns.keys).sorted() {
      guard let register = try register(named: name, problems: problems) else { throw missing(name, at: Place(file: file)) }
      registers.append(register)
    }
    return Registers(registers)
  }

  /// What to tell where there is no register of a name: the nearest one.
  package func missing(_ name: String, at place: Place = Place()) -> Failure {
    var arguments = ["register": name]
    arguments["nearest"] = nearest(to: name, among: library.registerNames + library.codeListNames)
    return Failure(.registerMissing, at: place, value: name, arguments)
  }

  /// The register or code list with a name, or nil where the library has none.
  /// - Throws: ``ProblemCode/registerInvalid``, or what its files throw, a ledger that is broken
  ///   among them.
  package func register(named name: String, problems: any ProblemSink) throws(Failure) -> Register? {
    if let list = library.file("vocabularies/codes/\(name).ttl") {
      return try CodeListLoader(resources: resources, problems: problems).load(name, path: list)
    }
    guard let metadata = library.registerFile(name) else { return nil }
    let register = try RegisterLoader(resources: resources, problems: problems).load(
      name, metadata: metadata, pattern: patterns[name], base: base)
    let path = library.ledgerFile(besides: metadata)
    return exists(path) ? register.joined(with: try Ledger(reading: path, of: register, resources, problems: problems)) : register
  }

  /// All registers and code lists that can be read.
  package var all: Registers { Registers(Array(eachOne)) }

  /// All registers and code lists that can be read, each when it is come to, so that they need not be there together.
  var eachOne: some Sequence<Register> {
    let quiet = ProblemList(kept: 0)
    return (library.registerNames + library.codeListNames).lazy.compactMap { try? register(named: $0, problems: quiet) }
  }
}
