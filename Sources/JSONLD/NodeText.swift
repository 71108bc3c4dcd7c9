import Bytes
import RDF

/// The text of node objects.
struct NodeText: ~Copyable {
  var out = ByteBuffer(capacity: 1 << 16)
  private(set) var names: CompactNames
  private let dataset: OrderedDataset
  private let nesting: Nesting
  private let collector: QuadCollector
  private let type: TermID?
  private let end: TermID?
  private var labels: [TermID: Int] = [:]
  /// Blank nodes that something refers to by their label.
  private var isReferred: Set<TermID> = []

  init(_ dataset: OrderedDataset, _ nesting: Nesting, _ names: CompactNames) {
    self.dataset = dataset
    self.nesting = nesting
    self.names = names
    collector = dataset.collector
    type = collector.id(ofIRI: RDFTerms.type)
    end = collector.id(ofIRI: RDFTerms.nil)
    var graphOf: [TermID: TermID] = [:]
    for row in dataset.rows {
      if collector.kind(row.object) == .blankNode, !nesting.isNested(row.object) { isReferred.insert(row.object) }
      if row.graph != QuadBatch.defaultGraph, collector.kind(row.graph) == .blankNode { isReferred.insert(row.graph) }
      if collector.kind(row.subject) == .blankNode, graphOf.updateValue(row.graph, forKey: row.subject) ?? row.graph != row.graph {
        isReferred.insert(row.subject)
      }
    }
  }

  /// A node on lines of its own.
  mutating func append(_ rows: Range<Int>, indent: Int, isLast: Bool) {
    out.append(UInt8(ascii: "\n"))
    out.append(spaces: indent)
    out.append("{\n")
    appendMembers(rows, indent: indent + 2)
    out.append(UInt8(ascii: "\n"))
    out.append(spaces: indent)
    out.append(isLast ? "}" : "},")
  }

  /// The members of a node object: its name, its types, its properties.
  mutating func appendMembers(_ rows: Range<Int>, indent: Int) {
    let subject = dataset.rows[rows.lowerBound].subject
    var isFirst = true
    if collector.kind(subject) != .blankNode || isReferred.contains(subject) {
      appendKey("@id", indent: indent)
      appendReference(subject)
      isFirst = false
    }
    var start = rows.lowerBound
    while start < rows.upperBound {
      let predicate = dataset.rows[start].predicate
      var end = start
      while end < rows.upperBound, dataset.rows[end].predicate == predicate { end += 1 }
      let objects = dataset.rows[start..<end].map(\.object)
      start = end
      let types = predicate == type ? objects.filter { nesting.isType($0, collector) } : []
      if !types.isEmpty {
        beginMember(&isFirst)
        appendKey("@type", indent: indent)
        appendArray(types, indent: indent) { text, id, _ in text.appendReference(id) }
      }
      let values = predicate == type ? objects.filter { !nesting.isType($0, collector) } : objects
      if values.isEmpty { continue }
      beginMember(&isFirst)
      let term = names.terms[predicate]
      appendKey(term?.name ?? names.compacted(collector.view(predicate)), indent: indent)
      // A name that is an IRI with a prefix takes that prefix.
      if term?.isShort == false { _ = names.compacted(collector.view(predicate)) }
      let coercion = term?.coercion ?? .none
      appendArray(values, indent: indent) { text, id, indent in text.append(value: id, coercion, indent: indent) }
    }
  }

  private mutating func beginMember(_ isFirst: inout Bool) {
    if !isFirst { out.append(",\n") }
    isFirst = false
  }

  /// A key with its colon.
  mutating func appendKey(_ name: ByteString, indent: Int) {
    out.append(spaces: indent)
    out.append(json: name)
    out.append(": ")
  }

  /// One value as it is, several as an array.
  private mutating func appendArray(
    _ ids: [TermID], indent: Int, _ append: (inout NodeText, TermID, Int) -> Void
  ) {
    if ids.count == 1 { return append(&self, ids[0], indent) }
    out.append(UInt8(ascii: "["))
    for (index, id) in ids.enumerated() {
      out.append(index == 0 ? "\n" : ",\n")
      out.append(spaces: indent + 2)
      append(&self, id, indent + 2)
    }
    out.append(UInt8(ascii: "\n"))
    out.append(spaces: indent)
    out.append(UInt8(ascii: "]"))
  }

  /// An IRI or a label as a string.
  mutating func appendReference(_ id: TermID) {
    if collector.kind(id) != .blankNode { return out.append(json: names.compacted(collector.view(id))) }
    let number = labels[id] ?? labels.count
    labels[id] = number
    out.append("\"_:b")
    out.append(decimal: number)
    out.append(UInt8(ascii: "\""))
  }

  /// A value of a property. The depth is bounded by ``Nesting/depthLimit``.
  private mutating func append(value id: TermID, _ coercion: Coercion, indent: Int) {
    let record = collector.record(id)
    switch record.kind {
    case .iri where id == end: out.append("{ \"@list\": [] }")
    case .iri, .tag: append(reference: id, coercion)
    case .blankNode:
      if !nesting.isNested(id) { return append(reference: id, coercion) }
      if nesting.cell(id) != nil { return append(list: id, coercion, indent: indent) }
      // An empty object would be a node too, but not every reader keeps it.
      guard let rows = nesting.rowsOf[id] else { return append(reference: id, .none) }
      out.append("{\n")
      appendMembers(rows, indent: indent + 2)
      out.append(UInt8(ascii: "\n"))
      out.append(spaces: indent)
      out.append(UInt8(ascii: "}"))
    case .string: out.append(jsonString: collector.view(id))
    case .typed:
      if collector.isNative(id) { return out.append(collector.view(id)) }
      if coercion == .datatype(record.qualifier) { return out.append(jsonString: collector.view(id)) }
      append(literal: id, "\"@type\": ")
      out.append(json: names.compacted(collector.view(record.qualifier)))
      out.append(" }")
    case .tagged:
      if coercion == .language(record.qualifier) { return out.append(jsonString: collector.view(id)) }
      append(literal: id, "\"@language\": ")
      out.append(jsonString: collector.view(record.qualifier))
      out.append(" }")
    }
  }

  private mutating func append(reference id: TermID, _ coercion: Coercion) {
    if coercion == .iri { return appendReference(id) }
    out.append("{ \"@id\": ")
    appendReference(id)
    out.append(" }")
  }

  private mutating func append(literal id: TermID, _ key: StaticString) {
    out.append("{ \"@value\": ")
    out.append(jsonString: collector.view(id))
    out.append(", ")
    out.append(key)
  }

  private mutating func append(list head: TermID, _ coercion: Coercion, indent: Int) {
    var items: [TermID] = []
    var current = head
    while let (first, rest) = nesting.cell(current) {
      items.append(dataset.rows[first].object)
      current = dataset.rows[rest].object
    }
    out.append("{ \"@list\": [")
    for (index, item) in items.enumerated() {
      if index > 0 { out.append(", ") }
      append(value: item, coercion, indent: indent)
    }
    out.append("] }")
  }
}
