import Bytes
import Problems
import Tables
import Testing

private func utf16(_ text: String, bigEndian: Bool, mark: Bool) -> [UInt8] {
  var units = Array(text.utf16)
  if mark { units.insert(0xFEFF, at: 0) }
  return units.flatMap { unit -> [UInt8] in
    let (high, low) = (UInt8(unit >> 8), UInt8(unit & 255))
    return bigEndian ? [high, low] : [low, high]
  }
}

@Suite("Encodings: found out, obeyed, never lossy") struct EncodingTests {
  private let text = "kod;namn\r1880;Örebro 🏫\r180;Stockholm\r"
  private let rows = [["1880", "Örebro 🏫"], ["180", "Stockholm"]]

  @Test("UTF-16 with and without a mark, declared or not", arguments: [true, false], [true, false])
  func utf16Text(_ bigEndian: Bool, _ mark: Bool) throws {
    let bytes = utf16(text, bigEndian: bigEndian, mark: mark)
    let declared = dialect { $0.encoding = bigEndian ? "UTF-16BE" : "utf-16" }
    for dialect in [Dialect(), declared] {
      for piece in [1, 2, 3, 7, 64, 1000] {
        let table = try ReadTable(bytes, dialect, piece: piece)
        #expect(table.rows == rows)
        #expect(table.places == [["2:1", "2:6"], ["3:1", "3:5"]])
        #expect(table.problems.isEmpty)
      }
    }
  }

  @Test("what is not UTF-8 at its first letter beyond ASCII is Windows-1252", arguments: [1, 2, 3, 7, 64])
  func windows1252(_ piece: Int) throws {
    let bytes = Array("kod;namn\n1;".utf8) + [0xC5, 0x6D, 0xE5, 0x6C] + Array(";".utf8) + [0x80, 0x96, 0x0A] + [0x32, 0x3B, 0xF6]
    let table = try ReadTable(bytes, piece: piece)
    #expect(table.rows == [["1", "Åmål", "€–"], ["2", "ö"]])
    #expect(table.places == [["2:1", "2:3", "2:8"], ["3:1", "3:3"]])
    #expect(table.problems.isEmpty)
  }

  @Test("the decision falls however far into the file the first letter beyond ASCII stands")
  func lateDecision() throws {
    let rows = String(repeating: "1;abc\n", count: 100_000)
    let old = try ReadTable(Array("a;b\n\(rows)2;".utf8) + [0xE5, 0x0A])
    #expect(old.rows.last == ["2", "å"])
    let new = try ReadTable(Array("a;b\n\(rows)2;å\n".utf8))
    #expect(new.rows.last == ["2", "å"])
    #expect(old.problems.isEmpty && new.problems.isEmpty)
  }

  @Test("one cell in another encoding damages its row only", arguments: [1, 3, 64, 1000])
  func mixed(_ piece: Int) throws {
    let bytes = Array("a;b\nå;1\nx;".utf8) + [0xE5, 0x72] + Array("\ny;ä\n".utf8)
    let table = try ReadTable(bytes, piece: piece)
    #expect(table.damaged == [2])
    #expect(table.problems == ["encoding-invalid 3:3"])
    #expect(table.rows[0] == ["å", "1"])
    #expect(table.rows[2] == ["y", "ä"])
  }

  @Test("the bytes that Windows-1252 leaves undefined are problems", arguments: [0x81, 0x8D, 0x8F, 0x90, 0x9D] as [UInt8])
  func undefinedBytes(_ byte: UInt8) throws {
    let table = try ReadTable(Array("a;b\n".utf8) + [0xE5, 0x3B, 0x31, 0x0A, 0x32, 0x3B, byte, 0x0A, 0x33, 0x3B, 0x34])
    #expect(table.damaged == [2])
    #expect(table.problems == ["encoding-invalid 3:3"])
  }

  @Test("an unpaired surrogate is a problem")
  func unpairedSurrogate() throws {
    let bytes: [UInt8] =
      [0xFF, 0xFE] + utf16("a;b\n1;", bigEndian: false, mark: false) + [0x00, 0xD8] + utf16("\n2;3", bigEndian: false, mark: false)
    let table = try ReadTable(bytes)
    #expect(table.damaged == [1])
    #expect(table.problems == ["encoding-invalid 2:3"])
    #expect(table.rows[1] == ["2", "3"])
  }

  @Test(
    "a declared encoding is obeyed",
    arguments: [
      ("WINDOWS-1252", [0xC3, 0xA5] as [UInt8], "Ã¥"), ("cp1252", [0xE5], "å"), ("ISO-8859-1", [0xE5], "å"),
      ("latin1", [0xE5], "å"), ("UTF-8", [0xC3, 0xA5], "å"), ("us-ascii", [0x41], "A"),
    ])
  func declared(_ label: String, _ cell: [UInt8], _ expected: String) throws {
    let table = try ReadTable(Array("a;b\n1;".utf8) + cell, dialect { $0.encoding = label })
    #expect(table.rows == [["1", expected]])
    #expect(table.problems.isEmpty)
  }

  @Test("what a declared encoding can't say is a problem", arguments: ["utf-8", "us-ascii"])
  func declaredWrongly(_ label: String) throws {
    let table = try ReadTable(Array("a;b\n1;".utf8) + [0xE5, 0x0A] + Array("2;3".utf8), dialect { $0.encoding = label })
    #expect(table.damaged == [1])
    #expect(table.problems == ["encoding-invalid 2:3"])
  }

  @Test("an unknown label is refused")
  func unknownLabel() {
    let problem = failure(of: { _ = try ReadTable("a;b\n", dialect { $0.encoding = "ebcdic" }) })
    #expect(problem?.code == .encodingUnknown)
    #expect(problem?.value == "ebcdic")
  }

  @Test("a header that can't be decoded ends the reading")
  func header() {
    let problem = failure(of: { _ = try ReadTable(Array("å;".utf8) + [0xE5, 0x0A, 0x31]) })
    #expect(problem?.code == .encodingInvalid)
    #expect(problem?.place.prefix == "t.csv:1:3")
    #expect(problem?.arguments == ["what": "0xE5", "encoding": "UTF-8"])
  }

  @Test("a comment that can't be decoded harms no row")
  func comment() throws {
    let bytes = Array("a;å\n1;2\n#".utf8) + [0xE5, 0x0A] + Array("3;4\n".utf8)
    let table = try ReadTable(bytes, dialect { $0.commentPrefix = "#" })
    #expect(table.rows == [["1", "2"], ["3", "4"]])
    #expect(table.damaged.isEmpty)
    #expect(table.problems == ["encoding-invalid 3:0"])
  }
}
