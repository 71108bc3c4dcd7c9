import Hummingbird
import NIOCore
import Synchronization

/// Watches a connection and says when the client has hung up, so that what it asked for need not be worked out.
final class Disconnection: ChannelInboundHandler, RemovableChannelHandler, Sendable {
  typealias InboundIn = Any

  private struct State {
    var isClosed = false
    var action: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())

  /// What to do when the client hangs up, at once where it has; nil for nothing.
  func whenClosed(_ action: (@Sendable () -> Void)?) {
    let isClosed = state.withLock { state in
      state.action = action
      return state.isClosed
    }
    if isClosed { action?() }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case ChannelEvent.inputClosed = event { close() }
    context.fireUserInboundEventTriggered(event)
  }

  func channelInactive(context: ChannelHandlerContext) {
    close()
    context.fireChannelInactive()
  }

  private func close() {
    let action = state.withLock { state in
      state.isClosed = true
      return state.action.take()
    }
    action?()
  }
}

/// What is known of a request beside what it says: the connection that it came by.
struct ConnectionContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    channel = source.channel
  }

  /// Runs work that is cancelled when the client hangs up.
  func whileConnected<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value {
    let task = Task { await work() }
    let watch = try? await channel.pipeline.handler(type: Disconnection.self).get()
    watch?.whenClosed { task.cancel() }
    let value = await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }
    watch?.whenClosed(nil)
    return value
  }
}
