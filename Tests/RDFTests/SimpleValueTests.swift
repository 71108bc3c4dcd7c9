import Bytes
import RDF
import Testing

@Suite struct SimpleValueTests {
  @Test(arguments: [
    ("integer", "-99999999999999999999999999999999999999999999", true), ("integer", "1.0", false), ("integer", "", false),
    ("integer", "+7", true),
    ("integer", "1.", false), ("nonNegativeInteger", "-0", true), ("nonNegativeInteger", "-1", false),
    ("nonNegativeInteger", "99999999999999999999999999999999999999999999", true),
    ("nonNegativeInteger", "-99999999999999999999999999999999999999999999", false), ("positiveInteger", "0", false),
    ("negativeInteger", "-1", true), ("negativeInteger", "0", false), ("nonPositiveInteger", "0", true), ("nonPositiveInteger", "1", false),
    ("long", "9223372036854775807", true), ("long", "9223372036854775808", false), ("int", "-2147483648", true),
    ("int", "-2147483649", false),
    ("short", "32768", false), ("byte", "-128", true), ("byte", "128", false), ("unsignedLong", "18446744073709551615", true),
    ("unsignedLong", "18446744073709551616", false), ("unsignedInt", "4294967296", false), ("unsignedShort", "65535", true),
    ("unsignedByte", "256", false), ("unsignedByte", "000255", true),
  ])
  func rangesOfIntegerTypes(_ name: String, _ lexical: String, _ holds: Bool) throws {
    let type = try #require(withBytes(name) { IntegerType(name: $0) })
    #expect(withBytes(lexical) { type.contains(lexical: $0) } == holds)
  }

  @Test func unknownNameIsNoIntegerType() {
    #expect(withBytes("decimal") { IntegerType(name: $0) } == nil)
  }

  @Test(arguments: [("true", true), ("1", true), ("false", false), ("0", false)])
  func booleans(_ lexical: String, _ value: Bool) {
    #expect(withBytes(lexical) { BooleanValue(lexical: $0) }?.isTrue == value)
    #expect(written { BooleanValue(value).append(to: &$0) } == "\(value)")
  }

  @Test(arguments: ["TRUE", "yes", "", "01", "ja"])
  func otherTextIsNoBoolean(_ text: String) {
    #expect(withBytes(text) { BooleanValue(lexical: $0) } == nil)
  }

  @Test(arguments: [
    ("1", true), ("-1.", true), (".5e10", true), ("1E-3", true), ("+1.5e+7", true), ("INF", true), ("-INF", true), ("+INF", true),
    ("NaN", true),
    ("-NaN", false), ("inf", false), ("1e", false), ("e5", false), ("1e5.0", false), ("", false), (".", false), ("1 ", false),
  ])
  func doubles(_ lexical: String, _ isLexical: Bool) {
    #expect(withBytes(lexical) { FloatingLexical.contains($0) } == isLexical)
  }

  @Test(arguments: [
    ("P1Y", 12, "0"), ("-P1Y2M", -14, "0"), ("P1DT2H3M4.5S", 0, "93784.5"), ("PT0.000000000000000001S", 0, "0.000000000000000001"),
    ("-PT36H", 0, "-129600"), ("P0M", 0, "0"), ("PT1M", 0, "60"), ("P1M", 1, "0"),
  ])
  func durations(_ lexical: String, _ months: Int, _ seconds: String) throws {
    let value = try #require(withBytes(lexical) { DurationValue(lexical: $0) })
    #expect(value.months == Int128(months))
    #expect(written { value.seconds.append(to: &$0) } == seconds)
  }

  @Test(arguments: ["P", "PT", "P1YT", "1Y", "P1S", "PT1Y", "P1M1Y", "PT1.5H", "PT.5S", "P-1Y", "+P1Y", "PT1S1M", "P1Y1Y", ""])
  func otherTextIsNoDuration(_ text: String) {
    #expect(withBytes(text) { DurationValue(lexical: $0) } == nil)
  }

  @Test(arguments: [
    ("P1Y", DurationValue.Kind.yearMonthDuration, true), ("P1Y2M", .yearMonthDuration, true), ("P1D", .yearMonthDuration, false),
    ("P1YT1S", .yearMonthDuration, false), ("P1D", .dayTimeDuration, true), ("PT1S", .dayTimeDuration, true),
    ("P1M", .dayTimeDuration, false),
  ])
  func derivedDurations(_ lexical: String, _ kind: DurationValue.Kind, _ isLexical: Bool) {
    #expect((withBytes(lexical) { DurationValue(lexical: $0, kind) } != nil) == isLexical)
  }
}
