import SPARQL

/// A test as its manifest tells of it.
struct SuiteEntry: Sendable {
  /// The IRI of the entry.
  let iri: String
  /// The IRIs of its classes, which decide how it is run.
  var types: Set<String> = []
  /// The IRI of what is tested.
  var action: String
  /// The IRI of the expected result, where there is one.
  var result: String?
  /// What else the manifest says, by IRI of the property.
  var options: [String: String] = [:]
  /// The version of the language that the suite is of, which is announced beside its queries; or nil.
  var version: QueryVersion?
  /// What the action says where it is more than a document.
  var query: QueryAction?

  /// What tells entries apart: suites have given two tests one IRI.
  struct Identity: Hashable {
    let iri: String
    let action: String
    let result: String?
  }

  var identity: Identity { Identity(iri: iri, action: query?.query ?? action, result: result) }
}

/// The action of a test of a query: the query and the data that it is asked of.
struct QueryAction: Sendable {
  /// The IRI of the query.
  var query = ""
  /// The IRIs of the documents of the default graph.
  var data: [String] = []
  /// The named graphs: the name of each, and the IRI of its document.
  var graphs: [(name: String, document: String)] = []
  /// The other endpoints that the query asks, by IRI, and the IRIs of their documents.
  var services: [String: [String]] = [:]
  /// Whether the answer is to be had under an entailment regime.
  var hasEntailment = false
}

/// What came of a test.
enum Verdict: Sendable, Equatable {
  case passed
  /// The reason, and what may help to mend it.
  case failed(String, details: String = "")
  /// No test that this harness is for.
  case outOfScope
}

/// IRIs of the vocabularies of manifests.
enum TestVocabulary {
  static let manifest = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
  static let rdfTest = "http://www.w3.org/ns/rdftest#"
  static let canonicalization = "https://w3c.github.io/rdf-canon/tests/vocab#"
  static let query = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
  static let resultSet = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
  static let serviceDescription = "http://www.w3.org/ns/sparql-service-description#"
  static let csvw = "http://www.w3.org/2013/csvw/tests/vocab#"
}
