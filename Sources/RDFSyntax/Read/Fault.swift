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
  private var expectation: String? {
    switch self {
    case .subject: "an IRI or a blank node as the subject"
    case .predicate: "a predicate"
    case .object: "an object: an IRI, a blank node or a literal"
    case .dot: "«.» at the end of the statement"
    case .lineEnd: "nothing more on the line"
    case .datatype: "the IRI of a datatype after «^^»"
    case .graphName: "an IRI or a blank node as the name of the graph"
    case .graphOrDot: "the name of the graph or «.»"
    case .prefixName: "a prefix such as «ex:»"
    case .namespace: "the namespace of the prefix, in «<» and «>»"
    case .baseIRI: "the base, in «<» and «>»"
    case .objectEnd: "«,», «;» or «.»"
    case .listItem: "an item of the list or «)»"
    case .openBrace: "«{» after the name of the graph"
    case .statement: "a statement or a directive"
    case .word: "a name with a prefix, such as «ex:name»"
    default: nil
    }
  }

  /// What is wrong, as a person would say it.
  private var sentence: String {
    switch self {
    case .literalSubject: "a literal can't be a subject"
    case .literalPredicate: "a literal can't be a predicate"
    case .literalGraph: "a literal can't name a graph"
    case .blankPredicate: "a blank node can't be a predicate"
    case .listGraph: "a list can't name a graph"
    case .stringOpen: "the string that begins here is never closed"
    case .stringBroken: "the string is not closed before the line ends"
    case .iriOpen: "the IRI that begins here has no closing «>»"
    case .escape: "this is not an escape that a string may hold"
    case .iriEscape: "this is not an escape that an IRI may hold"
    case .nameEscape: "this is not an escape that a name may hold"
    case .percent: "«%» must be followed by two hexadecimal digits"
    case .language: "this is not a language tag"
    case .label: "this is not the label of a blank node"
    case .character: "this character can't stand here"
    case .directiveInGraph: "a directive can't stand inside a graph"
    case .graphInGraph: "a graph can't stand inside a graph"
    case .graphInTriples: "a Turtle file can't have graphs; TriG can"
    case .graphOpen: "the graph that was opened is never closed with «}»"
    case .bracketOpen: "the «[» that was opened is never closed"
    case .listOpen: "the list that was opened is never closed with «)»"
    case .bracketStray: "this closes nothing that was opened"
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
    case .tooLong: return Problem(.limitExceeded, at: place, ["what": "bytes", "limit": "\(RDFReader.tokenLimit)"])
    case .depth: return Problem(.rdfDepth, at: place)
    default:
      guard let expectation else { return Problem(.rdfSyntax, at: place, ["found": sentence]) }
      return Problem(.rdfSyntax, at: place, ["found": unexpected(rest, isLineBound), "expected": expectation])
    }
  }

  /// Names the word that stands where it should not.
  private func unexpected(_ rest: ByteView, _ isLineBound: Bool) -> String {
    if rest.isEmpty { return "the file ends here" }
    if isLineBound, rest[0] == 0x0A || rest[0] == 0x0D { return "the line ends here" }
    let word = rest.buffer.prefix { $0 > 0x20 }.prefix(200)
    let text = String(decoding: word.isEmpty ? rest.buffer.prefix(1) : word, as: UTF8.self)
    return "unexpected «" + (text.unicodeScalars.count > 40 ? String(text.unicodeScalars.prefix(40)) + "…" : text) + "»"
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
