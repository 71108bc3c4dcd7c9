import Bytes

/// A value that owns its bytes, for what outlives a batch.
struct OwnedValue {
  private let payload: Value.Payload
  private let bytes: [UInt8]
  private let textLength: Int

  init(_ value: Value) {
    payload = value.payload
    bytes = Array(value.lexical.buffer) + Array(value.qualifier.buffer)
    textLength = value.lexical.count
  }

  /// Lends the value for the length of a call.
  func withValue<Result>(_ body: (Value) -> Result) -> Result {
    bytes.withUnsafeBufferPointer { buffer in
      let view = ByteView(buffer)
      return body(Value(payload, view[0..<textLength], view.dropFirst(textLength)))
    }
  }

  /// A copy whose bytes live in `scratch`.
  func value(_ scratch: TextScratch) -> Value {
    withValue { Value($0.payload, scratch.copy($0.lexical), scratch.copy($0.qualifier)) }
  }
}
