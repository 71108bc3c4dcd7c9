import Bytes
import Problems

/// The functions of SPARQL that are called by a name (SPARQL 1.1 §17.4), in capitals or not.
package enum BuiltIn: String, CaseIterable, Sendable {
  // Forms (§17.4.1)
  case bound = "BOUND"
  case `if` = "IF"
  case coalesce = "COALESCE"
  case sameTerm = "SAMETERM"
  // Terms (§17.4.2)
  case isIRI = "ISIRI"
  case isURI = "ISURI"
  case isBlank = "ISBLANK"
  case isLiteral = "ISLITERAL"
  case isNumeric = "ISNUMERIC"
  case str = "STR"
  case lang = "LANG"
  case datatype = "DATATYPE"
  case iri = "IRI"
  case uri = "URI"
  case bnode = "BNODE"
  case strdt = "STRDT"
  case strlang = "STRLANG"
  // Languages and directions (SPARQL 1.2)
  case langdir = "LANGDIR"
  case hasLang = "HASLANG"
  case hasLangdir = "HASLANGDIR"
  case strlangdir = "STRLANGDIR"
  case uuid = "UUID"
  case struuid = "STRUUID"
  // Strings (§17.4.3)
  case strlen = "STRLEN"
  case substr = "SUBSTR"
  case ucase = "UCASE"
  case lcase = "LCASE"
  case strstarts = "STRSTARTS"
  case strends = "STRENDS"
  case contains = "CONTAINS"
  case strbefore = "STRBEFORE"
  case strafter = "STRAFTER"
  case encodeForURI = "ENCODE_FOR_URI"
  case concat = "CONCAT"
  case langMatches = "LANGMATCHES"
  case regex = "REGEX"
  case replace = "REPLACE"
  // Numbers (§17.4.4)
  case abs = "ABS"
  case round = "ROUND"
  case ceil = "CEIL"
  case floor = "FLOOR"
  case rand = "RAND"
  // Dates and times (§17.4.5)
  case now = "NOW"
  case year = "YEAR"
  case month = "MONTH"
  case day = "DAY"
  case hours = "HOURS"
  case minutes = "MINUTES"
  case seconds = "SECONDS"
  case timezone = "TIMEZONE"
  case tz = "TZ"
  // Hashes (§17.4.6)
  case md5 = "MD5"
  case sha1 = "SHA1"
  case sha256 = "SHA256"
  case sha384 = "SHA384"
  case sha512 = "SHA512"

  private static let all: [ByteString: BuiltIn] = Dictionary(uniqueKeysWithValues: allCases.map { (ByteString($0.rawValue), $0) })

  /// The function of this name, or nil.
  init?(_ word: ByteView) {
    guard word.count <= 14, let found = Self.all[word.inCapitals] else { return nil }
    self = found
  }

  /// How many arguments it takes.
  package var argumentCounts: ClosedRange<Int> {
    switch self {
    case .coalesce, .concat: 0...Int.max
    case .rand, .now, .uuid, .struuid: 0...0
    case .bnode: 0...1
    case .sameTerm, .strdt, .strlang, .strstarts, .strends, .contains, .strbefore, .strafter, .langMatches: 2...2
    case .substr, .regex: 2...3
    case .replace: 3...4
    case .if, .strlangdir: 3...3
    default: 1...1
    }
  }

  /// How many arguments it takes, as a person would say it.
  var wantedArguments: Words {
    let counts = argumentCounts
    if counts == 0...0 { return .phrase("query-wants-no-argument") }
    if counts.lowerBound == counts.upperBound { return Self.words(forArguments: counts.lowerBound) }
    return .phrase("query-wants-arguments-between", ["least": "\(counts.lowerBound)", "most": "\(counts.upperBound)"])
  }
}

extension BuiltIn {
  /// So many arguments, as a person would say it.
  static func words(forArguments count: Int) -> Words {
    count == 1 ? .phrase("query-wants-argument") : .phrase("query-wants-arguments", ["count": "\(count)"])
  }
}

extension Aggregate.Kind {
  /// The aggregate of this name, in capitals or not, or nil.
  init?(_ word: ByteView) {
    guard word.count <= 12, let found = Self(rawValue: word.inCapitals.text) else { return nil }
    self = found
  }
}
