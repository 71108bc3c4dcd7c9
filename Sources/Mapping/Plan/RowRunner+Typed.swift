import Bytes
import Problems
import RDF
import Tables

// Literals whose texts or datatypes a row makes: a text must fit the datatype that stands beside it (RML-Core, data errors).
extension RowRunner {
  /// Makes the literal of the text in ``spare`` in the form that its datatype has, or tells that it is none.
  mutating func makeChecked(
    by parser: CellParser, _ qualifier: TermID, _ plan: UnsafeMutablePointer<TermPlan>, isValue: Bool, _ column: Int, _ row: Int,
    _ input: borrowing RowBatch
  ) {
    let text = parser.datatype.base.keepsWhiteSpace ? spare.view : spare.view.trimmed
    let start = batch.terms.bytes.count
    let fault = isValue ? parser.parse(value: text, into: &batch.terms.bytes) : parser.parse(text, into: &batch.terms.bytes)
    if let fault {
      batch.terms.bytes.truncate(to: start)
      // A template need not have a column.
      let isOfColumn = column < columns.count
      let value = hasSecretPart(plan) ? nil : isOfColumn ? shown(text, column) : text.text
      let place = isOfColumn ? place(of: column, row, input) : place(row, 0, input, column: nil)
      return report(fault.problem(at: place, value: value, parser.datatype))
    }
    made.append(batch.terms.add(.typed, start: start, length: batch.terms.bytes.count - start, qualifier: qualifier))
  }

  /// Whether one of the columns of which a text is made may not be told.
  private func hasSecretPart(_ plan: UnsafeMutablePointer<TermPlan>) -> Bool {
    guard case .parts(let parts) = plan.pointee.source else { return false }
    return parts.pieces.contains { if case .column(let number) = $0 { columns.elements[number].isSecret } else { false } }
  }

  /// Makes literals of a text, one for each datatype that the row gives and that the text fits.
  mutating func makeTyped(
    _ range: Range<Int>, with number: Int, _ plan: UnsafeMutablePointer<TermPlan>, isValue: Bool, _ column: Int, _ row: Int,
    _ input: borrowing RowBatch
  ) {
    let names = make(number, row, input)
    let found = Array(made[names])
    made.removeLast(names.count)
    for datatype in found {
      guard let parser = parser(of: datatype) else {
        made.append(batch.terms.add(.typed, start: range.lowerBound, length: range.count, qualifier: datatype))
        continue
      }
      if parser.datatype.base == .string {
        made.append(batch.terms.add(.string, start: range.lowerBound, length: range.count))
        continue
      }
      // Making the datatype may have made use of it.
      spare.truncate()
      spare.append(batch.terms.bytes.view(range))
      makeChecked(by: parser, datatype, plan, isValue: isValue, column, row, input)
    }
  }

  /// The parser of a datatype that a row names; nil for one whose values are any texts.
  private mutating func parser(of datatype: TermID) -> CellParser? {
    let iri = batch.terms.view(datatype)
    for known in namedParsers where known.datatype.withView({ $0 == iri }) { return known.parser }
    let declared = TriplesMapCompiler.datatype(ByteString(iri))
    let parser = declared.id == nil ? CellParser(declared) { _ in } : nil
    if namedParsers.count < 64 { namedParsers.append((ByteString(iri), parser)) }
    return parser
  }
}
