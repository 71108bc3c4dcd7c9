import Bytes
import Problems
import RDF
import Store

/// What endpoints have answered to the running query. Each of its SERVICE patterns is asked of an endpoint once, however often operators
/// are planned over it, as EXISTS and OPTIONAL may do.
final class ServiceAnswers {
  private struct Question: Hashable {
    let position: SourcePosition
    let endpoint: Term
  }

  private let services: Services?
  private let memory: WorkingMemory
  private var known: [Question: Solutions] = [:]
  private var bytes = 0

  init(_ services: Services?, _ budget: QueryMeter) {
    self.services = services
    memory = WorkingMemory(budget)
  }

  /// The endpoint's IRI, where it may be asked.
  /// - Throws: ``ProblemCode/serviceForbidden``.
  func allowed(_ service: ServicePattern, _ endpoint: Term) throws(Failure) -> (iri: ByteString, client: any ServiceClient) {
    if case .iri(let iri) = endpoint, let services, services.allowed.contains(iri) { return (iri, services.client) }
    let name =
      switch endpoint {
      case .iri(let text), .literal(let text, _): text.text
      case .blankNode(let label): "_:" + label.text
      }
    throw Failure(.serviceForbidden, at: service.place, value: name)
  }

  /// What an endpoint answers to a pattern (SPARQL 1.1 Federated Query §2). What it does not answer to SERVICE SILENT is one solution that
  /// binds nothing.
  func answer(_ service: ServicePattern, at endpoint: Term, _ context: QueryContext) throws(Failure) -> Solutions {
    let question = Question(position: service.position, endpoint: endpoint)
    if let answer = known[question] { return answer }
    let answer: Solutions
    do throws(Failure) {
      answer = try ask(service, endpoint, context)
    } catch {
      // What ends the whole query is no failure of the service.
      try context.check()
      guard service.isSilent, error.problem.code == .serviceFailed || error.problem.code == .serviceForbidden else { throw error }
      answer = .unit(slots: context.slots)
    }
    known[question] = answer
    bytes += answer.byteCount
    try memory.set(bytes)
    return answer
  }

  private func ask(_ service: ServicePattern, _ endpoint: Term, _ context: QueryContext) throws(Failure) -> Solutions {
    let (iri, client) = try allowed(service, endpoint)
    let text = ByteString(service.prologue.bytes + Array("SELECT * WHERE ".utf8) + service.text.bytes)
    // Whoever can do without an answer does not wait for it until there is no time left to do without.
    let patience = service.isSilent ? context.budget.remaining.map { ContinuousClock.now + $0 / 2 } : nil
    let sink = ServiceSolutions(service, number: known.count + 1, iri, context)
    do throws(Failure) {
      try client.answer(ServiceQuestion(text, at: iri, meter: context.budget, deadline: patience), to: sink)
    } catch {
      var failure = error
      failure.problem.place = service.place
      throw failure
    }
    return sink.solutions
  }
}

extension ServicePattern {
  /// Where SERVICE stands in the query.
  var place: Place { Place(line: position.line, column: position.column) }
}
