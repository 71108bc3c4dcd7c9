import Bytes
import Problems
import RDF
import Resources

/// Writes RDF/XML (RDF 1.1 XML Syntax) as quads come: those of one subject that follow each other form one element. The names of graphs
/// are dropped. The prefixes that are known are declared at the root; any other namespace on the element that needs it.
final class RDFXMLWriter: QuadSink {
  private let output: any ByteOutput
  private var renderer: RDFXMLRenderer

  init(_ output: any ByteOutput, prefixes: Prefixes) {
    self.output = output
    renderer = RDFXMLRenderer(prefixes)
  }

  func suggest(prefix: String, namespace: String) { renderer.suggest(prefix: prefix, namespace: namespace) }

  /// - Throws: ``ProblemCode/xmlNameImpossible`` or ``ProblemCode/xmlCharacterImpossible`` for what XML can't say.
  func append(_ batch: borrowing QuadBatch) throws(Failure) { try renderer.append(batch, to: output) }

  func finish() throws(Failure) { try renderer.finish(to: output) }
}

/// The text of the document, gathered into blocks.
private struct RDFXMLRenderer: ~Copyable {
  private var prefixes: Prefixes
  private var buffer = ByteBuffer(capacity: blockSize + 1 << 16)
  private var last = LastQuad()
  private var hasBegun = false
  private var isOpen = false

  private static let blockSize = 1 << 18

  init(_ prefixes: Prefixes) {
    self.prefixes = prefixes
    self.prefixes.set(prefix: "rdf", namespace: RDFTerms.namespace)
  }

  mutating func suggest(prefix: String, namespace: String) {
    if !hasBegun, prefixes.namespace(of: ByteString(prefix)) == nil {
      prefixes.set(prefix: ByteString(prefix), namespace: ByteString(namespace))
    }
  }

  mutating func append(_ batch: borrowing QuadBatch, to output: any ByteOutput) throws(Failure) {
    if batch.count == 0 { return }
    begin()
    for index in 0..<batch.count {
      let shared = index == 0 ? last.shared(with: batch, false) : batch.shared(index, false)
      switch shared {
      case .nothing, .graph:
        closeSubject()
        try openSubject(batch.subjects[index], batch.terms)
      case .subject, .predicate: break
      }
      try property(batch.predicates[index], batch.objects[index], batch.terms)
      if buffer.count > Self.blockSize { try flush(to: output) }
    }
    last = LastQuad(batch)
  }

  mutating func finish(to output: any ByteOutput) throws(Failure) {
    begin()
    closeSubject()
    buffer.append("</rdf:RDF>\n")
    try flush(to: output)
  }

  private mutating func flush(to output: any ByteOutput) throws(Failure) {
    try output.write(buffer.view)
    buffer.truncate()
  }

  private mutating func begin() {
    if hasBegun { return }
    hasBegun = true
    buffer.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rdf:RDF")
    for entry in prefixes.entries where !entry.prefix.isEmpty && !entry.prefix.isReservedInXML {
      buffer.append("\n  xmlns:")
      buffer.append(bytes: entry.prefix)
      buffer.append("=\"")
      _ = entry.namespace.withView { buffer.append(xml: $0, inAttribute: true) }
      buffer.append("\"")
    }
    buffer.append(">\n")
  }

  private mutating func closeSubject() {
    if isOpen { buffer.append("  </rdf:Description>\n") }
    isOpen = false
  }

  private mutating func openSubject(_ id: TermID, _ terms: borrowing TermArena) throws(Failure) {
    buffer.append("  <rdf:Description ")
    try node(id, terms, iriAttribute: "rdf:about")
    buffer.append(">\n")
    isOpen = true
  }

  /// Appends an attribute that names an IRI or a blank node.
  private mutating func node(_ id: TermID, _ terms: borrowing TermArena, iriAttribute: StaticString) throws(Failure) {
    if terms[id].kind == .blankNode {
      buffer.append("rdf:nodeID=\"")
      buffer.append(nodeID: terms.view(id))
    } else {
      buffer.append(iriAttribute)
      buffer.append("=\"")
      try text(terms.view(id), inAttribute: true)
    }
    buffer.append("\"")
  }

  private mutating func property(_ predicate: TermID, _ object: TermID, _ terms: borrowing TermArena) throws(Failure) {
    buffer.append("    <")
    let nameStart = buffer.count
    let declaration = try appendName(of: terms.view(predicate))
    let name = ByteString(buffer.view(nameStart..<buffer.count))
    if let declaration {
      buffer.append(" xmlns:ns=\"")
      try declaration.withView { view throws(Failure) in try text(view, inAttribute: true) }
      buffer.append("\"")
    }
    let record = terms[object]
    switch record.kind {
    case .iri, .blankNode, .tag:
      buffer.append(" ")
      try node(object, terms, iriAttribute: "rdf:resource")
      buffer.append("/>\n")
      return
    case .string: break
    case .typed:
      buffer.append(" rdf:datatype=\"")
      try text(terms.view(record.qualifier), inAttribute: true)
      buffer.append("\"")
    case .tagged:
      buffer.append(" xml:lang=\"")
      try text(terms.view(record.qualifier), inAttribute: true)
      buffer.append("\"")
    }
    buffer.append(">")
    try text(terms.view(object), inAttribute: false)
    buffer.append("</")
    buffer.append(bytes: name)
    buffer.append(">\n")
  }

  /// Appends a predicate as an element's name; gives the namespace where it must be declared there, for the prefix `ns`.
  private mutating func appendName(of iri: ByteView) throws(Failure) -> ByteString? {
    let cut = iri.xmlLocalNameStart
    if cut == iri.count || cut == 0 { throw Failure(.xmlNameImpossible, value: iri.text) }
    let local = iri.dropFirst(cut)
    let namespace = iri[0..<cut]
    let known = prefixes.find(iri).map { (prefixes.entries[$0.index].prefix, $0.length) }
    if let (prefix, length) = known, !prefix.isEmpty, !prefix.isReservedInXML, length >= cut, iri.dropFirst(length).isXMLName {
      buffer.append(bytes: prefix)
      buffer.append(":")
      buffer.append(iri.dropFirst(length))
      return nil
    }
    buffer.append("ns:")
    buffer.append(local)
    return ByteString(namespace)
  }

  private mutating func text(_ view: ByteView, inAttribute: Bool) throws(Failure) {
    if let bad = buffer.append(xml: view, inAttribute: inAttribute) {
      throw Failure(.xmlCharacterImpossible, ["character": "U+" + String(bad, radix: 16, uppercase: true)])
    }
  }
}
