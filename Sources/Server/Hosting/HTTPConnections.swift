import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// How connections are set up: what their bytes go through on the way to whoever answers, and back.
struct HTTPConnections: HTTPChannelHandler {
  typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

  /// The longest header field and the longest head, in bytes.
  private static let headLimit = 80 << 10
  /// The most fields of a head.
  private static let fieldLimit = 1000

  let responder: HTTPChannelHandler.Responder
  let server: WebServer

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    channel.eventLoop.makeCompletedFuture {
      var limits = NIOHTTPDecoderLimitConfiguration()
      limits.maxHeaderFieldSize = Self.headLimit
      limits.maxHeaderListSize = Self.headLimit
      limits.maxHeaderFieldCount = Self.fieldLimit
      let pipeline = channel.pipeline.syncOperations
      // Requests of one connection are answered in turn further up, and what is no request is answered here.
      try pipeline.configureHTTPServerPipeline(
        withPipeliningAssistance: false, withErrorHandling: false, withOutboundHeaderValidation: false,
        withEncoderConfiguration: .init(), withDecoderLimitConfiguration: limits)
      try pipeline.addHandlers([
        LastAnswer(), HTTP1ToHTTPServerCodec(secure: false), Refusals(server), Patience(), RememberedAnswers(server), Disconnection(),
        HTTPConnectionStateHandler(logger: logger),
      ])
      return try NIOAsyncChannel(wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
    }
  }

  func handle(value: Value, logger: Logger) async { await handleHTTP(asyncChannel: value, logger: logger) }
}
