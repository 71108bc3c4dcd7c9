package import Bytes
import Glibc
package import Problems
import Resources

/// A ledger's file, held for writing: nobody else writes while it is open, and what was acknowledged is on the disk.
///
/// Lines are appended whole and reach the disk before ``append(_:)`` returns. A last line that was not written to its end, because the
/// machine or the program was stopped, was never acknowledged: it is taken away when the file is opened for writing, and passed over by readers.
///
/// A lock is a file's, not a name's. What version control or an editor puts in a ledger's place by renaming is another file, so the file that is
/// locked is seen to be the one of that name: before it is read, and again before anything is acknowledged.
package final class LedgerFile {
  /// The path, as the user named it.
  package let path: String
  private let descriptor: Int32
  private let problems: any ProblemSink
  private var state: Ledger
  /// How many bytes of the file are whole lines.
  private var length: Int

  /// Opens a register's ledger for writing and waits until nobody else does so; a file that is not there is begun.
  /// - Throws: ``ProblemCode/writeFailed``, ``ProblemCode/ledgerReplaced``, ``ProblemCode/ledgerBroken``, ``ProblemCode/ledgerInvalid``.
  package init(_ path: String, register: ByteString, problems: any ProblemSink) throws(Failure) {
    self.path = path
    self.problems = problems
    descriptor = try openLocked(path, register)
    state = Ledger(register: register, file: path)
    length = 0
    let bytes = try readAll(descriptor, path)
    length = try bytes.withUnsafeBufferPointer { buffer throws(Failure) in
      try state.takeFile(ByteView(buffer), problems: problems)
    }
    try mend(bytes)
  }

  deinit { close(descriptor) }

  /// What the ledger says now.
  package func read<Result, E: Error>(_ body: (borrowing Ledger) throws(E) -> Result) throws(E) -> Result { try body(state) }

  /// Writes events, all of them or none, and waits until they are on the disk.
  ///
  /// An event whose time lies before that of the last line gets that line's: a clock may have been put back, the order of a ledger is not.
  /// - Throws: ``ProblemCode/ledgerInvalid`` where one of them can't be, ``ProblemCode/writeFailed``, ``ProblemCode/ledgerReplaced``. The file is
  ///   then as it was; this object is of no use any more.
  package func append(_ events: [LedgerEvent]) throws(Failure) {
    var lines = ByteBuffer(capacity: 256 * events.count)
    for var event in events {
      if event.time < state.lastTime {
        problems.report(Problem(.ledgerClock, at: Place(file: path), ["register": state.register.text]))
        event.time = state.lastTime
      }
      try state.append(event, to: &lines)
    }
    try write(lines.view)
  }

  private func write(_ lines: ByteView) throws(Failure) {
    do throws(Failure) {
      try writeAll(lines, to: descriptor, name: path)
      if fsync(descriptor) != 0 { throw writeFailure(path) }
      if !isAt(path, descriptor) { throw ledgerReplaced(path, state.register) }
    } catch {
      // Half a line would be taken away by the next writer; what can be done now is done now.
      ftruncate(descriptor, off_t(length))
      throw error
    }
    length += lines.count
  }

  /// Begins an empty file, and takes away or completes what was not written to its end.
  private func mend(_ bytes: [UInt8]) throws(Failure) {
    if length == 0 {
      if !bytes.isEmpty, ftruncate(descriptor, 0) != 0 { throw writeFailure(path) }
      try state.header.withView { header throws(Failure) in try write(header) }
      try syncFolder()
      return
    }
    if length == bytes.count { return }
    let rest = bytes[length...]
    if rest.withUnsafeBufferPointer({ state.isWhole(ByteView($0)) }) {
      try rest.withUnsafeBufferPointer { buffer throws(Failure) in try state.take(line: ByteView(buffer)) }
      length = bytes.count
      try ByteString("\n").withView { end throws(Failure) in try write(end) }
    } else if ftruncate(descriptor, off_t(length)) != 0 {
      throw writeFailure(path)
    }
  }

  /// Makes sure that a new file is found under its name after a power cut.
  private func syncFolder() throws(Failure) {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let opened = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if opened < 0 { throw writeFailure(path) }
    defer { close(opened) }
    if fsync(opened) != 0 { throw writeFailure(path) }
  }
}

extension Ledger {
  /// Reads a whole file, without writing to it.
  /// - Throws: ``ProblemCode/ledgerForeign``, ``ProblemCode/ledgerBroken``, ``ProblemCode/ledgerLineEnds``, ``ProblemCode/ledgerInvalid``.
  package init(_ bytes: ByteView, register: ByteString, file: String, problems: any ProblemSink) throws(Failure) {
    self.init(register: register, file: file)
    _ = try takeFile(bytes, problems: problems)
  }

  /// Takes all of a file that is whole, and tells of a last line that is not.
  /// - Returns: how many bytes are whole lines.
  package mutating func takeFile(_ bytes: ByteView, problems: any ProblemSink) throws(Failure) -> Int {
    let expected = header
    guard bytes.count >= expected.count else {
      // The file was being begun.
      if expected.withView({ $0.hasPrefix(bytes) }) { return 0 }
      throw wrongHeader(bytes)
    }
    guard expected.withView({ bytes.hasPrefix($0) }) else { throw wrongHeader(bytes) }
    let length = expected.count + (try take(lines: bytes.dropFirst(expected.count)))
    if length < bytes.count {
      problems.report(Problem(.ledgerTorn, at: Place(file: file, line: lineCount + 1), ["register": register.text]))
    }
    return length
  }

  private func wrongHeader(_ bytes: ByteView) -> Failure {
    if ByteString(header.text.dropLast() + "\r").withView({ bytes.hasPrefix($0) }) { return lineEnds(1) }
    let line = bytes[0..<min(bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count, 200)].text
    return Failure(.ledgerForeign, at: Place(file: file, line: 1), value: line, ["register": .text(register.text)])
  }
}

/// How often a file is opened anew because another one has taken its place.
private let mostReplacements = 100

/// Opens the file of a path, or begins it, and waits until it is locked and still the one of that path.
private func openLocked(_ path: String, _ register: ByteString) throws(Failure) -> Int32 {
  for _ in 0..<mostReplacements {
    let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_APPEND, 0o666)
    if opened < 0 { throw writeFailure(path) }
    while flock(opened, LOCK_EX) != 0 {
      if errno == EINTR { continue }
      let failure = writeFailure(path)
      close(opened)
      throw failure
    }
    if isAt(path, opened) { return opened }
    close(opened)
  }
  throw ledgerReplaced(path, register)
}

/// Whether an open file is the one that a path leads to.
private func isAt(_ path: String, _ descriptor: Int32) -> Bool {
  var (own, named) = (stat(), stat())
  return fstat(descriptor, &own) == 0 && stat(path, &named) == 0 && own.st_dev == named.st_dev && own.st_ino == named.st_ino
}

private func ledgerReplaced(_ path: String, _ register: ByteString) -> Failure {
  Failure(.ledgerReplaced, at: Place(file: path), ["register": .text(register.text)])
}

/// The bytes of an open file, from its beginning.
private func readAll(_ descriptor: Int32, _ path: String) throws(Failure) -> [UInt8] {
  var status = stat()
  guard fstat(descriptor, &status) == 0 else { throw unreadable(path) }
  var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
  var done = 0
  while done < bytes.count {
    let got = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done, off_t(done)) }
    if got < 0, errno == EINTR { continue }
    if got < 0 { throw unreadable(path) }
    if got == 0 { break }
    done += got
  }
  return Array(bytes[..<done])
}

private func unreadable(_ path: String) -> Failure {
  Failure(.inputUnreadable, at: Place(file: path), ["name": .text(path), "reason": SystemError.reason(errno)])
}
