import Bytes
import JSON
import Problems

/// A way in which values may be written in a column: a datatype with its format, and the parser that decides.
struct CellCandidate: Sendable {
  let datatype: DatatypeDescription
  private let parser: CellParser

  init(_ datatype: DatatypeDescription) {
    self.datatype = datatype
    parser = CellParser(datatype) { _ in }
  }

  init(_ base: BuiltInDatatype, format: String? = nil) {
    var datatype = DatatypeDescription(base: base)
    datatype.format = format
    self.init(datatype)
  }

  init(_ base: BuiltInDatatype, decimal: String, group: String?) {
    var datatype = DatatypeDescription(base: base)
    datatype.decimalCharacter = decimal
    datatype.groupCharacter = group
    self.init(datatype)
  }

  /// Whether a text, white space at its ends aside, is a value.
  func accepts(_ text: ByteString) -> Bool { lexicalForm(of: text) != nil }

  /// A text, white space at its ends aside, as XSD writes the value; nil where it is none.
  func lexicalForm(of text: ByteString) -> ByteString? {
    var out = ByteBuffer()
    return text.withView { parser.parse($0.trimmedOfSpaces, into: &out) } == nil ? ByteString(out.view) : nil
  }

  /// The candidates for days, the Swedish order first where a text can be read in two ways.
  static let dates: [CellCandidate] = [
    "yyyy-MM-dd", "yyyyMMdd", "dd/MM/yyyy", "d/M/yyyy", "dd.MM.yyyy", "d.M.yyyy", "dd-MM-yyyy", "d-M-yyyy", "MM/dd/yyyy", "M/d/yyyy",
    "yyyy/MM/dd", "yyyy.MM.dd", "yyyy-M-d", "dd MM yyyy",
  ].map { CellCandidate(.date, format: $0 == "yyyy-MM-dd" ? nil : $0) }

  /// The candidates for days with a time.
  static let moments: [CellCandidate] =
    [CellCandidate(.dateTime)]
    + [
      "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm:ss.SSSSSS", "yyyy-MM-ddTHH:mm:ss.SSSSSSX",
      "yyyy-MM-ddTHH:mm:ssX", "yyyy-MM-dd HH:mm:ssX", "yyyy-MM-dd HH:mm:ssXXX", "dd/MM/yyyy HH:mm", "dd/MM/yyyy HH:mm:ss",
      "d/M/yyyy HH:mm", "MM/dd/yyyy HH:mm:ss", "yyyyMMdd HH:mm", "yyyyMMddTHHmmss",
    ].map { CellCandidate(.dateTime, format: $0) }

  /// The candidates for times of the day, and for months.
  static let times: [CellCandidate] = [CellCandidate(.time), CellCandidate(.time, format: "HH:mm")]
  /// The candidates for times where the header speaks of times.
  static let loosestTimes: [CellCandidate] = ["HH.mm", "HHmm"].map { CellCandidate(.time, format: $0) }
  static let months: [CellCandidate] = [CellCandidate(.gYearMonth), CellCandidate(.gYearMonth, format: "yyyyMM")]
  static let years: [CellCandidate] = [CellCandidate(.gYear)]

  /// The candidates for numbers: whole ones first, then with a decimal point, then with a comma, and those whose digits stand in groups
  /// last, so that nothing is taken for a group that needs not be.
  static let numbers: [CellCandidate] =
    [CellCandidate(.integer), CellCandidate(.decimal), CellCandidate(.decimal, decimal: ",", group: nil)]
    + [CellCandidate(.integer, decimal: ".", group: " ")]
    + [(",", " "), (".", " "), (".", ","), (",", "."), (".", "'")].map { CellCandidate(.decimal, decimal: $0, group: $1) }

  /// The candidates for yes and no.
  static let answers: [CellCandidate] =
    [
      "Ja|Nej", "ja|nej", "JA|NEJ", "J|N", "j|n", "Sant|Falskt", "sant|falskt", "SANT|FALSKT", "TRUE|FALSE", "True|False", "Yes|No",
      "yes|no", "YES|NO", "Y|N",
    ].map { CellCandidate(.boolean, format: $0) } + [CellCandidate(.boolean)]

  /// The candidates of a kind of datatype.
  static func candidates(for base: BuiltInDatatype) -> [CellCandidate] {
    switch base.family {
    case .number: numbers
    case .boolean: answers
    case .date: dates + moments + times + months + years
    default: []
    }
  }
}

extension DatatypeDescription {
  /// What values of it are called, in the plural: «dates of the form dd/MM/yyyy».
  var formWords: Words {
    switch base {
    case .date: .phrase("form-date", ["format": format ?? "yyyy-MM-dd"])
    case .dateTime, .dateTimeStamp: .phrase("form-date-time", ["format": format ?? "yyyy-MM-ddTHH:mm:ss"])
    case .time: .phrase("form-time", ["format": format ?? "HH:mm:ss"])
    case .gYearMonth: .phrase("form-month", ["format": format ?? "yyyy-MM"])
    case .gYear: .phrase("form-year")
    case .boolean: booleanWords
    default: base.family == .number ? numberWords : .phrase("form-other", ["name": base.rawValue])
    }
  }

  private var booleanWords: Words {
    let words = (format ?? "true|false").split(separator: "|").map(String.init)
    return words.count == 2 ? .phrase("form-boolean", ["yes": words[0], "no": words[1]]) : .phrase("form-other", ["name": "boolean"])
  }

  private var numberWords: Words {
    var arguments: [String: Words] = [:]
    switch groupCharacter {
    case " ": arguments["group"] = .phrase("group-space")
    case .some(let mark): arguments["group"] = .phrase("group-mark", ["mark": mark])
    case nil: break
    }
    // The names of the built-in datatypes for whole numbers all end so, but for the shortest.
    let isWhole = base.rawValue.lowercased().hasSuffix("integer") || [.long, .int, .short, .byte].contains(base)
    if isWhole { return .phrase("form-integer", arguments) }
    arguments["decimal"] = decimalCharacter == "," ? .phrase("decimal-comma") : .phrase("decimal-point")
    return .phrase("form-decimal", arguments)
  }

  /// The datatype as a mapping states it: the name of a built-in one, or an object.
  var json: JSONValue {
    var members: [(String, JSONValue)] = id.map { [("@id", .string($0))] } ?? []
    members.append(("base", .text(base.rawValue)))
    if let decimalCharacter {
      var format: [(String, JSONValue)] = [("decimalChar", .text(decimalCharacter))]
      if let groupCharacter { format.append(("groupChar", .text(groupCharacter))) }
      members.append(("format", .object(format)))
    } else if let format {
      members.append(("format", .text(format)))
    }
    return members.count == 1 ? .text(base.rawValue) : .object(members)
  }
}
