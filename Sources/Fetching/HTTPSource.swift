import AsyncHTTPClient
import NIOCore
import NIOHTTP1
package import Problems
package import Resources

/// Files as ``FileSource`` has them, and beside them what stands under `http:` and `https:` IRIs, fetched within the limits of a policy.
package struct HTTPSource: ByteSource {
  private let files: FileSource
  private let policy: NetworkPolicy

  /// A source over files and the network.
  package init(_ files: FileSource, policy: NetworkPolicy) {
    self.files = files
    self.policy = policy
  }

  /// Opens a path, `-`, an IRI that a folder stands in for, or fetches an IRI. What is fetched has come whole when this returns; it stands
  /// in a file without a name, so that its size takes no memory.
  /// - Throws: what ``FileSource`` throws, ``ProblemCode/inputMissing`` where the server has no such thing,
  ///   ``ProblemCode/networkRefused`` for an address that may not be fetched from, ``ProblemCode/networkFailed``, or
  ///   ``ProblemCode/limitExceeded``.
  package func open(_ name: String) throws(Failure) -> any ByteStream {
    if policy.isOffline || files.path(of: name) != nil || name == "-" { return try files.open(name) }
    let fetch = HTTPFetch(name, policy, .init(headers: [("Accept", Self.accept)])) { [policy] response, _ in
      try await Self.receive(response, name, limit: policy.largestBody, policy)
    }
    return try wait { await fetch.result() }
  }

  /// The media types that are read, in the header `Accept`.
  private static let accept: String = {
    let workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return "text/csv, \(workbook), application/csvm+json, application/ld+json, application/json, */*;q=0.1"
  }()

  private static func receive(
    _ response: HTTPClientResponse, _ name: String, limit: Int, _ policy: NetworkPolicy
  ) async throws -> FetchedStream {
    switch response.status.code {
    case 200..<300: break
    case 404, 410: throw Failure(.inputMissing, at: Place(file: name), ["name": name])
    case let status:
      var failure = Failure(status: Int(status), of: name)
      if status == 429 || status == 503, let text = response.headers.first(name: "Retry-After") {
        failure.rest = RetryAfter.seconds(text, date: response.headers.first(name: "Date"))
      }
      throw failure
    }
    let links = response.headers[canonicalForm: "Link"].joined(separator: ",")
    let body = try TemporaryFile(name)
    // The client looks at the time no longer once the answer has begun.
    let deadline = ContinuousClock.now + .seconds(policy.totalSeconds)
    for try await part in response.body {
      if body.count + part.readableBytes > limit { throw Failure.bodyTooLarge(name, limit) }
      if ContinuousClock.now > deadline { throw HTTPClientError.deadlineExceeded }
      try part.withUnsafeReadableBytes { bytes in try body.append(bytes) }
    }
    return FetchedStream(body, link: links.isEmpty ? nil : links)
  }
}

extension HTTPSource: ByteFetcher {
  /// Asks with the headers, the body and the conditions of a request. What an IRI's folder stands in for is read from there.
  package func fetch(_ request: FetchRequest) throws(Failure) -> FetchedAnswer {
    let (address, name) = (request.address, request.name)
    if let path = files.path(of: address) {
      var answer = FetchedAnswer(try FileStream(path: path, name: name), from: address)
      answer.isStandIn = true
      return answer
    }
    if policy.isOffline { throw Failure(.networkUnavailable, at: Place(file: name), ["name": name]) }
    var message = HTTPFetch<FetchedAnswer>.Message(headers: [("Accept", Self.accept)])
    if let body = request.body {
      message.method = .POST
      message.headers.append(("Content-Type", request.contentType))
      message.body = body
      message.isBodySecret = true
    }
    if let tag = request.tag { message.headers.append(("If-None-Match", tag)) }
    if let date = request.date { message.headers.append(("If-Modified-Since", date)) }
    message.secrets = request.headers
    let limit = min(request.limit ?? .max, policy.largestBody)
    let isConditional = request.tag != nil || request.date != nil
    let fetch = HTTPFetch(address, as: name, policy, message) { [policy] response, url in
      if isConditional, response.status == .notModified { return FetchedAnswer(nil, from: url) }
      let stream = try await Self.receive(response, name, limit: limit, policy)
      var answer = FetchedAnswer(stream, from: url)
      answer.contentType = response.headers.first(name: "Content-Type") ?? ""
      answer.link = stream.link
      answer.tag = response.headers.first(name: "ETag")
      answer.date = response.headers.first(name: "Last-Modified")
      return answer
    }
    return try wait { await fetch.result() }
  }
}

extension Failure {
  /// A server answered with this status instead of what was asked for.
  init(status: Int, of name: String) {
    self.init(.networkFailed, at: Place(file: name), ["name": .text(name), "reason": .phrase("network-status", ["status": "\(status)"])])
  }
}
