package import NIOCore
package import NIOHTTPTypes

/// Ends a connection over which nothing moves any more: there are only so many.
///
/// It waits with whoever waits for an answer, however long that takes, and for whoever reads one, however slowly. It does not for a request that
/// does not become whole, a client that has stopped reading, or a connection that is kept for nothing. When the server is told to stop, it leaves
/// what is being answered a little time.
package final class Patience: ChannelDuplexHandler, RemovableChannelHandler {
  package typealias InboundIn = HTTPRequestPart
  package typealias OutboundIn = HTTPResponsePart

  /// How long a request, or a part of its body, may be on its way, and how long a connection may lie unused.
  package static let limit = TimeAmount.seconds(60)
  /// How long nothing of an answer may be read. What a client reads is seen when it has read a good part of what the system holds for it.
  package static let readingLimit = TimeAmount.seconds(300)
  /// How long answers have when the server is told to stop.
  package static let grace = TimeAmount.seconds(5)
  private static let pace = TimeAmount.seconds(15)

  /// How many requests wait for the end of their answers.
  private var waiting = 0
  /// Whether the end of the last request has not come.
  private var isReading = false
  /// Whether a part of a request or an answer passed since the last look.
  private var hasMoved = false
  /// How many bytes of answers the client had not taken at the last look.
  private var unsent = 0
  private var lastMove = NIODeadline.uptimeNanoseconds(0)
  private var look: Scheduled<Void>?
  private var ending: Scheduled<Void>?

  /// A handler of one connection.
  package init() {}

  package func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { begin(context) }
  }

  package func handlerRemoved(context: ChannelHandlerContext) { end() }

  package func channelActive(context: ChannelHandlerContext) {
    begin(context)
    context.fireChannelActive()
  }

  package func channelInactive(context: ChannelHandlerContext) {
    end()
    context.fireChannelInactive()
  }

  package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    hasMoved = true
    switch unwrapInboundIn(data) {
    case .head:
      waiting += 1
      isReading = true
    case .body: break
    case .end: isReading = false
    }
    context.fireChannelRead(data)
  }

  package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    hasMoved = true
    if case .end = unwrapOutboundIn(data) { waiting -= 1 }
    context.write(data, promise: promise)
  }

  package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is ChannelShouldQuiesceEvent, ending == nil {
      ending = context.eventLoop.assumeIsolated().scheduleTask(in: Self.grace) { context.close(promise: nil) }
    }
    context.fireUserInboundEventTriggered(event)
  }

  private func begin(_ context: ChannelHandlerContext) {
    lastMove = context.eventLoop.now
    lookLater(context)
  }

  private func end() {
    look?.cancel()
    ending?.cancel()
    (look, ending) = (nil, nil)
  }

  private func lookLater(_ context: ChannelHandlerContext) {
    look = context.eventLoop.assumeIsolated().scheduleTask(in: Self.pace) { self.look(at: context) }
  }

  private func look(at context: ChannelHandlerContext) {
    let now = context.eventLoop.now
    let unsent = (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    // A request that is being read is not what the client waits for yet.
    let isWorking = unsent == 0 && waiting > (isReading ? 1 : 0)
    if hasMoved || isWorking || unsent != self.unsent { lastMove = now }
    hasMoved = false
    self.unsent = unsent
    if now - lastMove >= (unsent > 0 ? Self.readingLimit : Self.limit) { context.close(promise: nil) } else { lookLater(context) }
  }
}
