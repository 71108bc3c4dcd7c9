import Problems
import RDF
import RDFSyntax
import Resources
import SPARQL
import Synchronization

/// The formats in which a client takes answers: by `?format=`, else by `Accept`.
struct NegotiatedFormats: Sendable {
  /// Media types of solutions beside the registered ones, which some clients ask for.
  private static let solutionTypes: [(type: String, format: ResultFormat)] = [
    (ResultFormat.json.mediaType, .json), (ResultFormat.xml.mediaType, .xml), (ResultFormat.csv.mediaType, .csv),
    (ResultFormat.tsv.mediaType, .tsv), ("application/json", .json), ("application/xml", .xml), ("text/xml", .xml),
    (ResultFormat.table.mediaType, .table),
  ]
  private static let graphTypes: [(type: String, format: Format)] =
    [Format.turtle, .ntriples, .jsonld, .rdfxml].map { ($0.mediaType, $0) }
    + [("application/json", .jsonld), ("application/xml", .rdfxml), ("text/plain", .ntriples)]

  private let name: String?
  private let accept: String?

  /// What a request says.
  init(_ request: WebRequest) {
    name = request.formatName
    accept = request.headers["accept"]
  }

  /// One form of documents, whatever the client says.
  init(_ form: DocumentForm) {
    name = form.name
    accept = nil
  }

  /// The format of solutions.
  /// - Throws: ``ProblemCode/requestUnacceptable`` with the choices.
  func solutions() throws(Failure) -> (format: ResultFormat, type: String) {
    if let name {
      if let format = ResultFormat(rawValue: name) { return (format, format.mediaType) }
      throw unacceptable(name, ResultFormat.allCases.map(\.rawValue))
    }
    let best = AcceptedTypes(accept).best(of: Self.solutionTypes.map(\.type))
    guard let found = Self.solutionTypes.first(where: { $0.type == best }) else {
      throw unacceptable(accept, ResultFormat.allCases.map(\.mediaType))
    }
    return (found.format, found.type)
  }

  /// The format of graphs.
  /// - Throws: ``ProblemCode/requestUnacceptable`` with the choices.
  func graph() throws(Failure) -> (format: Format, type: String) {
    if let name {
      if let format = DocumentForm(named: name)?.format { return (format, format.mediaType) }
      // The same link serves queries of every form: what names no format of graphs gets the first of them.
      if ResultFormat(rawValue: name) != nil { return (.ntriples, Format.ntriples.mediaType) }
      throw unacceptable(name, DocumentForm.allCases.compactMap { $0.format?.name })
    }
    let best = AcceptedTypes(accept).best(of: Self.graphTypes.map(\.type))
    guard let found = Self.graphTypes.first(where: { $0.type == best }) else {
      throw unacceptable(accept, DocumentForm.allCases.compactMap { $0.format?.mediaType })
    }
    return (found.format, found.format.mediaType)
  }

  private func unacceptable(_ value: String?, _ choices: [String]) -> Failure {
    Failure(.requestUnacceptable, value: value, ["choices": .text(choices.joined(separator: ", "))])
  }
}

/// Writes an answer in the format that the client takes, which is chosen when it is known whether solutions or quads come.
final class NegotiatedAnswer: AnswerSink {
  private struct State {
    var type = ""
    var writer: AnswerWriter?
  }

  private let formats: NegotiatedFormats
  private let output: AnswerPipe
  private let prefixes: Prefixes
  private let state = Mutex(State())

  init(_ formats: NegotiatedFormats, _ output: AnswerPipe, _ prefixes: Prefixes) {
    self.formats = formats
    self.output = output
    self.prefixes = prefixes
  }

  /// The `Content-Type`, once the answer has begun.
  var contentType: String { state.withLock { $0.type } }

  private var writer: AnswerWriter? { state.withLock { $0.writer } }

  func begin(_ head: AnswerHead) throws(Failure) {
    var chosen = AnswerWriter.Formats(solutions: nil, graph: nil)
    let type: String
    if head.kind == .quads {
      let (format, name) = try formats.graph()
      chosen.graph = format
      type = name
    } else {
      let (format, name) = try formats.solutions()
      chosen.solutions = format
      type = name
    }
    let writer = AnswerWriter(chosen, to: output, prefixes: prefixes)
    state.withLock { state in
      state.type = type.hasPrefix("text/") ? type + "; charset=utf-8" : type
      state.writer = writer
    }
    try writer.begin(head)
  }

  func append(_ solutions: SolutionBatch) throws(Failure) { try writer?.append(solutions) }
  func append(_ quads: borrowing QuadBatch) throws(Failure) { try writer?.append(quads) }
  func finish() throws(Failure) { try writer?.finish() }
}
