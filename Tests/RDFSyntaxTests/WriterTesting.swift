import Bytes
import Problems
import RDF
import RDFSyntax
import Resources

/// What the writer of `format` makes of quads that come in batches of `piece`.
func text(_ quads: [Quad], as format: Format, sorted: Bool = false, prefixes: Prefixes = .example, piece: Int = .max) throws -> String {
  let output = MemoryOutput()
  let writer = try RDFWriter.make(format, to: output, prefixes: prefixes, sorted: sorted)
  var batch = QuadBatch(capacity: 16)
  for (index, quad) in quads.enumerated() {
    if index > 0, index % piece == 0 {
      try writer.append(batch)
      batch.reset()
    }
    batch.append(quad)
  }
  try writer.append(batch)
  try writer.finish()
  return output.text
}

extension Prefixes {
  /// `ex:` for http://example.org/, and some well-known ones in an order that is not the alphabet's.
  static var example: Prefixes {
    var prefixes = Prefixes()
    prefixes.set(prefix: "xsd", namespace: XSD.namespace)
    prefixes.set(prefix: "rdf", namespace: RDFTerms.namespace)
    prefixes.set(prefix: "ex", namespace: "http://example.org/")
    prefixes.set(prefix: "deep", namespace: "http://example.org/deep#")
    return prefixes
  }
}
