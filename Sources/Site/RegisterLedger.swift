package import Identifiers
import Mapping
package import Problems
package import Resources

/// A register with the ledger beside it (contract §3): `vocabularies/NAME.ledger`, beside `NAME.csv-metadata.json`.
package struct RegisterLedger: Sendable {
  /// The register.
  package let register: Register
  /// The path of its ledger, whether or not there is one yet.
  package let path: String

  /// The register with a name, and where its ledger is.
  /// - Throws: ``ProblemCode/registerMissing`` with the nearest name, ``ProblemCode/registerInvalid``, or what its files throw.
  package init(
    _ name: String, library: Library, patterns: [String: String], resources: any ByteSource, problems: any ProblemSink
  ) throws(Failure) {
    guard let metadata = library.file("vocabularies/\(name).csv-metadata.json") else {
      var arguments = ["register": name]
      arguments["nearest"] = nearest(to: name, among: library.registerNames)
      throw Failure(.registerMissing, value: name, arguments)
    }
    register = try RegisterLoader(resources: resources, problems: problems).load(name, metadata: metadata, pattern: patterns[name])
    path = metadata.dropLast(".csv-metadata.json".count) + ".ledger"
  }
}
