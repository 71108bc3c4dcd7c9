import Bytes
import RDF

/// The names that a document's context gives to IRIs: prefixes for most, and terms for properties.
struct CompactNames {
  private let prefixes: [(prefix: ByteString, namespace: ByteString)]
  private let indexes: [ByteString: Int]
  private var isUsed: [Bool]
  private(set) var terms: [TermID: PropertyTerm] = [:]

  init(_ all: [(prefix: ByteString, namespace: ByteString)], _ dataset: OrderedDataset, _ uses: [TermID: PropertyUse]) {
    let collector = dataset.collector
    let schemes = Self.schemes(of: collector)
    // An IRI whose scheme is a prefix would be taken for a compact one.
    prefixes = all.filter { entry in entry.prefix.withView { $0.isPlainName } && !schemes.contains(entry.prefix) }
    indexes = Dictionary(prefixes.enumerated().map { ($0.element.namespace, $0.offset) }) { first, _ in first }
    isUsed = Array(repeating: false, count: prefixes.count)
    var owners: [ByteString: Int] = [:]
    for id in uses.keys { owners[ByteString(collector.view(id).localName), default: 0] += 1 }
    // A short name must not be a prefix too; those that fit no IRI will not be declared.
    for id in 0..<TermID(collector.termCount) where collector.kind(id) == .iri { _ = compacted(collector.view(id)) }
    let taken = Set(usedPrefixes.map(\.prefix)).union(schemes)
    for (id, use) in uses {
      let local = collector.view(id).localName
      let name = ByteString(local)
      let isShort = local.isPlainName && owners[name] == 1 && !taken.contains(name)
      terms[id] = PropertyTerm(name: isShort ? name : compacted(collector.view(id)), isShort: isShort, coercion: use.coercion)
    }
    // What was only tried is not used yet.
    isUsed = Array(repeating: false, count: prefixes.count)
  }

  /// The schemes of all IRIs that are not followed by two slashes.
  private static func schemes(of collector: QuadCollector) -> Set<ByteString> {
    var schemes: Set<ByteString> = []
    for id in 0..<TermID(collector.termCount) where collector.kind(id) == .iri {
      let view = collector.view(id)
      if let colon = view.firstIndex(of: UInt8(ascii: ":")), !view.dropFirst(colon + 1).hasPrefix("//") {
        schemes.insert(ByteString(view[0..<colon]))
      }
    }
    return schemes
  }

  /// The IRI with a prefix where there is one, which then counts as used.
  mutating func compacted(_ iri: ByteView) -> ByteString {
    var length = iri.count
    while length > 0 {
      let byte = iri[length - 1]
      if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "#"), let index = indexes[ByteString(iri[0..<length])] {
        let rest = iri.dropFirst(length)
        // Two slashes after the colon would make it an absolute IRI.
        if rest.hasPrefix("//") { break }
        isUsed[index] = true
        return ByteString(prefixes[index].prefix.bytes + [UInt8(ascii: ":")] + rest.buffer)
      }
      length -= 1
    }
    return ByteString(iri)
  }

  /// The prefixes in use, in order.
  var usedPrefixes: [(prefix: ByteString, namespace: ByteString)] { zip(prefixes, isUsed).filter(\.1).map(\.0) }
}

/// What a property is called, and what the context says of its values.
struct PropertyTerm {
  var name: ByteString
  /// Whether the name is no IRI, so that the context must say what it stands for.
  var isShort: Bool
  var coercion: Coercion
}

extension ByteView {
  /// What follows the last slash or number sign.
  fileprivate var localName: ByteView {
    var start = count
    while start > 0, self[start - 1] != UInt8(ascii: "/"), self[start - 1] != UInt8(ascii: "#") { start -= 1 }
    return dropFirst(start)
  }

  /// Whether the bytes are a letter (of ASCII or beyond it), then letters, digits, `-` and `_`: nothing that JSON-LD could
  /// take for a keyword or an IRI.
  var isPlainName: Bool {
    guard let first = buffer.first, first >= 0x80 || isLetter(first) else { return false }
    return buffer.allSatisfy { $0 >= 0x80 || isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
  }
}
