import ArgumentParser
import RDFSyntax
import SPARQL

/// How `query` writes its results.
enum QueryResults: String, ExpressibleByArgument, CaseIterable {
  case table, json, xml, csv, tsv, turtle, ntriples, jsonld

  /// The formats of solutions and graphs: graphs under a format of solutions are N-Triples (contract §1).
  var formats: AnswerWriter.Formats {
    AnswerWriter.Formats(solutions: ResultFormat(rawValue: rawValue), graph: Format(name: rawValue) ?? .ntriples)
  }
}
