import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Server
import Testing

/// How long a connection is held: as long as somebody waits or reads, and not much longer.
struct PatienceTests {
  /// What happens on a connection.
  enum Step: Sendable {
    /// Parts of a request come.
    case head, body, end
    /// Parts of an answer are sent and taken.
    case answer, answered
    /// A part of an answer is sent that the client does not take yet.
    case unread
    /// The client takes what was sent.
    case read
    /// The server is told to stop.
    case stop
    /// Seconds pass.
    case wait(Int64)
  }

  @Test(
    arguments: [
      // Nothing comes, or no whole head: of that no part is seen.
      ([.wait(50)], true), ([.wait(90)], false),
      // A body comes, slowly or not at all.
      ([.head, .wait(50), .body, .wait(50), .body, .wait(50), .end, .answer, .answered], true), ([.head, .body, .wait(90)], false),
      // A query takes its time, before the first byte and after it.
      ([.head, .end, .wait(3600), .answer, .wait(3600)], true),
      // What was asked for before the body that does not come is worked out all the same.
      ([.head, .end, .head, .wait(3600)], true),
      // A connection is kept for the next request.
      ([.head, .end, .answer, .answered, .wait(50)], true), ([.head, .end, .answer, .answered, .wait(90)], false),
      // An answer is read slowly or no longer, also when all of it has been sent.
      ([.head, .end, .answer, .unread, .wait(250), .read, .unread, .wait(250)], true),
      ([.head, .end, .answer, .unread, .answered, .wait(250)], true),
      ([.head, .end, .answer, .unread, .wait(400)], false), ([.head, .end, .answer, .unread, .answered, .wait(400)], false),
      // The server is told to stop while an answer is worked out.
      ([.head, .end, .stop, .wait(4)], true), ([.head, .end, .stop, .wait(6)], false),
    ] as [([Step], Bool)])
  func aConnectionIsHeldWhileSomethingMoves(steps: [Step], isOpen: Bool) throws {
    let channel = EmbeddedChannel(handlers: [Wire(), Patience()])
    try channel.connect(to: SocketAddress(unixDomainSocketPath: "/client")).wait()
    for step in steps {
      switch step {
      case .head: try channel.writeInbound(HTTPRequestPart.head(HTTPRequest(method: .get, scheme: "http", authority: "a", path: "/")))
      case .body: try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(string: "x")))
      case .end: try channel.writeInbound(HTTPRequestPart.end(nil))
      case .answer: channel.write(HTTPResponsePart.head(HTTPResponse(status: .ok)), promise: nil)
      case .unread: channel.write(HTTPResponsePart.body(ByteBuffer(string: "x")), promise: nil)
      case .answered: channel.write(HTTPResponsePart.end(nil), promise: nil)
      case .read: channel.flush()
      case .stop: channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
      case .wait(let seconds): channel.embeddedEventLoop.advanceTime(by: .seconds(seconds))
      }
    }
    #expect(channel.isActive == isOpen)
    _ = try? channel.finish(acceptAlreadyClosed: true)
  }

  /// Sends bodies as bytes, which wait for the client where they are not flushed, and nothing else.
  private final class Wire: ChannelOutboundHandler {
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = ByteBuffer

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
      if case .body(let bytes) = unwrapOutboundIn(data) { context.write(wrapOutboundOut(bytes), promise: promise) }
    }
  }
}

/// How many connections there may be.
struct OpenFilesTests {
  @Test(arguments: [(1024, 2, 952), (256, 2, 184), (256, 64, 64), (20, 2, 5), (1 << 20, 8, 10_000), (Int.max, 8, 10_000)])
  func connectionsLeaveRoomForFiles(limit: Int, cores: Int, connections: Int) {
    #expect(OpenFiles.connections(ofFiles: limit, cores: cores) == connections)
  }
}
