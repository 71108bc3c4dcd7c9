extension ByteBuffer {
  /// Appends a field of a table with `delimiter` between its fields: in quotes where it holds what ends one, or a quote (RFC 4180 §2).
  @inlinable package mutating func append(field: ByteView, delimiter: UInt8) {
    let isPlain = field.buffer.allSatisfy { $0 != UInt8(ascii: "\"") && $0 != delimiter && $0 != 0x0A && $0 != 0x0D }
    isPlain ? append(field) : append(quotedField: field)
  }

  @usableFromInline mutating func append(quotedField field: ByteView) {
    append(UInt8(ascii: "\""))
    for byte in field.buffer {
      if byte == UInt8(ascii: "\"") { append(byte) }
      append(byte)
    }
    append(UInt8(ascii: "\""))
  }

  /// Appends a field of a table as spreadsheets in Sweden open it, with semicolons between the fields.
  package mutating func append(spreadsheetField field: ByteView) { append(field: field, delimiter: UInt8(ascii: ";")) }
}
