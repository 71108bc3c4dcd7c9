package import Problems

/// A way to ask a server something: bytes go to it, and the bytes of its answer come back.
package protocol ByteExchange: Sendable {
  /// Sends a question and waits for the beginning of its answer.
  ///
  /// The calling thread waits, here and whenever the answer is read, and calls `watch` several times a second meanwhile; what that throws
  /// ends the exchange and is thrown on. An answer that is let go before its end is given up.
  /// - Throws: ``ProblemCode/networkUnavailable``, ``ProblemCode/networkRefused`` or ``ProblemCode/networkFailed``, here and when the answer
  ///   is read.
  func answer(to question: PostedQuestion, watch: @escaping () throws(Failure) -> Void) throws(Failure) -> PostedAnswer
}

/// What is asked of a server (RFC 9110 §9.3.3, POST).
package struct PostedQuestion: Sendable {
  /// The IRI that is asked.
  package var name: String
  /// What is sent.
  package var body: [UInt8]
  /// The media type of what is sent.
  package var contentType: String
  /// The media types that the answer may have, as the header `Accept` lists them.
  package var accept: String

  /// A question.
  package init(_ name: String, body: [UInt8], contentType: String, accept: String) {
    self.name = name
    self.body = body
    self.contentType = contentType
    self.accept = accept
  }
}

/// What a server answers.
package struct PostedAnswer {
  /// The media type that it says the answer has, with its parameters; empty where it says none.
  package let contentType: String
  /// The answer.
  package let stream: any ByteStream

  /// An answer.
  package init(contentType: String, stream: any ByteStream) {
    self.contentType = contentType
    self.stream = stream
  }
}
