package import Bytes
package import Problems

/// Asks other endpoints (SPARQL 1.1 Federated Query §2). How, over HTTP or in a test's memory, is the client's own matter.
package protocol ServiceClient: AnyObject, Sendable {
  /// Delivers what an endpoint answers to a SELECT query, whole or not at all: where this throws, what the sink has counts for nothing.
  ///
  /// Called on a thread of queries, which it may hold up; while it waits it calls ``ServiceQuestion/check()`` several times a second.
  /// - Throws: ``ProblemCode/serviceFailed`` where there is no answer, or none that is one, what ``ServiceQuestion/check()`` throws, and
  ///   what the sink throws.
  func answer(_ question: ServiceQuestion, to sink: any SolutionSink) throws(Failure)
}

/// What is asked of another endpoint.
package struct ServiceQuestion: Sendable {
  /// The query.
  package let query: ByteString
  /// The IRI of the endpoint.
  package let endpoint: ByteString
  private let meter: QueryMeter
  private let deadline: ContinuousClock.Instant?

  /// A question.
  /// - Parameters:
  ///   - meter: what the query that asks may use.
  ///   - deadline: until when an answer is of use; nil for as long as the query has time.
  package init(_ query: ByteString, at endpoint: ByteString, meter: QueryMeter, deadline: ContinuousClock.Instant? = nil) {
    self.query = query
    self.endpoint = endpoint
    self.meter = meter
    self.deadline = deadline
  }

  /// Ends the wait where nobody wants the answer any more.
  /// - Throws: ``ProblemCode/queryTimeout`` or ``ProblemCode/queryCancelled``, and ``ProblemCode/networkFailed`` at the question's own
  ///   deadline.
  package func check() throws(Failure) {
    try meter.check()
    if let deadline, ContinuousClock.now > deadline {
      throw Failure(.networkFailed, ["name": .text(endpoint.text), "reason": .phrase("network-timeout")])
    }
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
