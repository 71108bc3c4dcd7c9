import Bytes
import RDF
import Testing

@Suite struct DecimalValueTests {
  @Test(arguments: [
    ("0", "0"), ("-0", "0"), ("+1.50", "1.5"), ("00012", "12"), ("12.", "12"), (".5", "0.5"), ("-.50", "-0.5"), ("0.000", "0"),
    ("1880.00", "1880"), ("-1234567.891", "-1234567.891"),
    ("99999999999999999999999999999999999999", "99999999999999999999999999999999999999"),
    ("-0.00000000000000000000000000000000000001", "-0.00000000000000000000000000000000000001"),
    ("00000000000000000000000000000000000000000000000000001.10000000000000000000000000000000000000000000", "1.1"),
    ("-170141183460469231731687303715884105728", "-170141183460469231731687303715884105728"),
  ])
  func canonicalForm(_ lexical: String, _ canonical: String) {
    let value = withBytes(lexical) { DecimalValue(lexical: $0) }
    #expect(value.map { value in written { value.append(to: &$0) } } == canonical)
  }

  @Test(arguments: ["", ".", "+", "-.", "1e3", "1,5", " 1", "1 ", "0x1", "INF", "1.2.3", "--1", "１"])
  func otherTextIsNoDecimal(_ text: String) {
    #expect(withBytes(text) { DecimalValue(lexical: $0) } == nil)
    #expect(!withBytes(text) { DecimalValue.isLexical($0) })
  }

  @Test(arguments: [
    "170141183460469231731687303715884105728", "0.000000000000000000000000000000000000001", "1" + String(repeating: "0", count: 60),
  ])
  func numbersThatDoNotFitAreLexicalWithoutValue(_ text: String) {
    #expect(withBytes(text) { DecimalValue(lexical: $0) } == nil)
    #expect(withBytes(text) { DecimalValue.isLexical($0) })
  }

  @Test(arguments: [
    ("1", "2"), ("-2", "-1"), ("0.9", "1"), ("1.05", "1.5"), ("-1.5", "-1.05"), ("0", "0.00000000000000000000000000000000000001"),
    ("0.1", "99999999999999999999999999999999999999"), ("-99999999999999999999999999999999999999", "-0.1"),
    ("-99999999999999999999999999999999999999", "0.00000000000000000000000000000000000001"),
  ])
  func exactOrder(_ less: String, _ more: String) throws {
    let less = try #require(withBytes(less) { DecimalValue(lexical: $0) })
    let more = try #require(withBytes(more) { DecimalValue(lexical: $0) })
    #expect(less < more)
    #expect(!(more < less))
    #expect(less != more)
  }

  @Test func equalNumbersAreEqualInAnySpelling() {
    #expect(withBytes("1.0") { DecimalValue(lexical: $0) } == withBytes("+01") { DecimalValue(lexical: $0) })
    #expect(DecimalValue(coefficient: 1500, scale: 3) == DecimalValue(coefficient: 15, scale: 1))
    #expect(DecimalValue(coefficient: 1, scale: 39) == nil)
  }

  @Test func readingBackWhatWasWrittenGivesTheSameNumber() {
    var state: UInt64 = 20_240_517
    for _ in 0..<5000 {
      state = mixed(state &+ 0x9E37_79B9_7F4A_7C15)
      let coefficient = Int128(truncatingIfNeeded: Int64(bitPattern: state)) >> Int128(state % 60)
      let value = DecimalValue(coefficient: coefficient, scale: Int(state >> 32) % 39)
      let text = value.map { value in written { value.append(to: &$0) } } ?? ""
      #expect(withBytes(text) { DecimalValue(lexical: $0) } == value, "\(text)")
    }
  }
}
