import Bytes
import CLibXML2
import Problems
import RDF
import Resources

/// Reads SPARQL Query Results XML Format (Second Edition) as it comes. Elements that the format does not know are passed over. A document
/// type is refused, so there are no entities but the five of XML itself, and nothing is fetched.
///
/// An object because libxml2 calls back with a pointer to it.
final class XMLResultReader {
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
  private var failure: Failure?
  private var parser: xmlParserCtxtPtr?

  init(_ stream: any ByteStream, limits: ResultReader.Limits, sink: any SolutionSink) {
    self.stream = stream
    self.limits = limits
    self.sink = sink
    solutions = SolutionGathering(sink, limits: limits, name: stream.name)
    var handler = xmlSAXHandler()
    handler.initialized = UInt32(XML_SAX2_MAGIC)
    handler.startElementNs = { context, name, _, namespace, _, _, count, _, attributes in
      XMLResultReader.at(context)?.begin(name, namespace, UnsafeBufferPointer(start: attributes, count: Int(count) * 5))
    }
    handler.endElementNs = { context, _, _, _ in XMLResultReader.at(context)?.end() }
    handler.characters = { context, text, count in XMLResultReader.at(context)?.append(text, Int(count)) }
    handler.cdataBlock = { context, text, count in XMLResultReader.at(context)?.append(text, Int(count)) }
    handler.internalSubset = { context, _, _, _ in
      XMLResultReader.at(context)?.fault(.phrase("results-document-type"))
    }
    handler.serror = { context, error in XMLResultReader.at(context)?.note(error) }
    // Without user data, callbacks get the parser's own context, which knows where it is.
    parser = xmlCreatePushParserCtxt(&handler, nil, nil, 0, nil)
    xmlCtxtUseOptions(parser, Int32(XML_PARSE_NONET.rawValue))
    parser?.pointee._private = Unmanaged.passUnretained(self).toOpaque()
  }

  deinit { xmlFreeParserCtxt(parser) }

  /// Reads the whole stream.
  func readAll() throws(Failure) {
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.block, alignment: 16)
    defer { block.deallocate() }
    var isFirst = true
    while true {
      // libxml2 knows an encoding by four bytes, and wants them together.
      var count = try stream.read(into: block)
      while isFirst, count > 0, count < 4 {
        let more = try stream.read(into: UnsafeMutableRawBufferPointer(rebasing: block[count...]))
        if more == 0 { break }
        count += more
      }
      isFirst = false
      xmlParseChunk(parser, block.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(count), count == 0 ? 1 : 0)
      if let failure { throw failure }
      if count == 0 { break }
    }
    if let truth { return try sink.write(truth) }
    guard isOpen else { throw failed(.phrase("results-missing", ["name": "results"])) }
    try solutions.finish()
  }

  private static func at(_ context: UnsafeMutableRawPointer?) -> XMLResultReader? {
    let parser = context?.assumingMemoryBound(to: xmlParserCtxt.self)
    return parser?.pointee._private.map { Unmanaged<XMLResultReader>.fromOpaque($0).takeUnretainedValue() }
  }

  /// An element begins. Five pointers an attribute: local name, prefix, namespace, and where its value begins and ends.
  private func begin(
    _ name: UnsafePointer<xmlChar>?, _ namespace: UnsafePointer<xmlChar>?, _ attributes: UnsafeBufferPointer<UnsafePointer<xmlChar>?>
  ) {
    guard failure == nil, let name else { return }
    let local = ByteView(name, count: length(of: name))
    let isOurs = namespace.map { ByteView($0, count: length(of: $0)) == "http://www.w3.org/2005/sparql-results#" } ?? false
    let element = isOurs ? Element(local, in: open.last) : .other
    if open.isEmpty, element != .sparql { return fault(.phrase("results-element", ["name": local.short])) }
    if open.count >= limits.depth {
      return stop(Failure(.limitExceeded, at: place, ["what": .phrase("element-depth"), "limit": "\(limits.depth)"]))
    }
    open.append(element)
    do throws(Failure) {
      try begin(element, local, attributes)
    } catch {
      stop(error)
    }
  }

  private func begin(
    _ element: Element, _ name: ByteView, _ attributes: UnsafeBufferPointer<UnsafePointer<xmlChar>?>
  ) throws(Failure) {
    switch element {
    case .results:
      if isOpen || truth != nil { throw failed(.phrase("results-twice")) }
      isOpen = true
      _ = try solutions.open(variables)
    case .variable, .binding:
      variable.truncate()
      copy("name", of: attributes, to: &variable)
      if variable.isEmpty { throw failed(.phrase("results-missing", ["name": "name"])) }
      hasTerm = false
      if element == .variable, !variables.contains(ByteString(variable.view)) { variables.append(ByteString(variable.view)) }
    case .term:
      if hasTerm { throw failed(.phrase("results-term")) }
      hasTerm = true
      term.reset()
      term.form = name == "uri" ? .iri : name == "bnode" ? .blankNode : .literal
      copy("datatype", of: attributes, to: &term.datatype)
      copy("lang", of: attributes, to: &term.language)
      copy("dir", of: attributes, to: &term.direction)
    case .boolean:
      if isOpen || truth != nil { throw failed(.phrase("results-twice")) }
      term.reset()
    case .sparql, .head, .result, .other: break
    }
  }

  private func end() {
    guard failure == nil, let element = open.popLast() else { return }
    do throws(Failure) {
      switch element {
      case .binding:
        if !hasTerm { throw failed(.phrase("results-term")) }
        if let wrong = solutions.set(variable.view, term) { throw failed(wrong) }
      case .result: try solutions.endSolution()
      case .boolean:
        let text = term.text.view.trimmed
        guard text == "true" || text == "false" else { throw failed(.phrase("results-expected", ["form": "true, false"])) }
        truth = text == "true"
      case .sparql, .head, .variable, .results, .term, .other: break
      }
    } catch {
      stop(error)
    }
  }

  private func append(_ text: UnsafePointer<xmlChar>?, _ count: Int) {
    guard failure == nil, let text, open.last == .term || open.last == .boolean else { return }
    term.text.append(ByteView(text, count: count))
    if term.text.count > limits.solution {
      stop(Failure(.limitExceeded, at: place, ["what": .phrase("solution-bytes"), "limit": "\(limits.solution)"]))
    }
  }

  /// Appends the value of an attribute without a namespace, or of `xml:lang` and `its:dir`.
  private func copy(_ name: StaticString, of parts: UnsafeBufferPointer<UnsafePointer<xmlChar>?>, to out: inout ByteBuffer) {
    for index in stride(from: 0, to: parts.count, by: 5) {
      guard let local = parts[index], let start = parts[index + 3], let end = parts[index + 4] else { continue }
      if ByteView(local, count: length(of: local)) == name { out.append(ByteView(start, count: end - start)) }
    }
  }

  /// Takes what libxml2 has to say; what it can go on after is no fault of the document.
  private func note(_ error: UnsafePointer<xmlError>?) {
    guard let error = error?.pointee, error.level == XML_ERR_FATAL else { return }
    // A message of several lines quotes bytes after its first.
    let text = error.message.map { String(cString: $0).prefix { $0 != "\n" } } ?? ""
    fault(.text("XML: " + text))
  }

  private func length(of text: UnsafePointer<xmlChar>) -> Int {
    var count = 0
    while text[count] != 0 { count += 1 }
    return count
  }

  private func fault(_ found: Words) { stop(failed(found)) }

  private func stop(_ failure: Failure) {
    if self.failure == nil { self.failure = failure }
    xmlStopParser(parser)
  }

  private func failed(_ found: Words) -> Failure { Failure(.resultsInvalid, at: place, ["found": found]) }

  private var place: Place {
    guard let parser else { return Place(file: stream.name) }
    return Place(file: stream.name, line: Int(xmlSAX2GetLineNumber(parser)), column: Int(xmlSAX2GetColumnNumber(parser)))
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
