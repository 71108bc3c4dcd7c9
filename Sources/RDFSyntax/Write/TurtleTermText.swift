package import Bytes
import RDF

/// Puts terms into the words of Turtle, and knows which prefixes that takes.
struct TurtleTerms {
  private(set) var prefixes: Prefixes
  /// For each prefix whether it was used.
  private var isUsed: [Bool]
  /// Prefixes used since they were last asked for, as indexes.
  private(set) var pending: [Int] = []

  init(_ prefixes: Prefixes) {
    self.prefixes = prefixes
    isUsed = Array(repeating: false, count: prefixes.entries.count)
  }

  /// Takes a suggestion unless its name or its namespace is in use, or it is none.
  mutating func suggest(prefix: String, namespace: String) {
    let entry = Prefixes.Entry(prefix: ByteString(prefix), namespace: ByteString(namespace))
    guard entry.prefix.withView({ $0.isPrefixName }), !entry.namespace.isEmpty else { return }
    for (index, other) in prefixes.entries.enumerated() where isUsed[index] {
      if other.prefix == entry.prefix || other.namespace == entry.namespace { return }
    }
    let used = zip(prefixes.entries, isUsed).filter { $0.1 }.map { $0.0 }
    let waiting = pending.map { prefixes.entries[$0] }
    prefixes.set(prefix: entry.prefix, namespace: entry.namespace)
    isUsed = prefixes.entries.map { used.contains($0) }
    pending = prefixes.entries.indices.filter { waiting.contains(prefixes.entries[$0]) }
  }

  /// The prefixes used since the last time, in the order of the list.
  mutating func takePending() -> [Prefixes.Entry] {
    defer { pending.removeAll(keepingCapacity: true) }
    return pending.sorted().map { prefixes.entries[$0] }
  }

  /// Appends an IRI, with a prefix where its local name needs no escape.
  mutating func append(iri: ByteView, to out: inout ByteBuffer) {
    guard let (index, length) = prefixes.find(iri), iri.dropFirst(length).isLocalName else { return out.append(bracketed: iri) }
    if !isUsed[index] {
      isUsed[index] = true
      pending.append(index)
    }
    out.append(bytes: prefixes.entries[index].prefix)
    out.append(UInt8(ascii: ":"))
    out.append(iri.dropFirst(length))
  }

  /// Appends a predicate: `a` for rdf:type.
  mutating func append(predicate iri: ByteView, to out: inout ByteBuffer) {
    if iri.count == RDFTerms.type.count, RDFTerms.type.withView({ $0 == iri }) {
      out.append(UInt8(ascii: "a"))
    } else {
      append(iri: iri, to: &out)
    }
  }

  /// Appends any term.
  mutating func append(_ id: TermID, of terms: borrowing TermArena, to out: inout ByteBuffer) {
    let record = terms[id]
    let view = terms.view(id)
    switch record.kind {
    case .iri, .tag: append(iri: view, to: &out)
    case .blankNode:
      out.append("_:")
      out.append(view)
    case .string: out.append(quoted: view)
    case .typed:
      let datatype = terms.view(record.qualifier)
      if view.isShorthand(ofDatatype: datatype) { return out.append(view) }
      out.append(quoted: view)
      out.append("^^")
      append(iri: datatype, to: &out)
    case .tagged:
      out.append(quoted: view)
      out.append(UInt8(ascii: "@"))
      out.append(terms.view(record.qualifier))
    }
  }
}

extension ByteBuffer {
  /// Appends declarations, a line each.
  mutating func append(declarations entries: [Prefixes.Entry]) {
    for entry in entries {
      append("@prefix ")
      append(bytes: entry.prefix)
      append(": ")
      entry.namespace.withView { append(bracketed: $0) }
      append(" .\n")
    }
  }
}

extension ByteView {
  /// Whether Turtle reads these bytes, bare, as a literal of this lexical form and datatype (RDF 1.1 Turtle §2.5.2, §2.5.3).
  package func isShorthand(ofDatatype datatype: ByteView) -> Bool {
    // The four datatypes: 33 bytes of namespace, and six or seven of name.
    guard datatype.count == 40 || datatype.count == 39, XSD.namespace.withView({ datatype.hasPrefix($0) }) else { return false }
    let name = datatype.dropFirst(33)
    if name == "boolean" { return self == "true" || self == "false" }
    guard let shape = numberShape else { return false }
    return (name == "integer" && shape == .integer) || (name == "decimal" && shape == .decimal) || (name == "double" && shape == .double)
  }

  private enum NumberShape { case integer, decimal, double }

  private var numberShape: NumberShape? {
    var index = 0
    func digits() -> Int {
      let start = index
      while index < count, isDigit(self.start[index]) { index &+= 1 }
      return index &- start
    }
    if index < count, start[index] == UInt8(ascii: "+") || start[index] == UInt8(ascii: "-") { index &+= 1 }
    let whole = digits()
    if index == count { return whole > 0 ? .integer : nil }
    var fraction = 0
    if start[index] == UInt8(ascii: ".") {
      index &+= 1
      fraction = digits()
      if index == count { return fraction > 0 ? .decimal : nil }
    }
    guard whole &+ fraction > 0, start[index] | 0x20 == UInt8(ascii: "e") else { return nil }
    index &+= 1
    if index < count, start[index] == UInt8(ascii: "+") || start[index] == UInt8(ascii: "-") { index &+= 1 }
    return digits() > 0 && index == count ? .double : nil
  }
}
