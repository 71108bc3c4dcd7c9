import Bytes
import Identifiers
import Problems
package import RDF

/// A mapping of RML: what its file says, in one form whichever vocabulary it is written in.
package struct RMLMapping: Sendable {
  /// The file, for messages.
  package let file: String
  /// The triples maps, in the order of the file.
  package var triplesMaps: [TriplesMap] = []
  /// What it calls things and term maps, and says that they mean.
  var texts: [Term: NodeTexts] = [:]
  /// What it says of itself (`<>`), beside what Dublin Core describes a file with: it is said of what is made by it.
  package var statements: [(predicate: String, object: Term)] = []

  /// The sources, each once, in the order in which they are first spoken of.
  package var sources: [LogicalSource] {
    triplesMaps.reduce(into: []) { list, map in if !list.contains(map.source) { list.append(map.source) } }
  }

  /// The names of the registers that it looks things up in.
  package var registerNames: Set<String> {
    var names: Set<String> = []
    func note(_ conditions: [Condition]) { names.formUnion(conditions.compactMap(\.registerName)) }
    func note(_ term: TermMap) {
      if let name = term.register { names.insert(name) }
      note(term.conditions + term.withhold.map(\.condition))
    }
    for map in triplesMaps {
      note(map.source.conditions + map.source.withhold.map(\.condition))
      map.forEachTerm { note($0) }
      for case .parent(let reference) in map.links.flatMap(\.objects) {
        for condition in reference.conditions { condition.parent.forEach { note($0) } }
      }
    }
    return names
  }

  /// How long items are kept back, and the reference from whose day on.
  package var embargoes: [(months: Int, days: Int, column: String)] {
    sources.flatMap { source in source.embargoes.map { ($0.months, $0.days, $0.columns.first?.text ?? "") } }
  }
}

/// What a node is called and means, with language tags.
struct NodeTexts: Sendable {
  var labels: [(text: String, language: String)] = []
  var definitions: [(text: String, language: String)] = []
}

/// What is said of each item of a source (RML-Core `rml:TriplesMap`).
package struct TriplesMap: Sendable {
  let node: Term
  /// What messages call it.
  package let name: String
  /// What its items come from.
  package var source: LogicalSource
  let place: Place
  var subject: TermMap
  var graphs: [TermMap] = []
  var types: [ByteString] = []
  /// What relative IRIs begin with; nil for what the run says.
  var base: ByteString?
  var links: [PredicateObjectMap] = []

  /// Tells of every term map in it.
  func forEachTerm(_ body: (TermMap) -> Void) {
    for term in [subject] + graphs { term.forEach(body) }
    for link in links {
      for term in link.predicates + link.graphs { term.forEach(body) }
      for object in link.objects {
        switch object {
        case .term(let term): term.forEach(body)
        case .parent(let reference): for condition in reference.conditions { condition.child.forEach(body) }
        }
      }
    }
  }
}

/// Predicates and objects of a subject (`rml:PredicateObjectMap`).
struct PredicateObjectMap: Sendable {
  var predicates: [TermMap] = []
  var objects: [ObjectMap] = []
  var graphs: [TermMap] = []
}

/// What stands at the end of triples.
enum ObjectMap: Sendable {
  case term(TermMap)
  case parent(RefObjectMap)
}

/// The subjects of another triples map (`rml:RefObjectMap`).
struct RefObjectMap: Sendable {
  let parent: Term
  /// What must be the same of both.
  let conditions: [(child: TermMap, parent: TermMap)]
  let place: Place
}

/// What makes terms of an item (`rml:TermMap`).
struct TermMap: Sendable {
  /// What kind of terms.
  enum Kind: Sendable, Equatable {
    /// An IRI, in which all beyond ASCII stays, or is encoded (`rml:URI`); one that is `unsafe` is taken as it comes.
    case iri(isASCII: Bool, isUnsafe: Bool)
    case blankNode
    case literal
  }

  /// What they are made of.
  indirect enum Expression: Sendable {
    case constant(Term)
    case reference(String)
    case template([TemplatePart])
    /// A running number.
    case ordinal(OrdinalMap)
    /// A fresh blank node for each item.
    case none
  }

  var expression: Expression
  var kind: Kind
  /// The language or datatype of literals.
  var language: [TermMap] = []
  var datatype: [TermMap] = []
  /// What is done to the text of a reference, in order.
  var steps: [CleaningStep] = []
  /// The register that it is looked up in.
  var register: String?
  /// How a text says a place or a time, what numbers are multiplied by, and what means no value (contract §4).
  var coordinates: CoordinateForm?
  var time: TimeForm?
  /// Whether dates and times without a zone are those of clocks in Sweden (`kgm:time "local"`).
  var isLocal = false
  var scale: DecimalValue?
  var missing: [String] = []
  /// How the text of a value is written, and its decimal point, as in datatypes of CSVW.
  var format: String?
  var decimalCharacter: String?
  /// What is taken of a place (`kgm:part`): its latitude or its longitude.
  var part: Derivation.Part?
  /// What names in a template stand for that are no references (`kgm:variable`).
  var variables: [String: TermMap] = [:]
  /// References and variables without whose value a template or constant makes nothing (`kgm:needs`).
  var needs: [String] = []
  /// Those with whose value it makes nothing (`kgm:unless`).
  var unless: [String] = []
  /// What must hold of the item for it to make anything (`kgm:when`).
  var conditions: [Condition] = []
  /// How the text of a reference holds several values (`kgm:items`).
  var items: ItemsForm?
  /// The text that the value of a reference must be (`kgm:check`).
  var check: [TemplatePart]?
  /// Rules by which the value of a reference is never published (`kgm:withhold`).
  var withhold: [WithholdRule] = []
  /// As of when codes are looked up (`kgm:codesAsOf`).
  var codesAsOf: CodesAsOf?
  /// What the mapping calls it.
  var node: Term?
  let place: Place

  /// Whether it is a running number.
  var isOrdinal: Bool { if case .ordinal = expression { true } else { false } }

  func forEach(_ body: (TermMap) -> Void) {
    body(self)
    for part in language + datatype { part.forEach(body) }
    for (_, variable) in variables.sorted(by: { $0.key < $1.key }) { variable.forEach(body) }
  }

  /// The references in it.
  var references: [String] {
    switch expression {
    case .reference(let text): [text]
    case .template(let parts): parts.references
    case .ordinal(let number): number.key.references
    case .constant, .none: []
    }
  }
}

/// A running number within a key (contract §4, `ordinal`).
struct OrdinalMap: Sendable {
  /// The template of the key.
  let key: [TemplatePart]
  /// What stands before every number but the first, which then is nothing; nil where all stand.
  let suffix: ByteString?
  /// The key as it is written.
  let source: String
}
