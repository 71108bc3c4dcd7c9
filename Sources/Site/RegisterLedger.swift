import Bytes
package import Identifiers
import Mapping
package import Problems
package import Resources

/// A register with the ledger beside it (contract §3): `NAME.ledger`, beside `NAME.csv-metadata.json`.
package struct RegisterLedger: Sendable {
  /// The register.
  package let register: Register
  /// The path of its ledger, whether or not there is one yet.
  package let path: String
  /// The file that declares the register.
  private let metadata: String
  /// Whether it is the user's own, and not one that all sites share.
  private let isOwn: Bool

  /// The register with a name, and where its ledger is.
  /// - Parameter base: what the site's own IRIs begin with; nil without a site.
  /// - Throws: ``ProblemCode/registerMissing`` with the nearest name, ``ProblemCode/registerInvalid``, or what its files throw.
  package init(
    _ name: String, library: Library, patterns: [String: String], base: String?, resources: any ByteSource, problems: any ProblemSink
  ) throws(Failure) {
    guard let metadata = library.registerFile(name) else {
      var arguments = ["register": name]
      arguments["nearest"] = nearest(to: name, among: library.registerNames)
      throw Failure(.registerMissing, value: name, arguments)
    }
    register = try RegisterLoader(resources: resources, problems: problems).load(
      name, metadata: metadata, pattern: patterns[name], base: base)
    path = library.ledgerFile(besides: metadata)
    self.metadata = metadata
    isOwn = library.isOwn(metadata)
  }

  /// Makes sure that the register's identifiers are the user's to give out and to end.
  /// - Throws: ``ProblemCode/registerForeign`` where the register came with the program.
  package func requireOwn() throws(Failure) {
    if !isOwn { throw Failure(.registerForeign, at: Place(file: metadata), ["register": register.name]) }
  }
}

extension RegisterLedger {
  /// What the ledger says; nothing where there is none yet.
  /// - Throws: ``ProblemCode/ledgerBroken``, ``ProblemCode/ledgerInvalid`` with the line.
  package func ledger(_ resources: any ByteSource, problems: any ProblemSink) throws(Failure) -> Ledger {
    try Ledger(reading: path, of: register, resources, problems: problems)
  }
}

extension Ledger {
  /// The ledger of a register in a file, to look at; an empty one where there is no file.
  init(reading path: String, of register: Register, _ resources: any ByteSource, problems: any ProblemSink) throws(Failure) {
    self.init(register: ByteString(register.name), file: path)
    let bytes: [UInt8] = exists(path) ? try resources.open(path).readAll() : []
    _ = try bytes.withUnsafeBufferPointer { buffer throws(Failure) in try takeFile(ByteView(buffer), problems: problems) }
  }
}
