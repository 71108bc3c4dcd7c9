import Bytes

/// The prefixes that a document has declared.
struct Namespaces: ~Copyable {
  private struct Entry {
    var name: Range<Int>
    var iri: Range<Int>
  }

  private var bytes = ByteBuffer(capacity: 4096)
  private var entries: [Entry] = []
  /// For 64 kinds of names, the entry that was found last.
  private let recent: UnsafeMutablePointer<Int>

  init() {
    recent = .allocate(capacity: 64)
    recent.initialize(repeating: -1, count: 64)
  }

  deinit { recent.deallocate() }

  /// Declares a prefix, or declares it anew.
  mutating func declare(_ name: ByteView, _ iri: ByteView) {
    recent.update(repeating: -1, count: 64)
    entries.removeAll { bytes.view($0.name) == name }
    let start = bytes.count
    bytes.append(name)
    bytes.append(iri)
    entries.append(Entry(name: start..<start + name.count, iri: start + name.count..<bytes.count))
  }

  /// The namespace of a prefix, or nil. Valid until the next is declared.
  @inline(__always) func iri(of name: ByteView) -> ByteView? {
    let slot = name.isEmpty ? 0 : (name.count &* 7 &+ Int(name[0]) &+ Int(name[name.count &- 1]) &* 3) & 63
    let guess = recent[slot]
    if guess >= 0, bytes.view(entries[guess].name) == name { return bytes.view(entries[guess].iri) }
    return search(name, slot)
  }

  @inline(never) private func search(_ name: ByteView, _ slot: Int) -> ByteView? {
    guard let found = entries.firstIndex(where: { bytes.view($0.name) == name }) else { return nil }
    recent[slot] = found
    return bytes.view(entries[found].iri)
  }
}
