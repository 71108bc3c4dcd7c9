/// A concrete syntax of RDF, named as on the command line (contract §1).
package enum Format: String, CaseIterable, Sendable {
  case turtle
  case trig
  case ntriples
  case nquads
  case jsonld
  case rdfxml

  /// The format that an option's value names.
  package init?(name: String) { self.init(rawValue: name) }

  /// The format of a file by its ending, in capitals or not.
  package init?(path: String) {
    let file = path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...]
    guard let dot = file.lastIndex(of: ".") else { return nil }
    let ending = file[dot...].lowercased()
    guard let format = Self.allCases.first(where: { $0.ending == ending }) else { return nil }
    self = format
  }

  /// The name as an option's value.
  package var name: String { rawValue }

  /// What people call it.
  package var title: String {
    switch self {
    case .turtle: "Turtle"
    case .trig: "TriG"
    case .ntriples: "N-Triples"
    case .nquads: "N-Quads"
    case .jsonld: "JSON-LD"
    case .rdfxml: "RDF/XML"
    }
  }

  /// The ending of file names, with its dot.
  package var ending: String {
    switch self {
    case .turtle: ".ttl"
    case .trig: ".trig"
    case .ntriples: ".nt"
    case .nquads: ".nq"
    case .jsonld: ".jsonld"
    case .rdfxml: ".rdf"
    }
  }

  /// The registered media type, without parameters.
  package var mediaType: String {
    switch self {
    case .turtle: "text/turtle"
    case .trig: "application/trig"
    case .ntriples: "application/n-triples"
    case .nquads: "application/n-quads"
    case .jsonld: "application/ld+json"
    case .rdfxml: "application/rdf+xml"
    }
  }

  /// Whether the format can name graphs.
  package var hasGraphs: Bool { self == .trig || self == .nquads || self == .jsonld }
}
