import RDF
import SPARQL
import Testing

@Suite("Casts of every pair of datatypes (SPARQL 1.1 §17.5)")
struct CastMatrixTests {
  static let targets = ["string", "float", "double", "decimal", "integer", "dateTime", "boolean", "date", "time"]

  /// A value of each kind, and what it becomes in each target; nothing where it can't be cast.
  static let matrix: [(from: String, to: [String?])] = [
    (
      "\"1\"", ["\"1\"", "\"1.0E0\"^^float", "1.0E0", "1.", "1", nil, "true", nil, nil]
    ),
    ("\"1.5\"", ["\"1.5\"", "\"1.5E0\"^^float", "1.5E0", "1.5", nil, nil, nil, nil, nil]),
    ("\" true \"", ["\" true \"", nil, nil, nil, nil, nil, "true", nil, nil]),
    (
      "\"2024-02-29T12:00:00Z\"",
      ["\"2024-02-29T12:00:00Z\"", nil, nil, nil, nil, "\"2024-02-29T12:00:00Z\"^^dateTime", nil, nil, nil]
    ),
    ("\"2024-02-29\"", ["\"2024-02-29\"", nil, nil, nil, nil, nil, nil, "\"2024-02-29\"^^date", nil]),
    ("\"12:00:00\"", ["\"12:00:00\"", nil, nil, nil, nil, nil, nil, nil, "\"12:00:00\"^^time"]),
    ("\"nothing\"", ["\"nothing\"", nil, nil, nil, nil, nil, nil, nil, nil]),
    ("\"-2.5\"^^xsd:float", ["\"-2.5\"", "\"-2.5E0\"^^float", "-2.5E0", "-2.5", "-2", nil, "true", nil, nil]),
    ("\"INF\"^^xsd:float", ["\"INF\"", "\"INF\"^^float", "INFe", nil, nil, nil, "true", nil, nil]),
    ("-2.5e0", ["\"-2.5\"", "\"-2.5E0\"^^float", "-2.5E0", "-2.5", "-2", nil, "true", nil, nil]),
    ("0e0", ["\"0\"", "\"0.0E0\"^^float", "0.0E0", "0.", "0", nil, "false", nil, nil]),
    ("\"NaN\"^^xsd:double", ["\"NaN\"", "\"NaN\"^^float", "NaNe", nil, nil, nil, "false", nil, nil]),
    ("1e300", ["\"1.0E300\"", "\"INF\"^^float", "1.0E300", nil, nil, nil, "true", nil, nil]),
    ("-2.50", ["\"-2.5\"", "\"-2.5E0\"^^float", "-2.5E0", "-2.5", "-2", nil, "true", nil, nil]),
    ("0.0", ["\"0\"", "\"0.0E0\"^^float", "0.0E0", "0.", "0", nil, "false", nil, nil]),
    ("007", ["\"7\"", "\"7.0E0\"^^float", "7.0E0", "7.", "7", nil, "true", nil, nil]),
    ("\"7\"^^xsd:byte", ["\"7\"", "\"7.0E0\"^^float", "7.0E0", "7.", "7", nil, "true", nil, nil]),
    (
      "\"2024-02-29T12:30:00.50Z\"^^xsd:dateTime",
      [
        "\"2024-02-29T12:30:00.50Z\"", nil, nil, nil, nil, "\"2024-02-29T12:30:00.5Z\"^^dateTime", nil, "\"2024-02-29Z\"^^date",
        "\"12:30:00.5Z\"^^time",
      ]
    ),
    (
      "\"2024-02-29\"^^xsd:date",
      ["\"2024-02-29\"", nil, nil, nil, nil, "\"2024-02-29T00:00:00\"^^dateTime", nil, "\"2024-02-29\"^^date", nil]
    ),
    ("\"12:00:00\"^^xsd:time", ["\"12:00:00\"", nil, nil, nil, nil, nil, nil, nil, "\"12:00:00\"^^time"]),
    ("true", ["\"true\"", "\"1.0E0\"^^float", "1.0E0", "1.", "1", nil, "true", nil, nil]),
    ("\"0\"^^xsd:boolean", ["\"false\"", "\"0.0E0\"^^float", "0.0E0", "0.", "0", nil, "false", nil, nil]),
    (":a", ["\"http://e/a\"", nil, nil, nil, nil, nil, nil, nil, nil]),
    ("BNODE()", [nil, nil, nil, nil, nil, nil, nil, nil, nil]),
    ("\"1\"@en", ["\"1\"", nil, nil, nil, nil, nil, nil, nil, nil]),
    ("\"1\"^^:t", ["\"1\"", nil, nil, nil, nil, nil, nil, nil, nil]),
    ("\"x\"^^xsd:integer", ["\"x\"", nil, nil, nil, nil, nil, nil, nil, nil]),
    ("?unbound", [nil, nil, nil, nil, nil, nil, nil, nil, nil]),
  ]

  @Test(arguments: matrix) func cast(from: String, to: [String?]) throws {
    for (target, expected) in zip(Self.targets, to) {
      #expect(try evaluated("xsd:\(target)(\(from))") == expected ?? "error", "xsd:\(target)(\(from))")
    }
  }

  @Test(
    "Types derived from xsd:integer hold what they can hold",
    arguments: [
      ("xsd:long(\"5\")", "\"5\"^^long"), ("xsd:byte(\"127\")", "\"127\"^^byte"), ("xsd:byte(128)", "error"),
      ("xsd:byte(-128.9)", "\"-128\"^^byte"), ("xsd:nonNegativeInteger(-1)", "error"),
      ("xsd:nonNegativeInteger(0)", "\"0\"^^nonNegativeInteger"),
      ("xsd:unsignedInt(5.9)", "\"5\"^^unsignedInt"), ("xsd:int(true)", "\"1\"^^int"), ("xsd:int(\"007\")", "\"7\"^^int"),
      ("xsd:int(\"5.0\")", "error"), ("xsd:int(1e10)", "error"), ("xsd:int(:a)", "error"), ("xsd:int(\"5\") + 1", "6"),
      ("xsd:unsignedByte(\"5\") = 5", "true"), ("xsd:gYear(\"2024\")", "error"), ("xsd:integer(\"1\", \"2\")", "error"),
    ])
  func derived(_ text: String, _ expected: String) throws { #expect(try evaluated(text) == expected) }
}
