import Bytes
package import Problems
package import Resources

/// Asks endpoints by the SPARQL 1.1 Protocol (§2.1.2, a form by POST, which every endpoint takes).
package final class EndpointClient: ServiceClient {
  private let exchange: any ByteExchange
  private let limits: ResultReader.Limits

  /// A client that sends its questions by `exchange` and takes answers within `limits`.
  package init(_ exchange: any ByteExchange, limits: ResultReader.Limits) {
    self.exchange = exchange
    self.limits = limits
  }

  /// Asks an endpoint.
  package func answer(_ question: ServiceQuestion, to sink: any SolutionSink) throws(Failure) {
    do throws(Failure) {
      let answer = try exchange.answer(to: Self.form(of: question)) { () throws(Failure) in try question.check() }
      let type = answer.contentType.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
      guard let format = ResultFormat(answeredAs: type) else {
        throw Self.failure(
          question, type.isEmpty ? .phrase("service-untyped") : .phrase("service-type", ["type": String(type.prefix(100))]))
      }
      try ResultReader.read(answer.stream, format: format, limits: limits, into: sink)
    } catch {
      guard let (reason, mend) = error.problem.ofService else { throw error }
      throw Self.failure(question, reason, mend)
    }
  }

  private static func form(of question: ServiceQuestion) -> PostedQuestion {
    var body = ByteBuffer(capacity: question.query.count * 2)
    body.append("query=")
    question.query.withView { body.append(percentEncoding: $0) }
    return PostedQuestion(
      question.endpoint.text, body: Array(body.view.buffer), contentType: "application/x-www-form-urlencoded",
      accept: "\(ResultFormat.json.mediaType), \(ResultFormat.xml.mediaType);q=0.9")
  }

  private static func failure(_ question: ServiceQuestion, _ reason: Words, _ mend: Words = .phrase("mend-endpoint")) -> Failure {
    Failure(.serviceFailed, value: question.endpoint.text, ["reason": reason, "mend": mend])
  }
}

extension ResultFormat {
  /// The format of an answer with this media type; nil where it is none of results. Some endpoints name the syntax alone.
  fileprivate init?(answeredAs type: String) {
    switch type {
    case "application/sparql-results+json", "application/json", "text/json": self = .json
    case "application/sparql-results+xml", "application/xml", "text/xml": self = .xml
    default: return nil
    }
  }
}

extension Problem {
  /// Why there is no answer where this went wrong on the way of one, and how to mend it; nil for what is no fault of the endpoint.
  fileprivate var ofService: (reason: Words, mend: Words)? {
    var placed = arguments
    placed["line"] = .text("\(place.line ?? 1)")
    placed["column"] = .text("\(place.column ?? 1)")
    switch code {
    case .networkFailed: return (arguments["reason"] ?? .phrase("network-broken"), .phrase("mend-connection"))
    case .networkRefused: return (.phrase("service-private"), .phrase("mend-private"))
    case .networkUnavailable: return (.phrase("service-offline"), .phrase("mend-offline"))
    case .limitExceeded: return (.phrase("service-long", arguments), .phrase("mend-long"))
    case .jsonSyntax: return (.phrase("service-syntax", placed), .phrase("mend-endpoint"))
    case .jsonDepth: return (.phrase("service-deep", placed), .phrase("mend-endpoint"))
    case .resultsInvalid: return (.phrase("service-invalid", placed), .phrase("mend-endpoint"))
    default: return nil
    }
  }
}
