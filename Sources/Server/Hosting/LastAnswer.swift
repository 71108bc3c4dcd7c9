import NIOCore
import NIOHTTP1

/// Ends a connection with the answer that says that it is the last, and answers clients of HTTP/1.0 as they understand it: they know no chunks,
/// and to them the end of the connection is the end of the answer (RFC 9112 §6.1, §9.3). It stands where the version of a request is known.
final class LastAnswer: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  /// How many requests wait for their answers.
  private var waiting = 0
  /// How many answers come before the one to a client of HTTP/1.0; nil while there is no such client.
  private var before: Int?
  /// Whether the answer that is written is the last.
  private var isLast = false

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .head(var head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
    if (head.version.major, head.version.minor) < (1, 1), before == nil {
      before = waiting
      // It may leave the host out (RFC 9112 §3.2), and can't be told to go on (RFC 9110 §10.1.1).
      if !head.headers.contains(name: "host") { head.headers.add(name: "host", value: "") }
      head.headers.remove(name: "expect")
    }
    waiting += 1
    if before != nil || !head.isKeepAlive { head.headers.replaceOrAdd(name: "connection", value: "close") }
    context.fireChannelRead(wrapInboundOut(.head(head)))
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(var head) where head.status.code >= 200:
      if before == 0 {
        head.version = .http1_0
        head.headers.replaceOrAdd(name: "connection", value: "close")
      }
      isLast = !head.isKeepAlive
      context.write(wrapOutboundOut(.head(head)), promise: promise)
    case .end:
      waiting -= 1
      before = before.map { $0 - 1 }
      context.write(data, promise: promise)
      if isLast {
        context.flush()
        context.close(mode: .output, promise: nil)
      }
    default: context.write(data, promise: promise)
    }
  }
}
