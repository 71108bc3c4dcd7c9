import Bytes

/// Parameters as queries of URLs and HTML forms write them (`application/x-www-form-urlencoded`), in their order.
package struct FormFields: Sendable, Equatable {
  /// How many parameters there may be at the most.
  private static let limit = 1000

  private let fields: [(name: String, value: String)]

  /// Reads parameters.
  /// - Throws: ``RequestFault/escape`` for what is no UTF-8, ``RequestFault/tooMany``.
  package init(_ text: String) throws(RequestFault) {
    var fields: [(name: String, value: String)] = []
    for part in text.utf8.split(separator: UInt8(ascii: "&")) {
      let pair = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      fields.append((try Self.decode(pair[0]), pair.count > 1 ? try Self.decode(pair[1]) : ""))
      if fields.count > Self.limit { throw .tooMany }
    }
    self.fields = fields
  }

  /// No parameters.
  package init() { fields = [] }

  /// The first value of a parameter, or nil.
  package subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

  /// All values of a parameter.
  package func values(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

  /// The names, each as often as it comes.
  package var names: [String] { fields.map(\.name) }

  /// These and others after them.
  package func adding(_ other: FormFields) -> FormFields { FormFields(fields: fields + other.fields) }

  /// The same with some parameters replaced; nil takes one away.
  package func replacing(_ changes: [String: String?]) -> FormFields {
    let kept = fields.filter { changes[$0.name] == nil }
    let added = changes.sorted { $0.key < $1.key }.compactMap { name, value in value.map { (name, $0) } }
    return FormFields(fields: kept + added)
  }

  private init(fields: [(name: String, value: String)]) { self.fields = fields }

  /// The parameters as a URL has them, without `?`.
  package var text: String {
    var out = ByteBuffer()
    for (name, value) in fields {
      if out.count > 0 { out.append("&") }
      ByteString(name).withView { out.append(percentEncoding: $0) }
      out.append("=")
      ByteString(value).withView { out.append(percentEncoding: $0) }
    }
    return out.view.text
  }

  private static func decode(_ part: Substring.UTF8View) throws(RequestFault) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(part.count)
    var rest = part
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): out.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(hexValue), let low = rest.popFirst().flatMap(hexValue) else { throw .escape }
        out.append(high << 4 | low)
      default: out.append(byte)
      }
    }
    guard let text = String(validating: out, as: UTF8.self) else { throw .escape }
    return text
  }

  package static func == (left: FormFields, right: FormFields) -> Bool {
    left.fields.elementsEqual(right.fields) { $0.name.utf8.elementsEqual($1.name.utf8) && $0.value.utf8.elementsEqual($1.value.utf8) }
  }
}
