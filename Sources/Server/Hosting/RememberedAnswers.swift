import Glibc
import HTTPTypes
import NIOCore
import NIOHTTPTypes
import RDF

/// Answers what is remembered where the request is read, on the connection's own thread: nothing has to be worked out, and to hand it to
/// another thread and back would take longer than the answer.
///
/// It never overtakes: while an earlier request of the connection waits for its answer, all go the long way.
final class RememberedAnswers: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  /// What the fields of a request say that matter here.
  private struct Wish {
    var chosen = [String?](repeating: nil, count: RequestKey.fields.count)
    var known: String?

    /// Nil for a request that goes the long way: it has a body or a second Host, or the connection is to end with it.
    init?(_ fields: HTTPFields) {
      for field in fields {
        let name = field.name.canonicalName
        switch name {
        case "content-length", "transfer-encoding", "upgrade", "host": return nil
        case "connection": if field.value.lowercased() != "keep-alive" { return nil }
        case "if-none-match": known = known.map { $0 + ", " + field.value } ?? field.value
        default:
          guard let place = RequestKey.fields.firstIndex(of: name) else { continue }
          chosen[place] = chosen[place].map { $0 + ", " + field.value } ?? field.value
        }
      }
    }
  }

  private let server: WebServer
  /// How many requests wait for their answers.
  private var waiting = 0
  /// Whether what comes belongs to a request that has been answered.
  private var isAnswered = false
  private var hasWritten = false
  private var date: (second: Int, text: String) = (0, "")

  init(_ server: WebServer) { self.server = server }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      if waiting == 0, answer(head, context) {
        isAnswered = true
        return
      }
      waiting += 1
    case .body: if isAnswered { return }
    case .end:
      if isAnswered {
        isAnswered = false
        return
      }
    }
    context.fireChannelRead(data)
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    if hasWritten {
      hasWritten = false
      context.flush()
    }
    context.fireChannelReadComplete()
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .end = unwrapOutboundIn(data) { waiting -= 1 }
    context.write(data, promise: promise)
  }

  /// Writes the answer to a request where it is remembered; false where it is not.
  private func answer(_ request: HTTPRequest, _ context: ChannelHandlerContext) -> Bool {
    // A client that sends and does not read waits, as it does where answers are worked out.
    guard context.channel.isWritable else { return false }
    guard request.method == .get || request.method == .head, let host = request.authority, let wish = Wish(request.headerFields) else {
      return false
    }
    let key = RequestKey(host: host, target: request.path ?? "/", fields: wish.chosen)
    guard let answer = server.remembered(key) else { return false }
    var head = answer.head
    let isKnown = wish.known.map { known in answer.tag.map { EntityTags(known).contains($0) } ?? false } ?? false
    if isKnown { head.status = .notModified }
    head.headerFields.append(HTTPField(name: .date, value: today()))
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if !isKnown, request.method == .get, answer.body.readableBytes > 0 { context.write(wrapOutboundOut(.body(answer.body)), promise: nil) }
    context.write(wrapOutboundOut(.end(nil)), promise: nil)
    hasWritten = true
    server.tell(request, head.status.code)
    return true
  }

  private func today() -> String {
    let second = Glibc.time(nil)
    if second != date.second { date = (second, HTTPDate.text(Instant(seconds: Int64(second), attoseconds: 0)) ?? "") }
    return date.text
  }
}
