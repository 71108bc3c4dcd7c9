import Bytes
import Problems

/// What a reader found wrong and where, before it is put into words.
struct Fault {
  /// What is wrong.
  var kind: FaultKind = .subject
  /// The index in the reader's bytes that the user is pointed at.
  var at = 0
  /// Where the wrong text begins, for kinds that quote it.
  var start = 0

  /// A fault at one place.
  init(_ kind: FaultKind = .subject, at: Int = 0, start: Int? = nil) {
    self.kind = kind
    self.at = at
    self.start = start ?? at
  }
}

/// The kinds of faults.
enum FaultKind {
  // Something else should stand there.
  case subject, predicate, object, dot, lineEnd, datatype, graphName, graphOrDot
  case prefixName, namespace, baseIRI, objectEnd, listItem, openBrace, statement
  // The text itself is wrong.
  case literalSubject, literalPredicate, literalGraph, blankPredicate, listGraph
  case stringOpen, stringBroken, iriOpen, escape, iriEscape, percent, language, label, character, word, nameEscape
  case directiveInGraph, graphInGraph, graphInTriples, graphOpen, bracketOpen, listOpen, bracketStray
  // Kinds with a code of their own.
  case iriInvalid, iriRelative, prefixUndeclared, depth, illFormed, tooLong

  /// What a person would say should stand there.
  private var expectation: Words? {
    switch self {
    case .subject: .phrase("expected-subject")
    case .predicate: .phrase("expected-predicate")
    case .object: .phrase("expected-object")
    case .dot: .phrase("expected-dot")
    case .lineEnd: .phrase("expected-line-end")
    case .datatype: .phrase("expected-datatype")
    case .graphName: .phrase("expected-graph-name")
    case .graphOrDot: .phrase("expected-graph-or-dot")
    case .prefixName: .phrase("expected-prefix-name")
    case .namespace: .phrase("expected-namespace")
    case .baseIRI: .phrase("expected-base-iri")
    case .objectEnd: .phrase("expected-object-end")
    case .listItem: .phrase("expected-list-item")
    case .openBrace: .phrase("expected-open-brace")
    case .statement: .phrase("expected-statement")
    case .word: .phrase("expected-word")
    default: nil
    }
  }

  /// What is wrong, as a person would say it.
  private var sentence: Words {
    switch self {
    case .literalSubject: .phrase("rdf-literal-subject")
    case .literalPredicate: .phrase("rdf-literal-predicate")
    case .literalGraph: .phrase("rdf-literal-graph")
    case .blankPredicate: .phrase("rdf-blank-predicate")
    case .listGraph: .phrase("rdf-list-graph")
    case .stringOpen: .phrase("rdf-string-open")
    case .stringBroken: .phrase("rdf-string-broken")
    case .iriOpen: .phrase("rdf-iri-open")
    case .escape: .phrase("rdf-escape")
    case .iriEscape: .phrase("rdf-iri-escape")
    case .nameEscape: .phrase("rdf-name-escape")
    case .percent: .phrase("rdf-percent")
    case .language: .phrase("rdf-language")
    case .label: .phrase("rdf-label")
    case .character: .phrase("rdf-character")
    case .directiveInGraph: .phrase("rdf-directive-in-graph")
    case .graphInGraph: .phrase("rdf-graph-in-graph")
    case .graphInTriples: .phrase("rdf-graph-in-triples")
    case .graphOpen: .phrase("rdf-graph-open")
    case .bracketOpen: .phrase("rdf-bracket-open")
    case .listOpen: .phrase("rdf-list-open")
    case .bracketStray: .phrase("rdf-bracket-stray")
    default: ""
    }
  }

  /// The problem to report. `rest` is what stands from the fault's place on, `quoted` the wrong text.
  func problem(at place: Place, rest: ByteView, quoted: ByteView, isLineBound: Bool) -> Problem {
    switch self {
    case .iriInvalid: return Problem(.iriInvalid, at: place, value: quoted.text)
    case .iriRelative: return Problem(.iriRelative, at: place, value: quoted.text)
    case .prefixUndeclared:
      let prefix = quoted.text
      return Problem(.rdfPrefixUndeclared, at: place, value: prefix, ["prefix": prefix].merging(knownNamespace(prefix)) { $1 })
    case .illFormed: return Problem(.encodingInvalid, at: place, ["what": place.file ?? "", "encoding": "UTF-8"])
    case .tooLong: return Problem(.limitExceeded, at: place, ["what": .phrase("bytes"), "limit": "\(RDFReader.tokenLimit)"])
    case .depth: return Problem(.rdfDepth, at: place)
    default:
      guard let expectation else { return Problem(.rdfSyntax, at: place, ["found": sentence]) }
      return Problem(.rdfSyntax, at: place, ["found": unexpected(rest, isLineBound), "expected": expectation])
    }
  }

  /// Names the word that stands where it should not.
  private func unexpected(_ rest: ByteView, _ isLineBound: Bool) -> Words {
    if rest.isEmpty { return .phrase("file-ends") }
    if isLineBound, rest[0] == 0x0A || rest[0] == 0x0D { return .phrase("line-ends") }
    let word = rest.buffer.prefix { $0 > 0x20 }.prefix(200)
    let text = String(decoding: word.isEmpty ? rest.buffer.prefix(1) : word, as: UTF8.self)
    let short = text.unicodeScalars.count > 40 ? String(text.unicodeScalars.prefix(40)) + "…" : text
    return .phrase("unexpected", ["text": short])
  }
}

/// The namespace that a prefix usually stands for, as an argument for the message's help.
private func knownNamespace(_ prefix: String) -> [String: String] {
  let known = [
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "prov": "http://www.w3.org/ns/prov#",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "org": "http://www.w3.org/ns/org#",
    "schema": "http://schema.org/",
  ]
  return known[prefix].map { ["iri": $0] } ?? [:]
}
