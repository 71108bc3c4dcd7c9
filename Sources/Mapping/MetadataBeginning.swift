import Bytes
import JSON
package import Problems
package import Tables

extension MetadataLocator {
  /// Whether a stream, whose bytes stay to be read, holds a metadata document rather than a table of JSON: an object whose `@context` is
  /// CSVW's (metadata vocabulary §5.2). Only its first block is looked at, however long it is; there a context stands.
  /// - Throws: what reading the stream throws.
  package static func isMetadata(_ stream: PeekStream) throws(Failure) -> Bool {
    let block = ByteString(try stream.peek(1 << 16))
    // The block may end anywhere, and what is no JSON is told of by whoever reads it.
    return block.withView { (try? namesContext($0)) ?? false }
  }

  /// Whether the object that a text begins with has CSVW's context.
  /// - Throws: ``ProblemCode/jsonSyntax`` where the text ends before that is known, or is wrong.
  private static func namesContext(_ text: ByteView) throws(Failure) -> Bool {
    var scanner = JSONScanner(text, file: "")
    guard try scanner.next() == .beginObject else { return false }
    while try scanner.next() == .key {
      let isContext = content(of: scanner) == "@context"
      var token = try scanner.next()
      if isContext {
        if token == .beginArray { token = try scanner.next() }
        return token == .string && content(of: scanner) == CSVWContext.iri
      }
      try scanner.skipRest(of: token)
    }
    return false
  }

  private static func content(of scanner: JSONScanner) -> String {
    var decoded = ByteBuffer()
    decoded.append(jsonContent: scanner.text[scanner.content])
    return decoded.view.text
  }
}
