import Bytes
import RDF
import Tables

// From the values of a row to members of JSON objects (csv2json §4.2).
extension RowRunner {
  /// Gathers what would be a triple as a member of its subject's object.
  mutating func gather(_ number: Int, of subject: TermID, into objects: RowObjects) {
    let emission = emissions.elements + number
    let cell = values.cells[emission.pointee.column]
    var name = objects.current.emissionNames[number]
    if name < 0 {
      guard let predicate = predicate(emission) else { return }
      name = CSVWContext.compact(batch.terms.view(predicate)).withView { objects.current.names.insert($0).number }
    }
    let isList = cell.state == .list && !emission.pointee.isVirtual
    guard let value = isList ? list(emission, cell, objects) : member(emission, cell, isType: objects.current.isType(name)) else {
      return
    }
    objects.current.add(
      value, name: name, to: batch.terms.range(subject), isBlank: batch.terms[subject].kind == .blankNode, in: batch.terms.bytes)
  }

  private mutating func list(_ emission: UnsafeMutablePointer<Emission>, _ cell: CellValue, _ objects: RowObjects) -> ObjectText.Value? {
    if case .template = emission.pointee.object { return member(emission, cell, isType: false) }
    var found: [ObjectText.Value] = []
    for item in values.items[Int(cell.start)..<Int(cell.start + cell.length)] {
      if let value = member(emission, item, isType: false) { found.append(value) }
    }
    return found.isEmpty ? nil : objects.current.list(found)
  }

  private mutating func member(_ emission: UnsafeMutablePointer<Emission>, _ cell: CellValue, isType: Bool) -> ObjectText.Value? {
    if case .literal = emission.pointee.object {
      if cell.state == .faulty { return .text(cell.range) }
      let datatype = columns.elements[emission.pointee.column].parser.datatype
      switch datatype.base.family {
      case .number: return .number(cell.range)
      case .boolean: return .boolean(cell.range)
      default: return .text(cell.range)
      }
    }
    guard let object = object(emission, cell) else { return nil }
    let range = batch.terms.range(object)
    guard isType else { return .link(range, isBlank: batch.terms[object].kind == .blankNode) }
    let compact = CSVWContext.compact(batch.terms.view(object))
    let start = batch.terms.bytes.count
    batch.terms.bytes.append(bytes: compact)
    return .text(start..<batch.terms.bytes.count)
  }

  /// Writes the objects of the current row.
  mutating func writeObjects(_ objects: RowObjects) {
    let titles = plan.rowTitles.map { values.cells[$0] }.filter { $0.state == .value }.map(\.range)
    let (row, source) = (values.rowNumber, values.sourceRow)
    objects.current.writeRow(
      { out in
        out.append("{\"url\":")
        out.append(jsonString: plan.rowURL, decimal: source)
        out.append(",\"rownum\":")
        out.append(decimal: row)
        if titles.isEmpty { return }
        out.append(",\"titles\":")
        if titles.count > 1 { out.append(UInt8(ascii: "[")) }
        for (number, title) in titles.enumerated() {
          if number > 0 { out.append(UInt8(ascii: ",")) }
          out.append(jsonString: batch.terms.bytes.view(title))
        }
        if titles.count > 1 { out.append(UInt8(ascii: "]")) }
      }, in: batch.terms.bytes)
  }
}

extension ByteBuffer {
  /// Appends a text with a number after it as one JSON string.
  fileprivate mutating func append(jsonString text: ByteString, decimal number: Int) {
    text.withView { append(jsonString: $0) }
    truncate(to: count - 1)
    append(decimal: number)
    append(UInt8(ascii: "\""))
  }
}
