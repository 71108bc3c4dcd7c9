import Bytes
import Problems
import RDF
import RDFSyntax
import Resources

/// The graph of a mapping, with the place of each statement's object.
final class MappingGraph: PlacedSink {
  /// A statement.
  struct Fact {
    /// The property's name in ``RMLVocabulary``; nil for one of another vocabulary.
    let name: String?
    let property: ByteString
    let object: Term
    let place: Place
  }

  /// The file, for messages.
  let file: String
  private let collector = QuadCollector()
  private var places: [(line: Int, column: Int)] = []
  private var facts: [Term: [Fact]] = [:]
  /// The subjects, in the order of the file.
  private(set) var subjects: [Term] = []
  /// Whether a term of the older vocabularies is used.
  private(set) var isOld = false

  /// Reads a mapping in Turtle.
  /// - Throws: what the reader throws.
  init(_ stream: any ByteStream, file: String, base: ByteString, problems: any ProblemSink) throws(Failure) {
    self.file = file
    try RDFReader.read(stream, format: .turtle, options: RDFReader.Options(base: base), into: self, problems: problems)
    for (number, quad) in collector.quads.enumerated() {
      guard case .iri(let property) = quad.predicate else { continue }
      let place = number < places.count ? places[number] : (line: 0, column: 0)
      if facts[quad.subject] == nil { subjects.append(quad.subject) }
      if RMLVocabulary.isOld(property) { isOld = true }
      facts[quad.subject, default: []].append(
        Fact(
          name: RMLVocabulary.name(of: property), property: property, object: quad.object,
          place: Place(file: file, line: place.line, column: place.column)))
    }
    // A node comes after what it holds; people read from the top.
    let order = Dictionary(subjects.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let first = facts.mapValues { list in list.compactMap(\.place.line).min() ?? 0 }
    subjects.sort { (first[$0] ?? 0, order[$0] ?? 0) < (first[$1] ?? 0, order[$1] ?? 0) }
  }

  func note(line: Int, column: Int) { places.append((line, column)) }

  func append(_ batch: borrowing QuadBatch) throws(Failure) { try collector.append(batch) }

  func finish() throws(Failure) {}

  /// What is said of a node.
  func facts(of node: Term) -> [Fact] { facts[node] ?? [] }

  /// What is said of a node by a property.
  func facts(_ name: String, of node: Term) -> [Fact] { facts(of: node).filter { $0.name == name } }

  private static let label = ByteString(KnownVocabulary.rdfs("label"))
  private static let definition = ByteString(KnownVocabulary.skos("definition"))

  /// What nodes are called and mean, by rdfs:label and skos:definition.
  var texts: [Term: NodeTexts] {
    var texts: [Term: NodeTexts] = [:]
    for (node, facts) in facts {
      for fact in facts {
        guard case .literal(let text, let qualifier) = fact.object else { continue }
        let isLabel = fact.property == Self.label
        guard isLabel || fact.property == Self.definition else { continue }
        let language = if case .language(let tag) = qualifier { tag.text } else { "" }
        if isLabel {
          texts[node, default: NodeTexts()].labels.append((text.text, language))
        } else {
          texts[node, default: NodeTexts()].definitions.append((text.text, language))
        }
      }
    }
    return texts
  }

  /// The items of a list.
  func items(of list: Term) -> [Fact] {
    var items: [Fact] = []
    var node = list
    while items.count < 1000, let first = facts(of: node).first(where: { $0.property == RDFTerms.first }) {
      items.append(first)
      guard let rest = facts(of: node).first(where: { $0.property == RDFTerms.rest }) else { break }
      node = rest.object
    }
    return items
  }
}
