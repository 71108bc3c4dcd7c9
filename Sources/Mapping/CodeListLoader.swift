import Bytes
package import Identifiers
package import Problems
import RDF
import RDFSyntax
package import Resources

/// Reads a code list (SKOS in Turtle, `vocabularies/codes/NAME.ttl`) as a register, so that a mapping names it like any other.
///
/// The scheme is the parent path of its concepts: `…/riskklass` of `…/riskklass/5`. A concept's skos:notation is its code; its preferred,
/// alternative and hidden labels are names by which it is found.
package struct CodeListLoader {
  private let resources: any ByteSource
  private let problems: any ProblemSink

  /// A loader that reads through `resources`.
  package init(resources: any ByteSource, problems: any ProblemSink) {
    self.resources = resources
    self.problems = problems
  }

  /// Reads the code list at `path`.
  /// - Throws: ``ProblemCode/registerInvalid`` for a graph that is no code list, and whatever the file throws.
  package func load(_ name: String, path: String) throws(Failure) -> Register {
    let graph = QuadCollector()
    try RDFReader.read(try resources.open(path), format: .turtle, into: graph, problems: problems)
    var values: [Term: [ByteString: [Term]]] = [:]
    var order: [Term] = []
    for quad in graph.quads {
      guard case .iri(let predicate) = quad.predicate else { continue }
      if values[quad.subject] == nil { order.append(quad.subject) }
      values[quad.subject, default: [:]][predicate, default: []].append(quad.object)
    }
    let schemes = order.filter { values[$0]?[RDFTerms.type]?.contains(.iri(SKOS.term("ConceptScheme"))) ?? false }
    guard schemes.count == 1, case .iri(let scheme)? = schemes.first else {
      throw invalid(name, path, .phrase("code-list-scheme"))
    }
    var members: [Register.Member] = []
    var origins: [ByteString: Set<ByteString>] = [:]
    func codes(_ facts: [ByteString: [Term]], _ property: String) -> [ByteString] {
      (facts[ByteString(property)] ?? []).compactMap { value in
        guard case .iri(let iri) = value, iri.text.hasPrefix(scheme.text + "/") else { return nil }
        return ByteString(String(iri.text.dropFirst(scheme.count + 1)))
      }
    }
    for concept in order {
      guard let facts = values[concept], facts[SKOS.term("inScheme")]?.contains(.iri(scheme)) ?? false else { continue }
      guard case .iri(let iri) = concept, let notation = facts[SKOS.term("notation")]?.first?.lexicalForm else {
        throw invalid(name, path, .phrase("code-list-notation"))
      }
      if iri.text != "\(scheme)/\(notation)" {
        throw invalid(name, path, .phrase("code-list-iri", ["iri": iri.text, "expected": "\(scheme)/\(notation)"]))
      }
      let names = ["prefLabel", "altLabel", "hiddenLabel"].flatMap { facts[SKOS.term($0)] ?? [] }.compactMap(\.lexicalForm)
      func span(_ property: String) throws(Failure) -> ClosedRange<CivilDate>? {
        guard let text = facts[ByteString(KnownVocabulary.kg(property))]?.first?.lexicalForm else { return nil }
        guard let span = text.withView({ CivilDate.span(lexical: $0) }) else {
          throw invalid(name, path, .phrase("validity-date", ["text": text.text]))
        }
        return span
      }
      let validity = Validity(first: try span("giltigFran")?.lowerBound, last: try span("giltigTill")?.upperBound)
      origins[notation, default: []].formUnion(codes(facts, KnownVocabulary.prov("wasDerivedFrom")))
      members.append(
        Register.Member(
          key: notation, names: names, validity: validity, successors: codes(facts, KnownVocabulary.dcterms("isReplacedBy"))))
    }
    guard let pattern = try? URITemplate(ByteString(scheme.text + "/{kod}")) else { throw invalid(name, path, .phrase("code-list-scheme")) }
    var declaration = Register.Declaration(name: name, pattern: pattern)
    declaration.steps = [.trim]
    declaration.file = path
    return Register(declaration, members: members.map { $0.ended(origins) })
  }

  private func invalid(_ name: String, _ path: String, _ reason: Words) -> Failure {
    Failure(.registerInvalid, at: Place(file: path), ["register": .text(name), "reason": reason])
  }
}

private enum SKOS {
  static func term(_ name: String) -> ByteString { ByteString(KnownVocabulary.skos(name)) }
}

extension Term {
  /// What a literal says, without its datatype or language; nil for any other term.
  fileprivate var lexicalForm: ByteString? {
    if case .literal(let text, _) = self { text } else { nil }
  }
}
