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
    let workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    let accept = "text/csv, \(workbook), application/csvm+json, application/ld+json, application/json, */*;q=0.1"
    let fetch = HTTPFetch(name, policy, .init(headers: [("Accept", accept)])) { [policy] response in
      try await Self.receive(response, name, policy)
    }
    return try wait { await fetch.result() }
  }

  private static func receive(_ response: HTTPClientResponse, _ name: String, _ policy: NetworkPolicy) async throws -> FetchedStream {
    switch response.status.code {
    case 200..<300: break
    case 404, 410: throw Failure(.inputMissing, at: Place(file: name), ["name": name])
    case let status: throw Failure(status: Int(status), of: name)
    }
    let links = response.headers[canonicalForm: "Link"].joined(separator: ",")
    let body = try TemporaryFile(name)
    // The client looks at the time no longer once the answer has begun.
    let deadline = ContinuousClock.now + .seconds(policy.totalSeconds)
    for try await part in response.body {
      if body.count + part.readableBytes > policy.largestBody { throw Failure.bodyTooLarge(name, policy) }
      if ContinuousClock.now > deadline { throw HTTPClientError.deadlineExceeded }
      try part.withUnsafeReadableBytes { bytes in try body.append(bytes) }
    }
    return FetchedStream(body, link: links.isEmpty ? nil : links)
  }
}

extension Failure {
  /// A server answered with this status instead of what was asked for.
  init(status: Int, of name: String) {
    self.init(.networkFailed, at: Place(file: name), ["name": .text(name), "reason": .phrase("network-status", ["status": "\(status)"])])
  }
}
