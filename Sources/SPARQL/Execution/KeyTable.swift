import Bytes
import Store

/// Numbers keys of some ids each: equal keys have the same number, from 0 in the order in which they came. Open addressing over the ids
/// themselves, without an allocation for each key.
final class KeyTable {
  /// Stands where a key that was looked for is not there.
  static let absent = UInt32.max

  /// The bits of a hash that are kept.
  private static let tag: UInt64 = 0xFFFF_FFFF_0000_0000

  /// How many ids a key has.
  let width: Int
  /// How many keys there are.
  private(set) var count = 0
  private var keys: UnsafeMutablePointer<StoreID>
  private var keyCapacity = 64
  /// The number of a key from 1 and, above that, half of its hash; 0 where there is none.
  private var places: UnsafeMutablePointer<UInt64>
  private var placeCount = 128
  /// The keys of the batch at hand, one after the other.
  private var packed: UnsafeMutablePointer<StoreID>
  private var packedCapacity = 0

  /// No keys yet.
  init(width: Int) {
    self.width = width
    keys = .allocate(capacity: keyCapacity * max(width, 1))
    places = .allocate(capacity: placeCount)
    places.initialize(repeating: 0, count: placeCount)
    packed = .allocate(capacity: 1)
  }

  deinit {
    keys.deallocate()
    places.deallocate()
    packed.deallocate()
  }

  /// How many bytes it holds.
  var byteCount: Int { keyCapacity * width * 4 + placeCount * 8 }

  /// An id of a key.
  @inline(__always) func id(_ place: Int, ofKey number: Int) -> StoreID { keys[number &* width &+ place] }

  /// The ids that all keys have in a place.
  func column(_ place: Int) -> ContiguousArray<StoreID> { ContiguousArray((0..<count).map { id(place, ofKey: $0) }) }

  /// The numbers of the keys that rows have in these columns (nil: ``Solutions/unbound`` throughout), new ones added.
  func add(_ columns: [ContiguousArray<StoreID>?], rows: Int) -> [UInt32] { numbers(columns, rows, isAdding: true) }

  /// The numbers of the keys that rows have in these columns, ``absent`` where there is none.
  func find(_ columns: [ContiguousArray<StoreID>?], rows: Int) -> [UInt32] { numbers(columns, rows, isAdding: false) }

  private func numbers(_ columns: [ContiguousArray<StoreID>?], _ rows: Int, isAdding: Bool) -> [UInt32] {
    pack(columns, rows)
    return [UInt32](unsafeUninitializedCapacity: rows) { numbers, filled in
      for row in 0..<rows {
        let key = packed + row &* width
        let hash = self.hash(key)
        var at = Int(truncatingIfNeeded: hash) & (placeCount &- 1)
        var number = Self.absent
        while places[at] != 0 {
          let found = UInt32(truncatingIfNeeded: places[at]) &- 1
          if places[at] &>> 32 == hash &>> 32, isEqual(keys + Int(found) &* width, key) {
            number = found
            break
          }
          at = (at &+ 1) & (placeCount &- 1)
        }
        if number == Self.absent, isAdding { number = insert(key, hash, at) }
        numbers.initializeElement(at: row, to: number)
      }
      filled = rows
    }
  }

  private func pack(_ columns: [ContiguousArray<StoreID>?], _ rows: Int) {
    if rows * max(width, 1) > packedCapacity {
      packed.deallocate()
      packedCapacity = rows * max(width, 1)
      packed = .allocate(capacity: packedCapacity)
    }
    for (place, column) in columns.enumerated() {
      if let column {
        column.withUnsafeBufferPointer { ids in for row in 0..<rows { packed[row &* width &+ place] = ids[row] } }
      } else {
        for row in 0..<rows { packed[row &* width &+ place] = Solutions.unbound }
      }
    }
  }

  @inline(__always) private func hash(_ key: UnsafeMutablePointer<StoreID>) -> UInt64 {
    if width == 1 { return mixed(UInt64(key[0]) ^ 0x9E37_79B9_7F4A_7C15) }
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
    for place in 0..<width { hash = mixed(hash ^ UInt64(key[place])) }
    return hash
  }

  @inline(__always) private func isEqual(_ left: UnsafeMutablePointer<StoreID>, _ right: UnsafeMutablePointer<StoreID>) -> Bool {
    for place in 0..<width where left[place] != right[place] { return false }
    return true
  }

  @inline(never) private func insert(_ key: UnsafeMutablePointer<StoreID>, _ hash: UInt64, _ at: Int) -> UInt32 {
    if count == keyCapacity {
      let larger = UnsafeMutablePointer<StoreID>.allocate(capacity: keyCapacity * 2 * max(width, 1))
      larger.update(from: keys, count: count * width)
      keys.deallocate()
      keys = larger
      keyCapacity *= 2
    }
    (keys + count * width).update(from: key, count: width)
    places[at] = (hash & Self.tag) | UInt64(count + 1)
    count += 1
    if count * 2 > placeCount { grow() }
    return UInt32(truncatingIfNeeded: count - 1)
  }

  private func grow() {
    places.deallocate()
    placeCount *= 2
    places = .allocate(capacity: placeCount)
    places.initialize(repeating: 0, count: placeCount)
    for number in 0..<count {
      let hash = self.hash(keys + number * width)
      var at = Int(truncatingIfNeeded: hash) & (placeCount - 1)
      while places[at] != 0 { at = (at + 1) & (placeCount - 1) }
      places[at] = (hash & Self.tag) | UInt64(number + 1)
    }
  }
}
