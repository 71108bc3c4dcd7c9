import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import Problems
import Resources

/// One request, with the redirects that it is led along.
struct HTTPFetch<Received>: Sendable {
  /// What is sent.
  struct Message: Sendable {
    var method = HTTPMethod.GET
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []
    /// Header fields that go nowhere but to where the message is sent first.
    var secrets: [(name: String, value: String)] = []
    /// Whether the body goes nowhere else either.
    var isBodySecret = false
  }

  private let address: String
  private let name: String
  private let policy: NetworkPolicy
  private let message: Message
  private let receive: @Sendable (HTTPClientResponse, String) async throws -> Received

  /// A request for an IRI.
  /// - Parameters:
  ///   - name: what the user calls the IRI; nil for itself.
  ///   - receive: takes the answer where it is no redirect, and where it came from; what it throws but a `Failure` is told of as a broken
  ///     connection.
  init(
    _ address: String, as name: String? = nil, _ policy: NetworkPolicy, _ message: Message,
    receive: @escaping @Sendable (HTTPClientResponse, String) async throws -> Received
  ) {
    self.address = address
    self.name = name ?? address
    self.policy = policy
    self.message = message
    self.receive = receive
  }

  /// What was received, or why nothing was.
  func result() async -> Result<Received, Failure> {
    do throws(Failure) { return .success(try await follow()) } catch { return .failure(error) }
  }

  private func follow() async throws(Failure) -> Received {
    guard var url = URL(string: address) else { throw failed(.phrase("network-address")) }
    var message = message
    for _ in 0...policy.mostRedirects {
      let hop = try Hop(url, of: self)
      switch try await fetch(hop, message) {
      case .received(let received): return received
      case .none(let failure, _): throw failure
      case .redirect(let target, let isToResult):
        guard let next = URL(string: target, relativeTo: url)?.absoluteURL else { throw failed(.phrase("network-address")) }
        // What was asked for over a protected connection is not taken from an open one.
        if url.scheme == "https", next.scheme == "http" { throw failed(.phrase("network-downgrade")) }
        if isToResult { message = message.forResult }
        if WebOrigin(url.absoluteString) != WebOrigin(next.absoluteString) {
          if message.isBodySecret { throw failed(.phrase("network-elsewhere")) }
          message.secrets = []
        }
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
    case received(Received)
    /// Where the answer stands; whether it is to be asked for there without saying again what was said (RFC 9110 §15.4.4).
    case redirect(String, isToResult: Bool)
    /// No answer; whether there was no connection, so that another address may have one.
    case none(Failure, isUnconnected: Bool)
  }

  private func fetch(_ hop: Hop, _ message: Message) async throws(Failure) -> Answer {
    var answer = Answer.none(failed(.phrase("network-broken")), isUnconnected: true)
    for address in hop.addresses.prefix(4) {
      answer = try await fetch(hop, message, at: address)
      guard case .none(_, isUnconnected: true) = answer else { break }
    }
    return answer
  }

  private func fetch(_ hop: Hop, _ message: Message, at address: HostAddress) async throws(Failure) -> Answer {
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow,
      timeout: .init(connect: .seconds(Int64(policy.connectSeconds)), read: .seconds(Int64(policy.idleSeconds))),
      decompression: .enabled(limit: .size(policy.largestBody)))
    configuration.httpVersion = .http1Only
    // A connection that is refused is refused; other addresses are tried instead.
    configuration.connectionPool.retryConnectionEstablishment = false
    // The address that was judged is the one that is connected to, whatever the name leads to by then.
    configuration.dnsOverride = [hop.host: address.text]
    let client = HTTPClient(eventLoopGroupProvider: .shared(HTTPClient.defaultEventLoopGroup), configuration: configuration)
    // The client hears of a cancelled task by way of threads that all tasks share, which may all be waiting: what ends it at once is its end.
    let result = await withTaskCancellationHandler {
      do throws(Failure) { return Result<Answer, Failure>.success(try await ask(client, hop, message)) } catch { return .failure(error) }
    } onCancel: {
      client.shutdown { _ in }
    }
    try? await client.shutdown()
    return try result.get()
  }

  private func ask(_ client: HTTPClient, _ hop: Hop, _ message: Message) async throws(Failure) -> Answer {
    var request = HTTPClientRequest(url: hop.url.absoluteString)
    request.method = message.method
    for (name, value) in message.headers + message.secrets { request.headers.add(name: name, value: value) }
    request.headers.add(name: "User-Agent", value: "kommungraf")
    if message.method != .GET { request.body = .bytes(message.body) }
    let response: HTTPClientResponse
    do {
      response = try await client.execute(request, timeout: .seconds(Int64(policy.totalSeconds)))
    } catch {
      return .none(broken(error), isUnconnected: error.isBeforeConnection)
    }
    let status = Int(response.status.code)
    if [301, 302, 303, 307, 308].contains(status) {
      guard let target = response.headers.first(name: "Location") else { throw failed(.phrase("network-status", ["status": "\(status)"])) }
      return .redirect(target, isToResult: status == 303)
    }
    do {
      return .received(try await receive(response, hop.url.absoluteString))
    } catch {
      throw error as? Failure ?? broken(error)
    }
  }

  func failed(_ reason: Words) -> Failure { Failure(.networkFailed, at: Place(file: name), ["name": .text(name), "reason": reason]) }

  /// What a broken connection is to the user.
  private func broken(_ error: any Error) -> Failure {
    if error is NIOHTTPDecompression.DecompressionError { return .bodyTooLarge(name, policy.largestBody) }
    switch error as? HTTPClientError {
    case .connectTimeout, .readTimeout, .deadlineExceeded, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout:
      return failed(.phrase("network-timeout"))
    default: return failed(error.isBeforeConnection ? .phrase("network-unconnected") : .phrase("network-broken"))
    }
  }
}

extension HTTPFetch.Message {
  /// What is sent to where a result stands that this was answered with.
  fileprivate var forResult: Self {
    Self(headers: headers.filter { $0.name != "Content-Type" }, secrets: secrets)
  }
}

extension Failure {
  /// More came than so many bytes.
  static func bodyTooLarge(_ name: String, _ limit: Int) -> Failure {
    Failure(.limitExceeded, at: Place(file: name), ["what": .phrase("bytes"), "limit": "\(limit)"])
  }
}

extension Error {
  /// Whether it says that no connection was made.
  fileprivate var isBeforeConnection: Bool {
    if let error = self as? IOError {
      return [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, ETIMEDOUT, EADDRNOTAVAIL].contains(error.errnoCode)
    }
    return self is NIOConnectionError || self as? HTTPClientError == .connectTimeout
  }
}
