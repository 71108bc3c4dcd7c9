import Problems

/// An answer as handlers make it, free of the server that sends it.
package struct WebResponse: Sendable {
  /// What is sent after the head.
  package enum Body: Sendable {
    /// Nothing.
    case none
    /// All of it.
    case bytes([UInt8])
    /// What comes, until the pipe ends; where it fails the connection is reset.
    case stream(AnswerPipe)
  }

  /// The status code.
  package var status: Int
  /// The header fields, names in their usual spelling.
  package var headers: [(name: String, value: String)] = []
  /// The body.
  package var body: Body = .none
  /// The state of the data that the answer was made of, where it is made of nothing else: the same request gets the same answer as long as
  /// that is the state. Nil for all other answers.
  package var state: DataState?

  /// An answer without a body.
  package init(_ status: Int) { self.status = status }

  /// An answer with a body.
  package init(_ status: Int = 200, _ type: String, _ bytes: [UInt8]) {
    self.status = status
    headers = [("Content-Type", type)]
    body = .bytes(bytes)
  }

  /// An answer with a text as its body.
  package init(_ status: Int = 200, _ type: String, text: String) { self.init(status, type, Array(text.utf8)) }

  /// A header field by its name in any case.
  package func header(_ name: String) -> String? { headers.first { $0.name.lowercased() == name.lowercased() }?.value }

  /// Puts a header field, in the place of one of the same name.
  package mutating func set(_ name: String, _ value: String) {
    headers.removeAll { $0.name.lowercased() == name.lowercased() }
    headers.append((name, value))
  }

  /// The same with a header field.
  package func with(_ name: String, _ value: String) -> WebResponse {
    var response = self
    response.set(name, value)
    return response
  }
}

extension WebResponse {
  /// A page, which is in the language of its context.
  static func page(_ text: String, _ context: PageContext) -> WebResponse {
    WebResponse(200, DocumentForm.html.contentType, text: text).with("Content-Language", context.language.rawValue)
  }
}
