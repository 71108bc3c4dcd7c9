import Bytes

/// A header cell or key without white space around it and without the byte order marks that some programs leave in it.
func withoutMarks(_ view: ByteView) -> ByteString {
  let mark: ByteString = "\u{FEFF}"
  return mark.withView { mark in
    var kept = ByteBuffer()
    var from = 0
    while let found = view.firstRange(of: mark, from: from) {
      kept.append(view[from..<found])
      from = found + mark.count
    }
    kept.append(view[from..<view.count])
    return ByteString(kept.view.trimmed)
  }
}
