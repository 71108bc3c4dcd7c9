import Bytes
import Identifiers
package import Problems
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

/// Where the rows of triples maps come from, and how they are looked at (RML-IO `rml:LogicalSource`).
package struct LogicalSource: Sendable, Hashable {
  /// What its references are written in.
  package enum Formulation: String, Sendable {
    case csv, json, xml
  }

  /// The file or IRI that it names, as it is written.
  package var name: String
  /// Whether a relative name starts from the folder of the mapping; else from the working directory.
  package var isBesideMapping = true
  package var formulation: Formulation
  /// What finds the items; nil in a table, whose items are its rows.
  package var iterator: String?
  /// Values that mean no value, beside the empty one.
  package var nulls: [String] = []
  /// Rules by which items are never published (contract §4, `withhold`); the column of a rule is a reference.
  var withhold: [WithholdRule] = []
  /// What keeps items back until a day (`embargo`), whose columns are references too.
  var embargoes: [Embargo] = []
  /// What must hold of items for them to count (`when`).
  var conditions: [Condition] = []
  /// As of when codes are looked up of which nothing else is said (`codesAsOf`).
  var codesAsOf: CodesAsOf?
  /// The prefixes of names in XML, each with its namespace, as `prefix=namespace`.
  package var namespaces: [String] = []
  /// How delimited text is written, as far as the mapping says.
  package var delimiter: String?
  package var encoding: String?
  /// Whether references are of the older vocabulary: names without `$`, and all values texts.
  package var isOld = false
  /// Where the mapping says so, and where its iterator stands. Not a part of what it is.
  package var place = Place()
  package var iteratorPlace = Place()

  /// Whether two are read in the same way.
  package static func == (left: LogicalSource, right: LogicalSource) -> Bool { left.key == right.key }

  /// Hashes what makes it what it is.
  package func hash(into hasher: inout Hasher) { hasher.combine(key) }

  /// Whether a rule or an embargo withholds items.
  var isSecretive: Bool { !embargoes.isEmpty || withhold.contains { !$0.onlyPointsOut } }

  /// Adds the rules and embargoes of another source that it has not.
  mutating func add(rulesOf other: LogicalSource) {
    for rule in other.withhold where !withhold.contains(where: { $0.source == rule.source }) { withhold.append(rule) }
    for embargo in other.embargoes where !embargoes.contains(where: { $0.source == embargo.source }) { embargoes.append(embargo) }
  }

  /// Whether two find the same items in the same file: what withholds those of one withholds those of the other.
  func hasSameItems(as other: LogicalSource) -> Bool {
    name == other.name && isBesideMapping == other.isBesideMapping && formulation == other.formulation && iterator == other.iterator
  }

  private var key: [String] {
    [
      name, "\(isBesideMapping)", formulation.rawValue, iterator ?? "", delimiter ?? "", encoding ?? "", "\(isOld)",
      nulls.joined(separator: "\u{0}"), namespaces.sorted().joined(separator: "\u{0}"),
      withhold.map(\.source).joined(separator: "\u{0}"), embargoes.map(\.source).joined(separator: "\u{0}"),
      conditions.map(\.source).joined(separator: "\u{0}"), codesAsOf.map { "\($0)" } ?? "",
    ]
  }
}

/// What is said of each item of a source (RML-Core `rml:TriplesMap`).
package struct TriplesMap: Sendable {
  let node: Term
  /// What messages call it.
  package let name: String
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

extension [TemplatePart] {
  /// The references in a template.
  var references: [String] { compactMap { if case .reference(let text, _) = $0 { text } else { nil } } }
}

/// A part of a template (`rml:template`).
enum TemplatePart: Sendable, Hashable {
  case literal(ByteString)
  /// A reference, and where it begins in the template.
  case reference(String, offset: Int)

  /// Takes a template apart. A backslash before a brace or a backslash takes it for itself.
  /// - Throws: why and at which byte it is none.
  static func parts(of template: String) throws(TemplateFault) -> [TemplatePart] {
    var parts: [TemplatePart] = []
    var text: [UInt8] = []
    var start: Int?
    var index = 0
    let bytes = Array(template.utf8)
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\\"):
        guard index + 1 < bytes.count, [UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "\\")].contains(bytes[index + 1]) else {
          throw TemplateFault(reason: .phrase("template-backslash"), offset: index)
        }
        index += 1
        text.append(bytes[index])
      case UInt8(ascii: "{"):
        if start != nil { throw TemplateFault(reason: .phrase("template-brace-within"), offset: index) }
        if !text.isEmpty { parts.append(.literal(ByteString(text))) }
        text = []
        start = index + 1
      case UInt8(ascii: "}"):
        guard let begin = start else { throw TemplateFault(reason: .phrase("template-brace-stray"), offset: index) }
        if text.isEmpty { throw TemplateFault(reason: .phrase("template-empty"), offset: index) }
        parts.append(.reference(String(decoding: text, as: UTF8.self), offset: begin))
        text = []
        start = nil
      default: text.append(bytes[index])
      }
      index += 1
    }
    if let start { throw TemplateFault(reason: .phrase("template-brace-open"), offset: start - 1) }
    if !text.isEmpty { parts.append(.literal(ByteString(text))) }
    return parts
  }
}

/// Why a text is no template, and where.
struct TemplateFault: Error {
  let reason: Words
  let offset: Int
}
