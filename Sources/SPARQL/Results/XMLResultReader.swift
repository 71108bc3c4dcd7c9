import Bytes
import Problems
import RDF
import Resources
import XML

/// Reads SPARQL Query Results XML Format (Second Edition) as it comes. Elements that the format does not know are passed over. A document
/// type is refused, so there are no entities but the five of XML itself, and nothing is fetched.
final class XMLResultReader: XMLHandler {
  fileprivate enum Element {
    case sparql, head, variable, results, result, binding, term, boolean, other
  }

  private static let block = 1 << 16

  private let stream: any ByteStream
  private let limits: ResultReader.Limits
  private let sink: any SolutionSink
  private let solutions: SolutionGathering
  private var open: [Element] = []
  private var variables: [ByteString] = []
  private var variable = ByteBuffer(capacity: 64)
  private var term = WrittenTerm()
  private var hasTerm = false
  private var isOpen = false
  private var truth: Bool?

  init(_ stream: any ByteStream, limits: ResultReader.Limits, sink: any SolutionSink) {
    self.stream = stream
    self.limits = limits
    self.sink = sink
    solutions = SolutionGathering(sink, limits: limits, name: stream.name)
  }

  /// Reads the whole stream.
  func readAll() throws(Failure) {
    let parser = XMLParser(self, depthLimit: limits.depth)
    try parser.readAll(step: Self.block) { block throws(Failure) in try stream.read(into: block) }
    if let truth { return try sink.write(truth) }
    guard isOpen else {
      throw Failure(.resultsInvalid, at: parser.place(in: stream.name), ["found": .phrase("results-missing", ["name": "results"])])
    }
    try solutions.finish()
  }

  func begin(_ tag: XMLTag) throws(Failure) {
    let name = tag.name.view
    let isOurs = tag.namespace.map { $0.view == "http://www.w3.org/2005/sparql-results#" } ?? false
    let element = isOurs ? Element(name, in: open.last) : .other
    if open.isEmpty, element != .sparql { throw failed(.phrase("results-element", ["name": name.short]), tag.position) }
    open.append(element)
    try begin(element, tag)
  }

  private func begin(_ element: Element, _ tag: XMLTag) throws(Failure) {
    switch element {
    case .results:
      if isOpen || truth != nil { throw failed(.phrase("results-twice"), tag.position) }
      isOpen = true
      _ = try solutions.open(variables)
    case .variable, .binding:
      variable.truncate()
      copy("name", of: tag, to: &variable)
      if variable.isEmpty { throw failed(.phrase("results-missing", ["name": "name"]), tag.position) }
      hasTerm = false
      if element == .variable, !variables.contains(ByteString(variable.view)) {
        variables.append(ByteString(variable.view))
        try solutions.note(variables: variables.count)
      }
    case .term:
      if hasTerm { throw failed(.phrase("results-term"), tag.position) }
      hasTerm = true
      term.reset()
      term.form = tag.isNamed("uri") ? .iri : tag.isNamed("bnode") ? .blankNode : .literal
      copy("datatype", of: tag, to: &term.datatype)
      copy("lang", of: tag, to: &term.language)
      copy("dir", of: tag, to: &term.direction)
    case .boolean:
      if isOpen || truth != nil { throw failed(.phrase("results-twice"), tag.position) }
      term.reset()
    case .sparql, .head, .result, .other: break
    }
  }

  func end(at position: XMLPosition) throws(Failure) {
    switch open.popLast() {
    case .binding:
      if !hasTerm { throw failed(.phrase("results-term"), position) }
      if let wrong = try solutions.set(variable.view, term) { throw failed(wrong, position) }
    case .result: try solutions.endSolution()
    case .boolean:
      let text = term.text.view.trimmed
      guard text == "true" || text == "false" else { throw failed(.phrase("results-expected", ["form": "true, false"]), position) }
      truth = text == "true"
    case .sparql, .head, .variable, .results, .term, .other, nil: break
    }
  }

  func text(_ text: ByteView, at position: XMLPosition) throws(Failure) {
    guard open.last == .term || open.last == .boolean else { return }
    term.text.append(text)
    if term.text.count > limits.solution {
      throw Failure(
        .limitExceeded, at: position.place(in: stream.name), ["what": .phrase("solution-bytes"), "limit": "\(limits.solution)"])
    }
  }

  /// Appends the value of an attribute without a namespace, or of `xml:lang` and `its:dir`.
  private func copy(_ name: StaticString, of tag: XMLTag, to out: inout ByteBuffer) {
    for number in 0..<tag.count where tag.name(number).map({ $0.view == name }) ?? false { out.append(tag.value(number)) }
  }

  func failure(of fault: XMLFault) -> Failure {
    let place = fault.place(in: stream.name)
    switch fault.kind {
    case .tooDeep(let limit): return Failure(.limitExceeded, at: place, ["what": .phrase("element-depth"), "limit": "\(limit)"])
    case .documentType, .entityElsewhere, .entityWithElements:
      return Failure(.resultsInvalid, at: place, ["found": .phrase("results-document-type")])
    case .malformed(let message): return Failure(.resultsInvalid, at: place, ["found": .text("XML: " + message)])
    case .outOfMemory: return Failure(.resultsInvalid, at: place, ["found": .phrase("reader-memory")])
    }
  }

  private func failed(_ found: Words, _ position: XMLPosition) -> Failure {
    Failure(.resultsInvalid, at: position.place(in: stream.name), ["found": found])
  }
}

extension XMLResultReader.Element {
  /// The element of a name within another.
  fileprivate init(_ name: ByteView, in parent: Self?) {
    switch parent {
    case nil where name == "sparql": self = .sparql
    case .sparql where name == "head": self = .head
    case .sparql where name == "results": self = .results
    case .sparql where name == "boolean": self = .boolean
    case .head where name == "variable": self = .variable
    case .results where name == "result": self = .result
    case .result where name == "binding": self = .binding
    case .binding where name == "uri" || name == "bnode" || name == "literal": self = .term
    default: self = .other
    }
  }
}
