import Bytes
import Problems
import RDF

/// What a client asks of `/resolve`: a code, name or identifier, in one register or in all, as of a day or as of now.
struct LookupQuestion {
  /// What is sought.
  enum Sought {
    /// A key and nothing else.
    case key(String)
    /// A key, a name or an IRI.
    case text(String)
    /// An IRI of which the other identifier is this address (DIGG's rule UM-9).
    case iri(String)
  }

  /// What is sought; nil where nothing was asked.
  let sought: Sought?
  /// The register; nil for all.
  let register: String?
  /// The day on which codes are to hold; nil for now.
  let day: CivilDate?

  /// An address that would be answered.
  static let example = "/resolve?register=kommun&q=%C3%96rebro"

  /// Reads the parameters of a request.
  /// - Throws: ``ProblemCode/lookupParameter``.
  init(_ fields: FormFields) throws(Failure) {
    for name in ["register", "key", "q", "iri", "date", "column"] where fields.values(name).count > 1 {
      throw Self.fault(name, .phrase("lookup-one"))
    }
    func given(_ name: String) -> String? { fields[name].flatMap { $0.isEmpty ? nil : $0 } }
    let all = [given("key").map { Sought.key($0) }, given("q").map { .text($0) }, given("iri").map { .iri($0) }].compactMap { $0 }
    if all.count > 1 { throw Self.fault("q", .phrase("lookup-one")) }
    sought = all.first
    register = given("register")
    let date = given("date")
    day = date.flatMap { text in ByteString(text).withView { SwedishTime.date(lexical: $0) } }
    if date != nil, day == nil { throw Self.fault("date", .phrase("lookup-date")) }
  }

  /// What is wrong with a parameter, with an address that would do.
  static func fault(_ name: String, _ expected: Words, example: String = LookupQuestion.example) -> Failure {
    Failure(.lookupParameter, ["name": .text(name), "expected": expected, "example": .text(example)])
  }
}
