import Bytes
import Identifiers
import RDF
import Tables

/// The terms of the triples that standard mode adds for a group, its tables and their rows (csv2rdf §4.2, steps 1 to 4).
struct TableStructure {
  let table: TermID
  let type: TermID
  let row: TermID
  let rowClass: TermID
  let rowNumber: TermID
  let integer: TermID
  let url: TermID
  let title: TermID
  let describes: TermID

  /// Adds the terms to the constants of an arena. `prefix` begins the labels of blank nodes.
  init(_ description: TableDescription, number: Int, prefix: ByteString, terms: inout TermArena) {
    func term(_ name: String) -> TermID { terms.add(.iri, ByteString(CSVWContext.namespace + name)) }
    table = description.id.map { terms.add(.iri, $0) } ?? terms.add(.blankNode, ByteString("\(prefix)t\(number)"))
    type = terms.add(.iri, RDFTerms.type)
    row = term("row")
    rowClass = term("Row")
    rowNumber = term("rownum")
    integer = terms.add(.iri, XSD.integer)
    url = term("url")
    title = term("title")
    describes = term("describes")
  }
}

extension RowRunner {
  /// Appends the triples of the current row itself.
  mutating func emitRow() {
    guard let structure = plan.structure else { return }
    var start = batch.terms.bytes.count
    appendBlankNodePrefix()
    batch.terms.bytes.append(UInt8(ascii: "r"))
    batch.terms.bytes.append(decimal: values.serial)
    let row = added(.blankNode, from: start)
    batch.append(structure.table, structure.row, row, graph: graph)
    batch.append(row, structure.type, structure.rowClass, graph: graph)
    start = batch.terms.bytes.count
    batch.terms.bytes.append(decimal: values.rowNumber)
    batch.append(row, structure.rowNumber, added(.typed, from: start, qualifier: structure.integer), graph: graph)
    start = batch.terms.bytes.count
    batch.terms.bytes.append(bytes: plan.rowURL)
    batch.terms.bytes.append(decimal: values.sourceRow)
    batch.append(row, structure.url, added(.iri, from: start), graph: graph)
    for number in plan.rowTitles where values.cells[number].state == .value {
      let cell = values.cells[number]
      var kind = TermKind.string
      var qualifier: TermID = 0
      if case .literal(.tagged, let language)? = plan.emissions.first(where: { $0.column == number })?.object {
        kind = .tagged
        qualifier = language
      }
      let title = batch.terms.add(kind, start: Int(cell.start), length: Int(cell.length), qualifier: qualifier)
      batch.append(row, structure.title, title, graph: graph)
    }
    for index in 0..<subjects.count {
      if let subject = subject(index) { batch.append(row, structure.describes, subject, graph: graph) }
    }
  }

  /// Appends the triples of the group and of a table, with their common properties and notes.
  /// - Parameter sources: the IRIs of the files that a table comes from, where these are others than the description's own.
  mutating func emitGroup(_ group: TableGroupDescription, tables: [Int], sources: [Int: [ByteString]]) {
    guard context.mode == .standard else { return }
    var nodes = 0
    let subject: Term = group.id.map { .iri($0) } ?? .blankNode(ByteString(context.blankNodePrefix.text + "g"))
    append(subject, RDFTerms.type, .iri(CSVWContext.namespace + "TableGroup"))
    emit(group.annotations, of: subject, &nodes)
    for number in tables {
      let table = group.tables[number]
      let node = node(of: table, number: number)
      append(subject, ByteString(CSVWContext.namespace + "table"), node)
      append(node, RDFTerms.type, .iri(CSVWContext.namespace + "Table"))
      for source in sources[number] ?? [table.url] { append(node, ByteString(CSVWContext.namespace + "url"), .iri(source)) }
      emit(table.annotations, of: node, &nodes)
    }
  }

  private func node(of table: TableDescription, number: Int) -> Term {
    table.id.map { .iri($0) } ?? .blankNode(ByteString("\(context.blankNodePrefix)t\(number)"))
  }

  /// Appends the comments that stand in a table's file.
  mutating func emit(comments: [ByteString], ofTable table: TableDescription, number: Int) {
    for text in comments {
      append(node(of: table, number: number), CSVWContext.comment, .literal(text, .datatype(XSD.string)))
    }
  }

  private mutating func append(_ subject: Term, _ predicate: ByteString, _ object: Term) {
    batch.append(Quad(subject, .iri(predicate), object, graph: context.graph.map { .iri($0) }))
  }

  /// Appends common properties. Their depth is bounded by the parser of the metadata document.
  private mutating func emit(_ properties: [CommonProperty], of subject: Term, _ nodes: inout Int) {
    for property in properties {
      for value in property.values {
        switch value {
        case .term(let term): append(subject, property.predicate, term)
        case .node(let id, let types, let inner):
          nodes += 1
          let node: Term = id.map { .iri($0) } ?? .blankNode(ByteString("\(context.blankNodePrefix)n\(nodes)"))
          append(subject, property.predicate, node)
          for type in types { append(node, RDFTerms.type, .iri(type)) }
          emit(inner, of: node, &nodes)
        }
      }
    }
  }
}
