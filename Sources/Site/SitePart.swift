package import Mapping
package import Problems

/// One graph of a site, which can be built on its own.
package struct SitePart: Sendable, Equatable {
  /// What the graph holds.
  package enum Kind: String, Sendable {
    /// The terms of Kommungraf's own namespace, or those of the site's own.
    case terms
    /// A code list.
    case codeList
    /// A register.
    case register
    /// Links between identifiers of two registers or datasets.
    case crosswalk
    /// A dataset of site.yaml.
    case dataset
    /// The catalog, which comes last because it says what became of the others.
    case catalog
  }

  /// What the graph holds.
  package let kind: Kind
  /// The name of the dataset, register or code list.
  package let name: String
  /// The IRI of the graph.
  package let graph: String
  /// The file that it is read from; of a dataset the name of its mapping.
  let source: String
  /// Begins the labels of its blank nodes, so that those of two parts are never one.
  let blankNodePrefix: String
}

/// What became of one graph of a site.
package struct PartReport: Sendable {
  /// The graph.
  package let part: SitePart
  /// The files that it was built from.
  package var sources: [String] = []
  /// The addresses that some of the files were fetched from, without what may be keys.
  package var addresses: [String] = []
  /// Rows and triples.
  package var conversion = ConversionReport()
  /// What was wrong: the first hundred problems of each code.
  package var problems: [Problem] = []
  /// How many problems had severity error.
  package var errors = 0
  /// Why the graph could not be built, or nil where it could.
  package var failure: Problem?
  /// When it was built, as xsd:dateTime; nil for the catalog, which speaks of the others.
  package var moment: String?
  /// How long it took.
  package var milliseconds = 0
  /// Whether it could not be built from what was fetched last, and may be from the copy before that.
  package var hasOlderCopy = false

  /// A report that says nothing yet.
  init(_ part: SitePart) { self.part = part }
}

/// What became of a site.
package struct SiteReport: Sendable {
  /// Its graphs, in the order in which they were built.
  package var parts: [PartReport] = []

  /// A report of nothing.
  package init() {}

  /// How many triples all graphs have together.
  package var triples: Int { parts.reduce(0) { $0 + $1.conversion.triples } }
  /// The graphs that could not be built.
  package var failed: [PartReport] { parts.filter { $0.failure != nil } }
}

extension SitePart {
  /// The code lists and registers of a site, in the order in which their graphs are built: what each holds, its name and its file.
  static func registers(in library: Library) -> [(kind: Kind, name: String, source: String)] {
    let lists = library.codeListNames.compactMap { name in
      library.file("vocabularies/codes/\(name).ttl").map { (kind: Kind.codeList, name: name, source: $0) }
    }
    return lists + library.registerNames.compactMap { name in library.registerFile(name).map { (.register, name, $0) } }
  }

  /// The IRI of the graph of a site's register.
  static func graph(ofRegister name: String, base: String) -> String { base + "/register/" + name }
}
