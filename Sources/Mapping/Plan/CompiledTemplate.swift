import Bytes
import Identifiers

/// What became of a cell of the current row.
enum CellState: UInt8 {
  /// No value.
  case null
  /// One value.
  case value
  /// Several values: a range of ``RowValues/items``.
  case list
  /// The text is no value of the datatype; a problem has been reported.
  case faulty
  /// A rule forbids to publish the cell.
  case withheld
}

/// The value of a cell of the current row: where its lexical form stands in the arena.
struct CellValue {
  /// Where the lexical form begins; of a list, the number of its first item.
  var start: UInt32 = 0
  /// How many bytes; of a list, how many items.
  var length: UInt32 = 0
  var state = CellState.null
  /// Whether it is a number or a truth value where it comes from, not a text.
  var isValue = false

  /// Where the lexical form stands.
  var range: Range<Int> { Int(start)..<Int(start + length) }
}

/// The values of the current row, by column, in memory that the runner owns.
struct RowValues {
  let cells: UnsafeMutablePointer<CellValue>
  let count: Int
  /// The items of cells that are lists.
  var items: ContiguousArray<CellValue> = []
  var rowNumber = 0
  var sourceRow = 0
  /// A number that no other row of the run has.
  var serial = 0
  /// The column whose items are gone through, one after the other; meanwhile its cell is the item at hand. -1 for none.
  var itemColumn = -1
  /// That column's list, and the place of the item at hand in it.
  var itemList = CellValue()
  var itemNumber = 0

  init(count: Int, serial: Int = 0) {
    self.count = count
    self.serial = serial
    cells = .allocate(capacity: max(count, 1))
    cells.initialize(repeating: CellValue(), count: max(count, 1))
  }
}

extension RowValues {
  /// Begins to go through the items of a column; false where it has none.
  mutating func beginItems(of column: Int) -> Bool {
    guard cells[column].state == .list, cells[column].length > 0 else { return false }
    itemColumn = column
    itemList = cells[column]
    itemNumber = -1
    return true
  }

  /// Makes the next item the one at hand; false, with everything as it was before, after the last.
  mutating func nextItem() -> Bool {
    itemNumber += 1
    if itemNumber < Int(itemList.length) {
      cells[itemColumn] = items[Int(itemList.start) + itemNumber]
      return true
    }
    cells[itemColumn] = itemList
    itemColumn = -1
    return false
  }
}

/// A URI template whose variables are bound to columns and constants, with what does not change resolved beforehand.
final class CompiledTemplate: Sendable {
  /// What a variable stands for.
  enum Slot: Sendable, Equatable {
    case column(Int)
    /// A part of a column's value, or what further steps make of it (`{forvaltning.slug}`, `{plats.lat}`).
    case derived(Int, Derivation)
    case rowNumber
    case sourceRow
    case constant(ByteString)
    /// Nothing has this name, or the file lacks the column.
    case unset
  }

  enum Part: Sendable {
    case literal(ByteString)
    /// `{name}`: the common case.
    case column(Int)
    case expression(URITemplate.Operator, [(variable: URITemplate.Variable, slot: Slot)])
  }

  /// A part in the form in which it is run: nothing in it is retained.
  private enum Piece: Sendable {
    case literal(start: Int, end: Int)
    case column(Int)
    case expression(Int)
  }

  /// What an expansion names.
  enum Result { case iri, blankNode, none }

  private let pieces: ContiguousArray<Piece>
  private let literals: ContiguousArray<UInt8>
  private let expressions: [(kind: URITemplate.Operator, variables: [(variable: URITemplate.Variable, slot: Slot)])]
  /// Whether the expansion must be resolved against the base, because its beginning is not known beforehand.
  let isResolvedLater: Bool
  /// Whether the expansion is the label of a blank node of the row.
  let isBlankNode: Bool
  /// The column whose item at hand a variable stands for, if any.
  let items: Int?

  /// A template of these parts.
  init(parts: [Part], isResolvedLater: Bool = false, isBlankNode: Bool = false, items: Int? = nil) {
    self.items = items
    self.isResolvedLater = isResolvedLater
    self.isBlankNode = isBlankNode
    var pieces: ContiguousArray<Piece> = []
    var literals: ContiguousArray<UInt8> = []
    var expressions: [(kind: URITemplate.Operator, variables: [(variable: URITemplate.Variable, slot: Slot)])] = []
    for part in parts {
      switch part {
      case .literal(let text):
        pieces.append(.literal(start: literals.count, end: literals.count + text.count))
        literals.append(contentsOf: text.bytes)
      case .column(let column): pieces.append(.column(column))
      case .expression(let kind, let variables):
        pieces.append(.expression(expressions.count))
        expressions.append((kind, variables))
      }
    }
    self.pieces = pieces
    self.literals = literals
    self.expressions = expressions
  }

  /// The text of a template without variables, or nil.
  var constant: ByteString? {
    for piece in pieces { guard case .literal = piece else { return nil } }
    return ByteString(Array(literals))
  }

  /// Appends the expansion to the buffer in which the row's values stand. False, with nothing appended, where an expression has no
  /// variable that is set: an IRI of an incomplete key would name nothing.
  func expand(_ row: borrowing RowValues, into out: inout ByteBuffer) -> Bool {
    let start = out.count
    for index in 0..<pieces.count {
      switch pieces[index] {
      case .literal(let first, let end):
        literals.withUnsafeBufferPointer { out.append(ByteView($0)[first..<end]) }
      case .column(let column):
        let cell = row.cells[column]
        if cell.state == .value {
          appendEncoded(cell, into: &out)
        } else if cell.state != .list || !expandSlot(.column(column), of: Self.plainVariable, .simple, row, into: &out) {
          out.truncate(to: start)
          return false
        }
      case .expression(let number):
        var isFirst = true
        let kind = expressions[number].kind
        for (variable, slot) in expressions[number].variables { expandSlot(slot, of: variable, kind, row, into: &out, isFirst: &isFirst) }
        if isFirst {
          out.truncate(to: start)
          return false
        }
      }
    }
    return true
  }

  private static let plainVariable = URITemplate.Variable(name: "", prefix: nil, explodes: false)

  @inline(__always) private func appendEncoded(_ cell: CellValue, into out: inout ByteBuffer) {
    let length = Int(cell.length)
    out.reserve(length * 3)  // so that the view into the buffer itself stays where it is
    out.append(percentEncoding: out.view(Int(cell.start)..<Int(cell.start) + length))
  }

  private func expandSlot(
    _ slot: Slot, of variable: URITemplate.Variable, _ kind: URITemplate.Operator, _ row: borrowing RowValues, into out: inout ByteBuffer
  ) -> Bool {
    var isFirst = true
    expandSlot(slot, of: variable, kind, row, into: &out, isFirst: &isFirst)
    return !isFirst
  }

  private func expandSlot(
    _ slot: Slot, of variable: URITemplate.Variable, _ kind: URITemplate.Operator, _ row: borrowing RowValues, into out: inout ByteBuffer,
    isFirst: inout Bool
  ) {
    switch slot {
    case .unset: break
    case .constant(let text): text.withView { out.append(expanding: $0, of: variable, kind, isFirst: &isFirst) }
    case .rowNumber: expandNumber(row.rowNumber, of: variable, kind, into: &out, isFirst: &isFirst)
    case .sourceRow: expandNumber(row.sourceRow, of: variable, kind, into: &out, isFirst: &isFirst)
    case .column(let column):
      let cell = row.cells[column]
      switch cell.state {
      case .value:
        out.reserve(Int(cell.length) * 3 + variable.name.count + 2)
        let view = out.view(Int(cell.start)..<Int(cell.start + cell.length))
        out.append(expanding: view, of: variable, kind, isFirst: &isFirst)
      case .list:
        let items = row.items[Int(cell.start)..<Int(cell.start + cell.length)]
        out.reserve(items.reduce(0) { $0 + Int($1.length) * 3 + variable.name.count + 2 })
        let views = items.map { out.view(Int($0.start)..<Int($0.start + $0.length)) }
        out.append(expandingItems: views, of: variable, kind, isFirst: &isFirst)
      default: break
      }
    case .derived(let column, let derivation):
      var derived = ByteBuffer()
      if derivation.append(column, row, out.view, to: &derived) {
        out.append(expanding: derived.view, of: variable, kind, isFirst: &isFirst)
      }
    }
  }

  private func expandNumber(
    _ number: Int, of variable: URITemplate.Variable, _ kind: URITemplate.Operator, into out: inout ByteBuffer, isFirst: inout Bool
  ) {
    var digits = ByteBuffer(capacity: 64)
    digits.append(decimal: number)
    out.append(expanding: digits.view, of: variable, kind, isFirst: &isFirst)
  }
}
