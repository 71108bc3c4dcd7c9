import Resources
import SPARQL

/// A manifest that is run: where it stands in the folder of suites, and the IRI that its suite was published under.
struct SuiteManifest: Sendable {
  /// The name in printed lines, such as `csvw/rdf`.
  let name: String
  /// The path of the manifest within the folder of suites.
  let path: String
  /// The IRI of the manifest's folder; the tests' own IRIs begin with it.
  let home: String
  /// The IRIs of manifests whose entries are left out, because they are run on lines of their own.
  var without: [String] = []

  /// The version of SPARQL that the suite is of, where it is not 1.1.
  var version: QueryVersion?

  /// The first part of the name, which names the list of known failures.
  var suite: String { String(name.prefix { $0 != "/" }) }

  /// The folder of the manifest within the folder of suites.
  var folder: String { path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "" }

  /// The IRI of the manifest.
  var iri: String { home + path.dropFirst(folder.utf8.count + 1) }

  /// What reads the suite's IRIs from the folder, and what its servers hold beside it from `served/HOST`.
  func files(in suites: SuiteFolder) -> FileSource {
    FileSource(mounts: [
      FileSource.Mount(prefix: home, folder: suites.path + "/" + folder),
      FileSource.Mount(prefix: "http://www.w3.org/", folder: SuiteFolder.packageRoot + "/Tests/Conformance/served/www.w3.org"),
    ])
  }

  /// An entry's IRI without the part that all entries of the suite share: the id in lists of known failures.
  func id(of entry: String) -> String {
    let folder = folder.utf8.count > suite.utf8.count ? folder.dropFirst(suite.utf8.count + 1) + "/" : ""
    return entry.hasPrefix(home) ? folder + entry.dropFirst(home.utf8.count) : entry
  }

  /// Whether an id of a list of known failures is of an entry of this manifest. Those of SPARQL stand in folders of their own, which
  /// nobody knows without the manifest; they are there or not all together.
  func owns(_ id: String) -> Bool { folder.hasPrefix("sparql") || id.hasPrefix(self.id(of: iri).prefix { $0 != "." }) }

  /// The manifests that are run now.
  static let all: [SuiteManifest] =
    ["turtle", "n-triples", "n-quads", "trig", "xml"].map { syntax in
      SuiteManifest(
        name: "rdf11/rdf-\(syntax)", path: "rdf11/rdf-\(syntax)/manifest.ttl",
        home: "https://w3c.github.io/rdf-tests/rdf/rdf11/rdf-\(syntax)/")
    } + [
      SuiteManifest(name: "rdf-canon/manifest", path: "rdf-canon/manifest.ttl", home: "https://w3c.github.io/rdf-canon/tests/")
    ]
    + ["rdf", "json", "validation", "nonnorm"].map { part in
      SuiteManifest(name: "csvw/\(part)", path: "csvw/manifest-\(part).jsonld", home: "http://www.w3.org/2013/csvw/tests/")
    }
    + ["evaluation", "syntax"].map { part in
      SuiteManifest(
        name: "sparql10/\(part)", path: "sparql10/manifest-\(part).ttl", home: "http://www.w3.org/2001/sw/DataAccess/tests/data-r2/")
    }
    + sparqlParts + [sparqlRest] + sparql12

  private static let sparqlHome = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"

  /// The parts of the suite of SPARQL 1.1 that have manifests of their own.
  private static let sparqlParts = ["query", "results", "fed", "update"].map { part in
    SuiteManifest(name: "sparql11/\(part)", path: "sparql11/manifest-sparql11-\(part).ttl", home: sparqlHome)
  }

  /// What the suite of SPARQL 1.1 has beside its parts.
  private static let sparqlRest = SuiteManifest(
    name: "sparql11/other", path: "sparql11/manifest-all.ttl", home: sparqlHome, without: sparqlParts.map(\.iri))

  /// The suite of SPARQL 1.2: one manifest includes the others; which of these two it is has changed.
  private static let sparql12: [SuiteManifest] = {
    let home = "https://w3c.github.io/rdf-tests/sparql/sparql12/"
    let first = SuiteManifest(name: "sparql12/manifest", path: "sparql12/manifest.ttl", home: home, version: .v12)
    let all = SuiteManifest(name: "sparql12/all", path: "sparql12/manifest-all.ttl", home: home, without: [first.iri], version: .v12)
    return [first, all]
  }()

  /// The names of the suites that the manifests belong to, each once.
  static let suites: [String] = all.map(\.suite).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
}
