import Bytes
import RDF
import TestSupport
import Testing

@testable import Store

/// Values by id, and the runs of ids with one value.
struct ValueTests {
  private let snapshot: Snapshot

  init() throws {
    snapshot = try StoreTests.snapshot(TermOrderTests.ordered.map { Quad(TermOrderTests.ordered[2], TermOrderTests.ordered[2], $0) })
  }

  private func id(_ text: String) throws -> StoreID { try #require(snapshot.id(of: term(text))) }

  @Test(
    "Ids of equal value stand side by side",
    arguments: [
      (["\"01\"^^integer", "\"1\"^^integer", "\"1\"^^byte", "\"1.0\"^^decimal", "\"1\"^^float", "\"1e0\"^^double"]),
      (["\"-0\"^^integer", "\"0\"^^integer", "\"0.0\"^^decimal", "\"-0.0\"^^double", "\"0\"^^double"]),
      (["\"0.1\"^^decimal"]), (["\"0.1\"^^double"]), (["\"9007199254740993\"^^integer"]), (["\"NaN\"^^float", "\"NaN\"^^double"]),
      (["\"2023-12-31T23:00:00\"^^dateTime", "\"2023-12-31T23:00:00Z\"^^dateTime", "\"2023-12-31T23:00:00Z\"^^dateTimeStamp"]),
      (["\"2024-01-01\"^^date", "\"2024-01-01Z\"^^date"]), (["\"0\"^^boolean", "\"false\"^^boolean"]),
      (["\"1\"^^boolean", "\"true\"^^boolean"]),
      (["\"1\""]), (["_:a"]),
    ])
  func runs(texts: [String]) throws {
    for text in texts {
      let run = snapshot.equalRun(of: try id(text))
      #expect(run.map { snapshot.term($0) } == texts.map { term($0) })
    }
  }

  @Test("A value that no term has stands between its neighbours")
  func between() throws {
    let place = snapshot.numbers(equalTo: .integer(7))
    #expect(place.isEmpty)
    #expect(place.lowerBound == (try id("\"10\"^^integer")))
    #expect(
      snapshot.numbers(equalTo: .decimal(try #require(DecimalValue(coefficient: 15, scale: 1)))).lowerBound == (try id("\"2\"^^integer")))
    #expect(snapshot.orderedNumbers.upperBound == (try id("\"NaN\"^^float")))
  }

  @Test("Numbers are read back as their types hold them")
  func numbers() throws {
    for (text, expected) in [
      ("\"01\"^^integer", NumericValue.integer(1)),
      ("\"99999999999999999999999999999999999999\"^^integer", .integer(99_999_999_999_999_999_999_999_999_999_999_999_999)),
      ("\"1.0\"^^decimal", .decimal(DecimalValue(1))), ("\"0.1\"^^float", .float(0.1)), ("\"-INF\"^^double", .double(-.infinity)),
    ] {
      let value = try #require(snapshot.number(of: try id(text)))
      #expect("\(value)" == "\(expected)")
    }
    #expect(snapshot.number(of: try id("\"1\"")) == nil)
    #expect(snapshot.number(of: try id("\"300\"^^byte")) == nil)
  }

  @Test("Instants keep fractions, and zones are known")
  func instants() throws {
    let quarter = try id("\"2023-12-31T23:00:00.25Z\"^^dateTime")
    #expect(snapshot.instant(of: quarter)?.attoseconds == 250_000_000_000_000_000)
    let local = try id("\"2024-01-01T00:00:00+02:00\"^^dateTime")
    #expect(snapshot.valueColumns.moment(local).zoneMinutes == 120)
    #expect(snapshot.valueColumns.moment(try id("\"2024-01-01\"^^date")).zoneMinutes == nil)
    #expect(snapshot.instant(of: local)?.seconds == 1_704_060_000)
    #expect(snapshot.boolean(of: try id("\"1\"^^boolean")) == true)
  }

  @Test(
    "Decimals and doubles are compared exactly",
    arguments: [
      ("0.1", 0.1, -1), ("0.5", 0.5, 0), ("-0.1", -0.1, 1), ("1e0", 1, 0), ("9007199254740993", 9_007_199_254_740_992, 1),
      ("0.00000000000000000000000000000000000001", .leastNonzeroMagnitude, 1), ("1", .infinity, -1), ("1", .nan, -1), ("0", -0.0, 0),
      ("99999999999999999999999999999999999999", 1e38, 1), ("99999999999999999999999999999999999999", 1.0000000000000002e38, -1),
      ("-99999999999999999999999999999999999999", -1e300, 1),
    ] as [(String, Double, Int)])
  func exact(decimal: String, double: Double, order: Int) throws {
    let value = ByteString(decimal == "1e0" ? "1" : decimal).withView { DecimalValue(lexical: $0) }
    #expect(NumericValue.decimal(try #require(value)).compare(exactly: .double(double)) == order)
    #expect(NumericValue.double(double).compare(exactly: .decimal(try #require(value))) == -order)
  }
}
