package import RDFSyntax

/// A form in which a document can be had.
package enum DocumentForm: Sendable, Hashable, CaseIterable {
  case html, turtle, jsonld, ntriples, rdfxml

  /// The media type, without parameters.
  package var mediaType: String { format?.mediaType ?? "text/html" }

  /// The format of triples; nil for the page.
  package var format: Format? {
    switch self {
    case .html: nil
    case .turtle: .turtle
    case .jsonld: .jsonld
    case .ntriples: .ntriples
    case .rdfxml: .rdfxml
    }
  }

  /// The name in `?format=`.
  package var name: String { format?.name ?? "html" }

  /// The form that `?format=` names: by name, by the ending of files, or by media type.
  package init?(named name: String) {
    let lower = name.lowercased()
    let found = Self.allCases.first { form in
      lower == form.name || lower == form.mediaType || lower == form.format.map { String($0.ending.dropFirst()) }
    }
    guard let found else { return nil }
    self = found
  }

  /// The form that the ending of a path asks for, and the path without it; nil where there is none.
  package static func ending(of path: String) -> (form: DocumentForm, stem: String)? {
    for form in allCases {
      let ending = form.format?.ending ?? ".html"
      if path.hasSuffix(ending), path.count > ending.count { return (form, String(path.dropLast(ending.count))) }
    }
    return nil
  }

  /// The `Content-Type` of a document.
  package var contentType: String { mediaType + (self == .rdfxml || self == .jsonld ? "" : "; charset=utf-8") }
}
