import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import Problems
import Resources

/// One request, with the redirects that it is led along.
struct HTTPFetch: Sendable {
  private let name: String
  private let policy: NetworkPolicy

  /// A request for the IRI that the user calls `name`.
  init(_ name: String, _ policy: NetworkPolicy) {
    self.name = name
    self.policy = policy
  }

  /// The body, or why there is none.
  func result() async -> Result<FetchedStream, Failure> {
    do throws(Failure) { return .success(try await follow()) } catch { return .failure(error) }
  }

  private func follow() async throws(Failure) -> FetchedStream {
    guard var url = URL(string: name) else { throw failed(.phrase("network-address")) }
    for _ in 0...policy.mostRedirects {
      let hop = try Hop(url, of: self)
      switch try await fetch(hop) {
      case .body(let stream): return stream
      case .none(let failure): throw failure
      case .redirect(let target):
        guard let next = URL(string: target, relativeTo: url)?.absoluteURL else { throw failed(.phrase("network-address")) }
        // What was asked for over a protected connection is not taken from an open one.
        if url.scheme == "https", next.scheme == "http" { throw failed(.phrase("network-downgrade")) }
        url = next
      }
    }
    throw failed(.phrase("network-redirects", ["limit": "\(policy.mostRedirects)"]))
  }

  /// A URL that may be fetched, and the addresses at which.
  private struct Hop {
    let url: URL
    let host: String
    let addresses: [HostAddress]

    init(_ url: URL, of fetch: HTTPFetch) throws(Failure) {
      guard url.scheme == "http" || url.scheme == "https", url.user == nil, let host = url.host()?.lowercased(), !host.isEmpty else {
        throw fetch.failed(.phrase("network-address"))
      }
      // The client looks for the address under the host as it is spelt.
      var components = URLComponents(url: url, resolvingAgainstBaseURL: true)
      components?.host = host
      guard let url = components?.url else { throw fetch.failed(.phrase("network-address")) }
      self.url = url
      self.host = host.trimmingCharacters(in: ["[", "]"])
      let port = url.port ?? (url.scheme == "https" ? 443 : 80)
      addresses = HostAddress.all(of: self.host)
      if addresses.isEmpty { throw fetch.failed(.phrase("network-host", ["host": host])) }
      let isAllowed = fetch.policy.allowed.contains { [name = self.host] in $0.covers(name, port: port) }
      if !isAllowed, !addresses.allSatisfy(\.isPublic) {
        throw Failure(.networkRefused, at: Place(file: fetch.name), ["name": fetch.name, "host": "\(host):\(port)"])
      }
    }
  }

  private enum Answer {
    case body(FetchedStream)
    case redirect(String)
    /// No answer at one address; another may have one.
    case none(Failure)
  }

  private func fetch(_ hop: Hop) async throws(Failure) -> Answer {
    var answer = Answer.none(failed(.phrase("network-broken")))
    for address in hop.addresses.prefix(4) {
      answer = try await fetch(hop, at: address)
      guard case .none = answer else { break }
    }
    return answer
  }

  private func fetch(_ hop: Hop, at address: HostAddress) async throws(Failure) -> Answer {
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow,
      timeout: .init(connect: .seconds(Int64(policy.connectSeconds)), read: .seconds(Int64(policy.idleSeconds))),
      decompression: .enabled(limit: .size(policy.largestBody)))
    configuration.httpVersion = .http1Only
    // The address that was judged is the one that is connected to, whatever the name leads to by then.
    configuration.dnsOverride = [hop.host: address.text]
    let client = HTTPClient(eventLoopGroupProvider: .shared(HTTPClient.defaultEventLoopGroup), configuration: configuration)
    let result: Result<Answer, Failure>
    do throws(Failure) { result = .success(try await ask(client, hop)) } catch { result = .failure(error) }
    try? await client.shutdown()
    return try result.get()
  }

  private func ask(_ client: HTTPClient, _ hop: Hop) async throws(Failure) -> Answer {
    var request = HTTPClientRequest(url: hop.url.absoluteString)
    let workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    let accepted = "text/csv, \(workbook), application/csvm+json, application/ld+json, application/json, */*;q=0.1"
    request.headers.add(name: "Accept", value: accepted)
    request.headers.add(name: "User-Agent", value: "kommungraf")
    let response: HTTPClientResponse
    do {
      response = try await client.execute(request, timeout: .seconds(Int64(policy.totalSeconds)))
    } catch {
      return .none(broken(error))
    }
    let status = Int(response.status.code)
    switch status {
    case 200..<300: break
    case 301, 302, 303, 307, 308:
      guard let target = response.headers.first(name: "Location") else { throw failed(.phrase("network-status", ["status": "\(status)"])) }
      return .redirect(target)
    case 404, 410: throw Failure(.inputMissing, at: Place(file: name), ["name": name])
    default: throw failed(.phrase("network-status", ["status": "\(status)"]))
    }
    let links = response.headers[canonicalForm: "Link"].joined(separator: ",")
    let body = try TemporaryFile(name)
    do {
      for try await part in response.body {
        if body.count + part.readableBytes > policy.largestBody { throw tooLarge }
        try part.withUnsafeReadableBytes { bytes in try body.append(bytes) }
      }
    } catch {
      throw error as? Failure ?? broken(error)
    }
    return .body(FetchedStream(body, link: links.isEmpty ? nil : links))
  }

  private var tooLarge: Failure {
    Failure(.limitExceeded, at: Place(file: name), ["what": .phrase("bytes"), "limit": "\(policy.largestBody)"])
  }

  func failed(_ reason: Words) -> Failure { Failure(.networkFailed, at: Place(file: name), ["name": .text(name), "reason": reason]) }

  /// What a broken connection is to the user.
  private func broken(_ error: any Error) -> Failure {
    if error is NIOHTTPDecompression.DecompressionError { return tooLarge }
    switch error as? HTTPClientError {
    case .connectTimeout, .readTimeout, .deadlineExceeded, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout:
      return failed(.phrase("network-timeout"))
    default: return failed(.phrase("network-broken"))
    }
  }
}
