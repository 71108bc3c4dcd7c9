import Glibc
import HTTPTypes
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
package import Problems

/// The HTTP server: reads requests, hands them to a ``Responder`` and sends its answers. All that is of the HTTP library is here.
package struct WebServer: Sendable {
  private let responder: Responder
  private let memory = AnswerMemory()
  private let log: Logger?

  /// A server for a publication.
  /// - Parameter log: what is told of each request; nil for nothing.
  package init(_ publication: Publication, log: Logger? = nil) {
    self.log = log
    responder = Responder(publication)
  }

  /// Serves until the process is told to stop (SIGINT, SIGTERM).
  /// - Parameters:
  ///   - port: 0 for one that is free.
  ///   - whenReady: told the port once requests are answered.
  /// - Throws: ``ProblemCode/portUnavailable``.
  package func run(host: String, port: Int, whenReady: @escaping @Sendable (Int) -> Void) async throws(Failure) {
    let server = self
    var quiet = Logger(label: "kommungraf")
    quiet.logLevel = .error
    let connections = OpenFiles.connections(ofFiles: OpenFiles.raiseLimit())
    let application = Application(
      responder: CallbackResponder<ConnectionContext> { request, context in await server.respond(to: request, context) },
      server: HTTPServerBuilder { responder in HTTPConnections(responder: responder, server: server) },
      configuration: ApplicationConfiguration(
        address: .hostname(host, port: port), availableConnectionsDelegate: MaximumAvailableConnections(connections, logger: quiet)),
      onServerRunning: { channel in whenReady(channel.localAddress?.port ?? port) }, logger: log ?? quiet)
    do {
      try await application.runService()
    } catch {
      throw Self.failure(error, host, port)
    }
  }

  private static func failure(_ error: any Error, _ host: String, _ port: Int) -> Failure {
    let isUsed = (error as? IOError)?.errnoCode == EADDRINUSE
    return Failure(
      .portUnavailable, ["host": .text(host), "port": .text("\(port)"), "reason": isUsed ? .phrase("port-used") : .phrase("port-refused")])
  }

  private func respond(to request: Request, _ context: ConnectionContext) async -> Response {
    let target = request.head.path ?? "/"
    let started = ContinuousClock.now
    var answer: WebResponse
    var asked: WebRequest?
    do throws(RequestFault) {
      // The first Host stands apart from the other fields.
      if request.head.authority == nil || request.headers.contains(where: { $0.name.canonicalName == "host" }) { throw .host }
      var read = try WebRequest(
        request.method.rawValue, target, host: request.head.authority ?? "", headers: Self.headers(of: request.headers))
      asked = read
      if read.method == .post {
        do {
          read.body = try await body(of: request, limit: responder.bodyLimit(for: read), context)
          answer = await respond(to: read, context)
        } catch is NIOTooManyBytesError {
          answer = responder.respond(toLongBody: read)
        } catch {
          answer = responder.refuse(Failure(.requestMalformed, ["reason": .phrase("malformed-other")])).with("Connection", "close")
        }
      } else {
        answer = await respond(to: read, context)
      }
    } catch {
      answer = responder.respond(to: error, target)
    }
    tell(request.method.rawValue, target, answer, ContinuousClock.now - started)
    return await response(answer, to: request, asked)
  }

  /// The body of a request. A client that asks first whether to send it is told to where it isn't too long (RFC 9110 §10.1.1).
  /// - Throws: where it is longer than it may be, or does not come.
  private func body(of request: Request, limit: Int, _ context: ConnectionContext) async throws -> [UInt8] {
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit { throw NIOTooManyBytesError(maxBytes: limit) }
    if request.headers[.expect]?.lowercased() == "100-continue" {
      try await context.channel.writeAndFlush(HTTPResponsePart.head(HTTPResponse(status: .continue)))
    }
    return Array(try await request.body.collect(upTo: limit).readableBytesView)
  }

  /// The answer to a request where it is remembered.
  func remembered(_ key: RequestKey) -> AnswerMemory.Answer? {
    responder.state.flatMap { memory.answer(to: key, over: $0) }
  }

  /// The answer to what is no HTTP, which can't be told from what comes after it.
  func refusal(of fault: HTTPParserError) -> (head: HTTPResponse, body: ByteBuffer) {
    let reason: Words =
      switch fault {
      case .invalidURL, .invalidPath, .invalidQueryString, .invalidCharactersUsed: .phrase("malformed-target")
      case .headerOverflow: .phrase("malformed-long")
      default: .phrase("malformed-other")
      }
    let answer = responder.refuse(Failure(.requestMalformed, ["reason": reason])).with("Connection", "close")
    tell("-", "-", answer, .zero)
    guard case .bytes(let bytes) = answer.body else { return (HTTPResponse(status: .badRequest), ByteBuffer()) }
    var fields = Self.fields(of: answer)
    fields[.contentLength] = "\(bytes.count)"
    return (HTTPResponse(status: .init(code: answer.status), headerFields: fields), ByteBuffer(bytes: bytes))
  }

  /// Says that a remembered answer was sent.
  func tell(_ request: HTTPRequest, _ status: Int) {
    if log != nil { tell(request.method.rawValue, request.path ?? "/", WebResponse(status), .zero) }
  }

  private func respond(to request: WebRequest, _ context: ConnectionContext) async -> WebResponse {
    await context.whileConnected { [responder] in await responder.respond(to: request) }
  }

  /// Says what was asked for and what the answer was; what stands after the path is for those who look closely.
  private func tell(_ method: String, _ target: String, _ answer: WebResponse, _ duration: Duration) {
    guard let log else { return }
    let path = target.prefix { $0 != "?" }
    let (seconds, attoseconds) = duration.components
    let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
    log.info("request", metadata: ["method": "\(method)", "path": "\(path)", "status": "\(answer.status)", "ms": "\(milliseconds)"])
    if path.count < target.count { log.debug("query", metadata: ["text": "\(target.dropFirst(path.count + 1))"]) }
  }

  private static func headers(of fields: HTTPFields) -> [String: String] {
    var headers: [String: String] = [:]
    for field in fields {
      headers[field.name.canonicalName, default: ""] += (headers[field.name.canonicalName] == nil ? "" : ", ") + field.value
    }
    return headers
  }

  private static func fields(of answer: WebResponse) -> HTTPFields {
    var fields = HTTPFields()
    for (name, value) in answer.headers { if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) } }
    return fields
  }

  private func response(_ answer: WebResponse, to request: Request, _ asked: WebRequest?) async -> Response {
    let isHead = request.method == .head
    var fields = Self.fields(of: answer)
    let status = HTTPResponse.Status(code: answer.status)
    switch answer.body {
    case .none:
      keep(answer, HTTPResponse(status: status, headerFields: fields), ByteBuffer(), asked)
      return Response(status: status, headers: fields, body: ResponseBody())
    case .bytes(let bytes):
      fields[.contentLength] = "\(bytes.count)"
      let body = ByteBuffer(bytes: bytes)
      keep(answer, HTTPResponse(status: status, headerFields: fields), body, asked)
      return Response(status: status, headers: fields, body: isHead ? ResponseBody() : ResponseBody(byteBuffer: body))
    case .stream(let pipe):
      if !isHead { return Response(status: status, headers: fields, body: Self.body(of: pipe)) }
      // The length is all that HEAD wants of a body, and it may say no other (RFC 9110 §8.6).
      guard let length = try? await Self.length(of: pipe) else { return Response(status: .serviceUnavailable) }
      fields[.contentLength] = "\(length)"
      return Response(status: status, headers: fields, body: ResponseBody())
    }
  }

  private func keep(_ answer: WebResponse, _ head: HTTPResponse, _ body: ByteBuffer, _ asked: WebRequest?) {
    guard let state = answer.state, let key = asked?.key else { return }
    var head = head
    head.headerFields[.contentLength] = "\(body.readableBytes)"
    memory.keep(AnswerMemory.Answer(head: head, body: body, tag: answer.header("ETag")), to: key, over: state)
  }

  private static func length(of pipe: AnswerPipe) async throws(Failure) -> Int {
    var length = 0
    while let block = try await pipe.next() { length += block.count }
    return length
  }

  /// Sends what comes through a pipe. Where it fails the error goes on, and the connection ends without the end of the body.
  private static func body(of pipe: AnswerPipe) -> ResponseBody {
    ResponseBody { writer in
      do {
        while let block = try await pipe.next() { try await writer.write(ByteBuffer(bytes: block)) }
        try await writer.finish(nil)
      } catch {
        pipe.abandon()
        throw error
      }
    }
  }
}
