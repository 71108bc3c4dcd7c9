import Bytes
import RDF

/// The text of a JSON-LD document.
struct DocumentText: ~Copyable {
  private(set) var text = ByteBuffer(capacity: 1 << 16)
  private var nodes: NodeText
  private let dataset: OrderedDataset
  private let nesting: Nesting
  private let isSorted: Bool

  init(_ dataset: OrderedDataset, _ prefixes: [(prefix: ByteString, namespace: ByteString)], sorted: Bool) {
    self.dataset = dataset
    isSorted = sorted
    nesting = Nesting(dataset)
    let uses = PropertyUse.all(of: dataset, nesting)
    nodes = NodeText(dataset, nesting, CompactNames(prefixes, dataset, uses))
  }

  mutating func render() {
    let graphs = topLevel()
    // A document that is one node needs no @graph around it.
    let isSingle = graphs.reduce(0) { $0 + ($1.name == nil ? $1.nodes.count : 1) } == 1
    for (index, graph) in graphs.enumerated() { render(graph, isLast: index == graphs.count - 1, isSingle: isSingle) }
    var names = nodes.names
    let terms = contextTerms(&names)
    text.append("{\n")
    if !terms.isEmpty || !names.usedPrefixes.isEmpty { append(context: names, terms) }
    if isSingle {
      text.append(nodes.out.view)
      text.append(UInt8(ascii: "\n"))
    } else {
      text.append("  \"@graph\": [")
      text.append(nodes.out.view)
      text.append(nodes.out.isEmpty ? "]\n" : "\n  ]\n")
    }
    text.append("}\n")
  }

  /// The nodes that are not within others, graph by graph; `name` is nil for the default graph.
  private func topLevel() -> [(name: TermID?, nodes: [Range<Int>])] {
    var graphs: [(name: TermID?, nodes: [Range<Int>])] = []
    var start = 0
    while start < dataset.rows.count {
      let row = dataset.rows[start]
      var end = start
      while end < dataset.rows.count, dataset.rows[end].subject == row.subject, dataset.rows[end].graph == row.graph { end += 1 }
      let name = row.graph == QuadBatch.defaultGraph ? nil : row.graph
      if graphs.isEmpty || graphs[graphs.count - 1].name != name { graphs.append((name, [])) }
      if !nesting.isNested(row.subject) { graphs[graphs.count - 1].nodes.append(start..<end) }
      start = end
    }
    return graphs
  }

  private mutating func render(_ graph: (name: TermID?, nodes: [Range<Int>]), isLast: Bool, isSingle: Bool) {
    guard let name = graph.name else {
      for (index, rows) in graph.nodes.enumerated() {
        let isLastNode = isLast && index == graph.nodes.count - 1
        if isSingle { nodes.appendMembers(rows, indent: 2) } else { nodes.append(rows, indent: 4, isLast: isLastNode) }
      }
      return
    }
    let indent = isSingle ? 2 : 6
    if !isSingle { nodes.out.append("\n    {\n") }
    nodes.appendKey("@id", indent: indent)
    nodes.appendReference(name)
    nodes.out.append(",\n")
    nodes.appendKey("@graph", indent: indent)
    nodes.out.append(UInt8(ascii: "["))
    for (index, rows) in graph.nodes.enumerated() {
      nodes.append(rows, indent: indent + 2, isLast: index == graph.nodes.count - 1)
    }
    nodes.out.append(UInt8(ascii: "\n"))
    nodes.out.append(spaces: indent)
    nodes.out.append(UInt8(ascii: "]"))
    if !isSingle { nodes.out.append(isLast ? "\n    }" : "\n    },") }
  }

  /// The lines of the context for properties; prefixes that they take count as used.
  private func contextTerms(_ names: inout CompactNames) -> [ByteString] {
    let collector = dataset.collector
    var terms = names.terms.map { (id: $0.key, term: $0.value) }
    terms.sort { isSorted ? $0.term.name < $1.term.name : $0.id < $1.id }
    var lines: [ByteString] = []
    for (id, term) in terms where term.isShort || term.coercion != .none {
      var line = ByteBuffer()
      line.append("    ")
      line.append(json: term.name)
      line.append(": ")
      let iri = names.compacted(collector.view(id))
      if term.coercion == .none {
        line.append(json: iri)
      } else {
        line.append("{ \"@id\": ")
        line.append(json: iri)
        switch term.coercion {
        case .none: break
        case .iri: line.append(", \"@type\": \"@id\"")
        case .datatype(let datatype):
          line.append(", \"@type\": ")
          line.append(json: names.compacted(collector.view(datatype)))
        case .language(let language):
          line.append(", \"@language\": ")
          line.append(jsonString: collector.view(language))
        }
        line.append(" }")
      }
      lines.append(ByteString(line.view))
    }
    return lines
  }

  private mutating func append(context names: CompactNames, _ terms: [ByteString]) {
    var prefixes = names.usedPrefixes
    if isSorted { prefixes.sort { $0.prefix < $1.prefix } }
    var lines: [ByteString] = []
    for (prefix, namespace) in prefixes {
      var line = ByteBuffer()
      line.append("    ")
      line.append(json: prefix)
      line.append(": ")
      line.append(json: namespace)
      lines.append(ByteString(line.view))
    }
    text.append("  \"@context\": {\n")
    for (index, line) in (lines + terms).enumerated() {
      if index > 0 { text.append(",\n") }
      text.append(bytes: line)
    }
    text.append("\n  },\n")
  }
}

extension ByteBuffer {
  /// Appends an owned text as a JSON string.
  mutating func append(json string: ByteString) {
    string.withView { append(jsonString: $0) }
  }

  /// Appends spaces.
  mutating func append(spaces count: Int) {
    for _ in 0..<count { append(UInt8(ascii: " ")) }
  }
}
