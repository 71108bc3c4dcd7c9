import Bytes

/// Lends the bytes of `text`.
func withBytes<Result>(_ text: String, _ body: (ByteView) -> Result) -> Result {
  ByteString(text).withView { body($0) }
}

/// What `write` appends, as text.
func written(_ write: (inout ByteBuffer) -> Void) -> String {
  var out = ByteBuffer()
  write(&out)
  return out.view.text
}
