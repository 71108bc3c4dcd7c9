package import Bytes
package import Problems

/// Prefixes and their namespaces, in order. Neither a prefix nor a namespace stands twice.
package struct Prefixes: Sendable {
  /// A prefix, without its colon, and what it stands for.
  package struct Entry: Hashable, Sendable {
    /// The prefix; empty for `:`.
    package let prefix: ByteString
    /// The namespace, an absolute IRI.
    package let namespace: ByteString
  }

  /// The prefixes, in order.
  package private(set) var entries: [Entry] = []
  /// An open-addressing table of indexes into `entries`, plus one, by the hash of the namespace.
  private var slots: [UInt16] = [0, 0]

  /// No prefixes.
  package init() {}

  /// Reads lines `@prefix x: <…> .`, as vocabularies/prefixes.ttl has them; blank lines and `#` comments are passed over.
  /// - Throws: ``ProblemCode/rdfSyntax`` for any other line.
  package init(parsing view: ByteView, file: String) throws(Failure) {
    var start = 0
    var number = 0
    while start < view.count {
      number += 1
      let end = view.firstIndex(of: UInt8(ascii: "\n"), from: start) ?? view.count
      let line = view[start..<end].trimmed
      start = end + 1
      if line.isEmpty || line[0] == UInt8(ascii: "#") { continue }
      guard let entry = Self.entry(line) else {
        throw Failure(
          .rdfSyntax, at: Place(file: file, line: number, column: 1),
          ["found": .phrase("unexpected", ["text": line.text]), "expected": "«@prefix x: <…> .»"])
      }
      set(prefix: entry.prefix, namespace: entry.namespace)
    }
  }

  private static func entry(_ line: ByteView) -> Entry? {
    guard line.hasPrefix("@prefix"), line.count > 8, isWhiteSpace(line[7]), line[line.count - 1] == UInt8(ascii: "."),
      let colon = line.firstIndex(of: UInt8(ascii: ":"))
    else { return nil }
    let prefix = line[8..<max(colon, 8)].trimmed
    let rest = line[colon + 1..<line.count - 1].trimmed
    guard prefix.isPrefixName, rest.count > 2, rest[0] == UInt8(ascii: "<"),
      rest.firstIndex(of: UInt8(ascii: ">")) == rest.count - 1
    else { return nil }
    return Entry(prefix: ByteString(prefix), namespace: ByteString(rest[1..<rest.count - 1]))
  }

  /// Adds a prefix at the end, or in the place of what had its namespace or its name before.
  package mutating func set(prefix: ByteString, namespace: ByteString) {
    let entry = Entry(prefix: prefix, namespace: namespace)
    let place = entries.firstIndex { $0.namespace == namespace } ?? entries.firstIndex { $0.prefix == prefix }
    var kept: [Entry] = []
    for (index, other) in entries.enumerated() {
      if index == place {
        kept.append(entry)
      } else if other.prefix != prefix, other.namespace != namespace {
        kept.append(other)
      }
    }
    if place == nil { kept.append(entry) }
    entries = kept
    rehash()
  }

  /// The namespace of a prefix, or nil.
  package func namespace(of prefix: ByteString) -> ByteString? { entries.first { $0.prefix == prefix }?.namespace }

  /// The longest namespace that `iri` begins with and the number of its bytes, looked for after each of the last `cuts`
  /// slashes and number signs; an index into ``entries``, or nil.
  package func find(_ iri: ByteView, cuts: Int = 1) -> (index: Int, length: Int)? {
    var left = cuts
    var length = iri.count
    while length > 0, left > 0 {
      let byte = iri.start[length &- 1]
      if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "#") {
        if let found = index(of: iri[0..<length]) { return (found, length) }
        left &-= 1
      }
      length &-= 1
    }
    return nil
  }

  /// An IRI by a prefix, such as `dcterms:title`; the IRI itself where no prefix fits.
  package func shortened(_ iri: String) -> String {
    let name = ByteString(iri)
    guard let found = name.withView({ find($0) }), found.length < name.count else { return iri }
    return entries[found.index].prefix.text + ":" + ByteString(Array(name.bytes[found.length...])).text
  }

  private func index(of namespace: ByteView) -> Int? {
    let mask = slots.count &- 1
    var slot = Int(truncatingIfNeeded: namespace.hash) & mask
    while slots[slot] != 0 {
      let index = Int(slots[slot]) &- 1
      if entries[index].namespace.withView({ $0 == namespace }) { return index }
      slot = (slot &+ 1) & mask
    }
    return nil
  }

  private mutating func rehash() {
    var size = 2
    while size < entries.count * 3 { size *= 2 }
    slots = Array(repeating: 0, count: size)
    // Beyond 65 535 prefixes none is found, and IRIs are written in full.
    for (index, entry) in entries.enumerated().prefix(Int(UInt16.max)) {
      var slot = entry.namespace.withView { Int(truncatingIfNeeded: $0.hash) } & (size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = UInt16(index + 1)
    }
  }
}
