extension ByteBuffer {
  /// Appends a field of a table as spreadsheets in Sweden open it, with semicolons between the fields: in quotes where it holds what ends one.
  package mutating func append(spreadsheetField field: ByteView) {
    guard field.buffer.contains(where: { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "\"") || $0 == 0x0A || $0 == 0x0D }) else {
      return append(field)
    }
    append(UInt8(ascii: "\""))
    for byte in field.buffer {
      if byte == UInt8(ascii: "\"") { append(byte) }
      append(byte)
    }
    append(UInt8(ascii: "\""))
  }
}
