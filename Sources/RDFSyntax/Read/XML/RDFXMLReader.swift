import Bytes
import CRaptor
import Problems
import RDF
import Resources
import XML

/// Reads RDF/XML (RDF 1.1 XML Syntax) by Raptor. Nothing is fetched for it, neither from the network nor from files, and so no external
/// entities either; libxml2 bounds how much internal ones may grow.
///
/// An object because Raptor calls back with a pointer to it.
final class RDFXMLReader {
  /// Stands for the base where there is none, so that relative references can be told.
  private static let noBase = "x-no-base:///"

  private let stream: any ByteStream
  private let problems: any ProblemSink
  private let options: RDFReader.Options
  private let quads: RaptorQuads
  /// What ended the reading.
  private var failure: Failure?
  private var parser: OpaquePointer?
  private var xml: XMLGuard?

  init(_ stream: any ByteStream, options: RDFReader.Options, sink: any QuadSink, problems: any ProblemSink) {
    self.stream = stream
    self.options = options
    self.problems = problems
    quads = RaptorQuads(sink: sink, options: options, noBase: options.base == nil ? ByteString(Self.noBase) : nil)
  }

  /// Reads the whole stream.
  /// - Throws: ``ProblemCode/rdfSyntax``, ``ProblemCode/iriInvalid``, ``ProblemCode/iriRelative``, and what the stream and the sink
  ///   throw.
  func readAll() throws(Failure) {
    guard let world = RaptorWorld() else { throw outOfMemory }
    guard let parser = raptor_new_parser(world.handle, "rdfxml") else { throw outOfMemory }
    self.parser = parser
    defer {
      raptor_free_parser(parser)
      self.parser = nil
    }
    let context = Unmanaged.passUnretained(self).toOpaque()
    raptor_world_set_log_handler(world.handle, context) { RDFXMLReader.at($0)?.log($1) }
    raptor_world_set_generate_bnodeid_handler(world.handle, context) { context, label in
      guard let reader = RDFXMLReader.at(context) else { return label }
      return reader.quads.label(label)
    }
    raptor_parser_set_statement_handler(parser, context) { RDFXMLReader.at($0)?.take($1) }
    raptor_parser_set_namespace_handler(parser, context) { RDFXMLReader.at($0)?.declare($1) }
    for (option, value) in [
      (RAPTOR_OPTION_NO_NET, 1), (RAPTOR_OPTION_NO_FILE, 1), (RAPTOR_OPTION_LOAD_EXTERNAL_ENTITIES, 0), (RAPTOR_OPTION_STRICT, 1),
      (RAPTOR_OPTION_NORMALIZE_LANGUAGE, 0), (RAPTOR_OPTION_SCANNING, 0),
    ] as [(raptor_option, Int32)] {
      raptor_parser_set_option(parser, option, nil, value)
    }
    guard let base = raptor_new_uri(world.handle, options.base?.text ?? Self.noBase) else { throw outOfMemory }
    defer { raptor_free_uri(base) }
    if raptor_parser_parse_start(parser, base) != 0 { throw failure ?? outOfMemory }
    try feed(parser)
    try quads.flush()
  }

  /// Gives Raptor a tag at a time, each after the guard has read it.
  private func feed(_ parser: OpaquePointer) throws(Failure) {
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: max(options.blockSize, XMLParser.firstBytes), alignment: 16)
    defer { block.deallocate() }
    let xml = XMLGuard(name: stream.name)
    self.xml = xml
    defer { self.xml = nil }
    let guarding = XMLParser(xml, documentType: .plainEntities, depthLimit: options.depthLimit, tellsText: false)
    var count = try XMLParser.readFirst(into: block) { block throws(Failure) in try stream.read(into: block) }
    while count > 0 {
      var rest = UnsafeRawBufferPointer(rebasing: block[..<count])
      while !rest.isEmpty {
        let end = rest.firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? rest.count
        try pass(UnsafeRawBufferPointer(rebasing: rest[..<end]), guarding, parser)
        rest = UnsafeRawBufferPointer(rebasing: rest[end...])
      }
      count = try stream.read(into: block)
    }
    try pass(UnsafeRawBufferPointer(rebasing: block[..<0]), guarding, parser)
  }

  private func pass(_ piece: UnsafeRawBufferPointer, _ xml: XMLParser, _ parser: OpaquePointer) throws(Failure) {
    try xml.read(piece)
    let bytes = piece.baseAddress?.assumingMemoryBound(to: UInt8.self)
    let status = raptor_parser_parse_chunk(parser, bytes, piece.count, piece.isEmpty ? 1 : 0)
    if let failure { throw failure }
    // Raptor says no more than this of a document that it gave up without a message.
    if status != 0 { throw Failure(.rdfSyntax, at: place(raptor_parser_get_locator(parser)), ["found": .phrase("rdf-xml")]) }
  }

  private static func at(_ context: UnsafeMutableRawPointer?) -> RDFXMLReader? {
    context.map { Unmanaged<RDFXMLReader>.fromOpaque($0).takeUnretainedValue() }
  }

  private func take(_ statement: UnsafeMutablePointer<raptor_statement>?) {
    guard failure == nil, let statement else { return }
    do throws(Failure) {
      if let wrong = try quads.append(statement.pointee, xml?.languages) {
        raise(wrong.failure(at: place(raptor_parser_get_locator(parser))))
      }
    } catch {
      stop(error)
    }
  }

  private func declare(_ namespace: OpaquePointer?) {
    guard let namespace, let uri = raptor_namespace_get_uri(namespace), let text = raptor_uri_as_string(uri) else { return }
    let prefix = raptor_namespace_get_prefix(namespace).map { String(cString: $0) } ?? ""
    quads.suggest(prefix: prefix, namespace: String(cString: text))
  }

  /// Takes what Raptor has to say.
  private func log(_ message: UnsafeMutablePointer<raptor_log_message>?) {
    guard failure == nil, let message = message?.pointee else { return }
    var text = message.text.map { String(cString: $0) } ?? ""
    while text.last?.isWhitespace == true || text.last == "." { text.removeLast() }
    // What Raptor says where it is refused memory.
    if message.level == RAPTOR_LOG_LEVEL_FATAL, text.hasPrefix("Out of memory") { return stop(outOfMemory) }
    let problem = Failure(.rdfSyntax, at: place(message.locator), ["found": .text(text)])
    switch message.level {
    case RAPTOR_LOG_LEVEL_FATAL: stop(problem)
    case RAPTOR_LOG_LEVEL_ERROR: raise(problem)
    case RAPTOR_LOG_LEVEL_WARN:
      problems.report(Problem(.rdfSyntax, at: problem.problem.place, severity: .warning, problem.problem.arguments))
    default: break
    }
  }

  /// Reports what can be gone on after, or ends the reading.
  private func raise(_ failure: Failure) {
    if options.keepGoing { problems.report(failure.problem) } else { stop(failure) }
  }

  private func stop(_ failure: Failure) {
    self.failure = failure
    raptor_parser_parse_abort(parser)
  }

  private func place(_ locator: UnsafePointer<raptor_locator>?) -> Place {
    guard let locator = locator?.pointee, locator.line > 0 else { return Place(file: stream.name) }
    return Place(file: stream.name, line: Int(locator.line), column: locator.column > 0 ? Int(locator.column) : nil)
  }

  private var outOfMemory: Failure {
    .outOfMemory(stream.name)
  }
}

extension Failure {
  /// There is no memory to read a document.
  /// - Parameter limit: how much there was, in bytes, where that is known.
  static func outOfMemory(_ name: String, limit: Int? = nil) -> Failure {
    var arguments: [String: String] = [:]
    if let limit { arguments["limit"] = "\(limit >> 20) MiB" }
    return Failure(.readerFailed, at: Place(file: name), ["name": .text(name), "reason": .phrase("reader-memory", arguments)])
  }
}
