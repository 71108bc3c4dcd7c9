import Bytes
import Identifiers
import Mapping
import Problems
import RDF
import Resources

/// A register of a site that keeps a ledger, as publishing needs it: its ledger as it is now, and what can be done about a key that is gone.
final class KeptRegister {
  let name: String
  /// The path of the ledger.
  let path: String
  /// The bytes of the ledger's whole lines.
  let bytes: [UInt8]
  private let register: Register
  private let ledger: Ledger
  private let rows: Set<ByteString>

  /// Reads the register of a part, and its ledger.
  /// - Throws: what its files throw.
  init(_ part: SitePart, _ site: SiteFile, _ library: Library, _ resources: any ByteSource) throws(Failure) {
    // What there is to say of the files was said when the register was built.
    let quiet = ProblemList(kept: 0)
    let found = try RegisterLedger(
      part.name, library: library, patterns: site.registers, base: site.base, resources: resources, problems: quiet)
    name = part.name
    path = found.path
    register = found.register
    rows = Set(register.members.map(\.key))
    let all = try resources.open(path).readAll()
    var state = Ledger(register: ByteString(register.name), file: path)
    let length = try all.withUnsafeBufferPointer { buffer throws(Failure) in
      try state.takeFile(ByteView(buffer), problems: quiet)
    }
    ledger = state
    bytes = Array(all[..<length])
  }

  /// The path of its ledger in a release.
  var releaseFile: String { "ledgers/\(name).ledger" }

  /// Whether a key stands in the register's table, whatever the ledger says of it.
  func hasRow(_ key: ByteString) -> Bool { rows.contains(key) }

  /// The first line, from 1, in which the ledger is not what was published; nil where nothing was changed and lines were added at most.
  func firstChangedLine(since published: ByteView) -> Int? {
    bytes.withUnsafeBufferPointer { buffer in
      let now = ByteView(buffer)
      if now.hasPrefix(published) { return nil }
      var at = 0
      while at < published.count, at < now.count, published[at] == now[at] { at += 1 }
      return published[0..<at].buffer.count { $0 == UInt8(ascii: "\n") } + 1
    }
  }

  /// The commands that end a key on a day: where its thing is no more, and where it goes by another key.
  func endings(of key: ByteString, day: CivilDate) -> (retire: String, replace: String) {
    let isKnown = key.withView { ledger.entry(of: $0)?.minted } != nil || rows.contains(key)
    let command = "kommungraf mint"
    let named = "--register \(shellWord(name)) --key \(shellWord(key.text))"
    // Only what was given out can be ended.
    let first = isKnown ? "" : "\(command) \(named) && "
    let why = "--reason \"…\" --date \(day.text)"
    return (
      "\(first)\(command) retire \(named) \(why)",
      "\(first)\(command) replace \(named) --into … \(why)"
    )
  }
}

/// A text as one word of a command line.
private func shellWord(_ text: String) -> String {
  let isPlain = !text.isEmpty && text.utf8.allSatisfy { isLetter($0) || isDigit($0) || "-._:,".utf8.contains($0) }
  return isPlain ? text : "'" + text.replacing("'", with: "'\\''") + "'"
}
