package import Problems

/// A way to ask servers for something by what they know us by, and only where it has changed.
package protocol ByteFetcher: Sendable {
  /// Asks for what stands under an address, and waits until it has come whole.
  /// - Throws: ``ProblemCode/inputMissing`` where the server has no such thing, ``ProblemCode/networkUnavailable``,
  ///   ``ProblemCode/networkRefused``, ``ProblemCode/networkFailed`` or ``ProblemCode/limitExceeded``. None of them names more of the address
  ///   than ``FetchRequest/name``.
  func fetch(_ request: FetchRequest) throws(Failure) -> FetchedAnswer
}

/// What is asked of a server.
package struct FetchRequest: Sendable {
  /// The whole address, which may hold keys.
  package var address: String
  /// What people and logs may see of it.
  package var name: String
  /// Header fields that only the address's own scheme, host and port get: a redirect to others goes without them.
  package var headers: [(name: String, value: String)] = []
  /// What is posted, which likewise goes nowhere else; nil to get.
  package var body: [UInt8]?
  /// The media type of the body.
  package var contentType = ""
  /// The `ETag` of the copy that is at hand, or nil.
  package var tag: String?
  /// The `Last-Modified` of the copy that is at hand, or nil.
  package var date: String?
  /// How many bytes may come at most; nil for what the policy says.
  package var limit: Int?

  /// A request for what stands under an address.
  package init(_ address: String, name: String) {
    self.address = address
    self.name = name
  }
}

/// What a server answers.
package struct FetchedAnswer {
  /// The bytes; nil where the copy that is at hand is what would have come.
  package let stream: (any ByteStream)?
  /// Where the answer came from in the end, redirects followed.
  package let address: String
  /// The media type as the server says it, perhaps with parameters; empty where it says none.
  package var contentType = ""
  /// The `Link` header, or nil.
  package var link: String?
  /// The `ETag`, or nil.
  package var tag: String?
  /// The `Last-Modified`, or nil.
  package var date: String?
  /// Whether a folder stands in for the server, which knows no other pages.
  package var isStandIn = false

  /// An answer of some bytes, or of none because nothing has changed.
  package init(_ stream: (any ByteStream)?, from address: String) {
    self.stream = stream
    self.address = address
  }
}
