import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Answers what is no HTTP as everything else is answered that can't be: with what is wrong and how to mend it. It is the connection's last answer.
final class Refusals: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private let server: WebServer
  /// How many requests wait for their answers, which come first.
  private var waiting = 0
  /// Whether the end of the last request has not come.
  private var isReading = false
  /// What was wrong; nil while nothing is.
  private var fault: HTTPParserError?

  init(_ server: WebServer) { self.server = server }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head:
      waiting += 1
      isReading = true
    case .body: break
    case .end: isReading = false
    }
    context.fireChannelRead(data)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // What is wrong further on is no news.
    if fault != nil { return }
    // What is wrong in a body is told by whoever reads that.
    guard let fault = error as? HTTPParserError, !isReading else { return context.fireErrorCaught(error) }
    self.fault = fault
    if waiting == 0 { answer(fault, context) }
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    context.write(data, promise: promise)
    guard case .end = unwrapOutboundIn(data) else { return }
    waiting -= 1
    if waiting == 0, let fault { answer(fault, context) }
  }

  private func answer(_ fault: HTTPParserError, _ context: ChannelHandlerContext) {
    let (head, body) = server.refusal(of: fault)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.write(wrapOutboundOut(.body(body)), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }
}
