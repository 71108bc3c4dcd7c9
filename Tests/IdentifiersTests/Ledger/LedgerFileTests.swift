import Bytes
import Foundation
import Identifiers
import Problems
import TestSupport
import Testing

/// A ledger on the disk: what was acknowledged is there, and what was not does no harm.
struct LedgerFileTests {
  private let folder: TemporaryFolder
  private var path: String { folder.path + "/forskola.ledger" }

  init() throws { folder = try TemporaryFolder() }

  private func mint(_ keys: [String], at time: Int = 1_790_000_000, _ problems: ProblemList = ProblemList()) throws {
    let file = try LedgerFile(path, register: "forskola", problems: problems)
    try file.append(keys.map { LedgerEvent(.minted, ByteString($0), time: time) })
  }

  private func keys() throws -> [String] {
    let file = try LedgerFile(path, register: "forskola", problems: ProblemList())
    return file.read { ledger in (0..<ledger.count).map { ledger.key($0).text } }
  }

  @Test func eventsStayFromOneOpeningToTheNext() throws {
    try mint(["1", "2"])
    try mint(["3"])
    #expect(try keys() == ["1", "2", "3"])
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.hasPrefix("kommungraf-ledger\t1\tforskola\n2026-09-21T14:13:20Z\tminted\t1\t"))
  }

  /// Cut anywhere, the file opens; whole lines count, and the next event follows them.
  @Test func aTornLineIsMended() throws {
    try mint(["1"])
    let first = try Data(contentsOf: URL(fileURLWithPath: path))
    try mint(["2"])
    let both = try Data(contentsOf: URL(fileURLWithPath: path))
    for length in 0...both.count {
      try both.prefix(length).write(to: URL(fileURLWithPath: path))
      let found = try keys()
      let expected = length >= both.count - 1 ? ["1", "2"] : length >= first.count - 1 ? ["1"] : []
      #expect(found == expected, "\(length) bytes")
      try mint(["9"])
      #expect(try keys() == expected + ["9"], "\(length) bytes")
    }
  }

  @Test func aClockThatWasPutBackDoesNotTurnTheOrderRound() throws {
    try mint(["1"], at: 1_790_000_000)
    let problems = ProblemList()
    try mint(["2"], at: 1_700_000_000, problems)
    #expect(problems.problems.map(\.code) == [.ledgerClock])
    #expect(try keys() == ["1", "2"])
  }

  @Test func whatCannotBeWrittenChangesNothing() throws {
    try mint(["1"])
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(throws: Failure.self) { try mint(["2", "1"]) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
  }

  /// Makes a ledger with these keys and puts it in the place of the one that there is, as version control does.
  private func replace(with keys: [String]) throws {
    let other = folder.path + "/other.ledger"
    let file = try LedgerFile(other, register: "forskola", problems: ProblemList())
    try file.append(keys.map { LedgerEvent(.minted, ByteString($0), time: 1_790_000_000) })
    #expect(rename(other, path) == 0)
  }

  @Test func whoWaitedForAFileThatWasReplacedWritesToTheNewOne() throws {
    try mint(["1"])
    let held = open(path, O_RDONLY | O_CLOEXEC)
    #expect(flock(held, LOCK_EX) == 0)
    let (minted, _) = try inParallel {
      Result { try mint(["9"]) }
    } _: {
      defer { close(held) }
      // The other one has the old file open; whether it waits for the lock already makes no difference.
      while openings() < 2 { sched_yield() }
      try replace(with: ["1", "2"])
    }
    try minted.get()
    #expect(try keys() == ["1", "2", "9"])
  }

  /// How often this process has the ledger open.
  private func openings() -> Int {
    let name = path.split(separator: "/").suffix(2).joined(separator: "/")
    let descriptors = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    return descriptors.count { number in
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/" + number))?.hasSuffix(name) ?? false
    }
  }

  @Test func nothingIsAcknowledgedThatWentToAFileWhichWasReplaced() throws {
    let file = try LedgerFile(path, register: "forskola", problems: ProblemList())
    try replace(with: ["1"])
    let failure = #expect(throws: Failure.self) { try file.append([LedgerEvent(.minted, "2", time: 1_790_000_000)]) }
    #expect(failure?.problem.code == .ledgerReplaced)
    try mint(["2"])
    #expect(try keys() == ["1", "2"])
  }

  @Test func aFolderThatIsNotThereIsToldOf() {
    let failure = #expect(throws: Failure.self) {
      _ = try LedgerFile(folder.path + "/none/f.ledger", register: "forskola", problems: ProblemList())
    }
    #expect(failure?.problem.code == .writeFailed)
  }
}
