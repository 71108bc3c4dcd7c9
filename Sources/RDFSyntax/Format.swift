/// A concrete syntax of RDF, named as on the command line (contract §1).
package enum Format: String, CaseIterable, Sendable {
  case turtle
  case trig
  case ntriples
  case nquads
  case jsonld
  case rdfxml
}
