import Bytes
import JSON
import Problems

/// Finds single texts in a JSON text by JSONPath.
struct JSONQuestion {
  private let text: ByteString
  private let file: String

  /// A question of a text that may be any.
  init(_ text: [UInt8], file: String) {
    self.text = ByteString(text)
    self.file = file
  }

  /// What the first of some paths finds that leads to a text or a number, and to no empty one; nil where none does.
  /// - Throws: what reading the text throws.
  func firstText(of paths: [JSONPath]) throws(Failure) -> String? {
    try first(of: paths) { tree, found in
      for part in found where tree.parts[part].kind == .string || tree.parts[part].kind == .number {
        var out = ByteBuffer()
        tree.append(part, to: &out)
        if out.count > 0 { return out.view.text }
      }
      return nil
    }
  }

  /// Whether a path finds nothing at all, or only lists without elements and null.
  /// - Throws: what reading the text throws.
  func hasNothing(at path: JSONPath) throws(Failure) -> Bool {
    let isFilled = try first(of: [path]) { tree, found in
      for part in found where tree.parts[part].kind != .null {
        if tree.parts[part].kind != .array || tree.parts[part].count > 0 { return true }
      }
      return nil
    }
    return isFilled == nil
  }

  /// What `body` makes of the parts of the text that the first of some paths finds of which it makes anything; nil where there is none.
  private func first<Result>(
    of paths: [JSONPath], _ body: (borrowing JSONTree, ContiguousArray<Int>) -> Result?
  ) throws(Failure) -> Result? {
    try text.withView { view throws(Failure) -> Result? in
      var scanner = JSONScanner(view, file: file)
      var tree = JSONTree()
      try tree.read(&scanner, try scanner.next()) { _ in }
      var run = JSONPathRun(compiler: PullRules.compiler)
      for path in paths {
        var found: ContiguousArray<Int> = []
        run.find(path.segments, from: 0, root: 0, in: tree, into: &found)
        if let result = body(tree, found) { return result }
      }
      return nil
    }
  }
}
