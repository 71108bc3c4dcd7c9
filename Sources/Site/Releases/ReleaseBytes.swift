import Bytes
import Problems
import RDF
import Resources

extension ReleaseFolder {
  /// The bytes of a file, which are those that its manifest says.
  /// - Throws: ``ProblemCode/releaseInvalid`` where the file has been changed, ``ProblemCode/inputMissing``.
  func checked(_ file: Release.File) throws(Failure) -> MappedFile {
    let bytes = try bytes(of: file.name)
    if bytes.sha256 == file.sha256 { return bytes }
    throw Failure(.releaseInvalid, at: Place(file: path(of: file.name)), ["reason": .phrase("release-changed")])
  }
}

extension IdentifierRules {
  /// How many identifiers the lines of a graph have as subjects.
  func count(in lines: ByteView, of file: Release.File) -> Int {
    var count = 0
    lines.forEachSubject { if isIdentifier($0, in: file) { count += 1 } }
    return count
  }
}

extension MappedFile {
  /// Lends the bytes for the length of a call, for which the file is held.
  func withView<Result, E: Error>(_ body: (ByteView) throws(E) -> Result) throws(E) -> Result {
    defer { withExtendedLifetime(self) {} }
    return try body(ByteView(UnsafeBufferPointer(bytes.bindMemory(to: UInt8.self))))
  }

  /// The SHA-256 of the bytes, in lower-case hexadecimal.
  var sha256: String { withView { Digest(.sha256).hex(of: $0).text } }
}

extension ByteView {
  /// Calls `body` with each IRI that is the subject of lines of sorted N-Quads.
  func forEachSubject(_ body: (ByteView) -> Void) {
    forEachLine { subject, isFirst, _ in
      if isFirst, let iri = subject.iriOfTerm { body(iri) }
    }
  }

  /// Calls `body` with each line of sorted N-Quads, without its line feed: with its subject as it stands there, and whether it is the first line
  /// of it.
  func forEachLine(_ body: (_ subject: ByteView, _ isFirst: Bool, _ line: ByteView) -> Void) {
    var cursor = LineCursor(self)
    var subject = ByteView.empty
    while let line = cursor.line {
      let isFirst = subject.isEmpty || !line.isLine(of: subject)
      if isFirst { subject = line.subjectOfLine }
      body(subject, isFirst, line)
      cursor.advance()
    }
  }
}
