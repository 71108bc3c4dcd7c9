import Bytes

/// Labels for blank nodes, such that a generated one never meets a written one.
///
/// Generated labels are `g1`, `g2`, …; a written one that looks like `u*g[0-9]+` gets one more `u` in front.
struct BlankLabels {
  private let prefix: ByteString
  private var count = 0

  /// Puts `prefix` before every label.
  init(prefix: ByteString) { self.prefix = prefix }

  /// Appends a new label.
  mutating func appendNew(to out: inout ByteBuffer) {
    count += 1
    out.append(bytes: prefix)
    out.append(UInt8(ascii: "g"))
    out.append(decimal: count)
  }

  /// Appends a written label.
  func append(_ label: ByteView, to out: inout ByteBuffer) {
    if !prefix.isEmpty { out.append(bytes: prefix) }
    if looksGenerated(label) { out.append(UInt8(ascii: "u")) }
    out.append(label)
  }

  private func looksGenerated(_ label: ByteView) -> Bool {
    var at = 0
    while at < label.count, label[at] == UInt8(ascii: "u") { at += 1 }
    guard at + 1 < label.count, label[at] == UInt8(ascii: "g") else { return false }
    at += 1
    while at < label.count, isDigit(label[at]) { at += 1 }
    return at == label.count
  }
}
