import Bytes

/// A string to be sorted, with eight of its bytes as a number.
struct TextItem: BitwiseCopyable {
  var key: UInt64
  var id: UInt32
}

/// Sorts different strings by their bytes: multikey quicksort on eight bytes at a time, which are kept beside the id.
struct TextSort {
  let text: UnsafePointer<UInt8>
  let records: UnsafePointer<TermInterner.Record>
  private var random: UInt64 = 0x9E37_79B9_7F4A_7C15

  init(text: UnsafePointer<UInt8>, records: UnsafePointer<TermInterner.Record>) {
    self.text = text
    self.records = records
  }

  @inline(__always) private func length(_ id: UInt32) -> Int { Int(records[Int(id) &+ 1].start &- records[Int(id)].start) }

  /// Eight bytes from `depth` on, most significant first, zeros after the end. Reads up to seven bytes past the string.
  @inline(__always) private func key(_ id: UInt32, _ depth: Int) -> UInt64 {
    let rest = length(id) &- depth
    if rest <= 0 { return 0 }
    let start = UnsafeRawPointer(text + Int(records[Int(id)].start) + depth)
    let word = UInt64(bigEndian: start.loadUnaligned(as: UInt64.self))
    return rest >= 8 ? word : word & ~(UInt64.max &>> UInt64(truncatingIfNeeded: 8 &* rest))
  }

  mutating func sort(_ items: UnsafeMutablePointer<TextItem>, _ count: Int) {
    // Equal keys wait here for their next eight bytes: no recursion over what the input says.
    var waiting: [(low: Int, high: Int, depth: Int, isLoaded: Bool)] = [(0, count, 0, false)]
    while let (low, high, depth, isLoaded) = waiting.popLast() {
      if high - low < 2 { continue }
      var low = low
      if !isLoaded {
        low = loadKeys(items, low, high, depth)
        if high - low < 2 { continue }
      }
      if high - low <= 16 {
        insertionSort(items, low, high, depth)
        continue
      }
      let pivot = pivot(items, low, high)
      var less = low
      var at = low
      var greater = high
      while at < greater {
        let item = items[at]
        if item.key < pivot {
          items[at] = items[less]
          items[less] = item
          less &+= 1
          at &+= 1
        } else if item.key > pivot {
          greater &-= 1
          items[at] = items[greater]
          items[greater] = item
        } else {
          at &+= 1
        }
      }
      waiting.append((low, less, depth, true))
      waiting.append((less, greater, depth + 8, false))
      waiting.append((greater, high, depth, true))
    }
  }

  /// Loads the keys at `depth` and moves strings that have ended before it to the front, shortest first: they differ from the others,
  /// which go on with zeros, by their length alone. Says where the others begin.
  private func loadKeys(_ items: UnsafeMutablePointer<TextItem>, _ low: Int, _ high: Int, _ depth: Int) -> Int {
    var ended = low
    for at in low..<high {
      let id = items[at].id
      if length(id) > depth {
        items[at].key = key(id, depth)
        continue
      }
      let item = items[at]
      items[at] = items[ended]
      var place = ended
      while place > low, length(items[place &- 1].id) > length(id) {
        items[place] = items[place &- 1]
        place &-= 1
      }
      items[place] = item
      ended &+= 1
    }
    return ended
  }

  private mutating func pivot(_ items: UnsafeMutablePointer<TextItem>, _ low: Int, _ high: Int) -> UInt64 {
    func some(_ shift: UInt64) -> UInt64 {
      items[low &+ Int(truncatingIfNeeded: (random &>> shift) % UInt64(truncatingIfNeeded: high &- low))].key
    }
    random = mixed(random &+ 0xA076_1D64_78BD_642F)
    let (one, other, third) = (some(0), some(20), some(40))
    return max(min(one, other), min(max(one, other), third))
  }

  private func insertionSort(_ items: UnsafeMutablePointer<TextItem>, _ low: Int, _ high: Int, _ depth: Int) {
    for at in (low &+ 1)..<high {
      let item = items[at]
      var place = at
      while place > low, isBefore(item, items[place &- 1], depth) {
        items[place] = items[place &- 1]
        place &-= 1
      }
      items[place] = item
    }
  }

  @inline(__always) private func isBefore(_ left: TextItem, _ right: TextItem, _ depth: Int) -> Bool {
    left.key == right.key ? rest(left.id, depth) < rest(right.id, depth) : left.key < right.key
  }

  private func rest(_ id: UInt32, _ depth: Int) -> ByteView {
    ByteView(text + Int(records[Int(id)].start) + depth, count: length(id) &- depth)
  }
}
