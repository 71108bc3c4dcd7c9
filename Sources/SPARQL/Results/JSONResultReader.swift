import Bytes
import JSON
import Problems
import RDF
import Resources

/// Reads SPARQL 1.1 Query Results JSON Format. Members that the format does not know are passed over.
struct JSONResultReader: ~Copyable {
  private let sink: any SolutionSink
  private var pieces: JSONPieces
  private let solutions: SolutionGathering
  /// The variables; nil before the head.
  private var variables: [ByteString]?
  private var hasResults = false
  private var truth: Bool?
  /// The key of the member at hand, and the variable of the binding at hand.
  private var key = ByteBuffer()
  private var variable = ByteBuffer()
  private var term = WrittenTerm()

  init(_ stream: any ByteStream, limits: ResultReader.Limits, sink: any SolutionSink) {
    self.sink = sink
    pieces = JSONPieces(stream, limits: limits)
    solutions = SolutionGathering(sink, limits: limits, name: stream.name)
  }

  /// Reads the whole stream.
  mutating func readAll() throws(Failure) {
    try begin(.beginObject)
    while try nextMember() {
      if key.view == "head" {
        try readHead()
      } else if key.view == "results" {
        try readResults()
      } else if key.view == "boolean" {
        try readTruth()
      } else {
        try skip()
      }
    }
    // Whatever stands after the object is an error of the syntax.
    _ = try pieces.next()
    if let truth {
      if hasResults { throw fault(.phrase("results-twice")) }
      return try sink.write(truth)
    }
    guard hasResults else { throw fault(.phrase("results-missing", ["name": "results"])) }
    guard variables != nil else { throw fault(.phrase("results-missing", ["name": "head"])) }
    try solutions.finish()
  }

  private mutating func readHead() throws(Failure) {
    var names: [ByteString] = []
    try begin(.beginObject)
    while try nextMember() {
      guard key.view == "vars" else {
        try skip()
        continue
      }
      try begin(.beginArray)
      while case let token = try pieces.next(), token != .endArray {
        try pieces.text(of: token, into: &variable)
        let name = ByteString(variable.view)
        if names.contains(name) { continue }
        names.append(name)
        try solutions.note(variables: names.count)
      }
    }
    if variables != nil { throw fault(.phrase("results-twice")) }
    variables = names
    if hasResults { try open(names) }
  }

  private mutating func readTruth() throws(Failure) {
    let token = try pieces.next()
    guard token == .true || token == .false else { throw pieces.expected("true, false") }
    truth = token == .true
  }

  private mutating func readResults() throws(Failure) {
    try begin(.beginObject)
    while try nextMember() {
      guard key.view == "bindings" else {
        try skip()
        continue
      }
      if hasResults { throw fault(.phrase("results-twice")) }
      hasResults = true
      if let variables { try open(variables) }
      try begin(.beginArray)
      while case let token = try pieces.next(), token != .endArray {
        guard token == .beginObject else { throw pieces.expected("{…}") }
        try readSolution()
      }
    }
  }

  /// Solutions may have come before the head, and have told of variables by themselves.
  private func open(_ names: [ByteString]) throws(Failure) {
    if try !solutions.open(names) { throw fault(.phrase("results-variables")) }
  }

  private mutating func readSolution() throws(Failure) {
    while try nextMember() {
      swap(&key, &variable)
      try begin(.beginObject)
      if try !readTerm() { throw fault(.phrase("results-term")) }
      if let wrong = try solutions.set(variable.view, term) { throw fault(wrong) }
    }
    try solutions.endSolution()
  }

  /// Reads the object of a term; false where it is none.
  private mutating func readTerm() throws(Failure) -> Bool {
    var form: WrittenTerm.Form?
    var hasText = false
    term.reset()
    while try nextMember() {
      if key.view == "type" {
        try pieces.text(of: try pieces.next(), into: &key)
        form = WrittenTerm.Form(json: key.view)
      } else if key.view == "value" {
        try pieces.text(of: try pieces.next(), into: &term.text)
        hasText = true
      } else if key.view == "datatype" {
        try pieces.text(of: try pieces.next(), into: &term.datatype)
      } else if key.view == "xml:lang" {
        try pieces.text(of: try pieces.next(), into: &term.language)
      } else if key.view == "its:dir" {
        try pieces.text(of: try pieces.next(), into: &term.direction)
      } else {
        try skip()
      }
    }
    guard let form, hasText else { return false }
    term.form = form
    return true
  }

  /// Reads the key of the next member of an object; false at its end.
  private mutating func nextMember() throws(Failure) -> Bool {
    let token = try pieces.next()
    if token == .key { pieces.copy(textTo: &key) }
    return token == .key
  }

  private mutating func begin(_ opening: JSONToken) throws(Failure) {
    if try pieces.next() != opening { throw pieces.expected(opening == .beginObject ? "{…}" : "[…]") }
  }

  private mutating func skip() throws(Failure) { try pieces.skipRest(of: try pieces.next()) }

  private func fault(_ found: Words) -> Failure { pieces.failure(.resultsInvalid, ["found": found]) }
}

extension WrittenTerm.Form {
  /// The form with this `type`. SPARQL 1.0 told typed literals apart.
  fileprivate init?(json type: ByteView) {
    if type == "uri" {
      self = .iri
    } else if type == "bnode" {
      self = .blankNode
    } else if type == "literal" || type == "typed-literal" {
      self = .literal
    } else {
      return nil
    }
  }
}
