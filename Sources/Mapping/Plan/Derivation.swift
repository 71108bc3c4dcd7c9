import Bytes
import Identifiers

/// What a variable with a dot in it takes from a column's value: `{typ.last.slug}` is the slug of the last item.
struct Derivation: Sendable, Equatable {
  /// A part of a value.
  enum Part: String, Sendable {
    /// All of it; of a column with items, the item at hand.
    case whole
    /// Of a column with items: the first one, the last one, the one before the item at hand.
    case first, last, before
    /// Of a column with coordinates: the point as well-known text, its latitude, its longitude.
    case wkt, lat, long
  }

  var part = Part.whole
  var steps: [CleaningStep] = []
  /// What the value's register says in a further column of its table, which stands in for the value.
  var entries: Register.Entries?

  /// The derivation that words after a column's name ask for, such as `["last", "slug"]`; nil where one is none.
  init?(_ words: [String]) {
    var words = words[...]
    if let part = words.first.flatMap(Part.init(rawValue:)), part != .whole {
      self.part = part
      words = words.dropFirst()
    }
    for word in words {
      guard let step = CleaningStep(word) else { return nil }
      steps.append(step)
    }
  }

  /// Whether it stands for the item at hand, of a column with items.
  var isOfItem: Bool { part == .whole || part == .before }

  /// Appends what it takes from a column of the row, whose values stand in `bytes`; false, with nothing appended, where there is none.
  func append(_ column: Int, _ row: borrowing RowValues, _ bytes: ByteView, to out: inout ByteBuffer) -> Bool {
    guard let cell = cell(column, row), cell.state == .value else { return false }
    let start = out.count
    if let entries {
      guard let entry = entries.entry(of: bytes[cell.range]) else { return false }
      out.append(bytes: entry)
    } else {
      out.append(text(bytes[cell.range]))
    }
    for step in steps {
      var next = ByteBuffer()
      let isText = step.apply(out.view(start..<out.count), into: &next)
      out.truncate(to: start)
      if !isText { return false }
      out.append(next.view)
    }
    return out.count > start
  }

  private func cell(_ column: Int, _ row: borrowing RowValues) -> CellValue? {
    let isAtHand = row.itemColumn == column
    let list = isAtHand ? row.itemList : row.cells[column]
    let count = list.state == .list ? Int(list.length) : 0
    switch part {
    case .whole, .wkt, .lat, .long: return row.cells[column]
    case .first: return count > 0 ? row.items[Int(list.start)] : nil
    case .last: return count > 0 ? row.items[Int(list.start) + count - 1] : nil
    case .before: return isAtHand && row.itemNumber > 0 ? row.items[Int(list.start) + row.itemNumber - 1] : nil
    }
  }

  /// The part of a value's text; that of a point is `POINT(long lat)`.
  private func text(_ value: ByteView) -> ByteView {
    guard part == .lat || part == .long, let open = value.firstIndex(of: UInt8(ascii: "(")),
      let gap = value.firstIndex(of: UInt8(ascii: " "), from: open)
    else { return value }
    return part == .long ? value[open + 1..<gap] : value[gap + 1..<value.count - 1]
  }
}
