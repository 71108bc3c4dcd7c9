import Bytes
import RDF

/// What the context says of a property's values, so that they can be written as plain strings.
enum Coercion: Equatable {
  /// Nothing: strings are strings.
  case none
  /// Strings are IRIs.
  case iri
  /// Strings have this datatype.
  case datatype(TermID)
  /// Strings have this language.
  case language(TermID)
}

/// What a property's values have in common.
struct PropertyUse {
  private var shared: Coercion?
  private var isMixed = false
  private var isNative = true

  /// The coercion that fits all values.
  var coercion: Coercion {
    guard let shared, !isMixed else { return .none }
    if case .datatype = shared, isNative { return .none }
    return shared
  }

  /// Notes that the property has a value of this sort.
  mutating func note(_ sort: Coercion, isNative: Bool) {
    if !isNative { self.isNative = false }
    if shared == nil { shared = sort } else if shared != sort { isMixed = true }
  }

  /// The uses of all properties but those that are written by keywords: rdf:type of things with names, the insides of lists.
  static func all(of dataset: OrderedDataset, _ nesting: Nesting) -> [TermID: PropertyUse] {
    let collector = dataset.collector
    let type = collector.id(ofIRI: RDFTerms.type)
    var uses: [TermID: PropertyUse] = [:]
    for row in dataset.rows {
      if nesting.isNested(row.subject), nesting.cell(row.subject) != nil { continue }
      if row.predicate == type, nesting.isType(row.object, collector) { continue }
      uses[row.predicate, default: PropertyUse()].note(row.object, dataset, nesting)
    }
    return uses
  }

  /// Notes a value; of a list its items, lists within it included (as deep as ``Nesting/depthLimit``).
  private mutating func note(_ object: TermID, _ dataset: OrderedDataset, _ nesting: Nesting) {
    let collector = dataset.collector
    let record = collector.record(object)
    switch record.kind {
    case .iri, .tag:
      if RDFTerms.nil.withView({ $0 != collector.view(object) }) { note(.iri, isNative: false) }
    case .blankNode:
      if !nesting.isNested(object) { return note(.iri, isNative: false) }
      var current = object
      while let (first, rest) = nesting.cell(current), nesting.isNested(current) {
        note(dataset.rows[first].object, dataset, nesting)
        current = dataset.rows[rest].object
      }
    case .string: note(Coercion.none, isNative: false)
    case .typed: note(.datatype(record.qualifier), isNative: collector.isNative(object))
    case .tagged: note(.language(record.qualifier), isNative: false)
    }
  }
}

extension Nesting {
  /// Whether a value of rdf:type can be written by `@type`: an IRI, or a blank node with a label.
  func isType(_ object: TermID, _ collector: QuadCollector) -> Bool {
    let kind = collector.kind(object)
    return kind == .iri || (kind == .blankNode && !isNested(object))
  }
}

extension QuadCollector {
  /// Whether a literal comes back as itself from a JSON number or boolean (JSON-LD 1.1 API §8.6): booleans by name, integers
  /// in canonical form of at most 15 digits, which every JSON reader holds exactly.
  func isNative(_ id: TermID) -> Bool {
    let record = record(id)
    guard record.kind == .typed else { return false }
    let datatype = view(record.qualifier)
    let text = view(id)
    if XSD.boolean.withView({ $0 == datatype }) { return text == "true" || text == "false" }
    guard XSD.integer.withView({ $0 == datatype }) else { return false }
    let digits = text.dropFirst(text.hasPrefix("-") ? 1 : 0)
    if digits.isEmpty || digits.count > 15 || !digits.buffer.allSatisfy(isDigit) { return false }
    return text == "0" || digits[0] != UInt8(ascii: "0")
  }
}
