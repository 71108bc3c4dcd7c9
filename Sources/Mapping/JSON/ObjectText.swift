import Bytes
import RDF

/// The objects that one row after the other describes, as JSON (csv2json §4): what the cells of the current row say is gathered, and
/// written when the row is done.
struct ObjectText: ~Copyable {
  /// A member of one of the row's objects.
  struct Entry {
    /// The number of its name in ``names``.
    let name: Int
    let value: Value
    /// The next entry of the same object and name, or -1.
    var next: Int32 = -1
    /// The object that stands in the value's place, or -1.
    var child: Int32 = -1
    /// Whether an entry before it has its object and name.
    var isRepeated = false
  }

  /// A value: where its text stands in the runner's arena.
  enum Value {
    case text(Range<Int>)
    case number(Range<Int>)
    case boolean(Range<Int>)
    /// The IRI of a thing, or the label of its blank node; the thing's own object may stand for it.
    case link(Range<Int>, isBlank: Bool)
    /// Several values: a range of ``items``.
    case list(Range<Int>)
  }

  /// One thing that the row speaks of.
  private struct Thing {
    /// Where its IRI stands, or the label of its blank node.
    let id: Range<Int>
    let isBlank: Bool
    /// Whether a link leads to it that it could not be put in the place of.
    var isLinked = false
    var entries: [Int] = []
    /// The thing in whose object its own stands, or -1.
    var owner = -1
    var depth = 0
  }

  /// How deep objects are nested at most; what would stand deeper stands beside them.
  private static let deepest = 64

  /// The names of members.
  var names = ByteTable()
  /// The name of each of the plan's emissions; -1 where the row makes it.
  private(set) var emissionNames: [Int] = []
  /// What has been written and not yet handed on.
  var text = ByteBuffer(capacity: 1 << 16)
  /// Whether the rows themselves are written beside what they describe.
  var mode = ConversionMode.standard
  private var things: [Thing] = []
  private var entries: [Entry] = []
  private var items: [Value] = []
  /// For each name the row's last entry that has it, as far as it is of the thing at hand.
  private var last: [Int32] = []
  /// The number of objects and rows written into the array that is open.
  private var rowsWritten = 0

  /// Takes on a plan.
  mutating func begin(_ plan: TablePlan) {
    emissionNames = plan.emissions.map { emission in emission.name.map { name in name.withView { names.insert($0).number } } ?? -1 }
  }

  /// Begins the array of a table's rows.
  mutating func beginRows() { rowsWritten = 0 }

  /// Whether the current row says anything.
  var hasEntries: Bool { !entries.isEmpty }

  /// The number of the thing whose IRI stands at `id`, or the label of its blank node.
  private mutating func thing(_ id: Range<Int>, isBlank: Bool, in bytes: borrowing ByteBuffer) -> Int {
    for (number, thing) in things.enumerated() where thing.isBlank == isBlank && bytes.view(thing.id) == bytes.view(id) { return number }
    things.append(Thing(id: id, isBlank: isBlank))
    return things.count - 1
  }

  /// Whether a name is that of a thing's classes.
  func isType(_ name: Int) -> Bool { names.view(name) == "@type" }

  /// Adds a member to the object of the thing whose IRI stands at `id`, or the label of its blank node.
  mutating func add(_ value: Value, name: Int, to id: Range<Int>, isBlank: Bool, in bytes: borrowing ByteBuffer) {
    let thing = thing(id, isBlank: isBlank, in: bytes)
    things[thing].entries.append(entries.count)
    entries.append(Entry(name: name, value: value))
  }

  /// The list of these values.
  mutating func list(_ values: [Value]) -> Value {
    items.append(contentsOf: values)
    return .list(items.count - values.count..<items.count)
  }

  /// Begins a row's object in standard mode, or the next object in minimal mode.
  private mutating func separate() {
    if rowsWritten > 0 { text.append(",\n") }
    rowsWritten += 1
  }

  /// Writes the gathered objects, and with them the row that they stand in.
  mutating func writeRow(_ head: (inout ByteBuffer) -> Void, in bytes: borrowing ByteBuffer) {
    nest(in: bytes)
    if mode == .standard {
      separate()
      head(&text)
      text.append(",\"describes\":[")
    }
    var isFirst = true
    for number in things.indices where things[number].owner < 0 && !things[number].entries.isEmpty {
      if mode == .minimal { separate() } else if !isFirst { text.append(UInt8(ascii: ",")) }
      isFirst = false
      write(number, bytes)
    }
    if mode == .standard { text.append("]}") }
    things.removeAll(keepingCapacity: true)
    entries.removeAll(keepingCapacity: true)
    items.removeAll(keepingCapacity: true)
  }

  /// Puts objects in the place of the links to them, where one link leads there and no circle comes of it (csv2json §4.4).
  private mutating func nest(in bytes: borrowing ByteBuffer) {
    guard things.count > 1 else { return }
    for owner in things.indices {
      for index in things[owner].entries {
        guard case .link(let link, let isBlank) = entries[index].value else { continue }
        let target = things.firstIndex { $0.isBlank == isBlank && bytes.view($0.id) == bytes.view(link) }
        guard let target else { continue }
        guard target != owner, things[target].owner < 0, root(of: owner) != target, isOnly(link, bytes),
          things[owner].depth + 1 + height(of: target) <= Self.deepest
        else {
          things[target].isLinked = true
          continue
        }
        things[target].owner = owner
        entries[index].child = Int32(target)
        settleDepths(from: target, at: things[owner].depth + 1)
      }
    }
  }

  private func root(of thing: Int) -> Int {
    var thing = thing
    while things[thing].owner >= 0 { thing = things[thing].owner }
    return thing
  }

  private func height(of thing: Int) -> Int { things.indices.filter { root(of: $0) == thing }.map { things[$0].depth }.max() ?? 0 }

  private mutating func settleDepths(from thing: Int, at depth: Int) {
    things[thing].depth = depth
    for other in things.indices where things[other].owner == thing { settleDepths(from: other, at: depth + 1) }
  }

  /// Whether one link of the row leads to an IRI.
  private func isOnly(_ link: Range<Int>, _ bytes: borrowing ByteBuffer) -> Bool {
    var count = 0
    for entry in entries {
      if case .link(let other, _) = entry.value, bytes.view(other) == bytes.view(link) { count += 1 }
    }
    return count == 1
  }

  /// Writes an object; what stands nested in it is at most ``deepest`` levels deep.
  private mutating func write(_ thing: Int, _ bytes: borrowing ByteBuffer) {
    text.append(UInt8(ascii: "{"))
    var isFirst = true
    if !things[thing].isBlank || things[thing].isLinked {
      text.append("\"@id\":")
      write(.link(things[thing].id, isBlank: things[thing].isBlank), child: -1, bytes)
      isFirst = false
    }
    chain(things[thing].entries)
    for index in things[thing].entries where !entries[index].isRepeated {
      if !isFirst { text.append(UInt8(ascii: ",")) }
      isFirst = false
      text.append(jsonString: names.view(entries[index].name))
      text.append(UInt8(ascii: ":"))
      writeValues(from: index, bytes)
    }
    text.append(UInt8(ascii: "}"))
  }

  /// Joins the entries that have one name: their values stand in one array.
  private mutating func chain(_ indices: [Int]) {
    while last.count < names.count { last.append(-1) }
    for index in indices {
      let before = last[entries[index].name]
      if before >= 0 {
        entries[Int(before)].next = Int32(index)
        entries[index].isRepeated = true
      }
      last[entries[index].name] = Int32(index)
    }
    for index in indices { last[entries[index].name] = -1 }
  }

  private mutating func writeValues(from index: Int, _ bytes: borrowing ByteBuffer) {
    if entries[index].next < 0 { return write(entries[index].value, child: entries[index].child, bytes) }
    text.append(UInt8(ascii: "["))
    var at = index
    while true {
      if case .list(let range) = entries[at].value {
        writeItems(range, bytes)
      } else {
        write(entries[at].value, child: entries[at].child, bytes)
      }
      if entries[at].next < 0 { break }
      at = Int(entries[at].next)
      text.append(UInt8(ascii: ","))
    }
    text.append(UInt8(ascii: "]"))
  }

  private mutating func writeItems(_ range: Range<Int>, _ bytes: borrowing ByteBuffer) {
    for (number, item) in range.enumerated() {
      if number > 0 { text.append(UInt8(ascii: ",")) }
      write(items[item], child: -1, bytes)
    }
  }

  private mutating func write(_ value: Value, child: Int32, _ bytes: borrowing ByteBuffer) {
    if child >= 0 { return write(Int(child), bytes) }
    switch value {
    case .text(let range), .link(let range, isBlank: false): text.append(jsonString: bytes.view(range))
    case .link(let range, isBlank: true):
      // A label has letters, digits and underscores only.
      text.append("\"_:")
      text.append(bytes.view(range))
      text.append(UInt8(ascii: "\""))
    case .number(let range): text.append(jsonNumber: bytes.view(range))
    case .boolean(let range): bytes.view(range) == "true" ? text.append("true") : text.append("false")
    case .list(let range):
      text.append(UInt8(ascii: "["))
      writeItems(range, bytes)
      text.append(UInt8(ascii: "]"))
    }
  }
}

extension ByteBuffer {
  /// Appends the number that a lexical form of XSD stands for, as JSON writes it: without a plus sign, with a digit on both sides of the
  /// point, and without leading zeros. What JSON has no number for (INF, NaN) becomes a string.
  mutating func append(jsonNumber lexical: ByteView) {
    var rest = lexical
    let isNegative = rest.hasPrefix("-")
    if isNegative || rest.hasPrefix("+") { rest = rest.dropFirst(1) }
    guard let first = rest.buffer.first, isDigit(first) || first == UInt8(ascii: ".") else { return append(jsonString: lexical) }
    if isNegative { append(UInt8(ascii: "-")) }
    while rest.count > 1, rest[0] == 0x30, isDigit(rest[1]) { rest = rest.dropFirst(1) }
    if rest[0] == UInt8(ascii: ".") { append(0x30) }
    var isAfterPoint = false
    for byte in rest.buffer {
      if isAfterPoint, !isDigit(byte) { append(0x30) }
      isAfterPoint = byte == UInt8(ascii: ".")
      append(byte)
    }
    if isAfterPoint { append(0x30) }
  }
}
