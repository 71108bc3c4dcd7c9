import ArgumentParser
import Bytes
import Problems
import RDF
import Resources

// What several options ask of their values; where they are not so, the command is misspelt.

/// Makes sure that the value of an option is an IRI with a scheme, in which nothing stands that may not.
func requireWhole(_ iri: String, of option: String) throws {
  let isWhole = ByteString(iri).withView { IRICharacters.schemeLength(of: $0) != nil && IRICharacters.firstForbidden(in: $0) == nil }
  if !isWhole { throw ValidationError(.phrase("usage-iri", ["option": option, "text": iri])) }
}

/// Makes sure that an option's value is the name of a file, where standard output would be no place for what goes there.
func requireFile(_ path: String?, of option: String) throws {
  if path == "-" { throw ValidationError(.phrase("usage-output-file", ["option": option])) }
}

/// Makes sure that no two options have one place to write to: a file, or standard output, which is called `-`.
func requireDifferent(_ outputs: [(option: String, path: String?)]) throws {
  for (number, later) in outputs.enumerated() {
    guard let path = later.path else { continue }
    for earlier in outputs[..<number] {
      guard let other = earlier.path else { continue }
      if path == "-" || other == "-" ? path == other : FileOutput.replacesSame(other, path) {
        throw ValidationError(.phrase("usage-output-same", ["one": earlier.option, "other": later.option, "text": path]))
      }
    }
  }
}
