package import Bytes

/// What an answer depends on beside the data: whom a client asks for what, and how it wants it.
///
/// Two requests with one key get the same answer from the same data, by whatever form and language they are negotiated to.
package struct RequestKey: Sendable, Hashable {
  /// The header fields that answers are chosen by, in lower case.
  package static let fields = ["accept", "accept-language", "accept-profile"]
  /// The longest key, in bytes, that anything is remembered by: what no client asks twice needs no place.
  private static let limit = 2000

  /// The parts, a line each; none of them can have a line feed. They are bytes: two spellings of a letter are two identifiers.
  package let bytes: ByteString

  /// The key of a request.
  /// - Parameters:
  ///   - host: the Host header.
  ///   - target: path and parameters as they were sent.
  ///   - fields: the values of ``fields``, in their order; nil for those that were not sent.
  package init(host: String, target: String, fields: [String?]) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(256)
    bytes += host.utf8
    bytes.append(UInt8(ascii: "\n"))
    bytes += target.utf8
    for field in fields {
      bytes.append(UInt8(ascii: "\n"))
      // To send an empty field is to send none.
      if let field { bytes += field.utf8 }
    }
    self.bytes = ByteString(bytes)
  }

  /// How many bytes it has.
  package var size: Int { bytes.count }

  /// Whether an answer may be remembered by it.
  package var isShort: Bool { size <= Self.limit }
}

extension WebRequest {
  /// What the answer to the request depends on beside the data.
  package var key: RequestKey { RequestKey(host: hostField, target: target, fields: RequestKey.fields.map { headers[$0] }) }
}
