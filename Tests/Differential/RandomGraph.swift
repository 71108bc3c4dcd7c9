/// A small dataset in TriG: things that know one another, values of many types, and two named graphs.
struct RandomGraph {
  /// The text, prefixes included.
  let text: String

  /// Declarations for data and queries.
  static let prefixes = ["": "http://e/", "xsd": "http://www.w3.org/2001/XMLSchema#"]

  static let things = [":a", ":b", ":c", ":d", ":e"]
  static let links = [":p", ":q", ":r"]
  static let properties = [":v", ":w"]

  /// Values in their canonical spellings, since pyoxigraph keeps values and not spellings.
  static let numbers = [
    "1", "2", "3", "0", "-1", "10", "2.5", "1.0", "-0.5", "0.1", "1.5e0", "2.0E0", "1.0E1", "\"2.5\"^^xsd:float", "\"1\"^^xsd:float",
    "\"INF\"^^xsd:double", "\"NaN\"^^xsd:double",
  ]
  static let derived = ["\"1\"^^xsd:int", "\"2\"^^xsd:byte", "\"3\"^^xsd:nonNegativeInteger"]
  static let times = [
    "\"2024-01-01T12:00:00\"^^xsd:dateTime", "\"2024-01-01T12:00:00Z\"^^xsd:dateTime", "\"2024-01-01T13:00:00+01:00\"^^xsd:dateTime",
    "\"2024-01-01T02:00:00\"^^xsd:dateTime", "\"2024-01-02T12:00:00-05:00\"^^xsd:dateTime", "\"2024-01-01T12:00:00.5Z\"^^xsd:dateTime",
    "\"2024-01-02T23:30:00\"^^xsd:dateTime",
  ]
  static let texts = [
    "\"a\"", "\"b\"", "\"Abc\"", "\"\"", "\"1\"", "\"a\"@en", "\"a\"@sv", "\"Åäö\"@sv", "\"a b\"", "true", "false", "\"x\"^^xsd:integer",
    "\"x\"^^:unknown", "\"y\"^^:unknown",
  ]

  init(_ random: inout Randomness) {
    var text = Self.prefixes.sorted { $0.key < $1.key }.map { "@prefix \($0.key): <\($0.value)> .\n" }.joined()
    text += Self.statements(random.below(14) + 6, &random)
    for graph in [":g", ":h"] { text += "\(graph) {\n" + Self.statements(random.below(6) + 2, &random) + "}\n" }
    self.text = text
  }

  static func value(_ random: inout Randomness) -> String {
    switch random.below(10) {
    case 0..<5: number(&random)
    case 5..<7: random.pick(from: times)
    case 7..<9: random.pick(from: texts)
    default: random.pick(from: things)
    }
  }

  /// A number; of a type derived from xsd:integer only where those are wanted.
  static func number(_ random: inout Randomness) -> String {
    random.pick(from: random.hasDerivedTypes && random.chance(20) ? derived : numbers)
  }

  private static func statements(_ count: Int, _ random: inout Randomness) -> String {
    (0..<count).map { _ in
      let subject = random.pick(from: things)
      return random.chance(55)
        ? "\(subject) \(random.pick(from: links)) \(random.pick(from: things)) .\n"
        : "\(subject) \(random.pick(from: properties)) \(value(&random)) .\n"
    }.joined()
  }
}
