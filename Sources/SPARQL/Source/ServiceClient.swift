package import Bytes
package import Problems
package import RDF

/// Asks other endpoints (SPARQL 1.1 Federated Query §2). How, over HTTP or in a test's memory, is the client's own matter.
package protocol ServiceClient: AnyObject, Sendable {
  /// The solutions of a SELECT query at an endpoint.
  ///
  /// Called on a thread of queries, which it may hold up; it polls `meter` and keeps to what that allows.
  /// - Throws: ``ProblemCode/serviceFailed`` where there is no answer, or none that is one, and what `meter` throws.
  func solutions(of query: ByteString, at endpoint: ByteString, meter: QueryMeter) throws(Failure) -> ServiceAnswer
}

/// What an endpoint answered.
package struct ServiceAnswer: Sendable {
  /// The names of the variables, without `?`.
  package var variables: [ByteString]
  /// The solutions, each as wide as there are variables; nil where a variable has no value.
  package var rows: [[Term?]]

  /// An answer.
  package init(variables: [ByteString], rows: [[Term?]]) {
    self.variables = variables
    self.rows = rows
  }
}

/// Which endpoints queries may ask, and by whom they are asked. Without any, SERVICE is refused.
package struct Services: Sendable {
  /// The endpoints' IRIs, compared byte by byte.
  package let allowed: Set<ByteString>
  /// Who asks them.
  package let client: any ServiceClient

  /// A list of endpoints and a client.
  package init(allowed: Set<ByteString>, client: any ServiceClient) {
    self.allowed = allowed
    self.client = client
  }
}
