import Bytes
import RDF
import Testing

@Suite("Operators (SPARQL 1.1 §17.2, §17.3)")
struct OperatorTests {
  @Test(
    "Arithmetic promotes, and exact numbers stay exact",
    arguments: [
      ("1 + 2", "3"), ("1 - 2", "-1"), ("2 * 3", "6"), ("7 / 2", "3.5"), ("6 / 2", "3."), ("1 / 3", "0.333333333333333333"),
      ("-1 / 3", "-0.333333333333333333"), ("1 / 0", "error"), ("1.5 / 0.0", "error"), ("1e0 / 0", "INFe"), ("-1e0 / 0", "-INFe"),
      ("0e0 / 0", "NaNe"), ("0.1 + 0.2", "0.3"), ("1.50 * 2", "3."), ("1 + 1.5", "2.5"), ("1.5 + 1e0", "2.5E0"),
      ("xsd:float(1.5) + 1", "\"2.5E0\"^^float"), ("xsd:float(1.5) + 1e0", "2.5E0"), ("1e308 * 10", "INFe"),
      ("99999999999999999999999999999999999999 * 10", "error"), ("170141183460469231731687303715884105727 + 1", "error"),
      ("99999999999999999999 * 10000000000", "999999999999999999990000000000"),
      ("0.000000000000000000000000000000000001 * 0.1", "0.0000000000000000000000000000000000001"),
      ("0.00000000000000000001 * 0.00000000000000000001", "0."),
      ("12345678901234567890.5 * 1.0000000000000000001", "12345678901234567891.734567890123456"),
      ("-5", "-5"), ("-(5)", "-5"), ("+(5)", "5"), ("-\"a\"", "error"), ("\"1\" + 1", "error"), ("1 - -1", "2"),
      ("\"1\"^^xsd:byte + 1", "2"), ("\"300\"^^xsd:byte + 1", "error"), ("1+2*3-4/2", "5."), ("2-1-1", "0"),
    ])
  func arithmetic(_ text: String, _ expected: String) throws {
    let found = try evaluated(text)
    if text.hasPrefix("12345") {
      #expect(found.hasPrefix("12345678901234567891.73456789"))
    } else {
      #expect(found == expected)
    }
  }

  @Test(
    "Comparison by value",
    arguments: [
      ("1 = 1.0", "true"), ("1 = 1e0", "true"), ("1 != 2", "true"), ("0.1 = 1e-1", "true"), ("\"01\"^^xsd:integer = 1", "true"),
      ("1 < 2", "true"), ("2 <= 2.0", "true"), ("3 >= 4", "false"), ("\"NaN\"^^xsd:double = \"NaN\"^^xsd:double", "false"),
      ("\"NaN\"^^xsd:double <= 1", "false"), ("\"NaN\"^^xsd:double != 1", "true"), ("9007199254740993 = 9007199254740992", "false"),
      ("\"a\" = \"a\"", "true"), ("\"a\" < \"b\"", "true"), ("\"a\" = \"a\"@en", "false"), ("\"a\"@en = \"a\"@EN", "true"),
      ("\"a\"@en = \"b\"@en", "false"), ("\"a\"@en < \"b\"@en", "error"), ("\"a\" = 1", "false"), ("\"a\" < 1", "error"),
      ("true = \"1\"^^xsd:boolean", "true"), ("false < true", "true"), (":a = :a", "true"), (":a = :b", "false"), (":a < :b", "error"),
      (":a = \"a\"", "false"), ("\"x\"^^:t = \"x\"^^:t", "true"), ("\"x\"^^:t = \"y\"^^:t", "error"), ("\"x\"^^:t != \"y\"^^:t", "error"),
      ("\"x\"^^:t = 1", "error"), ("\"x\"^^xsd:integer = 1", "error"), ("\"x\"^^xsd:integer = \"x\"^^xsd:integer", "true"),
      ("\"2024-01-01T00:00:00Z\"^^xsd:dateTime = \"2024-01-01T01:00:00+01:00\"^^xsd:dateTime", "true"),
      ("\"-4000-01-01T00:00:00Z\"^^xsd:dateTime < \"20000-01-01T00:00:00Z\"^^xsd:dateTime", "true"),
      ("\"2024-01-01\"^^xsd:date < \"2024-01-02\"^^xsd:date", "true"), ("\"2024-01-01\"^^xsd:date < 1", "error"),
      ("\"x\"@en = \"x\"^^:t", "false"), ("\"x\"@en != \"x\"^^xsd:integer", "true"), ("\"x\" = \"x\"^^:t", "error"),
      ("\"\u{E5}\" = \"a\u{30A}\"", "false"), ("?unbound = 1", "error"), ("\"z\" < \"å\"", "true"),
    ])
  func comparison(_ text: String, _ expected: String) throws { #expect(try evaluated(text) == expected) }

  /// Only one has a zone: the other may be in any, from +14:00 to −14:00.
  @Test(
    "Dates with and without zone compare where any zone gives the same answer",
    arguments: [
      ("\"2024-01-01T00:00:00\"^^xsd:dateTime < \"2024-01-01T00:00:01Z\"^^xsd:dateTime", "error"),
      ("\"2024-01-01T00:00:00\"^^xsd:dateTime < \"2024-01-01T14:00:01Z\"^^xsd:dateTime", "true"),
      ("\"2024-01-01T00:00:00\"^^xsd:dateTime < \"2024-01-01T14:00:00Z\"^^xsd:dateTime", "error"),
      ("\"2024-01-01T00:00:00\"^^xsd:dateTime >= \"2023-12-31T09:59:59Z\"^^xsd:dateTime", "true"),
      ("\"2024-01-01T00:00:00\"^^xsd:dateTime = \"2024-01-01T00:00:00Z\"^^xsd:dateTime", "error"),
      ("\"2024-01-01T00:00:00\"^^xsd:dateTime != \"2024-01-02T00:00:00Z\"^^xsd:dateTime", "true"),
      ("\"2024-01-01T00:00:00\"^^xsd:dateTime = \"2024-01-01T00:00:00\"^^xsd:dateTime", "true"),
      ("\"2024-01-01\"^^xsd:date = \"2024-01-01+02:00\"^^xsd:date", "error"),
      ("\"2024-01-01\"^^xsd:date < \"2024-01-02+02:00\"^^xsd:date", "true"),
      ("\"12:00:00\"^^xsd:time < \"13:00:00Z\"^^xsd:time", "error"), ("\"12:00:00\"^^xsd:time < \"13:00:00\"^^xsd:time", "true"),
      ("\"2024-01-01T00:00:00Z\"^^xsd:dateTime IN (\"2024-01-01T00:00:00\"^^xsd:dateTime)", "error"),
    ])
  func zones(_ text: String, _ expected: String) throws { #expect(try evaluated(text) == expected) }

  @Test(
    "Truth tables with errors (§17.2), and effective boolean values (§17.2.2)",
    arguments: [
      ("true || ?e", "true"), ("?e || true", "true"), ("false || ?e", "error"), ("?e || ?e", "error"), ("false || false", "false"),
      ("!!true", "true"), ("!!!\"\"", "true"), ("!!:a", "error"), ("!-1", "false"), ("true && ?e", "error"), ("?e && false", "false"),
      ("false && ?e", "false"), ("true && true", "true"), ("!?e", "error"),
      ("!true", "false"), ("!0", "true"), ("!\"\"", "true"), ("!\"a\"", "false"), ("!0.0", "true"), ("!(\"NaN\"^^xsd:double)", "true"),
      ("!\"x\"^^xsd:integer", "true"), ("!\"x\"^^xsd:boolean", "true"), ("!:a", "error"), ("!\"x\"@en", "false"), ("!\"\"@en", "true"),
      ("!\"x\"^^:t", "error"),
      ("!\"2024-01-01\"^^xsd:date", "error"),
      ("2 IN (1, 2, 3)", "true"), ("2 IN ()", "false"), ("2 IN (:iri, \"str\", 2.0)", "true"), ("2 IN (1/0, 2)", "true"),
      ("2 IN (2, 1/0)", "true"), ("2 IN (3, 1/0)", "error"), ("2 NOT IN (1, 2, 3)", "false"), ("2 NOT IN ()", "true"),
      ("2 NOT IN (1/0, 2)", "false"), ("2 NOT IN (3, 1/0)", "error"),
    ])
  func truth(_ text: String, _ expected: String) throws { #expect(try evaluated(text) == expected) }

  @Test("EXISTS asks the row, and an error stays one")
  func exists() throws {
    #expect(try evaluated("EXISTS { ?a ?b ?c }", patterns: [0: true]) == "true")
    #expect(try evaluated("NOT EXISTS { ?a ?b ?c } || EXISTS { ?d ?e ?f }", patterns: [0: true, 1: false]) == "false")
    #expect(try evaluated("EXISTS { ?a ?b ?c }") == "error")
  }

  @Test("A value that is passed on keeps its lexical form and datatype")
  func kept() throws {
    let byte = Term.literal("007", .datatype("http://www.w3.org/2001/XMLSchema#byte"))
    #expect(try evaluated("IF(?x = 7, ?x, 0)", ["x": byte]) == "\"007\"^^byte")
    #expect(try evaluated("COALESCE(?y, ?x)", ["x": byte]) == "\"007\"^^byte")
    #expect(try evaluated("STR(?x)", ["x": byte]) == "\"007\"")
    #expect(try evaluated("?x + 0", ["x": byte]) == "7")
  }
}
